"""Groups of articles: the readability of all that an outlet, a month or a section published."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from clipbook.readability.counting import Table
from clipbook.readability.formulas import COUNTS, Formula, formulas_for, need_measure
from clipbook.readability.table import LEAST_SCORED, TOO_SHORT, UNRANKED_NOTE, scored, scores
from clipbook.schema import need_columns, written_in
from clipbook.stats.differences import Counted, differences
from clipbook.stats.intervals import FEWEST
from clipbook.stats.periods import slopes

SINGLE_NOTE = "one article: the interval comes from its sentences"
GROUP_COLUMNS = ["group", "scope", "measure", "value", "low", "high", "articles", "words", "notes"]
CONTRAST_COLUMNS = [
    "group", "other", "measure", "difference", "low", "high", "p", "q", "detectable", "articles",
]  # fmt: skip


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

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> bodies = ["The harbour stays shut until spring. " * 40] * 3 + ["Boats wait. Nobody came. " * 60] * 3
    >>> articles = articles.assign(body=bodies, published=pd.Timestamp("2026-03-02"))
    >>> from clipbook.readability import readability_table
    >>> scores = readability_table(articles)
    >>> groups = group_readability(scores, articles).query("measure == 'fre' and scope == 'whole'")
    >>> groups[["group", "value"]].round(1).values.tolist()
    [['Moor', 77.9], ['Quay', 87.9]]
    """
    counts, formulas = _counts(readability, articles, by)
    rows: list[tuple[object, ...]] = []
    for (group, scope), members in counts.groupby(["group", "scope"], sort=True):
        counted = members[list(COUNTS)].to_numpy(float)
        words, note = int(counted[:, 0].sum()), ""
        points, lows, highs = scored([counted], formulas)[0]
        if words < LEAST_SCORED:
            points, lows, highs = np.full((3, len(formulas)), np.nan)
            note = f"{words} {TOO_SHORT}"
        elif len(counted) == 1:
            own = readability[readability["capture_id"] == members["capture_id"].iloc[0]]
            ends = own[own["scope"] == scope].set_index("measure")[["low", "high"]]
            lows, highs = ends.reindex([each.measure for each in formulas]).to_numpy().T
            note = SINGLE_NOTE
        elif len(counted) < FEWEST:
            lows = highs = np.full(len(formulas), np.nan)
            note = f"under {FEWEST} articles: no interval"
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
        as many words as its shorter part has, so that which articles quote much makes no difference.
    measure : str
        The measure to compare.

    Returns
    -------
    DataFrame
        ``group``, ``other``, ``measure``, ``difference`` (group less other), ``low``, ``high`` (95 %, for all groups at
        once; of scopes each pair by itself), ``p``, ``q`` (corrected for all pairs of groups), ``detectable``,
        ``articles`` of the smaller side, as from `stats.differences.differences` and, of scopes,
        `stats.periods.slopes`. Groups of fewer than three articles or of less than 100 words are left out,
        and scopes that fewer than eight articles have together.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If no language has the measure.

    Notes
    -----
    A formula on the summed counts of many articles is taken as a straight line about the counts of all articles
    together, so that each article's part in it is known (Cochran 1977, Sampling Techniques, chapter 6); the
    difference itself is that of the formula.

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> bodies = ["The harbour stays shut until spring. " * 40] * 3 + ["Boats wait. Nobody came. " * 60] * 3
    >>> articles = articles.assign(body=bodies, published=pd.Timestamp("2026-03-02"))
    >>> from clipbook.readability import readability_table
    >>> scores = readability_table(articles)
    >>> readability_contrasts(scores, articles)[["group", "other", "difference"]].round(1).values.tolist()
    [['Moor', 'Quay', -10.0]]
    """
    need_measure(measure)
    need_columns(readability, ["scope"], made_by="readability_table()")
    paired = by == "scope"
    if not paired:
        readability = readability[readability["scope"] == "whole"]
    counts, formulas = _counts(readability, articles.assign(scope="all") if paired else articles, by)
    chosen = [formula for formula in formulas if formula.measure == measure]
    if not chosen:
        return pd.DataFrame(columns=CONTRAST_COLUMNS)
    found = (_between_scopes if paired else _between_groups)(counts, chosen)
    return found.assign(measure=measure).reindex(columns=CONTRAST_COLUMNS)


def _between_groups(counts: pd.DataFrame, chosen: Sequence[Formula]) -> pd.DataFrame:
    whole = counts[counts["words"] > 0]
    whole = whole[whole.groupby("group")["words"].transform("sum") >= LEAST_SCORED]
    if whole.empty:
        return pd.DataFrame()
    found = differences(_in_parts(_table(whole), chosen), whole["group"])
    groups = whole.groupby("group")
    exact = {group: scores(_table(members).sum(axis=0), chosen)[0] for group, members in groups}
    moved = found["group"].map(exact) - found["other"].map(exact) - found["difference"]
    found[["difference", "low", "high"]] = found[["difference", "low", "high"]].add(moved, axis=0)
    return found.assign(articles=found[["articles", "other_articles"]].min(axis=1))


def _between_scopes(counts: pd.DataFrame, chosen: Sequence[Formula]) -> pd.DataFrame:
    """Compare every two scopes in the articles that have both."""
    of = {
        scope: counts[(counts["scope"] == scope) & (counts["words"] > 0)].set_index("capture_id")
        for scope in ("narration", "quoted", "headline", "standfirst")
    }
    tables = []
    for name, other in combinations(of, 2):
        both = of[name].index[of[name].index.isin(of[other].index)]
        one, two = _as_much_each(_table(of[name].loc[both]), _table(of[other].loc[both]))
        if min(one[:, 0].sum(), two[:, 0].sum()) < LEAST_SCORED:
            continue
        part, pair = np.repeat([1.0, 0.0], len(both)), np.tile(np.arange(len(both)), 2)
        found = slopes(_in_parts(np.vstack([one, two]), chosen), part, pair.tolist(), pair)
        sides = [scores(side.sum(axis=0), chosen)[0] for side in (one, two)]
        moved = sides[0] - sides[1] - found["slope"]
        found[["slope", "low", "high"]] = found[["slope", "low", "high"]].add(moved, axis=0)
        found = found.rename(columns={"slope": "difference"})
        tables.append(found.assign(group=name, other=other, articles=len(both)))
    return pd.concat(tables, ignore_index=True).dropna(subset=["low"]) if tables else pd.DataFrame()


def _in_parts(counted: Table, chosen: Sequence[Formula]) -> Counted:
    """Give each text's part in a formula on the counts of all, which its words weigh."""
    together = counted.sum(axis=0)
    step = np.where(together > 0, together * 1e-5, 1e-5)
    around = together + np.stack([np.diag(step), -np.diag(step)])
    up, down = scores(around, chosen)[0]
    rise = np.nan_to_num((up - down) / (2 * step))
    level = scores(together, chosen)[0] - rise @ together
    words = counted[:, 0]
    parts = level * words + together[0] * (counted @ rise)
    return Counted([chosen[0].measure], parts[:, None], words)


def _as_much_each(one: Table, two: Table) -> tuple[Table, Table]:
    """Weigh two parts of the same articles so that each article has as many words in both, those of its shorter part."""
    words = np.minimum(one[:, :1], two[:, :1])
    return one * (words / one[:, :1]), two * (words / two[:, :1])


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
    needed = ["capture_id", "scope", "measure", "value", "notes"]
    need_columns(readability, needed, made_by="readability_table()")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus()")
    main = main_language(articles)
    named = articles[by].astype("str").where(articles[by].notna(), "").replace("", f"({by} unknown)")
    grouped = articles[["capture_id"]].assign(group=named)[written_in(articles, main)]
    shown = readability.loc[readability["measure"].isin(COUNTS), needed]
    refused = (shown["notes"] != "") & ~shown["notes"].isin([UNRANKED_NOTE])
    usable = shown[~refused | shown["notes"].str.endswith(TOO_SHORT)]
    wide = usable.pivot(index=["capture_id", "scope"], columns="measure", values="value")
    wide = wide.reindex(columns=list(COUNTS)).dropna(subset=["words"]).reset_index()
    return wide.merge(grouped, on="capture_id"), formulas_for(main)
