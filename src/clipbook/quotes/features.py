"""What speaks for a candidate: the columns that the ranker weighs."""

from __future__ import annotations

from array import array
from math import log, log1p

from clipbook.quotes.columns import COLUMNS, RULES, X
from clipbook.quotes.lexicon import AUXILIARY, CUE, IRREGULAR
from clipbook.quotes.mentions import Entity, Mention
from clipbook.quotes.page import Page
from clipbook.quotes.ranker import Row
from clipbook.quotes.scene import Scene, cues_near
from clipbook.quotes.subjects import Cue
from clipbook.quotes.tokens import QUOTE
from clipbook.quotes.unspoken import unspoken

_ZEROS = array("d", bytes(8 * len(COLUMNS)))
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
    row = _ZEROS[:]
    row[X["alone"]] = scene.alone
    row[X["capital"]] = scene.capital
    row[X["colon"]] = scene.colon
    row[X["log_words"]] = log1p(len(scene.words))
    row[X["final_comma"]] = scene.final == ","
    row[X["final_stop"]] = scene.final in (".", "?", "!", "…")
    row[X["i_inside"]] = not scene.low.isdisjoint(_FIRST)
    row[X["we_inside"]] = not scene.low.isdisjoint(_WE)
    row[X["quotes_in_sentence"]] = scene.quotes_here
    row[X["left_exists"]] = scene.left_free
    row[X["right_exists"]] = scene.right_free
    row[X["left_is_close"]] = scene.left_touches
    row[X["right_is_close"]] = scene.right_touches
    row[X["leads_paragraph"]] = page.tokens.word[scene.at - 1] == "\n" if scene.at else 1.0
    row[X["words_outside"]] = min(scene.outside, 40)
    row[X["single"]] = scene.single
    row[X["unclosed"]] = not scene.closed
    return row


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
        row = base[:]
        _place(page, scene, m, row)
        row[X["nearest_speaker_before"]] = m is near[0]
        row[X["nearest_speaker_after"]] = m is near[1]
        row[X["first_of_sentence"]] = m is first
        row[X["rank_before"]] = min(ahead_of - order, 9) if m.a < scene.at else -min(order - ahead_of + 1, 9)
        _clause(page, scene, m, row)
        _who(page, scene, m, history, row)
        out.append(row)
    if history.scene is not None:
        out.append(_previous(page, scene, history, base[:]))
    out.extend(unspoken(page, scene, base))
    return out


def _place(page: Page, scene: Scene, m: Mention, row: Row) -> None:
    row[X["mention"]] = 1.0
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
    start, end = min(start, end), max(start, end)
    row[X["log_distance"]] = log1p(end - start)
    row[X["quotes_between"]] = min(page.quotes_before[end] - page.quotes_before[start], 5)
    row[X["speakers_between"]] = min(page.speakers_before[end] - page.speakers_before[start], 5)
    row[X["sentences_between"]] = max(-6, min(6, sentences))
    row[X["first_of_paragraph"]] = m.first == 0 or page.tokens.word[m.first - 1] == "\n"


def _clause(page: Page, scene: Scene, m: Mention, row: Row) -> None:
    tokens = page.tokens
    row[X["subject"]] = m.subject
    row[X["after_preposition"]] = m.prep
    row[X["owner"]] = m.poss
    row[X["modifier"]] = m.modifier
    row[X["object"]] = m.obj
    follows = m.last
    if follows < len(tokens) and tokens.sentence[follows] == m.sentence:
        row[X["verb_follows"]] = bool(
            tokens.kind[follows] & (AUXILIARY | IRREGULAR | CUE) or tokens.low[follows].endswith("ed")
        )
    row[X["cues"]] = len(m.cues)
    row[X["left_cue"]] = scene.left is not None and scene.left.subject is m
    row[X["right_cue"]] = scene.right is not None and scene.right.subject is m
    row[X["back_cue"]] = scene.back is not None and scene.back.subject is m
    row[X["ahead_cue"]] = scene.ahead is not None and scene.ahead.subject is m
    row[X["left_gap"]] = min(scene.left_gap, 30) if row[X["left_cue"]] else 99
    row[X["right_gap"]] = min(scene.right_gap, 30) if row[X["right_cue"]] else 99
    row[X["touches"]] = bool(
        (row[X["left_cue"]] and scene.left_touches) or (row[X["right_cue"]] and scene.right_touches)
    )
    row[X["rival_left"]] = scene.left_free and _is_rival(scene.left, m)
    row[X["rival_right"]] = scene.right_free and _is_rival(scene.right, m)
    row[X["rival_touches"]] = bool(
        (scene.left_touches and _is_rival(scene.left, m))
        or (scene.right_touches and _is_rival(scene.right, m))
    )
    best: Cue | None = None
    for cue, rule in cues_near(page, m, scene.at):
        row[RULES[rule]] = 1.0
        if best is None or abs(cue.at - scene.at) < abs(best.at - scene.at):
            best = cue
    if best is not None:
        row[X["strong"]] = best.strong
        row[X["cue_gap"]] = min(abs(best.at - scene.at), 60)
        row[X["splits_clause"]] = m.a < scene.at < best.at
        row[X["cue_same_sentence"]] = tokens.sentence[best.at] == scene.sentence
        row[X["cue_takes_other_quote"]] = (
            best.at + 1 < len(tokens) and best.at + 1 != scene.at
            and (tokens.word[best.at + 1] == QUOTE or (best.after_quote and tokens.word[scene.at - 1] != tokens.word[best.at]))
        )  # fmt: skip
    else:
        row[X["cue_gap"]] = 99


def _is_rival(cue: Cue | None, m: Mention) -> bool:
    return cue is not None and cue.subject is not None and cue.subject is not m


def _who(page: Page, scene: Scene, m: Mention, history: History, row: Row) -> None:
    row[X["name"]] = m.kind == "name"
    row[X["organisation"]] = m.kind == "organisation"
    row[X["phrase"]] = m.kind == "phrase"
    row[X["place"]] = m.place
    if m.kind == "pronoun":
        row[X["pronoun"]] = 1.0
        row[X["it"]] = m.gender == "it"
        row[X["plural_pronoun"]] = m.gender == "they"
        return
    entity = m.entity
    assert entity is not None
    row[X["placed"]] = entity.placed
    row[X["full_name"]] = len(entity.words) > 1
    row[X["titled"]] = bool(m.title)
    row[X["role"]] = bool(entity.roles)
    row[X["document"]] = entity.document
    row[X["aged"]] = entity.aged
    row[X["gendered"]] = entity.gender in ("m", "f")
    row[X["log_mentions"]] = log(len(entity.mentions))
    row[X["log_speeches"]] = log1p(entity.speeches - len(m.cues))
    row[X["last_speaker"]] = entity is history.last
    row[X["spoke_before"]] = id(entity) in history.earlier
    row[X["last_share"]] = history.speakers.get(id(entity), 0.0)
    row[X["named_inside"]] = entity.words[-1] in scene.low
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
    row[X["named_inside"]] = history.last is not None and history.last.words[-1] in scene.low
    row[X["previous_ends_comma"]] = earlier.final == ","
    row[X["rival_left"]] = scene.left_free
    row[X["rival_right"]] = scene.right_free
    row[X["rival_touches"]] = scene.left_touches or scene.right_touches
    return row
