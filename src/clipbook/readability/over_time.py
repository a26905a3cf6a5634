"""Readability over time and beside the length of articles, and the hardest sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from clipbook.readability.counting import (
    count_sentences,
    dale_chall_words,
    familiar,
    is_long,
    running_sentences,
)
from clipbook.readability.formulas import formulas_for, need_measure
from clipbook.readability.groups import group_readability, main_language
from clipbook.readability.table import scored
from clipbook.schema import need_columns, written_in
from clipbook.stats.differences import FEWEST, Counted
from clipbook.stats.periods import changes, fitting_step, period_starts
from clipbook.text.words import words_of

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


def interval_by_length(
    articles: pd.DataFrame,
    *,
    lengths: Sequence[int] = (100, 150, 200, 300, 450, 600, 900, 1200),
    measure: str = "fre",
) -> pd.DataFrame:
    """Half-width of the 95 % interval that the first words of each article would get.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id`` and ``body``; ``language`` where present: only those in the most frequent one are used.
    lengths : sequence of int
        Words; each article is cut behind the sentence with which it reaches that many. Articles that are
        shorter are left out at that length.
    measure : str
        The measure, in whose unit the half-width is given; one of the articles' language.

    Returns
    -------
    DataFrame
        ``capture_id``, ``words`` (one of ``lengths``), ``measure``, ``half_width``; no rows when the
        language has no such measure.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If no language has the measure.
    """
    need_measure(measure)
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus()")
    language = main_language(articles)
    formulas = [formula for formula in formulas_for(language) if formula.measure == measure]
    rows: list[tuple[str, int, str, float]] = []
    own = articles[written_in(articles, language) & bool(formulas)]
    for capture_id, body in zip(own["capture_id"], own["body"], strict=True):
        counted = count_sentences(body, running_sentences(body), language)
        reached = np.cumsum(counted[:, 0])
        for length in lengths:
            sentences = int(np.searchsorted(reached, length)) + 1
            if sentences > len(counted) or sentences < 2:
                continue
            _, low, high = scored([counted[:sentences]], formulas)[0]
            rows.append((capture_id, length, measure, float(high[0] - low[0]) / 2))
    return pd.DataFrame(rows, columns=["capture_id", "words", "measure", "half_width"])


COLUMNS = ["capture_id", "rank", "start", "end", "text", "long_words", "words", "hard_words"]


def hardest_sentences(articles: pd.DataFrame, *, most: int = 5) -> pd.DataFrame:
    """Find the sentences of each article that are hardest to read.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id`` and ``body``; ``language`` where present.
    most : int
        Sentences an article.

    Returns
    -------
    DataFrame
        ``capture_id``; ``rank`` (1 is hardest); ``start`` and ``end`` (code points into ``body``); ``text``;
        ``long_words`` (longer than six letters), which is the RIX of the sentence and ranks it (Anderson
        1983); ``words``, which breaks ties; ``hard_words`` (the long words that are not on the list of Dale
        and Chall, "; "-joined; "" in other languages). Headings are left out.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> page = pd.DataFrame({"capture_id": ["a"], "body": ["It rained. Parliamentary representatives deliberated extensively."]})
    >>> hardest_sentences(page)["text"].iloc[0]
    'Parliamentary representatives deliberated extensively.'
    """
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus()")
    languages = articles["language"] if "language" in articles else [""] * len(articles)
    found: list[tuple[object, ...]] = []
    for capture_id, body, language in zip(articles["capture_id"], articles["body"], languages, strict=True):
        read = words_of(body)
        sentences = [(span, read.word[slice(*read.between(*span))]) for span in running_sentences(body)]
        ranked = sorted((-sum(map(is_long, words)), -len(words), span) for span, words in sentences)
        for rank, (long_words, words, (start, end)) in enumerate(ranked[:most], 1):
            text = body[start:end]
            hard = _hard_words(text) if language in ("", "en") else ""
            found.append((capture_id, rank, start, end, text, -long_words, -words, hard))
    return pd.DataFrame(found, columns=COLUMNS)


def _hard_words(text: str) -> str:
    listed = dale_chall_words()
    long_words = (word for word in words_of(text).word if sum(map(str.isalpha, word)) > 6)
    hard = (word for word in long_words if not familiar(word.lower().replace("’", "'"), listed))
    return "; ".join(dict.fromkeys(hard))
