"""Exports of Europresse (HTML): each article has elements whose classes name publication, date, title and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from clipbook.captures.exports.division import Draft, stated_date, stated_words
from clipbook.captures.lines import element_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLICATION = "DocPublicationName"
_ISSUE = re.compile(
    r"(?:,\s*(?:no|n°|nº|vol)\b.*|\s*\((?:site web|website|web|tweets|blogue?)[^()]*\).*)", re.I
)
_NO_STORY = ("apd-wrapper", "rdp__DocPublicationName", "titreArticle", "docAuthors", "sm-margin-bottomNews")


def is_europresse(markup: str) -> bool:
    """Whether a page has the classes that Europresse gives its articles."""
    return _PUBLICATION in markup and any(
        name in markup for name in ("DocText", "titreArticle", "docOcurrContainer")
    )


def europresse_articles(tree: HtmlElement) -> Iterator[Draft]:
    """Give the articles of a page of Europresse."""
    articles = [part for part in tree.iter("article") if _first(part, _PUBLICATION) is not None]
    if not articles and len(tree.find_class(_PUBLICATION)) == 1:
        articles = [tree]
    if not articles:
        yield Draft(
            failure="The export of Europresse has several articles that could not be divided; save it again as HTML."
        )
    for article in articles:
        yield _article(article)


def _article(article: HtmlElement) -> Draft:
    shown = _text(article, "DocHeader")
    titles = (_text(article, name) for name in ("titreArticleVisu", "titreArticle", "grandTitre"))
    fields = {
        "headline": next(filter(None, titles), ""),
        "outlet": _ISSUE.sub("", next(iter(_lines(article, _PUBLICATION)), "")).strip(" ,"),
        "published": shown,
        "section": _section(shown),
        "authors": _text(article, "docAuthors") or _text(article, "sm-margin-bottomNews"),
        "standfirst": _text(article, "rdp__subtitle"),
    }
    body = _first(article, "DocText")
    if body is None:
        body = _first(article, "docOcurrContainer")
    text = [] if body is None else element_lines(body, without=_NO_STORY)
    failure = "" if any(text) else "The export holds no text of this article."
    return Draft(text, {name: value for name, value in fields.items() if value}, stated_words(shown), failure)


def _section(shown: str) -> str:
    """Give what stands before the weekday and the date: "Monde, mardi 2 juin 2026, p. 4"."""
    date = stated_date(shown)
    before = shown.split(date, 1)[0] if date and date in shown else ""
    first, *more = (part.strip() for part in before.split(","))
    return first if more and len(first.split()) <= 5 and not first.casefold().endswith("day") else ""


def _first(element: HtmlElement, name: str) -> HtmlElement | None:
    return next(iter(element.find_class(name)), None)


def _lines(element: HtmlElement, name: str) -> list[str]:
    part = _first(element, name)
    return [] if part is None else [line for line in element_lines(part) if line]


def _text(element: HtmlElement, name: str) -> str:
    return " ".join(_lines(element, name))
