"""How far a score can be trusted: from the ranker's scores to the share that was right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from clipbook.quotes.certainty import certainty

NEIGHBOURS = 150
SURE = 0.8  # confidence from which on ...
RIGHT_WHEN_SURE = (
    0.95  # so many are right, in the mean of all sets, in articles that set no point of the line
)
HELD_BACK = 10.0  # of the logistic regression, against weights that are large
PARTS = 6  # each is judged by what was fitted to the others
SURE_FROM = (
    0.8,
    0.82,
    0.83,
    0.84,
    0.85,
    0.86,
    0.87,
    0.88,
    0.89,
    0.9,
    0.91,
    0.92,
    0.93,
    0.94,
    0.95,
)  # shares right

Line = dict[str, list[float]]


class Scored(NamedTuple):
    """Every quotation taken for speech; those that the gold leaves open are left out."""

    traits: np.ndarray  # columns of ``clipbook.quotes.certainty``
    right: np.ndarray
    part: np.ndarray  # 0 to PARTS - 1, whole sources


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


def certainty_of(made: Scored, origin: np.ndarray) -> dict[str, Any]:
    """Weights of the regression that tells right from wrong decisions; a set counts as the root of its size."""
    from sklearn.linear_model import LogisticRegression

    each = np.bincount(origin)[origin] ** -0.5
    middle, scale = made.traits.mean(0), made.traits.std(0) + 1e-9
    fitted = LogisticRegression(C=1 / HELD_BACK, max_iter=2000).fit(
        (made.traits - middle) / scale, made.right, sample_weight=each * len(each) / each.sum()
    )
    weight = fitted.coef_[0] / scale
    return {
        "start": round(float(fitted.intercept_[0] - weight @ middle), 4),
        "weight": np.round(weight, 4).tolist(),
    }


def lines_of(sets: Mapping[str, Scored]) -> dict[str, Any]:
    """The weights of certainty, and the lines from it to probability and to confidence.

    Of the shares listed the smallest is called sure with which enough of the sure quotations are right, in the
    mean of all sets. Every part of the articles is judged by weights and lines of the others.
    """
    made = Scored(*(np.concatenate(column) for column in zip(*sets.values(), strict=True)))
    origin = np.repeat(np.arange(len(sets)), [len(one.right) for one in sets.values()])
    score, even = np.zeros(len(made.right)), np.zeros(len(made.right))
    for part in range(PARTS):
        others = made.part != part
        weights = certainty_of(Scored(*(column[others] for column in made)), origin[others])
        score[~others] = certainty(made.traits[~others], weights)
    for part in range(PARTS):
        others = made.part != part
        even[~others] = np.interp(score[~others], *_even(score[others], made.right[others]))
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
    points, share = _even(score, made.right)
    return {
        "certainty": certainty_of(made, origin),
        "probability": {"score": points.tolist(), "right": np.round(share, 4).tolist()},
        "confidence": bent_line(points, share, sure_from),
    }


def bent_line(points: np.ndarray, share: np.ndarray, sure_from: float) -> Line:
    """The line from score to confidence."""
    return {"score": points.tolist(), "right": np.round(_bent(share, sure_from), 4).tolist()}


def calibration(made: Scored, lines: dict[str, Any]) -> Line:
    """A table of the share right by tenths of confidence, in articles that neither weights nor lines saw."""
    line = lines["confidence"]
    return _table(
        np.interp(certainty(made.traits, lines["certainty"]), line["score"], line["right"]), made.right
    )


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
