"""Names: runs of capitalised words, with the titles and descriptions around them set apart."""

from __future__ import annotations

import re

from clipbook.quotes.lexicon import SMALL, WORDS, Kind
from clipbook.quotes.mentions import Mention
from clipbook.quotes.tokens import QUOTE, Tokens

_OPENERS = frozenset((QUOTE, ":", "(", "—", "–", "--", "•", "-", "*", "[", "…"))
SUFFIXES = WORDS["suffixes"]
_CRAFTS = ("ist", "ician", "maker", "keeper", "grapher", "writer", "player")  # "Violinist Ana Ruiz"
_LEADING = frozenset(("longtime", "top", "fellow", "veteran", "onetime", "outspoken"))
_INDEFINITE = frozenset(("a", "an", "another", "one"))
_COMPASS = WORDS["compass"]
_PORTFOLIOS = WORDS["portfolios"]
_NO_LAST_TITLE = WORDS["no_last_title"]
_DASHES = frozenset(("—", "–", "--", "-"))
LONGEST_NAME_IN_ED = 6  # letters: Khaled
LONGEST_DATELINE = 12  # tokens
_PARTY = re.compile(r"[A-Z]-\w")  # "R-Ohio"


def find_names(tokens: Tokens, skip: set[int]) -> list[Mention]:
    """Runs of capitalised words, titles and descriptions set apart."""
    word, kind, caps = tokens.word, tokens.kind, tokens.caps
    lower_seen = {word[index] for index in tokens.marked(SMALL)}
    capitals = [index for index, capital in enumerate(caps) if capital]
    named_inside = {word[index] for index in capitals if not _opens(tokens, index)}
    out: list[Mention] = []
    reach = 0
    datelines = _datelines(tokens)
    for index in capitals:
        if (
            index < reach
            or index in datelines
            or word[index] == "I"
            or (kind[index] & (Kind.CLOSED | Kind.DATE) and not _given_name(tokens, index))
            or _PARTY.match(word[index])
            or tokens.paragraph[index] in skip
            or (_opens(tokens, index) and _common(tokens, index, lower_seen, named_inside))
        ):
            continue
        reach = index + 1
        while tokens.sentence[reach] == tokens.sentence[index] and _goes_on(tokens, reach):
            if (
                kind[reach] & (Kind.MALE | Kind.FEMALE) and tokens.text[tokens.end[reach - 1]] in "'’"
            ):  # "Fenners’ Ana Ruiz"
                break
            reach += 1
        mention = _name(tokens, index, reach, lower_seen)
        if mention is not None:
            out.append(_with_office(tokens, mention))
    return out


def _with_office(tokens: Tokens, mention: Mention) -> Mention:
    """Add the office that a body is named by: "the Governor's Office"."""
    owner = mention.a - 2
    if mention.kind != "organisation" or tokens.low[owner + 1] != "'s":
        return mention
    while tokens.caps[owner] and tokens.kind[owner] & Kind.TITLE:
        mention.a, owner = owner, owner - 1
    mention.first, mention.words = min(mention.first, mention.a), tokens.low[mention.a : mention.b]
    return mention


def _datelines(tokens: Tokens) -> set[int]:
    """Tokens of datelines: "LUMO, May 3 (Wire) —" at the start of a paragraph."""
    word = tokens.word
    out: set[int] = set()
    for start in [0, *(index + 1 for index in tokens.breaks)]:
        if len(word[start]) < 3 or not word[start].isupper():
            continue
        for index in range(start + 1, min(start + LONGEST_DATELINE, len(word))):
            if word[index] in _DASHES:
                out.update(range(start, index))
            if word[index] in _DASHES or word[index] in ("\n", QUOTE):
                break
    return out


def _given_name(tokens: Tokens, index: int) -> bool:
    """Whether a word such as "Will" or "May" is a given name here: a surname follows."""
    known = tokens.kind[index] & (Kind.MALE | Kind.FEMALE)
    return bool(known) and tokens.caps[index + 1] and tokens.word[index + 1] != "I"


def _opens(tokens: Tokens, index: int) -> bool:
    if tokens.opens_sentence[index]:
        return True
    before = tokens.word[index - 1]
    return before in _OPENERS and not (before == QUOTE and tokens.text[tokens.end[index - 1] - 1] == ",")


