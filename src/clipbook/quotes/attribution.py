"""Who says each quotation of one article: candidates weighed, pronouns and repeated speakers followed."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from clipbook.model import Trees, softmax, stored_weights
from clipbook.quotes import features, pronouns
from clipbook.quotes.context import Context, beyond_doubt, candidates, meant
from clipbook.quotes.document import Document
from clipbook.quotes.features import History
from clipbook.quotes.mentions import COLUMNS, Entity, Mention, Row, as_table

Scorer = Callable[[np.ndarray], np.ndarray]  # a row a candidate, to its score
Resolved = dict[int, tuple[list[Entity], list[float]]]  # by the pronoun's token, as the history stands
NEGLIGIBLE = 0.002
INTRODUCED = 0.9  # whom a pronoun stands for where the sentence before leaves no doubt
SIGNED = 0.97  # whose name stands in the line below
DESCRIBED = 0.6  # probability from which on a description stands for somebody named before
UNLIKELY = 0.03  # pronouns below are not followed
REPEATED_WITHIN = 8  # quotations
PUNCTUATION = re.compile(r"[^\w]+")


class Model(NamedTuple):
    """The two rankers and the probability of "nobody" above which a quotation is no speech."""

    rank: Scorer
    resolve: Scorer
    nobody: float


class Attribution(NamedTuple):
    """The decision on one quotation."""

    context: Context
    entity: Entity | None  # None: nobody is named
    mention: Mention | None  # the candidate that weighed most for the entity; None: the speaker before
    chance: float  # probability of the entity, or that the article does not name the speaker
    nobody: float  # probability that nobody says this: a title, a term, a scare quote
    second: float  # probability of who comes next to the entity


class Question(NamedTuple):
    """Rows to be scored: possible speakers, or what a pronoun may stand for."""

    resolves: bool
    rows: list[Row]


Walk = Generator[Question, list[float], list[Attribution]]


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The rankers with the weights that come with the package."""
    weights = stored_weights("quotes")
    return Model(
        Trees(weights["speaker"], COLUMNS),
        Trees(weights["pronoun"], pronouns.COLUMNS),
        weights["nobody_above"],
    )


def attribute(document: Document, model: Model) -> list[Attribution]:
    """Decide on every quotation of an article in text order."""
    return attribute_all([document], model)[0]


def attribute_all(documents: Sequence[Document], model: Model) -> list[list[Attribution]]:
    """Decide on every quotation of each article.

    A quotation's speaker depends on those before it in its article, not on others; so the articles are gone
    through side by side, and what is asked of the rankers at each turn is scored in one go.
    """
    found: list[list[Attribution]] = [[] for _ in documents]
    waiting: list[tuple[int, Walk, Question]] = []

    def go_on(document: int, walk: Walk, scores: list[float] | None) -> None:
        try:
            waiting.append((document, walk, next(walk) if scores is None else walk.send(scores)))
        except StopIteration as ended:
            found[document] = ended.value

    for number, document in enumerate(documents):
        go_on(number, _decide(document, model.nobody), None)
    while waiting:
        turn, waiting = waiting, []
        for score, resolves in ((model.rank, False), (model.resolve, True)):
            asked = [one for one in turn if one[2].resolves is resolves]
            rows = [row for *_, question in asked for row in question.rows]
            scores = score(as_table(rows)).tolist() if rows else []
            ends = accumulate(len(question.rows) for *_, question in asked)
            for (number, walk, question), end in zip(asked, ends, strict=True):
                go_on(number, walk, scores[end - len(question.rows) : end])
    return found


def _decide(document: Document, nobody_above: float) -> Walk:
    """Walk through the quotations of an article; asks for scores and gives the decisions."""
    history = History()
    out: list[Attribution] = []
    resolved: Resolved = {}
    for quote in range(len(document.quoted)):
        context = Context(document, quote)
        found = candidates(document, context)
        chances = softmax((yield Question(False, features.rows(document, context, found, history))))
        chances = _signed(document, context, found, chances)
        likely = (m for m, chance in zip(found, chances, strict=False) if chance > UNLIKELY)
        unresolved = [m for m in likely if (m.entity is None or m.weighed) and m.a not in resolved]
        if unresolved:
            yield from _resolve(document, context, unresolved, history, resolved)
        weight, source = _by_entity(found, chances, history, resolved)
        nobody = beyond_doubt(document, context)
        nobody = chances[-1] if nobody is None else nobody
        unnamed = chances[-2]
        first, second = _first_two(weight.values())
        if unnamed >= first:
            out.append(Attribution(context, None, None, unnamed, nobody, first))
            continue
        total = sum(weight.values())
        best = max(weight, key=weight.__getitem__)
        out.append(Attribution(context, best, source[best], first, nobody, max(second, unnamed)))
        if nobody <= nobody_above:
            history.speakers = {
                one: chance / total for one, chance in weight.items() if chance > NEGLIGIBLE * total
            }
            history.context, history.last = context, best
            history.earlier.add(best)
            resolved.clear()
    return _from_text(document, out, nobody_above)


