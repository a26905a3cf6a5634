"""Tails: how far a noun phrase reaches behind its head."""

from __future__ import annotations

from clipbook.quotes.lexicon import (
    AUXILIARY,
    CONJUNCTION,
    CUE,
    DATE,
    DETERMINER,
    FUNCTION,
    PREPOSITION,
    SAID,
)  # fmt: skip
from clipbook.quotes.mentions import Mention
from clipbook.quotes.tokens import QUOTE, Tokens

LONGEST_TAIL = 16  # tokens
LONGEST_BEFORE_VERB = 10
_TAILS = frozenset(
    ("for", "of", "with", "at", "from", "in", "on", "to", "by", "inside", "near", "among", "outside")
)
_RELATIVE = frozenset(("who", "familiar", "close", "involved", "briefed", "working", "attending", "whose"))
FORMER = frozenset(("former", "first", "then", "current", "other", "own", "late"))


def tail(tokens: Tokens, phrase: Mention) -> int:
    """Where a phrase ends with what follows its head: "a spokesman for the Lumo council"."""
    low, word, kind = tokens.low, tokens.word, tokens.kind
    end, tails, count = phrase.b, 0, len(low)
    inverted = phrase.first > 0 and (kind[phrase.first - 1] & SAID or low[phrase.first - 1] == "to")
    while end < count and tails < 3 and end - phrase.b < LONGEST_TAIL:
        if low[end] in _RELATIVE and tails < 2 and inverted:
            return _clause_end(tokens, end)
        if low[end] not in _TAILS or (low[end] == "to" and not _noun_follows(tokens, end + 1)):
            break
        stop = end + 1
        while stop < count and stop - end < 8 and _in_tail(tokens, stop, end + 1):
            stop += 1
        if stop == end + 1 or kind[end + 1] & DATE:
            break
        end, tails = stop, tails + 1
    while end > phrase.b and low[end - 1] in ("'s", "the", "a"):
        end -= 1
    return end if word[end - 1][0].isalnum() else phrase.b


def before_tail(tokens: Tokens, verb: int) -> int:
    """The token before a noun's tail that ends at ``verb``: "a voice in the advert says"; -1 if there is none."""
    head, index = -1, verb - 1
    while (
        index > 0 and verb - index < LONGEST_BEFORE_VERB and tokens.sentence[index] == tokens.sentence[verb]
    ):
        if tokens.low[index] in _TAILS and index < verb - 1:
            head = index - 1
        elif not _in_tail(tokens, index, index):
            break
        index -= 1
    return head


def _noun_follows(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and bool(tokens.kind[index] & DETERMINER or tokens.caps[index])


def _in_tail(tokens: Tokens, index: int, first: int) -> bool:
    word, low, kind = tokens.word[index], tokens.low[index], tokens.kind[index]
    if word == QUOTE or kind & DATE or not (word[0].isalnum() or low == "'s"):
        return False
    if kind & CUE and not (low.endswith(("ing", "ed")) and tokens.kind[index - 1] & DETERMINER):
        return False
    if kind & (PREPOSITION | CONJUNCTION | AUXILIARY) and low not in FORMER:
        return False
    if kind & FUNCTION and not kind & DETERMINER and low not in FORMER:
        return False
    return not (index > first and low.endswith("ed") and not tokens.kind[index - 1] & DETERMINER)


def _clause_end(tokens: Tokens, start: int) -> int:
    end = start + 1
    while (
        end < len(tokens)
        and end - start < LONGEST_TAIL
        and tokens.sentence[end] == tokens.sentence[start]
        and tokens.word[end] not in (QUOTE, ",", ".", "\n", ";", ":")
    ):
        end += 1
    return end
