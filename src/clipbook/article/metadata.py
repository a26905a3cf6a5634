"""What a page's markup states about itself: JSON-LD, meta elements, time elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clipbook.article.datelines import AGO
from clipbook.article.language import VOCABULARY
from clipbook.article.persons import AGENCIES

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"Article$|BlogPosting$|Report$|Review$")
_PAGE_TYPES = re.compile(r"(?:Web|Item)Page$")
_MOST_NODES = 2_000
_META = {kind: names.split() for kind, names in VOCABULARY["meta"].items()}
_CDATA = re.compile(r"(?://|/\*)?\s*(?:<!\[CDATA\[|\]\]>)\s*(?:\*/)?")
_LAST_COMMA = re.compile(r",\s{0,200}([}\]])")
_REMARK = re.compile(r"/\*.{0,2000}?\*/|^\s*//[^\n]*|<!--|-->", re.S | re.M)
_JSON = json.JSONDecoder(strict=False)
_MOMENTS = ("datetime", "content", "data-datetime", "data-date", "data-timestamp", "title")
_OF_DATE = re.compile(r"date|time|publish|posted", re.I)
_OF_UPDATE = re.compile(r"updat|modif", re.I)
_OF_OTHERS = re.compile(r"updat|modif|event|startd|start-d|end-?date|expir|deadline|countdown", re.I)
_PUBLISHED = re.compile(r"publish|pubdate", re.I)
_ASIDE = re.compile(r"related|recommend|teaser|promo|sidebar|comment|most-?(?:read|popular)|card", re.I)
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Stated:
    """What one source within the page states; empty where it is silent."""

    headline: str = ""
    authors: list[str] = field(default_factory=list)
    newsroom: str = (
        ""  # that signs as a whole, since by its rule (schema.org: noBylinesPolicy) no people are named
    )
    published: str = ""
    updated: str = ""
    outlets: list[str] = field(default_factory=list)  # as site, application and publisher
    section: str = ""
    url: str = ""
    free: bool | None = None  # whether the article may be read without paying
    body: str = ""


def from_json_ld(tree: HtmlElement, address: str = "", titles: Sequence[str] = ()) -> Stated:
    """Read the article of the page out of its JSON-LD (schema.org).

    Parameters
    ----------
    tree : HtmlElement
        The parsed page.
    address : str
        Of the page; of several articles the one that has it is read.
    titles : sequence of str
        Headings that the page shows or states: else the article with one of these, else the first.
    """
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if any(map(_ARTICLE_TYPES.search, _kinds(node)))]
    if not articles:
        pages = [node for node in nodes if any(map(_PAGE_TYPES.search, _kinds(node)))]
        return Stated(published=_text(pages[0].get("datePublished")) if pages else "")
    own = {_plain(title) for title in titles}
    fit = [2 * _has_address(node, address) + (_plain(_headline(node)) in own) for node in articles]
    chosen = [node for node, points in zip(articles, fit, strict=True) if points == max(fit)]
    people = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    stated = Stated()
    for node in chosen if max(fit) else chosen[:1]:
        stated.headline = stated.headline or _headline(node)
        stated.authors = stated.authors or _names(node.get("author") or node.get("creator"), people)
        stated.newsroom = stated.newsroom or _newsroom(node.get("author"))
        stated.published = stated.published or _text(node.get("datePublished") or node.get("dateCreated"))
        stated.updated = stated.updated or _text(node.get("dateModified"))
        stated.section = stated.section or _text(node.get("articleSection"))
        stated.outlets = stated.outlets or _names(node.get("publisher"), people, of_all=True)
        stated.body = stated.body or str(node.get("articleBody") or "")
        if stated.free is None and "isAccessibleForFree" in node:
            stated.free = str(node["isAccessibleForFree"]).lower() != "false"
    return stated


def _kinds(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type", "")
    return [str(name) for name in kind] if isinstance(kind, list) else [str(kind)]


def _headline(node: dict[str, Any]) -> str:
    return _text(node.get("headline") or node.get("name"))


def _plain(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _has_address(node: dict[str, Any], address: str) -> bool:
    named = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    named += [value.get("@id") or value.get("url") for value in named if isinstance(value, dict)]
    return bool(address) and any(
        isinstance(value, str)
        and value.split("#")[0].rstrip("/") == address.split("#", maxsplit=1)[0].rstrip("/")
        for value in named
    )


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Objects of the page's JSON-LD, outermost first."""
    seen = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        waiting = _values(script.text)
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


