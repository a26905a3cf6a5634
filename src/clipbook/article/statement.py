"""The fields of an HTML page: what its markup states, checked against what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from clipbook.article.bylines import names_in, without_role
from clipbook.article.dates import Stamp, find_dates
from clipbook.article.headline import without_site
from clipbook.article.metadata import Stated, from_json_ld, from_meta, shown_headlines, time_stamps

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ALIKE = 0.8
_DAYS_APART = 1


class Statement(NamedTuple):
    """Fields that a page's markup states; empty where it is silent."""

    headline: str
    authors: tuple[str, ...]
    published: Stamp | None
    updated: Stamp | None
    outlet: str
    section: str
    description: str
    url: str
    free: bool | None
    notes: tuple[str, ...]


def read_statement(tree: HtmlElement) -> Statement:
    """Read a page's fields from its JSON-LD, meta and time elements and its headings.

    Parameters
    ----------
    tree : HtmlElement
        The parsed page.

    Returns
    -------
    Statement
        The headline is the one displayed, unless other sources agree on another; a date that its sources put
        more than a day apart is noted.
    """
    linked, meta = from_json_ld(tree), from_meta(tree)
    published, notes = _published(linked, meta, tree)
    updated = find_dates(linked.updated) or find_dates(meta.updated)
    return Statement(
        _headline(shown_headlines(tree), linked.headline, meta.headline, tree.findtext(".//title") or ""),
        clean_authors(linked.authors) or clean_authors(meta.authors),
        published,
        updated[0] if updated else None,
        linked.outlet or meta.outlet if not meta.outlet else meta.outlet,
        linked.section or meta.section,
        meta.description or linked.description,
        meta.url,
        linked.free,
        notes,
    )


def _headline(shown: Sequence[str], linked: str, meta: str, title: str) -> str:
    """The displayed heading that another source confirms, else what most sources say."""
    candidates = [*shown[:3], linked, without_site(meta, ()), without_site(" ".join(title.split()), ())]
    candidates = [text for text in candidates if text]
    if not candidates:
        return ""
    agreed = [sum(_alike(text, other) for other in candidates) for text in candidates]
    return candidates[agreed.index(max(agreed))]


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


def clean_authors(stated: Sequence[str]) -> tuple[str, ...]:
    """Names of people and organisations, split where several share a field, without roles and addresses."""
    names: list[str] = []
    for text in stated:
        if text.startswith(("http", "@", "(")) or len(text) > 200:
            continue
        found = names_in(text) or ((without_role(text) or text,) if len(text.split()) <= 6 else ())
        names += found
    return tuple(dict.fromkeys(names))


def _published(linked: Stated, meta: Stated, tree: HtmlElement) -> tuple[Stamp | None, tuple[str, ...]]:
    sources = {"JSON-LD": linked.published, "meta": meta.published}
    found = {name: stamps[0] for name, value in sources.items() if (stamps := find_dates(value))}
    if not found:
        shown = [stamp for value in time_stamps(tree)[:1] for stamp in find_dates(value)]
        return (shown[0] if shown else None), ()
    first = next(iter(found.values()))
    apart = [name for name, stamp in found.items() if abs((stamp.moment - first.moment).days) > _DAYS_APART]
    if apart:
        other = found[apart[0]].moment
        return first, (
            f"the page's sources differ on its date: {first.moment:%Y-%m-%d} and {other:%Y-%m-%d}",
        )
    return first, ()
