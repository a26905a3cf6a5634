"""The outlet that published a page, and its section."""

from __future__ import annotations

import re

from clipbook.article.persons import looks_like_name
from clipbook.article.traits import PageTraits

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s:]*(?:copyright|©)?\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,.]*(?:by\s)?(?P<name>[^.|,©\d]{2,60})",
    re.I,
)
_COPYRIGHT_MARKS = ("©", "(c)", "copyright")
_LEGAL_TAIL = re.compile(
    r"\s*(?:all rights.*|limited|ltd|inc|llc|plc|gmbh|ag|co|corp\w*|media group|group|publishing|publications|holdings|pty|"
    r"\(pty\)|a division of.*|is a registered.*|network inc|and/or.*|or its.*)\s*$",
    re.I,
)
_TITLE_TAIL = re.compile(r"\s[|–—\-·»]\s(?P<name>[^|–—·»]{2,40})$")
SECTIONS = frozenset(
    """news|world|politics|business|opinion|sport|sports|science|technology|tech|health|culture|entertainment|travel|lifestyle|
    life|education|environment|climate|economy|finance|money|national|local|uk|us|europe|africa|asia|middle east|americas|
    crime|court|courts|society|media|arts|books|music|film|tv|food|weather|features|analysis|comment|editorial|letters|
    property|cars|motoring|football|tennis|cricket|rugby|golf|politik|wirtschaft|kultur|wissen|panorama|gesellschaft|
    politique|économie|monde|société|política|economía|mundo|cultura|deportes|politica|economia|esteri|cronaca""".replace(
        "\n", ""
    )
    .replace(" |", "|")
    .split("|")
)


def find_outlet(page: PageTraits, authors: tuple[str, ...], headline: int | None) -> str:
    """Name the outlet: the page title's tail, the copyright line, or an unsigned byline."""
    if headline is not None:
        for text in page.text[: headline + 1]:
            tail = _TITLE_TAIL.search(text)
            if tail and text.startswith(page.text[headline][:30]) and _may_be_outlet(tail["name"]):
                return tail["name"].removesuffix(" Loaded")
    for place in reversed(range(len(page.text))):
        if not any(mark in page.lower[place] for mark in _COPYRIGHT_MARKS):
            continue
        match = _COPYRIGHT.search(page.text[place])
        if match:
            name = _LEGAL_TAIL.sub("", _LEGAL_TAIL.sub("", match["name"].strip(" .,-–"))).strip(" .,-–")
            if name and name[0].isupper() and len(name.split()) <= 5:
                return name
    if len(authors) == 1 and not looks_like_name(authors[0]):
        return authors[0]
    return ""


def _may_be_outlet(tail: str) -> bool:
    """Tell a name (Gazette, iNews, gazette.example) from the end of a headline: "Ferry adrift - coastguard"."""
    first = tail.split(maxsplit=1)[0]
    return not first.islower() or "." in first.strip(".")


def find_section(page: PageTraits, headline: int | None) -> str:
    """Name the section: a known section label among the five lines before the headline."""
    if headline is None:
        return ""
    for text in reversed(page.text[max(0, headline - 5) : headline]):
        label = re.split(r"\s?[›>»/|]\s?", text)[-1].strip()
        if label.lower() in SECTIONS:
            return label.capitalize() if label.isupper() else label
    return ""
