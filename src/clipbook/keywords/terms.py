"""Words and multi-word terms counted in every article, with the form and the kind to show them by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from clipbook.keywords.candidates import find_candidates
from clipbook.keywords.ranking import encode_articles, english_articles, name_share, words_in
from clipbook.keywords.words import Encoded, Ints, Lexicon, common_lexicon, read_words
from clipbook.schema import need_columns

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_AT_ONCE = 32  # articles
_LONGEST = 3  # words in a term


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each term stands in each article."""

    articles: pd.DataFrame  # the rows counted, in the matrix's order
    counts: csr_array  # articles x terms
    words: Ints  # article: words in headline and body
    terms: list[str]  # in the form met most often
    kinds: list[str]  # "name" where most occurrences in running text are capitalised, else "theme"


def comparable_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the English articles that a comparison may rest on: status "ok" (no duplicates, none too thin)."""
    rows = english_articles(articles)
    return rows[rows["status"] == "ok"] if "status" in rows else rows


def count_terms(articles: pd.DataFrame, *, least: int = 1) -> TermCounts:
    """Count words and terms of up to three words in every comparable article.

    Parameters
    ----------
    articles : DataFrame
        ``headline``, ``body``; ``status`` and ``language`` where there are any.
    least : int
        A term counts from so many articles on.

    Returns
    -------
    TermCounts
        Terms in alphabetical order. A longer term that never stands without a still longer one around it
        is left out.

    Raises
    ------
    TableError
        If a column is missing.
    """
    from scipy.sparse import csr_array

    need_columns(articles, ["headline", "body"], made_by="corpus.read_corpus")
    rows = comparable_articles(articles)
    met = _Met()
    encoded = encode_articles(rows, met.lexicon)
    for start in range(0, len(encoded), _AT_ONCE):
        met.add(encoded[start : start + _AT_ONCE], start)
    keys = sorted(key for key, number in met.articles.items() if number >= least and met.free[key] > 0)
    column = {key: place for place, key in enumerate(keys)}
    cells = [(row, column[key], count) for row, key, count in met.cells if key in column]
    row, col, count = zip(*cells, strict=True) if cells else ((), (), ())
    matrix = csr_array((np.array(count, float), (row, col)), shape=(len(rows), len(keys)))
    kinds = [kind_of(met.named[key], met.articles[key]) for key in keys]
    forms = [shown_form(met.forms[key], kind) for key, kind in zip(keys, kinds, strict=True)]
    return TermCounts(rows, matrix, words_in(rows), forms, kinds)


def kind_of(named: float, articles: int) -> str:
    """Tell a name, capitalised in most articles' running text, from a theme."""
    return "name" if named > articles / 2 else "theme"


def shown_form(forms: Counter[str], kind: str) -> str:
    """Choose the form met most often, the first met of equals; a theme in lower case where it stands so."""
    plain = Counter({form: n for form, n in forms.items() if form.islower()}) if kind == "theme" else forms
    return (plain or forms).most_common(1)[0][0]


class _Met:
    """What has been counted so far; a term's key is its stems."""

    def __init__(self) -> None:
        self.lexicon = common_lexicon()
        self.cells: list[tuple[int, str, int]] = []
        self.articles: Counter[str] = Counter()
        self.free: Counter[str] = Counter()  # occurrences outside longer terms, at least
        self.named: defaultdict[str, float] = defaultdict(float)
        self.forms: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, encoded: list[Encoded], start: int) -> None:
        for found in terms_of(encoded, self.lexicon):
            for key, count, free, named, form in found:
                self.cells.append((start, key, count))
                self.articles[key] += 1
                self.free[key] += free
                self.named[key] += named
                self.forms[key][form] += 1
            start += 1


Term = tuple[str, int, int, float, str]
"""Of a term in an article: key, count, free at least, share as a name, form met first."""


def terms_of(encoded: Sequence[Encoded], lexicon: Lexicon) -> list[list[Term]]:
    """Count the terms of each article by itself; many at a time only because that is faster."""
    words = read_words(encoded, lexicon)
    found = find_candidates(words, _LONGEST)
    result: list[list[Term]] = [[] for _ in encoded]
    columns: list[Any] = [words.article[found.first].tolist(), found.stems.tolist(), found.words.tolist()]
    columns += [found.count.tolist(), found.first.tolist(), (found.count - found.longer).tolist()]
    for row, stems, size, count, first, free, named in zip(
        *columns, name_share(words, found).tolist(), strict=True
    ):
        key = " ".join([words.stem_names[i] for i in stems[:size]])
        result[row].append((key, count, free, named, words.text(first, first + size)))
    return result
