"""How far a line speaks of what the densest stretch of its page speaks of."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from clipbook.article.traits import COLUMN, Numbers, PageTraits, Places

STORY_NAMES = ("inrun", "incore", "topic", "copies", "copyinrun", "opening", "title", "alike")
_OPENING_WORDS = 80
_TITLE_REACH = 40
_ALIKE_REACH = 4


def story_traits(page: PageTraits, core: NDArray[np.bool_], first: int, last: int) -> Numbers:
    """Compare every line with the story.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    core : array of bool
        Lines of prose in the densest stretch, taken for the story.
    first, last : int
        The first and last line of that stretch.

    Returns
    -------
    array of float, shape (lines, len(STORY_NAMES))
        ``topic`` and ``opening`` are the shares (0 to 1; -1 when there is nothing to compare) of a line's content
        words that the story, or its first lines, use elsewhere.
    """
    content = page.content
    topic, share = shared_words(content, core)
    opening = _opening(page, core)
    opened, _ = _numbers_in(content, opening)
    known = np.where(opening[content[0]], topic[content[1]] > 0, opened[content[1]] > 0)
    rows = np.zeros((len(page.text), len(STORY_NAMES)), np.float32)
    rows[first : last + 1, 0] = 1
    rows[:, 1] = core
    rows[:, 2] = share
    rows[:, 3:5] = _copies(page, first, last)
    rows[:, 5] = _mean(content[0], known, len(page.text))
    rows[:, 6] = _title_words(page, content, topic, opening)
    rows[:, 7] = _alike(page)
    return rows


def _numbers_in(words: tuple[Places, Places], chosen: NDArray[np.bool_]) -> tuple[Places, int]:
    line, number = words
    size = int(number.max()) + 1 if len(number) else 1
    return np.bincount(number[chosen[line]], minlength=size), size


def shared_words(words: tuple[Places, Places], chosen: NDArray[np.bool_]) -> tuple[Places, Numbers]:
    """How many of the chosen lines use each word, and each line's share of words that others of them use."""
    line, number = words
    uses, _ = _numbers_in(words, chosen)
    return uses, _mean(line, uses[number] > chosen[line], len(chosen))


def _mean(line: Places, value: NDArray[np.bool_], count: int) -> Numbers:
    total = np.bincount(line, minlength=count)
    hits = np.bincount(line, weights=value, minlength=count)
    return np.where(total > 0, hits / np.maximum(total, 1), -1.0).astype(np.float32)


def _opening(page: PageTraits, core: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The first lines of prose of the story, up to eighty words."""
    places = np.flatnonzero(core)
    words = np.cumsum(page.own[places, 0])
    chosen = np.zeros(len(core), bool)
    chosen[places[: int(np.searchsorted(words, _OPENING_WORDS)) + 1]] = True
    return chosen


def _title_words(
    page: PageTraits, content: tuple[Places, Places], topic: Places, opening: NDArray[np.bool_]
) -> Numbers:
    """Content words that a line shares with the likely title: the line before the story that is closest to it."""
    count = len(page.text)
    line, number = content
    if not opening.any():
        return np.zeros(count, np.float32)
    start = int(np.argmax(opening))
    total = np.bincount(line, minlength=count)
    score = np.bincount(line, weights=topic[number] > 0, minlength=count) / (total + 1)
    words = page.own[:, COLUMN["words"]]
    score[(words < 4) | (words > 25) | (total < 2)] = 0
    low = max(0, start - _TITLE_REACH)
    if start == low or score[low:start].max() == 0:
        return np.zeros(count, np.float32)
    title = low + int(np.argmax(score[low:start]))
    used = np.zeros(len(topic), bool)
    used[number[line == title]] = True
    return np.bincount(line, weights=used[number], minlength=count).astype(np.float32)


def _copies(page: PageTraits, first: int, last: int) -> Numbers:
    """How often a line's first four words begin a line of the page, and another line of the densest stretch."""
    word, begin = page.tokens.word, page.tokens.first.tolist()
    starts = [tuple(word[a : a + 4]) if b - a >= 4 else None for a, b in pairwise(begin)]
    everywhere = Counter(starts)
    inside = Counter(starts[first : last + 1])
    rows = [
        (min(everywhere[start], 4), inside[start] - (first <= place <= last)) if start else (0, 0)
        for place, start in enumerate(starts)
    ]
    return np.array(rows, np.float32).reshape(len(rows), 2)


def _alike(page: PageTraits) -> Numbers:
    """Lines nearby with the same outward shape: about as long, same end, figures and blank lines before."""
    own = page.own
    size = np.digitize(own[:, 0], [3, 6, 12, 25, 60])
    shape = size * 40 + own[:, COLUMN["end"]] * 20 + own[:, COLUMN["digit"]] * 10 + page.blank_before
    padded = np.full(len(shape) + 2 * _ALIKE_REACH, -1.0)
    padded[_ALIKE_REACH : _ALIKE_REACH + len(shape)] = shape
    same = [
        padded[off : off + len(shape)] == shape for off in range(2 * _ALIKE_REACH + 1) if off != _ALIKE_REACH
    ]
    return np.sum(same, axis=0).astype(np.float32)
