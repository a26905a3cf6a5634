"""What speaks for a candidate: the columns that the ranker weighs."""

from __future__ import annotations

from array import array
from math import log, log1p

from clipbook.quotes.columns import OF_BOTH, OF_MENTION, RULES, X
from clipbook.quotes.lexicon import AUXILIARY, CUE, IRREGULAR
from clipbook.quotes.mentions import Entity, Mention
from clipbook.quotes.page import Page
from clipbook.quotes.ranker import Row
from clipbook.quotes.scene import Scene, cues_near
from clipbook.quotes.subjects import Cue
from clipbook.quotes.tokens import QUOTE
from clipbook.quotes.unspoken import unspoken

_NO_MENTION = array("d", bytes(8 * len(OF_MENTION + OF_BOTH)))
_FAR = array("d", [99.0 * (name in ("left_gap", "right_gap", "cue_gap")) for name in OF_BOTH])
_FIRST = frozenset(("i", "i'm", "i've", "i'd", "i'll", "me", "my", "myself"))
_WE = frozenset(("we", "we're", "we've", "we'll", "our", "us"))


class History:
    """Who spoke so far: what an earlier quotation says about the next."""

    def __init__(self) -> None:
        self.scene: Scene | None = None  # of the last quotation that is speech
        self.speakers: dict[int, float] = {}  # id of an entity -> probability that it spoke last
        self.names: dict[int, Entity] = {}  # the entities by id
        self.last: Entity | None = None
        self.earlier: set[int] = set()


def common(page: Page, scene: Scene) -> Row:
    """Columns that all candidates of one quotation share."""
    final = scene.final
    return array("d", (
        scene.alone,
        scene.capital,
        scene.colon,
        log1p(len(scene.words)),
        final == ",",
        final in (".", "?", "!", "…"),
        not scene.low.isdisjoint(_FIRST),
        not scene.low.isdisjoint(_WE),
        scene.quotes_here,
        scene.left_free,
        scene.right_free,
        scene.left_touches,
        scene.right_touches,
        page.tokens.word[scene.at - 1] == "\n" if scene.at else 1.0,
        min(scene.outside, 40),
        scene.single,
        not scene.closed,
    ))  # fmt: skip


def rows(page: Page, scene: Scene, found: list[Mention], history: History) -> list[Row]:
    """One row of columns a candidate: the mentions, the previous speaker if there is one, somebody unnamed, nobody."""
    base = common(page, scene)
    before = [m for m in found if m.cues and m.a < scene.at]
    after = [m for m in found if m.cues and m.a > scene.at]
    near = (before[-1] if before else None, after[0] if after else None)
    first = next((m for m in found if m.sentence == scene.sentence and m.subject), None)
    ahead_of = sum(1 for m in found if m.a < scene.at)
    out = []
    for order, m in enumerate(found):
        if m.traits is None:
            m.traits = _traits(page, m)
        row = base + m.traits + _FAR
        _place(page, scene, m, row)
        row[X["nearest_speaker_before"]] = m is near[0]
        row[X["nearest_speaker_after"]] = m is near[1]
        row[X["first_of_sentence"]] = m is first
        row[X["rank_before"]] = min(ahead_of - order, 9) if m.a < scene.at else -min(order - ahead_of + 1, 9)
        _cues(page, scene, m, row)
        if m.entity is not None:
            _history(scene, m.entity, history, row)
        out.append(row)
    nobody = base + _NO_MENTION
    if history.scene is not None:
        out.append(_previous(page, scene, history, nobody[:]))
    out.extend(unspoken(page, scene, nobody))
    return out


def _traits(page: Page, m: Mention) -> Row:
    """Columns of a mention by itself."""
    tokens, entity, follows = page.tokens, m.entity, m.last
    pronoun = m.kind == "pronoun"
    clause = (
        True, m.kind == "name", m.kind == "organisation", m.kind == "phrase",
        pronoun, pronoun and m.gender == "they", pronoun and m.gender == "it",
        m.place, 0.0 if entity is None else entity.placed, m.first == 0 or tokens.word[m.first - 1] == "\n",
        m.subject, m.prep, m.poss, m.modifier, m.obj,
        follows < len(tokens) and tokens.sentence[follows] == m.sentence
        and bool(tokens.kind[follows] & (AUXILIARY | IRREGULAR | CUE) or tokens.low[follows].endswith("ed")),
        len(m.cues),
    )  # fmt: skip
    if entity is None:
        return array("d", (*clause, *(0.0,) * (len(OF_MENTION) - len(clause))))
    known = (
        len(entity.words) > 1, bool(m.title), bool(entity.roles), entity.document, entity.aged,
        entity.gender in ("m", "f"), log(len(entity.mentions)), log1p(entity.speeches - len(m.cues)),
    )  # fmt: skip
    return array("d", (*clause, *known))


