"""The headline and the standfirst among the lines that stand before the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylinewords import BARE_LEADS
from clipbook.article.context import between
from clipbook.article.keypoints import key_points
from clipbook.article.traits import COLUMN, Numbers, PageTraits, line_words
from clipbook.article.vocabulary import FUNCTION_SETS

_STANDFIRST_FEWEST, _STANDFIRST_MOST = 7, 60
_MOST_LIKELY = 40  # lines
_LEAST = 0.02
_LIKELY = 0.05
_NEAR, _FARTHEST = 10, 60
_COST_OF_LINE = 0.02
_COST_OF_MENU = 0.4
_COST_OF_AFTER = 4.0
_COST_OF_STOP = 1.5
_WORTH_OF_WORDS = 2.0
_WORTH_OF_MENTION = 2.0
_FEWEST_NAMED = 4
_STEM = 5
_STEP_UP = {"en": 0.2}
_STEP_UP_ELSEWHERE = 0.8
_TITLE_TAIL = re.compile(r"\s+[|–—\-·»]\s+[^|–—·»]{2,60}$")
_CLUTTER = [
    COLUMN[name]
    for name in (
        "has_share", "has_newsletter", "has_legal", "has_comment", "has_site", "has_advert", "byline", "copyright", "signed",
    )
]  # fmt: skip


def find_headline(page: PageTraits, chance: Numbers, kept: NDArray[np.bool_]) -> int | None:
    """Find the line that is the headline.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    chance : array of float, shape (lines,)
        Probability of each to be the headline.
    kept : array of bool, shape (lines,)
        Which lines are the body.

    Returns
    -------
    int or None
        Index into ``page.text``: the likeliest line, or its copy that stands closest before the body; None
        when no line looks like a headline.
    """
    chance = np.where(key_points(page), 0.0, chance).astype(np.float32)
    if chance.max() < _LEAST:
        return None
    story = np.flatnonzero(kept)
    first = int(story[0]) if len(story) else len(kept)
    likely = _likeliest(chance)
    far = between(first - np.arange(len(kept)) - _NEAR, 0, _FARTHEST)
    score = (
        _log_odds(chance)
        + _by_order(page, likely)
        - _COST_OF_LINE * far
        - _COST_OF_MENU * _menu_below(page, first)
        - _COST_OF_AFTER * (np.arange(len(kept)) > first)
    )
    story_stems = _stems(page, kept)
    whole = "\n".join(page.lower)
    for place in np.flatnonzero(likely).tolist():
        score[place] -= _COST_OF_STOP * page.text[place].endswith(".")
        score[place] -= page.own[place, COLUMN["has_legal"]]
        score[place] += _WORTH_OF_WORDS * _share_in_story(page, place, story_stems)
        score[place] += _WORTH_OF_MENTION * _is_named(page, place, whole)
    best = _step_up(page, chance, int(np.argmax(np.where(likely, score, -np.inf))))
    places = [place for place, line in enumerate(page.lower) if line == page.lower[best]]
    before = [place for place in places if place < first]
    return before[-1] if before else places[0]


def _likeliest(chance: Numbers) -> NDArray[np.bool_]:
    """The lines that are nearly as likely as the likeliest, few however many share its chance."""
    likely = chance >= _LIKELY * chance.max()
    places = np.flatnonzero(likely)
    likely[places[np.argsort(-chance[places], kind="stable")[_MOST_LIKELY:]]] = False
    return likely


def _step_up(page: PageTraits, chance: Numbers, place: int) -> int:
    """Go up while the line above is likely too: headlines stand over standfirsts.

    In other languages than English a full line above is often a kicker, so it must be likelier there. A line all
    in capitals over one that is not is a kicker.
    """
    least = _STEP_UP.get(page.language, _STEP_UP_ELSEWHERE) * chance[place]
    shouts = page.own[:, COLUMN["upper"]] > 0
    while (
        place
        and chance[place - 1] >= least
        and page.own[place - 1, COLUMN["words"]] >= 3
        and (shouts[place] or not shouts[place - 1])
    ):
        place -= 1
    return place


def _log_odds(chance: Numbers) -> NDArray[np.float64]:
    bounded = np.clip(chance.astype(np.float64), 0.0001, 0.9999)
    return np.log(bounded) - np.log1p(-bounded)


def _by_order(page: PageTraits, likely: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Points for standing where headlines do: over byline and date, over a standfirst, not below all these."""
    credit = _credit_lines(page)
    signed = _within(credit, 1, 6)
    sheltered = _within(credit, -8, -1) & _within(likely & signed, -16, -2)
    return 1.0 * signed + _within(likely, 1, 3) - 2.0 * sheltered


def _share_in_story(page: PageTraits, place: int, story: frozenset[str]) -> float:
    """Share of a line's content words whose first letters begin a word of the body."""
    function = FUNCTION_SETS[page.language]
    words = [word for word in line_words(page, place) if len(word) > 3 and word not in function]
    if not words:
        return 0.0
    return sum(word[:_STEM] in story for word in words) / (len(words) + 0.5)


def _is_named(page: PageTraits, place: int, whole: str) -> bool:
    """Tell whether a longer line holds this one, as "Share this story: ..." and "2 thoughts on ..." do."""
    title = page.lower[place]
    return bool(page.own[place, COLUMN["words"]] >= _FEWEST_NAMED) and (
        whole.count(title) > page.lower.count(title)
    )


def _stems(page: PageTraits, kept: NDArray[np.bool_]) -> frozenset[str]:
    chosen = page.tokens.long & kept[page.tokens.line]
    return frozenset(word[:_STEM] for word in compress(page.tokens.word, chosen.tolist()))


def _menu_below(page: PageTraits, first: int) -> NDArray[np.float64]:
    """Menu entries between each line and the story, beyond two; slogans stand over the menu, headlines under it."""
    entry = (page.own[:, COLUMN["has_site"]] > 0) & (page.own[:, COLUMN["words"]] <= 3)
    total = np.concatenate([[0], np.cumsum(entry)])
    below = np.minimum(np.arange(len(entry)) + 1, first)
    return np.clip(total[first] - total[below] - 2.0, 0.0, 8.0)


def _credit_lines(page: PageTraits) -> NDArray[np.bool_]:
    """Lines that look like a byline or a date."""
    own = page.own
    words = own[:, COLUMN["words"]]
    dated = (own[:, COLUMN["clock"]] > 0) & (own[:, COLUMN["has_month"]] > 0) & (words <= 16)
    timed = (own[:, COLUMN["digit"]] > 0) & (own[:, COLUMN["has_time"]] > 0) & (words <= 14)
    bare = np.array([text in BARE_LEADS for text in page.lower])
    return (own[:, COLUMN["byline"]] > 0) | dated | timed | bare


def _within(marks: NDArray[np.bool_], low: int, high: int) -> NDArray[np.bool_]:
    """Whether a mark stands between ``low`` and ``high`` lines further down (up where negative)."""
    count = len(marks)
    place = np.arange(count)
    total = np.concatenate([[0], np.cumsum(marks)])
    return total[between(place + high + 1, 0, count)] > total[between(place + low, 0, count)]


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
