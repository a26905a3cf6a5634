"""Readability beside the length of articles, and the hardest sentences."""

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
from clipbook.readability.groups import main_language
from clipbook.readability.intervals import bounds, resampled, scores
from clipbook.readability.languages import formulas_for, need_measure
from clipbook.schema import need_columns, written_in
from clipbook.stats.intervals import widened
from clipbook.text.words import words_of


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
            read = counted[:sentences]
            drawn = bounds(scores(resampled(read), formulas))
            low, high = widened(*drawn, scores(read.sum(axis=0), formulas), sentences)
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
