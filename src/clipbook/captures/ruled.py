"""Several articles in one text, divided by lines drawn across it or by their addresses, as people paste them below each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from clipbook.captures.exports.division import BYLINE, LABEL, PATTERNS, stated_date
from clipbook.captures.lines import unwrap
from clipbook.text.words import count_words

_DRAWN = r"(?P<mark>[=_*#~+•·–—―─━═-])(?:[ \t]?(?P=mark)){2,}"
RULE = re.compile(
    rf"(?m)^[ \t]*{_DRAWN}[ \t]*(?:(?:[^\W\d_]{{2,12}}\.?[ \t]+|#[ \t]*)?\d{{1,4}}(?:[ \t]?(?:/|[^\W\d_]{{2,3}})[ \t]?\d{{1,4}})?[ \t]*(?:(?P=mark)[ \t]?)*)?\r?$"
)
"""A line drawn across a text, also with a number in it: "=====", "* * *", "--- Article 2 of 5 ---"."""

_LABELLED = re.compile(rf"(?:{PATTERNS['stated'].pattern}|url|link)\s*[:：\t]\s*\S.*", re.I)
_ADDRESS = re.compile(r"(?:(?:url|link)\s*:\s*)?https?://\S+", re.I)
_ABOVE = re.compile(
    r"(?m)^[ \t]*(?P<label>(?:[Uu][Rr][Ll]|[Ll]ink|[Ss]ource)[ \t]*:[ \t]*)?https?://[^\s/.]+\.\S++[ \t]*\r?$"
)
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][^!?:“\"]{1,60}?\([A-ZÀ-Þ][\w ./&-]{1,28}\)\s?[-–—]{1,2}\s"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,40}(?:,[^!?:“\"]{2,40})?\s[-–—]{1,2}\s"
)
_HEAD_LINES = 10  # filled lines in which a head is looked for
_DATED_WORDS = _SIGNED_WORDS = 14  # of a line with a date, a byline: at most
_TITLE_WORDS = 30  # of a headline, at most
_PROSE_WORDS = 12  # of a line of prose, at least
_FEWEST_TOLD = 30  # words of prose that an article has
_SHORTEST_TITLE = 4  # words of a headline below which only one thing more speaks for an article
_LABELS_ALONE = 3  # labelled lines that make a head without anything else
_NO_TITLE_ENDS = (".", ",", ";", ":")


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands between two lines drawn across a text."""

    start: int
    rule: str  # what the line above is drawn with
    title: int  # words of what may be its headline
    marks: frozenset[str]  # what else its head has
    sure: bool  # whether that makes a head by itself
    told: int  # words of prose


def divide_ruled(text: str) -> tuple[list[str], str]:
    r"""Divide a text into the articles that lines drawn across it keep apart, or that stand below their addresses.

    Such lines stand within articles too, between sections or above a footer. So a part begins an article only if it opens
    with a headline and two of byline, date, address, labels, or a dateline; or one of them, if the first article's head
    has the same. What has no head belongs to the article above. Addresses divide a text that begins with one: those behind
    a label ("URL: https://...") where a headline and prose follow, those alone only where they follow each of them.

    Parameters
    ----------
    text : str
        Of a file.

    Returns
    -------
    list of str
        The articles; the text alone where it does not clearly hold several.
    str
        A note for each of several articles; else "".

    Examples
    --------
    >>> divide_ruled("One story\n-----\nMore of it")
    (['One story\n-----\nMore of it'], '')
    """
    rules = list(RULE.finditer(text))
    starts = _starts(_parts(text, rules)) if rules else []
    places, where = [part.start for part in starts], "where lines are drawn across it"
    if len(places) < 2:
        places, where = _below_addresses(text), "at the addresses above them"
    if len(places) < 2:
        return [text], ""
    note = f"one of {len(places)} articles of a text, divided {where}"
    if above := text[: places[0]].strip():
        note += f"; {count_words(above):,} words above the first were left out"
    return [_between(text, start, end) for start, end in pairwise([*places, len(text)])], note


