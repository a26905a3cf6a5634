"""Noun phrases: unnamed sources, and how far a name's description and a phrase's tail reach."""

from __future__ import annotations

from clipbook.quotes.lexicon import (
    CLOSED,
    CUE,
    DATE,
    DETERMINER,
    FEMALE_TITLE,
    HEAD,
    IRREGULAR,
    MALE_TITLE,
    PLURAL,
    QUANTITY,
    ROLE,
    SAID,
)  # fmt: skip
from clipbook.quotes.mentions import Mention
from clipbook.quotes.tails import FORMER, tail
from clipbook.quotes.tokens import QUOTE, Tokens

LONGEST = 9  # words before a head
BESIDE_CUE = 7  # tokens behind a reporting word within which its subject's head stands
_ADJECTIVE = ("ed", "old", "ful", "ous", "ive", "al", "ing", "ish", "an", "ic", "ent")
_CLOSING = frozenset((",", ".", ";", ")", "\n", "—", "–", ":", "who", "whose", "which"))


def find_phrases(tokens: Tokens, names: list[Mention], skip: set[int]) -> list[Mention]:
    """Noun phrases that can speak: one with a head that is known to, or any that is a speech verb's neighbour.

    A phrase right before or beside a name ("the mayor, Ana Ruiz,") describes the name and becomes its
    ``role`` and part of its ``first`` to ``last`` instead.
    """
    inside = {i: name for name in names for i in range(name.first, name.b)}
    for name in names:
        _describe(tokens, name, inside)
    inside = {i: name for name in names for i in range(name.first, name.b)} | {
        i: name for name in names for i in range(name.a, name.b)
    }
    before = {name.first: name for name in names}
    out: list[Mention] = []
    reach = -1
    for index in _possible_heads(tokens):
        kind = tokens.kind[index]
        if index <= reach or tokens.paragraph[index] in skip or index in inside:
            continue
        if tokens.caps[index] and not tokens.opens_sentence[index] and not _alone_capital(tokens, index):
            continue
        if not _is_head(tokens, index, inside):
            continue
        start = _start(tokens, index, inside)
        following = before.get(index + 1)
        if following is not None and following.sentence == tokens.sentence[index]:
            continue
        if _weak(tokens, start, index):
            continue
        phrase = Mention(tokens, index, index + 1, "phrase")
        phrase.first, phrase.last = start, index + 1
        phrase.gender = _gender(tokens, index)
        if kind & (ROLE | HEAD):
            phrase.role = [tokens.low[index]]
        if _apposed(tokens, phrase, before, inside):
            continue
        phrase.last = tail(tokens, phrase)
        out.append(phrase)
        reach = index
    return out


def _possible_heads(tokens: Tokens) -> list[int]:
    """Nouns that are known to speak, quantities, ages, and whatever stands beside a reporting word."""
    kind = tokens.kind
    heads = {index for index, flags in enumerate(kind) if flags & (HEAD | QUANTITY)}
    if "-year-old" in tokens.text:
        heads.update(index for index, low in enumerate(tokens.low) if low.endswith("-year-old"))
    near: set[int] = set()
    for index in [index for index, flags in enumerate(kind) if flags & CUE or tokens.low[index] == "to"]:
        near.add(index - 1)
        near.update(range(index + 1, index + BESIDE_CUE))
    heads.update(i for i in near if 0 <= i < len(kind) and i not in heads and _beside_cue(tokens, i))
    return sorted(heads)


def _alone_capital(tokens: Tokens, index: int) -> bool:
    """A capitalised role without a name: "the President said", "the Prime Minister"."""
    return bool(tokens.kind[index] & HEAD)


def _beside_cue(tokens: Tokens, index: int) -> bool:
    """Whether an unknown noun is the speaker by place alone: "the welder said", "according to a ledger"."""
    word = tokens.word[index]
    kind = tokens.kind[index]
    if (
        not word[0].islower()
        or len(word) < 3
        or kind & (CLOSED | CUE | DATE | IRREGULAR)
        or word.endswith("ly")
    ):
        return False
    following = tokens.kind[index + 1] if index + 1 < len(tokens) else 0
    if following & CUE and not tokens.low[index + 1].endswith("ing") and tokens.low[index + 1] != "read":
        return _determined(tokens, index)
    back = index - 1
    while (
        back >= 0
        and index - back < 5
        and tokens.word[back][0].isalnum()
        and not tokens.kind[back] & DETERMINER
    ):
        back -= 1
    if back < 2 or not tokens.kind[back] & DETERMINER or following & CUE:
        return False
    if index + 1 < len(tokens) and tokens.word[index + 1][0].isalnum() and not following & CLOSED:
        return False
    inverted = tokens.kind[back - 1] & SAID and tokens.word[back - 2] in (QUOTE, ",")
    return bool(inverted) or (tokens.low[back - 1] == "to" and tokens.low[back - 2] == "according")


def _determined(tokens: Tokens, index: int) -> bool:
    for back in range(index - 1, max(-1, index - 5), -1):
        if tokens.kind[back] & DETERMINER or tokens.low[back] == "'s":
            return True
        if not tokens.word[back][0].isalpha() or tokens.kind[back] & (CLOSED | CUE):
            return False
    return False


