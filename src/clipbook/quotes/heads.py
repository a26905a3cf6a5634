"""Heads of noun phrases: nouns that are known to speak, and nouns that speak by where they stand."""

from __future__ import annotations

from clipbook.quotes.forms import MAY_HEAD, SPEAKS
from clipbook.quotes.lexicon import CLOSED, CUE, DATE, DETERMINER, HEAD, IRREGULAR, SAID
from clipbook.quotes.mentions import Mention
from clipbook.quotes.tails import before_tail
from clipbook.quotes.tokens import QUOTE, Tokens

_BEGINNING = frozenset((
    "began", "begins", "begin", "started", "starts", "start", "ended", "ends", "end", "finished", "finishes", "opened",
    "opens", "open", "closed", "closes", "close", "went", "goes", "go",
))  # fmt: skip
LONGEST_OPENING = 5  # words behind a determiner that opens a sentence
LONGEST_SENTENCE = 60  # tokens
LONGEST_BEHIND = 7  # tokens from a verb to the head of its subject


def possible_heads(tokens: Tokens) -> list[int]:
    """Nouns that are known to speak, quantities, ages, and whatever stands beside a reporting word."""
    heads = set(tokens.marked(MAY_HEAD))
    if "-year-old" in tokens.text:
        heads.update(index for index, low in enumerate(tokens.low) if low.endswith("-year-old"))
    for index in tokens.marked(SPEAKS):
        heads.update(head for head in _around(tokens, index) if head >= 0 and _noun(tokens, head))
    return sorted(heads)


def _opening_head(tokens: Tokens, verb: int) -> int:
    """The noun that opens the sentence of a participle: "The welder shook his head, saying"; -1 if none does."""
    first = verb
    while first > 0 and not tokens.opens_sentence[first] and verb - first < LONGEST_SENTENCE:
        first -= 1
    if not tokens.kind[first] & DETERMINER:
        return -1
    head = first
    while head + 1 < verb and _noun(tokens, head + 1) and head - first < LONGEST_OPENING:
        if tokens.low[head + 1].endswith("ed") and head > first:
            break
        head += 1
    return head


def _around(tokens: Tokens, cue: int) -> list[int]:
    """Where unknown nouns may stand that speak by place alone: "the welder said", "said the welder"."""
    low, word = tokens.low, tokens.word
    participle = low[cue].endswith("ing")
    found: list[int] = []
    if low[cue] in _BEGINNING and word[min(cue + 1, len(word) - 1)] not in (QUOTE, ":", ","):
        return found  # "the season started", no speaker
    if not participle and low[cue] != "read" and determined(tokens, cue - 1):
        found.append(cue - 1)
    tailed = before_tail(tokens, cue)
    if tailed < 0 and participle and word[cue - 1] == ",":
        tailed = _opening_head(tokens, cue)
    if tailed >= 0 and determined(tokens, tailed):
        found.append(tailed)
    if low[cue] == "according":
        found.append(_behind(tokens, cue + 1))
    elif tokens.kind[cue] & SAID and cue:
        comma = word[cue - 1] == "," and not (cue > 1 and tokens.caps[cue - 2])
        if (comma or word[cue - 1] == QUOTE) and _opens_phrase(tokens, cue + 1):
            found.append(_behind(tokens, cue))
    return found


def _opens_phrase(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and bool(tokens.kind[index] & DETERMINER)


def _behind(tokens: Tokens, verb: int) -> int:
    """The noun that ends the phrase right behind ``verb``; -1 if there is none."""
    kind, word, count = tokens.kind, tokens.word, len(tokens)
    first = verb + 2 if _opens_phrase(tokens, verb + 1) else verb + 1
    for index in range(first, min(verb + LONGEST_BEHIND, count)):
        if not word[index][0].isalnum() or kind[index] & DETERMINER:
            return -1
        if index + 1 == count or not word[index + 1][0].isalnum() or kind[index + 1] & CLOSED:
            return index
    return -1


def _noun(tokens: Tokens, index: int) -> bool:
    """Whether a word in lower case may be a noun."""
    word = tokens.word[index]
    known = tokens.kind[index] & (CLOSED | CUE | DATE | IRREGULAR)
    return word[0].islower() and len(word) > 2 and not known and not word.endswith("ly")


def determined(tokens: Tokens, index: int) -> bool:
    """Whether a determiner or an owner opens the noun phrase that a word belongs to."""
    for back in range(index - 1, max(-1, index - 5), -1):
        if tokens.kind[back] & DETERMINER or tokens.low[back] == "'s":
            return True
        if not tokens.word[back][0].isalpha() or tokens.kind[back] & (CLOSED | CUE):
            return False
    return False


def is_head(tokens: Tokens, index: int, inside: dict[int, Mention]) -> bool:
    """Whether the noun ends its phrase and is not a verb ("Ana Ruiz heads the board")."""
    low, kind = tokens.low, tokens.kind
    if index + 1 < len(tokens):
        following = kind[index + 1]
        if following & HEAD and tokens.word[index + 1][0].islower() and not following & CUE:
            return False
        if low[index + 1] in ("'s", "'"):
            return False
    if index == 0:
        return True
    previous = kind[index - 1]
    if kind[index] & CUE and not previous & DETERMINER and low[index - 1] != "'s":
        return (
            bool(tokens.word[index - 1][0].islower() and not previous & (CLOSED | CUE))
            and index - 1 not in inside
        )
    verbal = low[index] in (
        "heads",
        "hosts",
        "models",
        "guards",
        "chairs",
        "posts",
        "coaches",
        "stars",
        "head",
        "host",
    )
    return not (verbal and index - 1 in inside)
