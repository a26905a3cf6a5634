"""Clauses: which mention is the subject of which verb that reports speech."""

from __future__ import annotations

from clipbook.quotes.lexicon import (
    AUXILIARY,
    CLOSED,
    CONJUNCTION,
    CUE,
    DATE,
    DETERMINER,
    HEAD,
    INVERTED_STOP,
    IRREGULAR,
    OBJECT_CUE,
    PREPOSITION,
    PRONOUN,
    SAID,
)  # fmt: skip
from clipbook.quotes.mentions import Mention
from clipbook.quotes.tokens import QUOTE, Tokens

LONGEST_CLAUSE = 40  # tokens between a subject and its verb
LONGEST_APPOSITION = 30
MOST_AFTER_CAPTION = 8
_CAPTION = frozenset((":", "-", "—", "–", "--"))
_TEMPORAL = frozenset(("as", "after", "before", "since", "until", "than", "like"))
_OBJECT_FOLLOWS = frozenset(("him", "her", "them", "me", "us"))


class Cue:
    """One word that reports speech, and its subject."""

    __slots__ = ("after_quote", "at", "rule", "strong", "subject")

    def __init__(self, at: int, strong: bool, after_quote: bool) -> None:
        self.at, self.strong, self.after_quote = at, strong, after_quote
        self.subject: Mention | None = None
        self.rule = ""


def mark_mentions(tokens: Tokens, mentions: list[Mention]) -> None:
    """Say of every mention whether it owns something, follows a preposition, is an object, opens a clause."""
    low, kind, word, sentence = tokens.low, tokens.kind, tokens.word, tokens.sentence
    count = len(low)
    for m in mentions:
        b = m.last
        m.poss = b < count and low[b] in ("'s", "'")
        m.modifier = (
            m.kind != "phrase" and m.kind != "pronoun" and b < count
            and bool(kind[b] & HEAD) and word[b][0].islower() and sentence[b] == m.sentence and not kind[b] & CUE
        )  # fmt: skip
        before = m.first - 1
        if before < 0 or sentence[before] != m.sentence or word[before] in (QUOTE, "\n"):
            m.subject = not m.poss
            continue
        m.prep = bool(kind[before] & PREPOSITION) and not (
            low[before] in _TEMPORAL and _verb_follows(tokens, b)
        )
        m.obj = bool(kind[before] & OBJECT_CUE) and not m.prep
        m.subject = (
            not m.poss
            and not m.prep
            and (
                not word[before][0].isalnum()
                or bool(kind[before] & CONJUNCTION)
                or low[before] in ("then", "later")
                or low[before] in _TEMPORAL
            )
        )
        if m.place and word[before] == "," and tokens.caps[before - 1]:
            m.subject = False


