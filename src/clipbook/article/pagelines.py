"""A capture's text as clean lines, whatever control and invisible characters it was saved with."""

from __future__ import annotations

import re

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
