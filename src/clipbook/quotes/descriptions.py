"""Descriptions that stand for somebody named before: "the senator", "the 54-year-old", "the company"."""

from __future__ import annotations

from clipbook.quotes.lexicon import ORGANISATION_ROLE, ROLE
from clipbook.quotes.mentions import Entity, Mention
from clipbook.quotes.tokens import Tokens

PARAGRAPHS_BACK = 12
LOOK_BACK = 60  # mentions
_DEFINITE = frozenset(("the", "this", "that"))
_ANYONE = frozenset(
    [
        "leader",
        "candidate",
        "nominee",
        "politician",
        "star",
        "billionaire",
        "mogul",
        "tycoon",
        "businessman",
        "businesswoman",
        "man",
        "woman",
        "veteran",
        "lawmaker",
        "contender",
        "frontrunner",
        "front-runner",
        "republican",
        "democrat",
        "champion",
        "legislator",
    ]
)  # may describe a person whose role the article never states
_SHORT = {
    "sen": "senator", "gov": "governor", "rep": "congressman", "gen": "general", "prof": "professor", "pm": "premier",
    "dr": "doctor", "det": "detective", "ceo": "executive", "congresswoman": "congresswoman",
}  # fmt: skip


def resolve_descriptions(tokens: Tokens, mentions: list[Mention]) -> None:
    """Give a definite description the entity it stands for, where one fits; others stay as they are.

    A role that was stated of somebody ("Mayor Ana Ruiz ... the mayor") goes to the last such person; an age
    or a general word ("the 54-year-old", "the leader") to the last person who was subject of a sentence; "the
    company" to the last organisation; and a repeated description ("a clerk ... the clerk") to its first use.
    """
    for entity in {id(m.entity): m.entity for m in mentions if m.entity is not None}.values():
        entity.roles.update(_SHORT[role] for role in list(entity.roles) if role in _SHORT)
        entity.roles.update(_SHORT[m.title] for m in entity.mentions if m.title in _SHORT)
    for index, m in enumerate(mentions):
        if m.kind != "phrase" or tokens.low[m.first] not in _DEFINITE or _names_inside(tokens, m):
            continue
        head, kind = tokens.low[m.a], tokens.kind[m.a]
        earlier = [
            k
            for k in mentions[max(0, index - LOOK_BACK) : index]
            if k.entity is not None and m.paragraph - k.paragraph <= PARAGRAPHS_BACK
        ]
        found: Entity | None = None
        if kind & ROLE or head.endswith("-year-old"):
            found = _person(m, head, earlier)
        elif kind & ORGANISATION_ROLE and m.last == m.b:
            found = _last([k for k in earlier if k.kind == "organisation" and not k.place], m)
        if found is not None and m.entity is not None:
            m.entity.mentions.remove(m)
            m.entity = found
            found.mentions.append(m)


def _names_inside(tokens: Tokens, m: Mention) -> bool:
    return any(tokens.caps[index] and index != m.a for index in range(m.first + 1, m.last))


def _person(m: Mention, head: str, earlier: list[Mention]) -> Entity | None:
    fitting = [
        k
        for k in earlier
        if k.entity is not None
        and k.entity.kind == "name"
        and not (m.gender in ("m", "f") and k.entity.gender in ("m", "f") and m.gender != k.entity.gender)
    ]
    same_role = [k for k in fitting if k.entity is not None and head in k.entity.roles]
    if same_role:
        return _last(same_role, m)
    again = [k for k in earlier if k.kind == "phrase" and k.words == m.words and k.first < k.a]
    if again:
        return again[-1].entity
    if head in _ANYONE or head.endswith("-year-old"):
        return _last(fitting, m)
    return None


def _last(fitting: list[Mention], m: Mention) -> Entity | None:
    """The last of the fitting mentions that is a subject close by, else the last of all."""
    near = [k for k in fitting if k.subject and m.paragraph - k.paragraph <= 2 and k.sentence != m.sentence]
    if near:
        return near[-1].entity
    return fitting[-1].entity if fitting else None
