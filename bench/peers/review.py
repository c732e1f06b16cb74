"""Peer of the benchmark `review`: the rules alone select, nothing announced is used."""

import sys

from selection import review
from timing import load, report

case, columns = load(sys.argv[1])
incumbents = columns["incumbents"]
sessions = columns["sessions"]


def call():
    return review(columns, incumbents, case["selection"], case["dates"], sessions)


def output(result):
    members, additions, deletions, reserve, rank, outcome = result
    ids = columns["ids"]
    named = {"members": members, "additions": additions, "deletions": deletions, "reserve": reserve}
    exact = {name: ids[rows].tolist() for name, rows in named.items()}
    return {"exact": {**exact, "rank": rank.tolist(), "outcome": outcome.tolist()}, "close": {}}


report(call, output)