def _verb_follows(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and bool(
        tokens.kind[index] & (CUE | AUXILIARY | IRREGULAR) or tokens.low[index].endswith("ed")
    )


def find_cues(tokens: Tokens, mentions: list[Mention]) -> list[Cue]:
    """Every reporting word with the mention that is its subject, in text order."""
    at_token: dict[int, Mention] = {}
    starting: dict[int, Mention] = {}
    for m in mentions:
        if m.first not in starting or m.b > starting[m.first].b:
            starting[m.first] = m
        for index in range(m.first, m.last):
            held = at_token.get(index)
            if held is None or (m.kind == "phrase" and m.first < held.first):
                at_token[index] = m
    for m in mentions:
        for index in range(m.a, m.b):
            held = at_token[index]
            if held is not m and not (held.kind == "phrase" and held.first <= m.first and held.b <= m.a):
                at_token[index] = m
    leading: dict[int, Mention] = {}
    for m in mentions:
        if m.subject:
            leading.setdefault(m.sentence, m)
    cues: list[Cue] = []
    for index, kind in enumerate(tokens.kind):
        if tokens.word[index] in _CAPTION and index and tokens.word[index - 1] in (QUOTE, "\n"):
            caption = _caption(tokens, index, starting)
            if caption is not None:
                caption.cues.append((len(cues), "name after quotation"))
                cue = Cue(index, True, True)
                cue.subject, cue.rule = caption, "name after quotation"
                cues.append(cue)
                continue
        if tokens.word[index] == ":":
            if index + 1 < len(tokens) and tokens.word[index + 1] in (QUOTE, "\n"):
                cues.append(_colon(tokens, index, at_token, cues))
            continue
        if not kind & CUE or (tokens.caps[index] and not tokens.low[index] == "according"):
            continue
        if index in at_token or _is_noun(tokens, index):
            continue
        cue = Cue(index, bool(kind & SAID), _after_quote(tokens, index))
        if tokens.low[index] == "according":
            if index + 1 >= len(tokens) or tokens.low[index + 1] != "to":
                continue
            cue.strong = True
            cue.subject, cue.rule = _inverted(tokens, index + 1, starting), "according to"
        else:
            if _may_invert(tokens, cue):
                cue.subject, cue.rule = _inverted(tokens, index, starting), "verb before speaker"
            if cue.subject is None:
                cue.subject, cue.rule = _subject(tokens, index, at_token, cues, leading)
        if cue.subject is not None:
            cue.subject.cues.append((len(cues), cue.rule))
        cues.append(cue)
    return cues


def _is_noun(tokens: Tokens, index: int) -> bool:
    """Whether a reporting word is a noun here: "a call", "in answer to"."""
    if index == 0 or tokens.low[index].endswith("ing"):
        return False
    before = tokens.kind[index - 1]
    low = tokens.low[index - 1]
    return bool(before & (DETERMINER | PREPOSITION)) and low not in (
        "to",
        "that",
        "all",
        "both",
        "each",
        "some",
        "many",
        "others",
        "one",
        "few",
        "this",
        "most",
    )


def _caption(tokens: Tokens, index: int, starting: dict[int, Mention]) -> Mention | None:
    """The name behind a colon or dash after a quotation, where nothing else follows in the paragraph."""
    found = starting.get(index + 1)
    if found is None or found.kind == "pronoun":
        return None
    end = found.last
    while end < len(tokens) and end - found.last < MOST_AFTER_CAPTION and tokens.word[end] != "\n":
        if tokens.word[end] == QUOTE or tokens.kind[end] & CUE:
            return None
        end += 1
    return found if end >= len(tokens) or tokens.word[end] == "\n" else None


def _after_quote(tokens: Tokens, index: int) -> bool:
    word = tokens.word
    return index > 0 and (
        word[index - 1] == QUOTE or (index > 1 and word[index - 1] == "," and word[index - 2] == QUOTE)
    )


def _may_invert(tokens: Tokens, cue: Cue) -> bool:
    """Whether the subject may follow: after a quotation, or "..., said Ana Ruiz"."""
    index = cue.at
    if tokens.low[index].endswith("ing") or index + 1 >= len(tokens):
        return False
    if cue.after_quote:
        return True
    before = tokens.word[index - 1] if index else "\n"
    if tokens.kind[index] & OBJECT_CUE or tokens.kind[index + 1] & PRONOUN:
        return False
    return cue.strong and (before in (",", "\n", "—", "–", "--") or tokens.low[index - 1] in ("as", "so"))


def _inverted(tokens: Tokens, index: int, starting: dict[int, Mention]) -> Mention | None:
    """The mention that begins right after ``index``, or after a few words of description."""
    for start in range(index + 1, min(index + 7, len(tokens))):
        if start in starting:
            found = starting[start]
            if found.sentence != tokens.sentence[index]:
                return None
            return _described(tokens, found, starting)
        kind, word = tokens.kind[start], tokens.word[start]
        if (not word[0].isalpha() and word not in ("'s", "’s")) or kind & INVERTED_STOP:
            return None
        if kind & (PREPOSITION | CONJUNCTION | AUXILIARY | CUE) and not kind & DETERMINER:
            return None
        if tokens.low[start] in _OBJECT_FOLLOWS:
            return None
    return None


def _described(tokens: Tokens, found: Mention, starting: dict[int, Mention]) -> Mention:
    """The name that an organisation or place only describes: "Lumo Bank teller Ana Ruiz"."""
    if found.kind not in ("name", "organisation") or found.poss:
        return found
    for index in range(found.last, min(found.last + 4, len(tokens))):
        later = starting.get(index)
        if later is not None and later.kind == "name" and later.sentence == found.sentence:
            return later
        if not tokens.word[index][0].isalnum() or tokens.kind[index] & (CLOSED | CUE):
            return found
    return found


def _colon(tokens: Tokens, index: int, at_token: dict[int, Mention], cues: list[Cue]) -> Cue:
    """A colon before a quotation: right after a name, or at the end of the last cue's clause."""
    cue = Cue(index, True, False)
    before = at_token.get(index - 1)
    if before is not None and before.sentence == tokens.sentence[index] and before.subject:
        cue.subject, cue.rule = before, "colon"
        before.cues.append((len(cues), "colon"))
    elif cues and tokens.sentence[cues[-1].at] == tokens.sentence[index] and cues[-1].subject is not None:
        cue.subject, cue.rule = cues[-1].subject, "colon"
        cue.subject.cues.append((len(cues), "colon"))
    return cue


def _subject(
    tokens: Tokens, verb: int, at_token: dict[int, Mention], cues: list[Cue], leading: dict[int, Mention]
) -> tuple[Mention | None, str]:
    """Walk left from a verb over auxiliaries, adverbs, brackets and commas to its subject."""
    low, kind, word, sentence = tokens.low, tokens.kind, tokens.word, tokens.sentence
    here = sentence[verb]
    participle = low[verb].endswith("ing")
    index, rule = verb - 1, "speaker before verb"
    while (
        index >= 0
        and sentence[index] == here
        and (kind[index] & (AUXILIARY | DATE) or low[index].endswith("ly"))
    ):
        index -= 1
    if index < 0 or sentence[index] != here:
        return None, ""
    if word[index] == "," and not participle:
        apposed = _over_apposition(tokens, index, at_token)
        if apposed is not None:
            return apposed, rule
    if low[index] in ("and", "but", "then", "or") or (word[index] == "," and participle):
        if cues and sentence[cues[-1].at] == here and cues[-1].subject is not None:
            return cues[-1].subject, "same subject"
        if here in leading and leading[here].a < verb:
            return leading[here], "subject of the clause"
    steps = 0
    while index >= 0 and sentence[index] == here and steps < LONGEST_CLAUSE:
        steps += 1
        found = at_token.get(index)
        if found is not None:
            if (
                found.poss
                or found.modifier
                or found.obj
                or (found.prep and found.kind != "phrase")
                or found.prep
            ):
                rule = "subject of the clause"
                index = found.first - 1
                continue
            if found.first > verb:
                break
            return found, "participle after speaker" if participle and steps == 1 else rule
        if word[index] == QUOTE and cues and sentence[cues[-1].at] == here and cues[-1].subject is not None:
            return cues[-1].subject, "same subject"
        if low[index] != "who" and not kind[index] & AUXILIARY:
            rule = "subject of the clause"
        index -= 1
    if here in leading and leading[here].a < verb:
        return leading[here], "subject of the clause"
    return None, ""


def _over_apposition(tokens: Tokens, comma: int, at_token: dict[int, Mention]) -> Mention | None:
    """The name before ", who ...," or ", the mayor of Lumo," that closes at ``comma``."""
    for index in range(comma - 1, max(0, comma - LONGEST_APPOSITION), -1):
        if tokens.sentence[index] != tokens.sentence[comma] or tokens.word[index] == QUOTE:
            return None
        if tokens.word[index] == ",":
            found = at_token.get(index - 1)
            if found is not None and found.kind in ("name", "organisation") and found.subject:
                return found
    found = at_token.get(comma - 1)
    return found if found is not None and found.kind == "name" and not found.prep else None
