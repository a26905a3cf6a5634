"""A capture's text as clean lines, and kept lines put together as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_LINES = 20_000
"""Lines that are judged; a news page has some hundreds."""

MAX_LINE_CHARS = 20_000
"""A longer line is no paragraph of a news page but data or a page that lost its line breaks."""

_LINE_BREAKS = r"\v\f\x1c-\x1e\x85\u2028\u2029"
_UNSEEN = r"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe"
_SPACES = r"\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = re.compile(rf"\r\n?|[{_LINE_BREAKS}]")
_INVISIBLE = re.compile(f"[{_UNSEEN}]+")
_SPACE = re.compile(f"[{_SPACES}]")
_ODD = re.compile(rf"[\r{_LINE_BREAKS}{_UNSEEN}{_SPACES}]")


def page_lines(text: str) -> list[str]:
    """Split a page's text into lines without invisible characters.

    Parameters
    ----------
    text : str
        The visible text of a page, with any kind of line break.

    Returns
    -------
    list of str
        One string a line, blank lines included, stripped at both ends. Control and zero-width characters and
        soft hyphens are gone; tabs and unusual spaces are plain spaces.
    """
    if _ODD.search(text):
        text = _SPACE.sub(" ", _INVISIBLE.sub("", _BREAKS.sub("\n", text)))
    return [line.strip() for line in text.split("\n")]


def body_text(lines: Sequence[str], kept: Sequence[bool]) -> str:
    """Put the kept lines together as paragraphs.

    Parameters
    ----------
    lines : sequence of str
        All lines of the capture, blank ones included.
    kept : sequence of bool
        Which of them are the body.

    Returns
    -------
    str
        Paragraphs divided by a blank line. Where the capture divides its kept lines by blank lines, lines
        without one between them stay together, divided by a line break; else each line is a paragraph.
    """
    blocks = _blocks(lines, kept)
    blank_divided = sum(map(len, blocks)) <= 2 * len(blocks)
    return "\n\n".join(("\n" if blank_divided else "\n\n").join(block) for block in blocks)


def _blocks(lines: Sequence[str], kept: Sequence[bool]) -> list[list[str]]:
    """Split the kept lines where a blank or a dropped line stands between them."""
    blocks: list[list[str]] = [[]]
    for line, keep in zip(lines, kept, strict=True):
        if keep:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]