def _place(page: Page, scene: Scene, m: Mention, row: Row) -> None:
    sentences = m.sentence - scene.sentence
    paragraphs = m.paragraph - scene.paragraph
    if sentences == 0:
        row[X["same_before"] if m.a < scene.at else X["same_after"]] = 1.0
    elif paragraphs == 0:
        if sentences < 0:
            row[X["back_1"] if sentences == -1 else X["back_2"]] = 1.0
        else:
            row[X["ahead_1"] if sentences == 1 else X["ahead_2"]] = 1.0
    elif paragraphs < 0:
        row[X["paragraph_up"] if paragraphs == -1 else X["paragraphs_up"]] = 1.0
    else:
        row[X["paragraph_down"]] = 1.0
    start, end = (m.last, scene.at) if m.a < scene.at else (scene.at + 1, m.first)
    if start > end:
        start, end = end, start
    row[X["log_distance"]] = log1p(end - start)
    row[X["quotes_between"]] = min(page.quotes_before[end] - page.quotes_before[start], 5)
    row[X["speakers_between"]] = min(page.speakers_before[end] - page.speakers_before[start], 5)
    row[X["sentences_between"]] = max(-6, min(6, sentences))


def _cues(page: Page, scene: Scene, m: Mention, row: Row) -> None:
    """The reporting words around the quotation, and those that the mention is subject of."""
    tokens = page.tokens
    left, right = scene.left_subject, scene.right_subject
    touches = rival_touches = False
    if left is m:
        row[X["left_cue"]] = 1.0
        row[X["left_gap"]] = min(scene.left_gap, 30)
        touches = scene.left_touches
    elif left is not None:
        row[X["rival_left"]] = scene.left_free
        rival_touches = scene.left_touches
    if right is m:
        row[X["right_cue"]] = 1.0
        row[X["right_gap"]] = min(scene.right_gap, 30)
        touches = touches or scene.right_touches
    elif right is not None:
        row[X["rival_right"]] = scene.right_free
        rival_touches = rival_touches or scene.right_touches
    row[X["touches"]], row[X["rival_touches"]] = touches, rival_touches
    if not m.cues:
        return
    row[X["back_cue"]] = scene.back is not None and scene.back.subject is m
    row[X["ahead_cue"]] = scene.ahead is not None and scene.ahead.subject is m
    best: Cue | None = None
    for cue, rule in cues_near(page, m, scene.at):
        row[RULES[rule]] = 1.0
        if best is None or abs(cue.at - scene.at) < abs(best.at - scene.at):
            best = cue
    assert best is not None
    row[X["strong"]] = best.strong
    row[X["cue_gap"]] = min(abs(best.at - scene.at), 60)
    row[X["splits_clause"]] = m.a < scene.at < best.at
    row[X["cue_same_sentence"]] = tokens.sentence[best.at] == scene.sentence
    row[X["cue_takes_other_quote"]] = (
        best.at + 1 < len(tokens) and best.at + 1 != scene.at
        and (tokens.word[best.at + 1] == QUOTE or (best.after_quote and tokens.word[scene.at - 1] != tokens.word[best.at]))
    )  # fmt: skip


def _history(scene: Scene, entity: Entity, history: History, row: Row) -> None:
    row[X["last_speaker"]] = entity is history.last
    row[X["spoke_before"]] = id(entity) in history.earlier
    row[X["last_share"]] = history.speakers.get(id(entity), 0.0)
    row[X["named_inside"]] = (entity.words[-1] in scene.low) + (entity.words[-1] in scene.titled)
    row[X["first_seen"]] = log1p(max(0, scene.sentence - entity.mentions[0].sentence))


def _previous(page: Page, scene: Scene, history: History, row: Row) -> Row:
    earlier = history.scene
    assert earlier is not None
    row[X["previous"]] = 1.0
    paragraphs = scene.paragraph - earlier.paragraph
    row[X["previous_same_sentence"]] = earlier.sentence == scene.sentence
    row[X["previous_same_paragraph"]] = paragraphs == 0
    row[X["previous_paragraph"]] = paragraphs == 1
    row[X["previous_two_paragraphs"]] = paragraphs == 2
    row[X["previous_unclosed"]] = not earlier.closed
    row[X["previous_distance"]] = log1p(scene.at - earlier.at)
    row[X["previous_cues_between"]] = min(
        page.speakers_before[scene.at] - page.speakers_before[min(earlier.at + 1, scene.at)], 5
    )
    row[X["previous_certainty"]] = max(history.speakers.values(), default=0.0)
    if history.last is not None:
        surname = history.last.words[-1]
        row[X["named_inside"]] = (surname in scene.low) + (surname in scene.titled)
    row[X["previous_ends_comma"]] = earlier.final == ","
    row[X["rival_left"]] = scene.left_free
    row[X["rival_right"]] = scene.right_free
    row[X["rival_touches"]] = scene.left_touches or scene.right_touches
    return row
