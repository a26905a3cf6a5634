"""What speaks for a quotation that nobody says (a title, a term, scare quotes), or whose speaker is not named."""

from __future__ import annotations

from math import log1p

from clipbook.quotes import lexicon
from clipbook.quotes.columns import X
from clipbook.quotes.lexicon import (
    AUXILIARY,
    CLOSED,
    CUE,
    DETERMINER,
    FUNCTION,
    IRREGULAR,
    NAMING,
    OBJECT_CUE,
    PREPOSITION,
    TITLE_CUE,
)  # fmt: skip
from clipbook.quotes.page import Page
from clipbook.quotes.ranker import Row
from clipbook.quotes.scene import Scene
from clipbook.quotes.tokens import QUOTE

_THEY = frozenset((
    "you", "he", "she", "it", "they", "it's", "you're", "he's", "she's", "they're", "there", "this", "that's",
))  # fmt: skip
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "isn't", "wasn't", "aren't", "not"))
_TERMS = frozenset((
    "word", "words", "term", "terms", "phrase", "phrases", "chant", "chants", "sign", "signs", "cry", "cries",
    "call", "calls",
))  # fmt: skip
_RELATIVE = frozenset(("that", "which", "who", "where", "when"))
_WRITER = frozenset(("i", "we", "my", "our"))


def unspoken(page: Page, scene: Scene, base: Row) -> list[Row]:
    """Rows for the two ways in which no candidate speaks: the speaker is not named, and nobody speaks."""
    row = base[:]
    _inside(page, scene, row)
    _around(page, scene, row)
    _neighbours(page, scene, row)
    unnamed = row[:]
    unnamed[X["unnamed"]] = 1.0
    row[X["nobody"]] = 1.0
    return [unnamed, row]


def _inside(page: Page, scene: Scene, row: Row) -> None:
    words = scene.words
    bearing = [word for word in words if word[0].isalpha() and len(word) > 3] or words
    row[X["title_case"]] = sum(word[0].isupper() for word in bearing) / max(1, len(bearing))
    row[X["capitals"]] = sum(word.isupper() for word in words) / max(1, len(words))
    known = lexicon.kinds()
    kinds = [known.get(word, 0) for word in scene.low]
    row[X["verbs_inside"]] = min(sum(bool(kind & (AUXILIARY | IRREGULAR | CUE)) for kind in kinds), 4)
    row[X["pronouns_inside"]] = len(scene.low & _THEY)
    row[X["function_share"]] = sum(
        bool(kind & (FUNCTION | PREPOSITION | DETERMINER)) for kind in kinds
    ) / max(1, len(kinds))
    row[X["hashtag"]] = scene.said[:1] in "#@" if scene.said else 0.0
    row[X["repeated"]] = page.short_quotes[scene.said.strip(" ,.").lower()] > 1


def _around(page: Page, scene: Scene, row: Row) -> None:
    tokens = page.tokens
    row[X["rival_left"]] = scene.left_free
    row[X["rival_right"]] = scene.right_free
    row[X["rival_touches"]] = scene.left_touches or scene.right_touches
    row[X["left_gap"]], row[X["right_gap"]] = min(scene.left_gap, 30), min(scene.right_gap, 30)
    row[X["left_strong"]] = scene.left_free and scene.left is not None and scene.left.strong
    row[X["right_strong"]] = scene.right_free and scene.right is not None and scene.right.strong
    row[X["left_describes"]] = (
        scene.left is not None and scene.left_free and bool(tokens.kind[scene.left.at] & OBJECT_CUE)
    )
    row[X["said_in_sentence"]] = scene.said_here
    row[X["cue_same_sentence"]] = scene.cue_here
    row[X["writer_here"]] = not _WRITER.isdisjoint(tokens.low[scene.first : scene.last + 1])
    row[X["heading"]] = scene.in_heading
    before_noun = False
    if scene.after >= 0:
        kind, word, low = tokens.kind[scene.after], tokens.word[scene.after], tokens.low[scene.after]
        before_noun = word[0].islower() and not kind & (CUE | CLOSED)
        row[X["before_noun"]] = before_noun
        row[X["before_relative"]] = low in _RELATIVE
        row[X["list_of_quotes"]] = QUOTE in tokens.word[scene.after : scene.after + 4]
        row[X["sentence_end"]] = word in (".", "?", "!")
    if scene.before >= 0:
        kind, low = tokens.kind[scene.before], tokens.low[scene.before]
        row[X["after_determiner"]] = bool(kind & DETERMINER)
        row[X["after_owner"]] = low == "'s"
        row[X["after_naming"]] = bool(kind & NAMING)
        row[X["after_title_cue"]] = bool(kind & TITLE_CUE)
        row[X["after_term"]] = low in _TERMS
        row[X["after_as"]] = low == "as"
        row[X["after_be"]] = low in _BE
        row[X["after_preposition_here"]] = bool(kind & PREPOSITION)
        row[X["comma_before"]] = low == ","
        row[X["in_brackets"]] = low == "("
        row[X["before_is_name"]] = tokens.caps[scene.before]
        modifies = low[0].isalpha() and not tokens.caps[scene.before] and not kind & (CLOSED | CUE)
        row[X["after_modifier"]] = modifies
        row[X["within_phrase"]] = before_noun and (modifies or bool(kind & DETERMINER) or low == "'s")


def _neighbours(page: Page, scene: Scene, row: Row) -> None:
    """Columns on the quotations beside it, and on how much the sentence and the article quote."""
    quotes = page.quoted
    row[X["log_quotes"]] = log1p(len(quotes))
    row[X["quoted_share"]] = len(scene.words) / max(1, len(scene.words) + scene.outside)
    tokens, number = page.tokens, scene.quote
    for step, column in ((-1, "words_of_quote_before"), (1, "words_of_quote_after")):
        other = number + step
        if 0 <= other < len(quotes) and tokens.sentence[tokens.quote_at[other]] == scene.sentence:
            row[X[column]] = log1p((quotes[other].end - quotes[other].start) / 6)
        else:
            row[X[column]] = -1.0
