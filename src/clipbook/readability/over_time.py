"""Change over time: the readability of each week, month or year, and the slope through the articles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.periods import fitting_step, period_starts
from clipbook.readability.groups import group_readability
from clipbook.readability.intervals import bounds, resamples
from clipbook.tables import need_columns

_FEWEST_DATED = 8


def readability_over_time(
    readability: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", measure: str = "fre"
) -> pd.DataFrame:
    """Score what each group published in each period, as long as `clipbook.periods.fitting_step` says.

    Parameters
    ----------
    readability, articles : DataFrame
        As for :func:`~clipbook.readability.group_readability`; ``articles`` with ``published``. Articles
        without a date are left out.
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
    dated = articles[articles["published"].notna()]
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
    readability: pd.DataFrame, articles: pd.DataFrame, *, measure: str = "fre"
) -> dict[str, float]:
    """Slope of a measure over time through single articles, with an interval from resampling them.

    Parameters
    ----------
    readability, articles : DataFrame
        As for :func:`readability_over_time`.
    measure : str
        The measure.

    Returns
    -------
    dict
        ``slope`` (units of the measure in 30 days, by least squares), ``low``, ``high`` (95 %), ``articles``;
        NaN under eight dated articles or where all are of one day.
    """
    need_columns(articles, ["capture_id", "published"], made_by="corpus.read_corpus()")
    whole = readability[(readability["scope"] == "whole") & (readability["measure"] == measure)]
    scored = whole.merge(articles[["capture_id", "published"]], on="capture_id").dropna(
        subset=["value", "published"]
    )
    days = (scored["published"] - scored["published"].min()).dt.total_seconds().to_numpy() / 86400 / 30
    values = scored["value"].to_numpy(float)
    if len(scored) < _FEWEST_DATED or np.ptp(days) == 0:
        return {"slope": np.nan, "low": np.nan, "high": np.nan, "articles": float(len(scored))}
    draws = _slopes(days, values, resamples(len(days)))
    slope = _slopes(days, values, np.ones((1, len(days))))[0]
    low, high = bounds(draws)
    return {"slope": float(slope), "low": float(low), "high": float(high), "articles": float(len(scored))}


def _slopes(days: np.ndarray, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Least-squares slopes under each row of weights."""
    total = weights.sum(axis=1)
    mean_day, mean_value = weights @ days / total, weights @ values / total
    together = weights @ (days * values) / total - mean_day * mean_value
    spread = weights @ days**2 / total - mean_day**2
    return np.asarray(together / np.where(spread > 0, spread, np.nan))
