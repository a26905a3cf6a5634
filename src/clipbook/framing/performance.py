"""How right the labels are: precision, recall and F1, beside one coder against another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.framing.agreement import coder_f1

DRAWS = 1000


def performance_table(
    coded: pd.DataFrame, found: pd.DataFrame, codes: pd.DataFrame, notes: dict[str, str]
) -> pd.DataFrame:
    """Measure each frame out of fold.

    Parameters
    ----------
    coded : DataFrame
        The settled codes, texts by frames.
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
    for frame in coded.columns:
        mine = found[found["frame"] == frame]
        measured = f1_with_interval(mine["code"].to_numpy(bool), mine["present"].to_numpy(bool))
        note = notes.get(frame, "")
        head = {"frame": frame, "codes": len(coded), "positives": int(coded[frame].sum())}
        tail = {"coder_f1": between.get(frame, np.nan), "usable": not note, "note": note}
        rows.append({**head, **measured, **tail})
    return pd.DataFrame(rows)


def f1_with_interval(wanted: np.ndarray, given: np.ndarray, draws: int = DRAWS) -> dict[str, float]:
    """Give precision, recall and F1 with a 95 % bootstrap interval of F1 over texts; NaN without texts."""
    names = ("precision", "recall", "f1", "low", "high")
    if not len(wanted):
        return dict.fromkeys(names, float("nan"))
    picks = np.random.default_rng(0).integers(0, len(wanted), (draws, len(wanted)))
    both, either = wanted & given, wanted.astype(int) + given.astype(int)
    totals = either[picks].sum(axis=1)
    drawn = 2 * both[picks].sum(axis=1)[totals > 0] / totals[totals > 0]
    low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (np.nan, np.nan)
    hits = both.sum()
    values = (
        hits / given.sum() if given.any() else np.nan,
        hits / wanted.sum() if wanted.any() else np.nan,
        2 * hits / either.sum() if either.any() else np.nan,
        low,
        high,
    )
    return {name: float(value) for name, value in zip(names, values, strict=True)}
