"""One article as the search for speakers sees it: quotations, tokens, mentions, cast, cues."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate

from clipbook.quotes.capitals import spelt
from clipbook.quotes.cast import build_cast, follow_pronouns, infer_gender
from clipbook.quotes.clauses import find_cues, mark_mentions
from clipbook.quotes.descriptions import resolve_descriptions
from clipbook.quotes.marks import quoted_spans
from clipbook.quotes.mentions import Cue, Mention, find_pronouns, headings
from clipbook.quotes.names import find_names
from clipbook.quotes.phrases import find_phrases
from clipbook.quotes.tokens import Tokens


def _counted_before(tokens: Tokens, places: list[int]) -> list[int]:
    """For every token, and for the end, how many of some places stand before it."""
    here = [0] * (len(tokens.word) + 1)
    for place in places:
        here[place + 1] += 1
    return list(accumulate(here))


class Document:
    """What one article holds, as ``written`` and with capitals where names are; every list is in text order."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.text = text = spelt(written)
        self.quoted = quoted_spans(text)
        self.tokens = tokens = Tokens(text, self.quoted)
        skip = headings(tokens)
        names = find_names(tokens, skip)
        phrases = find_phrases(tokens, names, skip)
        self.mentions = sorted([*names, *phrases, *find_pronouns(tokens, skip)], key=lambda m: (m.a, m.b))
        self.cast = build_cast(tokens, self.mentions)
        mark_mentions(tokens, self.mentions)
        infer_gender(tokens, self.mentions)
        self.cues = find_cues(tokens, self.mentions)
        resolve_descriptions(tokens, self.mentions)
        follow_pronouns(self.mentions)
        self.cast = [entity for entity in self.cast if entity.mentions]
        for entity in self.cast:
            entity.speeches = sum(len(m.cues) for m in entity.mentions)
            entity.placed = sum(m.in_place for m in entity.mentions) / len(entity.mentions)
        self.short_quotes = Counter(
            text[q.start : min(q.end, q.start + 60)].strip(" ,.").lower() for q in self.quoted
        )
        self.sentence_cues: dict[int, list[Cue]] = {}
        for cue in self.cues:
            self.sentence_cues.setdefault(tokens.sentence[cue.at], []).append(cue)
        self.speakers_before = _counted_before(tokens, [m.a for m in self.mentions if m.cues])
        self.quotes_before = _counted_before(tokens, tokens.quote_at)
        self.mention_at = [m.a for m in self.mentions]

    def words(self, first: int, last: int) -> str:
        """Give the text of some tokens as it is written, ``last`` left out, in one line."""
        return " ".join(self.written[self.tokens.start[first] : self.tokens.end[last - 1]].split())

    def before(self, token: int, most: int) -> list[Mention]:
        """Give the last ``most`` mentions before a token."""
        split = bisect_left(self.mention_at, token)
        return self.mentions[max(0, split - most) : split]

    def behind(self, token: int, most: int) -> list[Mention]:
        """Give the next ``most`` mentions from a token on."""
        split = bisect_left(self.mention_at, token)
        return self.mentions[split : split + most]
