"""Fitted models: trees from readable weights, which all rooms evaluate in one way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from math import exp, fsum
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray
MOST_LEAVES = 16
_LEFT = (~np.arange(2**MOST_LEAVES)) & (2**MOST_LEAVES - 1)  # leaves left, for every set of struck ones
_FIRST_LEFT = np.log2(np.maximum(_LEFT & -_LEFT, 1)).astype(np.intp)


class _Split(NamedTuple):
    """A question of a tree: whether a column exceeds its limit, and which leaves that strikes."""

    column: str
    limit: float
    struck: int  # the leaves below its left side, a bit each


class Trees:
    """A sum of regression trees over named columns.

    Parameters
    ----------
    stored : dict
        ``trees``; ``start`` (added to the sum) and ``columns`` (the names of numbered ones) where there are any. A tree is a list
        of nodes, each a split (column, limit, left, right: go left at or below the limit) or a leaf (value); or, where
        all nodes of a level ask the same, ``splits`` (column and limit a level) and ``leaves``.
    columns : sequence of str
        Names of the columns of the tables to be judged, in order.

    Notes
    -----
    All splits are taken at once: one that goes right strikes the leaves below its left side, and the first leaf
    left is the answer (Lucchese et al. 2015, QuickScorer).
    """

    def __init__(self, stored: dict[str, Any], columns: Sequence[str]) -> None:
        read = [
            _symmetric(tree) if isinstance(tree, dict) else _by_nodes(tree, stored["columns"])
            for tree in stored["trees"]
        ]
        known = sorted({split[:2] for splits, _ in read for split in splits})
        place = {split: position for position, split in enumerate(known)}
        number = {name: position for position, name in enumerate(columns)}
        shape = (max(1, *(len(splits) for splits, _ in read)), len(read))
        test, struck = np.zeros(shape, np.intp), np.zeros(shape, np.uint16)
        value = np.zeros((len(read), MOST_LEAVES))
        for tree, (splits, leaves) in enumerate(read):
            value[tree, : len(leaves)] = leaves
            for slot, split in enumerate(splits):
                test[slot, tree], struck[slot, tree] = place[split[:2]], split.struck
        self.start = stored.get("start", 0.0)
        self.column = np.array([number[column] for column, _ in known], np.intp)
        self.limit = np.array([limit for _, limit in known])[:, None]
        self.test, self.struck, self.slots = test.ravel(), struck.ravel()[:, None], shape[0]
        self.value, self.first = value.ravel(), (np.arange(len(read)) * MOST_LEAVES)[:, None]

    def __call__(self, table: Array) -> Array:
        """Score every row of a table of shape (rows, columns); higher is likelier."""
        limit = self.limit.astype(table.dtype)
        goes_right = (np.ascontiguousarray(table.T).take(self.column, axis=0) > limit).astype(np.uint16)
        struck = goes_right.take(self.test, axis=0)
        struck *= self.struck
        struck = np.bitwise_or.reduce(struck.reshape(self.slots, -1), axis=0)
        leaf = _FIRST_LEFT.take(struck).reshape(-1, len(table)) + self.first
        scores: Array = self.start + self.value.take(leaf).sum(axis=0)
        return scores


def _symmetric(tree: dict[str, Any]) -> tuple[list[_Split], list[float]]:
    leaves = tree["leaves"]
    splits = []
    for level, (column, limit) in enumerate(tree["splits"]):
        bit = len(leaves) >> (level + 1)  # of a leaf's number: 1 if it lies on the right side here
        struck = sum(1 << leaf for leaf in range(len(leaves)) if not leaf & bit)
        splits.append(_Split(column, limit, struck))
    return splits, leaves


def _by_nodes(tree: list[list[float]], names: Sequence[str]) -> tuple[list[_Split], list[float]]:
    leaves = _leaves_below(tree, 0)
    splits = []
    for column, limit, left, _ in (node for node in tree if len(node) > 1):
        struck = sum(1 << leaves.index(leaf) for leaf in _leaves_below(tree, int(left)))
        splits.append(_Split(names[int(column)], limit, struck))
    return splits, [tree[leaf][0] for leaf in leaves]


def _leaves_below(tree: list[list[float]], node: int) -> list[int]:
    """Leaves of a tree below a node, from left to right."""
    if len(tree[node]) == 1:
        return [node]
    return [*_leaves_below(tree, int(tree[node][2])), *_leaves_below(tree, int(tree[node][3]))]


def probability(score: Array) -> Array:
    """Give the probabilities of log odds."""
    chances: Array = (1.0 / (1.0 + np.exp(-score))).astype(np.float32)
    return chances


def softmax(scores: Sequence[float]) -> list[float]:
    """Give probabilities proportional to exp(score), of a few scores."""
    most = max(scores)
    powers = [exp(score - most) for score in scores]
    total = fsum(powers)
    return [power / total for power in powers]


@lru_cache(maxsize=8)
def stored_weights(room: str, name: str = "weights.json") -> dict[str, Any]:
    """Read the weights that come with a room of the package, such as ``quotes``."""
    text = files(f"clipbook.{room}").joinpath(name).read_text(encoding="utf-8")
    weights: dict[str, Any] = json.loads(text)
    return weights
