"""Capping in numpy: a single cap, then a cap on the sum of the k largest (members at the cap stay there)."""

import numpy as np

EPSILON = 1e-12


def fill_pro_rata(values, total, ceiling):
    """Shares of `total` pro rata to values, nobody above the ceiling; weights and who is held at it."""
    held = np.zeros(values.size, dtype=bool)
    while True:
        free = ~held
        scale = (total - held.sum() * ceiling) / values[free].sum() if free.any() else 0.0
        weights = values * scale
        over = free & (weights > ceiling + EPSILON)
        if not over.any():
            weights[held] = ceiling
            return weights, held
        held |= over


def apply_caps(values, cap, k, limit):
    weights, held = fill_pro_rata(values, 1.0, cap)
    order = np.argsort(-values, kind="stable")
    top, rest = order[:k], order[k:]
    if weights[top].sum() > limit + EPSILON:
        standing = held[top]
        scaled = top[~standing]
        left = limit - standing.sum() * cap
        weights[scaled] = values[scaled] / values[scaled].sum() * left
        ceiling = weights[top].min()
        if rest.size * ceiling < 1.0 - limit:
            raise ValueError("the cut leaves the smallest of the k below what the rest must carry")
        weights[rest], _ = fill_pro_rata(values[rest], 1.0 - limit, ceiling)
    factors = weights / values
    return weights, factors / factors.max()
