"""The table of readability scores: measures down, intervals across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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
from clipbook.stats.intervals import stretch, widened
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
    ordered = np.sort(draws, axis=-1)
    return ordered[..., _TAIL], ordered[..., DRAWS - 1 - _TAIL]


def scored(texts: Sequence[Table], formulas: Sequence[Formula]) -> Table:
    """Score texts by every formula, the units of each taken together.

    Parameters
    ----------
    texts : sequence of arrays of shape (units, counts)
        Counts of each sentence of a text, or of each article of a group; at least one text.
    formulas : sequence of Formula
        What to score them by.

    Returns
    -------
    array of shape (texts, 3, formulas)
        Values, and the lower and upper ends of their 95 % intervals, NaN for a single unit.
    """
    sums = np.stack([np.vstack([counted.sum(axis=0), resampled(counted)]) for counted in texts])
    found = scores(sums, formulas)
    factor = np.array([stretch(len(counted)) for counted in texts])
    points = found[..., 0]
    return np.moveaxis(np.stack([points, *widened(*bounds(found[..., 1:]), points, factor)]), -1, 0)


@dataclass(slots=True)
class Scope:
    """One text to score: a whole article, its narration, its quotations, its headline or its standfirst."""

    capture_id: str
    formulas: tuple[Formula, ...]
    name: str
    counted: Table  # sentences down, counts across; one row when only totals are known
    refusal: str = ""  # why it is not scored, "" when it is
    scores: Table = field(init=False)  # value, low and high down, formulas across

    def __post_init__(self) -> None:
        """Say whether it can be scored; it is not yet."""
        self.refusal = self.refusal or refusal(self.counted)
        self.scores = np.full((3, len(self.formulas) or 1), np.nan)


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
    return _table(_by_textstat(articles) if tokenisation == "textstat" else _scopes(articles, quotes))


def _by_textstat(articles: pd.DataFrame) -> Iterator[Scope]:
    """Give what textstat counts in each article, and its scores."""
    languages = articles["language"].fillna("") if "language" in articles else [""] * len(articles)
    for capture_id, body, language in zip(articles["capture_id"], articles["body"], languages, strict=True):
        root = _root(language)
        formulas = tuple(formula for formula in formulas_for(root) if textstat_has(formula.measure, root))
        counted = np.zeros((1, len(COUNTS)))
        for place, name in enumerate(COUNTS if formulas else ()):
            if root == "en" or name not in _ENGLISH_LISTS:
                counted[0, place] = textstat_value(body, name, root)
        scope = Scope(capture_id, formulas, "whole", counted)
        if not scope.refusal:
            scope.scores[0] = [textstat_value(body, formula.measure, root) for formula in formulas]
        yield scope


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
            yield Scope(capture_id, (), "whole", none, f"no formula for language '{root}'")
        else:
            quoted = None if quotes is None or root != "en" else stretches.get(capture_id, [])
            texts = {"whole": body, "headline": headline, "standfirst": standfirst}
            scopes = [Scope(capture_id, formulas, *each) for each in _news_counts(texts, root, quoted)]
            if able := [scope for scope in scopes if not scope.refusal]:
                found = scored([scope.counted for scope in able], formulas)
                for place, scope in enumerate(able):
                    scope.scores = found[place]
            yield from scopes


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


def _table(scopes: Iterable[Scope]) -> pd.DataFrame:
    """Give a row a measure of each scope, formulas and then counts."""
    about: list[tuple[object, ...]] = []
    numbers = [np.zeros((3, 0))]
    for scope in scopes:
        names = [formula.measure for formula in scope.formulas] or ["fre"]
        counts = np.full((3, len(COUNTS)), np.nan)
        counts[0] = scope.counted.sum(axis=0)[: len(COUNTS)]
        words = int(counts[0, 0])
        if not words:
            counts[0] = np.nan
        elif "dale_chall" not in names:
            counts[0, _ENGLISH_ONLY] = np.nan
        note = scope.refusal or UNRANKED_NOTE * (words < LEAST_RANKED)
        about.append((scope.capture_id, scope.name, [*names, *COUNTS], words, not note, note))
        numbers += [scope.scores, counts]
    table = pd.DataFrame(about, columns=["capture_id", "scope", "measure", "words", "ranked", "notes"])
    table = table.explode("measure", ignore_index=True).astype({"measure": "str"})
    table["value"], table["low"], table["high"] = np.hstack(numbers)
    return table[COLUMNS]
