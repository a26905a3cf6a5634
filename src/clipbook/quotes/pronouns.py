"""Whom a pronoun stands for: the columns by which its possible antecedents are weighed."""

from __future__ import annotations

from array import array
from math import log, log1p

from clipbook.quotes.document import Document
from clipbook.quotes.mentions import Entity, Mention, Row, is_thing

COLUMNS = (
    "log_sentences", "log_paragraphs", "order", "spoke_last", "gender_right", "person", "organisation", "phrase",
    "same_sentence", "subject", "after_preposition", "owner", "modifier", "object", "speaks_here",
    "subject_of_sentence_before", "subject_of_same_sentence", "speaker_of_paragraph_before", "log_mentions",
    "full_name", "ever_speaks", "never_subject", "titled", "first_of_paragraph", "pronoun_leads_paragraph", "same_paragraph", "quotes_between",
    "log_distance", "role", "cues", "chain", "placed", "introduced",
)  # fmt: skip
_ZEROS = array("d", bytes(8 * len(COLUMNS)))
R = {name: position for position, name in enumerate(COLUMNS)}
_NEVER = {
    "m": ("f", "p"),
    "f": ("m", "p"),
    "they": ("m", "f"),
    "it": ("m", "f"),
    "": ("p",),
}  # gender of the entity
PARAGRAPHS_BACK = 8
MOST = 10  # entities
MOST_MENTIONS = 80


def antecedents(
    document: Document, pronoun: Mention, spoke: dict[Entity, float]
) -> tuple[list[Entity], list[Row]]:
    """Entities named before a pronoun, the latest first, and a row of columns for each.

    Parameters
    ----------
    document, pronoun : Document, Mention
        The pronoun and its article.
    spoke : dict of Entity to float
        Probability that an entity spoke last.
    """
    if pronoun.antecedents is None:
        pronoun.antecedents = _named_before(document, pronoun)
    entities, known = pronoun.antecedents
    table = []
    for entity, traits in zip(entities, known, strict=True):
        row = traits[:]
        row[R["spoke_last"]] = spoke.get(entity, 0.0)
        table.append(row)
    return entities, table


def _named_before(document: Document, pronoun: Mention) -> tuple[list[Entity], list[Row]]:
    """The same whoever spoke last."""
    latest: dict[Entity, Mention] = {}
    for m in reversed(document.before(pronoun.a, MOST_MENTIONS)):
        if m.b > pronoun.a:
            continue
        if pronoun.paragraph - m.paragraph > PARAGRAPHS_BACK or len(latest) == MOST:
            break
        if m.entity is None or m.entity.gender in _NEVER[pronoun.gender]:
            continue
        if pronoun.weighed and (m.sentence == pronoun.sentence or m.entity.kind != "name"):
            continue
        if (pronoun.weighed or pronoun.gender in ("m", "f")) and m.entity.placed == 1 and not m.entity.gender:
            continue  # the village that somebody lives in
        if m.kind != "phrase" or m.cues or m.subject or (m.entity.roles and not m.entity.document):
            latest.setdefault(m.entity, m)
    if pronoun.weighed or pronoun.gender in ("m", "f"):
        people = {entity: m for entity, m in latest.items() if not is_thing(entity)}
        latest = people if pronoun.weighed else people or latest
    rows = [_row(document, pronoun, entity, m, order) for order, (entity, m) in enumerate(latest.items())]
    return list(latest), rows


def _row(document: Document, pronoun: Mention, entity: Entity, m: Mention, order: int) -> Row:
    row = _ZEROS[:]
    row[R["log_sentences"]] = log1p(pronoun.sentence - m.sentence)
    row[R["log_paragraphs"]] = log1p(pronoun.paragraph - m.paragraph)
    row[R["log_distance"]] = log1p(pronoun.a - m.b)
    row[R["order"]] = order
    row[R["gender_right"]] = pronoun.gender in ("m", "f") and entity.gender == pronoun.gender
    row[R["person"]] = entity.kind == "name"
    row[R["organisation"]] = entity.kind == "organisation"
    row[R["phrase"]] = entity.kind == "phrase"
    row[R["titled"]] = any(k.title for k in entity.mentions[:4])
    row[R["role"]] = bool(entity.roles)
    row[R["same_sentence"]] = m.sentence == pronoun.sentence
    row[R["same_paragraph"]] = m.paragraph == pronoun.paragraph
    row[R["subject"]] = m.subject
    row[R["after_preposition"]] = m.prep
    row[R["owner"]] = m.poss
    row[R["modifier"]] = m.modifier
    row[R["object"]] = m.obj
    row[R["speaks_here"]] = bool(m.cues)
    row[R["cues"]] = len(m.cues)
    row[R["subject_of_sentence_before"]] = m.subject and m.sentence == pronoun.sentence - 1
    row[R["subject_of_same_sentence"]] = m.subject and m.sentence == pronoun.sentence
    row[R["speaker_of_paragraph_before"]] = bool(m.cues) and m.paragraph == pronoun.paragraph - 1
    row[R["log_mentions"]] = log(len(entity.mentions))
    row[R["full_name"]] = len(entity.words) > 1
    row[R["ever_speaks"]] = log1p(entity.speeches)
    row[R["never_subject"]] = not m.subject and not entity.speeches
    row[R["placed"]] = entity.placed
    row[R["chain"]] = pronoun.chain is entity
    row[R["introduced"]] = m is entity.mentions[0]
    row[R["first_of_paragraph"]] = document.tokens.word[m.first - 1] == "\n"
    row[R["pronoun_leads_paragraph"]] = document.tokens.word[pronoun.a - 1] == "\n"
    row[R["quotes_between"]] = min(document.quotes_before[pronoun.a] - document.quotes_before[m.b], 5)
    return row
