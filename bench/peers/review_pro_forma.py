"""Peer of the benchmark `review-pro-forma`: the review, then its weights at the pricing and swap closes."""

import sys

import numpy as np

from selection import review
from timing import load, report
from weighting import apply_caps

case, columns = load(sys.argv[1])
incumbents = columns["incumbents"]
sessions = columns["sessions"]
caps = case["caps"]
dates = case["dates"]


def adjusted_shares(ids, shares, until):
    """Shares of the old basket after the share actions since it took over."""
    day = columns["actionDay"]
    due = (day > dates["before"]) & (day <= until)
    adjusted = shares.copy()
    rows = np.searchsorted(ids, columns["actionId"][due])
    rows[rows == ids.size] = 0
    hit = ids[rows] == columns["actionId"][due]
    np.multiply.at(adjusted, rows[hit], columns["actionRatio"][due][hit])
    return adjusted


def prices(snapshot, ids):
    return columns[f"{snapshot}Price"][np.searchsorted(columns[f"{snapshot}Ids"], ids)]


def weigh(members):
    carried = adjusted_shares(incumbents, columns["adjustedShares"], dates["pricing"])
    old = np.minimum(np.searchsorted(incumbents, members), incumbents.size - 1)
    adjusted = carried[old]
    new = incumbents[old] != members
    rows = np.searchsorted(columns["pricingIds"], members[new])
    adjusted[new] = columns["pricingShares"][rows] * columns["pricingInclusion"][rows]
    at_pricing, factors = apply_caps(adjusted * prices("pricing", members), caps["cap"], caps["k"], caps["limit"])

    before = adjusted_shares(incumbents, columns["adjustedShares"], dates["swap"]) * columns["cappingFactors"]
    before = before * prices("swap", incumbents)
    after = adjusted * factors * prices("swap", members)
    level = before.sum() / case["divisor"]
    weights = np.zeros((2, columns["swapIds"].size))
    weights[0, np.searchsorted(columns["swapIds"], incumbents)] = before / before.sum()
    weights[1, np.searchsorted(columns["swapIds"], members)] = after / after.sum()
    turnover = np.abs(weights[1] - weights[0]).sum() / 2
    return at_pricing, factors, weights, turnover, level, after.sum() / level


def call():
    members = columns["ids"][review(columns, incumbents, case["selection"], dates, sessions)[0]]
    return members, *weigh(members)


def output(result):
    members, at_pricing, factors, weights, turnover, level, divisor = result
    return {
        "exact": {"members": members.tolist()},
        "close": {
            "weightsAtPricing": at_pricing.tolist(),
            "factors": factors.tolist(),
            "weightsBefore": weights[0][weights[0] > 0].tolist(),
            "weightsAfter": weights[1][weights[1] > 0].tolist(),
            "totals": [turnover, level, divisor],
        },
    }


report(call, output)
