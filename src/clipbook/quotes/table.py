"""The quotes table: articles in, one row a quotation out."""

from __future__ import annotations

import pandas as pd

from clipbook.quotes.quotations import SPEECH, Quote, article_quotes
from clipbook.tables import need_columns

QUOTE_COLUMNS = ["capture_id", *Quote._fields]


def find_quotes(articles: pd.DataFrame) -> pd.DataFrame:
    """Quotations of every article with their speakers.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``body``, as made by ``corpus.read_corpus``.

    Returns
    -------
    DataFrame
        One row a quotation, in the order of articles and text: ``capture_id``; ``start``, ``end`` (code
        points into the body, marks left out; a quotation over several paragraphs is one row); ``text``;
        ``words``; ``kind`` (direct, mixed, scare, title); ``cue``, the verb or word that reports it;
        ``speaker``, as the article names the speaker most fully, or "unattributed"; ``speaker_words``, the
        words that name the speaker here; ``rule``, how the speaker was found; ``confidence`` (0 to 1).

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus")
    rows = [
        (capture_id, *quote)
        for capture_id, body in zip(articles["capture_id"], articles["body"], strict=True)
        for quote in article_quotes(body or "")
    ]
    table = pd.DataFrame(rows, columns=QUOTE_COLUMNS)
    types = {"start": int, "end": int, "words": int, "confidence": float}
    return table.astype(types)


def speech(quotes: pd.DataFrame) -> pd.DataFrame:
    """The rows that are somebody's words: direct and mixed quotations, no scare quotes, titles, reports."""
    need_columns(quotes, ["kind"], made_by="quotes.find_quotes")
    return quotes[quotes["kind"].isin(SPEECH)]
