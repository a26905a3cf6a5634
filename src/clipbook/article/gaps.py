"""Lines that their place decides: between paragraphs, at the story's edges, or far from it."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import looks_like_name
from clipbook.article.traits import COLUMN, Numbers, PageTraits, words_of

_PULLED = re.compile(
    r"^[“\"„«‘'](.{20,400})[”\"“»’']\s?[—–-]?\s?(?:[A-Z][\w.'’-]{0,20},?\s?){1,4}[^.!?]{0,60}$"
)
_QUOTATION = re.compile(r"^[“\"„«‘'](.{20,400})[”\"“»’']$")
_CAPTION_LABEL = re.compile(r"^(?:image|media|photo|picture|video) caption[,:.]?$", re.I)
_LINK_WORDS = 4
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
        if end - first > _LONGEST_RUN:
            continue
        run = [place for place in range(first, end) if not never(page.text[place])]
        if len(run) == 1:
            worth = chance[run[0]] >= _LEAST_ALONE and not furniture[run[0]] and not repeated[run[0]]
        else:
            worth = bool(run) and (
                float(chance[run].mean()) >= _LEAST_TOGETHER
                and float(furniture[run].mean()) <= _MOST_FURNITURE
                and float(repeated[run].mean()) <= _MOST_REPEATED
            )
        if worth:
            filled[run] = True
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
    """Drop quotations signed with nothing but a name whose every sentence other kept lines hold."""
    places = np.flatnonzero(kept).tolist()
    words = {place: " ".join(words_of(page.text[place])) for place in places}
    rest = kept.copy()
    for place in places:
        text, below = page.text[place], page.text[place + 1] if place + 1 < len(kept) else ""
        signed = looks_like_name(below)
        found = _PULLED.match(text) or (_QUOTATION.match(text) if signed else None)
        if found is None:
            continue
        others = "\n".join(line for other, line in words.items() if other != place)
        sentences = [" ".join(words_of(part)) for part in re.split(r"[.!?]", found[1])]
        if all(sentence in others for sentence in sentences):
            rest[place] = False
            rest[place + 1 : place + 2] &= not signed
    return rest


def drop_links(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop headings that are captions or links: below a caption's label, or listed again after the story."""
    places = np.flatnonzero(kept)
    if not len(places):
        return kept
    listed = set(page.text[int(places[-1]) + 1 :])
    rest = kept.copy()
    for place in places.tolist():
        row = page.own[place]
        link = not row[COLUMN["end"]] and row[COLUMN["words"]] >= _LINK_WORDS and page.text[place] in listed
        caption = place > 0 and _CAPTION_LABEL.match(page.text[place - 1]) is not None
        if link or caption:
            rest[place] = False
    return rest


def _gaps(kept: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Find the runs of dropped lines between kept ones: first and one past the last."""
    places = np.flatnonzero(kept)
    after = np.flatnonzero(np.diff(places) > 1)
    return [(int(places[n]) + 1, int(places[n + 1])) for n in after.tolist()]
