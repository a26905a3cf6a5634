"""How common a word is elsewhere: document frequencies of a shipped list and of the corpus at hand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from clipbook.keywords.tokens import Trait
from clipbook.keywords.words import Encoded, Lexicon, encode

_USABLE = int(Trait.HEAD | Trait.MODIFIER)


@dataclass(frozen=True)
class Background:
    """Documents that hold a stem, of so many documents."""

    documents: int
    counts: Mapping[str, int]

    def __add__(self, other: Background) -> Background:
        """Pool two sets of documents."""
        counts = dict(self.counts)
        for stem, count in other.counts.items():
            counts[stem] = counts.get(stem, 0) + count
        return Background(self.documents + other.documents, counts)

    def rarity(self, stems: list[str]) -> NDArray[np.float64]:
        """Give inverse document frequency, 0 (in every document) to 1 (in none).

        Notes
        -----
        log((N + 1) / (n + 0.5)) over its greatest value, after Spärck Jones, Journal of Documentation 28
        (1972), 11-21.
        """
        most = math.log((self.documents + 1) / 0.5)
        found = np.array([self.counts.get(stem, 0) for stem in stems], float)
        return np.maximum(0.0, np.log((self.documents + 1) / (found + 0.5))) / most


def count_documents(texts: Iterable[str]) -> Background:
    """Count in how many texts each stem occurs (stop words and punctuation left out)."""
    lexicon = Lexicon()
    return count_encoded((encode("", text, lexicon) for text in texts), lexicon)


def count_encoded(articles: Iterable[Encoded], lexicon: Lexicon) -> Background:
    """Count in how many articles each stem occurs, as ``count_documents`` does."""
    counts: Counter[str] = Counter()
    documents = 0
    for article in articles:
        documents += 1
        counts.update(stems_of(article, lexicon))
    return Background(documents, counts)


def stems_of(article: Encoded, lexicon: Lexicon) -> list[str]:
    """Give the distinct stems of an article, stop words and punctuation left out."""
    usable = (lexicon.traits(article.token) & _USABLE) != 0
    stems = np.unique(lexicon.stem(article.token[usable]))
    return [lexicon.stems[stem] for stem in stems.tolist()]


@cache
def english_background() -> Background:
    """Read the list that ships with clipbook: stems in the documentation of Python's standard library.

    Returns
    -------
    Background
        Stems that occur in at least three of the docstrings of sixty words or more.

    Notes
    -----
    The texts are under the Python Software Foundation Licence; only counts are shipped. Technical English:
    it tells everyday words from rare ones, not news from other writing. Add the corpus's own counts where
    there is a corpus (``keyword_table`` does).
    """
    counts: dict[str, int] = {}
    documents = 0
    for line in files(__package__).joinpath("background_en.tsv").read_text(encoding="utf-8").splitlines():
        name, _, number = line.partition("\t")
        if name == "# documents":
            documents = int(number)
        elif not line.startswith("#"):
            counts[name] = int(number)
    return Background(documents, counts)
