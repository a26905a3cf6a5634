"""Who wrote a page and when, from the lines around its headline."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import Byline, is_furniture, opens_byline, read_byline
from clipbook.article.datelines import AGO, LONGEST_DATED, Places, dateline_date, is_pure_date, page_dates
from clipbook.article.dates import Stamp, find_dates
from clipbook.article.furniture import is_caption
from clipbook.article.persons import BARE_LEADS, PRESS, ROLES
from clipbook.article.published import Claim
from clipbook.article.traits import COLUMN, PageTraits

_BIO = re.compile(r"\s(?:is an?|is the|has been|joined|covers|covered|writes|reports|works)\b")
_LEADS = {
    language: re.compile(rf"(?:{words})\s(?=[A-ZÀ-Þ])", re.I)
    for language, words in {
        "nl": "door", "sv": "av|text", "no": "av|tekst:?", "da": "af|tekst:?", "it": "di|a cura di", "pl": "tekst:", "id": "oleh",
    }.items()
}  # fmt: skip  # of bylines, in languages in which they are no words of the others
_LONGEST_BYLINE = 30
_LONGEST_BARE = 16
_ABOVE, _BELOW, _INTO, _AFTER = 4, 40, 6, 6
_LEAST_EVIDENCE = 3
_KEPT, _SIGNED, _OPENING, _NEAR_ABOVE = 3, 8, 15, 4

_SIGNED_BY = re.compile(
    r"(?:[—–-]{1,2}\s?|\()(?P<name>[A-ZÀ-Þ][^()@:!?,]{1,60}?)(?:(?:,| with )[^()@:!?]{3,60})?\)?"
)
_QUOTES = frozenset("“”\"„«»‘’'")

Names = tuple[tuple[str, ...], tuple[int, ...]]
_NOBODY: Names = ((), ())


class Credits(NamedTuple):
    """Names and dates with the lines that they were read from."""

    authors: tuple[str, ...]
    signed: tuple[str, ...]  # outlets and companies that bylines name
    author_lines: tuple[int, ...]
    published: Claim | None
    updated: Stamp | None
    date_lines: tuple[int, ...]
    notes: tuple[str, ...]


NO_CREDITS = Credits((), (), (), None, None, (), ())
"""Of a page that tells no story."""


def find_credits(page: PageTraits, headline: int | None, kept: NDArray[np.bool_]) -> Credits:
    """Read authors and dates from the lines between headline and story, else from those just around it.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    headline : int or None
        Which of them is the headline.
    kept : array of bool, shape (lines,)
        Which of them are the body.

    Returns
    -------
    Credits
        A date of figures that tell neither by themselves nor by others of the page which is the day is in
        ``published`` with both readings.
    """
    story = np.flatnonzero(kept)
    first, last = (int(story[0]), int(story[-1])) if len(story) else (len(kept) - 1, len(kept) - 1)
    top = _signed_copy(page, headline, first) if headline is not None else max(0, first - _ABOVE)
    start = top + (headline is not None)
    begin = max(first, start)
    into = range(begin, min(begin + _INTO, len(kept)))
    places = Places(
        range(max(0, top - _ABOVE), top),
        list(range(start, min(begin, start + _BELOW))),
        [place for place in into if not kept[place] or (place < begin + _KEPT and _is_credit(page, place))],
        range(last + 1, min(last + 1 + _AFTER, len(kept))),
    )
    named, author_lines = _authors(page, places, kept)
    site = frozenset(page.lower[: places.above.start])
    authors = tuple(name for name in named if name.lower() not in site) or named
    bylines = (_byline(page, place) for place in (*places.between, *places.above, *places.into))
    signed = tuple(name for byline in bylines if byline.led for name in byline.organisations)
    published, updated, date_lines, notes = page_dates(page, places, author_lines)
    published = published or dateline_date(page.text[first])
    return Credits(
        authors, signed, author_lines, published, updated, date_lines, notes if published is None else ()
    )


def _signed_copy(page: PageTraits, headline: int, first: int) -> int:
    """Of the copies of the headline above the story the last with a byline or date below it, else the one found."""
    title = page.lower[headline]
    copies = [place for place in range(min(first, headline + 1)) if page.lower[place] == title]
    for place in reversed(copies):
        below = range(place + 1, min(place + 1 + _SIGNED, len(page.text)))
        if any(_is_dated(page, p) or opens_byline(page.text[p]) for p in below):
            return place
    return headline


def _is_dated(page: PageTraits, place: int) -> bool:
    return page.own[place, COLUMN["words"]] <= LONGEST_DATED and bool(find_dates(page.text[place]))


def _is_credit(page: PageTraits, place: int) -> bool:
    """Tell whether a line that was taken for the story's is its byline or its date, and nothing else."""
    if page.own[place, COLUMN["words"]] > LONGEST_DATED:
        return False
    byline = read_byline(page.text[place])
    return bool(byline.led and byline.people) or is_pure_date(page.text[place])


