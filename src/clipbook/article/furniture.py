"""Lines that are never part of a story, whatever stands around them."""

from __future__ import annotations

import re

from clipbook.article.bylines import byline_names, opens_byline
from clipbook.article.dates import find_dates

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
_STAMP = re.compile(
    r"^\W{0,2}(?:first |last )?(?:posted|published|updated|modified|veröffentlicht|aktualisiert|publié|publicado)\b",
    re.I,
)
_INVITATION = re.compile(
    r"\b(?:tell us|get in touch|contact (?:us|the)|e-?mail|send (?:us|your)|share your|do you (?:have|know)|are you affected|"
    r"have your say|got a (?:story|tip)|reach (?:him|her|them|us))\b.{0,160}\S@\S",
    re.I,
)
_REQUESTS = frozenset(["follow", "like", "join", "sign", "subscribe", "get", "receive", "listen", "download"])
_REQUEST = re.compile(
    r"(?:follow|like|join) (?:us|our|[A-Z]\w{1,20})\b.{0,80}\b(?:facebook|twitter|instagram|youtube|whatsapp|telegram|tiktok|"
    r"linkedin|bluesky)\b"
    r"|(?:sign up|subscribe)\b.{0,120}\b(?:newsletters?|inbox|e-?mail|updates|alerts)\b"
    r"|(?:get|receive)\b.{0,100}\b(?:(?:to|in) your (?:inbox|phone|e-?mail)|newsletters?)\b"
    r"|listen to\b.{0,100}\b(?:podcast|live|apple|spotify)\b|download\b.{0,60}\bapp\b",
    re.I,
)
_SIGNED_OFF = re.compile(r"^\W{0,2}(?i:additional )?(?i:reporting|writing|editing|edited|compiled) by [A-Z]")
_NOTICE_STARTS = frozenset(("corr", "clar", "edit", "auth", "this", "an e"))
_CONSENT = re.compile(
    r"\b(?:we|our) .{0,40}\bpartners\b.{0,60}\b(?:store|process|access|use)\b|\b(?:use|uses|using) .{0,20}\bcookies\b"
    r"|\bcookies? (?:is|are) (?:set|used|installed)\b|\b(?:accept|manage|reject)\b.{0,20}\bcookies\b",
    re.I,
)
_SENTENCE_ENDS = (".", "!", "?", ":", "”", '"', "’")
_LONGEST_PLEA = 400
_LONGEST_STAMP = 90
_LONGEST_POINTER = 200


def is_label(line: str) -> bool:
    """Tell whether a line is the label of an advertisement or a loader."""
    return len(line) < _LONGEST_STAMP and _LABEL.match(line) is not None


def is_pointer(line: str) -> bool:
    """Tell whether a line names another story after "Read more:" or the like."""
    return (
        len(line) < _LONGEST_POINTER
        and (":" in line or "|" in line or "»" in line)
        and _POINTER.match(line) is not None
    )


def is_notice(line: str) -> bool:
    """Tell whether a line is the editors' note on the article itself."""
    return line[:14].lstrip("([*• ")[:4].lower() in _NOTICE_STARTS and _NOTICE.match(line) is not None


def is_caption(line: str) -> bool:
    """Tell whether a line is labelled as a picture's caption, or ends with its credit in brackets."""
    return (line.endswith(")") or ":" in line[:24]) and _CAPTION.search(
        line if len(line) < 400 else line[-120:]
    ) is not None


def is_stamp(line: str) -> bool:
    """Tell whether a line says when the page was published or updated, and nothing else."""
    return len(line) < _LONGEST_STAMP and _STAMP.match(line) is not None and bool(find_dates(line))


def is_plea(line: str) -> bool:
    """Tell whether a line asks the reader to write in, follow, subscribe or listen."""
    if len(line) >= _LONGEST_PLEA:
        return False
    asks = line[:24].split(" ", 1)[0].lower() in _REQUESTS and _REQUEST.match(line) is not None
    return asks or ("@" in line and _INVITATION.search(line) is not None)


def is_consent(line: str) -> bool:
    """Tell whether a line is about the cookies that a page sets."""
    low = line.lower() if len(line) < _LONGEST_PLEA else ""
    return ("cookie" in low or "partners" in low) and _CONSENT.search(low) is not None


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


def never_story(line: str) -> bool:
    """Tell whether a line is never part of a story: a label, pointer, notice, plea, credit, ..."""
    return any(test(line) for test in _TESTS)


_TESTS = (is_label, is_pointer, is_notice, is_caption, is_stamp, is_plea, is_consent, is_credit_line)
