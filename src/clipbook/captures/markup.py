"""Bounds on a page's markup, counted without building a tree, in time linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clipbook.captures.limits import Limits, beyond

_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
_WHOLE_TAG = re.compile(r"""<[a-zA-Z](?:[^"'>]++|"[^"]*+"|'[^']*+')*+(?:>|["']|\Z)""")
_SCRIPT = re.compile(r"<(script|style)[\s/>]", re.IGNORECASE)
_SCRIPT_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_SHORT_TAG = 2000  # characters; a shorter tag holds no more than half as many attributes

_HOLD_NOTHING = "area base br col embed hr img input link meta param source track wbr"
_CLOSED_BY_THE_NEXT = "p li dt dd option tr td th thead tbody tfoot colgroup html head body"
_NEVER_NESTED = frozenset(f"{_HOLD_NOTHING} {_CLOSED_BY_THE_NEXT}".split())


def check_markup(markup: str, limits: Limits) -> None:
    """Refuse markup that would keep a parser busy for very long.

    Raises
    ------
    UnreadableError
        If there are too many tags, tags nested too deeply, or too many attributes in one tag.
    """
    count, deepest = tags_and_depth(markup)
    if count > limits.tags:
        raise beyond("The page has too many tags", count, limits, "tags")
    if deepest > limits.depth:
        raise beyond("The page's tags are nested too deeply", deepest, limits, "depth")
    most = most_attributes(markup)
    if most > limits.attributes:
        raise beyond("A tag of the page has too many attributes", most, limits, "attributes")


def tags_and_depth(markup: str) -> tuple[int, int]:
    """Count the opening tags, and the most that are open inside one another."""
    count = open_now = deepest = 0
    for closing, name in _NAME.findall(markup):
        if closing:
            open_now -= open_now > 0 and name.lower() not in _NEVER_NESTED
            continue
        count += 1
        if name.lower() not in _NEVER_NESTED:
            open_now += 1
            deepest = max(deepest, open_now)
    return count, deepest


def most_attributes(markup: str) -> int:
    """Count the attributes of the tag that has most of them; scripts and styles are not looked into."""
    most = 0
    for part in _outside_scripts(markup):
        for match in _WHOLE_TAG.finditer(part):
            if match.end() - match.start() > _SHORT_TAG:
                most = max(most, len(_QUOTED.sub(" ", match[0].rstrip(">")).split()) - 1)
    return most


def _outside_scripts(markup: str) -> Iterator[str]:
    """Give the stretches of markup outside scripts and style sheets."""
    start = 0
    while found := _SCRIPT.search(markup, start):
        yield markup[start : found.start()]
        ended = _SCRIPT_ENDS[found[1].lower()].search(markup, found.end())
        if ended is None:
            return
        start = ended.start()
    yield markup[start:]
