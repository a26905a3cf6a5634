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
from clipbook.article.language import (
    GROUP_NAMES,
    LANGUAGE_BIT,
    LANGUAGE_NAMES,
    PHRASE_BITS,
    STARTS_PHRASE,
    WORD_BITS,
)
from clipbook.article.wording import READ_CHARS, TEXT_NAMES, text_traits

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]

_EDGE_WORDS = 20
_TOPIC_WORDS = 80  # of a line, that tell what it speaks of
_SHAPE_NAMES = (
    "words", "chars", "function", "commas", "periods", "quote", "capitals", "digit", "digits", "wordlength",
    "shouted", "upper", "end", "colon", "question", "endparen", "startquote", "startdigit", "bullet", "ellipsis",
)  # fmt: skip
OWN_NAMES: tuple[str, ...] = (
    *_SHAPE_NAMES,
    *TEXT_NAMES,
    "groups",
    *(f"has_{name}" for name in GROUP_NAMES),
    *(f"rate_{name}" for name in GROUP_NAMES),
)
COLUMN: dict[str, int] = {name: place for place, name in enumerate(OWN_NAMES)}
_MARKS = {
    "commas": char.COMMA, "periods": char.PERIOD, "quotes": char.QUOTE, "digits": char.DIGIT, "unspaced": char.UNSPACED,
    "colons": char.COLON, "ats": char.AT, "bullets": char.BULLET,
}  # fmt: skip
_GROUP_SHIFTS = np.arange(len(GROUP_NAMES))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a page, in order."""

    word: list[str]  # in lower case
    start: Places  # characters of the page from and to which each goes
    end: Places
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
    tokens = _tokens(lower, classes, word_at, word_end, ends)
    at = np.array(full, np.intp)[chosen]
    text = [lines[place] for place in at.tolist()]
    low = [lower[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)]
    language, own = _own(text, low, tokens, classes, begins, ends)
    before, after = _blanks(at, len(lines))
    return PageTraits(at, text, low, own, tokens, _content_words(tokens, language), before, after, language)


def line_words(page: PageTraits, place: int) -> list[str]:
    """Words of a line in lower case."""
    return page.tokens.word[page.tokens.first[place] : page.tokens.first[place + 1]]


def _content_words(tokens: Tokens, language: str) -> tuple[Places, Places]:
    """Lines and numbers of content words, each word once a line, in the order of lines and numbers."""
    chosen = tokens.long & (tokens.place < _TOPIC_WORDS) & ((tokens.bits & LANGUAGE_BIT[language]) == 0)
    width = len(tokens.number) + 1
    pairs = np.sort(tokens.line[chosen] * width + tokens.number[chosen])
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // width, pairs % width


def words_of(text: str) -> list[str]:
    """Words of a text in lower case."""
    return re.findall(r"\w+", text[:READ_CHARS].lower())


def _tokens(lower: str, classes: NDArray[np.uint32], start: Places, end: Places, ends: Places) -> Tokens:
    """Read the words of a page; ``ends`` is where its lines end."""
    words = [lower[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]
    line = np.searchsorted(ends, start, side="right")
    first = np.searchsorted(line, np.arange(len(ends) + 1))
    count = len(words)
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
    number = np.fromiter(map(numbers.__getitem__, words), np.intp, count)
    bits = np.fromiter(map(WORD_BITS.get, numbers, repeat(0)), np.int64, len(numbers))[number]
    for at in np.flatnonzero(bits & STARTS_PHRASE).tolist():
        phrase = PHRASE_BITS.get((words[at], words[at + 1]), 0) if at + 1 < count else 0
        if phrase and line[at] == line[at + 1]:
            bits[at] |= phrase
    place = np.arange(count) - first[line]
    capital = (classes[start] & char.UPPER) > 0
    return Tokens(words, start, end, first, line, place, number, bits, end - start > 3, capital)


def _own(
    text: list[str], low: list[str], tokens: Tokens, classes: NDArray[np.uint32], begins: Places, ends: Places
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
    marks = _counts(classes, begins)
    small = np.concatenate([[0], np.cumsum((classes & char.LOWER) > 0)])
    function = (tokens.bits & LANGUAGE_BIT[language]) > 0
    shouted = tokens.capital & (small[tokens.end] == small[tokens.start]) & (tokens.end - tokens.start > 1)
    per_line = np.add.reduceat(np.stack([function, tokens.capital, shouted], 1).astype(np.float32), first)
    per_line /= word_count[:, None]
    head, tail = classes[begins], classes[ends - 1]
    dots = (classes[ends - 1] & classes[np.maximum(ends - 2, begins)] & char.PERIOD) > 0
    shape = (
        word_count + marks["unspaced"] / 2, length, per_line[:, 0], marks["commas"], marks["periods"], marks["quotes"] > 0, per_line[:, 1],
        marks["digits"] > 0, marks["digits"] / length, length / word_count, per_line[:, 2],
        (small[ends] == small[begins]) & (per_line[:, 1] > 0), tail & char.END, tail & char.COLON, tail & char.QUESTION,
        tail & char.CLOSE, head & char.QUOTE, head & char.DIGIT, head & char.BULLET, ((tail & char.ELLIPSIS) > 0) | dots,
    )  # fmt: skip
    flags_from = _SHAPE_NAMES.index("end")
    for place, column in enumerate(shape):
        own[:, place] = column > 0 if place >= flags_from else column
    hints = marks | {"words": own[:, 0], "closed": (tail & char.CLOSE) > 0}
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


def _counts(classes: NDArray[np.uint32], begins: Places) -> dict[str, Numbers]:
    """Characters of each kind in each line."""
    found = np.flatnonzero(classes & np.uint32(sum(_MARKS.values())))
    line = np.searchsorted(begins, found, side="right") - 1
    found, line = found[line >= 0], line[line >= 0]
    return {
        name: np.bincount(line[(classes[found] & bit) > 0], minlength=len(begins)).astype(np.float32)
        for name, bit in _MARKS.items()
    }


def _page_language(tokens: Tokens) -> str:
    """Language whose function words make up most of the page; English when none does."""
    shares = [np.count_nonzero(tokens.bits & LANGUAGE_BIT[name]) for name in LANGUAGE_NAMES]
    return LANGUAGE_NAMES[int(np.argmax(shares))]


def _blanks(at: Places, total: int) -> tuple[Numbers, Numbers]:
    """Lines without a word just before and after each line, at most four."""
    edges = np.concatenate([[-1], at, [total]])
    gaps = np.minimum(np.diff(edges) - 1, 4).astype(np.float32)
    return gaps[:-1], gaps[1:]
