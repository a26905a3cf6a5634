"""Mentions: the names, noun phrases and pronouns of an article that may stand for a speaker."""

from __future__ import annotations

from clipbook.quotes.lexicon import (
    CLOSED,
    DATE,
    DETERMINER,
    FEMALE,
    FEMALE_TITLE,
    HEAD,
    MALE,
    MALE_TITLE,
    NATIONALITY,
    OF_ORGANISATION,
    ORGANISATION,
    PARTICLE,
    PLACE,
    PRONOUN,
    ROLE,
    SAID,
    SOFT,
    TITLE,
)  # fmt: skip
from clipbook.quotes.tokens import QUOTE, Tokens

_OPENERS = frozenset((QUOTE, ":", "(", "—", "–", "--", "•", "-", "*", "[", "…"))
_SUFFIXES = frozenset(("jr.", "sr.", "jr", "sr", "ii", "iii", "iv"))
_GENDER = {"he": "m", "she": "f", "they": "they", "it": "it"}


class Mention:
    """Tokens ``a`` to ``b`` that name or describe somebody, and what their clause says."""

    __slots__ = (
        "a",
        "aged",
        "apposed",
        "b",
        "cues",
        "entity",
        "first",
        "gender",
        "given",
        "kind",
        "last",
        "modifier",
        "obj",
        "paragraph",
        "place",
        "poss",
        "prep",
        "role",
        "sentence",
        "subject",
        "title",
        "weak_cue",
        "words",
    )  # fmt: skip

    def __init__(self, tokens: Tokens, a: int, b: int, kind: str) -> None:
        self.a, self.b, self.kind = a, b, kind
        self.first, self.last = a, b  # the whole noun phrase, with description and tail
        self.words = tokens.low[a:b]
        self.sentence, self.paragraph = tokens.sentence[a], tokens.paragraph[a]
        self.title = self.gender = self.given = ""
        self.role: list[str] = []
        self.poss = self.prep = self.modifier = self.obj = self.subject = self.place = self.aged = False
        self.apposed: Mention | None = None
        self.cues: list[tuple[int, str]] = []
        self.weak_cue = -1
        self.entity: Entity | None = None


class Entity:
    """One person, organisation or unnamed source of an article."""

    __slots__ = ("aged", "gender", "kind", "mentions", "name", "roles", "speeches", "words")

    def __init__(self, name: str, words: list[str], kind: str, gender: str = "") -> None:
        self.name, self.words, self.kind, self.gender = name, words, kind, gender
        self.mentions: list[Mention] = []
        self.roles: set[str] = set()
        self.speeches = 0  # reporting words that have it as subject
        self.aged = False  # named once with an age: "Ana Ruiz, 41,"


def headings(tokens: Tokens) -> set[int]:
    """Paragraphs that are set in title case, quote nothing and report nothing: headings, labels, lists of links."""
    counts: dict[int, list[int]] = {}
    for word, caps, kind, paragraph in zip(
        tokens.word, tokens.caps, tokens.kind, tokens.paragraph, strict=True
    ):
        if word[0].isalpha():
            count = counts.setdefault(paragraph, [0, 0, 0])
            count[0] += 1
            count[1] += caps
            count[2] += bool(kind & (SAID | SOFT))
        elif word == QUOTE:
            counts.setdefault(paragraph, [0, 0, 0])[2] += 1
    return {p for p, (words, caps, cues) in counts.items() if words > 3 and caps > 0.75 * words and not cues}


def find_names(tokens: Tokens, skip: set[int]) -> list[Mention]:
    """Runs of capitalised words, titles and descriptions set apart."""
    word, low, kind, caps = tokens.word, tokens.low, tokens.kind, tokens.caps
    count = len(word)
    lower_seen = {token for token in word if token[0].islower()}
    out: list[Mention] = []
    index = 0
    while index < count:
        if (
            not caps[index]
            or word[index] == "I"
            or (kind[index] & (CLOSED | DATE) and not _given_name(tokens, index))
            or tokens.paragraph[index] in skip
            or (_opens(tokens, index) and _common(tokens, index, lower_seen))
        ):
            index += 1
            continue
        stop = index + 1
        while stop < count and tokens.sentence[stop] == tokens.sentence[index] and _goes_on(tokens, stop):
            stop += 1
        mention = _name(tokens, index, stop, lower_seen)
        if mention is not None:
            out.append(mention)
        index = stop
    return out


def _given_name(tokens: Tokens, index: int) -> bool:
    """Whether a word such as "Will" or "May" is a given name here: a surname follows."""
    if not tokens.kind[index] & (MALE | FEMALE) or index + 1 >= len(tokens):
        return False
    return tokens.caps[index + 1] and tokens.word[index + 1] != "I"


def _opens(tokens: Tokens, index: int) -> bool:
    return tokens.opens_sentence[index] or tokens.word[index - 1] in _OPENERS


