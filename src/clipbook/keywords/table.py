"""Keywords of every article as a table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from clipbook.corpus.tables import as_articles
from clipbook.keywords.background import Background, count_encoded, english_background
from clipbook.keywords.ranking import load_weights, rank_keywords
from clipbook.keywords.words import Encoded, Lexicon, common_lexicon, encode
from clipbook.schema import need_columns, written_in

COLUMNS = ["capture_id", "rank", "keyword", "score", "count", "variants", "in_headline"]
_AT_ONCE = 32  # articles; more is not faster


def keyword_table(
    articles: pd.DataFrame | str | Iterable[str],
    style: str = "phrases",
    *,
    top: int = 10,
    background: Background | None = None,
) -> pd.DataFrame:
    """Rank the keywords of every article.

    Parameters
    ----------
    articles : DataFrame, str or iterable of str
        A text, a list of texts, or a table: ``capture_id``, ``headline``, ``body``; further ``status`` and ``language`` where there are any:
        failed captures and articles in another language than English have no keywords.
    style : {"phrases", "words"}
        Runs of one to four words, or single words.
    top : int
        The most keywords for an article.
    background : Background, optional
        How common words are elsewhere; without it, the shipped list together with these articles.

    Returns
    -------
    DataFrame
        One row a keyword: ``capture_id``, ``rank`` (1 is best), ``keyword`` (in its most frequent form),
        ``score`` (no unit, comparable within an article), ``count`` (occurrences in headline and body, all
        forms), ``variants`` ("; "-joined other forms: case, plural, short form of a name), ``in_headline``.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If there is no such style.

    Notes
    -----
    How rare a word is elsewhere is judged from the list that ships with clipbook (documentation of Python's
    standard library, see ``background.english_background``) together with the articles given, repeated
    articles left out. For one article that is nearly the list alone.

    Examples
    --------
    >>> text = "The ferry to the island stopped. The ferry company blamed the harbour. A new ferry is bought."
    >>> keyword_table(text)["keyword"].iloc[0]
    'ferry'
    """
    articles = as_articles(articles)
    need_columns(articles, ["capture_id", "headline", "body"], made_by="corpus.read_corpus")
    load_weights(style)
    english = english_articles(articles)
    lexicon = common_lexicon()
    encoded = encode_articles(english, lexicon)
    background = background or corpus_background(english, encoded, lexicon)
    ranked = (
        keywords
        for start in range(0, len(encoded), _AT_ONCE)
        for keywords in rank_keywords(
            encoded[start : start + _AT_ONCE], lexicon, background, style=style, top=top
        )
    )
    rows = [
        (capture, rank, k.keyword, k.score, k.count, "; ".join(k.variants), k.in_headline)
        for capture, keywords in zip(english["capture_id"], ranked, strict=True)
        for rank, k in enumerate(keywords, start=1)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def encode_articles(articles: pd.DataFrame, lexicon: Lexicon) -> list[Encoded]:
    """Tokenize headline and body of every row."""
    return [encode(h, b, lexicon) for h, b in zip(articles["headline"], articles["body"], strict=True)]


def corpus_background(articles: pd.DataFrame, encoded: list[Encoded], lexicon: Lexicon) -> Background:
    """Pool the shipped list with the document frequencies of the articles, repeated articles left out."""
    again = articles["status"] == "duplicate" if "status" in articles else [False] * len(articles)
    once = (article for article, repeats in zip(encoded, again, strict=True) if not repeats)
    return english_background() + count_encoded(once, lexicon)


def english_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the rows with text that are not known to be in another language than English."""
    keep = (articles["headline"].astype(str) + articles["body"].astype(str)).str.strip() != ""
    if "status" in articles:
        keep &= articles["status"] != "failed"
    return articles[keep & written_in(articles)]
