"""The part that each line plays on its page, and why a reader may believe it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from clipbook.article.bylines import BARE_LEADS
from clipbook.article.traits import OWN_NAMES, Numbers, PageTraits

KEPT_AT = 0.5
_COLUMN = {name: place for place, name in enumerate(OWN_NAMES)}
_OMISSION = re.compile(r"^[(\[]?\s?(?:…|\.\.\.|\. \. \.)\s?[)\]]?$")
_AD_LABEL = re.compile(
    r"^(?:advert\w{0,12}|anzeige|werbung|publicité|publicidad|pubblicità|annonse?|reklame?|sponsored\b.{0,40}|"
    r"(?:story|article) continues.{0,40}|article content|loading\.{0,3}|loader)[:.]?$",
    re.I,
)
_RELATED_LEAD = re.compile(
    r"^(?:read|read more|read also|also read|read next|related|more|see also|watch|listen|mehr|lesen sie auch|siehe auch|"
    r"lire aussi|leggi anche|lea también|leia também|lees ook|läs mer|les også)\b[^.]{0,24}[:|»>]",
    re.I,
)
_CAPTION_LEAD = re.compile(
    r"^(?:image|photo|picture|media|video|foto|bild|file photo)\s?(?:caption|source|credit)?\s?[:|]", re.I
)
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read|unlock|keep)|to continue reading|already (?:a )?subscri|subscribers? only|"
    r"for subscribers|start your (?:free )?trial|create (?:a|an) (?:free )?account|unlimited access|remaining free articles|"
    r"exclusive to subscribers|log in to (?:read|continue)|register to (?:read|continue)|weiterlesen mit|jetzt weiterlesen|"
    r"réservé aux abonnés|solo para suscriptores",
    re.I,
)
_CORRECTION = re.compile(
    r"^(?:correction|clarification|editor.s note|update)\b.{0,20}[:—–-]|earlier version of this|(?:article|story) (?:was|has been) "
    r"(?:updated|corrected|amended|originally)",
    re.I,
)
_BIO = re.compile(
    r"^.{3,60}\b(?:is|was|covers|writes|reports|joined|can be reached|has (?:been|covered|worked))\b.{0,160}\b(?:reporter|editor|"
    r"correspondent|columnist|journalist|writer|author|producer|contributor|covering|covers|professor|fellow)\b"
    r"|^(?:follow|contact|reach|email) .{0,60}(?:@|twitter|email)|^about the author",
    re.I,
)
_ROLE_OF_GROUP = (
    ("newsletter", "newsletter", "asks to subscribe, sign up or log in"),
    ("share", "share", "names a share or save button"),
    ("comment", "comments", "belongs to the comments"),
    ("related", "related", "points to another story"),
    ("legal", "footer", "is a legal or privacy notice"),
    ("advert", "advertisement", "advertises or sells"),
    ("media", "media", "labels a video, sound or gallery"),
    ("tags", "tags", "lists topics"),
)


def line_roles(
    page: PageTraits, chance: Numbers, known: Mapping[int, tuple[str, str]]
) -> list[tuple[str, bool, str]]:
    """Give each line its role, whether it is kept, and the reason.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    chance : array of float, shape (lines,)
        Probability of each to be body.
    known : mapping of int to (str, str)
        Lines that a field was read from (headline, byline, date, ...): their role and reason.

    Returns
    -------
    list of (role, kept, reason)
        One a line of ``page``.
    """
    kept = np.flatnonzero(chance >= KEPT_AT)
    first, last = (int(kept[0]), int(kept[-1])) if len(kept) else (len(chance), -1)
    roles = []
    for place, probability in enumerate(chance.tolist()):
        if place in known:
            role, reason = known[place]
            roles.append((role, False, reason))
        elif probability >= KEPT_AT:
            roles.append(_kept_role(page, place, probability))
        else:
            role, reason = _dropped_role(page, place, first, last)
            roles.append((role, False, f"{reason} (body {probability:.0%})"))
    return roles


def omission_marks(
    lines: Sequence[str], judged: Mapping[int, tuple[str, bool, str]]
) -> dict[int, tuple[str, bool, str]]:
    """Keep marks of an omission, such as "(…)", that stand between two kept lines without a blank line."""
    marks = {}
    for place in range(1, len(lines) - 1):
        around = (judged.get(place - 1), judged.get(place + 1))
        if _OMISSION.match(lines[place]) and all(line is not None and line[1] for line in around):
            marks[place] = ("body", True, "marks an omission inside the story")
    return marks


def _kept_role(page: PageTraits, place: int, probability: float) -> tuple[str, bool, str]:
    text, own = page.text[place], page.own[place]
    sure = f"(body {probability:.0%})"
    if own[_COLUMN["bullet"]]:
        return "list", True, f"item of a list within the story {sure}"
    if own[_COLUMN["words"]] <= 12 and not own[_COLUMN["end"]] and not own[_COLUMN["startquote"]]:
        return "subhead", True, f"short line without a full stop between paragraphs of the story {sure}"
    if text.endswith("?") and own[_COLUMN["words"]] <= 12:
        return "subhead", True, f"short question between paragraphs of the story {sure}"
    return "body", True, f"running text {sure}"


def _dropped_role(page: PageTraits, place: int, first: int, last: int) -> tuple[str, str]:  # noqa: PLR0911
    text, own = page.text[place], page.own[place]
    has = {name: bool(own[_COLUMN[f"has_{name}"]]) for name, _, _ in _ROLE_OF_GROUP}
    words = own[_COLUMN["words"]]
    if _AD_LABEL.match(text):
        return "advertisement", "label of an advertisement or loader"
    if _PAYWALL.search(text):
        return "paywall", "asks the reader to pay or register to read on"
    if own[_COLUMN["copyright"]]:
        return "footer", "copyright line"
    if _CAPTION_LEAD.match(text) or own[_COLUMN["signed"]]:
        return "caption", "describes a picture and names its source"
    if own[_COLUMN["has_credit"]] and words <= 10:
        return "credit", "names the source of a picture"
    if _RELATED_LEAD.match(text):
        return "related", "points to another story"
    if _CORRECTION.search(text):
        return "correction", "note of the editors about the article"
    if text.lower() in BARE_LEADS or own[_COLUMN["byline"]]:
        return "byline", "says who wrote"
    if own[_COLUMN["clock"]] and own[_COLUMN["has_month"]] and words <= 12:
        return "date", "a date or time by itself"
    if place > last and _BIO.search(text):
        return "bio", "introduces the author"
    for name, role, reason in _ROLE_OF_GROUP:
        if has[name] and words <= 25:
            return role, reason
    return _by_place(words, place, first, last, repeated=bool(own[_COLUMN["repeat"]]))


def _by_place(words: float, place: int, first: int, last: int, *, repeated: bool) -> tuple[str, str]:
    if place < first:
        return (
            ("navigation", "short line before the story")
            if words < 8
            else ("teaser", "line before the story, not part of it")
        )
    if place > last:
        return (
            ("navigation", "short line after the story")
            if words < 5
            else ("related", "line after the story has ended")
        )
    if repeated:
        return "repeat", "the same line stands elsewhere on the page"
    return "aside", "interrupts the story"
