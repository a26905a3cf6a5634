"""The table of readability scores: measures down, intervals across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd

from clipbook.corpus.tables import as_articles
from clipbook.readability.counting import (
    Table,
    count_sentences,
    in_capitals,
    mostly_figures,
    running_sentences,
    totals,
)
from clipbook.readability.formulas import COUNTS, Formula, formulas_for
from clipbook.readability.textstat_scores import textstat_has, textstat_value
from clipbook.schema import need_columns
from clipbook.stats.intervals import widened
from clipbook.text.sentences import quoted_shares, quoted_stretches, sentence_spans
from clipbook.text.words import Span

Tokenisation = Literal["news", "textstat"]

LEAST_SCORED = 100  # words: below, no score
LEAST_RANKED = 300  # words: below, a score is shown but not ranked
LONGEST_MEAN = 100  # words a sentence: above, the text has lost its punctuation
_ENGLISH_LISTS = ("complex_words", "unfamiliar_words", "spache_words")
_ENGLISH_ONLY = [COUNTS.index(name) for name in _ENGLISH_LISTS]
TOO_SHORT = f"of the {LEAST_SCORED} words that a score needs"
UNRANKED_NOTE = f"under {LEAST_RANKED} words: shown, not ranked"
COLUMNS = ["capture_id", "scope", "measure", "value", "low", "high", "words", "ranked", "notes"]


DRAWS = 400
_MOST_UNITS = 1000  # more sentences than these are resampled in so many runs of neighbours
_TAIL = int(DRAWS * 0.025)


@lru_cache(maxsize=256)
def resamples(units: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """How often each of ``units`` is drawn in each resample with replacement.

    Returns
    -------
    array of shape (400, units)
        Whole numbers; each row sums to ``units``. The same numbers for the same ``units``.
    """
    drawn = np.random.default_rng((0, units)).integers(0, units, (DRAWS, units))
    flat = (drawn + np.arange(DRAWS)[:, None] * units).ravel()
    return np.bincount(flat, minlength=DRAWS * units).reshape(DRAWS, units).astype(np.float32)


def resampled(counted: Table) -> Table:
    """Add up resampled units.

    Parameters
    ----------
    counted : array of shape (units, counts)
        Counts of each sentence of a text, or of each article of a group.

    Returns
    -------
    array of shape (400, counts)
        The counts of each resample (Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13).
    """
    if len(counted) > _MOST_UNITS:
        edges = np.linspace(0, len(counted), _MOST_UNITS, endpoint=False).astype(int)
        counted = np.add.reduceat(counted, edges, axis=0)
    return (resamples(len(counted)) @ counted.astype(np.float32)).astype(np.float64)


def scores(counted: Table, formulas: Sequence[Formula]) -> Table:
    """Every formula on a table or stack of counts; NaN where a formula has nothing to divide by.

    Returns
    -------
    array of shape (formulas, ...)
        The shape of ``counted`` without its last axis follows.
    """
    counts = totals(counted)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.stack([formula.compute(counts) for formula in formulas])
    return np.where(np.isfinite(values), values, np.nan)


def bounds(draws: Table) -> tuple[Table, Table]:
    """Lower and upper ends of the 95 % percentile interval over the last axis of 400 draws."""
    parted = np.partition(draws, (_TAIL, DRAWS - 1 - _TAIL), axis=-1)
    return parted[..., _TAIL], parted[..., DRAWS - 1 - _TAIL]


def scored(counted: Table, formulas: Sequence[Formula]) -> tuple[Table, Table, Table]:
    """Score units taken together by every formula: values and the ends of their 95 % intervals, NaN for a single unit."""
    points = scores(counted.sum(axis=0), formulas)
    low = high = np.full(len(points), np.nan)
    if len(counted) > 1:
        low, high = widened(*bounds(scores(resampled(counted), formulas)), points, len(counted))
    return points, low, high


@dataclass(slots=True)
class Scope:
    """One text to score: a whole article, its narration, its quotations, its headline or its standfirst."""

    capture_id: str
    name: str
    formulas: tuple[Formula, ...]
    counted: Table  # sentences down, counts across; one row when only totals are known
    refusal: str  # why it is not scored, "" when it is


def readability_table(
    articles: pd.DataFrame | str | Iterable[str],
    quotes: pd.DataFrame | None = None,
    *,
    tokenisation: Tokenisation = "news",
) -> pd.DataFrame:
    """Score how hard each article is to read, with what the formulas counted and how sure the scores are.

    Parameters
    ----------
    articles : DataFrame, str or iterable of str
        A text, a list of texts, or a table: ``capture_id`` and ``body``; ``language`` (ISO 639-1; English where it is missing or ""), ``headline``
        and ``standfirst`` are used where present.
    quotes : DataFrame, optional
        ``capture_id``, ``start``, ``end``, ``kind``, from :func:`clipbook.quotes.find_quotes`. With it each
        English article is also scored in two parts: sentences of which at least half the words stand in direct
        quotations, and the others.
    tokenisation : {"news", "textstat"}
        "textstat" has textstat itself score ``body``, without intervals, for comparison with published
        results; it takes a hundred times as long.

    Returns
    -------
    DataFrame
        One row a measure of a scope of an article: ``capture_id``; ``scope`` (whole, narration, quoted,
        headline, standfirst); ``measure`` (``fre``, ``smog``, ``rix`` and the others of
        :func:`~clipbook.readability.formula_table`, those of the article's language, then the counts:
        ``words``, ``sentences``, ``syllables``, ...; those that rest on English word lists NaN in other
        languages); ``value``; ``low`` and ``high``, the ends of the 95 %
        interval from resampling the text's sentences, as wide as few of them ask for (NaN for counts and for
        a single sentence); ``words`` of the scope; ``ranked`` (False below 300 words: too unsure to be ranked alone); ``notes``.
        A measure that cannot be taken is NaN and ``notes`` says why.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> scores = readability_table("The harbour stays shut until spring. " * 20)
    >>> scores.loc[scores["measure"] == "fre", "value"].round(1).tolist()
    [87.9]
    """
    articles = as_articles(articles)
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus()")
    if tokenisation == "textstat":
        rows = (row for scope, values in _by_textstat(articles) for row in _rows(scope, values))
    else:
        rows = (row for scope in _scopes(articles, quotes) for row in _rows(scope))
    return pd.DataFrame(rows, columns=COLUMNS)


def _by_textstat(articles: pd.DataFrame) -> Iterator[tuple[Scope, Table]]:
    """Give what textstat counts in each article, and its scores."""
    languages = articles["language"].fillna("") if "language" in articles else [""] * len(articles)
    for capture_id, body, language in zip(articles["capture_id"], articles["body"], languages, strict=True):
        root = _root(language)
        formulas = tuple(formula for formula in formulas_for(root) if textstat_has(formula.measure, root))
        counted = np.zeros((1, len(COUNTS)))
        for place, name in enumerate(COUNTS if formulas else ()):
            if root == "en" or name not in _ENGLISH_LISTS:
                counted[0, place] = textstat_value(body, name, root)
        values = [textstat_value(body, formula.measure, root) for formula in formulas]
        yield Scope(capture_id, "whole", formulas, counted, refusal(counted)), np.array(values)


def _root(language: object) -> str:
    return str(language).lower().replace("-", "_").partition("_")[0] or "en"


def refusal(counted: Table) -> str:
    """Say why a text cannot be scored, from the counts of its sentences; "" when it can."""
    total = counted.sum(axis=0)
    words, sentences = int(total[0]), int(total[1])
    if not words:
        return "no running text: no sentence outside headings"
    if len(total) > len(COUNTS) and mostly_figures(total):
        return "mostly figures: a table, not running text"
    if len(total) > len(COUNTS) and in_capitals(total):
        return "set in capitals: names and acronyms cannot be told from words"
    if words < LEAST_SCORED:
        return f"{words} {TOO_SHORT}"
    if words > LONGEST_MEAN * sentences:
        return f"{words // max(1, sentences)} words a sentence: the text has lost its punctuation"
    return ""


def _scopes(articles: pd.DataFrame, quotes: pd.DataFrame | None) -> Iterator[Scope]:
    stretches = quoted_stretches(quotes)
    names = ["capture_id", "body", "language", "headline", "standfirst"]
    rows = articles.reindex(columns=names).astype(object).fillna("")
    for capture_id, body, language, headline, standfirst in rows.itertuples(index=False):
        root = _root(language)
        formulas = formulas_for(root)
        if not formulas:
            none = np.zeros((0, len(COUNTS)))
            yield Scope(capture_id, "whole", (), none, f"no formula for language '{root}'")
        else:
            quoted = None if quotes is None or root != "en" else stretches.get(capture_id, [])
            texts = {"whole": body, "headline": headline, "standfirst": standfirst}
            for name, counted in _news_counts(texts, root, quoted):
                yield Scope(capture_id, name, formulas, counted, refusal(counted))


def _news_counts(
    texts: dict[str, str], language: str, quoted: list[Span] | None
) -> Iterator[tuple[str, Table]]:
    """Name and counts of each scope that an article has."""
    body = texts["whole"]
    spans = running_sentences(body)
    counted = count_sentences(body, spans, language)
    yield "whole", counted
    if quoted is not None:
        shares = dict(zip(sentence_spans(body), quoted_shares(body, quoted), strict=True))
        said = np.array([shares[span] >= 0.5 for span in spans], bool)
        yield "narration", counted[~said]
        yield "quoted", counted[said]
    for name in ("headline", "standfirst"):
        if texts[name]:
            yield name, count_sentences(texts[name], list(sentence_spans(texts[name])), language)


def _rows(scope: Scope, given: Table | None = None) -> Iterator[tuple[object, ...]]:
    """Give a row a measure, formulas and then counts; ``given`` are scores without intervals, in place of ours."""
    names = [formula.measure for formula in scope.formulas] or ["fre"]
    values = low = high = np.full(len(names), np.nan)
    if not scope.refusal:
        values, low, high = scored(scope.counted, scope.formulas) if given is None else (given, low, high)
    total = scope.counted.sum(axis=0)[: len(COUNTS)]
    words = int(total[0])
    if not words:
        total[:] = np.nan
    elif "dale_chall" not in names:
        total[_ENGLISH_ONLY] = np.nan
    note = scope.refusal or UNRANKED_NOTE * (words < LEAST_RANKED)
    none = np.full(len(COUNTS), np.nan)
    columns = (np.append(*both).tolist() for both in ((values, total), (low, none), (high, none)))
    for measure, value, least, most in zip([*names, *COUNTS], *columns, strict=True):
        yield scope.capture_id, scope.name, measure, value, least, most, words, not note, note
