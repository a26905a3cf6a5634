"""The visible text of a page's markup, line by line as a browser lays it out, and what trafilatura extracts of it."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np

from clipbook.article.context import around, around_names
from clipbook.article.traits import Numbers, PageTraits, line_words, words_of
from clipbook.captures.lines import CELLS, PAGE_BLOCKS, PAGE_UNSEEN, without_codes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LAID_OUT = ("br", "table", "ul", "h1", "h2", "form")  # in a cell that is a part of the page, not of a table
_NO_DISPLAY = re.compile(r"display\s?:\s?none", re.I)


def visible_lines(tree: HtmlElement) -> list[str]:
    """Lay out a page's text without its styles.

    Parameters
    ----------
    tree : HtmlElement
        The parsed page.

    Returns
    -------
    list of str
        One line a block; blank lines around paragraphs. Scripts, hidden elements and form choices are left out.
    """
    from lxml import etree

    lines: list[str] = []
    piece: list[str] = []

    def close(*, blank: bool = False) -> None:
        if piece:
            text = " ".join("".join(piece).split())
            piece.clear()
            if text:
                lines.append(text)
        if blank and lines and lines[-1]:
            lines.append("")

    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if not isinstance(tag, str):
                continue
            if tag in PAGE_UNSEEN or _is_hidden(element):
                walk.skip_subtree()
                continue
            if tag == "br" and _runs_on(piece, element.tail):
                piece.append(" ")
            elif tag in PAGE_BLOCKS:
                close(blank=tag == "p")
            elif tag in CELLS:
                if next(element.iter(*_LAID_OUT), None) is not None:
                    close()
                piece.append(" ")
            if element.text:
                piece.append(element.text)
            continue
        if isinstance(tag, str) and tag in PAGE_BLOCKS and tag != "br":
            close(blank=tag == "p")
        if element.tail:
            piece.append(element.tail)
    close()
    return lines


def _runs_on(piece: list[str], tail: str | None) -> bool:
    """Tell whether a sentence goes on behind a line break: a word or comma before it, a small letter after it."""
    before, after = "".join(piece[-2:]).rstrip()[-1:], (tail or "").lstrip()[:1]
    return after.islower() and (before.isalpha() or before == ",")


def _is_hidden(element: HtmlElement) -> bool:
    if not element.attrib:
        return False
    style = element.get("style")
    return (style is not None and _NO_DISPLAY.search(style) is not None) or element.get("hidden") is not None


_PARAGRAPHS = ("p", "li", "tr", "blockquote", "pre")
_MOST_EXTRACTED = 10_000  # paragraphs that an article is extracted from
_OFFSETS = (-2, -1, 1, 2)
_SIZES = (3, 8)
_RUN = 4
_WORD = re.compile(r"\w+")


def page_text(tree: HtmlElement) -> str:
    """The page's visible text, one line a block."""
    return without_codes("\n".join(visible_lines(tree)))


def extracted_text(tree: HtmlElement) -> str:
    """The article as trafilatura extracts it (Barbaresi 2021); "" when it finds none."""
    from trafilatura import bare_extraction

    if sum(1 for _ in tree.iter(*_PARAGRAPHS)) > _MOST_EXTRACTED:  # the time grows with the square of them
        tree = deepcopy(tree)
        for part in list(tree.iter(*_PARAGRAPHS))[_MOST_EXTRACTED:]:
            part.drop_tree()
    try:
        found = bare_extraction(tree, fast=True, with_metadata=False, include_comments=False)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError):
        return ""
    return (getattr(found, "text", "") or "") if found is not None else ""


def extracted_share(page: PageTraits, extracted: str) -> Numbers:
    """How much of each line an extracted text holds.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    extracted : str
        The extracted article.

    Returns
    -------
    array of float, shape (lines,)
        Share of a line's runs of four words that the text holds; of shorter lines 1 when it has such a line.
    """
    words = _WORD.findall(extracted.lower())
    runs = set(zip(words, words[1:], words[2:], words[3:], strict=False))
    whole = {tuple(words_of(line)) for line in extracted.split("\n") if len(line) < 200}
    share = np.zeros(len(page.text), np.float32)
    for place in range(len(page.text)):
        own = line_words(page, place)
        if len(own) < _RUN:
            share[place] = tuple(own) in whole
        else:
            parts = zip(own, own[1:], own[2:], own[3:], strict=False)
            share[place] = sum(map(runs.__contains__, parts)) / (len(own) - _RUN + 1)
    return share


def extract_names() -> list[str]:
    """Names of the columns that ``extract_look`` adds."""
    return [*around_names("extract", _OFFSETS, _SIZES), "extractwords"]


def extract_look(words: Numbers, share: Numbers) -> Numbers:
    """Describe every line by what trafilatura kept of it and of the lines around it.

    Parameters
    ----------
    words : array of float, shape (lines,)
        Length of each line in words.
    share : array of float, shape (lines,)
        As ``extracted_share`` gives it.

    Returns
    -------
    array of float, shape (lines, len(extract_names()))
    """
    kept = float((words * (share > 0.5)).sum() / words.sum())
    rest = np.full((len(words), 1), kept, np.float32)
    return np.concatenate([around(share, _OFFSETS, _SIZES), rest], axis=1)
