"""Which system an export is of, and its articles as captures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from clipbook.captures.exports.division import captures_of
from clipbook.captures.exports.europresse import europresse_articles, is_europresse
from clipbook.captures.exports.factiva import factiva_articles, is_factiva
from clipbook.captures.exports.nexis import is_numbered, is_uni, numbered_articles, uni_articles
from clipbook.captures.exports.proquest import is_proquest, proquest_articles
from clipbook.captures.exports.unread import unread_export
from clipbook.captures.exports.words import LABEL
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.lines import element_lines, parse_markup, unwrapped
from clipbook.captures.source import Source
from clipbook.captures.stated import visible_text
from clipbook.records import Capture

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_IN_MARKUP = re.compile(
    r"Factiva|enArticle|articleParagraph|\d of \d+ DOCUMENT|Dokument \d+ von|End of Document|ProQuest|DocPublicationName|"
    r"GBI-Genios|wiso-net|聞蔵|クロスサーチ|ヨミダス|gopress|mediargus",
    re.I,
)  # what a page must hold to be looked at as an export
_LONGEST_MARK = 300  # characters of a line that may be a label or a mark
_ENDS = re.compile(
    r"^[ \t]*(?:end of document|(?:focus - )?\d+ (?:of|von|de|van) \d+ document|dokument \d+ von \d+|"
    r"(?:document|dokument|documento) (?:\d+ de \d+|[a-z0-9]{16,40})|proquest document id|load-date)",
    re.I | re.M,
)  # what a text too long for one page must hold to be looked at as an export
_TITLE = re.compile("headline", re.I)


class Shown(NamedTuple):
    """The lines of a document, and those that its markup sets as headlines."""

    lines: Sequence[str]
    titles: frozenset[str] = frozenset()


def divide(
    source: Source, shown: Shown, limits: Limits, notes: tuple[str, ...] = ()
) -> Iterator[Capture] | None:
    """Give the articles of an export, or None where the document is none.

    Parameters
    ----------
    source : Source
        The file.
    shown : Shown
        Its lines: each a paragraph or a label.
    limits : Limits
        Bounds on what is read.
    notes : tuple of str
        What was noticed while decoding.

    Raises
    ------
    UnreadableError
        If the document is an export whose articles cannot be divided.
    """
    lines = [line.strip() for line in shown.lines]
    marks = [line for line in lines if 0 < len(line) < _LONGEST_MARK]
    if is_uni(marks):
        return captures_of(source, "nexis", uni_articles(lines), limits, notes)
    if is_numbered(marks):
        return captures_of(source, "nexis", numbered_articles(lines), limits, notes)
    if is_factiva(marks):
        return captures_of(source, "factiva", factiva_articles(lines, shown.titles), limits, notes)
    if is_proquest(marks):
        return captures_of(source, "proquest", proquest_articles(lines), limits, notes)
    if reason := unread_export(marks):
        raise UnreadableError(reason)
    return None


def divide_text(
    source: Source, text: str, limits: Limits, notes: tuple[str, ...] = ()
) -> Iterator[Capture] | None:
    """Divide a text of any length, hard-wrapped or not, as :func:`divide` does."""
    if len(text) > limits.text_chars and not _ENDS.search(text):
        return None
    whole = replace(limits, text_chars=limits.page_bytes, lines=limits.page_bytes)
    cleaned, more = visible_text(text, whole)
    lines = [line.strip() for line in cleaned.split("\n")]
    return divide(source, Shown(unwrapped(lines, starts=LABEL.fullmatch)), limits, notes + more)


def divide_page(
    source: Source, markup: str, limits: Limits, notes: tuple[str, ...] = ()
) -> Iterator[Capture] | None:
    """Give the articles of an export saved as HTML, or None where the page is none."""
    if not _IN_MARKUP.search(markup):
        return None
    tree = parse_markup(markup)
    if tree is None:
        return None
    if is_europresse(markup):
        return captures_of(source, "europresse", europresse_articles(tree), limits, notes)
    return divide(source, Shown(element_lines(tree), _titles(tree)), limits, notes)


def _titles(tree: HtmlElement) -> frozenset[str]:
    """Give the lines whose class says that they are headlines."""
    marked = (part for part in tree.iter("span", "div", "p", "b") if _TITLE.search(part.get("class") or ""))
    return frozenset(line for part in marked for line in element_lines(part) if line)
