"""Turns of interviews and transcripts: speech that stands behind a label, without quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from clipbook.article.language import PATTERNS
from clipbook.text.words import count_words

FEWEST = 3  # labelled paragraphs
FEWEST_QUESTIONS = 4
LONGEST_QUESTION = 40  # words
MOST_PARAGRAPHS = 6  # of one turn
_STAMP = r"\d{1,2}:\d\d(?::\d\d)?"
_LABEL = re.compile(
    rf"[ \t]*(?:[(\[]?{_STAMP}[)\]]?[ \t]+)?"  # "[00:12] "
    r"(?:(?P<letter>[QA])[:.]|(?P<name>[A-Z][\w.’'-]*(?:[ \t](?:de|van|von|al|bin|[A-Z][\w.’'-]*)){0,3}(?:[ \t]#\d{1,2})?)"
    r"(?:,[ \t][A-Z][\w ,.’'-]{1,40})?(?:[ \t]\([^)\n]{1,30}\))?:)"  # ", HOST", " (by phone)"
    rf"(?=\s)\s*(?:[(\[]{_STAMP}[)\]]\s*)?(?=[^\s“‘\"'«])"
)
_NO_SPEAKER = PATTERNS["no_speaker"]
NO_NAME = frozenset(("Q", "A", "Question", "Answer", "QUESTION", "ANSWER"))  # labels that name nobody
_FIRST = re.compile(r"\b(?:I|I['’]\w+|[Ww]e|[Mm]y|[Oo]ur)\b")
_MARKS = re.compile(r"[“”\"«»]")


class Turn(NamedTuple):
    """What one speaker says at a time."""

    label: str  # "Q", "MARRACK", "Ilse Marrack"
    start: int  # code points into the body, the label left out
    end: int


def turns(body: str) -> list[Turn]:
    """Give the turns of an interview or transcript in text order; none where a text is not clearly one.

    Three paragraphs must begin with labels, at least two different ones or each below a question, and most labels come
    again. Paragraphs without a label between two labelled ones go on with the turn, but for such questions.

    Parameters
    ----------
    body : str
        An article's text.

    Returns
    -------
    list of Turn
        Empty where the text is no dialogue.
    """
    lines = [
        (found.start(), found.end(), _LABEL.match(body, found.start()))
        for found in re.finditer(r"[^\n]+", body)
    ]
    labels = [_label(match) for *_, match in lines]
    uses = Counter(label.split()[-1].lower() for label in labels if label)  # "ANA RUIZ", then "RUIZ"
    again = sum(count for count in uses.values() if count > 1)
    labelled = [place for place, label in enumerate(labels) if label]
    asked = all(place and body[slice(*lines[place - 1][:2])].rstrip().endswith("?") for place in labelled)
    if uses.total() < FEWEST or (len(uses) < 2 and not asked) or 2 * again <= uses.total():
        return []
    starts = [start for start, *_ in lines]
    out = []
    for place, following in zip(labelled, [*labelled[1:], labelled[-1] + 1], strict=True):
        match = lines[place][2]
        assert match is not None
        goes_on = following - place <= MOST_PARAGRAPHS
        first = bisect_right(starts, match.end()) - 1  # the line below where the label stands alone
        last = max(first, following - 1 - asked) if goes_on else first
        if first < following or place == labelled[-1]:
            out.append(Turn(labels[place], match.end(), lines[last][1]))
    return out


def _label(match: re.Match[str] | None) -> str:
    label = (match["letter"] or match["name"]) if match else ""
    return "" if _NO_SPEAKER.match(label) else label


def turn_notes(body: str) -> tuple[str, ...]:
    """Say of an interview or transcript how much of its speech no quotation marks show."""
    found = turns(body)
    if found:
        words = sum(count_words(body[turn.start : turn.end]) for turn in found)
        return (f"an interview or transcript: {words:,} words in {len(found)} turns of labelled speakers stand without "
                "quotation marks, and enter no quote share unless turns are counted",)  # fmt: skip
    paragraphs = re.findall(r"[^\n]+", body)
    asked = [text.rstrip().endswith("?") and count_words(text) <= LONGEST_QUESTION for text in paragraphs]
    answered = sum(a and not b for a, b in pairwise(asked))
    answers = [text for text, question in zip(paragraphs, asked, strict=True) if not question]
    first_person = sum(bool(_FIRST.search(text)) and not _MARKS.search(text) for text in answers)
    if answered >= FEWEST_QUESTIONS and 2 * first_person > len(answers):
        return (
            "questions and answers without quotation marks or names: an interview whose speech is not counted",
        )
    return ()
