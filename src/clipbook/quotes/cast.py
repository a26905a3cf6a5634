"""The cast of an article: which mentions are the same person, organisation or source."""

from __future__ import annotations

from clipbook.quotes.lexicon import HE_OR_SHE, WORDS, Kind
from clipbook.quotes.mentions import Entity, Mention
from clipbook.quotes.tokens import Tokens

MOST_NAMED = 12  # names of one sentence that are looked at
_KIN = WORDS["kin"]
_LINKS = frozenset(("of", "for", "in", "and", "&"))


def build_cast(tokens: Tokens, mentions: list[Mention]) -> list[Entity]:
    """Merge mentions into entities: full names first, then surnames, given names, acronyms; phrases alone.

    Two people with one surname stay two when their given names or genders differ.
    """
    cast: list[Entity] = []
    by_last: dict[str, list[Entity]] = {}
    by_word: dict[str, list[Entity]] = {}
    by_initials: dict[str, Entity] = {}
    relatives: set[Mention] = set()
    named = [m for m in mentions if m.kind in ("name", "organisation")]
    for mention in sorted(named, key=lambda m: (len(m.words) < 2, m.a)):
        words = [word.strip(".") for word in mention.words]
        if len(words) > 1 and _is_relative(tokens, mention):
            relatives.add(mention)
        entity = _find(mention, words, by_last, by_word, by_initials, relatives)
        if entity is None:
            entity = Entity(tokens.phrase(mention.a, mention.b), words, mention.kind, mention.gender)
            cast.append(entity)
            by_last.setdefault(words[-1], []).append(entity)
            for word in words[:-1]:
                by_word.setdefault(word, []).append(entity)
            if mention.kind == "organisation" and len(words) > 2:
                by_initials.setdefault("".join(w[0] for w in words if w not in ("of", "and", "the")), entity)
        elif len(entity.words) < len(words) < 4:
            entity.words, entity.name = words, tokens.phrase(mention.a, mention.b)
        entity.gender = entity.gender or mention.gender
        if entity.kind == "organisation" and mention.kind == "name" and (mention.title or mention.aged):
            entity.kind = "name"
        entity.roles.update(mention.role)
        entity.mentions.append(mention)
        entity.full += len(mention.words) > 1
        mention.entity = entity
        short = _short_form(tokens, mention)
        if short:
            by_initials.setdefault(short, entity)
    for mention in mentions:
        if mention.kind == "phrase":
            entity = Entity(
                tokens.phrase(mention.first, mention.last), mention.words, "phrase", mention.gender
            )
            entity.roles.update(mention.role)
            entity.document = bool(tokens.kind[mention.a] & Kind.DOCUMENT)
            entity.mentions.append(mention)
            mention.entity = entity
            cast.append(entity)
    for entity in cast:
        entity.mentions.sort(key=lambda m: m.a)
    _tell_apart(tokens, cast)
    return cast


def _tell_apart(tokens: Tokens, cast: list[Entity]) -> None:
    """Give people of one surname, where nothing more is known of their names, their titles: "Mr Ruiz", "Mrs Ruiz"."""
    by_name: dict[str, list[Entity]] = {}
    for entity in cast:
        if entity.kind == "name":
            by_name.setdefault(entity.words[-1], []).append(entity)
    for same in by_name.values():
        for entity in [one for one in same if len(one.words) == 1] if len(same) > 1 else ():
            titled = next((m for m in entity.mentions if m.title), None)
            if titled is not None:
                entity.name = tokens.phrase(titled.a - 1, titled.b)


def _short_form(tokens: Tokens, mention: Mention) -> str:
    """The abbreviation in brackets behind a name: "Lumo Water Board (LWB)"."""
    end = mention.b
    if tokens.word[end] != "(" or tokens.word[end + 2] != ")":
        return ""
    short = tokens.word[end + 1]
    return tokens.low[end + 1] if len(mention.words) > 1 and short.isupper() and len(short) > 1 else ""


def _is_relative(tokens: Tokens, mention: Mention) -> bool:
    """Whether a name only says whose relative somebody else is: "Ruiz, a cousin of Ana Ruiz"."""
    before = mention.first - 2
    return before > 0 and tokens.low[before + 1] == "of" and tokens.low[before] in _KIN


def _find(
    mention: Mention,
    words: list[str],
    by_last: dict[str, list[Entity]],
    by_word: dict[str, list[Entity]],
    by_initials: dict[str, Entity],
    relatives: set[Mention],
) -> Entity | None:
    pool = by_last.get(words[-1], [])
    if len(words) > 1:
        return next((entity for entity in pool if _agree(words, entity.words)), None)
    if mention.kind == "organisation" and words[0] in by_initials:
        return by_initials[words[0]]
    pool = pool or by_word.get(words[0], [])
    fitting = [e for e in pool if not (mention.gender and e.gender and mention.gender != e.gender)]
    fitting = [e for e in fitting if not (e.mentions[0] in relatives and mention.a < e.mentions[0].a)]
    fitting = [e for e in fitting if e.kind == "name" or len(e.words) < 2 or e.words[-2] not in _LINKS]
    if not fitting:
        return None
    same = [e for e in fitting if mention.gender and e.gender == mention.gender]
    return max(same or fitting, key=lambda e: (e.kind == "name", e.full, -e.mentions[0].a))


def _agree(a: list[str], b: list[str]) -> bool:
    """Whether two names with one last word can be one person's."""
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    x, y = a[0], b[0]
    return x[:3] == y[:3] or (min(len(x), len(y)) == 1 and x[0] == y[0])


_HE = frozenset(("he", "his", "himself"))  # "him" and "her" are mostly somebody else in the sentence


def infer_gender(tokens: Tokens, mentions: list[Mention]) -> None:
    """Learn a person's gender from pronouns in sentences that name nobody else before them."""
    votes: dict[Entity, int] = {}
    by_sentence: dict[int, list[Mention]] = {}
    for m in mentions:
        if m.kind == "name" and not m.in_place:
            by_sentence.setdefault(m.sentence, []).append(m)
    for index in tokens.marked(HE_OR_SHE):
        low = tokens.low[index]
        here = [m for m in by_sentence.get(tokens.sentence[index], ())[:MOST_NAMED] if m.a < index]
        if len({m.who for m in here}) == 1 and (here[0].subject or here[0].cues):
            votes[here[0].who] = votes.get(here[0].who, 0) + (1 if low in _HE else -1)
    for entity, count in votes.items():
        if count and not entity.gender:
            entity.gender = "m" if count > 0 else "f"


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
    if entity.gender in ("m", "f"):
        return (entity.gender,)
    if entity.kind == "organisation":
        return ("it", "they")
    if entity.gender == "p":
        return ("they",)
    return ("m", "f") if entity.kind == "name" or m.subject else ()
