"""Reported speech: what somebody is said to have said, without quotation marks."""

from __future__ import annotations

from clipbook.quotes.document import Document
from clipbook.quotes.lexicon import Kind, inflections
from clipbook.quotes.mentions import Cue
from clipbook.quotes.tokens import QUOTE

FEWEST_WORDS = 3
MOST_TO_THAT = 14  # tokens from a verb to its "that"
MOST_TO_VERB = 10  # tokens from the beginning of a clause to its verb


def _forms(verbs: str) -> frozenset[str]:
    """All forms of some verbs."""
    return frozenset(form for verb in verbs.split() for form in inflections(verb))


_SAYS = _forms("say tell !said !told !thought think !thinking !swore")
_CLAUSE = _SAYS | _forms(  # verbs that take a clause without "that"
    "claim argue insist believe warn admit! note add allege maintain confirm acknowledge estimate concede complain predict"
    " contend explain remark assert"
)
_TELLS = _forms("tell !told remind warn inform assure advise notify")
_BELIEVES = _forms(
    "believe hope fear suggest promise vow urge expect worry indicate imply feel doubt !felt !found"
)
_NEAR = frozenset(("speaker before verb", "verb before speaker", "according to", "participle after speaker"))
_THAT = frozenset(("that", "whether"))
_OBJECTS = frozenset(("reporters", "him", "her", "them", "me", "us", "journalists", "you"))
_WHEN = frozenset(("on", "last", "late", "early", "earlier", "this", "later", "also", "again", "then"))
_FOLLOWS = frozenset((",", "-", "—", "–", "who", "while", "as", "when", "last", "earlier", "this", "here"))
_ADDS = frozenset(("who", "whose", "which", "a", "an", "the", "his", "her", "its"))

Span = tuple[int, int]  # first and last token


def reported(document: Document) -> list[tuple[int, int, Cue]]:
    """Stretches of reported speech as (start, end, cue), in text order; sentences that quote are left out.

    Behind a verb the words to the sentence's end are reported: all behind "that", and behind "said" and the like
    also a clause without it. Before "..., Ana Ruiz said." and "..., according to the council." the words before it;
    around "..., she said, ..." both.
    """
    tokens = document.tokens
    out = []
    covered = -1
    for cue in document.cues:
        if cue.subject is None or cue.at <= covered or not _reports(document, cue):
            continue
        sentence = tokens.sentence[cue.at]
        first, last = max(covered + 1, tokens.sentence_first[sentence]), tokens.sentence_last[sentence]
        if document.quotes_before[last + 1] > document.quotes_before[tokens.sentence_first[sentence]]:
            continue
        while last > cue.at and not tokens.word[last][0].isalnum():
            last -= 1
        for start, end in _behind(document, cue, last) or _before(document, cue, first, last):
            out.append((tokens.start[start], tokens.end[end], cue))
            covered = max(covered, end)
    return out


def _reports(document: Document, cue: Cue) -> bool:
    """Whether a word is a verb that reports: no colon, no passive, no noun such as "remarks" far from any subject."""
    low = document.tokens.low[cue.at]
    if document.tokens.word[cue.at] == ":" or cue.rule == "passive":
        return False
    return low in _CLAUSE or low in _BELIEVES or (cue.strong and (cue.rule in _NEAR or not low.endswith("s")))


def _behind(document: Document, cue: Cue, last: int) -> list[Span]:
    """The clause behind the verb, or behind "according to the council,"."""
    tokens = document.tokens
    low, kind = tokens.low, tokens.kind
    assert cue.subject is not None
    if cue.subject.a > cue.at:
        start = cue.subject.last
        according = start < last and tokens.word[start] == "," and low[cue.at] == "according"
        return _long(start + 1, last) if according else []
    start = cue.at + 1
    while start < last and (low[start] in _WHEN or kind[start] & Kind.DATE or low[start].endswith("ly")):
        start += 1
    if start >= last or tokens.word[start] == QUOTE:
        return []
    that = _that(document, cue, start, last)
    if that and not kind[that + 1] & Kind.AUXILIARY:
        return _long(that + 1, last)
    if low[cue.at] in _TELLS:
        start = _behind_object(document, start)
    if start >= last or kind[start] & Kind.PREPOSITION or not tokens.word[start][0].isalnum():
        return []
    ahead = range(start, min(start + MOST_TO_VERB, last))
    finite = any(kind[i] & (Kind.AUXILIARY | Kind.IRREGULAR) for i in ahead)
    opens = bool(kind[start] & (Kind.PRONOUN | Kind.DETERMINER) or tokens.caps[start])
    if low[cue.at] in _SAYS and (opens or last - start > MOST_TO_VERB):
        return _long(start, last)
    clause = low[cue.at] in _CLAUSE or (cue.strong and bool(kind[start] & Kind.PRONOUN))
    return _long(start, last) if clause and finite else []


def _that(document: Document, cue: Cue, start: int, last: int) -> int:
    """The "that" of a verb: right behind it, or behind whom it tells, or where and when; 0 where there is none."""
    low, kind = document.tokens.low, document.tokens.kind
    if low[start] in _THAT:
        return start
    if not cue.strong or not (low[cue.at] in _TELLS or kind[start] & Kind.PREPOSITION):
        return 0
    for index in range(start + 1, min(start + MOST_TO_THAT, last)):
        if low[index] in _THAT:
            return index
        if kind[index] & (Kind.AUXILIARY | Kind.IRREGULAR) or document.tokens.word[index] in (";", ":"):
            return 0
    return 0


def _behind_object(document: Document, start: int) -> int:
    """The token behind whom a verb tells something."""
    if document.tokens.low[start] in _OBJECTS:
        return start + 1
    return next((m.last for m in document.behind(start, 1) if m.first <= start + 1), start)


def _before(document: Document, cue: Cue, first: int, last: int) -> list[Span]:
    """The clause before "..., Ana Ruiz said." or "..., according to the council.", and that around "..., she said, ..."."""
    tokens = document.tokens
    kind = tokens.kind
    assert cue.subject is not None
    end, after = min(cue.at, cue.subject.first) - 1, max(cue.at + 1, cue.subject.last)
    if not cue.strong or end <= first or tokens.word[end] != ",":
        return []
    parts = _long(first, end - 1)
    if cue.subject.a < cue.at and after < last and tokens.word[after] == ",":
        goes_on = tokens.low[after + 1] not in _ADDS and not tokens.low[after + 1].endswith("ing")
        return [*parts, *_long(after + 1, last)] if goes_on else parts
    finite = any(
        kind[i] & (Kind.AUXILIARY | Kind.IRREGULAR) or tokens.low[i].endswith("ed") for i in range(first, end)
    )
    if not finite:
        return []
    ends = after > last or tokens.low[after] in _FOLLOWS or kind[after] & (Kind.PREPOSITION | Kind.DATE)
    return parts if ends else []


def _long(start: int, last: int) -> list[Span]:
    return [(start, last)] if last - start + 1 >= FEWEST_WORDS else []
