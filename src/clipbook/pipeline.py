"""Every table of the workbook from one corpus, in the order of the method."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from clipbook import framing, keywords, quotes, readability
from clipbook.corpus import Corpus, comparable
from clipbook.text.sentences import sentence_table


def all_tables(corpus: Corpus, codebook: str = "generic") -> Iterator[tuple[str, pd.DataFrame]]:
    """Compute the tables one after the other.

    Parameters
    ----------
    corpus : Corpus
        The captures as read.
    codebook : str
        A shipped codebook's name or the path of one.

    Yields
    ------
    (name, table) : tuple of str and DataFrame
        ``articles``, ``lines``, ``quotes``, ``sentences``, ``quote_share`` (by article),
        ``quote_share_by_outlet``, ``frame_scores``, ``frame_evidence``, ``readability``,
        ``keywords``, ``keyness``. Comparisons between outlets leave duplicates and thin articles out.
    """
    articles = corpus.articles
    yield "articles", articles
    yield "lines", corpus.lines
    found = quotes.find_quotes(articles)
    yield "quotes", found
    yield "sentences", sentence_table(articles, found)
    yield "quote_share", quotes.quote_share(found, articles, by="capture_id")
    compared = comparable(articles)
    yield "quote_share_by_outlet", quotes.quote_share(found, compared, by="outlet")
    book = framing.load_codebook(codebook)
    yield "frame_scores", framing.frame_scores(articles, book, found)
    yield "frame_evidence", framing.frame_evidence(articles, book, found)
    yield "readability", readability.readability_table(articles, found)
    yield "keywords", keywords.keyword_table(articles)
    yield "keyness", keywords.keyness_table(compared, by="outlet")
