"""The quotations of one article, each with kind, speaker, rule and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from clipbook.quotes.attribution import Attribution, Model, antecedent, attribute_all, shipped_model
from clipbook.quotes.calibrated import confidence
from clipbook.quotes.indirect import reported
from clipbook.quotes.kinds import kind_of, reason_of
from clipbook.quotes.mentions import Entity
from clipbook.quotes.page import Page
from clipbook.text.words import words_of

UNATTRIBUTED = "unattributed"
SPEECH = ("direct", "mixed")
INDIRECT_RIGHT = (
    0.8  # share of reported speech whose grammatical subject is its speaker, by the PolNeAR corpus
)


class Quote(NamedTuple):
    """One quotation with its speaker, as found in one article."""

    start: int  # code points into the body, marks left out
    end: int
    text: str
    words: int
    kind: str  # direct, mixed, scare, title, indirect
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
        Titles and scare quotes are kept with their kind and without a speaker.
    """
    return quotes_of_each([body], indirect=indirect)[0]


def quotes_of_each(bodies: Sequence[str], *, indirect: bool = False) -> list[list[Quote]]:
    """Give the quotations of each article as :func:`article_quotes` does; many at a time are found faster."""
    model = shipped_model()
    pages = [Page(body) for body in bodies]
    found = [
        [_quote(page, decision, model) for decision in decisions]
        for page, decisions in zip(pages, attribute_all(pages, model), strict=True)
    ]
    if indirect:
        return [sorted([*mine, *_indirect(page, model)]) for page, mine in zip(pages, found, strict=True)]
    return found


def _indirect(page: Page, model: Model) -> list[Quote]:
    out = []
    for start, end, cue in reported(page):
        subject = cue.subject
        assert subject is not None
        entity, chance = subject.entity, 1.0
        if entity is None:
            entity, chance = antecedent(page, subject, model)
        name = entity.name if entity else UNATTRIBUTED
        text = page.text[start:end]
        words = page.text[page.tokens.start[subject.first] : page.tokens.end[subject.last - 1]]
        sure = round(chance * INDIRECT_RIGHT, 4)
        verb = page.tokens.word[cue.at]
        about = described(entity)
        out.append(
            Quote(
                start,
                end,
                text,
                words_of(page.text).count(start, end),
                "indirect",
                verb,
                name,
                words,
                cue.rule,
                sure,
                sure,
                name,
                about,
            )
        )
    return out


def _quote(page: Page, decision: Attribution, model: Model) -> Quote:
    span = page.quoted[decision.scene.quote]
    said = page.text[span.start : span.end]
    kind = kind_of(page, decision, model.nobody)
    if kind not in SPEECH:
        rule = "no speech: a title" if kind == "title" else "no speech: a term or scare quotes"
        sure = round(decision.nobody, 4)
        nobody = UNATTRIBUTED
        return Quote(
            span.start,
            span.end,
            said,
            words_of(page.text).count(span.start, span.end),
            kind,
            "",
            nobody,
            "",
            rule,
            sure,
            sure,
            nobody,
            "",
        )
    rule, cue, words = reason_of(page, decision)
    sure = confidence(decision.chance)
    name = decision.entity.name if decision.entity else UNATTRIBUTED
    even, about = round(decision.chance, 4), described(decision.entity)
    return Quote(
        span.start,
        span.end,
        said,
        words_of(page.text).count(span.start, span.end),
        kind,
        cue,
        name,
        words,
        rule,
        sure,
        even,
        name,
        about,
    )


def described(entity: Entity | None) -> str:
    """Titles and roles that the article states of somebody who is named, divided by ";"."""
    return "; ".join(sorted(entity.roles)) if entity is not None and entity.kind != "phrase" else ""
