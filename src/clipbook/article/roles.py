"""The part that each line plays on its page, and why a reader may believe it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clipbook.article.furniture import (
    is_caption,
    is_consent,
    is_date_label,
    is_disclaimer,
    is_notice,
    is_plea,
    is_pointer,
    is_stamp,
)
from clipbook.article.keypoints import key_points
from clipbook.article.persons import BARE_LEADS
from clipbook.article.traits import COLUMN, Numbers, PageTraits

_OMISSION = re.compile(r"^[(\[]?\s?(?:…|\.\.\.|\. \. \.)\s?[)\]]?$")
_PAYWALL = re.compile(
    r"subscribe (?:now )?(?:to|and) (?:continue|keep|read on|unlock)|(?:to|in to|and) (?:continue|keep|finish) reading|subscribers? only"
    r"|(?:reserved|only|exclusive) (?:for|to) (?:our )?(?:subscribers|members)|(?:for|is) subscribers|remaining free articles"
    r"|(?:read|see) (?:the )?(?:rest|full) (?:of )?(?:this |the )?(?:article|story)\b.{0,30}subscri"
    r"|weiterlesen mit|jetzt weiterlesen|réservé aux abonnés|solo para suscriptores|riservato agli abbonati|para assinantes",
    re.I,
)
_BIO = re.compile(
    r"^.{3,60}\b(?:is|was|covers|writes|reports|joined|can be reached|has (?:been|covered|worked))\b.{0,160}\b(?:reporter|editor|"
    r"correspondent|columnist|journalist|writer|author|producer|contributor|covering|covers|professor|fellow)\b"
    r"|^(?:follow|contact|reach|email) .{0,60}(?:@|twitter|email)|^about the author",
    re.I,
)
_ROLE_OF_GROUP = {
    "has_newsletter": ("newsletter", "asks to subscribe, sign up or log in"),
    "has_share": ("share", "names a share or save button"),
    "has_comment": ("comments", "belongs to the comments"),
    "has_related": ("related", "points to another story"),
    "has_legal": ("footer", "is a legal or privacy notice"),
    "has_advert": ("advertisement", "advertises or sells"),
    "has_media": ("media", "labels a video, sound or gallery"),
    "has_tags": ("tags", "lists topics"),
}


ROLE_NAMES = {  # for people; other roles are called as they are
    "body": "the story", "subhead": "its subheads", "related": "links to other stories", "navigation": "menus",
    "footer": "foot of the page", "share": "share buttons", "teaser": "teasers", "media": "labels of videos and pictures",
    "tags": "topics", "aside": "asides", "credit": "photo credits", "caption": "captions", "list": "its lists", "key point": "key points",
    "paywall": "paywall notices", "correction": "corrections",
}  # fmt: skip
_LONGEST_LABEL = 25


class Shape(NamedTuple):
    """The traits of a line that its role is read from."""

    words: float
    groups: float
    end: float
    bullet: float
    startquote: float
    byline: float
    pointer: float
    clock: float
    signed: float
    copyright: float
    repeat: float
    has_credit: float
    has_month: float
    has_time: float
    has_bio: float
    has_editorial: float
    has_newsletter: float
    has_share: float
    has_comment: float
    has_related: float
    has_legal: float
    has_advert: float
    has_media: float
    has_tags: float


Verdict = tuple[str, bool, str]
_SHAPE_COLUMNS = [COLUMN[name] for name in Shape._fields]
_FIRST_GROUP = Shape._fields.index("has_newsletter")


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
    shapes = map(Shape._make, page.own[:, _SHAPE_COLUMNS].tolist())
    known = dict.fromkeys(np.flatnonzero(key_points(page)).tolist(), _KEY_POINT) | dict(known)
    roles: list[Verdict] = []
    for place, (text, shape, probability, keep) in enumerate(
        zip(page.text, shapes, chance.tolist(), kept.tolist(), strict=True)
    ):
        if place in known:
            role, reason = known[place]
            roles.append((role, False, reason))
            continue
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
    if shape.bullet:
        return "list", "item of a list within the story"
    if shape.words <= 12 and not shape.startquote and (not shape.end or text.endswith("?")):
        return "subhead", "short line without a full stop between paragraphs of the story"
    return "body", "running text"


def _dropped_role(text: str, shape: Shape, place: int, first: int, last: int) -> tuple[str, str]:
    if shape.words < 4 and not shape.groups and not shape.byline:
        return _by_place(shape, place, first, last)
    for role, reason in _by_wording(text, shape):
        return role, reason
    if place > last and shape.has_bio and _BIO.search(text):
        return "bio", "introduces the author"
    if shape.words <= _LONGEST_LABEL and shape.groups:
        for has, (role, reason) in zip(shape[_FIRST_GROUP:], _ROLE_OF_GROUP.values(), strict=True):
            if has:
                return role, reason
    return _by_place(shape, place, first, last)


def _by_wording(text: str, shape: Shape) -> Iterator[tuple[str, str]]:
    """Roles that the words or marks of a line give away by themselves, the surest first."""
    if shape.has_newsletter and _PAYWALL.search(text):
        yield "paywall", "asks the reader to pay or register to read on"
    if shape.copyright:
        yield "footer", "copyright line"
    if shape.signed or ((shape.has_credit or shape.words >= 6) and is_caption(text)):
        yield "caption", "describes a picture and names its source"
    if shape.has_credit and shape.words <= 10:
        yield "credit", "names the source of a picture"
    if shape.pointer or (shape.has_related and is_pointer(text)):
        yield "related", "points to another story"
    if shape.has_editorial and is_notice(text):
        yield "correction", "note of the editors about the article"
    if shape.byline or text.lower() in BARE_LEADS:
        yield "byline", "says who wrote"
    if (shape.clock and shape.has_month and shape.words <= 12) or (shape.has_time and is_stamp(text)):
        yield "date", "a date or time by itself"
    if shape.words > _LONGEST_LABEL and shape.groups:
        if is_consent(text) or is_disclaimer(text):
            yield "footer", "states the page's terms, rights or use of data"
        if is_plea(text):
            yield "newsletter", "asks the reader to follow, join, subscribe or write in"
    if is_date_label(text):
        yield "date", "announces a date that the page does not give"


def _by_place(shape: Shape, place: int, first: int, last: int) -> tuple[str, str]:
    if place < first:
        if shape.words < 8:
            return "navigation", "short line before the story"
        return "teaser", "line before the story, not part of it"
    if place > last:
        if shape.words < 5:
            return "navigation", "short line after the story"
        return "related", "line after the story has ended"
    if shape.repeat:
        return "repeat", "the same line stands elsewhere on the page"
    return "aside", "interrupts the story"
