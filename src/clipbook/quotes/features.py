"""What speaks for a candidate: the columns that the ranker weighs."""

from __future__ import annotations

from array import array
from math import log, log1p

from clipbook.quotes.context import Context, cues_near
from clipbook.quotes.document import Document
from clipbook.quotes.lexicon import Kind
from clipbook.quotes.mentions import OF_BOTH, OF_MENTION, RULES, Entity, Mention, Row, X
from clipbook.quotes.not_speech import not_speech
from clipbook.quotes.tokens import QUOTE

_NO_MENTION = array("d", bytes(8 * len(OF_MENTION + OF_BOTH)))
_FAR = array("d", [99.0 * (name in ("left_gap", "right_gap", "cue_gap")) for name in OF_BOTH])
_FIRST = frozenset(("i", "i'm", "i've", "i'd", "i'll", "me", "my", "myself"))
_WE = frozenset(("we", "we're", "we've", "we'll", "our", "us"))


class History:
    """Who spoke so far: what an earlier quotation says about the next."""

    def __init__(self) -> None:
        self.context: Context | None = None  # of the last quotation that is speech
        self.speakers: dict[Entity, float] = {}  # with the probability that each spoke last
        self.last: Entity | None = None
        self.earlier: set[Entity] = set()


def common(document: Document, context: Context) -> Row:
    """Columns that all candidates of one quotation share."""
    final = context.final
    return array("d", (
        context.alone,
        context.capital,
        context.colon,
        log1p(len(context.words)),
        final == ",",
        final in (".", "?", "!", "…"),
        not context.low.isdisjoint(_FIRST),
        not context.low.isdisjoint(_WE),
        context.quotes_here,
        context.left_free,
        context.right_free,
        context.left_touches,
        context.right_touches,
        document.tokens.word[context.at - 1] == "\n",
        min(context.outside, 40),
        context.single,
        not context.closed,
    ))  # fmt: skip


def rows(document: Document, context: Context, found: list[Mention], history: History) -> list[Row]:
    """One row of columns a candidate: the mentions, the previous speaker if there is one, somebody unnamed, nobody."""
    base = common(document, context)
    before = [m for m in found if m.cues and m.a < context.at]
    after = [m for m in found if m.cues and m.a > context.at]
    near = (before[-1] if before else None, after[0] if after else None)
    first = next((m for m in found if m.sentence == context.sentence and m.subject), None)
    ahead_of = sum(1 for m in found if m.a < context.at)
    out = []
    for order, m in enumerate(found):
        if m.traits is None:
            m.traits = _traits(document, m)
        row = base + m.traits + _FAR
        _place(document, context, m, row)
        row[X["nearest_speaker_before"]] = m is near[0]
        row[X["nearest_speaker_after"]] = m is near[1]
        row[X["first_of_sentence"]] = m is first
        row[X["rank_before"]] = (
            min(ahead_of - order, 9) if m.a < context.at else -min(order - ahead_of + 1, 9)
        )
        _cues(document, context, m, row)
        if m.entity is not None:
            _history(context, m.entity, history, row)
        out.append(row)
    nobody = base + _NO_MENTION
    if history.context is not None:
        out.append(_previous(document, context, history, nobody[:]))
    out.extend(not_speech(document, context, nobody))
    return out


def _traits(document: Document, m: Mention) -> Row:
    """Columns of a mention by itself."""
    tokens, entity, follows = document.tokens, m.entity, m.last
    pronoun = m.kind == "pronoun"
    clause = (
        True, m.kind == "name", m.kind == "organisation", m.kind == "phrase",
        pronoun, pronoun and m.gender == "they", pronoun and m.gender == "it",
        m.place, 0.0 if entity is None else entity.placed, tokens.word[m.first - 1] == "\n",
        m.subject, m.prep, m.poss, m.modifier, m.obj,
        tokens.sentence[follows] == m.sentence
        and bool(tokens.kind[follows] & (Kind.AUXILIARY | Kind.IRREGULAR | Kind.CUE) or tokens.low[follows].endswith("ed")),
        len(m.cues),
    )  # fmt: skip
    if entity is None:
        return array("d", (*clause, *(0.0,) * (len(OF_MENTION) - len(clause))))
    known = (
        len(entity.words) > 1, bool(m.title), bool(entity.roles), entity.document,
        entity.gender in ("m", "f"), log(len(entity.mentions)), log1p(entity.speeches - len(m.cues)),
    )  # fmt: skip
    return array("d", (*clause, *known))


