"""Boosted symmetric trees: every level of a tree asks one question of all lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipbook.article.traits import Numbers

WEIGHTS = "line_weights.json"


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees of equal depth, as arrays."""

    start: float
    columns: NDArray[np.intp]  # (trees * depth,) which trait each level asks for
    limits: Numbers  # (trees * depth, 1) the trait must exceed this
    leaves: NDArray[np.float64]  # (trees, 2 ** depth)
    offsets: NDArray[np.int32]  # (trees, 1) where the leaves of each tree begin


def from_stored(model: dict[str, Any], names: Sequence[str]) -> Trees:
    """Arrays of a model as the weights file holds it: splits by column name, and leaves.

    Parameters
    ----------
    model : dict
        ``start`` and ``trees``, each with ``splits`` (column name and limit) and ``leaves``.
    names : sequence of str
        Names of the columns that the model will be given, in order.
    """
    number = {name: place for place, name in enumerate(names)}
    splits = [split for tree in model["trees"] for split in tree["splits"]]
    leaves = np.array([tree["leaves"] for tree in model["trees"]], np.float32).astype(np.float64)
    return Trees(
        model["start"],
        np.array([number[name] for name, _ in splits], np.intp),
        np.array([[limit] for _, limit in splits], np.float32),
        leaves,
        (np.arange(len(leaves), dtype=np.int32) * leaves.shape[1])[:, None],
    )


def stored_models() -> dict[str, dict[str, Any]]:
    """The fitted models by name, read from the weights file beside this module."""
    text = (files("clipbook.article") / WEIGHTS).read_text(encoding="utf-8")
    models: dict[str, dict[str, Any]] = json.loads(text)["models"]
    return models


def probability(trees: Trees, traits: Numbers) -> Numbers:
    """Probability that each line is what the model was fitted to find.

    Parameters
    ----------
    trees : Trees
        The model.
    traits : array of float, shape (lines, columns)
        Traits in the order of the model's columns.

    Returns
    -------
    array of float, shape (lines,)
        Between 0 and 1. The method is gradient boosting (Friedman 2001) with oblivious trees (Kohavi 1994).
    """
    count, size = trees.leaves.shape
    depth = size.bit_length() - 1
    answers = (np.ascontiguousarray(traits.T).take(trees.columns, axis=0) > trees.limits).view(np.uint8)
    levels = answers.reshape(count, depth, len(traits))
    leaf = levels[:, 0]
    for level in range(1, depth):
        leaf = leaf * 2 + levels[:, level]
    score = trees.start + trees.leaves.ravel().take(leaf + trees.offsets).sum(axis=0)
    return (1.0 / (1.0 + np.exp(-score))).astype(np.float32)
