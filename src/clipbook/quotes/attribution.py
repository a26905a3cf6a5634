"""Who says each quotation of one article: candidates weighed, pronouns and repeated speakers followed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from clipbook.quotes import features, pronouns
from clipbook.quotes.features import History
from clipbook.quotes.mentions import Entity, Mention
from clipbook.quotes.page import Page
from clipbook.quotes.ranker import Trees, shipped, softmax
from clipbook.quotes.scene import (
    Scene,
    candidates,
    is_crosshead,
    is_named_work,
    is_so_called,
    is_whole_sentence,
)

Scorer = Callable[[list[list[float]]], np.ndarray]
Resolved = dict[int, tuple[list[Entity], np.ndarray]]  # by the pronoun's token, as the history stands
NEGLIGIBLE = 0.002
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

    scene: Scene
    entity: Entity | None  # None: nobody is named
    mention: Mention | None  # the candidate that weighed most for the entity; None: the speaker before
    chance: float  # probability of the entity, or that the article does not name the speaker
    nobody: float  # probability that nobody says this: a title, a term, a scare quote


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The rankers with the weights that come with the package."""
    weights = shipped()
    return Model(
        Trees(weights["speaker"], features.COLUMNS),
        Trees(weights["pronoun"], pronouns.COLUMNS),
        weights["nobody_above"],
    )


def attribute(page: Page, model: Model) -> list[Attribution]:
    """Decide on every quotation of a page in text order."""
    history = History()
    out: list[Attribution] = []
    resolved: Resolved = {}
    for quote in range(len(page.quoted)):
        scene = Scene(page, quote)
        found = candidates(page, scene)
        chances = softmax(model.rank(features.rows(page, scene, found, history)))
        weight, source, entities = _by_entity(page, model, found, chances, history, resolved)
        nobody = _nobody(page, scene, float(chances[-1]))
        unnamed = float(chances[-2])
        if unnamed >= max(weight.values(), default=0.0):
            out.append(Attribution(scene, None, None, unnamed, nobody))
            continue
        total = sum(weight.values())
        best = max(weight, key=lambda key: weight[key])
        entity = entities[best]
        out.append(Attribution(scene, entity, source[best], weight[best], nobody))
        if nobody <= model.nobody:
            likely = {key: chance / total for key, chance in weight.items() if chance > NEGLIGIBLE * total}
            history.speakers, history.names = likely, {key: entities[key] for key in likely}
            history.scene, history.last = scene, entity
            resolved.clear()
            history.earlier.add(best)
    return _from_text(page, out, model.nobody)


def _nobody(page: Page, scene: Scene, chance: float) -> float:
    """The ranker's probability that nobody speaks, but for what the words around leave no doubt about."""
    if is_named_work(page, scene) or is_so_called(page, scene):
        return 1.0
    return 0.0 if is_whole_sentence(scene) or is_crosshead(page, scene) else chance


def _from_text(page: Page, decisions: list[Attribution], nobody: float) -> list[Attribution]:
    """Give a quotation in a heading the speaker of the quotation in the text below that it repeats."""
    out = list(decisions)
    for index, decision in enumerate(decisions):
        if not decision.scene.in_heading or _is_signed(decision):
            continue
        said = _plain(decision)
        for other in decisions[index + 1 : index + 1 + REPEATED_WITHIN]:
            if not other.scene.in_heading and other.nobody <= nobody and said in _plain(other):
                out[index] = other._replace(scene=decision.scene, mention=None)
                break
    return out


def _plain(decision: Attribution) -> str:
    """The words of a quotation without case and punctuation."""
    return " ".join(PUNCTUATION.sub(" ", decision.scene.said.lower()).split())


def _is_signed(decision: Attribution) -> bool:
    """Whether a name stands behind the quotation: "...": Lumo Bank."""
    cue = decision.scene.right
    return cue is not None and cue.rule == "name after quotation"


def _by_entity(
    page: Page,
    model: Model,
    found: Sequence[Mention],
    chances: np.ndarray,
    history: History,
    resolved: Resolved,
) -> tuple[dict[int, float], dict[int, Mention | None], dict[int, Entity]]:
    """Sum the candidates' probabilities by entity; pronouns and "the speaker before" pass theirs on."""
    weight: dict[int, float] = {}
    top: dict[int, float] = {}
    source: dict[int, Mention | None] = {}
    named: dict[int, Entity] = {}

    def add(entity: Entity, chance: float, mention: Mention | None) -> None:
        key = id(entity)
        named[key] = entity
        weight[key] = weight.get(key, 0.0) + chance
        if chance > top.get(key, 0.0):
            top[key], source[key] = chance, mention

    for m, chance in zip(found, chances.tolist(), strict=False):
        if chance < NEGLIGIBLE:
            continue
        if m.entity is not None:
            add(m.entity, chance, m)
        elif chance > UNLIKELY:
            if m.a not in resolved:
                entities, table = pronouns.antecedents(page, m, history.speakers)
                resolved[m.a] = (entities, softmax(model.resolve(table)) if table else np.zeros(0))
            for entity, part in zip(*resolved[m.a], strict=True):
                add(entity, chance * float(part), m)
    if history.scene is not None:
        for key, part in history.speakers.items():
            add(history.names[key], float(chances[len(found)]) * part, None)
    return weight, source, named


def antecedent(page: Page, pronoun: Mention, model: Model) -> tuple[Entity | None, float]:
    """The entity that a pronoun stands for most likely, with its probability; None where nobody was named."""
    entities, table = pronouns.antecedents(page, pronoun, {})
    if not entities:
        return None, 0.0
    chances = softmax(model.resolve(table))
    best = int(chances.argmax())
    return entities[best], float(chances[best])
