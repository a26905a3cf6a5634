"""Articles as arrays of words, many at a time; and how common words are elsewhere, in a shipped list and the corpus."""

from __future__ import annotations

import math
import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from clipbook.keywords.tokens import Trait, read_token, tokenize
from clipbook.text.words import LIGATURES

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_PIECES = 1 << 16  # kept at most, so that a corpus of any size fits; a corpus of 700 has 50,000
_REMEMBERED = 60_000  # tokens, likewise
_AT_ONCE = 32  # articles


class Lexicon:
    """The distinct tokens met so far, each judged once and known by its number."""

    def __init__(self) -> None:
        self.surfaces: list[str] = []
        self.stems: list[str] = []  # distinct, in the order of their numbers
        self._numbers: dict[str, int] = {}
        self._stem_numbers: dict[str, int] = {}
        self._stem = array("q")
        self._traits = array("q")
        self._letters = array("q")
        self._between_spaces = _Pieces(self)

    def read(self, text: str) -> list[int]:
        """Give the token numbers of a text, in order."""
        pieces = text.replace("\n", " \n ").split(" ")
        return list(chain.from_iterable(map(self._between_spaces.__getitem__, pieces)))

    def number(self, surface: str) -> int:
        """Give the number of a token; a new token is judged and stored."""
        number = self._numbers.setdefault(surface, len(self.surfaces))
        if number == len(self.surfaces):
            surface = surface.translate(LIGATURES)
            stem, traits = read_token(surface)
            self.surfaces.append(surface)
            self._stem.append(self._stem_numbers.setdefault(stem, len(self.stems)))
            if len(self._stem_numbers) > len(self.stems):
                self.stems.append(stem)
            self._traits.append(traits)
            self._letters.append(len(surface))
        return number

    def stem(self, tokens: NDArray[np.integer]) -> Ints:
        """Give the stem number of each token."""
        return np.frombuffer(self._stem, np.int64)[tokens]

    def traits(self, tokens: NDArray[np.integer]) -> Ints:
        """Give the sum of ``Trait`` of each token."""
        return np.frombuffer(self._traits, np.int64)[tokens]

    def letters(self, tokens: NDArray[np.integer]) -> Ints:
        """Give the length of each token in letters."""
        return np.frombuffer(self._letters, np.int64)[tokens]


class _Pieces(dict[str, tuple[int, ...]]):
    """What stands between two spaces -> its tokens."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, piece: str) -> tuple[int, ...]:
        if len(self) >= _PIECES:
            self.clear()
        parts = (piece,) if piece.isalpha() else tokenize(piece)
        tokens = self[piece] = tuple(map(self._lexicon.number, parts))
        return tokens


_mine = threading.local()


def common_lexicon() -> Lexicon:
    """Give the lexicon that remembers what was read before in this thread; now and then it begins anew."""
    lexicon: Lexicon | None = getattr(_mine, "lexicon", None)
    if lexicon is None or len(lexicon.surfaces) > _REMEMBERED:
        lexicon = _mine.lexicon = Lexicon()
    return lexicon


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A row of articles as tokens, each with its headline first; one entry a token unless said otherwise."""

    lexicon: Lexicon
    token: Ints  # the lexicon's numbers
    article: Ints  # which article of the row
    articles: int
    start: Ints  # article: its first token; one entry more for the end
    stem: Ints  # numbered anew, so that a stem of two articles has two numbers
    stem_names: list[str]  # of those numbers
    traits: Ints  # sums of Trait, and one entry more that stands for both edges
    in_body: Bools
    sentence: Ints  # counted from 1 in each article
    opens_sentence: Bools

    def text(self, start: int, end: int) -> str:
        """Write out the tokens from ``start`` up to ``end``."""
        return " ".join([self.lexicon.surfaces[i] for i in self.token[start:end].tolist()])


@dataclass(frozen=True, slots=True)
class Encoded:
    """Articles as token numbers, headline first; smaller than their texts, so that they can be kept."""

    lexicon: Lexicon
    token: list[NDArray[np.int32]]  # of each article
    body_start: list[int]

    def rows(self) -> Iterator[TokenRow]:
        """Set articles in rows, as many at a time as are read fastest."""
        return (self.row(first, first + _AT_ONCE) for first in range(0, len(self.token), _AT_ONCE))

    def row(self, first: int, last: int) -> TokenRow:
        """Set the articles from ``first`` up to ``last`` in a row."""
        parts = self.token[first:last]
        sizes = list(map(len, parts))
        start = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        token = np.concatenate(parts).astype(np.int64)
        article = np.repeat(np.arange(len(parts)), sizes)
        known = self.lexicon.stems
        stems, stem = np.unique(article * len(known) + self.lexicon.stem(token), return_inverse=True)
        names = [known[i] for i in (stems % len(known)).tolist()]
        traits = self.lexicon.traits(token)
        opens = np.ones(len(token), bool)
        opens[1:] = (traits[:-1] & Trait.SENTENCE_END) != 0
        opened = np.cumsum(opens)
        sentence = opened - opened[start[:-1]][article] + 1
        in_body = np.arange(len(token)) >= (start[:-1] + self.body_start[first:last])[article]
        edge = int(Trait.PUNCTUATION | Trait.SENTENCE_END)
        return TokenRow(
            self.lexicon, token, article, len(parts), start, stem, names,
            np.append(traits, edge), in_body, sentence, opens,
        )  # fmt: skip

    def stems(self) -> Iterator[list[str]]:
        """Give the distinct stems of each article, stop words and punctuation left out."""
        for token in self.token:
            usable = (self.lexicon.traits(token) & USABLE) != 0
            yield [self.lexicon.stems[stem] for stem in np.unique(self.lexicon.stem(token[usable])).tolist()]


def encode(headlines: Iterable[str], bodies: Iterable[str]) -> Encoded:
    """Tokenize articles; a line break ends headline and body."""
    lexicon = common_lexicon()
    titles = [lexicon.read(headline + "\n") if headline else [] for headline in headlines]
    texts = zip(titles, bodies, strict=True)
    token = [np.array(title + lexicon.read(body + "\n"), np.int32) for title, body in texts]
    return Encoded(lexicon, token, list(map(len, titles)))


USABLE = int(Trait.HEAD | Trait.MODIFIER)  # what is no stop word


@dataclass(frozen=True)
class Background:
    """Documents that hold a stem, of so many documents."""

    documents: int
    counts: Mapping[str, int]

    def __add__(self, other: Background) -> Background:
        """Pool two sets of documents."""
        return Background(self.documents + other.documents, Counter(self.counts) + Counter(other.counts))

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


def count_documents(documents: Iterable[list[str]]) -> Background:
    """Count in how many documents each stem occurs, each given by its distinct stems."""
    counts: Counter[str] = Counter()
    number = 0
    for stems in documents:
        number += 1
        counts.update(stems)
    return Background(number, counts)


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
