"""What speaks for a quotation that nobody says (a title, a term, scare quotes), or whose speaker is not named."""

from __future__ import annotations

from math import log1p

from clipbook.quotes import lexicon
from clipbook.quotes.context import Context
from clipbook.quotes.document import Document
from clipbook.quotes.lexicon import WORDS, Kind
from clipbook.quotes.mentions import Row, X
from clipbook.quotes.tokens import QUOTE

_THEY = WORDS["others"]
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "isn't", "wasn't", "aren't", "not"))
_RELATIVE = frozenset(("that", "which", "who", "where", "when"))
_VERB = Kind.AUXILIARY | Kind.IRREGULAR | Kind.CUE
_FUNCTION = Kind.FUNCTION | Kind.PREPOSITION | Kind.DETERMINER
_WRITER = frozenset(("i", "we", "my", "our"))


def not_speech(document: Document, context: Context, base: Row) -> list[Row]:
    """Rows for the two ways in which no candidate speaks: the speaker is not named, and nobody speaks."""
    row = base[:]
    _inside(document, context, row)
    _around(document, context, row)
    _neighbours(document, context, row)
    unnamed = row[:]
    unnamed[X["unnamed"]] = 1.0
    row[X["nobody"]] = 1.0
    return [unnamed, row]


def _inside(document: Document, context: Context, row: Row) -> None:
    words = context.words
    bearing = [word for word in words if word[0].isalpha() and len(word) > 3] or words
    row[X["title_case"]] = len([word for word in bearing if word[0].isupper()]) / max(1, len(bearing))
    row[X["capitals"]] = sum(map(str.isupper, words)) / max(1, len(words))
    known = lexicon.kinds()
    kinds = [known.get(word, 0) for word in context.low]
    row[X["verbs_inside"]] = min(len([kind for kind in kinds if kind & _VERB]), 4)
    row[X["pronouns_inside"]] = len(context.low & _THEY)
    row[X["function_share"]] = len([kind for kind in kinds if kind & _FUNCTION]) / max(1, len(kinds))
    row[X["repeated"]] = document.short_quotes[context.said.strip(" ,.").lower()] > 1


def _around(document: Document, context: Context, row: Row) -> None:
    tokens = document.tokens
    row[X["rival_left"]] = context.left_free
    row[X["rival_right"]] = context.right_free
    row[X["rival_touches"]] = context.left_touches or context.right_touches
    row[X["left_gap"]], row[X["right_gap"]] = min(context.left_gap, 30), min(context.right_gap, 30)
    row[X["left_strong"]] = context.left_free and context.left is not None and context.left.strong
    row[X["right_strong"]] = context.right_free and context.right is not None and context.right.strong
    row[X["left_describes"]] = (
        context.left is not None
        and context.left_free
        and bool(tokens.kind[context.left.at] & Kind.OBJECT_CUE)
    )
    row[X["said_in_sentence"]] = context.said_here
    row[X["cue_same_sentence"]] = context.cue_here
    row[X["writer_here"]] = not _WRITER.isdisjoint(tokens.low[context.first : context.last + 1])
    row[X["heading"]] = context.in_heading
    before_noun = False
    if context.after >= 0:
        kind, word, low = tokens.kind[context.after], tokens.word[context.after], tokens.low[context.after]
        before_noun = word[0].islower() and not kind & (Kind.CUE | Kind.CLOSED)
        row[X["before_noun"]] = before_noun
        row[X["before_relative"]] = low in _RELATIVE
        row[X["sentence_end"]] = word in (".", "?", "!")
        row[X["list_of_quotes"]] = QUOTE in tokens.word[context.after : context.after + 4]
    if context.before >= 0:
        kind, low = tokens.kind[context.before], tokens.low[context.before]
        row[X["after_determiner"]] = bool(kind & Kind.DETERMINER)
        row[X["after_owner"]] = low == "'s"
        row[X["after_naming"]] = bool(kind & Kind.NAMING)
        row[X["after_title_cue"]] = bool(kind & Kind.TITLE_CUE)
        row[X["after_as"]] = low == "as"
        row[X["after_be"]] = low in _BE
        row[X["after_preposition_here"]] = bool(kind & Kind.PREPOSITION)
        row[X["comma_before"]] = low == ","
        row[X["before_is_name"]] = tokens.caps[context.before]
        modifies = (
            low[0].isalpha() and not tokens.caps[context.before] and not kind & (Kind.CLOSED | Kind.CUE)
        )
        row[X["after_modifier"]] = modifies
        row[X["within_phrase"]] = before_noun and (modifies or bool(kind & Kind.DETERMINER) or low == "'s")


def _neighbours(document: Document, context: Context, row: Row) -> None:
    """Columns on the quotations beside it, and on how much the sentence and the article quote."""
    quotes = document.quoted
    row[X["log_quotes"]] = log1p(len(quotes))
    row[X["quoted_share"]] = len(context.words) / max(1, len(context.words) + context.outside)
    tokens, number = document.tokens, context.quote
    for step, column in ((-1, "words_of_quote_before"), (1, "words_of_quote_after")):
        other = number + step
        if 0 <= other < len(quotes) and tokens.sentence[tokens.quote_at[other]] == context.sentence:
            row[X[column]] = log1p((quotes[other].end - quotes[other].start) / 6)
        else:
            row[X[column]] = -1.0
