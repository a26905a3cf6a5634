"""What the human-coded articles teach: for every quotation and pronoun its candidates and the right ones."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from clipbook.quotes import features, pronouns
from clipbook.quotes.attribution import antecedent, shipped_model
from clipbook.quotes.context import Context, candidates
from clipbook.quotes.document import Document
from clipbook.quotes.features import History
from clipbook.quotes.mentions import Entity, Mention

NOBODY_ABOVE = 0.4


class Example(NamedTuple):
    """Candidate rows and which of them are right."""

    rows: np.ndarray
    right: np.ndarray


def gold_of(score: Any, document: Document, article: dict) -> list[dict | str | None]:
    """For each quotation its attribution, "nobody", or None where the gold leaves it out."""
    spans = [
        (q["start"], q["end"], a)
        for a in article["attributions"]
        if a["kind"] != "indirect"
        for q in a["quotes"]
    ]
    spans.sort(key=lambda span: span[2]["speaker"] is None)
    out: list[dict | str | None] = []
    for span in document.quoted:
        own = (span.start, span.end)
        size = span.end - span.start
        if span.end <= article["body_start"] or any(
            2 * score.common(own, x) > size for x in article["ignore"]
        ):
            out.append(None)
            continue
        best = max(spans, key=lambda s: score.common(own, s[:2]), default=None)
        # a stretch over several paragraphs may be several in the gold
        shared = sum(
            score.common(own, s[:2]) for s in spans if best and s[2]["speaker"] == best[2]["speaker"]
        )
        out.append(best[2] if best and shared > 0.3 * size else "nobody")
    return out


def is_speaker(score: Any, entity: Entity | None, gold: dict) -> bool:
    if entity is None or not gold["speaker"]:
        return False
    same = score.same_phrase if gold["speaker_type"] == "nominal" else score.same_name
    return any(same(name, entity.name) for name in gold.get("accepted") or [gold["speaker"]])


def is_right(score: Any, document: Document, m: Mention, gold: dict) -> bool:
    """Whether a mention is the gold source, or names its speaker.

    Where the gold states no source, a pronoun is right if the shipped weights take it for the speaker.
    """
    if gold["source_span"] is None and gold.get("accepted"):
        entity = antecedent(document, m, shipped_model())[0] if m.kind == "pronoun" else m.entity
        return is_speaker(score, entity, gold)
    low, high = gold["source_span"] or (0, 0)
    start, end = document.tokens.start[m.a], document.tokens.end[m.b - 1]
    inside = start < high and low < end
    if m.kind == "pronoun":
        return inside and gold["speaker_type"] == "pronoun"
    if is_speaker(score, m.entity, gold):
        return gold["speaker_type"] != "nominal" or inside
    if gold["speaker_type"] != "nominal" or not inside:
        return False
    own = (document.tokens.start[m.first], document.tokens.end[m.last - 1])
    either = max(own[1], high) - min(own[0], low)
    return abs(own[0] - low) < 4 or 2 * score.common(own, (low, high)) >= either


def gold_entity(score: Any, document: Document, gold: dict) -> Entity | None:
    fitting = [e for e in document.cast if is_speaker(score, e, gold)]
    return max(fitting, key=lambda e: len(e.mentions), default=None)


def speaker_examples(score: Any, document: Document, article: dict, said: list | None) -> list[Example]:
    """One example a quotation; ``said`` are decisions to take the speaker before from, None the gold."""
    out = []
    history = History()
    last_gold: dict | None = None
    for quote, gold in enumerate(gold_of(score, document, article)):
        if gold is None:
            continue
        context = Context(document, quote)
        found = candidates(document, context)
        rows = features.rows(document, context, found, history)
        unnamed = gold != "nobody" and gold["speaker_type"] == "none"
        nobody = gold == "nobody" or unnamed
        right = [not nobody and is_right(score, document, m, gold) for m in found]
        if history.context is not None:
            if said is not None:
                same = not nobody and is_speaker(score, history.last, gold)
            else:
                same = (
                    not nobody
                    and last_gold is not None
                    and (
                        last_gold is gold
                        or (bool(gold["speaker"]) and gold["speaker"] == last_gold["speaker"])
                    )
                )
            right.append(same)
        right += [unnamed, gold == "nobody"]
        if not any(right):
            right = [True] * (len(rows) - 1) + [False]  # somebody said it
        out.append(Example(np.array(rows), np.array(right)))
        if said is not None:
            decision = said[quote]
            spoke = decision.entity is not None and decision.nobody <= NOBODY_ABOVE
            entity, chance = decision.entity, decision.chance
        else:
            spoke, entity, chance = not nobody, None if nobody else gold_entity(score, document, gold), 1.0
        if spoke:
            history.context, history.last = context, entity
            history.speakers = {entity: chance} if entity else {}
            last_gold = gold if gold != "nobody" else None
            if entity:
                history.earlier.add(entity)
    return out


def pronoun_examples(score: Any, document: Document, article: dict) -> list[Example]:
    out = []
    spoke: dict[Entity, float] = {}
    starts = {document.tokens.start[m.a]: m for m in document.mentions if m.kind == "pronoun"}
    sourced = [a for a in article["attributions"] if a["source_span"]]
    for gold in sorted(sourced, key=lambda a: a["source_span"][0]):
        if gold["speaker_type"] == "pronoun" and gold["speaker"]:
            low, high = gold["source_span"]
            pronoun = next((m for at, m in starts.items() if low <= at < high), None)
            if pronoun is not None:
                entities, rows = pronouns.antecedents(document, pronoun, spoke)
                right = [is_speaker(score, e, gold) for e in entities]
                if any(right):
                    out.append(Example(np.array(rows), np.array(right)))
        if gold["kind"] != "indirect" and gold["speaker"]:
            entity = gold_entity(score, document, gold)
            spoke = {entity: 1.0} if entity else {}
    return out
