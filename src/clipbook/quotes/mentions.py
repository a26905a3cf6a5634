"""Mentions: the names, noun phrases and pronouns of an article that may stand for a speaker."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from clipbook.quotes.lexicon import CLOSED, CUE, FUNCTION, PREPOSITION, SAID, SOFT, STANDS_FOR, WRITER
from clipbook.quotes.tokens import QUOTE, Tokens

ADVERTISED = re.compile(
    r"\s*(?:(?:full|exclusive|live|more)\s)?(?:watch|video|listen|read more|read also|see also|also read|related|photos?"
    r"|pictures|gallery|podcast|in pictures|don.t miss|must read|recommended)(?:\s\w+)?\s?[:|]",
    re.IGNORECASE,
)
Row: TypeAlias = "array[float]"  # what a ranker weighs of a candidate
_GENDER = {"he": "m", "she": "f", "they": "they", "it": "it"}


class Mention:
    """Tokens ``a`` to ``b`` that name or describe somebody, and what their clause says."""

    def __init__(self, tokens: Tokens, a: int, b: int, kind: str) -> None:
        self.a, self.b, self.kind = a, b, kind
        self.first, self.last = a, b  # the whole noun phrase, with description and tail
        self.words = tokens.low[a:b]
        self.sentence, self.paragraph = tokens.sentence[a], tokens.paragraph[a]
        self.title = self.gender = self.given = ""
        self.role: list[str] = []
        self.poss = self.prep = self.modifier = self.obj = self.subject = self.place = self.in_place = False
        self.aged = False  # named with an age: "Ana Ruiz, 41,"
        self.weighed = False  # a description that may stand for somebody named before: "the bearded ferryman"
        self.cues: list[tuple[int, str]] = []
        self.entity: Entity | None = None
        self.chain: Entity | None = None  # of a pronoun: what plain rules take it for
        self.antecedents: tuple[list[Entity], list[Row]] | None = None  # of a pronoun, with what weighs
        self.traits: Row | None = None  # what the ranker weighs of it whatever the quotation


class Entity:
    """One person, organisation or unnamed source of an article."""

    def __init__(self, name: str, words: list[str], kind: str, gender: str = "") -> None:
        self.name, self.words, self.kind, self.gender = name, words, kind, gender
        self.mentions: list[Mention] = []
        self.roles: set[str] = set()
        self.full = 0  # mentions of more than one word
        self.speeches = 0  # reporting words that have it as subject
        self.placed = 0.0  # share of its mentions that follow a preposition of place
        self.document = False  # a text that speaks: "the statement said"


def is_thing(entity: Entity) -> bool:
    """Whether a name is hardly a person's: an organisation's, or one word of whom nothing is known and who never speaks."""
    if entity.kind == "organisation":
        return True
    known = entity.gender or entity.roles or entity.speeches or len(entity.words) > 1
    return entity.kind == "name" and not known and not any(m.title or m.aged for m in entity.mentions)


def headings(tokens: Tokens) -> set[int]:
    """Paragraphs that are set in title case, quote nothing and report nothing: headings, labels, lists of links."""
    out = set()
    start = 0
    for paragraph, end in enumerate([*tokens.breaks, len(tokens)]):
        capitals = sum(tokens.caps[start:end])
        heading = capitals > 1 and 2 * capitals > end - start and _is_heading(tokens, start, end)
        if heading or (start < end and ADVERTISED.match(tokens.text, tokens.start[start])):
            out.add(paragraph)
        start = end + 1
    return out


def _is_heading(tokens: Tokens, start: int, end: int) -> bool:
    words = [index for index in range(start, end) if tokens.word[index][0].isalpha()]
    if 1 < len(words) < 4 and tokens.word[end - 1][0].isalnum():  # "Scroll For More", no name
        last = tokens.kind[words[-1]] & (CLOSED | CUE)
        return bool(last or any(tokens.kind[index] & (FUNCTION | PREPOSITION) for index in words[1:]))
    introduces = tokens.word[end - 1 : end + 2] == [":", "\n", QUOTE]  # "And from Mayor Ana Ruiz:"
    if len(words) < 4 or introduces or QUOTE in tokens.word[start:end]:
        return False
    cues = any(tokens.kind[index] & (SAID | SOFT) for index in words)
    return sum(tokens.caps[index] for index in words) > (0.85 if cues else 0.75) * len(words)


def find_pronouns(tokens: Tokens, skip: set[int]) -> list[Mention]:
    """The pronouns he, she, they, it outside quotations, and the writer's "I" or "we" beside a reporting word."""
    out = [_writer(tokens, index) for index in _writers(tokens) if tokens.paragraph[index] not in skip]
    for index in tokens.marked(STANDS_FOR):
        if tokens.paragraph[index] not in skip:
            mention = Mention(tokens, index, index + 1, "pronoun")
            mention.gender = _GENDER[tokens.low[index]]
            out.append(mention)
    return out


def _writers(tokens: Tokens) -> list[int]:
    """Tokens at which the writer speaks: "I said", "we asked"."""
    kind = tokens.kind
    return [
        index for index in tokens.marked(WRITER) if index + 1 < len(kind) and kind[index + 1] & (SAID | SOFT)
    ]


def _writer(tokens: Tokens, index: int) -> Mention:
    return Mention(tokens, index, index + 1, "phrase")


def as_table(rows: Sequence[Row]) -> np.ndarray:
    """Put the rows of candidates together as an array of shape (rows, columns)."""
    return np.frombuffer(b"".join(rows)).reshape(len(rows), -1)
