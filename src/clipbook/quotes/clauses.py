"""Clauses: which mention is the subject of which verb that reports speech."""

from __future__ import annotations

from clipbook.quotes.lexicon import CAPTION, CAPTIONS, SPEAKS, WORDS, Kind
from clipbook.quotes.mentions import Cue, Mention
from clipbook.quotes.noun_phrases import determined
from clipbook.quotes.subjects import AGENT, Subjects
from clipbook.quotes.tokens import QUOTE, Tokens

_TEMPORAL = frozenset(("as", "after", "before", "since", "until", "than", "like"))
_OF_PLACE = WORDS["prepositions_of_place"]
_PEOPLE_OF = WORDS["whose_people"]
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "get", "got"])
_NOUNS = WORDS["verbs_and_nouns"]
LONGEST_CITED = 20  # tokens from "quoted" to its "as saying"
_BEFORE_VERB = WORDS["before_verb"]


def mark_mentions(tokens: Tokens, mentions: list[Mention]) -> None:
    """Say of every mention whether it owns something, follows a preposition, is an object, opens a clause."""
    low, kind, word, sentence = tokens.low, tokens.kind, tokens.word, tokens.sentence
    for previous, m in zip([None, *mentions], mentions, strict=False):
        b = m.last
        m.poss = low[b] in ("'s", "'")
        m.modifier = (
            m.kind in ("name", "organisation") and bool(kind[b] & Kind.HEAD) and word[b][0].islower() and sentence[b] == m.sentence and not kind[b] & Kind.CUE
        )  # fmt: skip
        before = m.first - 1
        if sentence[before] != m.sentence or word[before] in (QUOTE, "\n"):
            m.subject = not m.poss
            continue
        m.prep = bool(kind[before] & Kind.PREPOSITION) and not (
            low[before] in _TEMPORAL and _verb_follows(tokens, b)
        )
        m.in_place = _follows_place_word(tokens, before)
        if previous is not None and previous.in_place and before == previous.last and _listed(tokens, m):
            m.prep = m.in_place = True
        m.obj = bool(kind[before] & Kind.OBJECT_CUE) and not m.prep
        m.subject = (
            not m.poss
            and not m.prep
            and (
                not word[before][0].isalnum()
                or bool(kind[before] & Kind.CONJUNCTION)
                or low[before] in ("then", "later")
                or low[before] in _TEMPORAL
            )
        )
        if m.place and word[before] == "," and tokens.caps[before - 1]:
            m.subject = False


def _listed(tokens: Tokens, m: Mention) -> bool:
    """Whether a name goes on a list: "in Lumo, Tarn and Moss"."""
    low, before, after = tokens.low, m.first - 1, m.last
    if m.title or m.kind not in ("name", "organisation"):
        return False
    goes_on = low[after] == "and" or (low[after] == "," and low[before] == ",")
    return low[before] == "and" or (low[before] == "," and goes_on and tokens.caps[after + 1])


def _follows_place_word(tokens: Tokens, before: int) -> bool:
    """Whether a preposition of place leads to a name; "according to" and "a letter from" lead to people."""
    low, previous = tokens.low, before - 1
    if low[before] == "of":
        return low[previous] in _PEOPLE_OF
    if low[before] in ("to", "from"):
        return low[previous] != "according" and not tokens.kind[previous] & Kind.DOCUMENT
    return low[before] in _OF_PLACE


def _verb_follows(tokens: Tokens, index: int) -> bool:
    acts = tokens.kind[index] & (Kind.CUE | Kind.AUXILIARY | Kind.IRREGULAR)
    return bool(acts) or tokens.low[index].endswith("ed")


