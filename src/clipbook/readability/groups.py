"""Groups of articles: the readability of all that an outlet, a month or a section published."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from clipbook.readability.counting import Table
from clipbook.readability.formulas import COUNTS, SHOWN_COUNTS, Formula
from clipbook.readability.intervals import bounds, resampled, scores
from clipbook.readability.languages import formulas_for
from clipbook.readability.table import LEAST_SCORED, TOO_SHORT, UNRANKED_NOTE
from clipbook.schema import need_columns, written_in
from clipbook.stats.resampling import FEWEST, widened

SINGLE_NOTE = "one article: the interval comes from its sentences"
GROUP_COLUMNS = ["group", "scope", "measure", "value", "low", "high", "articles", "words", "notes"]
CONTRAST_COLUMNS = ["group", "other", "measure", "difference", "low", "high", "articles", "words"]


def group_readability(
    readability: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Score each group's articles taken together, with an interval from resampling articles.

    Parameters
    ----------
    readability : DataFrame
        From :func:`~clipbook.readability.readability_table`, tokenisation "news".
    articles : DataFrame
        ``capture_id`` and the column ``by``; ``language`` where present: of a corpus in several languages
        only the most frequent one is scored, because formulas of different languages cannot be compared.
    by : str
        The column that names the group of each article; where it is missing or "" the group is
        "(outlet unknown)", after the column's name.

    Returns
    -------
    DataFrame
        One row a measure of a scope of a group: ``group``, ``scope``, ``measure``, ``value`` (the formula on
        the summed counts of all the group's articles, short ones included, but not those without running
        text), ``low`` and ``high`` (95 %; of a single article from its sentences; NaN for two), ``articles``,
        ``words``, ``notes``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    counts, formulas = _counts(readability, articles, by)
    rows: list[tuple[object, ...]] = []
    for (group, scope), members in counts.groupby(["group", "scope"], sort=True):
        counted = members[list(COUNTS)].to_numpy(float)
        words, note = int(counted[:, 0].sum()), ""
        points = scores(counted.sum(axis=0), formulas)
        lows = highs = np.full(len(formulas), np.nan)
        if words < LEAST_SCORED:
            points, note = lows, f"{words} {TOO_SHORT}"
        elif len(counted) == 1:
            own = (readability["capture_id"] == members["capture_id"].iloc[0]) & (
                readability["scope"] == scope
            )
            ends = readability[own].set_index("measure").reindex([formula.measure for formula in formulas])
            lows, highs, note = ends["low"].to_numpy(), ends["high"].to_numpy(), SINGLE_NOTE
        elif len(counted) < FEWEST:
            note = f"under {FEWEST} articles: no interval"
        else:
            lows, highs = widened(*bounds(scores(resampled(counted), formulas)), points, len(counted))
        rows += [
            (group, scope, formula.measure, value, low, high, len(counted), words, note)
            for formula, value, low, high in zip(formulas, points, lows, highs, strict=True)
        ]
    return pd.DataFrame(rows, columns=GROUP_COLUMNS)


def readability_contrasts(
    readability: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", measure: str = "fre"
) -> pd.DataFrame:
    """Difference in a measure between every two groups, or every two scopes of the same articles.

    Parameters
    ----------
    readability, articles : DataFrame
        As for :func:`group_readability`.
    by : str
        A column of ``articles``, to compare groups of articles (whole); or "scope", to compare narration,
        quoted, headline and standfirst within the same articles: those that have both, each counted in both with
        as many words as its shorter part has, so that which articles quote much makes no difference. They
        are resampled together.
    measure : str
        The measure to compare.

    Returns
    -------
    DataFrame
        ``group``, ``other``, ``measure``, ``difference`` (group less other), ``low``, ``high`` (95 %, from
        resampling articles, as wide as few of them ask for; see `clipbook.stats.resampling`), ``articles`` and
        ``words`` of the smaller side. Groups of fewer than three articles or of less than 100 words are
        left out.

    Raises
    ------
    TableError
        If a column is missing.
    """
    paired = by == "scope"
    counts, formulas = _counts(readability, articles.assign(scope="all") if paired else articles, by)
    chosen = [formula for formula in formulas if formula.measure == measure]
    rows = []
    for name, other, one, two in (_paired_sides if paired else _whole_sides)(counts) if chosen else ():
        if not (_large_enough(one) and _large_enough(two)):
            continue
        sides = _as_much_each(one, two) if paired else (one, two)
        points = [scores(side.sum(axis=0), chosen)[0] for side in sides]
        draws = [
            scores(resampled(side, seed=0 if paired else place), chosen)[0]
            for place, side in enumerate(sides)
        ]
        difference = points[0] - points[1]
        low, high = widened(*bounds(draws[0] - draws[1]), difference, min(len(one), len(two)))
        words = min(int(side[:, 0].sum()) for side in (one, two))
        rows.append((name, other, measure, difference, low, high, min(len(one), len(two)), words))
    return pd.DataFrame(rows, columns=CONTRAST_COLUMNS)


def _large_enough(counted: Table) -> bool:
    return bool(len(counted) >= FEWEST and counted[:, 0].sum() >= LEAST_SCORED)


def _as_much_each(one: Table, two: Table) -> tuple[Table, Table]:
    """Weigh two parts of the same articles so that each article has as many words in both, those of its shorter part."""
    words = np.minimum(one[:, :1], two[:, :1])
    return one * (words / one[:, :1]), two * (words / two[:, :1])


def _whole_sides(counts: pd.DataFrame) -> Iterator[tuple[str, str, Table, Table]]:
    whole = counts[(counts["scope"] == "whole") & (counts["words"] > 0)]
    sides = {str(name): _table(members) for name, members in whole.groupby("group", sort=True)}
    for name, other in combinations(sides, 2):
        yield name, other, sides[name], sides[other]


def _paired_sides(counts: pd.DataFrame) -> Iterator[tuple[str, str, Table, Table]]:
    """Give the counts of every two scopes in the articles that have both, in the same order."""
    of = {
        scope: counts[(counts["scope"] == scope) & (counts["words"] > 0)].set_index("capture_id")
        for scope in ("narration", "quoted", "headline", "standfirst")
    }
    for name, other in combinations(of, 2):
        both = of[name].index[of[name].index.isin(of[other].index)]
        yield name, other, _table(of[name].loc[both]), _table(of[other].loc[both])


def _table(members: pd.DataFrame) -> Table:
    return members[list(COUNTS)].to_numpy(float)


def main_language(articles: pd.DataFrame) -> str:
    """Give the language of most articles; where two are level English, else the first in the alphabet."""
    stated = articles["language"] if "language" in articles else pd.Series("", index=articles.index)
    counts = stated.fillna("").replace("", "en").value_counts()
    return min(counts.index[counts == counts.max()], key=lambda code: (code != "en", code), default="en")


def _counts(
    readability: pd.DataFrame, articles: pd.DataFrame, by: str
) -> tuple[pd.DataFrame, tuple[Formula, ...]]:
    """Give the counts of every scope with its group, and the formulas of the corpus's language."""
    need_columns(
        readability, ["capture_id", "scope", "measure", "value", "notes"], made_by="readability_table()"
    )
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus()")
    main = main_language(articles)
    named = articles[by].astype("str").where(articles[by].notna(), "").replace("", f"({by} unknown)")
    grouped = articles.assign(group=named)[written_in(articles, main)]
    refused = (readability["notes"] != "") & ~readability["notes"].isin([UNRANKED_NOTE])
    usable = ~refused | readability["notes"].str.endswith(TOO_SHORT)
    wide = (
        readability[usable & readability["measure"].isin(SHOWN_COUNTS)]
        .pivot(index=["capture_id", "scope"], columns="measure", values="value")
        .reindex(columns=list(SHOWN_COUNTS))
        .dropna(subset=["words"])
        .reset_index()
    )
    wide = wide.assign(characters=wide["letters"], tokens=wide["words"])
    return wide.merge(grouped[["capture_id", "group"]], on="capture_id"), formulas_for(main)
