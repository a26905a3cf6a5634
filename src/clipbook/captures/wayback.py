"""Pages out of public web archives: their own addresses, without the archive's bar."""

from __future__ import annotations

import re

_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/web/(?P<stamp>\d{4,14})(?:[a-z]{2}_)?|archive\.(?:ph|is|today|li|vn|md|fo)/\d{4}[\d.-]{0,20})/"
    r"(?P<address>https?:/?/[^\s\"'<>]{3,2000})"
)
_PREFIX = re.compile(
    r"(?:https?:)?//web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)|(?<=[\"'(])/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)"
)
_BAR = ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->")
_SHOWN = re.compile(r"__wm\.(?:wombat|init)\(\s*\"(https?://[^\"]{3,2000})\"\s*,\s*\"(\d{14})\"")


def own_address(url: str) -> tuple[str, str]:
    """Give the address of an archived page and the moment of its capture; what is no archive's address stays."""
    found = _ARCHIVED.fullmatch(url)
    return (found["address"], _moment(found["stamp"] or "")) if found else (url, "")


def without_archive(markup: str) -> tuple[str, str, str]:
    """Give a page as it was before a web archive framed it, with its address and the moment of its capture."""
    if "web.archive.org/web/" not in markup:
        return markup, "", ""
    shown = _SHOWN.search(markup)
    before, begin, rest = markup.partition(_BAR[0])
    _, end, after = rest.partition(_BAR[1])
    markup = _PREFIX.sub("", before + after if begin and end else markup)
    return (markup, shown[1], _moment(shown[2])) if shown else (markup, "", "")


def _moment(stamp: str) -> str:
    if len(stamp) < 14:
        return ""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:14]}Z"
