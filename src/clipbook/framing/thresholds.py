"""From scores to probabilities, and from probabilities to a yes or no."""

from __future__ import annotations

import numpy as np


def probability_curve(scores: np.ndarray, codes: np.ndarray) -> tuple[float, float]:
    """Fit slope and intercept that turn scores into probabilities (Platt 1999).

    Parameters
    ----------
    scores : ndarray
        One number a text, out of fold, roughly of unit spread.
    codes : ndarray
        True or False a text; both must occur.

    Returns
    -------
    tuple of float
        Slope and intercept of the logistic curve.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, solver="newton-cholesky").fit(scores.reshape(-1, 1), codes)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def probabilities(scores: np.ndarray, curve: tuple[float, float]) -> np.ndarray:
    """Turn scores into probabilities by a curve of `probability_curve`."""
    slope, intercept = curve
    result: np.ndarray = 1 / (1 + np.exp(-np.clip(slope * scores + intercept, -30, 30)))
    return result


def best_threshold(chances: np.ndarray) -> float:
    """Probability above which saying yes gives the highest expected F1.

    The best threshold is half of the F1 that it reaches (Lipton, Elkan & Narayanaswamy 2014).
    Taking the expectation over probabilities instead of the codes themselves keeps the
    threshold steady when codes are few.
    """
    ranked = np.sort(chances)[::-1]
    chosen = np.arange(1, len(ranked) + 1)
    expected = 2 * np.cumsum(ranked) / (ranked.sum() + chosen)
    return float(expected.max() / 2)


def decide(chances: np.ndarray, thresholds: np.ndarray, *, exclusive: bool) -> np.ndarray:
    """Say yes or no: texts by frames.

    Parameters
    ----------
    chances : ndarray
        Probabilities, texts by frames.
    thresholds : ndarray
        One a frame.
    exclusive : bool
        Whether each text has exactly one frame; then the most probable one is chosen.

    Returns
    -------
    ndarray of bool
    """
    if exclusive:
        result: np.ndarray = np.arange(chances.shape[1]) == chances.argmax(axis=1)[:, None]
    else:
        result = chances > thresholds
    return result
