"""Lines that are never part of a story, and what a page says about itself rather than about the news."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clipbook.article.bylines import byline_names, opens_byline
from clipbook.article.dates import find_dates
from clipbook.article.language import PATTERNS

_LONGEST_NOTICE = 1_000
_LONGEST_PLEA = 400
_INVITATION = PATTERNS["invitation"]
_REQUESTS = frozenset((
    "follow", "like", "join", "sign", "subscribe", "get", "receive", "listen", "download", "if", "support", "was", "enjoying", "thanks",
    "thank", "view", "read", "want", "for", "unlock", "you", "you're", "you’re",
))  # fmt: skip
_REQUEST = PATTERNS["request"]
_CONSENT = PATTERNS["consent"]
_CONSENT_WORDS = ("cookie", "partners")
_DISCLAIMER = PATTERNS["disclaimer"]
_DISCLAIMER_WORDS = (
    "reserved", "trade", "affiliate", "sponsored", "commission", "this web", "this site", "this page", "intended", "informational",
    "unsubscribe", "spam", "comment", "no cost", "inbox", "support", "fund", "never share", "your personal", "your data", "consent", "privacy", "terms ", "agreement",
)  # fmt: skip
_QUOTE_MARKS = '“”"«»„'


def is_plea(line: str) -> bool:
    """Tell whether a line asks the reader to write in, follow, subscribe or listen."""
    if len(line) >= _LONGEST_PLEA:
        return False
    asks = line[:24].split(" ", 1)[0].lower() in _REQUESTS and _REQUEST.match(line) is not None
    return asks or ("@" in line and _INVITATION.search(line) is not None)


def is_consent(line: str, topic: Sequence[str] = ()) -> bool:
    """Tell whether a line is about the cookies that a page sets.

    Parameters
    ----------
    line : str
        A line of the page.
    topic : sequence of str
        The story's first lines, in lower case: what other lines of these speak of is news, no notice.
    """
    return _states(line, topic, _CONSENT_WORDS, _CONSENT)


def is_disclaimer(line: str, topic: Sequence[str] = ()) -> bool:
    """Tell whether a line states a page's terms, rights, commissions or the limits of its advice.

    The parameters are those of ``is_consent``; a quotation is never a disclaimer.
    """
    quoted = any(mark in line for mark in _QUOTE_MARKS)
    return not quoted and _states(line, topic, _DISCLAIMER_WORDS, _DISCLAIMER)


def _states(line: str, topic: Sequence[str], words: tuple[str, ...], pattern: re.Pattern[str]) -> bool:
    if len(line) > _LONGEST_NOTICE:
        return False
    low = line.lower()
    found = [word for word in words if word in low]
    return (
        bool(found)
        and pattern.search(low) is not None
        and not all(_in_topic(word, low, topic) for word in found)
    )


def _in_topic(word: str, low: str, topic: Sequence[str]) -> bool:
    return any(word in other and not other.startswith(low) for other in topic)


_ONLY_FOR_PAYERS = PATTERNS["only_for_payers"]


def is_paywall(line: str) -> bool:
    """Tell whether a line says that only those who pay or register may read on, and no more."""
    return len(line) < _LONGEST_PLEA and _ONLY_FOR_PAYERS.fullmatch(line) is not None


_LABEL = PATTERNS["label"]
_POINTER = PATTERNS["pointer"]
_HEADING = PATTERNS["heading"]
_NOTICE = PATTERNS["notice"]
_CAPTION = PATTERNS["caption"]
_CREDITED = PATTERNS["credited"]
_DIRECTION = PATTERNS["direction"]
_TAKEN_BY = re.compile(r"\([A-Z][\w.&’' -]{2,40}(?:/\s?[A-Z][\w.&’' -]{1,40}){1,3}\)$")
_STAMP = PATTERNS["stamp"]
_ENTRY = re.compile(r"\d{1,2}:\d{2}(?:\s?[ap]m)?(?=[A-Z])[^.!?]{0,50}$")
_DATE_LABEL = PATTERNS["date_label"]
_SIGNED_OFF = re.compile(r"^\W{0,2}(?i:additional )?(?i:reporting|writing|editing|edited|compiled) by [A-Z]")
_NOTICE_STARTS = frozenset(("corr", "clar", "edit", "auth", "this", "an e"))
_SIGNED = re.compile(
    r"[.!?](?<=[^\W\d_]{3}.)(?<!\bRep.)(?<!\bSen.)(?<!\bGov.)(?<!\bGen.)(?<!\bRev.)(?<!\bSgt.)(?<!\bHon.)(?<!\bCapt.)(?<!\bProf.)(?<!\bSupt.)[\"”’']?\s(?:(?:[A-Z][\w’'.-]+(?:[ /](?:[A-Z/&][\w’'./&-]*|via|of|by|and|for)){1,6})"
    r"|(?i:supplied|handout|getty|reuters|ap|afp|pa|shutterstock|istock|alamy)(?:/\w{1,20})?)$",
)
_PICTURED_STARTS = frozenset("pPfF(lLtTiI")
_PICTURED = re.compile(r"^(?:pictured\b|from left\b|\(?left to right\b|top row\b|inset[:,])", re.I)
_SENTENCE_ENDS = (".", "!", "?", ":", "”", '"', "’")
_LONGEST_STAMP = 90
_LONGEST_POINTER = 200
_LONGEST_CAPTION = 400


def is_label(line: str) -> bool:
    """Tell whether a line is the label of an advertisement, a loader or a player's button."""
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


def is_credited(line: str) -> bool:
    """Tell whether a line describes a picture behind the name of its agency; the picture's caption may follow."""
    return _CREDITED.match(line) is not None


def is_caption(line: str) -> bool:
    """Tell whether a line is labelled as a picture's caption, or begins or ends with its credit."""
    if (
        is_credited(line)
        or (line[0] in _PICTURED_STARTS and _PICTURED.match(line))
        or _ends_with_credit(line)
    ):
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


def is_address(line: str) -> bool:
    """Tell whether a line is the address of a page and nothing else."""
    return line.startswith(("http://", "https://", "www.")) and " " not in line.strip()


def never_story(line: str, topic: Sequence[str] = ()) -> bool:
    """Tell whether a line is never part of a story: an address, pointer, plea, credit, ...

    Parameters
    ----------
    line : str
        A line of the page.
    topic : sequence of str
        The story's first lines, in lower case; notices about what the story is about are part of it.
    """
    return (
        is_address(line)
        or is_pointer(line)
        or is_caption(line)
        or is_stamp(line)
        or is_plea(line)
        or _DIRECTION.match(line) is not None
        or is_paywall(line)
        or is_credit_line(line)
        or is_consent(line, topic)
        or is_disclaimer(line, topic)
    )
