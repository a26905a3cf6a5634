"""Gradient boosting with symmetric trees, to fit what ``clipbook.model.Trees`` evaluates."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 32
TREES = 200
DEPTH = 4
RATE = 0.08
COLUMN_SHARE = 0.15
ROW_SHARE = 0.5
RIDGE = 3.0


def fit_trees(
    traits: NDArray[np.float32],
    target: NDArray[np.float64],
    weight: NDArray[np.float64],
    names: list[str],
    seed: int = 0,
) -> dict[str, Any]:
    """Fit boosted symmetric trees to a 0/1 target by log loss (Friedman 2001).

    Parameters
    ----------
    traits : array, shape (lines, columns)
    target, weight : array, shape (lines,)
    names : list of str
        Name of each column.
    seed : int
        Of the draws of rows and columns that each tree sees.

    Returns
    -------
    dict
        ``start`` and ``trees``, as the weights file stores them.
    """
    rng = np.random.default_rng(seed)
    limits = [_limits(column) for column in traits.T]
    binned = np.stack(
        [
            np.searchsorted(edge, column).astype(np.int32)
            for edge, column in zip(limits, traits.T, strict=True)
        ]
    )
    start = float(np.log((weight * target).sum() / (weight * (1 - target)).sum()))
    score = np.full(len(target), start)
    useful = np.array([place for place, edge in enumerate(limits) if len(edge)])
    trees = []
    for _ in range(TREES):
        chance = 1 / (1 + np.exp(-score))
        slope, bend = weight * (chance - target), weight * chance * (1 - chance)
        rows = np.flatnonzero(rng.random(len(target)) < ROW_SHARE)
        drawn = rng.choice(useful, max(1, int(COLUMN_SHARE * len(useful))), replace=False)
        splits, leaf = _grow(binned, limits, drawn, rows, slope[rows], bend[rows])
        size = 1 << DEPTH
        gains = np.bincount(leaf[rows], slope[rows], size)
        bends = np.bincount(leaf[rows], bend[rows], size)
        leaves = np.round(-gains / (bends + RIDGE) * RATE, 5)
        score += leaves[leaf]
        trees.append(
            {"splits": [[names[c], round(float(limit), 6)] for c, limit in splits], "leaves": leaves.tolist()}
        )
    return {"start": round(start, 6), "trees": trees}


def _limits(column: NDArray[np.float32]) -> NDArray[np.float32]:
    """Between the values of a column, at most ``BINS`` of them at its quantiles."""
    values = np.unique(column)
    if len(values) > BINS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1]))
        return np.round(values, 6).astype(np.float32)
    return np.round((values[1:] + values[:-1]) / 2, 6).astype(np.float32)


def _grow(
    binned: NDArray[np.int32],
    limits: list[NDArray[np.float32]],
    drawn: NDArray[np.intp],
    rows: NDArray[np.intp],
    slope: NDArray[np.float64],
    bend: NDArray[np.float64],
) -> tuple[list[tuple[int, float]], NDArray[np.intp]]:
    """Splits of one tree, greedily by gain, and the leaf of every line."""
    seen = binned[np.ix_(drawn, rows)]
    leaf, everywhere = np.zeros(len(rows), np.int32), np.zeros(binned.shape[1], np.intp)
    width = BINS + 1
    splits = []
    for level in range(DEPTH):
        nodes = 1 << level
        best, chosen, cut = -1.0, 0, 0
        for place, column in enumerate(drawn):
            where = leaf * width + seen[place]
            g = np.bincount(where, slope, nodes * width).reshape(nodes, width)
            h = np.bincount(where, bend, nodes * width).reshape(nodes, width)
            left, left_bend = g.cumsum(1), h.cumsum(1)
            right, right_bend = left[:, -1:] - left, left_bend[:, -1:] - left_bend
            gain = (left**2 / (left_bend + RIDGE) + right**2 / (right_bend + RIDGE)).sum(0)[
                : len(limits[column])
            ]
            if gain.max() > best:
                best, chosen, cut = float(gain.max()), place, int(gain.argmax())
        column = int(drawn[chosen])
        leaf = leaf * 2 + (seen[chosen] > cut)
        everywhere = everywhere * 2 + (binned[column] > cut)
        splits.append((column, float(limits[column][cut])))
    return splits, everywhere
