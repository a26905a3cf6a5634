"""Scores from boosted regression trees, kept as readable numbers in ``weights.json``."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

import numpy as np

Array = np.ndarray
Row: TypeAlias = "array[float]"
MOST_LEAVES = 16
_LEFT = (~np.arange(2**MOST_LEAVES)) & (2**MOST_LEAVES - 1)  # leaves left, for every set of struck ones
FIRST_LEFT = np.log2(np.maximum(_LEFT & -_LEFT, 1)).astype(np.intp)


class Trees:
    """A sum of regression trees over named columns.

    Every stored tree is a list of nodes: a split (``column``, ``threshold``, ``left``, ``right``: go left at or
    below the threshold) or a leaf (``value``). All splits are taken at once: one that goes right strikes the
    leaves below its left side, and the first leaf left is the answer (Lucchese et al. 2015, QuickScorer).
    """

    def __init__(self, stored: dict[str, Any], columns: tuple[str, ...]) -> None:
        names = [columns.index(name) for name in stored["columns"]]
        trees = stored["trees"]
        splits = [[node for node in tree if len(node) > 1] for tree in trees]
        known = sorted({(names[int(node[0])], float(node[1])) for nodes in splits for node in nodes})
        place = {split: position for position, split in enumerate(known)}
        shape = (max(1, *(len(nodes) for nodes in splits)), len(trees))
        test = np.zeros(shape, dtype=np.intp)
        struck = np.zeros(shape, dtype=np.uint16)
        value = np.zeros((len(trees), MOST_LEAVES))
        for number, tree in enumerate(trees):
            leaves = _leaves_below(tree, 0)
            value[number, : len(leaves)] = [tree[leaf][0] for leaf in leaves]
            for slot, node in enumerate(splits[number]):
                test[slot, number] = place[names[int(node[0])], float(node[1])]
                struck[slot, number] = sum(
                    1 << leaves.index(leaf) for leaf in _leaves_below(tree, int(node[2]))
                )
        self.column = np.array([column for column, _ in known], dtype=np.intp)
        self.threshold = np.array([threshold for _, threshold in known])[:, None]
        self.test, self.struck, self.slots = test.ravel(), struck.ravel()[:, None], shape[0]
        self.value, self.first = value.ravel(), (np.arange(len(trees)) * MOST_LEAVES)[:, None]

    def __call__(self, rows: Sequence[Row]) -> Array:
        """Score every row; higher is likelier."""
        size = len(rows)
        table = np.frombuffer(b"".join(rows)).reshape(size, -1)
        goes_right = (table.T[self.column] > self.threshold).astype(np.uint16)
        struck = goes_right.take(self.test, axis=0) * self.struck
        struck = np.bitwise_or.reduce(struck.reshape(self.slots, -1), axis=0)
        leaf = FIRST_LEFT.take(struck).reshape(-1, size)
        scores: Array = self.value.take(leaf + self.first).sum(axis=0)
        return scores


def _leaves_below(tree: list[list[float]], node: int) -> list[int]:
    """Leaves of a tree below a node, from left to right."""
    if len(tree[node]) == 1:
        return [node]
    return [*_leaves_below(tree, int(tree[node][2])), *_leaves_below(tree, int(tree[node][3]))]


def softmax(scores: Array) -> Array:
    """Probabilities proportional to exp(score)."""
    power = np.exp(scores - np.maximum.reduce(scores))
    chances: Array = power / np.add.reduce(power)
    return chances


@lru_cache(maxsize=1)
def shipped() -> dict[str, Any]:
    """The weights that come with the package, as read from ``weights.json``."""
    read: dict[str, Any] = json.loads(
        files("clipbook.quotes").joinpath("weights.json").read_text(encoding="utf-8")
    )
    return read