def _signed(
    document: Document, context: Context, found: Sequence[Mention], chances: list[float]
) -> list[float]:
    """Give a quotation that fills its line to the name behind a dash in the line below: "— Ana Ruiz, mayor of Lumo"."""
    cue = context.ahead
    if not context.alone or cue is None or cue.rule != "name after quotation":
        return chances
    below = (
        document.tokens.word[cue.at - 1] == "\n"
        and document.tokens.paragraph[cue.at] == context.paragraph + 1
    )
    names = [place for place, m in enumerate(found) if below and m is cue.subject]
    if names:
        chances = [chance * (1 - SIGNED) + SIGNED * (place in names) for place, chance in enumerate(chances)]
    return chances


def _first_two(weights: Iterable[float]) -> tuple[float, float]:
    first = second = 0.0
    for weight in weights:
        if weight > first:
            first, second = weight, first
        elif weight > second:
            second = weight
    return first, second


def _resolve(
    document: Document, context: Context, mentions: Sequence[Mention], history: History, resolved: Resolved
) -> Generator[Question, list[float], None]:
    """Weigh whom pronouns stand for."""
    weighed = [(m, *pronouns.antecedents(document, m, history.speakers)) for m in mentions]
    rows = [row for _, _, table in weighed for row in table]
    scores = (yield Question(True, rows)) if rows else []
    ends = accumulate(len(table) for *_, table in weighed)
    for (m, entities, table), end in zip(weighed, ends, strict=True):
        chances = softmax(scores[end - len(table) : end]) if table else []
        known = meant(document, context, m)
        if known is None:
            resolved[m.a] = entities, chances
        else:
            left = (chance * (1 - INTRODUCED) for chance in chances)
            resolved[m.a] = [*entities, known], [*left, INTRODUCED]


def _from_text(document: Document, decisions: list[Attribution], nobody: float) -> list[Attribution]:
    """Give a quotation in a heading the speaker of the quotation in the text below that it repeats."""
    out = list(decisions)
    for index, decision in enumerate(decisions):
        if not decision.context.in_heading or _is_signed(decision):
            continue
        said = _plain(decision)
        for other in decisions[index + 1 : index + 1 + REPEATED_WITHIN]:
            if not other.context.in_heading and other.nobody <= nobody and said in _plain(other):
                out[index] = other._replace(context=decision.context, mention=None)
                break
    return out


def _plain(decision: Attribution) -> str:
    """The words of a quotation without case and punctuation."""
    return " ".join(PUNCTUATION.sub(" ", decision.context.said.lower()).split())


def _is_signed(decision: Attribution) -> bool:
    """Whether a name stands behind the quotation: "...": Lumo Bank."""
    cue = decision.context.right
    return cue is not None and cue.rule == "name after quotation"


def _by_entity(
    found: Sequence[Mention],
    chances: Sequence[float],
    history: History,
    resolved: Resolved,
) -> tuple[dict[Entity, float], dict[Entity, Mention | None]]:
    """Sum the candidates' probabilities by entity; pronouns and "the speaker before" pass theirs on."""
    weight: dict[Entity, float] = {}
    top: dict[Entity, float] = {}
    source: dict[Entity, Mention | None] = {}

    def add(entity: Entity, chance: float, mention: Mention | None) -> None:
        weight[entity] = weight.get(entity, 0.0) + chance
        if chance > top.get(entity, 0.0):
            top[entity], source[entity] = chance, mention

    for m, chance in zip(found, chances, strict=False):
        if chance < NEGLIGIBLE:
            continue
        if m.entity is not None and not (m.weighed and chance > UNLIKELY):
            add(m.entity, chance, m)
        elif chance > UNLIKELY:
            entities, parts = resolved[m.a]
            for entity, part in zip(entities, parts, strict=True):
                if m.entity is None or part >= DESCRIBED:
                    add(entity, chance * part, m)
            if m.entity is not None:
                described = max((part for part in parts if part >= DESCRIBED), default=0.0)
                add(m.entity, chance * (1 - described), m)
    if history.context is not None:
        for entity, part in history.speakers.items():
            add(entity, chances[len(found)] * part, None)
    return weight, source


def antecedent(document: Document, pronoun: Mention, model: Model) -> tuple[Entity | None, float]:
    """The entity that a pronoun stands for most likely, with its probability; None where nobody was named."""
    entities, table = pronouns.antecedents(document, pronoun, {})
    if not entities:
        return None, 0.0
    chances = softmax(model.resolve(as_table(table)).tolist())
    best = chances.index(max(chances))
    return entities[best], chances[best]
