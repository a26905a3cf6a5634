"""Descriptions that stand for somebody named elsewhere: "the senator", "the 54-year-old", "the company"."""

from __future__ import annotations

from clipbook.quotes.lexicon import WORDS, Kind
from clipbook.quotes.mentions import Entity, Mention, is_thing
from clipbook.quotes.tokens import Tokens

PARAGRAPHS_BACK = 12
LOOK_BACK = 60  # mentions
NEAR = 5  # mentions
_OWNERS = {"his": "m", "her": "f"}
_NEW_SOURCES = WORDS["new_sources"]
_MESSAGES = WORDS["messages"]
_ISSUED = WORDS["issued"]
_DEFINITE = frozenset(("the", "this", "that"))
_BODIES = WORDS["bodies"]
_SURELY_PERSON = ("ist", "ian", "man", "woman", "eur")  # nouns of persons end so
_PERSON = (*_SURELY_PERSON, "er", "or", "ant", "ent", "ee")
_ANYONE = WORDS["anyone"]
_OFFICES = WORDS["offices"]
_ASKED = {"premier": {"premier", "leader", "minister"}}  # "the minister" is no premier
_SYNONYMS: dict[str, set[str]] = {}
for _group in WORDS["same_role"]:
    for _word in _group.split():
        _SYNONYMS.setdefault(_word, set()).update(_group.split())


def resolve_descriptions(tokens: Tokens, mentions: list[Mention]) -> None:
    """Give a definite description the entity it stands for, where one fits; others stay as they are.

    A role that was stated of somebody ("Mayor Ana Ruiz ... the mayor") goes to the last such person; an age
    or a general word ("the 54-year-old", "the leader") to the last person who was subject of a sentence; "the
    company" to the organisation that spoke last or is named most; a repeated description ("a clerk ... the clerk") to its
    first use.
    """
    for entity in dict.fromkeys(m.entity for m in mentions if m.entity is not None):
        entity.roles.update(m.title for m in entity.mentions if m.title)
    _give_offices(tokens, mentions)
    for index, m in enumerate(mentions):
        if m.kind == "phrase":
            found = _stands_for(tokens, mentions, index)
            if found is not None and found is not m.entity:
                m.stands_for(found)


def _stands_for(tokens: Tokens, mentions: list[Mention], index: int) -> Entity | None:
    """Whom one description stands for; None if it stays a source of its own."""
    m = mentions[index]
    opening, head, kind = tokens.low[m.first], tokens.low[m.a], tokens.kind[m.a]
    issuer = _issuer(tokens, m, mentions, index) if head in _MESSAGES else None
    if issuer is not None or opening not in _DEFINITE or _names_inside(tokens, m):
        return issuer
    before = mentions[max(0, index - LOOK_BACK) : index]
    earlier = [k for k in before if k.entity is not None and m.paragraph - k.paragraph <= PARAGRAPHS_BACK]
    found: Entity | None = None
    if head in _MESSAGES:
        found = _sender(head, earlier)
    elif _describes_person(kind, head):
        found = _person(m, head, earlier, bool(kind & Kind.ROLE))
    elif (kind & Kind.ORGANISATION_ROLE or head in _BODIES) and m.last == m.b:
        found = _organisation(tokens, m, head, earlier)
    m.weighed = found is None and _may_be_weighed(tokens, m, earlier)
    return found


def _may_be_weighed(tokens: Tokens, m: Mention, earlier: list[Mention]) -> bool:
    """Whether a description by a trait or role that speaks may be anybody's: "the bearded ferryman", "the young striker"."""
    head, kind = tokens.low[m.a], tokens.kind[m.a]
    if tokens.low[m.first] not in _DEFINITE or m.gender == "p" or not m.cues or head in _NEW_SOURCES:
        return False
    person = kind & Kind.ROLE or head.endswith(_PERSON if kind & Kind.HEAD else _SURELY_PERSON)
    trait = m.a - m.first > 1 and ("-" in tokens.low[m.a - 1] or tokens.low[m.a - 1].endswith("ed"))
    if not person and (kind or not trait or head.endswith(("ed", "s"))):
        return False
    if kind & (Kind.DOCUMENT | Kind.ORGANISATION_ROLE) or head in _BODIES or head.endswith("ment"):
        return False
    return not any(k.kind == "phrase" and k.words == m.words for k in earlier)


def _give_offices(tokens: Tokens, mentions: list[Mention]) -> None:
    """Take an office behind "as" for the one who holds it: "Ruiz spoke as Lumo's mayor", "they named Ruiz as mayor"."""
    subject: dict[int, Mention] = {}  # by sentence
    latest: Mention | None = None
    for m in mentions:
        if m.kind == "name" and not m.in_place:
            if m.subject:
                subject.setdefault(m.sentence, m)
            latest = m
        elif m.kind == "phrase" and tokens.low[m.a] in _OFFICES and tokens.low[m.first - 1] == "as":
            named = latest is not None and latest.last == m.first - 1
            holder = latest if named else subject.get(m.sentence)
            if holder is not None:
                holder.who.roles.add(tokens.low[m.a])
                m.stands_for(holder.who)


