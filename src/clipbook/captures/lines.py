"""Text as lines: hard-wrapped lines put together again, and markup that is known to be text and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NARROWEST, _WIDEST = 40, 110  # characters that lines are wrapped at
_FEWEST = 4  # lines from which a width can be told
_OPEN = 0.5  # share of the lines that break off within a sentence in a wrapped text
_WIDER = 0.1  # share of lines that may be wider in a wrapped text: headings, tables
_ENDS = (".", "!", "?", ":", "…", '"', "”", "’", "»", ")")


def unwrapped(lines: Sequence[str], *, starts: Callable[[str], object] = lambda line: None) -> list[str]:
    """Put lines together where one runs on to the next: the next line's first word did not fit into the width.

    Parameters
    ----------
    lines : sequence of str
        Stripped lines; blank ones stay where they are.
    starts : callable
        Tells a line that is never joined to the one above.

    Returns
    -------
    list of str
        The lines, unchanged if they are not about equally wide or many are wider than those that others follow.
    """
    inner = [above for above, line in pairwise(lines) if above and line]
    if len(inner) < _FEWEST:
        return list(lines)
    lengths = sorted(map(len, inner))
    width = lengths[-1 - len(lengths) // 20]
    broken_off = sum(not line.endswith(_ENDS) for line in inner)
    if not _NARROWEST <= width <= _WIDEST or broken_off < _OPEN * len(inner):
        return list(lines)
    filled = [line for line in lines if line]
    if sum(len(line) > width for line in filled) > _WIDER * len(filled):
        return list(lines)
    joined: list[list[str]] = []
    above = ""
    for line in lines:
        if line and above and len(above) + 1 + len(line.split(" ", 1)[0]) > width and not starts(line):
            joined[-1].append(line)
        else:
            joined.append([line])
        above = line
    return [" ".join(pieces) for pieces in joined]


def unwrapped_cell(text: str) -> str:
    """Give the text of a table's cell with its paragraphs whole."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    whole = unwrapped(lines)
    return text if len(whole) == len(lines) else "\n\n".join(filter(None, whole))


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
