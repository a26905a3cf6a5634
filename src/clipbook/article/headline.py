"""The headline among the lines that stand before the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from clipbook.article.asides import key_points
from clipbook.article.bylines import is_led, read_byline
from clipbook.article.datelines import AGO, LONGEST_DATED, is_mast
from clipbook.article.dates import find_dates
from clipbook.article.furniture import is_caption, is_stamp
from clipbook.article.language import FUNCTION_SETS, PATTERNS
from clipbook.article.outlet_keys import SECTIONS
from clipbook.article.persons import BARE_LEADS
from clipbook.article.traits import COLUMN, Numbers, PageTraits, line_words
from clipbook.model import stored_weights

WEIGHTS: dict[str, float] = stored_weights("article", "headline_weights.json")["weights"]
"""Weight of each piece of evidence that a line is the headline, fitted by src/training/fit_headline.py."""

_LEAST = 0.02
_MOST_LIKELY = 25  # lines
_NEARLY, _MOST_OTHERS = 2.0, 2  # log odds within which another line may be the headline as well
_BEFORE = 12  # lines above the story that are looked at however unlikely
_CREDITS_BELOW, _NAMES_BELOW, _DATE_BELOW = 11, 3, 5
_LONGEST_NAMES, _LONGEST_AGO, _LONGEST_CREDIT = 12, 8, 30
_FEWEST_NAMED = 4
_STEM = 5
_LONGEST_KICKER = 4
_SHORTEST_STANDFIRST = 7
_SHORTEST_OPENING = 10
_SHORTEST_TITLE = 15  # characters
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_SHARED_WITH = re.compile(r"(?<=\w\w\W)\s*https?://\S+$|(?<=\w\w)\s+https?://\S+$")
_NO_HEADLINE = PATTERNS["no_headline"]
_NEXT_SENTENCE = re.compile(r"[.!?](?<=[a-zß-ÿ]{3}.) [A-ZÀ-Þ“‘]")
_QUOTED = re.compile(r"(?<!\w)[‘“'\"][^’”\"]{1,80}[’”'\"](?!\w)")
_SLUG_WORD = re.compile(r"[a-z]{3,}")
_TITLE_TAIL = re.compile(r"\s+[|–—\-·»]\s+[^|–—·»]{2,60}$")


def find_headlines(page: PageTraits, chance: Numbers, kept: NDArray[np.bool_]) -> list[int]:
    """Find the line that is the headline, and those that may be it as well.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    chance : array of float, shape (lines,)
        Probability of each to be the headline, by the line model.
    kept : array of bool, shape (lines,)
        Which lines are the body.

    Returns
    -------
    list of int
        Indices into ``page.text``: first the line that the evidence speaks for most, or its copy that stands closest
        before the body; then up to two others that it speaks for nearly as much. Empty when no line looks like a headline.
    """
    places, evidence = headline_evidence(page, chance, kept)
    if not places:
        return []
    points = evidence @ np.array(list(WEIGHTS.values()))
    order = np.argsort(-points, kind="stable")
    best = places[int(order[0])]
    story = np.flatnonzero(kept)
    copies = [place for place, line in enumerate(page.lower) if line == page.lower[best]]
    before = [place for place in copies if len(story) and place < story[0]]
    near = [places[at] for at in order[1:].tolist() if points[at] > points[order[0]] - _NEARLY]
    others = [place for place in near if page.lower[place] != page.lower[best]]
    return [before[-1] if before else copies[0], *others[:_MOST_OTHERS]]


def headline_evidence(
    page: PageTraits, chance: Numbers, kept: NDArray[np.bool_]
) -> tuple[list[int], NDArray[np.float64]]:
    """Describe the lines that may be the headline.

    Parameters
    ----------
    page, chance, kept
        As for :func:`find_headlines`.

    Returns
    -------
    list of int
        The likeliest lines and those just above the story; none of them is an address, a section or a byline.
    array of float, shape (lines, len(WEIGHTS))
        The evidence, in the order of ``WEIGHTS``: log odds by the line model; standing below the story's start,
        holding a full sentence, being followed by a longer line, being a caption, ending in the whole of another line (a
        breadcrumb), sharing the words of the address, standing within a longer line ("Share this story: ..."),
        share of its words in the story's first line, following a section's name or a kicker, following a date, having neither
        date nor byline below, having names just below, having a date below.
    """
    chance = np.where(key_points(page), 0.0, chance).astype(np.float32)
    if not len(chance) or chance.max() < _LEAST:
        return [], np.zeros((0, len(WEIGHTS)))
    story = np.flatnonzero(kept)
    first = int(story[0]) if len(story) else len(kept)
    words = page.own[:, COLUMN["words"]].tolist()
    likely = np.argsort(-chance, kind="stable")[:_MOST_LIKELY].tolist()
    above = [place for place in range(max(0, first - _BEFORE), first) if words[place] >= 2]
    places = sorted({*likely, *above})
    places = [place for place in places if not _is_none(page, place)]
    if not places:
        return [], np.zeros((0, len(WEIGHTS)))
    odds = _log_odds(chance).tolist()
    opening = line_words(page, first) if len(story) else []
    lead = frozenset(word[:_STEM] for word in opening if len(word) > 3)
    whole = "\n".join(page.lower)
    slug = _slug_words(page)
    others = tuple({line for line in page.lower if len(line) >= _SHORTEST_TITLE})
    dated = cache(lambda line: bool(words[line] <= LONGEST_DATED and find_dates(page.text[line])))
    credited = cache(lambda line: dated(line) or _is_credit(page, line))
    rows = [
        (
            odds[place],
            place > first,
            _holds_sentences(page.text[place]),
            _has_longer_below(page, place),
            is_caption(page.text[place]),
            page.lower[place][1:].endswith(others),
            _share_of_slug(page, place, slug),
            _is_named(page, place, whole),
            _share_in_story(page, place, lead),
            place > 0 and _is_kicker(page, place - 1),
            place > 0 and dated(place - 1),
            not any(map(credited, _below(page, place, _CREDITS_BELOW))),
            _nearness(page, place),
            any(map(dated, _below(page, place, _DATE_BELOW))),
        )
        for place in places
    ]
    return places, np.array(rows, np.float64)


def opens_story(page: PageTraits, place: int, kept: NDArray[np.bool_]) -> bool:
    """Tell whether the likeliest headline is a paragraph: a whole sentence with which a text without headline begins."""
    text = page.text[place]
    sentence = text.endswith((".", ".”", '."')) and not text.endswith("...")
    first = all(_is_none(page, above) for above in range(place))
    follows = place + 1 < len(kept) and bool(kept[place + 1])
    return sentence and first and follows and bool(page.own[place, COLUMN["words"]] >= _SHORTEST_OPENING)


def _below(page: PageTraits, place: int, most: int) -> range:
    return range(place + 1, min(place + 1 + most, len(page.text)))


def _is_none(page: PageTraits, place: int) -> bool:
    """Tell whether a line is an address, a section's name, a byline or a paper's name and day: no headline."""
    text = page.text[place]
    if _ADDRESS.match(text.strip()) or page.lower[place] in SECTIONS or _NO_HEADLINE.fullmatch(text):
        return True
    if page.own[place, COLUMN["words"]] < 2 or is_stamp(text):
        return True
    return is_mast(text) or _credits_people(page, place)


def _is_credit(page: PageTraits, place: int) -> bool:
    """Tell whether a line is a byline that says so, or says how long ago the page was published."""
    text = page.text[place]
    if page.lower[place] in BARE_LEADS:
        return True
    if page.own[place, COLUMN["words"]] <= _LONGEST_AGO and AGO.search(text):
        return True
    return _credits_people(page, place)


def _credits_people(page: PageTraits, place: int) -> bool:
    if page.own[place, COLUMN["words"]] > _LONGEST_CREDIT:
        return False
    text = page.text[place]
    return is_led(text) and bool(read_byline(text).people)


def _holds_names(page: PageTraits, place: int) -> bool:
    text = page.text[place]
    small = text.isascii() and sum(map(str.isupper, text)) < 2  # no first and last name
    if small or page.own[place, COLUMN["words"]] > _LONGEST_NAMES:
        return False
    byline = read_byline(text)
    return bool(byline.people) and (byline.whole or byline.led)


def _is_kicker(page: PageTraits, place: int) -> bool:
    """Tell whether a line is the name of a section or a few words in capitals."""
    few = page.own[place, COLUMN["words"]] <= _LONGEST_KICKER
    return page.lower[place] in SECTIONS or bool(few and page.own[place, COLUMN["upper"]])


def _holds_sentences(text: str) -> bool:
    """Tell whether a line ends in a full stop or goes on after one, as standfirsts and paragraphs do."""
    stops = text.endswith(".") and not text.endswith("...")
    return stops or _NEXT_SENTENCE.search(_QUOTED.sub("", text)) is not None


def _has_longer_below(page: PageTraits, place: int) -> bool:
    words = page.own[place : place + 2, COLUMN["words"]]
    return len(words) == 2 and bool(words[1] > max(words[0], _SHORTEST_STANDFIRST))


def _nearness(page: PageTraits, place: int) -> float:
    """How near below a line and its standfirst the first names stand: 1 on the next line, 0 beyond the third."""
    below = _below(page, place + _has_longer_below(page, place), _NAMES_BELOW)
    near = next((p for p in below if _holds_names(page, p)), below.start + _NAMES_BELOW)
    return 1 - (near - below.start) / _NAMES_BELOW


def _slug_words(page: PageTraits) -> frozenset[str]:
    """Words at the end of addresses that the page shows by themselves ("…/bridge-shut-for-a-year.html")."""
    found: set[str] = set()
    for line in page.lower:
        if _ADDRESS.match(line.strip()):
            last = line.strip().rstrip("/").rsplit("/", 1)[-1]
            found.update(_SLUG_WORD.findall(last) if last.count("-") > 1 else ())
    return frozenset(found)


def _share_of_slug(page: PageTraits, place: int, slug: frozenset[str]) -> float:
    both = len(slug.intersection(line_words(page, place)))
    words = {word for word in line_words(page, place) if len(word) > 2} if both else slug
    return both * both / (len(words) * len(slug)) if both else 0.0


def _log_odds(chance: Numbers) -> NDArray[np.float64]:
    bounded = np.clip(chance.astype(np.float64), 0.0001, 0.9999)
    return np.log(bounded) - np.log1p(-bounded)


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


def without_site(text: str, page_texts: Sequence[str]) -> str:
    """Cut ``" | Outlet"`` off a page title when the headline stands alone in another line or the tail is short.

    A section's name before it is no headline and stays; an address behind it, as phones share pages, goes.
    """
    text = _SHARED_WITH.sub("", text)
    tail = _TITLE_TAIL.search(text)
    if tail and text[: tail.start()].lower() in SECTIONS:
        return text
    if tail and (text[: tail.start()] in page_texts or ("|" in tail[0] and len(tail[0].split()) <= 5)):
        return text[: tail.start()].strip()
    return text