def _authors(page: PageTraits, places: Places, kept: NDArray[np.bool_]) -> Names:
    """The people of the first byline that says it is one, else of the line that looks most like one."""
    said = [*places.between, *reversed(places.above), *places.into]
    bylines = {place: _byline(page, place) for place in (*said, *places.after)}
    for place in said:
        if bylines[place].led and bylines[place].people:
            return _with_following(page, place, bylines[place])
    unsigned = not any(bylines[place].led and bylines[place].organisations for place in places.between)
    found = _bare_names(page, places, bylines, kept) if unsigned else _NOBODY
    if found[0]:
        return found
    for place in places.after[:3]:
        signed = _SIGNED_BY.fullmatch(page.text[place])
        byline = read_byline(signed["name"], led=True) if signed else bylines[place]
        if byline.people and (byline.led or (byline.whole and byline.organisations)):
            return byline.people, (place,)
    for place in places.after:
        if names := _named_in_bio(page, place):
            return names, ()
    for place in (*places.between, *places.into):
        if bylines[place].agencies and (bylines[place].whole or bylines[place].led):
            return bylines[place].agencies[:1], (place,)
    return _NOBODY


def foot_signature(page: PageTraits, kept: NDArray[np.bool_]) -> int | None:
    """Find the line at the story's end that signs it behind a dash or in brackets: "— Ana Ruiz, Quay Herald"."""
    story = np.flatnonzero(kept)
    for place in range(int(story[-1]), min(int(story[-1]) + 3, len(kept))) if len(story) > 1 else ():
        quoted = page.text[place - 1][0] in _QUOTES and page.text[place - 1][-1] in _QUOTES
        if not quoted and (signed := _SIGNED_BY.fullmatch(page.text[place])):
            byline = read_byline(signed["name"], led=True)
            if byline.whole and byline.names:
                return place
    return None


def _byline(page: PageTraits, place: int) -> Byline:
    text = page.text[place]
    if page.own[place, COLUMN["words"]] > _LONGEST_BYLINE or page.lower[place] in BARE_LEADS:
        return Byline()
    led = place > 0 and page.lower[place - 1] in BARE_LEADS
    if led and (is_furniture(text) or page.own[place, COLUMN["words"]] > _LONGEST_BARE):
        return Byline()
    if (lead := _LEADS.get(page.language)) and (said := lead.match(text)):
        return read_byline(text[said.end() :], led=True)
    return read_byline(text, led=led)


def _with_following(page: PageTraits, place: int, byline: Byline) -> Names:
    """A byline of several lines: each name under a bare "By", or an open end ("By Ana Ruiz and")."""
    names, lines = list(byline.people), [place]
    bare = place > 0 and page.lower[place - 1] in BARE_LEADS
    if bare:
        lines.insert(0, place - 1)
    while place + 1 < len(page.text) and (
        bare or page.lower[place].endswith((",", " and", " &")) or page.lower[place] in ("and", "&")
    ):
        place += 1
        more = read_byline(page.text[place], led=True)
        if page.lower[place] not in ("and", "&", ",") and not (more.people and more.whole):
            break
        if is_furniture(page.text[place]):
            break
        names += more.people
        lines.append(place)
    return tuple(dict.fromkeys(names)), tuple(lines)


def _bare_names(
    page: PageTraits, places: Places, bylines: dict[int, Byline], kept: NDArray[np.bool_]
) -> Names:
    """Names without "By", where the line holds little else and what stands around it speaks for a byline."""
    body = " ".join(page.text[place] for place in np.flatnonzero(kept)[:_OPENING])
    title = page.lower[places.above.stop] if places.above.stop < len(page.lower) else ""
    best, found = _LEAST_EVIDENCE - 1, _NOBODY
    for place in places.between:
        byline = bylines[place]
        if not (byline.people and byline.whole) or page.own[place, COLUMN["words"]] > _LONGEST_BARE:
            continue
        if is_furniture(" ".join(byline.people)) or is_caption(page.text[place]):
            continue
        if page.lower[place] in title or title in page.lower[place]:
            continue
        evidence = _evidence(page, places, place, byline, body)
        if evidence > best:
            best, found = evidence, (byline.people, (place,))
    return found


def _evidence(page: PageTraits, places: Places, place: int, byline: Byline, body: str) -> int:
    """Points for a bare name to be the author's: a date beside it, a role, its place, a copy elsewhere."""
    text = page.text[place]
    near = [page.text[p] for p in range(place - _NEAR_ABOVE, place + 3) if p in places.between and p != place]
    dated = any(find_dates(line) or AGO.search(line) for line in near if len(line) < 90)
    inside = bool(find_dates(text) or AGO.search(text))
    named_words = sum(len(name.split()) for name in byline.people)
    more = len(text.split()) > named_words + len(byline.people) - 1
    below = page.lower[place + 1].split() if place + 1 < len(page.lower) else []
    titled = len(below) <= 4 and any(word in ROLES or word in PRESS or word == "reporting" for word in below)
    named = any(name in body for name in byline.people)
    site = page.lower[place] in page.lower[: places.above.start]
    copies = sum(
        byline.people[0].lower() in line
        for p, line in enumerate(page.lower)
        if p >= places.after.start and len(line) < 200
    )
    return (
        2 * (dated or inside)
        + (more or bool(byline.agencies or byline.organisations))
        + 2 * titled
        + text.isupper()
        + (len(byline.people) > 1)
        + (place == places.between[-1])
        + (len(places.between) == 1)
        - (named_words > 3 * len(byline.people))
        + (place - places.above.stop <= 2)
        + min(copies, 2)
        - 3 * (named or site)
    )


def _named_in_bio(page: PageTraits, place: int) -> tuple[str, ...]:
    """The name that a sentence about the author begins with, below the story."""
    text = page.text[place]
    opening = _BIO.search(text[:60])
    if not opening:
        return ()
    byline = read_byline(text[: opening.start()])
    return byline.people if byline.whole and len(byline.people) == 1 else ()
