"""The line that sums a story up between its headline and its first paragraph."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from clipbook.article.furniture import never_story
from clipbook.article.traits import COLUMN, PageTraits

_FEWEST, _MOST = 7, 60  # words
_STAMPED = re.compile(r"\d{1,2}[.:]\d\d\b|(?:published|updated|posted)\b.{0,20}\bago\b", re.I)
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
        if _sums_up(page, place) and not _same(title, page.text[place].lower()):
            return place
    spoken = page.text[first].endswith("'") and page.text[first].rstrip("'").endswith((".", "!", "?"))
    ends = spoken or page.own[first, [COLUMN["end"], COLUMN["colon"]]].any()
    return first if len(story) > 2 and not ends and _sums_up(page, first) else None


def _sums_up(page: PageTraits, place: int) -> bool:
    row = page.own[place]
    return bool(
        _FEWEST <= row[COLUMN["words"]] <= _MOST
        and row[_CLUTTER].sum() + row[COLUMN["clock"]] <= 1
        and not row[COLUMN["has_newsletter"]]
        and not row[COLUMN["bullet"]]
        and not _STAMPED.match(page.text[place])
        and row[COLUMN["function"]] >= 0.2
        and not never_story(page.text[place])
    )


def _same(one: str, other: str) -> bool:
    return one[:60] == other[:60] or one in other or other in one
