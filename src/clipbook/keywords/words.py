"""Articles as arrays of words, many articles at a time."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from clipbook.keywords.tokens import Trait, read_token, tokenize
from clipbook.text.words import LIGATURES

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_PIECES = 1 << 15  # kept at most, so that a corpus of any size fits
_REMEMBERED = 30_000  # tokens, likewise


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
    """An article as token numbers, headline first; smaller than its text, so that it can be kept."""

    token: NDArray[np.int32]
    body_start: int


def encode(headline: str, body: str, lexicon: Lexicon) -> Encoded:
    """Tokenize an article; a line break ends headline and body."""
    title = lexicon.read(headline + "\n") if headline else []
    return Encoded(np.array(title + lexicon.read(body + "\n"), np.int32), len(title))


def read_words(encoded: Sequence[Encoded], lexicon: Lexicon) -> TokenRow:
    """Set articles in a row."""
    sizes = [len(article.token) for article in encoded]
    start = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    token = np.concatenate([article.token for article in encoded]).astype(np.int64)
    article = np.repeat(np.arange(len(encoded)), sizes)
    known = lexicon.stems
    stems, stem = np.unique(article * len(known) + lexicon.stem(token), return_inverse=True)
    names = [known[i] for i in (stems % len(known)).tolist()]
    traits = lexicon.traits(token)
    opens = np.ones(len(token), bool)
    opens[1:] = (traits[:-1] & Trait.SENTENCE_END) != 0
    opened = np.cumsum(opens)
    sentence = opened - opened[start[:-1]][article] + 1
    body_start = start[:-1] + [article.body_start for article in encoded]
    in_body = np.arange(len(token)) >= body_start[article]
    edge = int(Trait.PUNCTUATION | Trait.SENTENCE_END)
    return TokenRow(
        lexicon, token, article, len(encoded), start, stem, names,
        np.append(traits, edge), in_body, sentence, opens,
    )  # fmt: skip
