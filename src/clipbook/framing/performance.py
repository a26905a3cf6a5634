"""From which probability on a label is given, and how right the labels are, beside one coder against another."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from clipbook.framing.agreement import coder_f1


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
    likeliest = np.arange(chances.shape[1]) == chances.argmax(axis=1)[:, None]
    given: np.ndarray = likeliest if exclusive else chances > thresholds
    return given


DRAWS = 1000


def performance_table(
    coded: Mapping[str, pd.Series], found: pd.DataFrame, codes: pd.DataFrame, notes: dict[str, str]
) -> pd.DataFrame:
    """Measure each frame out of fold.

    Parameters
    ----------
    coded : mapping
        A frame's name to the settled codes of its texts.
    found : DataFrame
        ``frame``, ``code``, ``present``, one row a text and usable frame.
    codes : DataFrame
        The coders' answers, as from `read_sheets`.
    notes : dict
        Why a frame is not usable.

    Returns
    -------
    DataFrame
        See `Calibration`.
    """
    between = coder_f1(codes).set_index("frame")["f1"]
    rows = []
    for frame, settled in coded.items():
        mine = found[found["frame"] == frame]
        measured = f1_with_interval(mine["code"].to_numpy(bool), mine["present"].to_numpy(bool))
        counts, note = {"codes": len(settled), "positives": int(settled.sum())}, notes.get(frame, "")
        told = {"coder_f1": between.get(frame, np.nan), "usable": not note, "note": note}
        rows.append({"frame": frame, **counts, **measured, **told})
    return pd.DataFrame(rows)


def f1_with_interval(wanted: np.ndarray, given: np.ndarray) -> dict[str, float]:
    """Give precision, recall and F1 with a 95 % bootstrap interval of F1 over texts; NaN without texts."""
    from sklearn.metrics import precision_recall_fscore_support

    names = ("precision", "recall", "f1", "low", "high")
    if not len(wanted):
        return dict.fromkeys(names, float("nan"))
    picks = np.random.default_rng(0).integers(0, len(wanted), (DRAWS, len(wanted)))
    both, either = wanted & given, wanted.astype(int) + given.astype(int)
    totals = either[picks].sum(axis=1)
    drawn = 2 * both[picks].sum(axis=1)[totals > 0] / totals[totals > 0]
    low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (np.nan, np.nan)
    measured = precision_recall_fscore_support(wanted, given, average="binary", zero_division=np.nan)
    return {name: float(value) for name, value in zip(names, (*measured[:3], low, high), strict=True)}