def _place(document: Document, context: Context, m: Mention, row: Row) -> None:
    sentences = m.sentence - context.sentence
    paragraphs = m.paragraph - context.paragraph
    if sentences == 0:
        row[X["same_before"] if m.a < context.at else X["same_after"]] = 1.0
    elif paragraphs == 0:
        row[X["back_1"]] = sentences == -1
    elif paragraphs < 0:
        row[X["paragraph_up"] if paragraphs == -1 else X["paragraphs_up"]] = 1.0
    else:
        row[X["paragraph_down"]] = 1.0
    start, end = (m.last, context.at) if m.a < context.at else (context.at + 1, m.first)
    if start > end:
        start, end = end, start
    row[X["log_distance"]] = log1p(end - start)
    row[X["quotes_between"]] = min(document.quotes_before[end] - document.quotes_before[start], 5)
    row[X["speakers_between"]] = min(document.speakers_before[end] - document.speakers_before[start], 5)
    row[X["sentences_between"]] = max(-6, min(6, sentences))


def _cues(document: Document, context: Context, m: Mention, row: Row) -> None:
    """The reporting words around the quotation, and those that the mention is subject of."""
    tokens = document.tokens
    left, right = context.left_subject, context.right_subject
    touches = rival_touches = False
    if left is m:
        row[X["left_cue"]] = 1.0
        row[X["left_gap"]] = min(context.left_gap, 30)
        touches = context.left_touches
    elif left is not None:
        row[X["rival_left"]] = context.left_free
        rival_touches = context.left_touches
    if right is m:
        row[X["right_cue"]] = 1.0
        row[X["right_gap"]] = min(context.right_gap, 30)
        touches = touches or context.right_touches
    elif right is not None:
        row[X["rival_right"]] = context.right_free
        rival_touches = rival_touches or context.right_touches
    row[X["touches"]], row[X["rival_touches"]] = touches, rival_touches
    if not m.cues:
        return
    row[X["back_cue"]] = context.back is not None and context.back.subject is m
    row[X["ahead_cue"]] = context.ahead is not None and context.ahead.subject is m
    near = cues_near(m, context.at)
    for cue in near:
        if cue.rule in RULES:
            row[RULES[cue.rule]] = 1.0
    best = min(near, key=lambda cue: abs(cue.at - context.at))
    row[X["strong"]] = best.strong
    row[X["cue_gap"]] = min(abs(best.at - context.at), 60)
    row[X["splits_clause"]] = m.a < context.at < best.at
    row[X["cue_same_sentence"]] = tokens.sentence[best.at] == context.sentence
    row[X["cue_takes_other_quote"]] = (
        best.at + 1 < len(tokens) and best.at + 1 != context.at
        and (tokens.word[best.at + 1] == QUOTE or (best.after_quote and tokens.word[context.at - 1] != tokens.word[best.at]))
    )  # fmt: skip


def _history(context: Context, entity: Entity, history: History, row: Row) -> None:
    row[X["last_speaker"]] = entity is history.last
    row[X["spoke_before"]] = entity in history.earlier
    row[X["last_share"]] = history.speakers.get(entity, 0.0)
    row[X["named_inside"]] = entity.words[-1] in context.low
    row[X["first_seen"]] = log1p(max(0, context.sentence - entity.mentions[0].sentence))


def _previous(document: Document, context: Context, history: History, row: Row) -> Row:
    earlier = history.context
    assert earlier is not None
    row[X["previous"]] = 1.0
    paragraphs = context.paragraph - earlier.paragraph
    row[X["previous_same_paragraph"]] = paragraphs == 0
    row[X["previous_paragraph"]] = paragraphs == 1
    row[X["previous_distance"]] = log1p(context.at - earlier.at)
    row[X["previous_cues_between"]] = min(
        document.speakers_before[context.at] - document.speakers_before[min(earlier.at + 1, context.at)], 5
    )
    row[X["previous_certainty"]] = max(history.speakers.values(), default=0.0)
    if history.last is not None:
        surname = history.last.words[-1]
        row[X["named_inside"]] = surname in context.low
    row[X["previous_ends_comma"]] = earlier.final == ","
    row[X["rival_left"]] = context.left_free
    row[X["rival_right"]] = context.right_free
    row[X["rival_touches"]] = context.left_touches or context.right_touches
    return row