def _between(text: str, start: int, end: int) -> str:
    """An article without the line that divides it from the next."""
    lines = text[start:end].strip().split("\n")
    while lines and (not lines[-1].strip() or RULE.fullmatch(lines[-1])):
        lines.pop()
    return "\n".join(lines)


def _below_addresses(text: str) -> list[int]:
    """Where articles begin with their address, if the text begins with one."""
    found = list(_ABOVE.finditer(text))
    if len(found) < 2 or text[: found[0].start()].strip():
        return []
    alike = [each for each in found if bool(each["label"]) == bool(found[0]["label"])]
    ends = [*(each.start() for each in alike[1:]), len(text)]
    parts = [_part(text[each.start() : end], each.start(), "") for each, end in zip(alike, ends, strict=True)]
    whole = [part.start for part in parts if part.title and part.told >= _FEWEST_TOLD]
    return whole if found[0]["label"] or len(whole) == len(parts) else []


def _parts(text: str, rules: list[re.Match[str]]) -> list[_Part]:
    edges = [(0, ""), *((rule.end(), rule["mark"]) for rule in rules)]
    ends = [*(rule.start() for rule in rules), len(text)]
    return [_part(text[start:end], start, rule) for (start, rule), end in zip(edges, ends, strict=True)]


def _part(text: str, start: int, rule: str) -> _Part:
    lines = [line for line in unwrap([line.strip(" \t\r#>") for line in text.split("\n")])[0] if line]
    marks: set[str] = set()
    title = labels = prose = 0
    for line in lines[:_HEAD_LINES]:
        words = count_words(line)
        label = LABEL.fullmatch(line)
        if _ADDRESS.fullmatch(line):
            marks.add("address")
        elif _LABELLED.fullmatch(line):
            labels += 1
            title = title or (words if label and label["headline"] else 0)
            marks.add("label")
        elif words <= _SIGNED_WORDS and BYLINE.fullmatch(line) and not line.islower():
            marks.add("byline")
        elif words <= _DATED_WORDS and stated_date(line):
            marks.add("date")
        elif not title and not prose and 1 < words <= _TITLE_WORDS and not line.endswith(_NO_TITLE_ENDS):
            title = words
        elif _is_prose(line, words):
            prose += 1
            marks |= {"dateline"} if prose == 1 and _DATELINE.match(line) else set()
            if prose > 1:
                break
    sure = title > 0 and (len(marks) > 1 or labels >= _LABELS_ALONE)
    told = sum(words for line in lines if _is_prose(line, words := count_words(line)))
    return _Part(start, rule, title, frozenset(marks), sure, told)


def _is_prose(line: str, words: int) -> bool:
    return words > _TITLE_WORDS or (
        words >= _PROSE_WORDS and line.endswith((".", "!", "?", "”", '"', "’", "…"))
    )


def _starts(parts: list[_Part]) -> list[_Part]:
    """The parts that begin an article, each told in some words before the next begins."""
    first = next((part for part in parts if part.title and part.marks), parts[0])
    rules = {part.rule for part in parts if part.sure and part is not first}
    starts = [
        part
        for part in parts
        if part is first
        or part.sure
        or (part.title and part.marks and (part.rule in rules or _is_like(part, first)))
    ]
    if (
        parts[0] is not starts[0]
        and sum(part.told for part in parts[: parts.index(starts[0])]) >= _FEWEST_TOLD
    ):
        starts.insert(0, parts[0])
    ends = [*(part.start for part in starts[1:]), parts[-1].start + 1]
    told = [
        sum(part.told for part in parts if start.start <= part.start < end)
        for start, end in zip(starts, ends, strict=True)
    ]
    return [part for part, words in zip(starts, told, strict=True) if words >= _FEWEST_TOLD]


def _is_like(part: _Part, first: _Part) -> bool:
    return part.title >= _SHORTEST_TITLE and part.marks == first.marks
