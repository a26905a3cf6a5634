"""Search all articles for words and phrases, and list the places.

The grammar, which the page that ``clipbook explore`` writes follows too (``templates/explore.js``):

==================  ==============================================================================================
``ferry strike``    articles that hold both words, in whatever place
``"night boat"``    the words in this order within a paragraph, nothing but blanks between them
``warm*``           ``*`` stands for any letters and digits, or none: warm, warming; ``wom*n``: woman, women
``quay OR pier``    either; OR is written in capitals and joins what stands beside it: ``strike quay OR pier`` asks for
                    strike and, with it, quay or pier
``-fire``           no article that holds the word; ``-"fire brigade"`` likewise
==================  ==============================================================================================

Case does not matter, nor does the kind of apostrophe. A word ends where neither a letter nor a digit follows, so that
``sea`` is found in "sea-wall", and the plural is another word (``ferr*``). A place where several terms of the query
stand is counted once, with the longest term.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from clipbook.errors import ClipbookError
from clipbook.schema import need_columns
from clipbook.text.sentences import sentence_spans

FIELDS = ("headline", "body")
COLUMNS = (
    "capture_id", "outlet", "published", "field", "start", "end", "left", "match", "right", "sentence",
    "sentence_start",
)  # fmt: skip
MOST_STARS = 3  # in a word: with more, looking for it could take for ever
_TOKEN = re.compile(r'(-?)(?:"([^"]*)("?)|([^\s"]+))')
_BLANKS = r"(?:(?!\n\n)\s)+"  # also a line's end, but no paragraph's
Place = tuple[int, int, int]  # number of the field, start, end
_LONE_OR = "OR stands between two terms: quay OR pier."


class QueryError(ClipbookError, ValueError):
    """A query cannot be understood; the message says what to write."""


class Query(NamedTuple):
    """A query as it was understood: what an article must hold and must not, and what counts as a place."""

    wanted: list[list[re.Pattern[str]]]  # of each list one
    unwanted: list[re.Pattern[str]]
    places: re.Pattern[str]

    def places_in(self, fields: tuple[str, ...]) -> list[Place]:
        """Give the places in an article's fields ; none if the article does not fit."""
        found = [
            (number, *match.span())
            for number, text in enumerate(fields)
            for match in self.places.finditer(text)
        ]
        further = self.wanted if len(self.wanted) > 1 else []  # of a single one, a place is enough
        if not all(any(_in(term, fields) for term in either) for either in further):
            return []
        return [] if any(_in(term, fields) for term in self.unwanted) else found


def _in(term: re.Pattern[str], fields: tuple[str, ...]) -> bool:
    return any(term.search(text) for text in fields)


def read_query(query: str) -> Query:
    """Read a query of words, "phrases", ``*``, ``OR`` and minus; the module describes them.

    Raises
    ------
    QueryError
        If it names nothing to find, a quotation mark or an OR lacks its other side, or a ``*`` stands alone.

    Examples
    --------
    >>> read_query("ferry -strike").places_in(("The ferry", "No ferry sails."))
    [(0, 4, 9), (1, 3, 8)]
    >>> read_query("ferry -strike").places_in(("The ferry", "A strike."))
    []
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    joins = False  # whether an OR waits for its other side
    for minus, phrase, closing, bare in _TOKEN.findall(re.sub("[“”„]", '"', query)):
        if bare == "OR" and not minus:
            if joins or not wanted:
                raise QueryError(_LONE_OR)
            joins = True
            continue
        term = bare or phrase
        if not bare and not closing:
            raise QueryError(f'The phrase "{phrase} has no closing quotation mark.')
        if not re.search(r"[^\W_]", term):
            raise QueryError(f'"{minus}{term}" holds no letter and no digit to look for.')
        if max(len(re.findall(r"\*+", word)) for word in term.split()) > MOST_STARS:
            raise QueryError(f'"{term}" has many stars; a word has at most three.')
        if minus and joins:
            raise QueryError("OR joins what is to be found; a term with a minus stands by itself.")
        if minus:
            unwanted.append(term)
        elif joins:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joins = False
    if joins:
        raise QueryError(_LONE_OR)
    if not wanted:
        raise QueryError('The query names nothing to find: write a word, or a "phrase" in quotation marks.')
    longest = sorted((term for either in wanted for term in either), key=len, reverse=True)
    return Query(
        [[_pattern([term]) for term in either] for either in wanted],
        [_pattern([term]) for term in unwanted],
        _pattern(longest),
    )


def _pattern(terms: list[str]) -> re.Pattern[str]:
    """Match any of some terms as whole words."""
    written = [_BLANKS.join(map(_word, term.split())) for term in terms]
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE)


def _word(word: str) -> str:
    escaped = re.escape(re.sub(r"\*+", "*", word)).replace(r"\*", r"\w*")
    return re.sub("['’‘ʼ]", "['’‘ʼ]", escaped)


def search(articles: pd.DataFrame, query: str, *, width: int = 60) -> pd.DataFrame:
    """List every place in headlines and bodies that a query finds, with what is said before and after it.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``headline``, ``body``; ``outlet`` and ``published`` where there are any are carried along.
    query : str
        Words (all must stand in the article), "phrases", ``warm*``, ``quay OR pier``, ``-fire``.
    width : int
        The most characters of context on either side; it does not reach past the paragraph.

    Returns
    -------
    DataFrame
        One row a place, in the order of the articles: ``capture_id``, ``outlet``, ``published``, ``field`` (headline or
        body), ``start`` and ``end`` (code points into that field), ``left``, ``match``, ``right``, ``sentence``,
        ``sentence_start``.

    Raises
    ------
    TableError
        If a column is missing.
    QueryError
        If the query cannot be understood; the message says what to write.

    Examples
    --------
    >>> page = pd.DataFrame({"capture_id": ["a"], "headline": ["Heat"], "body": ["Climate change is here. It warms the sea."]})
    >>> search(page, '"climate change" OR warm*')[["match", "right"]].values.tolist()
    [['Climate change', ' is here. It warms the sea.'], ['warms', ' the sea.']]
    """
    return list_places(articles, FIELDS, read_query(query).places_in, width)


def list_places(
    articles: pd.DataFrame,
    fields: tuple[str, ...],
    places_in: Callable[[tuple[str, ...]], list[Place]],
    width: int,
) -> pd.DataFrame:
    """List the places that a function finds in some fields of each article, as :func:`search` does."""
    need_columns(articles, ["capture_id", *fields], made_by="corpus.read_corpus")
    known = articles.reindex(columns=["capture_id", "outlet", "published", *fields])
    known = known.astype({"outlet": object}).fillna({"outlet": ""})
    rows = []
    for capture, outlet, published, *texts in known.itertuples(index=False):
        for field, start, end in places_in(tuple(texts)):
            shown = in_context(texts[field], start, end, width)
            rows.append((capture, outlet, published, fields[field], start, end, *shown))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"published": "datetime64[us]"})


def in_context(text: str, start: int, end: int, width: int) -> tuple[str, str, str, str, int]:
    """Give what stands before a place and behind it within its paragraph, the place between, its sentence and where that begins."""
    left = text[max(0, start - width) : start].rpartition("\n")[2]
    right = text[end : end + width].partition("\n")[0]
    spans = sentence_spans(text)
    place = bisect_right(spans, start, key=lambda span: span[0]) - 1
    within = place >= 0 and start < spans[place][1]
    sentence = spans[place] if within else (start, end)
    return left, text[start:end], right, text[slice(*sentence)], sentence[0]