def _sender(head: str, earlier: list[Mention]) -> Entity | None:
    """Who spoke in a message that is named again: "Ruiz said in a statement ... the statement said"."""
    message = next((k for k in reversed(earlier) if k.kind == "phrase" and k.words == [head]), None)
    if message is None or (message.who.kind == "phrase" and not message.prep):
        return None
    if message.who.kind != "phrase":
        return message.who
    said = (k for k in reversed(earlier) if k.sentence == message.sentence and k.cues and k.a < message.a)
    return next((k.who for k in said), None)


def _issuer(tokens: Tokens, m: Mention, mentions: list[Mention], index: int) -> Entity | None:
    """Who issued a document that speaks: "her statement", "Ruiz's letter", "a statement released by the council"."""
    opening = tokens.low[m.first]
    if opening in _OWNERS:
        people = [
            k for k in mentions[max(0, index - LOOK_BACK) : index]
            if k.kind == "name" and k.who.gender in ("", _OWNERS[opening]) and not k.in_place and not is_thing(k.who)
        ]  # fmt: skip
        return _last(people, m)
    owner = next(
        (k for k in mentions[max(0, index - NEAR) : index + NEAR] if k.poss and m.first <= k.first < m.a),
        None,
    )
    if owner is not None and owner.kind != "phrase":
        return owner.entity
    at = m.b + (tokens.low[m.b] in _ISSUED)
    if tokens.low[at] not in ("by", "from"):
        return None
    by = next((k for k in mentions[index + 1 : index + NEAR] if at < k.a and k.first <= at + 2), None)
    return by.entity if by is not None and by.kind in ("name", "organisation") and not by.modifier else None


def _names_inside(tokens: Tokens, m: Mention) -> bool:
    """Whether the phrase names somebody; a country or nationality ("the Lumian leader") is no name."""
    return any(
        tokens.caps[index] and index != m.a and not tokens.kind[index] & (Kind.PLACE | Kind.NATIONALITY)
        for index in range(m.first + 1, m.last)
    )


def _describes_person(kind: int, head: str) -> bool:
    if head.endswith("-year-old"):
        return True
    return bool(kind & (Kind.ROLE | Kind.HEAD)) and not kind & Kind.ORGANISATION_ROLE and head not in _BODIES


def _person(m: Mention, head: str, earlier: list[Mention], person: bool) -> Entity | None:
    other = {"m": "f", "f": "m"}.get(m.gender)
    fitting = [k for k in earlier if k.who.kind == "name" and k.who.gender != other]
    wanted = _ASKED.get(head) or _SYNONYMS.get(head, {head})
    for roles in ({head}, wanted):
        same_role = [k for k in fitting if not roles.isdisjoint(k.who.roles)]
        if same_role:
            return _last(same_role, m)
    aged = head.endswith("-year-old")
    if not person and not aged:
        return None
    again = [k for k in earlier if k.kind == "phrase" and k.words == m.words and k.first < k.a]
    if again:
        return again[-1].entity
    return _last(fitting, m) if head in _ANYONE or aged else None


def _last(fitting: list[Mention], m: Mention) -> Entity | None:
    """The last of the fitting mentions that is a subject close by, else the last that spoke, else the last of all."""
    near = [k for k in fitting if k.subject and m.paragraph - k.paragraph <= 2 and k.sentence != m.sentence]
    spoke = [k for k in fitting if k.cues]
    acting = [k for k in fitting if not k.prep and not k.poss]
    for found in (near, spoke, acting, fitting):
        if found:
            return found[-1].entity
    return None


def _organisation(tokens: Tokens, m: Mention, head: str, earlier: list[Mention]) -> Entity | None:
    """The organisation with that word in its name or phrase, else of those that act or speak close by, or of all, the one named most.

    A lone name may be an organisation's when nothing says that it is a person's.
    """
    wanted = "police" if head == "force" else head
    fitting = [k for k in earlier if not k.in_place and not k.place and _may_be_organisation(k)]
    longer = [k for k in earlier if k.kind == "phrase" and (k.first < k.a or wanted == "police")]
    named = [k for k in [*fitting, *longer] if wanted in k.who.words]
    if named:
        return max(named, key=lambda k: k.a).entity
    near = [k for k in fitting if m.paragraph - k.paragraph <= 2 and not k.poss]
    acting = [k for k in near if k.cues or (k.subject and k.sentence != m.sentence)]
    if not acting and not tokens.kind[m.a] & Kind.ORGANISATION_ROLE:
        return None
    return max(acting or fitting, key=_weight).entity if fitting else None


def _weight(k: Mention) -> tuple[bool, int, int]:
    """How much of an organisation a mention has, how often it is named, and where."""
    return k.kind == "organisation" and len(k.words) > 1, len(k.who.mentions), k.a


def _may_be_organisation(k: Mention) -> bool:
    return k.kind == "organisation" or is_thing(k.who)
