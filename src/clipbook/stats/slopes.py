"""Change: how much an outcome moves with time, within groups of articles."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.stats.differences import Counted, Labels, draws_of, in_parts
from clipbook.stats.families import POWER_POINT, SMALLEST, family_bound, reach_of, standing, tail_chances
from clipbook.stats.periods import period_starts

Floats = NDArray[np.float64]

COLUMNS = ["outcome", "slope", "low", "high", "p", "q", "detectable", "articles", "clusters"]
FEWEST_CLUSTERS = 8
SPANS = {"30 days": 30.0, "a year": 365.25}  # that a slope is given for, in days
_YEARS = 2 * 365.25  # of captures over more than these the slope is given for a year
_WEEKS_ENOUGH = 12
_AT_ONCE = 8_000_000  # signs drawn at a time


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
    seen = np.abs(standing(slope, error, freedom))[0]
    least = 0.5 ** (count - 1)
    reach = reach_of(family_bound(drawn), freedom) * error[0]
    largest = np.repeat(drawn.max(axis=1)[:, None], len(seen), axis=1)
    return table.assign(
        slope=slope[0], low=slope[0] - reach, high=slope[0] + reach, p=tail_chances(drawn, seen, least),
        q=tail_chances(largest, seen, least),
        detectable=np.where(error[0] > SMALLEST, reach + POWER_POINT * error[0], np.nan),
    )[COLUMNS]  # fmt: skip


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
