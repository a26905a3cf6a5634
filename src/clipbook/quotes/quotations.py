"""The quotations of one article, each with kind, speaker, rule and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from clipbook.article.turns import turns
from clipbook.quotes.attribution import Attribution, Model, antecedent, attribute_all, shipped_model
from clipbook.quotes.calibrated import confidence, probability
from clipbook.quotes.indirect import reported
from clipbook.quotes.kinds import kind_of, reason_of
from clipbook.quotes.mentions import Entity
from clipbook.quotes.page import Page
from clipbook.text.words import words_of

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
    pages = [Page(body) for body in bodies]
    found = [
        [_quote(page, decision, model) for decision in decisions]
        for page, decisions in zip(pages, attribute_all(pages, model), strict=True)
    ]
    return [
        sorted([*mine, *_turns(page), *(_indirect(page, model) if indirect else ())])
        for page, mine in zip(pages, found, strict=True)
    ]


def _indirect(page: Page, model: Model) -> list[Quote]:
    out = []
    for start, end, cue in reported(page):
        subject = cue.subject
        assert subject is not None
        entity, chance = subject.entity, 1.0
        if entity is None:
            entity, chance = antecedent(page, subject, model)
        words = page.text[page.tokens.start[subject.first] : page.tokens.end[subject.last - 1]]
        reason = (cue.rule, page.tokens.word[cue.at], words)
        sure = chance * INDIRECT_RIGHT
        out.append(_row(page, (start, end), "indirect", entity, reason, (sure, sure)))
    return out


def _turns(page: Page) -> list[Quote]:
    """Turns of an interview or transcript, as rows of kind "turn"; "Q" and "A" name nobody."""
    out = []
    for turn in turns(page.text):
        words = turn.label.lower().replace(".", "").split()
        named = [e for e in page.cast if e.kind == "name" and set(words) <= set(e.words)]
        entity = max(named, key=lambda e: len(e.mentions), default=None)
        if entity is None and len(turn.label) > 1:
            entity = Entity(turn.label.title() if turn.label.isupper() else turn.label, words, "name")
        sure = TURN_RIGHT if entity else 1.0
        out.append(
            _row(
                page,
                (turn.start, turn.end),
                "turn",
                entity,
                ("label of a turn", "", turn.label),
                (sure, sure),
            )
        )
    return out


def _quote(page: Page, decision: Attribution, model: Model) -> Quote:
    span = page.quoted[decision.scene.quote]
    kind = kind_of(page, decision, model.nobody)
    if kind in SPEECH:
        sure = (confidence(decision.chance), probability(decision.chance))
        return _row(page, span[:2], kind, decision.entity, reason_of(page, decision), sure)
    rule = "no speech: a title" if kind == "title" else "no speech: a term or scare quotes"
    return _row(page, span[:2], kind, None, (rule, "", ""), (decision.nobody, decision.nobody))


def _row(
    page: Page,
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
        start, end, page.text[start:end], words_of(page.text).count(start, end), kind, cue, name, words, rule,
        round(sure[0], 4), round(sure[1], 4), name, described(entity),
    )  # fmt: skip


def described(entity: Entity | None) -> str:
    """Titles and roles that the article states of somebody who is named, divided by ";"."""
    return "; ".join(sorted(entity.roles)) if entity is not None and entity.kind != "phrase" else ""
