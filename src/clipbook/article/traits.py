"""What a line of a page looks like by itself: its length, shape, words and marks, as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from clipbook.article import wording as char
from clipbook.article.furniture import is_label
from clipbook.article.vocabulary import (
    GROUP_NAMES,
    LANGUAGE_BIT,
    LANGUAGE_NAMES,
    PHRASE_BITS,
    STARTS_PHRASE,
    WORD_BITS,
)
from clipbook.article.wording import READ_CHARS, TEXT_NAMES, Hints, text_traits

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]

_EDGE_WORDS = 20
TOPIC_WORDS = 80
"""Words of a line that tell what it speaks of."""
_SHAPE_NAMES = (
    "words", "chars", "function", "commas", "periods", "quote", "capitals", "digit", "digits", "bar", "money", "wordlength",
    "shouted", "upper", "end", "colon", "runon", "question", "exclaim", "endparen", "startquote", "startlower",
    "startdigit", "bullet", "bracket", "inparens", "ellipsis",
)  # fmt: skip
OWN_NAMES: tuple[str, ...] = (
    *_SHAPE_NAMES,
    *TEXT_NAMES,
    "groups",
    *(f"has_{name}" for name in GROUP_NAMES),
    *(f"rate_{name}" for name in GROUP_NAMES),
)
COLUMN: dict[str, int] = {name: place for place, name in enumerate(OWN_NAMES)}
_GROUP_SHIFTS = np.arange(len(GROUP_NAMES))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a page, in order."""

    word: list[str]  # in lower case
    first: Places  # where the words of each line begin; shape (lines + 1,)
    line: Places  # the line each stands in
    place: Places  # its place in the line
    number: Places  # equal for equal words, whatever their case
    bits: NDArray[np.int64]  # groups and languages
    long: NDArray[np.bool_]  # more than three letters
    capital: NDArray[np.bool_]  # starts with a capital


@dataclass(frozen=True, slots=True)
class PageTraits:
    """The lines of a page that hold a word and are no label, and their traits."""

    at: Places  # index into the page's lines
    text: list[str]
    lower: list[str]  # the same in lower case, cut at READ_CHARS
    own: Numbers  # shape (lines, len(OWN_NAMES))
    tokens: Tokens
    content: tuple[Places, Places]  # line and number of the content words, each once a line
    blank_before: Numbers
    blank_after: Numbers
    language: str  # of the function words that the page uses most


def page_traits(lines: Sequence[str]) -> PageTraits:
    """Measure every line that holds a word, labels such as "Advertisement" aside.

    Labels cut stories into pieces at any place; without them the lines around a place are the story's own.

    Parameters
    ----------
    lines : sequence of str
        All lines of a page, blank ones included, stripped.

    Returns
    -------
    PageTraits
        One row a line with a word, in the order of the page.
    """
    full = [place for place, line in enumerate(lines) if line and not is_label(line)]
    cut = [lines[place][:READ_CHARS] for place in full]
    page = "\n".join(cut)
    classes = char.classes_of(page + "\n")
    sizes = np.fromiter(map(len, cut), np.intp, len(cut)) + 1
    ends = np.cumsum(sizes)
    begins = ends - sizes
    is_word = (classes & char.WORD) > 0
    edges = np.flatnonzero(np.diff(is_word, prepend=False, append=False))
    word_at, word_end = edges[::2], edges[1::2]
    with_word = np.zeros(len(cut), bool)
    with_word[np.searchsorted(ends, word_at, side="right")] = True
    chosen = np.flatnonzero(with_word)
    begins, ends = begins[chosen], ends[chosen] - 1
    lower = page.lower()
    if len(lower) != len(page):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in page)
    words = [lower[a:b] for a, b in zip(word_at.tolist(), word_end.tolist(), strict=True)]
    line = np.searchsorted(ends, word_at, side="right")
    first = np.searchsorted(line, np.arange(len(chosen) + 1))
    tokens = _tokens(words, line, first, classes, word_at, word_end)
    at = np.array(full, np.intp)[chosen]
    text = [lines[place] for place in at.tolist()]
    low = [lower[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)]
    language, own = _own(text, low, tokens, classes, begins, ends, word_at, word_end)
    before, after = _blanks(at, len(lines))
    return PageTraits(at, text, low, own, tokens, _content_words(tokens, language), before, after, language)


def line_words(page: PageTraits, place: int) -> list[str]:
    """Words of a line in lower case."""
    return page.tokens.word[page.tokens.first[place] : page.tokens.first[place + 1]]


def once_a_line(line: Places, number: Places) -> tuple[Places, Places]:
    """Lines and numbers of words, each word once a line, in the order of lines and numbers."""
    width = int(number.max()) + 1 if len(number) else 1
    pairs = np.sort(line * width + number)
    pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])] if len(pairs) else pairs
    return pairs // width, pairs % width


def _content_words(tokens: Tokens, language: str) -> tuple[Places, Places]:
    chosen = tokens.long & (tokens.place < TOPIC_WORDS) & ((tokens.bits & LANGUAGE_BIT[language]) == 0)
    return once_a_line(tokens.line[chosen], tokens.number[chosen])


def words_of(text: str) -> list[str]:
    """Words of a text in lower case."""
    return re.findall(r"\w+", text[:READ_CHARS].lower())


