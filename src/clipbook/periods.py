"""Days, weeks, months, quarters and years: the steps in which a corpus is shown over time."""

from __future__ import annotations

import pandas as pd

STEPS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}  # name -> pandas period
_LONGEST = (("week", 180), ("month", 1500))  # days that a corpus may span to be shown in such steps


def fitting_step(published: pd.Series) -> str:
    """Name the step that fits a corpus: weeks for half a year, months for four years, years beyond.

    Parameters
    ----------
    published : Series of datetime
        NaT where unknown.
    """
    dates = pd.to_datetime(published)
    span = (dates.max() - dates.min()).days if dates.notna().any() else 0
    return next((step for step, most in _LONGEST if span <= most), "year")


def period_starts(published: pd.Series, step: str) -> pd.Series:
    """Give the first day of the period that each date falls into; weeks begin on Monday.

    Raises
    ------
    ValueError
        If ``step`` is none of the five.
    """
    if step not in STEPS:
        raise ValueError(f"There is no step {step!r}; choose {', '.join(STEPS)}.")
    return pd.to_datetime(published).dt.to_period(STEPS[step]).dt.start_time


def name_period(start: pd.Timestamp, step: str) -> str:
    """Name a period as a sentence would: "week of 2 March 2026", "March 2026", "2026"."""
    if step == "year":
        return str(start.year)
    if step == "quarter":
        return f"quarter {start.quarter} of {start.year}"
    if step == "month":
        return f"{start:%B %Y}"
    day = f"{start.day} {start:%B %Y}"
    return f"week of {day}" if step == "week" else day
