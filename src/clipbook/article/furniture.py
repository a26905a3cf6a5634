"""Lines that are never part of a story, and what a page says about itself rather than about the news."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clipbook.article.bylines import byline_names, opens_byline
from clipbook.article.dates import find_dates

_LONGEST_NOTICE = 1_000
_LONGEST_PLEA = 400
_INVITATION = re.compile(
    r"\b(?:tell us|get in touch|write to (?:us|the)|drop us|let us know|contact (?:us|the)|e-?mail|send (?:us|your)|share your|do you (?:have|know)|are you affected|"
    r"have your say|got a (?:story|tip)|reach (?:him|her|them|us))\b.{0,160}\S@\S",
    re.I,
)
_REQUESTS = frozenset(
    ["follow", "like", "join", "sign", "subscribe", "get", "receive", "listen", "download", "if", "support"]
)
_REQUEST = re.compile(
    r"(?:follow|like|join) (?:us|our|[A-Z]\w{1,20})\b.{0,80}\b(?:facebook|twitter|instagram|youtube|whatsapp|telegram|tiktok|"
    r"linkedin|bluesky)\b"
    r"|(?:join|support|follow) our\b.{0,60}\b(?:forums?|community|channel|group|page|journalism|reporting|newsroom|work)\b"
    r"|(?:sign up|subscribe)\b.{0,120}\b(?:newsletters?|inbox|e-?mail|updates|alerts)\b"
    r"|sign up (?:for|to)\b[^.!?]{0,60}$"
    r"|(?:get|receive)\b.{0,100}\b(?:(?:to|in) your (?:inbox|phone|e-?mail)|newsletters?)\b"
    r"|listen to\b.{0,100}\b(?:podcast|live|apple|spotify)\b|download\b.{0,60}\bapp\b"
    r"|(?:if you |did you )?(?:like|enjoy|love)(?:d|ed)? this (?:story|article|post|piece)\b",
    re.I,
)
_CONSENT = re.compile(
    r"\b(?:we|our) .{0,40}\bpartners\b.{0,60}\b(?:store|process|access|use)\b.{0,60}\b(?:data|information|devices?|cookies?)\b"
    r"|\b(?:use|uses|using) .{0,20}\bcookies\b"
    r"|\bcookies? (?:is|are) (?:set|used|installed)\b|\b(?:accept|manage|reject)\b.{0,20}\bcookies\b"
    r"|\bcookies?\b.{0,300}\b(?:websites?|visitors?|users?|browser|consent|sessions?|anonymous(?:ly)?|categor(?:y|ies))\b"
    r"|\b(?:websites?|visitors?|users?|browser|consent|sessions?|anonymous(?:ly)?|used by google)\b.{0,300}\bcookies?\b"
)
_CONSENT_WORDS = ("cookie", "partners")
_DISCLAIMER = re.compile(
    r"\ball rights reserved\b|\bregistered trade ?marks? of\b"
    r"|\b(?:this|our) (?:article|story|post|page|site|content)s? (?:contains?|may contain|includes?) (?:affiliate|sponsored)"
    r"|\b(?:we|site|publisher) (?:may |will |can |could )?(?:earn|receive|get|make) (?:a |an |any )?(?:\w+ )?commissions?\b"
    r"|\bmay (?:earn|receive) (?:a |an )?(?:\w+ )?commissions?\b.{0,60}\b(?:links?|purchases?)\b"
    r"|\b(?:information|content|materials?) (?:provided|contained|published) (?:on|in) this (?:web ?)?(?:site|page)\b"
    r"|\bnot intended to (?:diagnose|be (?:a substitute|used as))\b|\bfor informational purposes only\b"
    r"|\bas you comment\b|\bkeep (?:your |all )?comments (?:relevant|respectful|civil)\b|\bcomments? (?:is|are|will be) (?:pre-?)?moderated\b"
    r"|\bat no cost to you\b|\b(?:to|in|meet|for) your inbox\b|\b(?:support|fund) (?:us|our)\b.{0,60}\b(?:journalism|reporting|newsroom)\b"
    r"|\bunsubscribe (?:at )?any ?time\b|\bno spam\b|\bnever share your\b"
    r"|\byour (?:personal )?data will\b|\brevoke (?:this|your) consent\b"
    r"|\b(?:our|read the|see the) (?:privacy (?:policy|notice)|terms (?:of|and) (?:use|service|conditions)|user agreement)\b"
)
_DISCLAIMER_WORDS = (
    "reserved", "trade", "affiliate", "sponsored", "commission", "this web", "this site", "this page", "intended", "informational",
    "unsubscribe", "spam", "comment", "no cost", "inbox", "support", "fund", "never share", "your personal", "your data", "consent", "privacy", "terms ", "agreement",
)  # fmt: skip
_QUOTE_MARKS = frozenset('“”"«»„')


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
    return _states(line, topic, _DISCLAIMER_WORDS, _DISCLAIMER) and _QUOTE_MARKS.isdisjoint(line)


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


_LABEL = re.compile(
    r"^(?:(?:skip )?advert\w{0,12}|anzeige|werbung|publicité|publicidad|pubblicità|annonse?|reklame?|sponsored\b.{0,40}|"
    r"(?:story|article) continues\b.{0,40}|article content|loading\.{0,3}|loader|"
    r"(?:play|pause)(?: video)?|(?:un)?mute|full ?screen|now playing\b.{0,80}|video player is loading|\d{1,2}:\d\d ?/ ?(?:duration )?\d{1,2}:\d\d|"
    r"(?:current|remaining|duration|stream) (?:time|type)\b.{0,20}|loaded: [\d.]{1,6}%|playback rate|this is a modal window|"
    r"(?:scroll|swipe) (?:down )?to continue\b.{0,40})"
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
        or is_credit_line(line)
        or is_consent(line, topic)
        or is_disclaimer(line, topic)
    )
