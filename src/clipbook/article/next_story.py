"""Where another story begins on a page: below the first on endless pages, or pasted below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import opens_byline, read_byline
from clipbook.article.datelines import is_pure_date
from clipbook.article.traits import COLUMN, PageTraits

_LONGEST_BYLINE = 12  # words
_FEWEST_TOLD = 50  # words that make a story


class _Apart(NamedTuple):
    """How far two stretches of a page must be apart to be two stories."""

    words: int = 60  # content words that the first has, each once a line; the second two thirds of it
    across: float = 0.16  # share of these that the other stretch has too, below which it is another story
    within: float = 0.2  # least share that other lines of the same stretch have
    of_within: float = 0.5  # of which the share across is less than this


_USUAL = _Apart()
BELOW_RULE = _Apart(words=30, across=0.2, within=0.0, of_within=0.7)
"""Where a line is drawn between them: so 102 of 116 pairs of unseen stories are told apart, 1 of 100 stories divided."""


def drop_next_story(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop a second story below the first, as on endless pages, where it speaks of something else.

    It begins below a gap or at a heading, or has a byline and a date of its own.
    """
    places = np.flatnonzero(kept)
    begins = np.diff(places, prepend=-1) > 1
    begins |= page.own[places, COLUMN["end"]] == 0
    first_story = kept.copy()
    first_story[next_story(page, kept, places[begins].tolist()) :] = False
    for head in signed_heads(page, first_story):
        if next_story(page, first_story, [head], BELOW_RULE) == head:
            first_story[head:] = False
            break
    return first_story


def signed_heads(page: PageTraits, kept: NDArray[np.bool_]) -> list[int]:
    """Find the lines above a byline that has a date beside it, below the story's first line: titles of other stories."""
    places = np.flatnonzero(kept)
    heads = []
    for place in range(int(places[0]) + 1, int(places[-1])) if len(places) else ():
        if page.own[place, COLUMN["words"]] <= _LONGEST_BYLINE and opens_byline(page.text[place]):
            near = page.text[place + 1 : place + 3]
            if read_byline(page.text[place]).people and any(map(is_pure_date, [page.text[place - 1], *near])):
                heads.append(place - 1)
    return heads


def next_story(
    page: PageTraits, kept: NDArray[np.bool_], places: Sequence[int], apart: _Apart = _USUAL
) -> int:
    """Find where, of some places, another story begins; one past the last line if at none of them.

    Few of its content words stand above it and few of those above in it, while the lines of each share theirs.
    """
    line, word = page.content
    line, word = line[kept[line]], word[kept[line]]
    size = int(word.max(initial=0)) + 1
    best, cut = apart.across, len(kept)
    for place in places:
        start = int(np.searchsorted(line, place))
        parts = word[:start], word[start:]
        if len(parts[0]) < apart.words or 3 * len(parts[1]) < 2 * apart.words:
            continue
        first, rest = (np.bincount(part, minlength=size) for part in parts)
        across = max((rest[parts[0]] > 0).mean(), (first[parts[1]] > 0).mean())
        within = min((first[parts[0]] > 1).mean(), (rest[parts[1]] > 1).mean())
        if across < best and within >= apart.within and across < apart.of_within * within:
            best, cut = across, place
    return cut


def note_on_others(page: PageTraits, likely: NDArray[np.bool_], kept: NDArray[np.bool_]) -> str:
    """Say that a story with a byline and date of its own stands below or within what was kept; "" where none does.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    likely : array of bool, shape (lines,)
        Which of them look like a body.
    kept : array of bool, shape (lines,)
        Which of them are taken for the story.
    """
    last = int(np.flatnonzero(kept).max(initial=0))
    told = np.cumsum(np.where(likely, page.own[:, COLUMN["words"]], 0))
    for head in signed_heads(page, likely) if last else ():
        words = int(told[-1] - told[head])
        if words >= _FEWEST_TOLD and head > last:
            return (
                f"a story with its own byline and date stands below and is left out ({words:,} words); if it is wanted, put a "
                "line of ===== between them"
            )
        if words >= _FEWEST_TOLD and told[head] >= _FEWEST_TOLD:
            return "a byline and a date stand within it: if it holds several stories, put a line of ===== between them"
    return ""
