"""A review in numpy: universe, screens, ranking, buffer, turnover limit, reserve list. Rows ascend by code."""

import numpy as np

NOT_SELECTED, RESERVE, RETAINED, DELETED, ADDED, SCREENED_OUT = range(6)


def latest_listing(months, on):
    """Last listing day (days since 1970) that lies more than the given months before a day."""
    day = np.datetime64(int(on) - 1, "D")
    month = day.astype("M8[M]")
    target = month - months
    if (day + 1).astype("M8[M]") != month:
        return int(((target + 1).astype("M8[D]") - 1).astype(np.int64))
    last = (target + 1).astype("M8[D]") - 1
    return int(min(target.astype("M8[D]") + (day - month.astype("M8[D]")), last).astype(np.int64))


def screen(c, rules, dates, sessions):
    """Rows left after universe and screens, ascending."""
    rows = np.flatnonzero((c["board"] == rules["board"]) & (c["kind"] <= rules["lastKind"]))
    listed = c["listed"][rows]
    old = listed <= latest_listing(rules["listingMonths"], dates["cutoff"])
    if not old.all():
        # Excepted: among the largest of the board, and listed long enough some sessions after the cut-off.
        cap = np.nan_to_num(c["averageTotalCap"][rows], nan=-1.0)
        largest = np.argsort(-cap, kind="stable")[: rules["exceptionTop"]]
        later = sessions[np.searchsorted(sessions, dates["cutoff"]) + rules["exceptionSessions"]]
        old[largest] |= listed[largest] <= latest_listing(rules["exceptionMonths"], later)
    rows = rows[old]
    rows = rows[c["riskWarning"][rows] == 0]
    traded = np.nan_to_num(c["averageValue"][rows], nan=0.0)
    kept = int(np.ceil(rules["keepTop"] * rows.size - 1e-9))
    return np.sort(rows[np.argsort(-traded, kind="stable")[:kept]])


def seat(incumbent, rules):
    """Which ranks (from 0) get a seat: members up to the keep line, newcomers up to the enter line, then by rank."""
    count = rules["count"]
    seated = np.zeros(incumbent.size, dtype=bool)
    seated[np.flatnonzero(incumbent[: rules["keep"]])[:count]] = True
    entrants = np.flatnonzero(~incumbent[: rules["enter"]])
    seated[entrants[: count - np.count_nonzero(seated)]] = True
    seated[np.flatnonzero(~seated)[: count - np.count_nonzero(seated)]] = True
    return seated


def review(c, incumbent_ids, rules, dates, sessions):
    ids = c["ids"]
    incumbent = np.zeros(ids.size, dtype=bool)
    incumbent[np.searchsorted(ids, incumbent_ids)] = True

    rows = screen(c, rules, dates, sessions)
    cap = np.nan_to_num(c["averageTotalCap"][rows], nan=-1.0)
    ranked = rows[np.argsort(-cap, kind="stable")]
    rank = np.zeros(ids.size, dtype=np.int64)
    rank[ranked] = np.arange(1, ranked.size + 1)

    sits = incumbent[ranked]
    seated = seat(sits, rules)
    additions = ranked[seated & ~sits]
    screened = np.flatnonzero(incumbent & (rank == 0))
    deletions = np.concatenate([screened, ranked[sits & ~seated][::-1]])
    limit = int(np.floor(rules["turnover"] * rules["count"] + 1e-9))
    empty = max(0, additions.size - deletions.size)
    deletions = deletions[:limit]
    additions = additions[: deletions.size + empty]

    outcome = np.where(rank > 0, NOT_SELECTED, SCREENED_OUT)
    free = ~sits
    free[rank[additions] - 1] = False
    reserve = ranked[free][: rules["reserve"]]
    outcome[reserve] = RESERVE
    outcome[incumbent] = RETAINED
    outcome[deletions] = DELETED
    outcome[additions] = ADDED
    members = np.flatnonzero((outcome == RETAINED) | (outcome == ADDED))
    return members, additions, deletions, reserve, rank, outcome
