"""Days, weeks, months, quarters and years: the steps in which a corpus is shown over time."""

from __future__ import annotations

import pandas as pd

STEPS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}  # name -> pandas period
_LONGEST = (("week", 180), ("month", 1500))  # days that a corpus may span to be shown in such steps
_FEWEST_PERIODS = 3
_FAR_OFF, _STRETCHED = 0.05, 4  # the part of the dates that may lie off, and how far, in lengths of the rest
_ENOUGH = 3  # articles of a period: fewer have no interval


def fitting_step(published: pd.Series) -> str:
    """Name the step that fits a corpus: short enough to show a course, long enough to hold articles.

    Weeks for half a year, months for four years, years beyond; longer where half of the periods hold fewer than
    three articles, which give no interval, as long as three periods are left.

    Parameters
    ----------
    published : Series of datetime
        NaT where unknown.
    """
    dates = pd.to_datetime(published).dropna()
    dates = dates[dates.between(*main_span(dates))]
    span = (dates.max() - dates.min()).days if len(dates) else 0
    fitting = next((step for step, most in _LONGEST if span <= most), "year")
    for step in list(STEPS)[list(STEPS).index(fitting) :]:
        counts = period_starts(dates, step).value_counts()
        if len(counts) < _FEWEST_PERIODS:
            break
        fitting = step
        if counts.median() >= _ENOUGH:
            break
    return fitting


def main_span(dates: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Give the first and last day of nearly all dates: a few that lie far off do not stretch a scale.

    Parameters
    ----------
    dates : Series of datetime
        One an article; NaT where unknown.

    Returns
    -------
    (Timestamp, Timestamp)
        Of the shortest stretch that holds 95 % of the dates if all of them take more than four times as long, else of all;
        NaT without any.

    Examples
    --------
    >>> days = pd.Series(pd.date_range("2019-03-01", periods=30)).replace(pd.Timestamp("2019-03-15"), pd.Timestamp("2010-01-01"))
    >>> [f"{day:%Y-%m-%d}" for day in main_span(days)]
    ['2019-03-01', '2019-03-30']
    """
    known = dates.dropna().sort_values(ignore_index=True)
    if known.empty:
        return pd.NaT, pd.NaT  # type: ignore[return-value]
    within = len(known) - int(len(known) * _FAR_OFF)
    spans = known[within - 1 :].reset_index(drop=True) - known[: len(known) - within + 1]
    start = int(spans.argmin())
    if known.iloc[-1] - known.iloc[0] > _STRETCHED * max(spans[start], pd.Timedelta(days=7)):
        return known[start], known[start + within - 1]
    return known.iloc[0], known.iloc[-1]


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
