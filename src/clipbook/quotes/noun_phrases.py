"""How a noun phrase is built: the noun at its head, and how far it reaches behind it."""

from __future__ import annotations

from clipbook.quotes.lexicon import MAY_HEAD, SPEAKS, WORDS, Kind
from clipbook.quotes.mentions import Mention
from clipbook.quotes.tokens import QUOTE, Tokens

LONGEST_TAIL = 16  # tokens
LONGEST_BEFORE_VERB = 10
_TAILS = WORDS["tails"]
_RELATIVE = frozenset(("who", "familiar", "close", "involved", "briefed", "working", "attending", "whose"))
_UNNAMED = WORDS["unnamed"]
_OPENS_REASON = frozenset(("who", "on", "speaking", "requesting", "asking", "insisting", "citing", "under"))
_ALONG = frozenset(("up", "down", "past", "over", "away", "back", "off", "out", "forward", "along"))
FORMER = frozenset(("former", "first", "then", "current", "other", "own", "late"))


def tail(tokens: Tokens, phrase: Mention) -> int:
    """Where a phrase ends with what follows its head: "a spokesman for the Lumo council"; why a source is not named is left out."""
    end = _tail(tokens, phrase)
    reason = next((i for i in range(phrase.b, end) if tokens.low[i] in _UNNAMED), end)
    if reason == end:
        return end
    openings = [i for i in range(phrase.b, reason) if tokens.low[i] in _OPENS_REASON]
    return next((i for i in openings if tokens.low[i] == "who"), openings[-1] if openings else phrase.b)


def _tail(tokens: Tokens, phrase: Mention) -> int:
    low, word, kind = tokens.low, tokens.word, tokens.kind
    end, tails = phrase.b, 0
    inverted = kind[phrase.first - 1] & Kind.SAID or low[phrase.first - 1] == "to"
    while tails < 3 and end - phrase.b < LONGEST_TAIL:
        if low[end] in _RELATIVE and tails < 2 and inverted:
            return _clause_end(tokens, end)
        if low[end] in _RELATIVE and low[end] not in ("who", "whose"):
            return _up_to_verb(tokens, end) or end
        if low[end] not in _TAILS or (low[end] == "to" and not _noun_follows(tokens, end + 1)):
            break
        stop = end + 1
        while stop - end < 8 and _in_tail(tokens, stop, end + 1):
            stop += 1
        if stop == end + 1 or kind[end + 1] & Kind.DATE:
            break
        end, tails = stop, tails + 1
    while end > phrase.b and low[end - 1] in ("'s", "the", "a"):
        end -= 1
    return end if word[end - 1][0].isalnum() else phrase.b


def before_tail(tokens: Tokens, verb: int) -> int:
    """The token before a noun's tail that ends at ``verb``: "a voice in the advert says"; -1 if there is none."""
    head, index = -1, verb - 1
    while verb - index < LONGEST_BEFORE_VERB and tokens.sentence[index] == tokens.sentence[verb]:
        if tokens.low[index] in _TAILS and index < verb - 1:
            head = index - 1
        elif not _in_tail(tokens, index, index):
            break
        index -= 1
    return head


def _noun_follows(tokens: Tokens, index: int) -> bool:
    return bool(tokens.kind[index] & Kind.DETERMINER or tokens.caps[index])


def _in_tail(tokens: Tokens, index: int, first: int) -> bool:
    word, low, kind = tokens.word[index], tokens.low[index], tokens.kind[index]
    if word == QUOTE or kind & Kind.DATE or not (word[0].isalnum() or low == "'s"):
        return False
    if kind & Kind.CUE and not (low.endswith(("ing", "ed")) and tokens.kind[index - 1] & Kind.DETERMINER):
        return False
    if kind & (Kind.PREPOSITION | Kind.CONJUNCTION | Kind.AUXILIARY) and low not in FORMER:
        return False
    if kind & Kind.FUNCTION and not kind & Kind.DETERMINER and low not in FORMER:
        return False
    if index > first + bool(tokens.kind[first] & Kind.DETERMINER) and _acts(tokens, index, first):
        return False
    return not (index > first and low.endswith("ed") and not tokens.kind[index - 1] & Kind.DETERMINER)


def _acts(tokens: Tokens, index: int, first: int) -> bool:
    """Whether a word behind a tail's noun is what its source does: "a man on a motorbike rides past", "a guard waving a torch"."""
    low, kind = tokens.low[index], tokens.kind
    after = kind[index + 1]
    if low.endswith("ing"):
        return bool(after & Kind.DETERMINER)
    if not low.endswith("s") or low.endswith(("ss", "us", "is")):
        return bool(kind[index] & Kind.IRREGULAR)
    along = tokens.low[index + 1] in _ALONG
    one = tokens.low[first] in ("a", "an") or tokens.low[index - 1].endswith("s")
    return bool(after & Kind.DETERMINER) or along or (one and bool(after & Kind.PREPOSITION))


