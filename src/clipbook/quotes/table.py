"""The quotes table: articles in, one row a quotation out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from clipbook.corpus.tables import as_articles
from clipbook.memory import collecting_later
from clipbook.quotes.marks import quoted_spans
from clipbook.quotes.people import unify_speakers
from clipbook.quotes.quotations import SPEECH, Quote, quotes_of_each
from clipbook.schema import need_columns, written_in

_AT_ONCE = 32  # articles
_WRITERS = ("I", "We", "we")
QUOTE_COLUMNS = ["capture_id", *Quote._fields]


def find_quotes(articles: pd.DataFrame | str | Iterable[str], *, indirect: bool = False) -> pd.DataFrame:
    """Quotations of every article with their speakers, each person under one name over all articles.

    Parameters
    ----------
    articles : DataFrame, str or iterable of str
        A text, a list of texts, or a table: ``capture_id``, ``body``, as made by ``corpus.read_corpus``; ``language`` where present: articles in other
        languages than English are left out, as their quotation marks and verbs would be misread.
    indirect : bool
        Also give reported speech without quotation marks, as rows of kind "indirect".

    Returns
    -------
    DataFrame
        One row a quotation, in the order of articles and text: ``capture_id``; ``start``, ``end`` (code
        points into the body, marks left out; a quotation over several paragraphs is one row); ``text``;
        ``words``; ``kind`` (direct, mixed, scare, title, turn, indirect); ``cue``, the verb or word that reports it;
        ``speaker``, or "unattributed"; ``speaker_words``, the words that stand for the speaker here; ``rule``,
        how the speaker was found; ``confidence`` (0 to 1), at least so often such a kind and speaker are right;
        ``probability`` (0 to 1), the same without caution, for sums and intervals; ``speaker_in_article``, the
        name before people of several articles are joined; ``described``, the titles and roles that the article
        states of the speaker, divided by ";".

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    Speakers are chosen among the names, descriptions and pronouns around a quotation by boosted trees
    trained on the PolNeAR corpus (Newell, Margolin and Ruths, LREC 2018).

    Examples
    --------
    >>> find_quotes("“It leaks,” Ana Ruiz said.")[["text", "speaker", "kind"]].values.tolist()
    [['It leaks,', 'Ana Ruiz', 'direct']]
    """
    table = as_articles(articles)
    return unify_speakers(quotes_as_found(table, indirect=indirect), table)


def quotes_as_found(articles: pd.DataFrame, *, indirect: bool = False) -> pd.DataFrame:
    """Quotations as :func:`find_quotes` gives them, but each speaker under the name that the article uses."""
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus")
    english = articles[written_in(articles)]
    ids, bodies = english["capture_id"].tolist(), english["body"].tolist()
    authors = dict(zip(ids, english["authors"] if "authors" in english else [""] * len(ids), strict=True))
    rows = []
    for start in range(0, len(ids), _AT_ONCE):
        some = [body or "" for body in bodies[start : start + _AT_ONCE]]
        with collecting_later():
            quotes = quotes_of_each(some, indirect=indirect)
        for capture_id, found in zip(ids[start:], quotes, strict=False):
            rows += [(capture_id, *_signed(quote, authors[capture_id])) for quote in found]
    return _table(rows)


def _signed(quote: Quote, authors: str) -> Quote:
    """Give what a writer says as "I" to the article's author, so that writers of several articles are not one person."""
    if quote.speaker not in _WRITERS:
        return quote
    name = authors if authors and ";" not in authors else "the writer"
    return quote._replace(speaker=name, speaker_in_article=name)


def headline_quotes(articles: pd.DataFrame) -> pd.DataFrame:
    """Quotations in headlines, with speakers known from headline and body.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``headline``, ``body``; ``language`` as for `find_quotes`.

    Returns
    -------
    DataFrame
        As ``find_quotes``; ``start`` and ``end`` count in the headline.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> page = {"capture_id": "a", "headline": "‘It leaks’: Ruiz warns", "body": "Ana Ruiz is an engineer."}
    >>> headline_quotes(pd.DataFrame([page]))["text"].tolist()
    ['It leaks']
    """
    need_columns(articles, ["capture_id", "headline", "body"], made_by="corpus.read_corpus")
    english = articles[written_in(articles)]
    quoting = english[[bool(headline and quoted_spans(headline)) for headline in english["headline"]]]
    found = quotes_as_found(quoting.assign(body=quoting["headline"] + "\n\n" + quoting["body"]))
    size = dict(zip(quoting["capture_id"], quoting["headline"].str.len(), strict=True))
    inside = found["end"] <= found["capture_id"].map(size)
    return unify_speakers(found[inside].reset_index(drop=True), articles)


def _table(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    types = {"start": int, "end": int, "words": int, "confidence": float, "probability": float}
    return pd.DataFrame(rows, columns=QUOTE_COLUMNS).astype(types)


def speech(quotes: pd.DataFrame) -> pd.DataFrame:
    """The rows that are somebody's words: direct and mixed quotations, no scare quotes, titles, reports."""
    need_columns(quotes, ["kind"], made_by="quotes.find_quotes")
    return quotes[quotes["kind"].isin(SPEECH)]
