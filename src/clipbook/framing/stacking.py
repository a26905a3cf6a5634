"""From the views of texts to one score a frame: a model a view, then their weighted sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from clipbook.framing.features import DENSE_VIEWS, VIEWS, scaler_of

STRENGTHS = {"own cues": 0.01, "all cues": 0.01, "single cues": 1.0, "words": 10.0, "letters": 10.0}
RIDGE_DENSE, RIDGE_SPARSE = 300.0, 1.0
WEIGHT_PENALTY = 0.002
FOLDS = 5


def folds(rows: int, seed: int, number: int = FOLDS) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Split rows at random into parts: each part once with all the others."""
    order = np.random.default_rng(seed).permutation(rows)
    for part in np.array_split(order, min(number, rows)):
        held = np.sort(part)
        yield np.setdiff1d(np.arange(rows), held), held


class ViewModels:
    """One linear model a view and target.

    Logistic regressions (classes balanced) learn whether a frame is present. Where codes are
    graded, because several questions or coders were asked, ridge regressions learn the grade
    as well: it says more about a text than yes or no.
    """

    def __init__(self) -> None:
        self._scalers: list[Any] = []
        self._models: list[tuple[int, list[Any]]] = []

    def fit(self, views: Sequence[Any], codes: np.ndarray, grades: np.ndarray) -> None:
        """Learn from texts whose codes (texts by frames, True or False) and grades (0 to 1) are known.

        ``views`` are the matrices of `TextReader`.
        """
        from sklearn.linear_model import Ridge

        self._scalers = [scaler_of(name).fit(view) for name, view in zip(VIEWS, views, strict=True)]
        self._models = []
        for number, (name, numbers) in enumerate(zip(VIEWS, self._scaled(views), strict=True)):
            self._models.append((number, [_logistic(STRENGTHS[name], numbers, column) for column in codes.T]))
            if not np.array_equal(codes.astype(float), grades):
                penalty = RIDGE_DENSE if name in DENSE_VIEWS else RIDGE_SPARSE
                self._models.append(
                    (number, [Ridge(alpha=penalty).fit(numbers, column) for column in grades.T])
                )

    def scores(self, views: Sequence[Any]) -> np.ndarray:
        """Score texts: texts by frames by models."""
        scaled = self._scaled(views)
        return np.stack(
            [
                np.stack([_apply(model, scaled[number]) for model in models], axis=1)
                for number, models in self._models
            ],
            axis=2,
        )

    def _scaled(self, views: Sequence[Any]) -> list[Any]:
        return [scaler.transform(view) for scaler, view in zip(self._scalers, views, strict=True)]


def out_of_fold_scores(views: Sequence[Any], codes: np.ndarray, grades: np.ndarray, seed: int) -> np.ndarray:
    """Score each coded text by models that have not seen its codes (texts by frames by models)."""
    parts: dict[int, np.ndarray] = {}
    for learn, held in folds(len(codes), seed):
        models = ViewModels()
        models.fit([view[learn] for view in views], codes[learn], grades[learn])
        scored = models.scores([view[held] for view in views])
        parts.update(zip(held.tolist(), scored, strict=True))
    return np.stack([parts[i] for i in range(len(codes))])


def view_weights(scores: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Weigh the models by how much each adds, all frames together.

    Parameters
    ----------
    scores : ndarray
        Texts by frames by models, out of fold, on a common scale.
    codes : ndarray
        Texts by frames, True or False.

    Returns
    -------
    ndarray
        One weight a model, none below 0: a logistic regression over all frames with one
        intercept a frame. Sharing the weights keeps them steady with few codes.
    """
    from scipy.optimize import minimize

    models = scores.shape[2]
    wanted = codes.astype(float)
    rate = (wanted.sum(axis=0) + 0.5) / (len(wanted) + 1)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        weights, intercepts = parameters[:models], parameters[models:]
        logits = scores @ weights + intercepts
        error = 1 / (1 + np.exp(-np.clip(logits, -30, 30))) - wanted
        value = (np.logaddexp(0, logits) - wanted * logits).mean() + WEIGHT_PENALTY * (weights**2).sum()
        by_weight = np.einsum("ijk,ij->k", scores, error) / wanted.size + 2 * WEIGHT_PENALTY * weights
        return value, np.concatenate([by_weight, error.sum(axis=0) / wanted.size])

    start = np.concatenate([np.full(models, 1 / models), np.log(rate / (1 - rate))])
    bounds = [(0, None)] * models + [(None, None)] * len(rate)
    best = minimize(loss, start, jac=True, bounds=bounds, method="TNC")
    weights: np.ndarray = best.x[:models]
    return weights if weights.any() else np.full(models, 1 / models)


def _logistic(strength: float, numbers: Any, column: np.ndarray) -> Any:
    from sklearn.linear_model import LogisticRegression

    if column.all() or not column.any():
        return float(column[0])
    return LogisticRegression(
        C=strength,
        class_weight="balanced",
        solver="liblinear",
        max_iter=1000,
        random_state=0,
    ).fit(numbers, column)


def _apply(model: Any, numbers: Any) -> np.ndarray:
    if isinstance(model, float):
        return np.full(numbers.shape[0], model)
    scored = (
        model.decision_function(numbers) if hasattr(model, "decision_function") else model.predict(numbers)
    )
    return np.asarray(scored, dtype=float)
