"""What a page's markup states about itself: JSON-LD, meta elements, time elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"Article$|BlogPosting$|Report$|Review$")
_MOST_NODES = 2_000
_META = {
    "headline": ("og:title", "twitter:title", "parsely-title", "dc.title", "title", "sailthru.title", "headline"),
    "author": (
        "author", "parsely-author", "sailthru.author", "dc.creator", "article:author_name", "byl", "dcterms.creator",
        "article:author", "citation_author", "authors", "twitter:data1",
    ),
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "pubdate", "dc.date.issued",
        "dcterms.created", "sailthru.date", "publish-date", "publish_date", "article.published", "publication_date", "date",
        "dc.date", "cxenseparse:recs:publishtime", "article:published", "rnews:datepublished", "publishdate", "dcterms.date",
        "originalpublicationdate", "article_date_original", "display_date", "datecreated",
    ),
    "updated": ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site"),
    "section": ("article:section", "section", "parsely-section", "article.section"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
    "url": ("og:url", "twitter:url", "parsely-link"),
}  # fmt: skip
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Stated:
    """What one source within the page states; empty where it is silent."""

    headline: str = ""
    authors: list[str] = field(default_factory=list)
    published: str = ""
    updated: str = ""
    outlet: str = ""
    section: str = ""
    description: str = ""
    url: str = ""
    free: bool | None = None  # whether the article may be read without paying


def from_json_ld(tree: HtmlElement) -> Stated:
    """Read the first article that the page's JSON-LD describes (schema.org)."""
    stated = Stated()
    for node in _nodes(tree):
        kind = node.get("@type", "")
        kinds = kind if isinstance(kind, list) else [kind]
        if not any(_ARTICLE_TYPES.search(str(name)) for name in kinds):
            continue
        stated.headline = stated.headline or _text(node.get("headline") or node.get("name"))
        stated.authors = stated.authors or _names(node.get("author") or node.get("creator"))
        stated.published = stated.published or _text(node.get("datePublished") or node.get("dateCreated"))
        stated.updated = stated.updated or _text(node.get("dateModified"))
        stated.section = stated.section or _text(node.get("articleSection"))
        stated.outlet = stated.outlet or next(iter(_names(node.get("publisher"))), "")
        stated.description = stated.description or _text(node.get("description"))
        if stated.free is None and "isAccessibleForFree" in node:
            stated.free = str(node["isAccessibleForFree"]).lower() != "false"
    return stated


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Objects of the page's JSON-LD, outermost first."""
    seen = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            waiting = [json.loads(script.text.strip().strip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and seen < _MOST_NODES:
            node = waiting.pop(0)
            seen += 1
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                yield node
                waiting.extend(
                    value for key, value in node.items() if key in ("@graph", "mainEntity", "itemListElement")
                )


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return _clean(value) if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    return [_clean(value)] if isinstance(value, str) and value.strip() else []


def _clean(value: str) -> str:
    from html import unescape

    return _SPACE.sub(" ", re.sub(r"<[^<>]{0,200}>", "", unescape(value))).strip()


def from_meta(tree: HtmlElement) -> Stated:
    """Read the page's meta elements (Open Graph, Dublin Core and the publishers' own names)."""
    given: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content and content.strip():
            given.setdefault(name.lower(), []).append(_clean(content))
    first = {
        kind: next((given[name][0] for name in names if name in given), "") for kind, names in _META.items()
    }
    authors = next(
        (given[name] for name in _META["author"] if name in given and not given[name][0].startswith("http")),
        [],
    )
    return Stated(
        first["headline"],
        list(dict.fromkeys(authors)),
        first["published"],
        first["updated"],
        first["outlet"].lstrip("@"),
        first["section"],
        first["description"],
        first["url"] or _canonical(tree),
    )


def _canonical(tree: HtmlElement) -> str:
    return next((link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical"), "")


def time_stamps(tree: HtmlElement) -> list[str]:
    """Machine-readable moments of the page's time elements, in the order of the page."""
    return [stamp for element in tree.iter("time") if (stamp := element.get("datetime"))]


def shown_headlines(tree: HtmlElement) -> list[str]:
    """Texts of the page's first-level headings."""
    return [text for heading in tree.iter("h1") if (text := _SPACE.sub(" ", heading.text_content()).strip())]