def _values(script: str) -> list[Any]:
    """Values of a script of JSON: one or several, within CDATA marks, also with remarks or commas before closing brackets."""
    from html import unescape

    text = _CDATA.sub("", script).strip().strip(";")
    plain = _LAST_COMMA.sub(r"\1", _REMARK.sub("", text).strip())
    for attempt in (text, plain, unescape(plain)):
        values: list[Any] = []
        place = 0
        try:
            while place < len(attempt):
                value, place = _JSON.raw_decode(attempt, place)
                values.append(value)
                while place < len(attempt) and attempt[place] in " \t\r\n,;":
                    place += 1
        except (ValueError, RecursionError):
            if not values:
                continue
        return values
    return []


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return _clean(value) if isinstance(value, str) else ""


def _names(value: Any, known: dict[str, dict[str, Any]], *, of_all: bool = False) -> list[str]:
    """Names of persons, or of whoever is named, with what an ``@id`` alone points to."""
    if isinstance(value, dict):
        named = value if "name" in value else known.get(str(value.get("@id")), {})
        if not of_all and "Organization" in "".join(_kinds(named)):
            return [name for name in _names(named.get("name"), known) if name.lower() in AGENCIES]
        return _names(named.get("name"), known, of_all=of_all)
    if isinstance(value, list):
        return [name for item in value for name in _names(item, known, of_all=of_all)]
    return [_clean(value)] if isinstance(value, str) and value.strip() else []


def _newsroom(author: Any) -> str:
    return _text(author.get("name")) if isinstance(author, dict) and "noBylinesPolicy" in author else ""


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
        published=first["published"],
        updated=first["updated"],
        outlets=[text for name in _META["outlet"] for text in given.get(name, ())],
        section=first["section"],
        url=first["url"] or _canonical(tree),
    )


def _canonical(tree: HtmlElement) -> str:
    return next((link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical"), "")


def time_stamps(tree: HtmlElement) -> list[str]:
    """Moments that the article's own elements carry in their attributes; those marked as its date first, as an update or event never."""
    found: list[tuple[bool, str]] = []
    for element in tree.iter("time", "abbr", "span", "p", "div", "li"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
        moment = next(filter(None, map(element.get, _MOMENTS)), "")
        own = element.tag == "time" or _OF_DATE.search(marks) is not None
        if (
            not moment
            or not (own or element.get("title"))
            or _OF_OTHERS.search(marks)
            or _is_elsewhere(element)
        ):
            continue
        text = _SPACE.sub(" ", element.text_content()[:200])
        if not _OF_UPDATE.search(text) and (own or AGO.search(text)):
            found.append(("pubdate" not in element.attrib and not _PUBLISHED.search(marks), moment))
    return [moment for _, moment in sorted(found, key=lambda each: each[0])]


def _is_elsewhere(element: HtmlElement) -> bool:
    """Tell whether an element stands in a list of other stories, a comment or the foot of the page."""
    return any(
        parent.tag in ("aside", "nav", "footer") or _ASIDE.search(parent.get("class") or "")
        for parent in (element, *element.iterancestors())
        if parent.tag not in ("body", "html", "main", "article")
    )


def shown_headlines(tree: HtmlElement) -> list[str]:
    """Texts of the page's first-level headings."""
    return [text for heading in tree.iter("h1") if (text := _SPACE.sub(" ", heading.text_content()).strip())]


def linked_headings(tree: HtmlElement) -> list[str]:
    """Texts of the page's headings below the first level that are links and nothing else, as lists of stories have."""
    found = []
    for heading in tree.iter("h2", "h3", "h4", "h5"):
        text = _SPACE.sub(" ", heading.text_content()).strip()
        links = heading.iter("a") if heading.find(".//a") is not None else heading.iterancestors("a")
        if text and any(text in _SPACE.sub(" ", link.text_content()) for link in links):
            found.append(text)
    return found