def _tokens(
    words: list[str],
    line: Places,
    first: Places,
    classes: NDArray[np.uint32],
    word_at: Places,
    word_end: Places,
) -> Tokens:
    count = len(words)
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
    number = np.fromiter(map(numbers.__getitem__, words), np.intp, count)
    bits = np.fromiter(map(WORD_BITS.get, numbers, repeat(0)), np.int64, len(numbers))[number]
    for place in np.flatnonzero(bits & STARTS_PHRASE).tolist():
        phrase = PHRASE_BITS.get((words[place], words[place + 1]), 0) if place + 1 < count else 0
        if phrase and line[place] == line[place + 1]:
            bits[place] |= phrase
    return Tokens(
        words,
        first,
        line,
        np.arange(count) - first[line],
        number,
        bits,
        word_end - word_at > 3,
        (classes[word_at] & char.UPPER) > 0,
    )


def _own(
    text: list[str],
    low: list[str],
    tokens: Tokens,
    classes: NDArray[np.uint32],
    begins: Places,
    ends: Places,
    word_at: Places,
    word_end: Places,
) -> tuple[str, Numbers]:
    """Language of the page and traits of each line."""
    count = len(text)
    own = np.zeros((count, len(OWN_NAMES)), np.float32)
    if not count:
        return "en", own
    first = tokens.first[:-1]
    word_count = np.diff(tokens.first)
    language = _page_language(tokens)
    length = (ends - begins).astype(np.float32)
    marks = _counts(
        classes,
        begins,
        (
            char.COMMA,
            char.PERIOD,
            char.QUOTE,
            char.DIGIT,
            char.BAR,
            char.MONEY,
            char.UNSPACED,
            char.COLON,
            char.AT,
            char.BULLET,
        ),
    )
    small = np.concatenate([[0], np.cumsum((classes & char.LOWER) > 0)])
    function = (tokens.bits & LANGUAGE_BIT[language]) > 0
    shouted = tokens.capital & (small[word_end] == small[word_at]) & (word_end - word_at > 1)
    per_line = np.add.reduceat(np.stack([function, tokens.capital, shouted], 1).astype(np.float32), first)
    per_line /= word_count[:, None]
    head, tail = classes[begins], classes[ends - 1]
    dots = (classes[ends - 1] & classes[np.maximum(ends - 2, begins)] & char.PERIOD) > 0
    shape = (
        word_count + marks[:, 6] / 2, length, per_line[:, 0], marks[:, 0], marks[:, 1], marks[:, 2] > 0, per_line[:, 1],
        marks[:, 3] > 0, marks[:, 3] / length, marks[:, 4] > 0, marks[:, 5] > 0, length / word_count, per_line[:, 2],
        (small[ends] == small[begins]) & (per_line[:, 1] > 0), tail & char.END, tail & char.COLON, tail & char.RUNON,
        tail & char.QUESTION, tail & char.EXCLAIM, tail & char.CLOSE, head & char.QUOTE, head & char.LOWER,
        head & char.DIGIT, head & char.BULLET, head & char.OPEN_SQUARE,
        ((head & char.OPEN_ROUND) > 0) & ((tail & char.CLOSE) > 0), ((tail & char.ELLIPSIS) > 0) | dots,
    )  # fmt: skip
    flags_from = _SHAPE_NAMES.index("end")
    for place, column in enumerate(shape):
        own[:, place] = column > 0 if place >= flags_from else column
    closed = (tail & char.CLOSE) > 0
    hints = Hints(own[:, 0], marks[:, 3], marks[:, 7], marks[:, 1], marks[:, 8], marks[:, 9], closed)
    own[:, len(_SHAPE_NAMES) : COLUMN["groups"]] = text_traits(text, low, hints)
    edge = (tokens.place < _EDGE_WORDS) | (tokens.place >= word_count[tokens.line] - _EDGE_WORDS)
    groups = ((tokens.bits * edge)[:, None] >> _GROUP_SHIFTS) & 1
    rates = np.add.reduceat(groups.astype(np.float32), first)
    has = rates > 0
    own[:, COLUMN["groups"]] = has.sum(1)
    own[:, COLUMN["groups"] + 1 : COLUMN["groups"] + 1 + len(GROUP_NAMES)] = has
    own[:, COLUMN["groups"] + 1 + len(GROUP_NAMES) :] = (
        rates / np.minimum(word_count, 2 * _EDGE_WORDS)[:, None]
    )
    return language, own


def _counts(classes: NDArray[np.uint32], begins: Places, bits: Sequence[int]) -> Numbers:
    """Characters of each class in each line."""
    mask = 0
    for bit in bits:
        mask |= bit
    found = np.flatnonzero(classes & np.uint32(mask))
    line = np.searchsorted(begins, found, side="right") - 1
    found, line = found[line >= 0], line[line >= 0]
    kinds = classes[found]
    return np.stack(
        [np.bincount(line[(kinds & bit) > 0], minlength=len(begins)) for bit in bits], axis=1
    ).astype(np.float32)


def _page_language(tokens: Tokens) -> str:
    """Language whose function words make up most of the page; English when none does."""
    shares = [np.count_nonzero(tokens.bits & LANGUAGE_BIT[name]) for name in LANGUAGE_NAMES]
    return LANGUAGE_NAMES[int(np.argmax(shares))]


def _blanks(at: Places, total: int) -> tuple[Numbers, Numbers]:
    """Lines without a word just before and after each line, at most four."""
    edges = np.concatenate([[-1], at, [total]])
    gaps = np.minimum(np.diff(edges) - 1, 4).astype(np.float32)
    return gaps[:-1], gaps[1:]
