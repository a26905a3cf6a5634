"""When a page was published and updated, from the lines around its headline and story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from clipbook.article.dates import Stamp, find_dates, order_of, settled, turned
from clipbook.article.furniture import is_caption, is_date_label
from clipbook.article.language import PATTERNS
from clipbook.article.published import Claim
from clipbook.article.traits import COLUMN, PageTraits

_UPDATED = PATTERNS["updated"]
_PUBLISHED = PATTERNS["published"]
_OTHER_DAY = PATTERNS["other_day"]
AGO = PATTERNS["ago"]
_PICTURE = PATTERNS["of_picture"]
_PARTS = re.compile(r"\s[·|•]\s")
_FIGURES = re.compile(r"\d[./-]\d{1,2}[./-]\d\d")
_MOST_PROSE = 5
_DATE_ABOVE = 3
_WORDS_OF_DATES = PATTERNS["words_of_dates"]
_DAYS_NEAR = 2
LONGEST_DATED = 18


class Places(NamedTuple):
    """Where on a page its credits may stand."""

    above: range  # up to the headline
    between: list[int]  # from headline to story
    into: list[int]  # lines set aside at the story's start
    after: range  # below the story


def page_dates(
    page: PageTraits, places: Places, author_lines: Sequence[int]
) -> tuple[Claim | None, Stamp | None, tuple[int, ...], tuple[str, ...]]:
    """Read when a page was published and updated.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    places : Places
        Where its credits may stand.
    author_lines : sequence of int
        Lines that name the authors; dates mostly stand beside them.

    Returns
    -------
    Claim or None
        The date of publication, with both readings where nothing on the page tells the day from the month.
    Stamp or None
        The date of the last change; None also where it can be read in two ways.
    tuple of int
        The lines that these were read from.
    tuple of str
        A note where the page announces a date and gives none.
    """
    published: tuple[int, Stamp, str, int] | None = None
    updated: Stamp | None = None
    lines: list[int] = []
    certain: list[Stamp] = []
    empty = ""
    near_above = [place for place in reversed(places.above) if place >= places.above.stop - _DATE_ABOVE]
    for place in (*places.between, *places.into, *near_above, *places.after):
        text = page.text[place]
        if is_date_label(text) and place not in places.after:
            empty = text
        picture = is_caption(text) or (place not in author_lines and _PICTURE.search(text))
        if picture or page.own[place, COLUMN["words"]] > LONGEST_DATED:
            continue
        before = 0
        for stamp in find_dates(text):
            shown = text[stamp.start : stamp.end]
            label = text[before : stamp.start] or _label_above(page, place)
            before = stamp.end
            if _UPDATED.search(label):
                if updated is None and place not in places.after:
                    updated = stamp
                    lines.append(place)
                continue
            if _OTHER_DAY.search(label):
                continue
            certain += [stamp] if stamp.other is None else []
            score = _score(page, places, place, author_lines, label, stamp)
            if score > 0 and (published is None or score > published[0]):
                published = (score, stamp, shown, place)
    if updated is not None:
        updated = _settled(page, updated, certain)
        updated = None if updated.other is not None else updated
    if published is None:
        silent = updated is None and empty
        notes = (f"no date: the page says {empty!r} and gives none",) if silent else ()
        return None, updated, tuple(lines), notes
    _, stamp, shown, place = published
    stamp = _settled(page, stamp, [*certain, *([updated] if updated else [])])
    claim = Claim("page", shown, stamp._replace(start=0, end=len(shown)))
    return claim, updated, (*lines, place), ()


def _label_above(page: PageTraits, place: int) -> str:
    """The line above, where it may be the label of a date."""
    return page.text[place - 1] if place and page.own[place - 1, COLUMN["words"]] <= 6 else ""


def _score(
    page: PageTraits,
    places: Places,
    place: int,
    author_lines: Sequence[int],
    label: str,
    stamp: Stamp,
) -> int:
    """Points for a date to be the story's: said to be, beside the byline, alone on its line, below the headline."""
    said = bool(_PUBLISHED.search(label))
    if place in places.after:
        return 2 * (said or place in author_lines)
    dated = is_mast(page.text[place]) or any(map(is_pure_date, _PARTS.split(page.text[place])))
    if place < places.above.stop and not dated:
        return 0
    words = page.own[place, COLUMN["words"]]
    prose = sum(word.islower() for word in page.text[place].split())
    if prose > _MOST_PROSE and not said and place not in author_lines:
        return 0
    beside = any(abs(place - author) <= 1 for author in author_lines)
    return (
        1
        + 4 * said
        + 2 * beside
        + (place in author_lines)
        + (words <= 8)
        + (place in places.between)
        - 2 * (place in places.into)
        + is_pure_date(page.text[place])
    )


def _settled(page: PageTraits, stamp: Stamp, witnesses: Iterable[Stamp]) -> Stamp:
    """Read a date that can be read in two ways as others of the page show: their order, or a day close by."""
    if stamp.other is None:
        return stamp
    figures = [line for line in page.text if len(line) < 200 and _FIGURES.search(line)]
    order = order_of(found for line in figures for found in find_dates(line))
    if order:
        return turned(stamp, order)
    return settled(stamp, (witness.moment for witness in witnesses), _DAYS_NEAR)


def is_pure_date(text: str) -> bool:
    """Tell whether a line holds a date, its label and time of day, and no other words."""
    stamps = find_dates(text) if len(text) < 90 else []
    for stamp in reversed(stamps):
        text = text[: stamp.start] + " " + text[stamp.end :]
    return bool(stamps) and len(_WORDS_OF_DATES.sub("", text)) <= 2


_DATELINE = re.compile(r"(?:[^\W\d_][\w.'’ -]{1,30}, ?){1,3}(?:\([^()]{2,20}\) )?")
_BEHIND_DATELINE = re.compile(r"\s?(?:\([^()]{2,30}\)|/[^/]{2,30}/)?\s?(?:[-–—]|/)")
_DATELINE_CHARS = 90


def dateline_date(text: str) -> Claim | None:
    """Read the day before the dash that opens a release: "LUMO, Tarnland, March 3, 2031 – The harbour ..."."""
    stamp = next(iter(find_dates(text[:_DATELINE_CHARS])), None)
    opens = stamp and _DATELINE.fullmatch(text, 0, stamp.start) and _BEHIND_DATELINE.match(text, stamp.end)
    if not stamp or not opens or stamp.other is not None:
        return None
    shown = text[stamp.start : stamp.end]
    return Claim("page", shown, stamp._replace(start=0, end=len(shown)))


_MAST = re.compile(
    r"(?:(?:[A-Z][\w'’&.-]*|of|and),? ){1,4}(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day),? "
)
_PAGE = re.compile(r"(?:[\s,|]*(?:page )?[A-Z]?\d{1,3})?", re.I)


def is_mast(text: str) -> bool:
    """Tell whether a line holds a paper's name and the day of its issue: "Quay Herald Thursday, April 9, 2031"."""
    stamps = find_dates(text) if len(text) < 90 and _MAST.match(text) else []
    return (
        bool(stamps)
        and bool(_PAGE.fullmatch(text, stamps[-1].end))
        and bool(_MAST.fullmatch(text, 0, stamps[0].start))
    )
