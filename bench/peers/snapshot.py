"""Peer of the benchmark `snapshot-cutoff`: the market at the cut-off, with the averages that the ranking needs."""

import sys

import numpy as np

from timing import load, report

case, columns = load(sys.argv[1])
request = case["snapshot"]
day, known_at = request["day"], request["knownAt"]
sessions = columns["sessions"]
listed = columns["marketListed"]
start, price_day = columns["priceStart"], columns["priceDay"]
close, value = columns["priceClose"], columns["priceValue"]
# Days of all histories in one ascending column, so that one bisection finds a day in every history.
HISTORY = 1 << 20
histories = np.arange(listed.size) * HISTORY
price_key = np.repeat(histories, np.diff(start)) + price_day


def fact(field, n):
    """Per security the value in force on the day as known then; NaN where there is none."""
    known = (columns[f"{field}AsOf"] <= day) & (columns[f"{field}KnownOn"] <= known_at)
    found = np.full(n, np.nan)
    # Facts ascend by security and day: of several for one security the last assignment stays.
    found[columns[f"{field}Row"][known]] = columns[f"{field}Value"][known]
    return found


def rows_of(first, last):
    """All price rows from first[i] up to last[i], and the security of each."""
    sizes = np.maximum(last - first, 0)
    security = np.repeat(np.arange(sizes.size), sizes)
    offset = np.repeat(first - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
    return np.arange(sizes.sum()) + offset, security


def mean(values, security, n):
    known = ~np.isnan(values)
    count = np.bincount(security[known], minlength=n)
    with np.errstate(invalid="ignore"):
        return np.bincount(security[known], weights=values[known], minlength=n) / count, count


def averages(after, n):
    """Mean over the window of close x shares on that day, and of the value traded."""
    skip = request["skipFirstSessions"]
    counted = sessions[np.minimum(np.searchsorted(sessions, listed) + skip, sessions.size - 1)]
    first_day = np.where(listed < sessions[0], listed, counted)
    first = np.searchsorted(price_key, histories + np.maximum(first_day, request["from"]))
    rows, security = rows_of(first, after)
    known = columns["a_sharesKnownOn"] <= known_at
    facts = columns["a_sharesRow"][known] * HISTORY + columns["a_sharesAsOf"][known]
    in_force = np.searchsorted(facts, price_key[rows], side="right") - 1
    has_count = (in_force >= 0) & (columns["a_sharesRow"][known][in_force] == security)
    caps = np.where(has_count, close[rows] * columns["a_sharesValue"][known][in_force], np.nan)
    return mean(caps, security, n)[0], mean(value[rows], security, n)[0]


def take():
    n = listed.size
    after = np.searchsorted(price_key, histories + day, side="right")
    last = np.maximum(after - 1, 0)
    traded = after > start[:-1]
    adv_from = sessions[np.searchsorted(sessions, day) - 19]
    rows, security = rows_of(np.searchsorted(price_key, histories + adv_from), after)
    adv, adv_days = mean(value[rows], security, n)
    average_cap, average_value = averages(after, n)
    there = listed <= day
    return {
        "price": np.where(traded, close[last], np.nan)[there],
        "priceDay": np.where(traded, price_day[last], 0)[there],
        "aShares": fact("a_shares", n)[there],
        "tradableShares": fact("float_a_shares", n)[there],
        "inclusionFactor": fact("inclusion_factor", n)[there],
        "averageTotalCap": average_cap[there],
        "averageValue": average_value[there],
        "adv20Value": adv[there],
        "adv20Days": adv_days[there],
        "riskWarning": (fact("risk_warning", n) == 1)[there].astype(np.uint8),
    }


def output(result):
    exact = ["price", "priceDay", "adv20Days", "riskWarning"]
    plain = {name: [None if np.isnan(x) else x for x in column.tolist()] for name, column in result.items()}
    return {
        "exact": {name: plain[name] for name in exact},
        "close": {name: plain[name] for name in plain if name not in exact},
    }


report(take, output)
