"""Change over time: the readability of each week, month or year, and the slope through the articles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from clipbook.readability.groups import group_readability, main_language
from clipbook.readability.intervals import resamples
from clipbook.schema import need_columns, written_in
from clipbook.stats.periods import fitting_step, period_starts
from clipbook.stats.resampling import bounds_of

_FEWEST_DATED = 8


def readability_over_time(
    readability: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", measure: str = "fre"
) -> pd.DataFrame:
    """Score what each group published in each period, as long as `clipbook.stats.periods.fitting_step` says.

    Parameters
    ----------
    readability, articles : DataFrame
        As for :func:`~clipbook.readability.group_readability`; ``articles`` with ``published``. Articles
        without a date are left out, and those that are not in the most frequent language of all periods.
    by : str
        The column that names the group.
    measure : str
        The measure.

    Returns
    -------
    DataFrame
        ``group``, ``start`` (first day of the step), ``step`` ("week", "month", "quarter" or "year"), ``measure``,
        ``value``, ``low``, ``high`` (95 %, from resampling articles; NaN under three), ``articles``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["capture_id", "published", by], made_by="corpus.read_corpus()")
    own = articles[written_in(articles, main_language(articles))]
    dated = own[own["published"].notna()]
    step = fitting_step(dated["published"])
    starts = period_starts(dated["published"], step)
    tables = [
        group_readability(readability, members, by=by).assign(start=start, step=step)
        for start, members in dated.groupby(starts)
    ]
    columns = ["group", "start", "step", "measure", "value", "low", "high", "articles"]
    if not tables:
        return pd.DataFrame({column: [] for column in columns})
    table = pd.concat(tables, ignore_index=True)
    chosen = table[(table["scope"] == "whole") & (table["measure"] == measure)]
    return chosen.sort_values(["group", "start"], kind="stable", ignore_index=True)[columns]


def readability_trend(
    readability: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", measure: str = "fre"
) -> dict[str, float]:
    """Slope of a measure over time within groups, through single articles, with an interval from resampling days.

    Days and values are taken from their group's mean (a fixed-effects slope; Wooldridge 2010, Econometric Analysis of
    Cross Section and Panel Data, chapter 10), so that it makes no difference which group was captured when.

    Parameters
    ----------
    readability, articles : DataFrame
        As for :func:`readability_over_time`.
    by : str
        The column that names the group; articles without a name make one group.
    measure : str
        The measure.

    Returns
    -------
    dict
        ``slope`` (units of the measure in 30 days, by least squares), ``low``, ``high`` (95 %, days being
        drawn with all their articles, because what happens on a day moves all that is written on it), ``articles``
        (dated ones in the most frequent language, of groups with two or more); NaN under eight of them or eight days,
        or where no group has articles of two days.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["capture_id", "published", by], made_by="corpus.read_corpus()")
    whole = readability[(readability["scope"] == "whole") & (readability["measure"] == measure)]
    own = articles.loc[written_in(articles, main_language(articles)), ["capture_id", "published", by]]
    scored = whole.merge(own, on="capture_id").dropna(subset=["value", "published"])
    days = (scored["published"] - scored["published"].min()).dt.total_seconds().to_numpy() / 86400 / 30
    values = scored["value"].to_numpy(float)
    day, known = pd.factorize(scored["published"].dt.normalize())
    places = [np.asarray(at) for at in scored.groupby(scored[by].fillna("").to_numpy()).indices.values()]
    groups = [at for at in places if len(at) > 1]
    size = sum(map(len, groups))
    if size < _FEWEST_DATED or len(known) < _FEWEST_DATED or not any(np.ptp(days[at]) for at in groups):
        return {"slope": np.nan, "low": np.nan, "high": np.nan, "articles": float(size)}
    parts = [(days[at], values[at]) for at in groups]
    draws = _slopes(parts, [resamples(len(known))[:, day[at]] for at in groups])
    slope = _slopes(parts, [np.ones((1, len(at))) for at in groups])[0]
    low, high = bounds_of(draws[np.isfinite(draws)], slope, len(known) - 1)
    return {"slope": float(slope), "low": float(low), "high": float(high), "articles": float(size)}


def _slopes(parts: Sequence[tuple[np.ndarray, np.ndarray]], weights: Sequence[np.ndarray]) -> np.ndarray:
    """Least-squares slopes within groups, each of (days, values), under each row of weights of their articles."""
    together, spread = np.zeros(len(weights[0])), np.zeros(len(weights[0]))
    for (days, values), weight in zip(parts, weights, strict=True):
        total = weight.sum(axis=1).clip(1)  # of a group that was not drawn, all sums are 0
        mean_day, mean_value = weight @ days / total, weight @ values / total
        together += weight @ (days * values) - total * mean_day * mean_value
        spread += weight @ days**2 - total * mean_day**2
    return np.asarray(together / np.where(spread > 1e-9, spread, np.nan))
