"""Days, weeks, months, quarters and years, and how much an outcome changes with time within groups of articles."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.stats.differences import Counted, Labels, draws_of, in_parts
from clipbook.stats.intervals import standing, tested

STEPS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}  # name -> pandas period
_LONGEST = (("week", 180), ("month", 1500))  # days that a corpus may span to be shown in such steps
_FEWEST_PERIODS = 3
_FAR_OFF, _STRETCHED = 0.05, 4  # the part of the dates that may lie off, and how far, in lengths of the rest
_ENOUGH = 3  # articles of a period: fewer have no interval
_AT_ONCE = 8_000_000  # signs drawn at a time


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


Floats = NDArray[np.float64]

COLUMNS = ["outcome", "slope", "low", "high", "p", "q", "detectable", "articles", "clusters"]
FEWEST_CLUSTERS = 8
SPANS = {"30 days": 30.0, "a year": 365.25}  # that a slope is given for, in days
_YEARS = 2 * 365.25  # of captures over more than these the slope is given for a year
_WEEKS_ENOUGH = 12


def changes(counted: Counted, published: pd.Series, groups: Labels, *, seed: int = 0) -> pd.DataFrame:
    """Give each outcome's slope in 30 days or a year, within groups, with errors by week or, of a short corpus, by day.

    Parameters
    ----------
    counted : Counted
        One row an article.
    published : Series of datetime
        Of each article; those without a date are left out.
    groups : sequence
        The group of each article, such as its outlet: times and outcomes are taken from their group's mean, so that
        it makes no difference which group was captured when.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        As from `slopes`, and ``per``: "30 days", or "a year" of captures over more than two years; NaN where the dated
        articles of groups with two or more fall on fewer than eight days.
    """
    dates = pd.Series(pd.to_datetime(published).to_numpy())
    known = dates.notna().to_numpy()
    weeks = period_starts(dates[known], "week")
    clusters = weeks if weeks.nunique() >= _WEEKS_ENOUGH else dates[known].dt.normalize()
    days = (dates[known] - dates.min()).dt.total_seconds().to_numpy() / 86400
    per = "a year" if days.max(initial=0) > _YEARS else "30 days"
    here = Counted(counted.names, counted.above[known], counted.below[known])
    mine = [str(group) for group, dated in zip(groups, known, strict=True) if dated]
    return slopes(here, days / SPANS[per], mine, pd.factorize(clusters)[0], seed=seed).assign(per=per)


def slopes(
    counted: Counted, moving: Floats, groups: Labels, clusters: NDArray[np.int64], *, seed: int = 0
) -> pd.DataFrame:
    """Give the slope of each outcome on a number that articles have, within groups.

    Parameters
    ----------
    counted : Counted
        One row an article; an article counts with its ``below``.
    moving : array
        The number, such as months since the first article.
    groups : sequence
        The group of each article.
    clusters : array of int
        What befell articles of one cluster befell them together: its number, such as the week.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        One row an outcome: ``outcome``, ``slope``, ``low``, ``high`` (95 % for all outcomes at once), ``p``, ``q``
        (corrected for all outcomes), ``detectable`` (a slope that four in five such samples would show), ``articles``
        (of groups with two or more), ``clusters``; NaN with fewer than eight clusters.

    Notes
    -----
    A fixed-effects slope (Wooldridge 2010, Econometric Analysis of Cross Section and Panel Data, chapter 10) with
    errors by cluster, tested by turning the sign of whole clusters as if nothing changed (Cameron, Gelbach
    and Miller 2008, Review of Economics and Statistics 90, 414-427); the largest statistic of a draw
    corrects for all outcomes.
    """
    group = pd.factorize(np.asarray(groups, object))[0]
    use = counted.below > 0
    use &= np.bincount(group[use], minlength=group.max(initial=-1) + 1)[group] > 1
    below, above, group = counted.below[use].astype(float), counted.above[use], group[use]
    cluster = pd.factorize(clusters[use])[0]
    count = int(cluster.max(initial=-1)) + 1
    weight = np.bincount(group, weights=below)
    with np.errstate(divide="ignore", invalid="ignore"):
        x = moving[use] - (np.bincount(group, weights=below * moving[use]) / weight)[group]
    parts: Floats = _summed(below * x**2, cluster, count)  # of the spread
    table = pd.DataFrame({"outcome": list(counted.names), "articles": len(below), "clusters": count})
    if count < FEWEST_CLUSTERS or parts.sum() < 1e-9 or table.empty:
        return table.reindex(columns=COLUMNS)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.stack([np.bincount(group, weights=column) / weight for column in above.T], axis=1)
    apart = x[:, None] * (above - mean[group] * below[:, None])
    moved = np.stack([_summed(column, cluster, count) for column in apart.T], axis=1)
    slope, error = _slope(np.ones((1, count)), moved, parts)
    freedom = np.array(count - 1.0)
    generator = np.random.default_rng(seed)
    signs = (
        generator.choice([-1.0, 1.0], (some, count))
        for some in in_parts(draws_of(count), max(1, _AT_ONCE // count))
    )
    drawn = np.concatenate([np.abs(standing(*_slope(each, moved, parts), freedom)) for each in signs])
    found = tested(slope[0], error[0], freedom, drawn, 0.5 ** (count - 1))
    return table.assign(slope=slope[0], **found)[COLUMNS]


def _summed(column: Floats, cluster: NDArray[np.int64], count: int) -> Floats:
    return np.bincount(cluster, weights=column, minlength=count).astype(float)


def _slope(signs: Floats, moved: Floats, parts: Floats) -> tuple[Floats, Floats]:
    """Give slopes and standard errors, draws x outcomes, with the clusters' signs turned."""
    slope = signs @ moved / parts.sum()
    squares = (
        (moved**2).sum(axis=0) - 2 * slope * (signs @ (moved * parts[:, None])) + slope**2 * (parts**2).sum()
    )
    count = len(parts)
    return slope, np.sqrt(squares.clip(0) * count / (count - 1)) / parts.sum()
