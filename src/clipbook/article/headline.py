"""The headline and the standfirst among the lines that stand before the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from clipbook.article.traits import OWN_NAMES, Numbers, PageTraits

_COLUMN = {name: place for place, name in enumerate(OWN_NAMES)}
_LOOK_BACK = 60
_TITLE_TAIL = re.compile(r"\s+[|–—\-·»]\s+[^|–—·»]{2,60}$")
_CLUTTER = (
    "has_share",
    "has_newsletter",
    "has_legal",
    "has_comment",
    "has_site",
    "has_advert",
    "byline",
    "copyright",
    "signed",
)


def find_headline(page: PageTraits, chance: Numbers, first: int) -> int | None:
    """Find the line that is the headline.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    chance : array of float
        Probability of each line to be body.
    first : int
        The first line of the body.

    Returns
    -------
    int or None
        Index into ``page.text``; None when no line before the body looks like one.
    """
    story = {
        word
        for place in range(first, min(first + 8, len(page.text)))
        for word in page.tokens[place]
        if len(word) > 3
    }
    where: dict[str, int] = {}
    for text in page.text:
        where[text.lower()] = where.get(text.lower(), 0) + 1
    best, best_score = None, 1.5
    for place in range(max(0, first - _LOOK_BACK), first):
        score = _headline_score(page, place, first, story, where)
        if score > best_score:
            best, best_score = place, score
    return best


def _headline_score(
    page: PageTraits, place: int, first: int, story: set[str], where: dict[str, int]
) -> float:
    own, tokens = page.own[place], page.tokens[place]
    words = own[_COLUMN["words"]]
    if words < 3 or words > 35:
        return -9.0
    content = [word for word in tokens if len(word) > 3]
    score = 2.0 * (sum(word in story for word in content) / len(content) if content else 0.0)
    score += min(words, 8) * 0.15 - max(0, first - place - 4) * 0.04
    score -= 0.7 * sum(own[_COLUMN[name]] for name in _CLUTTER)
    score -= 1.2 * float(page.text[place].endswith(".")) + 0.8 * own[_COLUMN["clock"]]
    score -= 1.0 * own[_COLUMN["colon"]] + 0.5 * own[_COLUMN["startlower"]]
    if words > 22:
        score -= 0.6
    following = range(place + 1, min(place + 7, first))
    if any(page.own[near][_COLUMN["byline"]] or page.own[near][_COLUMN["clock"]] for near in following):
        score += 0.8
    return score + (0.4 if where[page.text[place].lower()] > 1 else 0.0)


def without_site(text: str, page_texts: Sequence[str]) -> str:
    """Cut ``" | Outlet"`` off a page title when the headline stands alone in another line or the tail is short."""
    tail = _TITLE_TAIL.search(text)
    if tail and (text[: tail.start()] in page_texts or ("|" in tail[0] and len(tail[0].split()) <= 5)):
        return text[: tail.start()].strip()
    return text


def find_standfirst(page: PageTraits, headline: int | None, first: int) -> int | None:
    """Find the line between headline and story that sums the story up, if there is one."""
    if headline is None:
        return None
    title = page.text[headline].lower()
    for place in range(headline + 1, first):
        own = page.own[place]
        words = own[_COLUMN["words"]]
        clutter = sum(own[_COLUMN[name]] for name in _CLUTTER) + own[_COLUMN["clock"]]
        same = SequenceMatcher(None, title, page.text[place].lower()).ratio() > 0.9
        if (
            7 <= words <= 60
            and not same
            and clutter <= 1
            and not own[_COLUMN["byline"]]
            and not own[_COLUMN["signed"]]
        ):
            function = own[_COLUMN["function"]]
            if function >= 0.2 and not np.isclose(own[_COLUMN["has_newsletter"]], 1):
                return place
    return None
