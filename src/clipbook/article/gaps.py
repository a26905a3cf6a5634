"""Lines that their place decides: between paragraphs, at the story's edges, or far from it."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from clipbook.article.traits import COLUMN, Numbers, PageTraits, words_of

_PULLED = re.compile(
    r"^[“\"„«‘'](.{20,400})[”\"“»’']\s?[—–-]?\s?(?:[A-Z][\w.'’-]{0,20},?\s?){1,4}[^.!?]{0,60}$"
)
_LEAST_ALONE = 0.15
_LEAST_TOGETHER = 0.2
_LEAST_AT_EDGE = 0.4
_LEAST_CLEAN_AT_EDGE = 0.2
_FEWEST_WORDS = 4
_FAR = 6
_STRAY_WORDS = 6
_LONGEST_RUN = 15
_MOST_FURNITURE = 0.2
_MOST_REPEATED = 0.3


def fill_gaps(
    page: PageTraits, chance: Numbers, kept: NDArray[np.bool_], never: Callable[[str], bool]
) -> NDArray[np.bool_]:
    """Keep what stands between two kept lines and has no word of menus, buttons or credits in it.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    chance : array of float, shape (lines,)
        Probability of each to be body.
    kept : array of bool, shape (lines,)
        Lines that are body by themselves.
    never : callable
        Tells of a line's text that it is no part of any story.

    Returns
    -------
    array of bool, shape (lines,)
        With a single clean line between two kept ones when it is not quite unlikely, and with runs of up to 15
        lines that are clean on the whole, such as lists.
    """
    filled = kept.copy()
    furniture = page.own[:, COLUMN["groups"]] > 0
    repeated = page.own[:, COLUMN["repeat"]] > 0
    for first, end in _gaps(kept):
        run = slice(first, end)
        if end - first == 1:
            worth = chance[first] >= _LEAST_ALONE and not furniture[first] and not repeated[first]
        else:
            worth = (
                end - first <= _LONGEST_RUN
                and float(chance[run].mean()) >= _LEAST_TOGETHER
                and float(furniture[run].mean()) <= _MOST_FURNITURE
                and float(repeated[run].mean()) <= _MOST_REPEATED
            )
        if worth:
            filled[run] = [not never(text) for text in page.text[run]]
    return filled


def extend_edges(
    page: PageTraits, chance: Numbers, kept: NDArray[np.bool_], never: Callable[[str], bool]
) -> NDArray[np.bool_]:
    """Keep up to two sentences just above and below the story that are not unlikely to belong to it.

    Parameters and result are those of ``fill_gaps``.
    """
    places = np.flatnonzero(kept)
    if not len(places):
        return kept
    wide = kept.copy()
    for start, step in ((int(places[0]), -1), (int(places[-1]), 1)):
        for place in (start + step, start + 2 * step):
            if not 0 <= place < len(kept) or not _joins(page, chance, place) or never(page.text[place]):
                break
            wide[place] = True
    return wide


def _joins(page: PageTraits, chance: Numbers, place: int) -> bool:
    row = page.own[place]
    if not row[COLUMN["end"]] or row[COLUMN["repeat"]] or row[COLUMN["words"]] < _FEWEST_WORDS:
        return False
    return bool(chance[place] >= (_LEAST_AT_EDGE if row[COLUMN["groups"]] else _LEAST_CLEAN_AT_EDGE))


def drop_strays(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop short lines that stand far from all other kept lines."""
    places = np.flatnonzero(kept)
    if len(places) < 2:
        return kept
    gaps = np.diff(places, prepend=-_FAR - 1, append=len(kept) + _FAR + 1)
    alone = (gaps[:-1] > _FAR) & (gaps[1:] > _FAR) & (page.own[places, COLUMN["words"]] <= _STRAY_WORDS)
    near = kept.copy()
    near[places[alone]] = False
    return near


def drop_pull_quotes(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop quotations with nothing but a name after them whose every sentence other kept lines hold."""
    places = np.flatnonzero(kept).tolist()
    pulled = [(place, found) for place in places if (found := _PULLED.match(page.text[place]))]
    if not pulled:
        return kept
    rest = kept.copy()
    words = {place: " ".join(words_of(page.text[place])) for place in places}
    for place, found in pulled:
        sentences = [" ".join(words_of(part)) for part in re.split(r"[.!?]", found[1])]
        others = "\n".join(text for other, text in words.items() if other != place)
        if all(sentence in others for sentence in sentences):
            rest[place] = False
    return rest


def _gaps(kept: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Find the runs of dropped lines between kept ones: first and one past the last."""
    places = np.flatnonzero(kept)
    after = np.flatnonzero(np.diff(places) > 1)
    return [(int(places[n]) + 1, int(places[n + 1])) for n in after.tolist()]
