"""What kind a quotation is: direct, mixed, scare quotes or a title; which rule and word name its speaker."""

from __future__ import annotations

from clipbook.quotes.attribution import Attribution
from clipbook.quotes.lexicon import CONJUNCTION
from clipbook.quotes.page import Page
from clipbook.quotes.scene import cues_near, looks_like_title
from clipbook.quotes.subjects import Cue

FEW_WORDS = 3


def kind_of(page: Page, decision: Attribution, nobody_above: float) -> str:
    """Name the kind: direct (a sentence of its own), mixed (part of the writer's sentence), scare or title."""
    scene = decision.scene
    if decision.nobody > nobody_above:
        return "title" if looks_like_title(page, scene) else "scare"
    if scene.alone or scene.colon:
        return "direct"
    if len(scene.words) < FEW_WORDS and scene.final not in (",", ".", "?", "!"):
        return "mixed"
    tokens = page.tokens
    opens = scene.before < 0 or tokens.word[scene.before] in (",", ":", "—", "–", ")", ";")
    ends = scene.final in (",", ".", "?", "!", "…")
    linked = scene.before >= 0 and bool(tokens.kind[scene.before] & CONJUNCTION)
    return "direct" if (opens and ends and not linked) or (scene.capital and ends and opens) else "mixed"


def reason_of(page: Page, decision: Attribution) -> tuple[str, str, str]:
    """The rule that named the speaker, the reporting word, and the words that name the speaker here."""
    if decision.entity is None:
        return "speaker not named", "", ""
    mention = decision.mention
    if mention is None:
        return "speaker of a quotation nearby", "", ""
    tokens = page.tokens
    words = page.text[tokens.start[mention.first] : tokens.end[mention.last - 1]]
    said = " ".join(words.split())
    scene = decision.scene
    cues = cues_near(page, mention, scene.at)
    if not cues:
        where = "in the sentence" if mention.sentence == scene.sentence else "nearby"
        rule = f"named {where}"
        cue = ""
    else:
        nearest, rule = min(cues, key=lambda pair: abs(pair[0].at - scene.at))
        cue = _phrase(page, nearest)
        if tokens.sentence[nearest.at] != scene.sentence:
            rule += ", another sentence"
    if mention.kind == "pronoun":
        rule = f"pronoun: {rule}"
    elif mention.kind == "phrase" and decision.entity.kind != "phrase":
        rule = f"description: {rule}"
    return rule, cue, said


def _phrase(page: Page, cue: Cue) -> str:
    word = page.tokens.word[cue.at]
    return f"{word} to" if page.tokens.low[cue.at] == "according" else word
