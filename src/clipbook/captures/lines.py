"""Markup as the lines that it shows, where it is known to be text and nothing else: exports, table cells, feeds."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS_WORDS = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul
"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"})
_SPACE = re.compile(r"\s+")
RULE = "_" * 40
"""The line that stands for a line drawn across the page."""


def parse_markup(markup: str) -> HtmlElement | None:
    """Parse markup, however broken; None where there is no element in it."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True, collect_ids=False)
    try:
        return document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def markup_text(markup: str) -> str:
    """Give the text that a fragment of markup shows, a blank line between its blocks."""
    tree = parse_markup(f"<div>{markup}</div>")
    return "" if tree is None else "\n\n".join(filter(None, element_lines(tree)))


def element_lines(element: HtmlElement, *, without: Collection[str] = ()) -> list[str]:
    """Give the lines that an element shows, blank where it has empty ones.

    Parameters
    ----------
    element : HtmlElement
        From :func:`parse_markup`.
    without : collection of str
        Classes of elements that are left out.

    Returns
    -------
    list of str
        A line for each block or line break; the cells of a row are divided by tabs.
    """
    from lxml.etree import iterwalk

    shown = _Lines()
    hidden: HtmlElement | None = None
    for event, part in iterwalk(element, events=("start", "end")):
        if hidden is None and event == "start" and (part.tag in _UNSEEN or _has_class(part, without)):
            hidden = part
        if hidden is None:
            shown.meet(event, part)
        elif event == "end" and part is hidden:
            hidden = None
        if event == "end" and hidden is None and part is not element:
            shown.add(part.tail or "")
    shown.close()
    return [_SPACE.sub(" ", line).strip() if "\t" not in line else _row(line) for line in shown.lines]


class _Lines:
    """Lines as they are shown, the last one still in pieces."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._filled = False

    def add(self, text: str) -> None:
        self._pieces.append(_SPACE.sub(" ", text))
        self._filled = self._filled or bool(text.strip())

    def close(self) -> None:
        self.lines.append("".join(self._pieces))
        self._pieces, self._filled = [], False

    def meet(self, event: str, part: HtmlElement) -> None:
        """Begin a line where an element opens or closes a block, and take the text at its opening."""
        if part.tag in _BLOCKS:
            if self._filled:
                self.close()
            if part.tag == "hr" and event == "start":
                self.lines.append(RULE)
        elif event == "start" and part.tag == "br":
            self.close()
        elif event == "start" and part.tag in _CELLS and self._filled:
            self._pieces.append("\t")
        if event == "start":
            self.add(part.text or "")


def _row(line: str) -> str:
    return "\t".join(filter(None, (_SPACE.sub(" ", cell).strip() for cell in line.split("\t"))))


def _has_class(part: HtmlElement, names: Collection[str]) -> bool:
    return bool(names) and not set(names).isdisjoint((part.get("class") or "").split())
