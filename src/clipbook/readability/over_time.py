"""Change over time: the readability of each week, month or year, and the slope through the articles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.readability.groups import group_readability, main_language
from clipbook.readability.languages import need_measure
from clipbook.schema import need_columns, written_in
from clipbook.stats.differences import FEWEST, Counted
from clipbook.stats.periods import changes, fitting_step, period_starts

EVERY = "all articles"  # the group of all, where each has too few


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
        ``value``, ``low``, ``high`` (95 %, from resampling articles; NaN under three), ``articles``. Where no group has three
        articles in most of its periods, all are one group, "all articles": a line through single articles is none.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If no language has the measure.

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> bodies = ["The harbour stays shut until spring. " * 40] * 3 + ["Boats wait. Nobody came. " * 60] * 3
    >>> articles = articles.assign(body=bodies, published=pd.Timestamp("2026-03-02"))
    >>> from clipbook.readability import readability_table
    >>> scores = readability_table(articles)
    >>> readability_over_time(scores, articles)[["group", "value"]].round(1).values.tolist()
    [['Moor', 77.9], ['Quay', 87.9]]
    """
    need_measure(measure)
    need_columns(readability, ["capture_id", "scope"], made_by="readability_table()")
    need_columns(articles, ["capture_id", "published", by], made_by="corpus.read_corpus()")
    needed = [name for name in articles if name in ("capture_id", "published", "language", by)]
    own = articles.loc[written_in(articles, main_language(articles)), needed]
    dated = own[own["published"].notna()]
    step = fitting_step(dated["published"])
    starts = period_starts(dated["published"], step)
    if starts.nunique() > 1 and not groups_with_periods(dated[by], starts):
        dated = dated.assign(**{by: EVERY})
    whole = readability[readability["scope"] == "whole"]
    tables = []
    for start, members in dated.groupby(starts):
        own = whole[whole["capture_id"].isin(members["capture_id"])]
        tables.append(group_readability(own, members, by=by).assign(start=start, step=step))
    columns = ["group", "start", "step", "measure", "value", "low", "high", "articles"]
    if not tables:
        return pd.DataFrame({column: [] for column in columns})
    table = pd.concat(tables, ignore_index=True)
    chosen = table[table["measure"] == measure]
    return chosen.sort_values(["group", "start"], kind="stable", ignore_index=True)[columns]


def groups_with_periods(groups: pd.Series, starts: pd.Series) -> list[object]:
    """List the groups that have three articles or more in half of their periods, and two periods or more."""
    counts = groups.groupby([groups, starts]).size().groupby(level=0)
    enough = (counts.median() >= FEWEST) & (counts.size() > 1)
    return list(enough.index[enough])


def readability_trend(
    readability: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", measure: str = "fre"
) -> pd.DataFrame:
    """Slope of a measure over time within groups, through single articles.

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
    DataFrame
        One row, as from `stats.periods.changes`, ``outcome`` being called ``measure``: of the dated articles in the most
        frequent language.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["capture_id", "published", by], made_by="corpus.read_corpus()")
    whole = readability[(readability["scope"] == "whole") & (readability["measure"] == measure)]
    own = articles.loc[written_in(articles, main_language(articles)), ["capture_id", "published", by]]
    scored = whole.merge(own, on="capture_id").dropna(subset=["value", "published"])
    counted = Counted([measure], scored[["value"]].to_numpy(float), np.ones(len(scored)))
    found = changes(counted, scored["published"], scored[by].fillna(""))
    return found.rename(columns={"outcome": "measure"})
