"""The quotations of one article: kind, speaker, the rule that named the speaker, and confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from clipbook.article.turns import NO_NAME, Turn, turns
from clipbook.model import stored_weights
from clipbook.quotes.attribution import Attribution, Model, antecedent, attribute_all, shipped_model
from clipbook.quotes.certainty import certainty, columns
from clipbook.quotes.context import cues_near, looks_like_title
from clipbook.quotes.document import Document
from clipbook.quotes.indirect import reported
from clipbook.quotes.lexicon import Kind, kinds
from clipbook.quotes.mentions import Cue, Entity
from clipbook.text.words import words_of


def confidence(score: Any, line: str = "confidence") -> Any:
    """Give how often quotations of this certainty were right at least ("probability": without caution), by stored points."""
    points: Any = stored_weights("quotes")[line]
    return np.interp(score, points["score"], points["right"]).round(4)


def calibration() -> pd.DataFrame:
    """How often quotations of a stated confidence were right, in articles the weights had not seen.

    Returns
    -------
    DataFrame
        ``confidence`` (mean in a tenth, 0 to 1; cautious by design), ``right`` (share right in speaker), ``low``, ``high``
        (95 % interval, Wilson 1927), ``quotes`` (count). In articles of the PolNeAR corpus that were not learned from.
    """
    stored: Any = stored_weights("quotes")["calibration"]
    return pd.DataFrame(stored)


FEW_WORDS = 3


def kind_of(document: Document, decision: Attribution, nobody_above: float) -> str:
    """Name the kind: direct (a sentence of its own), mixed (part of the writer's sentence), scare or title."""
    context = decision.context
    if decision.nobody > nobody_above:
        return "title" if looks_like_title(document, context) else "scare"
    if context.alone or context.colon:
        return "direct"
    if len(context.words) < FEW_WORDS and context.final not in (",", ".", "?", "!"):
        return "mixed"
    tokens = document.tokens
    opens = context.before < 0 or tokens.word[context.before] in (",", ":", "—", "–", ")", ";")
    ends = context.final in (",", ".", "?", "!", "…")
    linked = context.before >= 0 and bool(tokens.kind[context.before] & Kind.CONJUNCTION)
    return "direct" if (opens and ends and not linked) or (context.capital and ends and opens) else "mixed"


def reason_of(document: Document, decision: Attribution) -> tuple[str, str, str]:
    """The rule that named the speaker, the reporting word, and the words that name the speaker here."""
    if decision.entity is None:
        return "speaker not named", "", ""
    mention = decision.mention
    if mention is None:
        return "speaker of a quotation nearby", "", ""
    tokens = document.tokens
    said = document.words(mention.first, mention.last)
    context = decision.context
    cues = cues_near(mention, context.at)
    if not cues:
        where = "in the sentence" if mention.sentence == context.sentence else "nearby"
        rule = f"named {where}"
        cue = ""
    else:
        nearest = min(cues, key=lambda cue: abs(cue.at - context.at))
        rule, cue = nearest.rule, _phrase(document, nearest)
        if tokens.sentence[nearest.at] != context.sentence:
            rule += ", another sentence"
    if mention.kind == "pronoun":
        rule = f"pronoun: {rule}"
    elif mention.kind == "phrase" and decision.entity.kind != "phrase":
        rule = f"description: {rule}"
    return rule, cue, said


def _phrase(document: Document, cue: Cue) -> str:
    """The reporting word as it is written."""
    return document.words(cue.at, cue.at + 1 + (document.tokens.low[cue.at] == "according"))


UNATTRIBUTED, UNSURE = "unattributed", "unsure"
SURE_FROM = 0.5  # confidence; the words of quotations below enter shares as "unsure"
SPEECH = ("direct", "mixed")
TURN_RIGHT = 0.95  # a label names the speaker; which person of the text it is may be wrong
INDIRECT_RIGHT = (
    0.8  # share of reported speech whose grammatical subject is its speaker, by the PolNeAR corpus
)


class Quote(NamedTuple):
    """One quotation with its speaker, as found in one article."""

    start: int  # code points into the body, marks left out
    end: int
    text: str
    words: int
    kind: str  # direct, mixed, scare, title, turn, indirect
    cue: str  # the word that reports it
    speaker: str  # "unattributed" where nobody is named
    speaker_words: str  # the words that stand for the speaker here
    rule: str  # how the speaker was found
    confidence: float  # 0 to 1: at least so often such a kind and speaker are right
    probability: float  # 0 to 1: the same without caution, for sums and intervals
    speaker_in_article: str  # the name before speakers of several articles are joined
    described: str  # titles and roles that the article states of the speaker, by ";"


def article_quotes(body: str, *, indirect: bool = False) -> list[Quote]:
    """Quotations of one article in text order, each with its speaker.

    Parameters
    ----------
    body : str
        The article's text: a line break between lines, a blank line between paragraphs.
    indirect : bool
        Also give reported speech without quotation marks, as rows of kind "indirect".

    Returns
    -------
    list of Quote
        Titles and scare quotes are kept with their kind and without a speaker. In interviews and transcripts the
        turns behind labels ("RUIZ: ...") are rows of kind "turn", which enter shares by choice only.
    """
    return quotes_of_each([body], indirect=indirect)[0]


def quotes_of_each(
    bodies: Sequence[str], *, indirect: bool = False, model: Model | None = None
) -> list[list[Quote]]:
    """Give the quotations of each article as :func:`article_quotes` does; many at a time are found faster.

    ``model`` names the speakers; that which comes with the package by default.
    """
    model = model or shipped_model()
    documents = [Document(body) for body in bodies]
    out = []
    for document, decisions in zip(documents, attribute_all(documents, model), strict=True):
        taken = turns(document.written)
        mine = _with_marks(document, decisions, model.nobody, is_dialogue=bool(taken))
        out.append(
            sorted([*mine, *_of_turns(document, taken), *(_indirect(document, model) if indirect else ())])
        )
    return out


def _with_marks(
    document: Document, decisions: Sequence[Attribution], nobody_above: float, *, is_dialogue: bool
) -> list[Quote]:
    """Quotations between marks; one that is a heading of its own is a title in a dialogue."""
    named = [
        "title" if is_dialogue and _stands_alone(one) else kind_of(document, one, nobody_above)
        for one in decisions
    ]
    sure = _sure(document, [one for one, kind in zip(decisions, named, strict=True) if kind in SPEECH])
    return [
        _quote(document, one, kind, next(sure) if kind in SPEECH else (one.nobody, one.nobody))
        for one, kind in zip(decisions, named, strict=True)
    ]


def _sure(document: Document, spoken: Sequence[Attribution]) -> Iterator[tuple[float, float]]:
    """Confidence and probability of the speaker of each quotation."""
    if spoken:
        judged = [list(columns(document, one).values()) for one in spoken]
        score = certainty(judged, stored_weights("quotes")["certainty"])
        yield from zip(confidence(score).tolist(), confidence(score, "probability").tolist(), strict=True)


def _stands_alone(decision: Attribution) -> bool:
    """Whether a quotation is a heading of its own, as interviews lift them from an answer."""
    return decision.context.alone and decision.context.in_heading


def _indirect(document: Document, model: Model) -> list[Quote]:
    out = []
    for start, end, cue in reported(document):
        subject = cue.subject
        assert subject is not None
        entity, chance = subject.entity, 1.0
        if entity is None:
            entity, chance = antecedent(document, subject, model)
        reason = (cue.rule, document.words(cue.at, cue.at + 1), document.words(subject.first, subject.last))
        sure = chance * INDIRECT_RIGHT
        out.append(_row(document, (start, end), "indirect", entity, reason, (sure, sure)))
    return out


def _interviewed(document: Document, before: int) -> Entity | None:
    """The only person whom an interview's introduction names in full, who signs it left out."""
    named = {
        m.who for m in document.mentions
        if m.kind == "name" and document.tokens.end[m.b - 1] < before and not m.in_place
        and (len(m.who.words) > 1 or m.title) and document.tokens.low[m.first - 1] != "by"
    }  # fmt: skip
    return named.pop() if len(named) == 1 else None


def _of_turns(document: Document, taken: Sequence[Turn]) -> list[Quote]:
    """Turns of an interview or transcript, as rows of kind "turn"; "Q" names nobody, "A" the only person introduced."""
    out = []
    for turn in taken:
        words = turn.label.lower().replace(".", "").split()
        own = {word for word in words if not kinds().get(word, 0) & Kind.TITLE} or set(words)
        named = [e for e in document.cast if e.kind == "name" and own <= set(e.words)]
        entity = max(named, key=lambda e: len(e.mentions), default=None)
        if turn.label in NO_NAME:
            entity = _interviewed(document, taken[0].start) if turn.label[0] == "A" else None
        elif entity is None:
            entity = Entity(turn.label.title() if turn.label.isupper() else turn.label, words, "name")
        sure = TURN_RIGHT if entity else 1.0
        out.append(
            _row(
                document,
                (turn.start, turn.end),
                "turn",
                entity,
                ("label of a turn", "", turn.label),
                (sure, sure),
            )
        )
    return out


def _quote(document: Document, decision: Attribution, kind: str, sure: tuple[float, float]) -> Quote:
    span = document.quoted[decision.context.quote]
    if kind in SPEECH:
        return _row(document, span[:2], kind, decision.entity, reason_of(document, decision), sure)
    rule = "no speech: a title" if kind == "title" else "no speech: a term or scare quotes"
    return _row(document, span[:2], kind, None, (rule, "", ""), sure)


def _row(
    document: Document,
    span: tuple[int, int],
    kind: str,
    entity: Entity | None,
    reason: tuple[str, str, str],
    sure: tuple[float, float],
) -> Quote:
    """Put a row together; ``reason`` is rule, cue and speaker's words, ``sure`` confidence and probability."""
    (start, end), (rule, cue, words) = span, reason
    name = entity.name if entity else UNATTRIBUTED
    return Quote(
        start, end, document.written[start:end], words_of(document.text).count(start, end), kind, cue, name, words, rule,
        round(sure[0], 4), round(sure[1], 4), name, described(entity),
    )  # fmt: skip


def described(entity: Entity | None) -> str:
    """Titles and roles that the article states of somebody who is named, divided by ";"."""
    return "; ".join(sorted(entity.roles)) if entity is not None and entity.kind != "phrase" else ""
