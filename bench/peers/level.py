"""Peer of the level benchmarks, on the inputs that bench/level.mjs wrote."""

import json
import os
import sys

import numpy as np

from timing import report

EPSILON = 1e-12
TAX = 0.1

folder = sys.argv[1]
with open(os.path.join(folder, "level.json"), encoding="utf-8") as file:
    case = json.load(file)


def column(name):
    return np.fromfile(os.path.join(folder, f"{name}.f64"))


def fill_pro_rata(values, total, ceiling):
    """Shares of `total` pro rata to values, nobody above the ceiling; weights and who is held at it."""
    held = np.zeros(values.size, dtype=bool)
    while True:
        scale = (total - held.sum() * ceiling) / values[~held].sum()
        weights = values * scale
        over = ~held & (weights > ceiling + EPSILON)
        if not over.any():
            weights[held] = ceiling
            return weights, held
        held |= over


def capping_factors(values, cap=0.1, k=5, limit=0.4):
    weights, held = fill_pro_rata(values, 1.0, cap)
    order = np.argsort(-values, kind="stable")
    top, rest = order[:k], order[k:]
    if weights[top].sum() > limit + EPSILON:
        standing = held[top]
        scaled = top[~standing]
        weights[scaled] = values[scaled] / values[scaled].sum() * (limit - standing.sum() * cap)
        ceiling = weights[top].min()
        if rest.size * ceiling < 1.0 - limit:
            raise ValueError("the cut leaves the smallest of the k below what the rest must carry")
        weights[rest], _ = fill_pro_rata(values[rest], 1.0 - limit, ceiling)
    factors = weights / values
    return factors / factors.max()


def history():
    """Caps at each pricing close, divisor at each swap, levels; with actions also gross and net."""
    n, sessions, quarter, lag = case["members"], case["sessions"], case["quarter"], case["lag"]
    close = column("close").reshape(n, sessions)
    shares = column("shares")
    actions = case["actions"]
    if actions:
        row, t = column("action-row").astype(int), column("action-t").astype(int)
        cash, bonus = column("action-cash"), column("action-bonus")
        pays, grows = cash > 0, bonus > 0

    def call():
        if actions:
            # Shares that one share of the first day has become, by member and session.
            grown = np.ones((n, sessions))
            np.multiply.at(grown, (row[grows], t[grows]), 1.0 + bonus[grows])
            grown = np.cumprod(grown, axis=1)
            values = close * grown
            # Counts of a review are stated at the pricing close, so growth counts from there.
            held = np.empty((n, -(-sessions // quarter)))
        price = np.empty(sessions)
        divisors = np.empty(sessions)
        divisor = case["divisor"]
        index_shares = shares.copy()
        start = 0
        for review, end in enumerate(range(quarter, sessions + quarter, quarter)):
            end = min(end, sessions)
            if start > 0:
                pricing = start - lag - 1
                factors = capping_factors(shares * close[:, pricing])
                new = shares * factors
                if actions:
                    new /= grown[:, pricing]
                at_swap = values[:, start - 1] if actions else close[:, start - 1]
                divisor *= (new @ at_swap) / (index_shares @ at_swap)
                index_shares = new
            if actions:
                held[:, review] = index_shares
                price[start:end] = index_shares @ values[:, start:end] / divisor
            else:
                price[start:end] = index_shares @ close[:, start:end] / divisor
            divisors[start:end] = divisor
            start = end
        if not actions:
            return {"price": price, "divisor": divisors}
        who, when = row[pays], t[pays]
        # Paid on the shares held before the ex-day's bonus issue.
        paid = cash[pays] * held[who, when // quarter] * grown[who, when - 1]
        points = np.bincount(when, weights=paid, minlength=sessions) / divisors
        gross = price * np.cumprod(1.0 + points / price)
        net = price * np.cumprod(1.0 + (1.0 - TAX) * points / price)
        return {"price": price, "gross": gross, "net": net, "divisor": divisors}

    return call


def live():
    """One price after the other; each moves the indices that hold the security."""
    members, indices, securities = case["members"], case["indices"], case["securities"]
    rows = column("index-rows").astype(int).reshape(indices, members)
    shares = column("index-shares").reshape(indices, members)
    divisors = column("divisors")
    first = column("prices")
    holders, counts = [], []
    for security in range(securities):
        k, i = np.nonzero(rows == security)
        holders.append(k)
        counts.append(shares[k, i])
    tick_row, tick_price = column("tick-row").astype(int).tolist(), column("tick-price").tolist()

    def call():
        last = first.tolist()
        value = (shares * first[rows]).sum(axis=1)
        for security, price in zip(tick_row, tick_price):
            value[holders[security]] += counts[security] * (price - last[security])
            last[security] = price
        return {"levels": value / divisors}

    return call


report(
    history() if "indices" not in case else live(),
    lambda result: {"exact": {}, "close": {key: value.tolist() for key, value in result.items()}},
)
