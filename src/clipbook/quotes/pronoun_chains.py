"""Chains of pronouns: by plain rules, which name a run of pronouns goes back to."""

from __future__ import annotations

from clipbook.quotes.mentions import Entity, Mention

NEAR = 2  # sentences between a pronoun and the subject it goes on from


def follow_pronouns(mentions: list[Mention]) -> None:
    """Take every pronoun by plain rules, so that a chain of pronouns leads back to the name it began with.

    A pronoun goes to the subject of its sentence or of the sentence before, be it a name or a pronoun that was
    taken so; else to the last person named who fits in gender.
    """
    subject: dict[str, tuple[int, Entity]] = {}  # for "m", "f", "they", "it": sentence and entity
    named: dict[str, Entity] = {}
    for m in mentions:
        if m.kind == "pronoun":
            last = subject.get(m.gender)
            near = last is not None and m.sentence - last[0] <= NEAR
            m.chain = last[1] if near and last is not None else named.get(m.gender)
            entity = m.chain
            genders: tuple[str, ...] = (m.gender,)
        else:
            entity, genders = m.entity, _genders(m)
            if entity is not None:
                for gender in genders:
                    named[gender] = entity
        if entity is not None and m.subject:
            for gender in genders:
                subject[gender] = (m.sentence, entity)


def _genders(m: Mention) -> tuple[str, ...]:
    """Pronouns that may stand for a mention."""
    entity = m.entity
    if entity is None:
        return ()
    if entity.gender == "m":
        return ("m",)
    if entity.gender == "f":
        return ("f",)
    if entity.kind == "organisation":
        return ("it", "they")
    if entity.gender == "p":
        return ("they",)
    return ("m", "f") if entity.kind == "name" or m.subject else ()
