"""The part that each line plays on its page, and why a reader may believe it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from clipbook.article import furniture
from clipbook.article.asides import key_points
from clipbook.article.language import PATTERNS, VOCABULARY
from clipbook.article.persons import BARE_LEADS
from clipbook.article.traits import COLUMN, Numbers, PageTraits

_OMISSION = re.compile(r"^[(\[]?\s?(?:…|\.\.\.|\. \. \.)\s?[)\]]?$")
_PAYWALL = PATTERNS["paywall"]
_BIO = PATTERNS["bio"]
_ROLE_OF_GROUP = {group: (role, reason) for group, (role, reason) in VOCABULARY["group_roles"].items()}


ROLE_NAMES: dict[str, str] = VOCABULARY["role_names"]
"""Roles as people read them; others are called as they are."""
_LONGEST_LABEL = 25


Verdict = tuple[str, bool, str]
Shape = dict[str, float]  # the traits of a line that its role is read from
_TRAITS = (
    "words", "groups", "end", "bullet", "startquote", "byline", "pointer", "clock", "signed", "copyright", "repeat",
    "has_credit", "has_month", "has_time", "has_bio", "has_editorial", *_ROLE_OF_GROUP,
)  # fmt: skip

_KEY_POINT = ("key point", "one of the points listed before the story")


def line_roles(
    page: PageTraits, chance: Numbers, kept: NDArray[np.bool_], known: Mapping[int, tuple[str, str]]
) -> list[Verdict]:
    """Give each line its role, whether it is kept, and the reason.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    chance : array of float, shape (lines,)
        Probability of each to be body.
    kept : array of bool, shape (lines,)
        Which of them are the body.
    known : mapping of int to (str, str)
        Lines that a field was read from (headline, byline, date, ...): their role and reason.

    Returns
    -------
    list of (role, kept, reason)
        One a line of ``page``.
    """
    story = np.flatnonzero(kept)
    first, last = (int(story[0]), int(story[-1])) if len(story) else (len(chance), -1)
    rows = page.own[:, [COLUMN[name] for name in _TRAITS]].tolist()
    known = dict.fromkeys(np.flatnonzero(key_points(page)).tolist(), _KEY_POINT) | dict(known)
    roles: list[Verdict] = []
    for place, (text, row, probability, keep) in enumerate(
        zip(page.text, rows, chance.tolist(), kept.tolist(), strict=True)
    ):
        if place in known:
            role, reason = known[place]
            roles.append((role, False, reason))
            continue
        shape = dict(zip(_TRAITS, row, strict=True))
        if keep:
            role, reason = _kept_role(text, shape)
        else:
            role, reason = _dropped_role(text, shape, place, first, last)
        roles.append((role, keep, f"{reason} (body {probability:.0%})"))
    return roles


def omission_marks(lines: Sequence[str], judged: Mapping[int, Verdict]) -> dict[int, Verdict]:
    """Keep marks of an omission, such as "(…)", that stand between two kept lines without a blank line."""
    marks = {}
    for place in range(1, len(lines) - 1):
        around = (judged.get(place - 1), judged.get(place + 1))
        if _OMISSION.match(lines[place]) and all(line is not None and line[1] for line in around):
            marks[place] = ("body", True, "marks an omission inside the story")
    return marks


def _kept_role(text: str, shape: Shape) -> tuple[str, str]:
    if shape["bullet"]:
        return "list", "item of a list within the story"
    if shape["words"] <= 12 and not shape["startquote"] and (not shape["end"] or text.endswith("?")):
        return "subhead", "short line without a full stop between paragraphs of the story"
    return "body", "running text"


def _dropped_role(text: str, shape: Shape, place: int, first: int, last: int) -> tuple[str, str]:
    if shape["words"] < 4 and not shape["groups"] and not shape["byline"]:
        return _by_place(shape, place, first, last)
    for role, reason in _by_wording(text, shape):
        return role, reason
    if place > last and shape["has_bio"] and _BIO.search(text):
        return "bio", "introduces the author"
    if shape["words"] <= _LONGEST_LABEL and shape["groups"]:
        for group, shown in _ROLE_OF_GROUP.items():
            if shape[group]:
                return shown
    return _by_place(shape, place, first, last)


def _by_wording(text: str, shape: Shape) -> Iterator[tuple[str, str]]:
    """Roles that the words or marks of a line give away by themselves, the surest first."""
    if (shape["has_newsletter"] and _PAYWALL.search(text)) or furniture.is_paywall(text):
        yield "paywall", "asks the reader to pay or register to read on"
    if shape["copyright"]:
        yield "footer", "copyright line"
    if shape["signed"] or ((shape["has_credit"] or shape["words"] >= 6) and furniture.is_caption(text)):
        yield "caption", "describes a picture and names its source"
    if shape["has_credit"] and shape["words"] <= 10:
        yield "credit", "names the source of a picture"
    if shape["pointer"] or (shape["has_related"] and furniture.is_pointer(text)):
        yield "related", "points to another story"
    if shape["has_editorial"] and furniture.is_notice(text):
        yield "correction", "note of the editors about the article"
    if shape["byline"] or text.lower() in BARE_LEADS:
        yield "byline", "says who wrote"
    if (shape["clock"] and shape["has_month"] and shape["words"] <= 12) or (
        shape["has_time"] and furniture.is_stamp(text)
    ):
        yield "date", "a date or time by itself"
    if shape["words"] > _LONGEST_LABEL and shape["groups"]:
        if furniture.is_consent(text) or furniture.is_disclaimer(text):
            yield "footer", "states the page's terms, rights or use of data"
        if furniture.is_plea(text):
            yield "newsletter", "asks the reader to follow, join, subscribe or write in"
    if furniture.is_date_label(text):
        yield "date", "announces a date that the page does not give"


def _by_place(shape: Shape, place: int, first: int, last: int) -> tuple[str, str]:
    if place < first:
        if shape["words"] < 8:
            return "navigation", "short line before the story"
        return "teaser", "line before the story, not part of it"
    if place > last:
        if shape["words"] < 5:
            return "navigation", "short line after the story"
        return "related", "line after the story has ended"
    if shape["repeat"]:
        return "repeat", "the same line stands elsewhere on the page"
    return "aside", "interrupts the story"
