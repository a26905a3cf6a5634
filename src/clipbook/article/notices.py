"""What a page says about itself rather than about the news: terms, consent, disclaimers, requests to the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    r"|(?:get|receive)\b.{0,100}\b(?:(?:to|in) your (?:inbox|phone|e-?mail)|newsletters?)\b"
    r"|listen to\b.{0,100}\b(?:podcast|live|apple|spotify)\b|download\b.{0,60}\bapp\b"
    r"|(?:if you |did you )?(?:like|enjoy|love)(?:d|ed)? this (?:story|article|post|piece)\b",
    re.I,
)
_FOLLOW = re.compile(r"\bfollow (?:him|her|them|me|us) (?:on|at|@)", re.I)
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


def follows_author(line: str) -> bool:
    """Tell whether a line says where its author can be followed."""
    return "ollow " in line and len(line) < _LONGEST_PLEA and _FOLLOW.search(line) is not None
