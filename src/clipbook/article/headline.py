"""The headline and the standfirst among the lines that stand before the story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clipbook.article.traits import COLUMN, Numbers, PageTraits, words_of
from clipbook.article.vocabulary import FUNCTION_SETS


_LOOK_BACK = 60
_FEWEST, _MOST = 3, 35
_STANDFIRST_FEWEST, _STANDFIRST_MOST = 7, 60
_LEAST = 1.5
_TITLE_TAIL = re.compile(r"\s+[|–—\-·»]\s+[^|–—·»]{2,60}$")
_CLUTTER = [
    COLUMN[name]
    for name in (
        "has_share", "has_newsletter", "has_legal", "has_comment", "has_site", "has_advert", "byline", "copyright", "signed",
    )
]  # fmt: skip


def find_headline(page: PageTraits, first: int) -> int | None:
    """Find the line that is the headline.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    first : int
        The first line of the body.

    Returns
    -------
    int or None
        Index into ``page.text``; None when no line before the body looks like one.
    """
    story = {
        word
        for text in page.text[first : first + 8]
        for word in words_of(text)
        if len(word) > 3 and word not in FUNCTION_SETS[page.language]
    }
    copies = Counter(text.lower() for text in page.text)
    start = max(0, first - _LOOK_BACK)
    best, best_score = None, _LEAST
    for place in range(start, first):
        words = page.own[place, COLUMN["words"]]
        if _FEWEST <= words <= _MOST:
            score = _headline_score(page, place, first, story, copies)
            if score > best_score:
                best, best_score = place, score
    return best


def _headline_score(page: PageTraits, place: int, first: int, story: set[str], copies: Counter[str]) -> float:
    row = page.own[place]
    text = page.text[place]
    content = [word for word in words_of(text) if len(word) > 3]
    score = 2.0 * (sum(word in story for word in content) / len(content) if content else 0.0)
    score += min(row[COLUMN["words"]], 8) * 0.15 - max(0, first - place - 4) * 0.04
    score -= 0.7 * row[_CLUTTER].sum()
    score -= 1.2 * text.endswith(".") + 0.8 * row[COLUMN["clock"]]
    score -= 1.0 * row[COLUMN["colon"]] + 0.5 * row[COLUMN["startlower"]]
    score -= 0.6 * (row[COLUMN["words"]] > 22)
    below = page.own[place + 1 : min(place + 7, first)]
    if len(below) and (below[:, COLUMN["byline"]] + below[:, COLUMN["clock"]]).any():
        score += 0.8
    return float(score + (0.4 if copies[text.lower()] > 1 else 0.0))


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