def _clause_end(tokens: Tokens, start: int) -> int:
    end = start + 1
    while end - start < LONGEST_TAIL and tokens.sentence[end] == tokens.sentence[start]:
        if tokens.word[end] in (QUOTE, ",", ".", "\n", ";", ":"):
            break
        end += 1
    return start if tokens.word[end] == QUOTE else end  # "a man who goes by “Red”"


def _up_to_verb(tokens: Tokens, start: int) -> int:
    """Where the words that identify a source lead to its verb: "a person close to the talks said"; 0 if they do not."""
    for index in range(start + 1, min(start + LONGEST_TAIL, len(tokens))):
        if tokens.kind[index] & Kind.SAID:
            return index
        if not (tokens.word[index][0].isalnum() or tokens.low[index] == "'s") or tokens.word[index] == QUOTE:
            return 0
    return 0


_BEGINNING = WORDS["beginning"]
LONGEST_BEHIND = 7  # tokens from a verb to the head of its subject


def possible_heads(tokens: Tokens) -> list[int]:
    """Nouns that are known to speak, quantities, ages, and whatever stands beside a reporting word."""
    heads = set(tokens.marked(MAY_HEAD))
    if "-year-old" in tokens.text:
        heads.update(index for index, low in enumerate(tokens.low) if low.endswith("-year-old"))
    for index in tokens.marked(SPEAKS):
        heads.update(head for head in _around(tokens, index) if head >= 0 and _noun(tokens, head))
    return sorted(heads)


def _around(tokens: Tokens, cue: int) -> list[int]:
    """Where unknown nouns may stand that speak by place alone: "the welder said", "said the welder"."""
    low, word = tokens.low, tokens.word
    participle = low[cue].endswith("ing")
    found: list[int] = []
    if low[cue] in _BEGINNING and word[cue + 1] not in (QUOTE, ":", ","):
        return found  # "the season started", no speaker
    if not participle and low[cue] != "read" and determined(tokens, cue - 1):
        found.append(cue - 1)
    tailed = before_tail(tokens, cue)
    if tailed >= 0 and determined(tokens, tailed):
        found.append(tailed)
    if low[cue] == "according":
        found.append(_behind(tokens, cue + 1))
    elif tokens.kind[cue] & Kind.SAID:
        comma = word[cue - 1] == "," and not tokens.caps[cue - 2]
        if (comma or word[cue - 1] == QUOTE) and tokens.kind[cue + 1] & Kind.DETERMINER:
            found.append(_behind(tokens, cue))
    return found


def _behind(tokens: Tokens, verb: int) -> int:
    """The noun that ends the phrase right behind ``verb``; -1 if there is none."""
    kind, word = tokens.kind, tokens.word
    first = verb + 2 if kind[verb + 1] & Kind.DETERMINER else verb + 1
    for index in range(first, verb + LONGEST_BEHIND):
        if not word[index][0].isalnum() or kind[index] & Kind.DETERMINER:
            return -1
        if not word[index + 1][0].isalnum() or kind[index + 1] & Kind.CLOSED:
            return index
    return -1


def _noun(tokens: Tokens, index: int) -> bool:
    """Whether a word in lower case may be a noun."""
    word = tokens.word[index]
    known = tokens.kind[index] & (Kind.CLOSED | Kind.CUE | Kind.DATE | Kind.IRREGULAR)
    return word[0].islower() and len(word) > 2 and not known and not word.endswith("ly")


def determined(tokens: Tokens, index: int) -> bool:
    """Whether a determiner or an owner opens the noun phrase that a word belongs to."""
    for back in range(index - 1, max(-1, index - 5), -1):
        if tokens.kind[back] & Kind.DETERMINER or tokens.low[back] == "'s":
            return True
        if not tokens.word[back][0].isalpha() or tokens.kind[back] & (Kind.CLOSED | Kind.CUE):
            return False
    return False


def is_head(tokens: Tokens, index: int, inside: dict[int, Mention]) -> bool:
    """Whether the noun ends its phrase and is not a verb ("Ana Ruiz heads the board")."""
    low, kind = tokens.low, tokens.kind
    following, previous, named = kind[index + 1], kind[index - 1], index - 1 in inside
    if following & Kind.HEAD and tokens.word[index + 1][0].islower() and not following & Kind.CUE:
        return False
    if low[index + 1] in ("'s", "'"):
        return False
    if index and kind[index] & Kind.CUE and not previous & Kind.DETERMINER and low[index - 1] != "'s":
        noun = tokens.word[index - 1][0].islower() and not previous & (Kind.CLOSED | Kind.CUE)
        return noun and not named
    return not (named and low[index] in WORDS["verbs_like_nouns"])
