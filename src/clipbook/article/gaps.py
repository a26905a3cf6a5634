"""Short lines between paragraphs: subheads and list items that the story runs through."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from clipbook.article.traits import COLUMN, Numbers, PageTraits

_LEAST_ALONE = 0.15
_LEAST_TOGETHER = 0.2
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


def _gaps(kept: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Find the runs of dropped lines between kept ones: first and one past the last."""
    places = np.flatnonzero(kept)
    after = np.flatnonzero(np.diff(places) > 1)
    return [(int(places[n]) + 1, int(places[n + 1])) for n in after.tolist()]
