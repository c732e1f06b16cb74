"""Peer of bench/forecast.mjs: the same simulated reviews, vectorised over paths in chunks, plain Monte Carlo."""

import itertools
import json
import os
import sys

import numpy as np

from timing import report

CHUNK = 250


def load(folder):
    with open(os.path.join(folder, "forecast.json"), encoding="utf-8") as file:
        case = json.load(file)
    names = ["incumbent", "measure", "market", "own", "price", "oldShares", "newShares"]
    return case, {name: np.fromfile(os.path.join(folder, name + ".f64")) for name in names}


def members_of(score, incumbent, case):
    """Rows of the members of each path, ascending: buffer with members first, then the turnover limit."""
    count, keep, most = case["count"], case["keep"], case["maxChanges"]
    order = np.argsort(-score, axis=1, kind="stable")
    old = incumbent[order]
    kept = old.copy()
    kept[:, keep:] = False
    seats = count - kept.sum(axis=1)
    empty = count - int(incumbent.sum())
    newcomer = np.cumsum(~old, axis=1)
    entering = ~old & (newcomer <= np.minimum(seats, most + empty)[:, None])
    # Members at or below so many of their kind: the worst `most` may go, the others stay.
    worse = old.sum(axis=1)[:, None] - np.cumsum(old, axis=1)
    staying = kept | (old & (worse >= most))
    chosen = np.zeros_like(old)
    np.put_along_axis(chosen, order, entering | staying, axis=1)
    return np.nonzero(chosen)[1].reshape(len(score), -1)


def fill(values, share, total, ceiling):
    """Shares of `total` among those marked, nobody above the ceiling."""
    held = np.zeros_like(share)
    while True:
        free = np.where(share & ~held, values, 0).sum(axis=1)
        left = total - held.sum(axis=1) * ceiling
        weights = values * (left / free)[:, None]
        above = share & ~held & (weights > ceiling[:, None] + 1e-12)
        if not above.any():
            return np.where(held, ceiling[:, None], weights), held
        held |= above


def capped_weights(values, case):
    paths, n = values.shape
    cap, k, limit = case["cap"], case["k"], case["limit"]
    everyone = np.ones(values.shape, bool)
    weights, held = fill(values, everyone, np.ones(paths), np.full(paths, cap))
    top = np.zeros_like(everyone)
    np.put_along_axis(top, np.argpartition(-values, k - 1, axis=1)[:, :k], True, axis=1)
    act = np.where(top, weights, 0).sum(axis=1) > limit + 1e-12
    scaled = top & ~held
    left = limit - (top & held).sum(axis=1) * cap
    with np.errstate(divide="ignore", invalid="ignore"):
        share = values * (left / np.where(scaled, values, 0).sum(axis=1))[:, None]
    inside = np.where(scaled, share, np.where(top, cap, np.inf))
    rest, _ = fill(values, ~top, np.full(paths, 1 - limit), inside.min(axis=1))
    both = np.where(top, inside, rest)
    return np.where(act[:, None], both, weights), held


def simulate(case, columns, paths, rng):
    incumbent = columns["incumbent"] > 0
    n = len(incumbent)
    market, own = columns["market"], columns["own"]
    half = (market**2 + own**2) / 2
    average, on_average, pricing, swap = (case["horizon"][key] for key in ("average", "pricingOnAverage", "pricing", "swap"))
    level = np.log(columns["measure"]) - average**2 * half
    new_value = columns["newShares"] * columns["price"]
    old_value = columns["oldShares"] * columns["price"]
    old_rows = np.nonzero(old_value)[0]
    inside = np.zeros(n)
    at_cap = np.zeros(n)
    flows = np.zeros((n, paths))
    turnovers = np.zeros(paths)
    for start in range(0, paths, CHUNK):
        size = min(CHUNK, paths - start)
        first = market * rng.standard_normal((size, 1)) + own * rng.standard_normal((size, n))
        members = members_of(level + average * first, incumbent, case)
        rows = np.union1d(old_rows, np.unique(members))
        m, o = market[rows], own[rows]
        second = m * rng.standard_normal((size, 1)) + o * rng.standard_normal((size, len(rows)))
        third = m * rng.standard_normal((size, 1)) + o * rng.standard_normal((size, len(rows)))
        x2 = on_average * first[:, rows] + pricing * second
        variance = on_average**2 + pricing**2
        at_pricing = np.exp(x2 - variance * half[rows])
        at_swap = np.exp(x2 + swap * third - (variance + swap**2) * half[rows])
        at = np.searchsorted(rows, members)
        values = new_value[members] * np.take_along_axis(at_pricing, at, axis=1)
        weights, held = capped_weights(values, case)
        after = np.zeros((size, len(rows)))
        moved = np.take_along_axis(at_swap / at_pricing, at, axis=1)
        np.put_along_axis(after, at, weights * moved, axis=1)
        after /= after.sum(axis=1, keepdims=True)
        before = old_value[rows] * at_swap
        total = before.sum(axis=1, keepdims=True)
        change = after - before / total
        flow = case["assets"] * total / old_value.sum() * change
        flows[rows, start : start + size] = flow.T
        turnovers[start : start + size] = np.abs(change).sum(axis=1) / 2
        inside += np.bincount(members.ravel(), minlength=n)
        at_cap += np.bincount(members[held], minlength=n)
    traded = np.nonzero(flows.any(axis=1))[0]
    quantiles = np.zeros((n, 5))
    quantiles[traded] = np.quantile(flows[traded], [0.05, 0.25, 0.5, 0.75, 0.95], axis=1).T
    return {
        "in": inside / paths,
        "capped": at_cap / paths,
        "flow": flows.mean(axis=1),
        "flowError": flows.std(axis=1) / np.sqrt(paths),
        "quantiles": quantiles,
        "turnover": turnovers.mean(),
        "turnoverError": turnovers.std() / np.sqrt(paths),
        "incumbent": incumbent,
    }


def with_errors(result, paths):
    """Means with their standard errors; a share seen on hardly any path is taken to have been seen on a few."""

    def share(name):
        p = result[name]
        return {"mean": p.tolist(), "error": np.sqrt(np.maximum(p * (1 - p), 4 / paths) / paths).tolist()}

    enough = (result["in"] > 20 / paths) | result["incumbent"]
    flow = [mean if known else None for mean, known in zip(result["flow"].tolist(), enough)]
    error = [mean if known else None for mean, known in zip(result["flowError"].tolist(), enough)]
    sampled = {"in": share("in"), "capped": share("capped"), "flow": {"mean": flow, "error": error}}
    sampled["turnover"] = {"mean": [result["turnover"]], "error": [result["turnoverError"]]}
    return {"exact": {}, "close": {}, "sampled": sampled}


case, columns = load(sys.argv[1])
seeds = itertools.count()
report(
    lambda: simulate(case, columns, case["paths"], np.random.default_rng(next(seeds))),
    lambda result: with_errors(result, case["paths"]),
)
