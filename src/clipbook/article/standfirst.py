"""The standfirst: the line between headline and story that sums the story up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clipbook.article.traits import COLUMN, Numbers, PageTraits

_FEWEST, _MOST = 7, 60  # words
_CLUTTER = [
    COLUMN[name]
    for name in (
        "has_share", "has_newsletter", "has_legal", "has_comment", "has_site", "has_advert", "byline", "copyright", "signed",
    )
]  # fmt: skip


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
        _FEWEST <= row[COLUMN["words"]] <= _MOST
        and row[_CLUTTER].sum() + row[COLUMN["clock"]] <= 1
        and not row[COLUMN["has_newsletter"]]
        and row[COLUMN["function"]] >= 0.2
    )


def _same(one: str, other: str) -> bool:
    return one[:60] == other[:60] or one in other or other in one
