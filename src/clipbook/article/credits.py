"""Who wrote a page and when, from the lines around its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from clipbook.article.bylines import BARE_LEADS, byline_names, looks_like_name, names_in, without_role
from clipbook.article.dates import Stamp, find_dates
from clipbook.article.traits import COLUMN, PageTraits


_UPDATED = re.compile(
    r"updated|modified|revised|aktualisiert|mis à jour|actualizado|aggiornat|atualizado|uppdaterad|oppdatert|bijgewerkt",
    re.I,
)
_PUBLISHED = re.compile(
    r"publi|posted|created|issued|first|erstellt|veröffentlicht|pubblicat|publicerad|gepubliceerd|stand:|date",
    re.I,
)
_EMPTY_LABEL = re.compile(
    r"^(?:first )?(?:published|posted|updated|publié|publicado|veröffentlicht)(?: on| at| am| le| el)?:?$",
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


class Credits(NamedTuple):
    """Names and dates with the lines that they were read from."""

    authors: tuple[str, ...]
    author_lines: tuple[int, ...]
    published: Stamp | None
    updated: Stamp | None
    date_lines: tuple[int, ...]
    notes: tuple[str, ...]


def find_credits(page: PageTraits, headline: int | None, first: int, last: int) -> Credits:
    """Read authors and dates from the lines between headline and story, else from those just around it.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    headline : int or None
        Which of them is the headline.
    first, last : int
        First and last line of the body.
    """
    top = max(0, (headline if headline is not None else first) - 6)
    near = [*range(headline + 1 if headline is not None else top, min(first + 2, len(page.text)))]
    near += [*range(top, headline or top), *range(last + 1, min(last + 8, len(page.text)))]
    authors, author_lines = _authors(page, near, first)
    published, updated, date_lines, notes = _dates(page, near)
    return Credits(authors, author_lines, published, updated, date_lines, notes)


def _authors(page: PageTraits, near: Sequence[int], first: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    for place in near:
        led = place > 0 and page.text[place - 1].lower() in BARE_LEADS
        if page.own[place][COLUMN["words"]] <= 30 and page.text[place].lower() not in BARE_LEADS:
            names = byline_names(page.text[place], led=led)
            if names:
                return names, (place - 1, place) if led else (place,)
    for place in near:
        if place >= first:
            continue
        names = _bare_names(page, place)
        if names:
            return names, (place,)
    return (), ()


def _bare_names(page: PageTraits, place: int) -> tuple[str, ...]:
    """Names in a line that holds little else: "Ana Ruiz", "Ana Ruiz | Published 4 months ago"."""
    own, text = page.own[place], page.text[place]
    if own[COLUMN["words"]] > 16 or any(own[COLUMN[name]] for name in _FURNITURE[:1]):
        return ()
    start = re.split(r"\s?[|·•]\s?|\s\d|,|\s[-–—]\s|\s@", text, maxsplit=1)[0]
    name = without_role(start)
    return names_in(start) if looks_like_name(name.title() if name.isupper() else name) else ()


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
        if _EMPTY_LABEL.match(text):
            empty = text
        if page.own[place][COLUMN["words"]] > 40:
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
