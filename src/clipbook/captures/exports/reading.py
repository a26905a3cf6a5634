"""Which system an export is of, and its articles as captures; one that is recognised and not divided is refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from clipbook.captures.exports.division import LABEL, PATTERNS, WORDS_OF_EXPORTS, captures_of
from clipbook.captures.exports.europresse import europresse_articles, is_europresse
from clipbook.captures.exports.factiva import factiva_articles, is_factiva
from clipbook.captures.exports.nexis import is_numbered, is_uni, numbered_articles, uni_articles
from clipbook.captures.exports.proquest import is_proquest, proquest_articles
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.lines import element_lines, parse_markup, unwrap, visible_text
from clipbook.captures.source import Source
from clipbook.records import Capture

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_IN_MARKUP = PATTERNS["in_markup"]
_LONGEST_MARK = 300  # characters of a line that may be a label or a mark
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
    """
    lines, marks = [line.strip() for line in shown.lines], _marks(shown.lines)
    if is_uni(marks):
        return captures_of(source, "nexis", uni_articles(lines), limits, notes)
    if is_numbered(marks):
        return captures_of(source, "nexis", numbered_articles(lines), limits, notes)
    if is_factiva(marks):
        return captures_of(source, "factiva", factiva_articles(lines, shown.titles), limits, notes)
    if is_proquest(marks):
        return captures_of(source, "proquest", proquest_articles(lines), limits, notes)
    return None


def divide_text(
    source: Source, text: str, limits: Limits, notes: tuple[str, ...] = ()
) -> Iterator[Capture] | None:
    """Divide a text of any length, hard-wrapped or not, as :func:`divide` does."""
    small = text.lower()
    if not any(word in small for word in WORDS_OF_EXPORTS["telling"]):
        return None
    whole = replace(limits, text_chars=limits.page_bytes, lines=limits.page_bytes)
    cleaned, more = visible_text(text, whole)
    lines = [line.strip() for line in cleaned.split("\n")]
    return divide(source, Shown(unwrap(lines, starts=LABEL.fullmatch, even=0)[0]), limits, notes + more)


def _marks(lines: Sequence[str]) -> list[str]:
    """The lines that may be labels or marks."""
    return [mark for line in lines if 0 < len(mark := line.strip()) < _LONGEST_MARK]


def divide_page(
    source: Source, markup: str, limits: Limits, notes: tuple[str, ...] = ()
) -> Iterator[Capture] | None:
    """Give the articles of an export saved as HTML, or None where the page is none; as :func:`refuse_unread` refuses."""
    if not _IN_MARKUP.search(markup):
        return None
    tree = parse_markup(markup)
    if tree is None:
        return None
    if is_europresse(markup):
        return captures_of(source, "europresse", europresse_articles(tree), limits, notes)
    shown = Shown(element_lines(tree), _titles(tree))
    if (articles := divide(source, shown, limits, notes)) is None:
        refuse_unread(shown.lines)
    return articles


def _titles(tree: HtmlElement) -> frozenset[str]:
    """Give the lines whose class says that they are headlines."""
    marked = (part for part in tree.iter("span", "div", "p", "b") if _TITLE.search(part.get("class") or ""))
    return frozenset(line for part in marked for line in element_lines(part) if line)


_FOREIGN = WORDS_OF_EXPORTS["foreign"]  # systems none of whose exports are read
_SYSTEMS = _FOREIGN | WORDS_OF_EXPORTS["known"]
_LABELS = re.compile(
    rf"(?P<label>{PATTERNS['stated'].pattern})\s*(?:[:：]|\t)|(?P<mark>©|\(c\) \d{{4}}|copyright (?:© )?\d{{4}})|(?P<code>news[·•.]\d{{8}}[·•.])",
    re.I,
)
_UNDIVIDED = PATTERNS["undivided"]
_NAMING = 400  # lines in which a system names itself
_ENDS_OF_TITLE = 5  # lines at either end in which it is the title of the whole


def refuse_unread(lines: Sequence[str]) -> None:
    """Refuse a document that is an export whose articles cannot be divided.

    Raises
    ------
    UnreadableError
        With what to do instead.
    """
    if reason := unread_export(_marks(lines)):
        raise UnreadableError(reason)


def unread_export(lines: Sequence[str]) -> str:
    """Say why a document that looks like an export is not read, by its short lines; "" if it does not look so.

    A page is an export if three kinds of labels or copyright lines come back equally often, twice at least; one kind is
    enough where the document is headed or signed by a system that is not read.
    """
    labels = (found for line in lines if (found := _LABELS.match(line)))
    counts = Counter((found["label"] or (found["mark"] and "©") or "code").casefold() for found in labels)
    counts.update(mark for line in lines for mark in set(_UNDIVIDED.findall(line)))
    often = Counter(count for count in counts.values() if count > 1)
    articles, alike = max(often.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    labelled = sum(count > 0 for count in counts.values())
    if not alike and labelled < 3:
        return ""
    title = _system([*lines[:_ENDS_OF_TITLE], *lines[-_ENDS_OF_TITLE:]])
    titled = alike > 0 and (title in _FOREIGN or "code" in counts)
    if alike < 2 and labelled < 3 and not titled:
        return ""
    system = title or _system([*lines[:_NAMING], *lines[-_NAMING:]])
    if alike >= 3 or (system and alike >= 2) or titled:
        of = f"an export of {system}" if system else "an export of a press database"
        return (
            f"The file looks like {of} with {articles} articles, which could not be divided; save each article as a "
            "file of its own, or put them into a table with one article a row (columns title, text, date, outlet)."
        )
    if system in _FOREIGN and labelled >= 3:
        return (
            f"The file is an export of {system}, which is not read; save the article's text alone, or put it into a "
            "table with one article a row (columns title, text, date, outlet)."
        )
    return ""


def _system(lines: Sequence[str]) -> str:
    """The system that lines name."""
    text = "\n".join(lines)
    return next((name for name, words in _SYSTEMS.items() if re.search(words, text, re.I)), "")
