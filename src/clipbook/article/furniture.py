"""Lines that are never part of a story, whatever stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clipbook.article.bylines import byline_names, opens_byline
from clipbook.article.dates import find_dates
from clipbook.article.notices import follows_author, is_consent, is_disclaimer, is_plea

_LABEL = re.compile(
    r"^(?:advert\w{0,12}|anzeige|werbung|publicité|publicidad|pubblicità|annonse?|reklame?|sponsored\b.{0,40}|"
    r"(?:story|article) continues\b.{0,40}|article content|loading\.{0,3}|loader|(?:scroll|swipe) (?:down )?to continue\b.{0,40})"
    r"[:.]?$",
    re.I,
)
_POINTER = re.compile(
    r"^[\[(]?(?:read more|see also|see more|also read|read also|related|more|read next|watch|listen|mehr zum thema|"
    r"lesen sie auch|siehe auch|lire aussi|à lire aussi|leggi anche|lea también|leia também|lees ook|läs mer|les også)\s?"
    r"(?:\w{1,15} ){0,2}[:|»]",
    re.I,
)
_HEADING = re.compile(
    r"^(?:more (?:from|on|about|stories|news|like)|you (?:may|might) (?:also )?(?:like|enjoy)|recommended|most (?:read|popular|viewed)|"
    r"trending|editors?.s? (?:picks?|choice)|top stories)\b[^.!?]{0,60}(?:\.{3}|…)?$|^also on [\w.]{1,40}\.\w{2,3}\b",
    re.I,
)
_NOTICE = re.compile(
    r"^\W{0,2}(?:correction|clarification|editor.s note|author.s note)\b.{0,24}[:—–]|^(?:this|an earlier version of this) (?:article|"
    r"story) (?:was (?:first|originally|last) (?:published|updated)|(?:was|has been) (?:updated|corrected|amended))",
    re.I,
)
_CAPTION = re.compile(
    r"^(?:image|photo|picture|media|video|file photo)\s?(?:caption|source|credit)?\s?:"
    r"|\((?:image|photo|picture|credit|file|pic)s?\b[^()]{0,80}\)$",
    re.I,
)
_TAKEN_BY = re.compile(r"\([A-Z][\w.&’' -]{2,40}(?:/\s?[A-Z][\w.&’' -]{1,40}){1,3}\)$")
_STAMP = re.compile(
    r"^\W{0,2}(?:first |last )?(?:posted|published|updated|modified|veröffentlicht|aktualisiert|publié|publicado)\b",
    re.I,
)
_ENTRY = re.compile(r"\d{1,2}:\d{2}(?:\s?[ap]m)?(?=[A-Z])[^.!?]{0,50}$")
_DATE_LABEL = re.compile(
    r"(?:first |last )?(?:published|posted|updated|publié|publicado|veröffentlicht)(?: on| at| am| le| el)?:?",
    re.I,
)
_SIGNED_OFF = re.compile(r"^\W{0,2}(?i:additional )?(?i:reporting|writing|editing|edited|compiled) by [A-Z]")
_NOTICE_STARTS = frozenset(("corr", "clar", "edit", "auth", "this", "an e"))
_SIGNED = re.compile(
    r"(?<=[^\W\d_]{3})(?<!\bRep)(?<!\bSen)(?<!\bGov)(?<!\bGen)(?<!\bRev)(?<!\bSgt)(?<!\bHon)(?<!\bCapt)(?<!\bProf)(?<!\bSupt)[.!?][\"”’']?\s(?:(?:[A-Z][\w’'.-]+(?:[ /](?:[A-Z/&][\w’'./&-]*|via|of|by|and|for)){1,6})"
    r"|(?i:supplied|handout|getty|reuters|ap|afp|pa|shutterstock|istock|alamy)(?:/\w{1,20})?)$",
)
_PICTURED_STARTS = frozenset("pPfF(lLtTiI")
_PICTURED = re.compile(r"^(?:pictured\b|from left\b|\(?left to right\b|top row\b|inset[:,])", re.I)
_SENTENCE_ENDS = (".", "!", "?", ":", "”", '"', "’")
_LONGEST_STAMP = 90
_LONGEST_POINTER = 200
_LONGEST_CAPTION = 400


def is_label(line: str) -> bool:
    """Tell whether a line is the label of an advertisement or a loader."""
    return len(line) < _LONGEST_STAMP and _LABEL.match(line) is not None


def is_pointer(line: str) -> bool:
    """Tell whether a line names another story after "Read more:", or is the heading of a list of others."""
    if len(line) >= _LONGEST_POINTER:
        return False
    named = (":" in line or "|" in line or "»" in line) and _POINTER.match(line) is not None
    return named or _HEADING.match(line) is not None


def is_notice(line: str) -> bool:
    """Tell whether a line is the editors' note on the article itself."""
    return line[:14].lstrip("([*• ")[:4].lower() in _NOTICE_STARTS and _NOTICE.match(line) is not None


def is_caption(line: str) -> bool:
    """Tell whether a line is labelled as a picture's caption, or ends with its credit."""
    if (line[0] in _PICTURED_STARTS and _PICTURED.match(line)) or _ends_with_credit(line):
        return True
    if line.endswith(")") and _TAKEN_BY.search(line[-90:]):
        return True
    return (line.endswith(")") or ":" in line[:24]) and _CAPTION.search(
        line if len(line) < 400 else line[-120:]
    ) is not None


def _ends_with_credit(line: str) -> bool:
    """Tell whether a name without a full stop follows a caption's last sentence."""
    return len(line) < _LONGEST_CAPTION and line[-1:].isalpha() and _SIGNED.search(line[-70:]) is not None


def is_stamp(line: str) -> bool:
    """Tell whether a line says when the page or an entry of a live blog was published, and nothing else."""
    if len(line) >= _LONGEST_STAMP:
        return False
    return _ENTRY.match(line) is not None or (_STAMP.match(line) is not None and bool(find_dates(line)))


def is_date_label(line: str) -> bool:
    """Tell whether a line announces a date ("Published on") and gives none."""
    return len(line) < 30 and _DATE_LABEL.fullmatch(line) is not None


def is_credit_line(line: str) -> bool:
    """Tell whether a line says who wrote, reported or edited, and nothing else."""
    if " by " in line[:40] and _SIGNED_OFF.match(line):
        return True
    return (
        len(line) < _LONGEST_STAMP
        and opens_byline(line)
        and not line.endswith(_SENTENCE_ENDS)
        and bool(byline_names(line))
    )


def never_story(line: str, topic: Sequence[str] = ()) -> bool:
    """Tell whether a line is never part of a story: a pointer, notice, plea, credit, ...

    Parameters
    ----------
    line : str
        A line of the page.
    topic : sequence of str
        The story's first lines, in lower case; notices about what the story is about are part of it.
    """
    return (
        is_pointer(line)
        or is_notice(line)
        or is_caption(line)
        or is_stamp(line)
        or is_plea(line)
        or is_credit_line(line)
        or follows_author(line)
        or is_consent(line, topic)
        or is_disclaimer(line, topic)
    )
