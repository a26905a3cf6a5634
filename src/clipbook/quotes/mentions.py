"""Mentions: the names, noun phrases and pronouns of an article that may stand for a speaker, and what they are weighed by."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from clipbook.quotes.lexicon import STANDS_FOR, WRITER, Kind
from clipbook.quotes.tokens import QUOTE, Tokens

ADVERTISED = re.compile(
    r"\s*(?:(?:full|exclusive|live|more)\s)?(?:watch|video|listen|read more|read also|see also|also read|related|photos?"
    r"|pictures|gallery|podcast|in pictures|don.t miss|must read|recommended)(?:\s\w+)?\s?[:|]",
    re.IGNORECASE,
)
Row: TypeAlias = "array[float]"  # what a ranker weighs of a candidate
_GENDER = {"he": "m", "she": "f", "they": "they", "it": "it"}


class Cue:
    """One word that reports speech, and its subject."""

    __slots__ = ("after_quote", "at", "rule", "strong", "subject")

    def __init__(self, at: int, strong: bool, after_quote: bool) -> None:
        self.at, self.strong, self.after_quote = at, strong, after_quote
        self.subject: Mention | None = None
        self.rule = ""


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
        self.cues: list[Cue] = []
        self.entity: Entity | None = None
        self.chain: Entity | None = None  # of a pronoun: what plain rules take it for
        self.antecedents: tuple[list[Entity], list[Row]] | None = None  # of a pronoun, with what weighs
        self.traits: Row | None = None  # what the ranker weighs of it whatever the quotation

    @property
    def who(self) -> Entity:
        """The entity of a name or phrase."""
        assert self.entity is not None
        return self.entity

    def stands_for(self, entity: Entity) -> None:
        """Take a phrase for somebody else than a source of its own."""
        self.who.mentions.remove(self)
        self.entity = entity
        entity.mentions.append(self)


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
        last = tokens.kind[words[-1]] & (Kind.CLOSED | Kind.CUE)
        return bool(
            last or any(tokens.kind[index] & (Kind.FUNCTION | Kind.PREPOSITION) for index in words[1:])
        )
    introduces = tokens.word[end - 1 : end + 2] == [":", "\n", QUOTE]  # "And from Mayor Ana Ruiz:"
    if len(words) < 4 or introduces or QUOTE in tokens.word[start:end]:
        return False
    cues = any(tokens.kind[index] & (Kind.SAID | Kind.SOFT) for index in words)
    return sum(tokens.caps[index] for index in words) > (0.85 if cues else 0.75) * len(words)


def find_pronouns(tokens: Tokens, skip: set[int]) -> list[Mention]:
    """The pronouns he, she, they, it outside quotations, and the writer's "I" or "we" beside a reporting word."""
    out = [
        Mention(tokens, index, index + 1, "phrase")
        for index in _writers(tokens)
        if tokens.paragraph[index] not in skip
    ]
    for index in tokens.marked(STANDS_FOR):
        if tokens.paragraph[index] not in skip:
            mention = Mention(tokens, index, index + 1, "pronoun")
            mention.gender = _GENDER[tokens.low[index]]
            out.append(mention)
    return out


def _writers(tokens: Tokens) -> list[int]:
    """Tokens at which the writer speaks: "I said", "we asked"."""
    return [index for index in tokens.marked(WRITER) if tokens.kind[index + 1] & Kind.CUE]


def as_table(rows: Sequence[Row]) -> np.ndarray:
    """Put the rows of candidates together as an array of shape (rows, columns)."""
    return np.frombuffer(b"".join(rows)).reshape(len(rows), -1)


OF_QUOTATION = (
    "alone", "capital", "colon", "log_words", "final_comma", "final_stop", "i_inside", "we_inside",
    "quotes_in_sentence", "left_exists", "right_exists", "left_is_close", "right_is_close", "leads_paragraph",
    "words_outside", "single", "unclosed",
)  # fmt: skip
OF_MENTION = (
    "mention", "name", "organisation", "phrase", "pronoun", "plural_pronoun", "it", "place", "placed", "first_of_paragraph",
    # its part in its clause
    "subject", "after_preposition", "owner", "modifier", "object", "verb_follows", "cues",
    # what is known of the entity
    "full_name", "titled", "role", "document", "gendered", "log_mentions", "log_speeches",
)  # fmt: skip
OF_BOTH = (
    # who is judged
    "previous", "unnamed", "nobody",
    # where the mention stands
    "same_before", "same_after", "back_1", "paragraph_up", "paragraphs_up",
    "paragraph_down", "log_distance", "quotes_between", "speakers_between", "sentences_between",
    "nearest_speaker_before", "nearest_speaker_after", "first_of_sentence", "rank_before",
    # the reporting words it is subject of
    "left_cue", "right_cue", "back_cue", "ahead_cue", "left_gap", "right_gap", "touches", "strong",
    "rule_before_verb", "rule_inverted", "rule_clause", "rule_same", "rule_colon", "rule_according",
    "rule_participle", "rule_passive", "cue_gap", "splits_clause", "rival_left", "rival_right", "rival_touches",
    "cue_same_sentence", "cue_takes_other_quote",
    # what the entity has said so far
    "last_speaker", "spoke_before", "last_share", "named_inside", "first_seen",
    # the same speaker as the quotation before
    "previous_same_paragraph", "previous_paragraph", "previous_distance", "previous_cues_between", "previous_certainty",
    "previous_ends_comma",
    # nobody: a title, a term, a scare quote
    "title_case", "capitals", "after_owner", "after_determiner", "after_naming", "after_title_cue", "before_noun",
    "verbs_inside", "pronouns_inside", "function_share", "said_in_sentence", "repeated", "after_as", "after_preposition_here",
    "before_is_name", "list_of_quotes", "comma_before", "sentence_end", "left_strong", "right_strong", "left_describes",
    "writer_here", "heading", "before_relative", "after_be", "after_modifier", "within_phrase", "log_quotes",
    "quoted_share", "words_of_quote_before", "words_of_quote_after",
)  # fmt: skip
COLUMNS = (*OF_QUOTATION, *OF_MENTION, *OF_BOTH)
X = {name: position for position, name in enumerate(COLUMNS)}
RULES = {
    "speaker before verb": X["rule_before_verb"], "verb before speaker": X["rule_inverted"],
    "subject of the clause": X["rule_clause"], "same subject": X["rule_same"], "colon": X["rule_colon"],
    "according to": X["rule_according"], "agent of a passive": X["rule_according"], "passive": X["rule_passive"],
    "participle after speaker": X["rule_participle"],
}  # fmt: skip
