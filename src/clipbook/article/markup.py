"""The visible text of a page's markup, line by line as a browser lays it out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN = frozenset(
    (
        "script", "style", "template", "svg", "title", "noscript", "iframe", "object", "select", "option", "datalist",
        "canvas", "audio", "video", "math", "map", "textarea",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
        "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "caption",
        "center", "amp-img", "br",
    )
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
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
            if tag in _HIDDEN or _is_hidden(element):
                walk.skip_subtree()
                continue
            if tag == "br" and _runs_on(piece, element.tail):
                piece.append(" ")
            elif tag in _BLOCKS:
                close(blank=tag == "p")
            elif tag in _CELLS:
                piece.append(" ")
            if element.text:
                piece.append(element.text)
            continue
        if isinstance(tag, str) and tag in _BLOCKS and tag != "br":
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
