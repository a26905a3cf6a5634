"""Lines that belong to the story by their place: between paragraphs, in its lists and turns, at its edges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from clipbook.article.traits import COLUMN, Numbers, PageTraits

_TURN = re.compile(r"([A-Z][\w.]{0,14}(?: [A-Z][\w.]{0,14})?):\s")
_QUOTED = re.compile(r"[“\"„«].{1,1500}[”\"“»]")
_SIGNATURE = re.compile(r"[—–-]{1,2}\s?[A-Z][^.!?@]{3,80}")
_LONGEST_LABEL = 32  # with its colon
_FEWEST_TURNS = 3
_LEAST_ALONE = 0.25
_LEAST_TOGETHER = 0.35
_LEAST_ANNOUNCING = 0.2
_LEAST_AT_EDGE = 0.4
_LEAST_CLEAN_AT_EDGE = 0.3
_FEWEST_WORDS = 4
_LEAST_LISTED = 0.05
_LONGEST_LIST = 60
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
    filled = keep_signed(page, keep_turns(page, keep_lists(page, chance, kept, never), never), never)
    furniture = page.own[:, COLUMN["groups"]] > 0
    repeated = page.own[:, COLUMN["repeat"]] > 0
    for first, end in _gaps(filled):
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


def keep_lists(
    page: PageTraits, chance: Numbers, kept: NDArray[np.bool_], never: Callable[[str], bool]
) -> NDArray[np.bool_]:
    """Keep the lines of a list that a kept line, or a likely one just below it, announces with a colon.

    Parameters and result are those of ``fill_gaps``. Blank lines must set the list off from what is around it.
    """
    wide = kept.copy()
    follows = np.concatenate([[False], kept[:-1]]) & (chance >= _LEAST_ANNOUNCING)
    colon = (page.own[:, COLUMN["colon"]] > 0) & (page.own[:, COLUMN["words"]] >= _FEWEST_WORDS)
    announces = (kept | follows) & colon & (page.blank_before > 0) & (page.own[:, COLUMN["pointer"]] == 0)
    for place in np.flatnonzero(announces).tolist():
        end = place + 2
        while end < len(kept) and not page.blank_before[end]:
            end += 1
        lines = range(place, min(end, len(kept)))
        if (
            2 < len(lines) <= _LONGEST_LIST
            and chance[lines].mean() >= _LEAST_LISTED
            and not any(never(page.text[line]) for line in lines)
        ):
            wide[lines] = True
    return wide


def keep_turns(page: PageTraits, kept: NDArray[np.bool_], never: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Keep the turns of an interview that stand next to kept ones: "Q: ...", "A: ...", "Ruiz: ...".

    A label counts as a speaker's when three kept lines begin with it.
    """
    labels = [
        match[1] if ":" in text[:_LONGEST_LABEL] and (match := _TURN.match(text)) else ""
        for text in page.text
    ]
    uses = Counter(label for label, keep in zip(labels, kept.tolist(), strict=True) if keep and label)
    turns = np.array([uses[label] >= _FEWEST_TURNS for label in labels])
    wide = kept.copy()
    for step in (1, -1) if turns.any() else ():
        for place in range(len(kept))[::step]:
            if turns[place] and not wide[place] and 0 <= place - step < len(kept) and wide[place - step]:
                wide[place] = not never(page.text[place])
    return wide


def keep_signed(page: PageTraits, kept: NDArray[np.bool_], never: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Keep quotations between kept lines that the line below signs: "“It holds.”" above "— Ana Ruiz, mayor of Lumo"."""
    wide = kept.copy()
    for first, end in _gaps(kept):
        for place in range(first, end - 1):
            quoted, below = _QUOTED.fullmatch(page.text[place]), page.text[place + 1]
            if quoted and _SIGNATURE.fullmatch(below) and not never(below):
                wide[place : place + 2] = True
    return wide


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


def _gaps(kept: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Find the runs of dropped lines between kept ones: first and one past the last."""
    places = np.flatnonzero(kept)
    after = np.flatnonzero(np.diff(places) > 1)
    return [(int(places[n]) + 1, int(places[n + 1])) for n in after.tolist()]
