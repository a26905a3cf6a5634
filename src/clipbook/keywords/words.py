"""Articles as arrays of words, many at a time; and how common words are elsewhere, in a shipped list and the corpus."""

from __future__ import annotations

import math
import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """An article as token numbers, headline first; smaller than its text, so that it can be kept."""

    token: NDArray[np.int32]
    body_start: int


def encode(headline: str, body: str, lexicon: Lexicon) -> Encoded:
    """Tokenize an article; a line break ends headline and body."""
    title = lexicon.read(headline + "\n") if headline else []
    return Encoded(np.array(title + lexicon.read(body + "\n"), np.int32), len(title))


def in_lots(encoded: Sequence[Encoded]) -> Iterator[Sequence[Encoded]]:
    """Give articles as many at a time as are read fastest in a row; more is not faster."""
    return (encoded[start : start + _AT_ONCE] for start in range(0, len(encoded), _AT_ONCE))


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


_USABLE = int(Trait.HEAD | Trait.MODIFIER)


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
