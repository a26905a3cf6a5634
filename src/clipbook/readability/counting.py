"""One pass over a text: what every formula needs, counted once for each sentence.

The tokenisation called ``news``. Sentences and words are those of :mod:`clipbook.text`; figures and
acronyms count the syllables with which they are said (:mod:`clipbook.readability.spoken`). Headings do not
count: "Test only the running text of a piece of writing. Skip titles, headings, subheads" (Flesch 1979).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np

from clipbook.readability.formulas import COUNTS, Counts
from clipbook.readability.pronunciations import pronounced
from clipbook.readability.spoken import token_syllables
from clipbook.readability.vocabulary import Vocabulary
from clipbook.readability.word_lists import dale_chall_words, familiar, spache_words
from clipbook.text.sentences import sentence_spans
from clipbook.text.words import Span, words_of

Table = np.ndarray[Any, np.dtype[np.float64]]

HEADING_WORDS = 12  # a line of at most so many words without a mark at its end is a heading
_SENTENCE_MARKS = frozenset(".!?…‽:;,\"'”’»“‘«)]。！？｡।؟۔")
_BY_ENDING = re.compile(r"(?:[td]ed|(?:[sxz]|[cs]h|[cg])es)\Z")
# Columns of a token beyond the counts.
_CAPITAL, _WORDY, _SHOUTED = len(COUNTS), len(COUNTS) + 1, len(COUNTS) + 2
_NOT_OF_NAMES = [COUNTS.index(name) for name in ("complex_words", "unfamiliar_words", "spache_words")]
_SPACHE = COUNTS.index("spache_words")
_SENTENCES = COUNTS.index("sentences")


def _complex(token: str, syllables: int) -> bool:
    """Whether the fog index calls a word that is no name complex."""
    if syllables < 3:
        return False
    if "-" in token:
        return any(token_syllables(part) > 2 for part in token.split("-") if part)
    return not (syllables == 3 and _BY_ENDING.search(token))


def _traits(token: str, syllables: int, hard: tuple[bool, ...] = (False,) * 3) -> tuple[int, ...]:
    letters = len(token) if token.isalnum() else sum(map(str.isalnum, token))
    return (
        *(1, 0, syllables, syllables >= 3, syllables == 1, letters, letters, 1, letters > 6, *hard),
        token[0].isupper() and token != "I" and token[1:2] not in ("'", "’"),
        token[0].isalpha() or any(map(str.isalpha, token)),
        len(token) > 3 and token.isupper(),
    )


def _english(token: str) -> tuple[int, ...]:
    syllables = token_syllables(token)
    lower = token.lower().replace("’", "'")
    hard = (
        _complex(lower, syllables),
        not familiar(lower, dale_chall_words()),
        not familiar(lower, spache_words()),
    )
    return _traits(token, syllables, hard)


@lru_cache(maxsize=8)
def _vocabulary(language: str) -> Vocabulary:
    if language == "en":
        pronounced()
        return Vocabulary(_english, _SHOUTED + 1)
    from pyphen import LANGUAGES, Pyphen, language_fallback

    known = language if language in LANGUAGES else language_fallback(language)
    hyphens = Pyphen(lang=known) if known else None

    def traits(token: str) -> tuple[int, ...]:
        return _traits(token, len(hyphens.positions(token.lower())) + 1 if hyphens else 0)

    return Vocabulary(traits, _SHOUTED + 1)


def running_sentences(text: str) -> list[Span]:
    """Give the sentences of a text without its headings.

    Parameters
    ----------
    text : str
        An article's body.

    Returns
    -------
    list of (start, end)
        Code points into ``text``. A heading is a line by itself, of at most twelve words, that ends in no
        punctuation mark.
    """
    spans, last = [], 0
    for start, end in sentence_spans(text):
        alone = text[end - 1] not in _SENTENCE_MARKS and (last == 0 or "\n" in text[last:start])
        if not (alone and words_of(text).count(start, end) <= HEADING_WORDS):
            spans.append((start, end))
        last = end
    return spans


def count_sentences(text: str, spans: list[Span], language: str = "en") -> Table:
    """Count what the formulas need in each sentence of a text.

    Parameters
    ----------
    text : str
        An article's body.
    spans : list of (start, end)
        Its sentences, from :func:`running_sentences`; each holds a word.
    language : str
        ISO 639-1.

    Returns
    -------
    array of shape (sentences, counts + 3)
        The columns of :class:`~clipbook.readability.formulas.Counts`, then capitalised words, words with a
        letter, and words of four characters or more in capitals.
    """
    if not spans:
        return np.zeros((0, _SHOUTED + 1))
    read = words_of(text)
    words: list[str] = []
    starts: list[int] = []
    for start, end in spans:
        starts.append(len(words))
        first, last = read.between(start, end)
        words += read.word[first:last]
    vocabulary = _vocabulary(language)
    numbers = vocabulary.numbers(words, len(words))
    rows = vocabulary.rows(numbers)
    opens = np.array(starts)
    if language == "en":
        _clear_names(rows, numbers, opens)
        _once_in_a_hundred(rows, numbers)
    counted = np.add.reduceat(rows, opens, axis=0).astype(np.float64)
    counted[:, _SENTENCES] = 1
    return counted


def _clear_names(rows: Any, numbers: Any, first: Any) -> None:
    """Take names out of the words that the formulas call hard.

    A name is a capitalised word inside a sentence, or at the head of one when it is seen inside another.
    """
    named = rows[:, _CAPITAL] > 0
    heads = first[named[first]]
    named[first] = False
    names = set(numbers[named].tolist())
    named[heads] = [number in names for number in numbers[heads].tolist()]
    rows[np.ix_(named, _NOT_OF_NAMES)] = 0


def _once_in_a_hundred(rows: Any, numbers: Any) -> None:
    """Let each unfamiliar word of Spache count once in every hundred words."""
    unfamiliar = np.flatnonzero(rows[:, _SPACHE])
    samples = (unfamiliar // 100) * (int(numbers.max()) + 1) + numbers[unfamiliar]
    backwards = dict(zip(samples[::-1].tolist(), unfamiliar[::-1].tolist(), strict=True))
    rows[:, _SPACHE] = 0
    rows[list(backwards.values()), _SPACHE] = 1


def totals(counted: Table) -> Counts:
    """Give the counts of a table (sentences or texts down, counts across) or stack of tables."""
    return Counts(*np.moveaxis(counted[..., : len(COUNTS)], -1, 0))


def mostly_figures(total: Table) -> bool:
    """Whether fewer than half the words of a text have a letter."""
    return bool(total[_WORDY] * 2 < total[0])


def in_capitals(total: Table) -> bool:
    """Whether over a third of all words are in capitals: acronyms cannot be told from words."""
    return bool(total[_SHOUTED] * 3 > total[0])
