"""The layers of marks in a reading view: speakers, frame cues, hardest sentences, keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from clipbook.pages.reading import Mark
from clipbook.pages.render import html, plain

VOICED = ("direct", "mixed", "indirect")  # kinds of quotations shown in the colour of a speaker
SHAPES = "●■▲◆○□△◇"  # filled and solid underlined for the first four, hollow and dashed for the next
MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›")
NOBODY = "unattributed"
KEYWORD_USES = 200  # marks of one keyword in an article


class Voice(NamedTuple):
    """How a speaker is shown on a page."""

    style: str  # class: s1 to s8, s0 for nobody and for those beyond eight
    shape: str
    words: int
    share: float  # of the words that the article quotes

    @property
    def known(self) -> bool:
        """Whether there are words to have a share of."""
        return isfinite(self.share)


def cast(quotes: pd.DataFrame) -> dict[str, Voice]:
    """Give every speaker of an article a colour and a shape, those with the most words first.

    Parameters
    ----------
    quotes : DataFrame
        ``speaker``, ``words``, ``kind`` of one article; no rows is fine.

    Returns
    -------
    dict of str to Voice
    """
    if quotes.empty:
        return {}
    said = quotes[quotes["kind"].isin(VOICED)]
    words = said.groupby("speaker", sort=True)["words"].sum().sort_values(ascending=False, kind="stable")
    total = int(words.sum())
    voices: dict[str, Voice] = {}
    taken = 0
    for name, count in words.items():
        colour = taken if name != NOBODY and taken < len(SHAPES) else None
        taken += colour is not None
        style = "s0" if colour is None else f"s{colour + 1}"
        shape = ("?" if name == NOBODY else "✦") if colour is None else SHAPES[colour]
        voices[str(name)] = Voice(style, shape, int(count), count / total if total else float("nan"))
    return voices


def quote_marks(body: str, quotes: pd.DataFrame, voices: dict[str, Voice]) -> Iterator[Mark]:
    """Mark each speaker's words with the quotation marks around them, named where the speaker changes."""
    if quotes.empty:
        return
    before = None
    said = quotes[quotes["kind"].isin(VOICED)].sort_values(["start", "end"], kind="stable")
    for start, end, speaker in said[["start", "end", "speaker"]].itertuples(index=False):
        voice = voices[str(speaker)]
        named = "" if speaker == before else f" {speaker}"
        chip = html(
            '<span class="who {}"><i aria-hidden="true">{}</i>{}</span>', voice.style, voice.shape, named
        )
        opening, closing = html('<span class="q {}">', voice.style), Markup("</span>")
        first = start - (body[max(start - 1, 0) : start] in MARKS)
        yield Mark(first, start, opening, closing, before=chip)
        yield Mark(
            start, end + (body[end : end + 1] in MARKS), opening, closing, before=chip * (first == start)
        )
        before = speaker


def other_quotes(quotes: pd.DataFrame) -> Iterator[Mark]:
    """Make a place, without a mark, of each title and each word in scare quotes."""
    if quotes.empty:
        return
    for start, end in quotes.loc[~quotes["kind"].isin(VOICED), ["start", "end"]].itertuples(index=False):
        yield Mark(int(start), int(end))


def frame_signs(evidence: pd.DataFrame) -> dict[str, str]:
    """Give every frame of an article a short sign: initials, or the first letters of a single word."""
    signs: dict[str, str] = {}
    for frame in dict.fromkeys(evidence["frame"].astype(str)) if len(evidence) else ():
        words = frame.replace("_", " ").split()
        wanted = "".join(word[0] for word in words[:3]).upper() if len(words) > 1 else frame[:2].capitalize()
        tries = (wanted, frame[:3].capitalize(), *(f"{wanted}{number}" for number in range(2, 100)))
        signs[frame] = next(sign for sign in tries if sign not in signs.values())
    return signs


def cue_marks(evidence: pd.DataFrame, signs: dict[str, str], field: str = "body") -> Iterator[Mark]:
    """Mark each frame cue in the headline or the body, followed by the signs of its frames."""
    if evidence.empty:
        return
    inside = evidence[evidence["field"] == field]
    names: dict[tuple[int, int], dict[str, None]] = {}
    for start, end, frame in inside[["start", "end", "frame"]].itertuples(index=False):
        names.setdefault((int(start), int(end)), {})[str(frame)] = None
    for (start, end), frames in sorted(names.items()):
        listed = Markup(" ").join(
            html('<abbr title="{}">{}</abbr>', plain(name), signs[name]) for name in frames
        )
        tag = html('<span class="tag">{}</span>', listed)
        yield Mark(start, end, Markup('<mark class="cue">'), Markup("</mark>"), after=tag, depth=3)


def hard_marks(hardest: pd.DataFrame) -> Iterator[Mark]:
    """Mark the hardest sentences with their rank."""
    if hardest.empty:
        return
    for rank, start, end in hardest[["rank", "start", "end"]].itertuples(index=False):
        tag = html('<span class="hardtag">hard {}</span>', rank)
        yield Mark(
            int(start), int(end), Markup('<span class="hard">'), Markup("</span>"), before=tag, depth=0
        )


def keyword_marks(body: str, keywords: pd.DataFrame) -> Iterator[Mark]:
    """Mark where an article's keywords stand in it, whatever their case."""
    if keywords.empty:
        return
    for keyword in dict.fromkeys(str(word) for word in keywords["keyword"]):
        for found, _ in zip(occurrences(body, keyword), range(KEYWORD_USES), strict=False):
            yield Mark(*found, Markup('<b class="kw">'), Markup("</b>"), depth=2)


def occurrences(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Find a phrase in a text as whole words, whatever their case and the blanks between them."""
    if phrase.strip():
        for found in _as_words(phrase).finditer(text):
            yield found.span()


@lru_cache(maxsize=65_536)
def _as_words(phrase: str) -> re.Pattern[str]:
    words = re.sub("['’]", "['’]", r"\s+".join(map(re.escape, phrase.split())))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