def _common(tokens: Tokens, index: int, lower_seen: set[str]) -> bool:
    """Whether the first word of a sentence is an ordinary word with a capital."""
    low = tokens.low[index]
    if tokens.kind[index] & TITLE:
        return False
    followed = index + 1 < len(tokens) and tokens.caps[index + 1] and tokens.word[index + 1] != "I"
    if low.endswith(("ing", "ly")) and not (followed and tokens.kind[index] & (MALE | FEMALE)):
        return True
    return low in lower_seen and not followed


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Whether a name that began before goes on with this token."""
    kind = tokens.kind[index]
    if tokens.caps[index]:
        return not kind & DATE and tokens.word[index] != "I" and tokens.low[index] not in ("the", "a")
    following = index + 1
    if kind & PARTICLE and following < len(tokens) and tokens.kind[following] & PARTICLE:
        following += 1
    if following >= len(tokens) or not tokens.caps[following] or tokens.word[following] == "I":
        return False
    low = tokens.low[index]
    return (
        bool(kind & PARTICLE)
        or low == "&"
        or (low == "of" and bool(tokens.kind[index - 1] & OF_ORGANISATION))
    )


def _name(tokens: Tokens, start: int, stop: int, lower_seen: set[str]) -> Mention | None:
    """A name from a run of capitalised words: what stands before its last title is description."""
    low, kind, word = tokens.low, tokens.kind, tokens.word
    first, title = start, ""
    for index in range(stop - 2, start - 1, -1):
        if kind[stop - 1] & ORGANISATION:
            break
        if kind[index] & TITLE and low[index] not in ("may", "will"):
            title, first = low[index].rstrip("."), index + 1
            break
    while stop - first > 1 and _is_description(tokens, first, start, lower_seen):
        first += 1
    while stop - first > 1 and low[stop - 1] in _SUFFIXES:
        stop -= 1
    while stop - first > 2 and not title and kind[first] & NATIONALITY and not kind[stop - 1] & ORGANISATION:
        first += 1
    if stop - first == 1 and (
        (kind[first] & TITLE and not kind[first] & (MALE | FEMALE))
        or (kind[first] & HEAD and not kind[first] & ORGANISATION)
        or (kind[first] & NATIONALITY and not title and not _speaks(tokens, first))
    ):
        return None
    mention = Mention(tokens, first, stop, "name")
    mention.first = start
    mention.title = title
    if title:
        mention.role = [low[i].rstrip(".") for i in range(start, first) if kind[i] & ROLE]
    organisation = any(kind[i] & ORGANISATION for i in range(first, stop)) and not (
        title and stop - first <= 3 and not kind[stop - 1] & ORGANISATION
    )
    acronym = stop - first == 1 and len(word[first]) > 1 and word[first].isupper()
    the = first > 0 and low[first - 1] == "the" and not title
    if organisation or (acronym and not title) or (the and stop - first > 1) or "of" in low[first:stop]:
        mention.kind = "organisation"
    elif (stop - first == 1 and kind[first] & PLACE and not title) or (the and stop - first == 1):
        mention.kind, mention.place = "organisation", bool(kind[first] & PLACE)
    mention.gender = _gender(tokens, title, first, stop)
    mention.aged = stop + 1 < len(word) and word[stop] == "," and word[stop + 1].isdigit()
    return mention


def _speaks(tokens: Tokens, index: int) -> bool:
    """Whether a lone word such as "English" stands beside a speech verb without an article: a surname."""
    if index and tokens.kind[index - 1] & DETERMINER:
        return False
    after = tokens.kind[index + 1] if index + 1 < len(tokens) else 0
    before = tokens.kind[index - 1] if index else 0
    return bool((after | before) & SAID)


def _is_description(tokens: Tokens, index: int, start: int, lower_seen: set[str]) -> bool:
    """Whether a leading word only describes: "Donor Ruiz", "Young Ruiz" at the start of a sentence."""
    if tokens.kind[index] & (MALE | FEMALE | ORGANISATION):
        return False
    if tokens.kind[index] & HEAD:
        return True
    return index == start and _opens(tokens, index) and tokens.low[index] in lower_seen


def _gender(tokens: Tokens, title: str, first: int, stop: int) -> str:
    before = tokens.kind[first - 1] if title else 0
    if before & MALE_TITLE:
        return "m"
    if before & FEMALE_TITLE:
        return "f"
    given = tokens.kind[first]
    if stop - first > 1 or title:
        if given & MALE and not given & FEMALE:
            return "m"
        if given & FEMALE and not given & MALE:
            return "f"
    return ""


def find_pronouns(tokens: Tokens, skip: set[int]) -> list[Mention]:
    """The pronouns he, she, they, it outside quotations."""
    out = []
    for index, kind in enumerate(tokens.kind):
        if kind & PRONOUN and tokens.paragraph[index] not in skip:
            mention = Mention(tokens, index, index + 1, "pronoun")
            mention.gender = _GENDER[tokens.low[index]]
            out.append(mention)
    return out
