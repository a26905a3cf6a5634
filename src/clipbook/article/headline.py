"""The headline and the standfirst among the lines that stand before the story."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clipbook.article.traits import COLUMN, Numbers, PageTraits

_STANDFIRST_FEWEST, _STANDFIRST_MOST = 7, 60
_LEAST = 0.2
_TITLE_TAIL = re.compile(r"\s+[|–—\-·»]\s+[^|–—·»]{2,60}$")
_CLUTTER = [
    COLUMN[name]
    for name in (
        "has_share", "has_newsletter", "has_legal", "has_comment", "has_site", "has_advert", "byline", "copyright", "signed",
    )
]  # fmt: skip


def find_headline(page: PageTraits, chance: Numbers, first: int) -> int | None:
    """Find the line that is the headline.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    chance : array of float, shape (lines,)
        Probability of each to be the headline.
    first : int
        The first line of the body.

    Returns
    -------
    int or None
        Index into ``page.text``: the likeliest line, or its copy that stands closest before the body; None
        when no line looks like a headline.
    """
    best = int(np.argmax(chance))
    if chance[best] < _LEAST:
        return None
    text = page.text[best].lower()
    before = [place for place in range(first) if page.text[place].lower() == text]
    return before[-1] if before else best


def without_site(text: str, page_texts: Sequence[str]) -> str:
    """Cut ``" | Outlet"`` off a page title when the headline stands alone in another line or the tail is short."""
    tail = _TITLE_TAIL.search(text)
    if tail and (text[: tail.start()] in page_texts or ("|" in tail[0] and len(tail[0].split()) <= 5)):
        return text[: tail.start()].strip()
    return text


def find_standfirst(page: PageTraits, headline: int | None, kept: NDArray[np.bool_]) -> int | None:
    """Find the line between headline and story that sums the story up, if there is one.

    The first kept line is one too when it has no full stop and prose follows: stories begin with sentences.
    """
    story = np.flatnonzero(kept)
    if headline is None or not len(story):
        return None
    first = int(story[0])
    title = page.text[headline].lower()
    for place in range(headline + 1, first):
        row = page.own[place]
        if _sums_up(row) and not _same(title, page.text[place].lower()):
            return place
    row = page.own[first]
    if len(story) > 2 and _sums_up(row) and not row[COLUMN["end"]] and not row[COLUMN["colon"]]:
        return first
    return None


def _sums_up(row: Numbers) -> bool:
    return bool(
        _STANDFIRST_FEWEST <= row[COLUMN["words"]] <= _STANDFIRST_MOST
        and row[_CLUTTER].sum() + row[COLUMN["clock"]] <= 1
        and not row[COLUMN["has_newsletter"]]
        and row[COLUMN["function"]] >= 0.2
    )


def _same(one: str, other: str) -> bool:
    return one[:60] == other[:60] or one in other or other in one
