"""How far a score can be trusted: from the ranker's scores to the share that was right."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

NEIGHBOURS = 150
SURE = 0.8  # confidence from which on ...
RIGHT_WHEN_SURE = 0.953  # ... at least so many are right, in articles that set no point of the line
SURE_FROM = (0.8, 0.82, 0.84, 0.86, 0.88, 0.89, 0.9, 0.91, 0.92, 0.93, 0.94)  # shares right

Line = dict[str, list[float]]


class Scored(NamedTuple):
    """Every quotation taken for speech; those that the gold leaves open are left out."""

    score: np.ndarray
    right: np.ndarray
    half: np.ndarray  # 0 or 1, whole articles


def scored(score: Any, rows: list[dict], preds: dict[str, dict]) -> Scored:
    """Score and correctness of every quotation that cross-validation took for speech."""
    values, right, half = [], [], []
    for number, article in enumerate(rows):
        pred = preds[article["id"]]
        given: dict[tuple[int, int], float] = {}
        for quote in pred["quotes"]:
            for unit in score.units(quote["start"], quote["end"], article["text"]):
                given[unit] = quote["confidence"]
        found, extra = score.match(
            score.gold_units(article, False), score.pred_units(article, pred, False), 0.3, False
        )
        for gold, unit in found:
            if unit is not None and gold["state"] != "unknown":
                values.append(given[unit["span"]])
                right.append(score.right(gold, unit))
        values += [given[unit["span"]] for unit in extra]
        right += [False] * len(extra)
        half += [number % 2] * (len(values) - len(half))
    return Scored(np.array(values), np.array(right, float), np.array(half))


def wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """Interval of a share (Wilson 1927)."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    spread = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float(middle - spread), float(middle + spread)


def _line(values: np.ndarray, right: np.ndarray, sure_from: float) -> Line:
    """Points of a rising line from score to confidence.

    At first the share right among the neighbours of a score, smoothed by isotonic regression; then bent so
    that a share of ``sure_from`` is stated as the confidence from which on a speaker counts as sure.
    """
    from sklearn.isotonic import IsotonicRegression

    rising = IsotonicRegression(out_of_bounds="clip").fit(values, right)
    points = np.unique(np.round(np.quantile(values, np.linspace(0, 1, 21)), 4))
    near = [values[np.argsort(np.abs(values - point), kind="stable")[:NEIGHBOURS]] for point in points]
    smooth = np.maximum.accumulate([float(np.mean(rising.predict(own))) for own in near])
    bent = np.interp(smooth, [0, sure_from, 1], [0, SURE, 1])
    return {"score": points.tolist(), "right": np.round(bent, 4).tolist()}


def _crossed(made: Scored, sure_from: float) -> np.ndarray:
    """Confidence of each half of the articles by the line of the other half."""
    stated = np.zeros(len(made.score))
    for half in (0, 1):
        own = made.half == half
        line = _line(made.score[own], made.right[own], sure_from)
        stated[~own] = np.interp(made.score[~own], line["score"], line["right"])
    return stated


def calibrate(made: Scored) -> tuple[Line, Line]:
    """The line from score to confidence, and a table of the share right by tenths of confidence.

    Of the shares listed the smallest is called sure with which enough of the sure quotations are right.
    """
    for sure_from in SURE_FROM:
        stated = _crossed(made, sure_from)
        sure = stated >= SURE
        share = float(made.right[sure].mean()) if sure.any() else 0.0
        print(f"sure from {sure_from}: {share:.4f} right of {int(sure.sum())} at {SURE} and above")
        if share >= RIGHT_WHEN_SURE:
            break
    return _line(made.score, made.right, sure_from), _table(stated, made.right)


def _table(stated: np.ndarray, right: np.ndarray) -> Line:
    table: Line = {"confidence": [], "right": [], "low": [], "high": [], "quotes": []}
    for low in np.arange(0, 1, 0.1):
        here = (stated >= low) & (stated < low + 0.1) if low < 0.85 else stated >= low
        n = int(here.sum())
        if n < 10:
            continue
        share = float(right[here].mean())
        row = (float(stated[here].mean()), share, *wilson(share, n))
        for key, value in zip(("confidence", "right", "low", "high"), row, strict=True):
            table[key].append(round(float(value), 4))
        table["quotes"].append(n)
        print(f"  {row[0]:.2f} stated, {row[1]:.3f} right [{row[2]:.3f}, {row[3]:.3f}], n = {n}")
    return table
