"""Reported speech without quotation marks: "Ana Ruiz said that ...", "..., according to the council"."""

from __future__ import annotations

from clipbook.quotes.lexicon import DETERMINER, FUNCTION, PRONOUN
from clipbook.quotes.page import Page
from clipbook.quotes.subjects import Cue
from clipbook.quotes.tokens import QUOTE

FEWEST_WORDS = 3
_SKIP = frozenset((",", "that", ":", "-", "—", "–"))


def reported(page: Page) -> list[tuple[int, int, Cue]]:
    """Stretches of reported speech as (start, end, cue), in text order; sentences that quote are left out.

    Only verbs that report speech and little else count. Behind "said" the words to the sentence's end are
    reported; where "said Ana Ruiz" or "according to" ends the sentence, the words before it.
    """
    tokens = page.tokens
    out = []
    taken: set[int] = set()
    for cue in page.cues:
        sentence = tokens.sentence[cue.at]
        if not cue.strong or cue.subject is None or sentence in taken or tokens.word[cue.at] == ":":
            continue
        first, last = tokens.sentence_first[sentence], tokens.sentence_last[sentence]
        if page.quotes_before[last + 1] > page.quotes_before[first]:
            continue
        while last > cue.at and not tokens.word[last][0].isalnum():
            last -= 1
        span = _behind(page, cue, last) or _before(page, cue, first)
        if span is not None:
            taken.add(sentence)
            out.append((tokens.start[span[0]], tokens.end[span[1]], cue))
    return out


def _behind(page: Page, cue: Cue, last: int) -> tuple[int, int] | None:
    """The clause behind the verb or behind "according to the council,"."""
    tokens = page.tokens
    assert cue.subject is not None
    start = cue.at + 1 if cue.subject.a < cue.at else cue.subject.last
    named = cue.subject.a > cue.at
    if named and (start > last or tokens.word[start] != "," or tokens.low[cue.at] != "according"):
        return None
    while start <= last and tokens.low[start] in _SKIP:
        start += 1
    if last - start + 1 < FEWEST_WORDS or tokens.word[start] == QUOTE:
        return None
    begins = tokens.kind[start] & (DETERMINER | PRONOUN | FUNCTION) or tokens.caps[start]
    linked = tokens.low[start - 1] in _SKIP or named
    return (start, last) if begins or linked or tokens.low[start] == "s" else None


def _before(page: Page, cue: Cue, first: int) -> tuple[int, int] | None:
    """The clause before "..., Ana Ruiz said." or "..., according to the council."."""
    tokens = page.tokens
    assert cue.subject is not None
    end = min(cue.at, cue.subject.first) - 1
    if end <= first or tokens.word[end] != ",":
        return None
    return (first, end - 1) if end - first >= FEWEST_WORDS else None
