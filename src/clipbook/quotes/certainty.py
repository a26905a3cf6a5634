"""How sure a decision is, judged by its kind: a pronoun between two women is right less often than a name that touches."""

from __future__ import annotations

from math import log, log1p
from typing import Any

import numpy as np

from clipbook.quotes.attribution import Attribution
from clipbook.quotes.document import Document

MOST_RIVALS, MOST_MENTIONS = 4, 30


def columns(document: Document, decision: Attribution) -> dict[str, float]:
    """Give what a decision is judged by."""
    context, entity, mention = decision.context, decision.entity, decision.mention
    kind, by = entity.kind if entity else "", mention.kind if mention else ""
    named, pronoun, before = kind == "name", by == "pronoun", entity is not None and mention is None
    described = by == "phrase" and kind in ("name", "organisation")
    roles, role = entity.roles if entity else set(), mention.words[-1] if mention else ""
    words = entity.words if entity else [""]
    return {
        "chance": _odds(decision.chance),
        "ahead_of_second": log((decision.chance + 0.01) / (decision.second + 0.01)),
        "speech": _odds(1 - decision.nobody),
        "not_named": entity is None,
        "speaker_before": before,
        "pronoun": pronoun,
        "pronoun_of_no_gender": pronoun and named and not (entity and entity.gender),
        "description": described,
        "description_of_no_role": described and role not in roles,
        "unnamed_source": kind == "phrase",
        "organisation": kind == "organisation",
        "one_word": named and len(words) == 1,
        "other_paragraph": mention is not None and mention.paragraph != context.paragraph,
        "reports_beside": any(subject is mention for subject in context.beside),
        "reports_nowhere": mention is not None and not mention.cues,
        "rivals": _rivals(document, decision) if pronoun or described or before else 0,
        "named_inside": words[-1] in context.low and entity is not None,
        "log_words": log1p(len(context.words)),
        "part_of_sentence": not (context.alone or context.colon),
    }


def certainty(values: Any, weights: dict[str, Any]) -> Any:
    """Give the probability that a decision is right, by a logistic regression over its columns; of many, one a row."""
    return 1 / (1 + np.exp(-(weights["start"] + np.dot(values, weights["weight"]))))


def _odds(chance: float) -> float:
    return log((chance + 0.01) / (1.01 - chance))


def _rivals(document: Document, decision: Attribution) -> int:
    """Count the other people, at most four, named in the paragraph of a quotation or the one before it, of that gender."""
    context, entity = decision.context, decision.entity
    gender = entity.gender if entity is not None else ""
    around = [*document.before(context.at, MOST_MENTIONS), *document.behind(context.at, MOST_MENTIONS)]
    people = {
        m.who for m in around
        if m.kind == "name" and not m.in_place and m.who is not entity and 0 <= context.paragraph - m.paragraph <= 1
        and (not gender or m.who.gender in ("", gender))
    }  # fmt: skip
    return min(MOST_RIVALS, len(people))
