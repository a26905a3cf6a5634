"""The fields of an HTML page: what its markup states, checked against what it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from clipbook.article.bylines import stated_authors
from clipbook.article.dates import Stamp, find_dates
from clipbook.article.headline import without_site
from clipbook.article.metadata import from_json_ld, from_meta, shown_headlines, time_stamps
from clipbook.article.persons import AGENCIES
from clipbook.article.published import FARTHEST_ZONE, Claim, claims_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ALIKE = 0.8
_TAIL_WORDS = 4


class Statement(NamedTuple):
    """Fields that a page's markup states; empty where it is silent."""

    headlines: tuple[
        str, ...
    ]  # displayed ones first; the one that JSON-LD calls so twice, as it is no title for sharing
    authors: tuple[str, ...]
    newsroom: str  # that signs where no people are named
    dates: tuple[Claim, ...]
    updated: Stamp | None
    outlets: tuple[str, ...]  # what is given as site, publisher and end of the title, the surest first
    section: str
    url: str
    free: bool | None
    body: str = ""


def read_statement(tree: HtmlElement) -> Statement:
    """Read a page's fields from its JSON-LD, meta and time elements and its headings.

    Parameters
    ----------
    tree : HtmlElement
        The parsed page.

    Returns
    -------
    Statement
        The authors are people, or an agency where nobody is named.
    """
    meta = from_meta(tree)
    shown, title = shown_headlines(tree), " ".join((tree.findtext(".//title") or "").split())
    linked = from_json_ld(tree, meta.url, (*shown, meta.headline))
    updated = find_dates(linked.updated) or find_dates(meta.updated)
    dates = claims_of([("JSON-LD", linked.published), ("meta", meta.published)])
    dates = _not_moved(dates, (linked.updated, meta.updated))
    return Statement(
        tuple(
            filter(
                None, (*shown[:3], linked.headline, linked.headline, *map(_untailed, (meta.headline, title)))
            )
        ),
        clean_authors(linked.authors, meta.authors, outlets=(*meta.outlets, *linked.outlets)),
        linked.newsroom,
        tuple(dates or claims_of([("time element", stamp) for stamp in time_stamps(tree)[:1]])),
        updated[0] if updated else None,
        tuple(dict.fromkeys((*meta.outlets, *linked.outlets, *title_tails(title)))),
        linked.section or meta.section,
        meta.url,
        linked.free,
        linked.body,
    )


def _not_moved(dates: list[Claim], updates: Sequence[str]) -> list[Claim]:
    """Leave out a date that is that of the last update where another source states an earlier day: it was moved."""
    moved = [claim for claim in dates if claim.text in updates]
    firm = [claim for claim in dates if claim not in moved]
    if firm and all(claim.stamp.moment - firm[0].stamp.moment > FARTHEST_ZONE for claim in moved):
        return firm
    return dates


def head_statement(fields: Mapping[str, str]) -> Statement | None:
    """Give the fields that the head above a page's text copies from the page's markup; None where there is no head.

    Parameters
    ----------
    fields : mapping of str to str
        Of a capture, as `captures.plain.divide_head` names them.
    """
    if "page url" not in fields:
        return None
    title, site = fields.get("page title", ""), fields.get("page site", "")
    outlets = tuple(filter(None, (site, *title_tails(title))))
    updated = find_dates(fields.get("page updated", ""))
    return Statement(
        headlines=tuple(filter(None, (fields.get("page heading", ""), _untailed(title)))),
        authors=clean_authors([fields.get("page author", "")], outlets=outlets),
        newsroom="",
        dates=tuple(claims_of([("page metadata", fields.get("page date", ""))])),
        updated=updated[0] if updated else None,
        outlets=outlets,
        section=fields.get("page section", ""),
        url=fields["page url"],
        free=None,
    )


def title_tails(title: str) -> list[str]:
    """What stands after the marks that divide a page's title, the end first."""
    parts = [part.strip() for part in re.split(r"\s[|–—\-·»:]\s", title)]
    return [part for part in parts[:0:-1] if len(part.split()) <= _TAIL_WORDS]


def _untailed(title: str) -> str:
    return without_site(title, ())


def agreed_headline(candidates: Sequence[str]) -> str:
    """Of the headlines that a page's sources give the one that most of them agree on, of several the first."""
    agreed = [sum(_alike(text, other) for other in candidates) for text in candidates]
    return candidates[agreed.index(max(agreed))] if candidates else ""


def _alike(one: str, other: str) -> bool:
    one, other = (
        one.lower().replace("’", "'").replace("‘", "'"),
        other.lower().replace("’", "'").replace("‘", "'"),
    )
    if one == other or (min(len(one), len(other)) > 20 and (one in other or other in one)):
        return True
    return SequenceMatcher(None, one[:200], other[:200]).quick_ratio() >= _ALIKE and (
        SequenceMatcher(None, one[:200], other[:200]).ratio() >= _ALIKE
    )


def clean_authors(*sources: Sequence[str], outlets: Sequence[str] = ()) -> tuple[str, ...]:
    """People that the first source with people names, without roles, addresses and the outlet; else an agency."""
    own = {outlet.casefold() for outlet in outlets}
    agencies: list[str] = []
    for stated in sources:
        texts = [text for text in stated if len(text) <= 200 and not text.startswith(("http", "@"))]
        found = stated_authors(";".join(texts))
        people = tuple(name for name in found if name.lower() not in AGENCIES and name.casefold() not in own)
        if people:
            return people
        agencies += [*(text for text in texts if text.lower() in AGENCIES), *found]
    return tuple(agencies[:1])


def with_shown(stated: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Authors that the markup states; those of the byline where it names the same people and more, or the markup none."""
    people = [name for name in stated if name.lower() not in AGENCIES]
    if not people:
        return tuple(shown or stated)
    last = {name.split()[-1].casefold() for name in people}
    return tuple(shown if last < {name.split()[-1].casefold() for name in shown} else stated)