def _is_head(tokens: Tokens, index: int, inside: dict[int, Mention]) -> bool:
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


def _start(tokens: Tokens, head: int, inside: dict[int, Mention]) -> int:
    """First token of the phrase that ends with ``head``."""
    low, kind, word = tokens.low, tokens.kind, tokens.word
    start = head
    while start > 0 and head - start < LONGEST:
        back = start - 1
        here = kind[back]
        if tokens.sentence[back] != tokens.sentence[head] or word[back] == QUOTE:
            break
        if here & DETERMINER and low[back] not in FORMER:
            return (
                back - 1
                if back > 0 and low[back] in ("two", "three", "few") and low[back - 1] == "the"
                else back
            )
        if low[back] == "'s" or back in inside or low[back] in FORMER or word[back].isdigit():
            start = back
            continue
        if (
            word[back] == ","
            and start > 1
            and low[back - 1].endswith(_ADJECTIVE)
            and not here & CUE
            and back > 1
        ):
            if back - 1 in inside or not _adjective_run(tokens, back - 1):
                break
            start = back
            continue
        if low[back] == "and" and head - back == 2 and kind[back - 1] & HEAD and word[back - 1][0].islower():
            break
        if not word[back][0].isalpha() or here & CLOSED or low[back].endswith("ly"):
            break
        if here & CUE and not (
            low[back].endswith(("ed", "ing")) and back > 0 and kind[back - 1] & DETERMINER
        ):
            break
        if here & IRREGULAR:
            break
        start = back
    while start < head and (word[start] in (",",) or low[start] == "'s"):
        start += 1
    return start


def _adjective_run(tokens: Tokens, index: int) -> bool:
    """Whether an adjective before a comma belongs to the phrase: a determiner opens it close by."""
    return any(tokens.kind[back] & DETERMINER for back in range(max(0, index - 3), index))


def _weak(tokens: Tokens, start: int, head: int) -> bool:
    """A lone "one", "many" or a bare singular with no article is no source unless it speaks."""
    low = tokens.low
    if head == start and tokens.kind[head] & QUANTITY:
        following = tokens.kind[head + 1] if head + 1 < len(low) else 0
        return not following & SAID and low[min(head + 1, len(low) - 1)] not in ("of", "who")
    return start > 0 and low[start - 1] == "to" and head == start and not low[head].endswith("s")


def _gender(tokens: Tokens, head: int) -> str:
    low, kind = tokens.low[head], tokens.kind[head]
    if kind & FEMALE_TITLE or low.endswith("woman"):
        return "f"
    if kind & MALE_TITLE or low.endswith("man"):
        return "m"
    if kind & PLURAL or (low.endswith("s") and not low.endswith(("ss", "us"))):
        return "p"
    return ""


def _describe(tokens: Tokens, name: Mention, inside: dict[int, Mention]) -> None:
    """Reach a name's description to its left: "Lumo's chief executive, Ana Ruiz", "city clerk Ana Ruiz"."""
    head = name.first - 1
    comma = head > 0 and tokens.word[head] == ","
    if comma:
        head -= 1
    if head < 0 or tokens.sentence[head] != name.sentence or not tokens.kind[head] & HEAD or head in inside:
        return
    if not tokens.word[head][0].islower() or name.kind == "organisation":
        return
    start = _start(tokens, head, inside)
    if comma and not (tokens.kind[start] & DETERMINER or start in inside):
        return
    name.first = start
    name.role.extend(
        tokens.low[i] for i in range(start, head + 1) if tokens.kind[i] & ROLE and i not in inside
    )
    if name.kind == "name" and not name.gender:
        gender = _gender(tokens, head)
        name.gender = gender if gender in ("m", "f") else ""


def _apposed(tokens: Tokens, phrase: Mention, before: dict[int, Mention], inside: dict[int, Mention]) -> bool:
    """Hand a description over to the name beside it: "Ana Ruiz, the mayor of Lumo," and the reverse."""
    start, end = phrase.first, phrase.b
    word = tokens.word
    named = start - 2
    if start > 3 and word[start - 1] == "," and word[named].isdigit() and word[named - 1] == ",":
        named -= 2
    if start > 1 and word[start - 1] == "," and named in inside:
        name = inside[named]
        if name.kind == "name" and name.sentence == phrase.sentence and _closes(tokens, tail(tokens, phrase)):
            _give(tokens, phrase, name)
            return True
    end = tail(tokens, phrase)
    if end + 1 < len(word) and word[end] == "," and end + 1 in before:
        name = before[end + 1]
        after = name.b
        closes = after < len(word) and (word[after] in (",", ".") or tokens.kind[after] & CUE)
        if name.kind == "name" and len(name.words) > 1 and closes and name.sentence == phrase.sentence:
            _give(tokens, phrase, name)
            name.first = start
            return True
    return False


def _closes(tokens: Tokens, index: int) -> bool:
    return index >= len(tokens) or tokens.low[index] in _CLOSING or tokens.word[index] == QUOTE


def _give(tokens: Tokens, phrase: Mention, name: Mention) -> None:
    name.role.extend(phrase.role)
    if not name.gender and phrase.gender in ("m", "f"):
        name.gender = phrase.gender
