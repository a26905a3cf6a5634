"""Who wrote a page and when, from the lines around its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import byline_names, is_furniture, looks_like_name, names_in, without_role
from clipbook.article.bylinewords import AGENCIES, BARE_LEADS
from clipbook.article.dates import Stamp, find_dates
from clipbook.article.furniture import is_date_label
from clipbook.article.traits import COLUMN, PageTraits

_UPDATED = re.compile(
    r"updated|modified|revised|aktualisiert|mis à jour|actualizado|aggiornat|atualizado|uppdaterad|oppdatert|bijgewerkt",
    re.I,
)
_PUBLISHED = re.compile(
    r"publi|posted|created|issued|first|erstellt|veröffentlicht|pubblicat|publicerad|gepubliceerd|stand:|date",
    re.I,
)
_FURNITURE = (
    "has_site",
    "has_share",
    "has_newsletter",
    "has_related",
    "has_legal",
    "has_advert",
    "has_tags",
    "has_media",
)


_PARTS = re.compile(r"\s[|•·]\s")
_AFTER_NAME = re.compile(r"\s?[|·•]\s?|\s\d|\s[-–—]\s|\s@")
_LONGEST_BYLINE = 30
_LONGEST_BARE = 16
_LONGEST_DATED = 18
_ABOVE, _INTO, _AFTER = 6, 12, 8


class Credits(NamedTuple):
    """Names and dates with the lines that they were read from."""

    authors: tuple[str, ...]
    author_lines: tuple[int, ...]
    published: Stamp | None
    updated: Stamp | None
    date_lines: tuple[int, ...]
    notes: tuple[str, ...]


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
    """
    story = np.flatnonzero(kept)
    first, last = (int(story[0]), int(story[-1])) if len(story) else (len(kept) - 1, len(kept) - 1)
    top = max(0, (headline if headline is not None else first) - _ABOVE)
    start = headline + 1 if headline is not None else top
    below = [place for place in range(start, min(max(first, start) + _INTO, len(kept))) if not kept[place]]
    above = range(top, headline or top)
    after = range(last + 1, min(last + _AFTER, len(kept)))
    bare = [place for place in below if place < first]
    authors, author_lines = _authors(page, [*below, *above, *after], bare)
    published, updated, date_lines, notes = _dates(page, [*below, *above, *after])
    return Credits(authors, author_lines, published, updated, date_lines, notes)


def _authors(
    page: PageTraits, near: Sequence[int], bare: Sequence[int]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    for place in near:
        text = page.text[place]
        led = place > 0 and page.text[place - 1].lower() in BARE_LEADS
        if page.own[place][COLUMN["words"]] <= _LONGEST_BYLINE and text.lower() not in BARE_LEADS:
            for part in (text, *_PARTS.split(text)[1:]):
                names = byline_names(part, led=led)
                if names:
                    return names, (place - 1, place) if led else (place,)
    for place in bare:
        names = _bare_names(page, place)
        if names:
            return names, (place,)
    for place in bare:
        if page.text[place].lower() in AGENCIES:
            return (page.text[place],), (place,)
    return (), ()


def _bare_names(page: PageTraits, place: int) -> tuple[str, ...]:
    """Names in a line that holds little else: "Ana Ruiz", "Ana Ruiz | Published 4 months ago"."""
    if page.own[place][COLUMN["words"]] > _LONGEST_BARE:
        return ()
    start = _AFTER_NAME.split(page.text[place], maxsplit=1)[0]
    names = names_in(start)
    if is_furniture(start) or not all(looks_like_name(name) for name in names):
        return ()
    rest = without_role(start).split()
    return names if len(rest) <= 2 + sum(len(name.split()) for name in names) else ()


def _dates(
    page: PageTraits, near: Sequence[int]
) -> tuple[Stamp | None, Stamp | None, tuple[int, ...], tuple[str, ...]]:
    published: Stamp | None = None
    labelled = False
    updated: Stamp | None = None
    lines: list[int] = []
    empty = ""
    for place in near:
        text = page.text[place]
        if is_date_label(text):
            empty = text
        if page.own[place][COLUMN["words"]] > _LONGEST_DATED:
            continue
        before = 0
        for stamp in find_dates(text):
            label = text[before : stamp.start] or (page.text[place - 1] if place else "")
            before = stamp.end
            if _UPDATED.search(label):
                updated = updated or stamp
            elif published is None or (not labelled and _PUBLISHED.search(label)):
                published, labelled = stamp, bool(_PUBLISHED.search(label))
            else:
                continue
            lines.append(place)
    notes: tuple[str, ...] = ()
    if published is None and updated is None and empty:
        notes = (f"no date: the page says {empty!r} and gives none",)
    return published or updated, updated, tuple(lines), notes
