"""The head of ``Name: value`` lines that ``clipbook clip`` writes above a page's text, and that a person may type."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z ]{1,30}?)[ \t]*:([^\r\n]*)(?:\r?\n|\Z)")
_ADDRESS = re.compile(r"https?://[^\s/]+\.\S+", re.IGNORECASE)
NAMES = {
    "url": "url", "address": "url", "link": "url", "clipped": "captured_at",
    "outlet": "outlet", "headline": "headline", "title": "headline", "author": "authors", "authors": "authors",
    "published": "published", "date": "published", "updated": "updated", "section": "section", "language": "language",
    "page title": "page title", "page heading": "page heading", "page site": "page site", "page author": "page author",
    "page date": "page date", "page updated": "page updated", "page section": "page section",
}  # fmt: skip
"""What each name stands for: what a person states wins; what the page states of itself is weighed against what it shows."""


def divide_head(text: str) -> tuple[Mapping[str, str], str]:
    r"""Divide the head of a text file from the page below it.

    Parameters
    ----------
    text : str
        Of the file.

    Returns
    -------
    fields : mapping of str to str
        By the values of `NAMES`; empty where the text does not begin with such lines, one of them the page's address.
    text : str
        What is left.

    Examples
    --------
    >>> divide_head("URL: https://quay.example/a\nOutlet: Quay Herald\n\nFerry stays")
    ({'url': 'https://quay.example/a', 'outlet': 'Quay Herald', 'page url': 'https://quay.example/a'}, 'Ferry stays')
    >>> divide_head("Outlet: our paper\nFerry stays")
    ({}, 'Outlet: our paper\nFerry stays')
    """
    fields: dict[str, str] = {}
    place = len(text) - len(text.lstrip())
    while found := _LINE.match(text, place):
        name = NAMES.get(" ".join(found[1].lower().split()))
        if name is None:
            break
        fields.setdefault(name, found[2].strip())
        place = found.end()
    if not _ADDRESS.fullmatch(fields.get("url", "")):
        return {}, text
    fields["page url"] = fields["url"]
    return {name: value for name, value in fields.items() if value}, text[place:].lstrip("\r\n")
