"""A capture's text as clean lines, whatever control and invisible characters it was saved with."""

from __future__ import annotations

import re

MAX_LINES = 20_000
"""Lines that are judged; a news page has some hundreds."""

MAX_LINE_CHARS = 20_000
"""A longer line is no paragraph of a news page but data or a page that lost its line breaks."""

_BREAKS = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = dict.fromkeys(
    [
        *range(0x00, 0x09),
        *range(0x0E, 0x1C),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0xAD,
        0x1F,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        0xFFFE,
    ]
)
_SPACES = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_CLEAN = _INVISIBLE | _SPACES


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
    lines = _BREAKS.split(text)
    return [
        line.strip() if line.isascii() and line.isprintable() else line.translate(_CLEAN).strip()
        for line in lines
    ]
