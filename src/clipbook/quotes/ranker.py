"""Scores from boosted regression trees, kept as readable numbers in ``weights.json``."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

import numpy as np

Array = np.ndarray


class Trees:
    """A sum of regression trees over named columns.

    Every tree is a list of nodes; a node splits (``column``, ``threshold``, ``left``, ``right``: go left at
    or below the threshold) or is a leaf that points at itself and carries ``value``.
    """

    def __init__(self, stored: dict[str, Any], columns: tuple[str, ...]) -> None:
        place = {name: position for position, name in enumerate(columns)}
        names = [place[name] for name in stored["columns"]]
        column: list[int] = []
        threshold: list[float] = []
        left: list[int] = []
        right: list[int] = []
        value: list[float] = []
        roots: list[int] = []
        for tree in stored["trees"]:
            base = len(column)
            roots.append(base)
            for node in tree:
                here = len(column)
                if len(node) == 1:
                    column.append(0)
                    threshold.append(0.0)
                    left.append(here)
                    right.append(here)
                    value.append(node[0])
                else:
                    column.append(names[node[0]])
                    threshold.append(node[1])
                    left.append(base + node[2])
                    right.append(base + node[3])
                    value.append(0.0)
        self.column, self.threshold = np.array(column), np.array(threshold)
        self.child = np.stack([np.array(right), np.array(left)], axis=1).ravel()
        self.value, self.roots, self.depth = np.array(value), np.array(roots), stored["depth"]

    def __call__(self, rows: list[list[float]]) -> Array:
        """Score every row; higher is likelier."""
        width = len(rows[0])
        flat = np.fromiter(chain.from_iterable(rows), dtype=float, count=len(rows) * width)
        offset = (np.arange(len(rows)) * width)[:, None]
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            go_left = flat[self.column[node] + offset] <= self.threshold[node]
            node = self.child[2 * node + go_left]
        scores: Array = self.value[node].sum(axis=1)
        return scores


def softmax(scores: Array) -> Array:
    """Probabilities proportional to exp(score)."""
    power = np.exp(scores - scores.max())
    chances: Array = power / power.sum()
    return chances


@lru_cache(maxsize=1)
def shipped() -> dict[str, Any]:
    """The weights that come with the package, as read from ``weights.json``."""
    read: dict[str, Any] = json.loads(
        files("clipbook.quotes").joinpath("weights.json").read_text(encoding="utf-8")
    )
    return read