def find_cues(tokens: Tokens, mentions: list[Mention]) -> list[Cue]:
    """Give every reporting word with the mention that is its subject, in text order."""
    subjects = Subjects(tokens, mentions)
    words = tokens.word
    for index in tokens.marked(SPEAKS | CAPTIONS):
        word = words[index]
        if word in CAPTION:
            if tokens.word[index - 1] in (QUOTE, "\n") and subjects.caption(index):
                continue
            if word == ":" and tokens.word[index + 1] in (QUOTE, "\n"):
                subjects.colon(index)
        elif index not in subjects.at_token and _is_verb(tokens, index) and not _hands_on(tokens, index):
            _add_verb(tokens, index, subjects)
    return subjects.cues


def _add_verb(tokens: Tokens, index: int, subjects: Subjects) -> None:
    cue = Cue(index, bool(tokens.kind[index] & Kind.SAID), _after_quote(tokens, index))
    if tokens.low[index] == "according":
        if tokens.low[index + 1] != "to":
            return
        cue.strong = True
        cue.subject, cue.rule = subjects.inverted(index + 1), "according to"
    else:
        cue.subject, cue.rule = subjects.turned(cue), "verb before speaker"
        if cue.subject is None:
            cue.subject, cue.rule = subjects.before(index)
    if _passive(tokens, index):
        agent = subjects.agent(index)
        if agent is not None:
            cue.subject, cue.rule = agent, AGENT
            subjects.add(cue)
            return
        if cue.subject is not None:
            if tokens.kind[index] & Kind.OBJECT_CUE:
                return  # "Ruiz was told": somebody else spoke
            cue.rule = "passive"
    subjects.add(cue)


def _opening_cue(tokens: Tokens, index: int) -> bool:
    """Whether a reporting word with a capital opens a sentence: "According to", "Said Ana Ruiz"."""
    return tokens.opens_sentence[index] and (
        tokens.low[index] == "according" or bool(tokens.kind[index] & Kind.SAID)
    )


def _passive(tokens: Tokens, index: int) -> bool:
    """Whether the verb is done to its subject: "Ruiz was asked", "had been told"."""
    if tokens.low[index].endswith("ing"):
        return False
    back = index - 1
    while back > 0 and (
        tokens.low[back].endswith("ly") or tokens.low[back] in ("also", "then", "once", "repeatedly")
    ):
        back -= 1
    return tokens.low[back] in _BE


def _is_verb(tokens: Tokens, index: int) -> bool:
    """Whether a reporting word is no noun ("a call", "in answer to") and no name here."""
    if tokens.caps[index] and not _opening_cue(tokens, index):
        return False
    if tokens.low[index].endswith("ing"):
        return True
    if tokens.low[index] in _NOUNS and _in_noun_phrase(tokens, index):
        return False
    before = tokens.kind[index - 1]
    return not before & (Kind.DETERMINER | Kind.PREPOSITION) or tokens.low[index - 1] in _BEFORE_VERB


def _hands_on(tokens: Tokens, index: int) -> bool:
    """Whether another than the verb's subject speaks: "the paper quoted Ana Ruiz as saying"."""
    for at in range(index + 1, index + LONGEST_CITED):
        if tokens.low[at] == "as":
            return bool(tokens.kind[at + 1] & Kind.CUE) and tokens.low[at + 1].endswith("ing")
        other = tokens.kind[at] & Kind.CUE and not tokens.caps[at]
        if other or tokens.sentence[at] != tokens.sentence[index] or tokens.word[at] == QUOTE:
            return False
    return False


def _in_noun_phrase(tokens: Tokens, index: int) -> bool:
    """Whether the word belongs to nouns: "the firm's blog post", "Lumo Valley volunteer coordinator"."""
    if tokens.kind[index + 1] & Kind.HEAD and tokens.word[index + 1][0].islower():
        return True
    before, kind = tokens.low[index - 1], tokens.kind[index - 1]
    plural = before.endswith("s") or bool(kind & Kind.PLURAL)
    joined = before.isalpha() and not plural and not kind & (Kind.CLOSED | Kind.PRONOUN)
    return joined and determined(tokens, index - 1)


def _after_quote(tokens: Tokens, index: int) -> bool:
    comma = tokens.word[index - 1] == ","
    return tokens.word[index - 1 - comma] == QUOTE
