"""Texts that readers know, with the scores their publications give: a scale to read other scores by."""

from __future__ import annotations

import pandas as pd

_FLESCH = "Flesch 1979, How to Write Plain English, chapter 2"
_BJORNSSON = "Björnsson 1968, Läsbarhet (Swedish texts)"
_LEVELS = (
    ("fre", "Comics", 92.0, _FLESCH),
    ("fre", "Consumer advertisements", 82.0, _FLESCH),
    ("fre", "Reader's Digest", 65.0, _FLESCH),
    ("fre", "Time", 52.0, _FLESCH),
    ("fre", "Wall Street Journal", 43.0, _FLESCH),
    ("fre", "Harvard Law Review", 32.0, _FLESCH),
    ("fre", "Standard car insurance policy", 10.0, _FLESCH),
    ("lix", "Children's books", 27.0, _BJORNSSON),
    ("lix", "Fiction", 33.0, _BJORNSSON),
    ("lix", "Newspapers and weeklies", 39.0, _BJORNSSON),
    ("lix", "Factual prose", 47.0, _BJORNSSON),
    ("lix", "Specialist literature", 56.0, _BJORNSSON),
)


def text_levels(measure: str = "fre", language: str = "en") -> pd.DataFrame:
    """Give the published scores of well-known kinds of text.

    Parameters
    ----------
    measure : str
        "fre" (Flesch reading ease) or "lix"; for others nobody published such a scale.
    language : str
        ISO 639-1, of the texts to compare with: Flesch's texts are English, and his formula has other
        coefficients in other languages; LIX is one formula for all.

    Returns
    -------
    DataFrame
        ``measure``, ``text``, ``value``, ``source``, easiest text first. The values were counted by hand by
        the authors of the formulas, decades ago.
    """
    table = pd.DataFrame(list(_LEVELS), columns=["measure", "text", "value", "source"])
    fitting = (table["measure"] == measure) & ((measure == "lix") | (language == "en"))
    return table[fitting].reset_index(drop=True)
