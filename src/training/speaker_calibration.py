"""How far a score can be trusted: from the ranker's scores to the share that was right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

NEIGHBOURS = 150
SURE = 0.8  # confidence from which on ...
RIGHT_WHEN_SURE = (
    0.953  # ... at least so many are right, in every set, in articles that set no point of the line
)
SURE_FROM = (0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95)  # shares right

Line = dict[str, list[float]]


class Scored(NamedTuple):
    """Every quotation taken for speech; those that the gold leaves open are left out."""

    score: np.ndarray
    right: np.ndarray
    half: np.ndarray  # 0 or 1, whole articles


def wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """Interval of a share (Wilson 1927)."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    spread = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float(middle - spread), float(middle + spread)


def _even(values: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points of a rising line from a score to the share right among its neighbours."""
    from sklearn.isotonic import IsotonicRegression

    rising = IsotonicRegression(out_of_bounds="clip").fit(values, right)
    points = np.unique(np.round(np.quantile(values, np.linspace(0, 1, 21)), 4))
    near = [values[np.argsort(np.abs(values - point), kind="stable")[:NEIGHBOURS]] for point in points]
    return points, np.maximum.accumulate([float(np.mean(rising.predict(own))) for own in near])


def _bent(share: np.ndarray, sure_from: float) -> np.ndarray:
    """State a share of ``sure_from`` as the confidence from which on a speaker counts as sure."""
    return np.interp(share, [0, sure_from, 1], [0, SURE, 1])


def lines_of(sets: Mapping[str, Scored]) -> dict[str, Line]:
    """The lines from score to probability and to confidence.

    Of the shares listed the smallest is called sure with which enough of the sure quotations are right, in the mean
    of all sets. Each half of the articles is judged by the line of the other half.
    """
    made = Scored(*(np.concatenate(column) for column in zip(*sets.values(), strict=True)))
    origin = np.repeat(np.arange(len(sets)), [len(one.score) for one in sets.values()])
    even = np.zeros(len(made.score))
    for half in (0, 1):
        own = made.half == half
        even[~own] = np.interp(made.score[~own], *_even(made.score[own], made.right[own]))
    for sure_from in SURE_FROM:
        stated = _bent(even, sure_from)
        shares = []
        for number, name in enumerate(sets):
            sure = (stated >= SURE) & (origin == number)
            shares.append(float(made.right[sure].mean()) if sure.any() else 0.0)
            part = sure.sum() / max(1, (origin == number).sum())
            print(f"  sure from {sure_from}: {name} {shares[-1]:.3f} right of {part:.0%} at {SURE} and above")
        if np.mean(shares) >= RIGHT_WHEN_SURE:
            break
    points, share = _even(made.score, made.right)
    return {
        "probability": {"score": points.tolist(), "right": np.round(share, 4).tolist()},
        "confidence": bent_line(points, share, sure_from),
    }


def bent_line(points: np.ndarray, share: np.ndarray, sure_from: float) -> Line:
    """The line from score to confidence."""
    return {"score": points.tolist(), "right": np.round(_bent(share, sure_from), 4).tolist()}


def calibration(made: Scored, line: Line) -> Line:
    """A table of the share right by tenths of confidence, in articles that neither weights nor lines saw."""
    return _table(np.interp(made.score, line["score"], line["right"]), made.right)


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