def _common(tokens: Tokens, index: int, lower_seen: set[str], named_inside: set[str]) -> bool:
    """Whether the first word of a sentence is an ordinary word with a capital.

    A single word there is a name only if it is one elsewhere, is known as a given name or place, or speaks.
    """
    low, kind = tokens.low[index], tokens.kind[index]
    if kind & Kind.SAID:
        return True
    if kind & (Kind.TITLE | Kind.MALE | Kind.FEMALE | Kind.PLACE | Kind.ORGANISATION):
        return False
    participle = (
        low.endswith("ed") and len(low) > LONGEST_NAME_IN_ED and tokens.word[index] not in named_inside
    )
    if participle or low.endswith(("ing", "ly")):
        return True  # "Understated Ruiz"
    following = index + 1 + (tokens.low[index + 1 : index + 2] == ["&"])
    if tokens.caps[following] and tokens.word[following] != "I":
        return False
    if low in lower_seen:
        return True
    return not (
        tokens.word[index] in named_inside
        or _acts_as_name(tokens, index, following)
        or tokens.word[index].isupper()
        or tokens.word[index][-1].isdigit()
    )


def _acts_as_name(tokens: Tokens, index: int, following: int) -> bool:
    """Whether a lone first word speaks, is explained, or is joined with a name: "Ruiz, a clerk,", "Ruiz nods and says"."""
    low, kind = tokens.low, tokens.kind
    if kind[following] & Kind.SAID:
        return True
    if low[index][-1] == "s" and low[index][-2:] != "ss":
        return False
    if low[following] == ",":
        return low[following + 1] in ("a", "an", "who", "whose")
    if low[following] == "and":
        return tokens.caps[following + 1]
    return low[following + 1] == "and" and bool(kind[following + 2] & Kind.SAID)


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Whether a name that began before goes on with this token."""
    kind = tokens.kind[index]
    if tokens.caps[index]:
        return not kind & Kind.DATE and tokens.word[index] != "I" and tokens.low[index] not in ("the", "a")
    following = index + 1
    if (kind & Kind.PARTICLE and tokens.kind[following] & Kind.PARTICLE) or (
        tokens.low[index] == "of" and tokens.low[following] == "the"
    ):
        following += 1
    if not tokens.caps[following] or tokens.word[following] == "I":
        return False
    low = tokens.low[index]
    if low == "the":
        return tokens.low[index - 1] == "of" and bool(tokens.kind[index - 2] & Kind.OF_ORGANISATION)
    return (
        bool(kind & Kind.PARTICLE)
        or low == "&"
        or (low == "of" and bool(tokens.kind[index - 1] & Kind.OF_ORGANISATION))
    )


def _behind_title(tokens: Tokens, start: int, stop: int) -> tuple[int, str]:
    """Where a name begins behind its last title, and that title; ``stop`` where there is a title only."""
    low, kind = tokens.low, tokens.kind
    first, title = start, ""
    for index in range(stop - 2, start - 1, -1):
        named = kind[index + 1] & (Kind.MALE | Kind.FEMALE) and stop - index == 3  # Mayor Ana Church
        if kind[stop - 1] & Kind.ORGANISATION and not named:
            break
        given = kind[index] & (Kind.MALE | Kind.FEMALE) and stop - index == 2  # Don Ruiz
        if kind[index] & Kind.TITLE and not given and low[index] not in _NO_LAST_TITLE:
            title, first = low[index].rstrip("."), index + 1
            break
    if title and low[first] == "of":
        return _behind_portfolio(tokens, first + 1, stop), title
    if not title and stop - first == 1 and low[first] in _PORTFOLIOS:
        return stop, title  # "Minister of Industry, Trade and Labour"
    return first, title


def _name(tokens: Tokens, start: int, stop: int, lower_seen: set[str]) -> Mention | None:
    """A name from a run of capitalised words: what stands before its last title is description."""
    low, kind, word = tokens.low, tokens.kind, tokens.word
    first, title = _behind_title(tokens, start, stop)
    if first >= stop or (not title and _is_description_only(tokens, first, stop)):
        return None
    if (
        stop - first > 1
        and _where(tokens, first)
        and not kind[stop - 1] & (Kind.ORGANISATION | Kind.PLACE | Kind.PLACE_END)
    ):
        start = first = first + 1
    while stop - first > 1 and _is_description(tokens, first, start, stop, lower_seen):
        first += 1
    while stop - first > 1 and low[stop - 1] in SUFFIXES:
        stop -= 1
    while (
        stop - first > 2
        and not title
        and kind[first] & Kind.NATIONALITY
        and not kind[stop - 1] & Kind.ORGANISATION
    ):
        first += 1
    if stop - first == 1 and (
        (kind[first] & Kind.TITLE and not kind[first] & (Kind.MALE | Kind.FEMALE))
        or (kind[first] & Kind.HEAD and (not kind[first] & Kind.ORGANISATION or _opens(tokens, first)))
        or (kind[first] & Kind.NATIONALITY and not title)
    ):
        return None
    mention = Mention(tokens, first, stop, "name")
    mention.first = start
    mention.title = title
    if title:
        mention.role = [low[i].rstrip(".") for i in range(start, first) if kind[i] & (Kind.ROLE | Kind.HEAD)]
    organisation = any(kind[i] & Kind.ORGANISATION for i in range(first, stop)) and not (
        title and stop - first <= 3 and not kind[stop - 1] & Kind.ORGANISATION
    )
    acronym = stop - first == 1 and len(word[first]) > 1 and word[first].isupper()
    the = low[first - 1] == "the" and not title
    if not title and _is_place(tokens, first, stop):
        mention.kind, mention.place = "organisation", True
    elif organisation or (acronym and not title) or the or "of" in low[first:stop]:
        mention.kind = "organisation"
    mention.gender = _gender(tokens, title, first, stop)
    mention.aged = word[stop] == "," and word[stop + 1].isdigit()
    return mention


def _behind_portfolio(tokens: Tokens, start: int, stop: int) -> int:
    """Where the name begins in what follows "Minister of": "Foreign Affairs Ana Ruiz"; ``stop`` if there is none."""
    given = next((i for i in range(start, stop - 1) if tokens.kind[i] & (Kind.MALE | Kind.FEMALE)), None)
    if given is not None:
        return given
    first = start
    while first < stop and (tokens.low[first] in _PORTFOLIOS or not tokens.caps[first]):
        first += 1
    if first == start:
        first = stop if stop - start < 2 else max(start + 1, stop - 2)
    return first


def _is_description_only(tokens: Tokens, first: int, stop: int) -> bool:
    """Whether capitals only describe: "a Lumo Republican", "former Lumo Gov." before more words."""
    last = tokens.kind[stop - 1]
    if last & Kind.TITLE and tokens.word[stop - 1][-1] == ".":
        return True
    return tokens.low[first - 1] in _INDEFINITE and bool(last & Kind.HEAD) and not last & Kind.ORGANISATION


def _where(tokens: Tokens, index: int) -> bool:
    """Whether a place that only says where stands before a name: "in Wisconsin Ruiz spoke"."""
    word = tokens.word[index]
    named = tokens.kind[index] & Kind.PLACE and tokens.low[index - 1] in ("in", "from")
    return bool(named) and len(word) > 3 and word.lower() not in _COMPASS and not word.isupper()


def _is_place(tokens: Tokens, first: int, stop: int) -> bool:
    """Whether every word belongs to the name of a country, state or city: "Egypt", "New Zealand", "Berea, OH"."""
    word = tokens.word[first]
    if stop - first == 1 and len(word) == 2 and word.isupper():
        return tokens.word[first - 1] == "," and tokens.caps[first - 2]
    if tokens.kind[stop - 1] & Kind.PLACE_END and stop - first > 1:
        return True
    city = stop - first > 1 and tokens.low[stop - 1] == "city"
    if not (tokens.kind[stop - 1] & Kind.PLACE or city):
        return False
    return all(tokens.kind[i] & (Kind.PLACE | Kind.BEFORE_PLACE) for i in range(first, stop - 1))


def _is_description(tokens: Tokens, index: int, start: int, stop: int, lower_seen: set[str]) -> bool:
    """Whether a leading word only describes: "Donor Ruiz", "Young Ruiz" at the start of a sentence."""
    if tokens.kind[index] & (Kind.MALE | Kind.FEMALE | Kind.ORGANISATION):
        return False
    if tokens.kind[index] & Kind.HEAD or tokens.low[index].endswith("-year-old"):
        return True
    if tokens.low[index].endswith(_CRAFTS) and tokens.caps[index + 1]:
        return True
    if index != start or not _opens(tokens, index):
        return False
    trade = (
        stop - start == 3 and not tokens.kind[index] and tokens.kind[index + 1] & (Kind.MALE | Kind.FEMALE)
    )  # "Potter Ana Ruiz"
    return bool(trade) or tokens.low[index] in lower_seen or tokens.low[index] in _LEADING


def _gender(tokens: Tokens, title: str, first: int, stop: int) -> str:
    before = tokens.kind[first - 1] if title else 0
    if before & Kind.MALE_TITLE:
        return "m"
    if before & Kind.FEMALE_TITLE:
        return "f"
    given = tokens.kind[first]
    if stop - first > 1 or title:
        if given & Kind.MALE and not given & Kind.FEMALE:
            return "m"
        if given & Kind.FEMALE and not given & Kind.MALE:
            return "f"
    return ""
