"""Regression trees that learn to rank: boosting under a softmax over the candidates of one question."""

from __future__ import annotations

from typing import Any

import numpy as np
from speaker_labels import Example


def grow(examples: list[Example], columns: tuple[str, ...], settings: dict) -> dict:
    """Trees fitted to the examples, as ``clipbook.model.Trees`` reads them: the mean of several boosted sums.

    Each sum draws other examples and columns for its trees; their mean varies less than one of them.
    """
    from sklearn.ensemble._hist_gradient_boosting.binning import _BinMapper

    table = np.concatenate([e.rows for e in examples]).astype(np.float64)
    mapper = _BinMapper(n_bins=65, random_state=0, n_threads=1)
    binned = mapper.fit_transform(table)
    trees = [
        tree for seed in range(settings["sums"]) for tree in _boost(examples, mapper, binned, settings, seed)
    ]
    used = sorted({node[0] for tree in trees for node in tree if len(node) > 1})
    place = {column: index for index, column in enumerate(used)}
    for tree in trees:
        for node in tree:
            if len(node) > 1:
                node[0] = place[node[0]]
    return {"columns": [columns[i] for i in used], "trees": trees}


def _boost(
    examples: list[Example], mapper: Any, binned: np.ndarray, settings: dict, seed: int
) -> list[list[list[float]]]:
    """One boosted sum, its values divided by the number of sums."""
    from sklearn.ensemble._hist_gradient_boosting.grower import TreeGrower

    right = np.concatenate([e.right for e in examples]).astype(bool)
    sizes = np.array([len(e.right) for e in examples])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rng = np.random.default_rng(seed)
    score = np.zeros(len(right))
    trees = []
    for _ in range(settings["trees"]):
        power = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
        chance = power / np.repeat(np.add.reduceat(power, starts), sizes)
        hit = power * right
        among = hit / np.repeat(np.add.reduceat(hit, starts), sizes)
        keep = np.flatnonzero(np.repeat(rng.random(len(sizes)) < 0.7, sizes))
        slope = (chance - among)[keep].astype(np.float32)
        bend = np.maximum(chance * (1 - chance), 0.01)[keep].astype(np.float32)
        grower = TreeGrower(
            np.asfortranarray(binned[keep]), slope, bend, max_leaf_nodes=settings["leaves"],
            min_samples_leaf=settings["least"], l2_regularization=settings["ridge"], n_bins=66,
            n_bins_non_missing=mapper.n_bins_non_missing_, shrinkage=settings["rate"], n_threads=1,
            feature_fraction_per_split=0.4, rng=rng,
        )  # fmt: skip
        grower.grow()
        predictor = grower.make_predictor(binning_thresholds=mapper.bin_thresholds_)
        score += predictor.predict_binned(binned, mapper.missing_values_bin_idx_, 1)
        trees.append(_plain(predictor.nodes, settings["sums"]))
    return trees


def _plain(nodes: np.ndarray, sums: int) -> list[list[float]]:
    tree: list[list[float]] = []
    for node in nodes:
        if node["is_leaf"]:
            tree.append([round(float(node["value"]) / sums, 4)])
        else:
            threshold = round(float(node["num_threshold"]), 3)
            tree.append([int(node["feature_idx"]), threshold, int(node["left"]), int(node["right"])])
    return tree
