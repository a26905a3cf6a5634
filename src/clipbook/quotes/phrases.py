"""Noun phrases: unnamed sources, and how far a name's description and a phrase's tail reach."""

from __future__ import annotations

from clipbook.quotes.lexicon import Kind
from clipbook.quotes.mentions import Mention
from clipbook.quotes.names import SUFFIXES
from clipbook.quotes.noun_phrases import FORMER, determined, is_head, possible_heads, tail
from clipbook.quotes.tokens import QUOTE, Tokens

LONGEST = 9  # words before a head
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
    for index in possible_heads(tokens):
        kind = tokens.kind[index]
        if index <= reach or tokens.paragraph[index] in skip or index in inside:
            continue
        if tokens.caps[index] and not tokens.opens_sentence[index] and not kind & Kind.HEAD:
            continue
        if not is_head(tokens, index, inside):
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
        if kind & (Kind.ROLE | Kind.HEAD):
            phrase.role = [tokens.low[index]]
        phrase.last = tail(tokens, phrase)
        if _apposed(tokens, phrase, before, inside):
            continue
        out.append(phrase)
        reach = index
    return out


def _start(tokens: Tokens, head: int, inside: dict[int, Mention]) -> int:
    """First token of the phrase that ends with ``head``."""
    low, kind, start = tokens.low, tokens.kind, head
    while head - start < LONGEST and tokens.sentence[start - 1] == tokens.sentence[head]:
        back = start - 1
        if kind[back] & Kind.DETERMINER and low[back] not in FORMER:
            return back - (low[back] in ("two", "three", "few") and low[back - 1] == "the")
        if back in inside:
            start = min(back, inside[back].a)
        elif _describes(tokens, back, head) and not (tokens.word[back] == "," and back - 1 in inside):
            start = back
        else:
            break
    while start < head and low[start] in (",", "'s"):
        start += 1
    return start


def _describes(tokens: Tokens, index: int, head: int) -> bool:
    """Whether a token belongs to the description before a noun: an adjective, a noun, an age, an owner, a comma between."""
    word, low, kind = tokens.word[index], tokens.low[index], tokens.kind[index]
    if word.isdigit() or low.endswith("-year-old") or low in FORMER or low == "'s":
        return True
    if word == ",":
        return _joins_adjectives(tokens, index)
    if not word[0].isalpha() or low.endswith("ly") or kind & Kind.IRREGULAR:
        return False
    if kind & Kind.CLOSED:
        return word.isupper() and head - index == 1  # "the US president"
    participle = low.endswith(("ed", "ing"))
    if kind & Kind.CUE:
        return participle and bool(tokens.kind[index - 1] & Kind.DETERMINER)
    pair = tokens.word[index - 1] == "," and _determined_pair(tokens, index - 1)
    return not participle or pair or determined(tokens, index)


def _joins_adjectives(tokens: Tokens, comma: int) -> bool:
    """Whether an adjective stands before a comma, and a determiner close before it."""
    low, kind = tokens.low[comma - 1], tokens.kind
    if kind[comma - 1] & Kind.HEAD or low.endswith(("man", "woman")):
        return False
    opened = any(kind[back] & Kind.DETERMINER for back in range(max(0, comma - 4), comma - 1))
    return opened and (low.endswith(_ADJECTIVE) or _determined_pair(tokens, comma))


def _determined_pair(tokens: Tokens, comma: int) -> bool:
    """Whether a determiner and one adjective stand before a comma: "the lanky, bespectacled professor"."""
    low, kind = tokens.low[comma - 1], tokens.kind[comma - 1]
    adjective = low.isalpha() and not kind & (Kind.CLOSED | Kind.CUE | Kind.HEAD)
    return adjective and bool(tokens.kind[comma - 2] & Kind.DETERMINER)


def _weak(tokens: Tokens, start: int, head: int) -> bool:
    """A lone "one", "many" or a bare singular with no article is no source unless it speaks."""
    low = tokens.low
    if head == start and tokens.kind[head] & Kind.QUANTITY:
        if low[head + 1 : head + 3] == [",", "who"]:  # "One, who asked not to be named, said"
            return False
        return not tokens.kind[head + 1] & Kind.SAID and low[head + 1] not in ("of", "who")
    bare = low[start - 1] == "to" and head == start and not low[head].endswith("s")
    return bare and not tokens.kind[head] & Kind.PLURAL and low[start - 2] != "according"


def _gender(tokens: Tokens, head: int) -> str:
    low, kind = tokens.low[head], tokens.kind[head]
    if kind & Kind.FEMALE_TITLE or low.endswith("woman"):
        return "f"
    if kind & Kind.MALE_TITLE or low.endswith("man"):
        return "m"
    if kind & Kind.PLURAL or (low.endswith("s") and not low.endswith(("ss", "us"))):
        return "p"
    return ""


def _describe(tokens: Tokens, name: Mention, inside: dict[int, Mention]) -> None:
    """Reach a name's description to its left: "Lumo's chief executive, Ana Ruiz", "city clerk Ana Ruiz"."""
    head = name.first - 1
    comma = tokens.word[head] == ","
    head -= comma
    if tokens.sentence[head] != name.sentence or not tokens.kind[head] & Kind.HEAD or head in inside:
        return
    if not tokens.word[head][0].islower() or name.kind == "organisation":
        return
    start = _start(tokens, head, inside)
    if comma and not (tokens.kind[start] & Kind.DETERMINER or start in inside):
        return
    one_of = tokens.low[max(0, start - 2) : start] == ["one", "of"]  # "one of the hosts, Ana Ruiz, said"
    name.first = start - 2 if one_of else start
    name.role.extend(
        tokens.low[i] for i in range(start, head + 1) if tokens.kind[i] & Kind.ROLE and i not in inside
    )
    if name.kind == "name" and not name.gender:
        gender = _gender(tokens, head)
        name.gender = gender if gender in ("m", "f") else ""


def _apposed(tokens: Tokens, phrase: Mention, before: dict[int, Mention], inside: dict[int, Mention]) -> bool:
    """Hand a description over to the name beside it: "Ana Ruiz, the mayor of Lumo," and the reverse."""
    start = phrase.first
    word = tokens.word
    named = start - 2
    if word[start - 1] == "," and word[named].isdigit() and word[named - 1] == ",":
        named -= 2
    if word[start - 1] == "," and named in inside:
        name = inside[named]
        if name.kind == "name" and name.sentence == phrase.sentence and _closes(tokens, phrase.last):
            _give(tokens, phrase, name)
            return True
    end = phrase.last
    beside = before.get(end + 1) or inside.get(end + 1)
    if word[end] == "," and beside and start < beside.first:  # also of "an aide to the board, Ana Ruiz,"
        after = beside.b
        while tokens.low[after] in SUFFIXES:
            after += 1
        closes = word[after] in (",", ".") or tokens.kind[after] & Kind.CUE
        if beside.kind == "name" and len(beside.words) > 1 and closes and beside.sentence == phrase.sentence:
            _give(tokens, phrase, beside)
            beside.first = start
            return True
    return False


def _closes(tokens: Tokens, index: int) -> bool:
    return tokens.low[index] in _CLOSING or tokens.word[index] == QUOTE


def _give(tokens: Tokens, phrase: Mention, name: Mention) -> None:
    name.role.extend(phrase.role)
    if not name.gender and phrase.gender in ("m", "f"):
        name.gender = phrase.gender
