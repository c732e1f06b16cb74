"""Peer of the benchmark `capping`."""

import sys

from timing import load, report
from weighting import apply_caps

case, columns = load(sys.argv[1])
values = columns["uncapped"]
caps = case["caps"]


def call():
    return apply_caps(values, caps["cap"], caps["k"], caps["limit"])


report(call, lambda result: {"exact": {}, "close": {"weights": result[0].tolist(), "factors": result[1].tolist()}})
