"""Who says each quotation of one article."""

from __future__ import annotations

import re
from typing import NamedTuple

from clipbook.quotes.marks import quoted_spans

_NAME = r"(?:[A-Z][\w’'-]+\.?(?:\s(?:de|van|von|al|bin|el|der|da|la)\b)*\s?){1,4}"
_BEFORE = re.compile(rf"({_NAME})\s?(said|says|told|added|wrote|asked)[^.“\"]{{0,60}}$")
_AFTER = re.compile(
    rf"^.?[,”\"’']*\s?(?:(said|says|added|wrote|asked)\s({_NAME})|({_NAME})\s?(said|says|added|told))"
)


class Quote(NamedTuple):
    """One quotation with its speaker, as found in one article."""

    start: int
    end: int
    text: str
    words: int
    kind: str
    cue: str
    speaker: str
    speaker_words: str
    rule: str
    confidence: float


def count_words(text: str) -> int:
    """Words of a quotation: pieces between spaces that hold a letter or a digit."""
    return sum(1 for piece in text.split() if any(map(str.isalnum, piece)))


def article_quotes(text: str) -> list[Quote]:
    """Quotations of one article in text order, each with its speaker."""
    quotes: list[Quote] = []
    for start, end, _, _ in quoted_spans(text):
        said = text[start:end]
        after = _AFTER.match(text[end : end + 80])
        before = _BEFORE.search(text[max(0, start - 120) : start - 1])
        speaker = cue = ""
        if after:
            speaker, cue = (after[2], after[1]) if after[2] else (after[3], after[4])
        elif before:
            speaker, cue = before[1], before[2]
        elif quotes:
            speaker = quotes[-1].speaker
        count = count_words(said)
        kind = "direct" if count > 5 else "mixed" if cue else "scare"
        quotes.append(
            Quote(start, end, said, count, kind, cue, speaker.strip(), speaker.strip(), "nearest", 0.5)
        )
    return quotes
