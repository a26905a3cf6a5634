"""The formulas for English: one function each, with its publication, from counts alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

Numbers = np.ndarray[Any, np.dtype[np.float64]]


class Counts(NamedTuple):
    """What the formulas need, each an array of one shape: texts, or resamples of a text."""

    words: Numbers
    sentences: Numbers
    syllables: Numbers
    polysyllables: Numbers  # words of three syllables or more
    monosyllables: Numbers
    letters: Numbers  # letters and digits
    characters: Numbers  # as ARI counts strokes
    tokens: Numbers  # the words that ARI divides strokes by
    long_words: Numbers  # more than six letters
    complex_words: Numbers  # as the fog index defines them
    unfamiliar_words: Numbers  # not on the list of Dale and Chall
    spache_words: Numbers  # not on the list of Spache, each once in a hundred words


COUNTS = Counts._fields
SHOWN_COUNTS = tuple(name for name in COUNTS if name not in ("characters", "tokens"))


@dataclass(frozen=True, slots=True)
class Formula:
    """A readability formula and where it was published."""

    measure: str
    title: str
    compute: Callable[[Counts], Numbers]
    written: str
    publication: str
    rises_with: str = "difficulty"
    note: str = ""
    unit: str = ""


def _fre(c: Counts) -> Numbers:
    return 206.835 - 1.015 * c.words / c.sentences - 84.6 * c.syllables / c.words


def _fkgl(c: Counts) -> Numbers:
    return 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59


def _smog(c: Counts) -> Numbers:
    return 1.043 * np.sqrt(30 * c.polysyllables / c.sentences) + 3.1291


def _fog(c: Counts) -> Numbers:
    return 0.4 * (c.words / c.sentences + 100 * c.complex_words / c.words)


def _dale_chall(c: Counts) -> Numbers:
    unfamiliar = 100 * c.unfamiliar_words / c.words
    return 0.1579 * unfamiliar + 0.0496 * c.words / c.sentences + np.where(unfamiliar > 5, 3.6365, 0)


def _cli(c: Counts) -> Numbers:
    return 0.0588 * 100 * c.letters / c.words - 0.296 * 100 * c.sentences / c.words - 15.8


def _ari(c: Counts) -> Numbers:
    return 4.71 * c.characters / c.tokens + 0.5 * c.words / c.sentences - 21.43


def _lix(c: Counts) -> Numbers:
    return c.words / c.sentences + 100 * c.long_words / c.words


def _rix(c: Counts) -> Numbers:
    return c.long_words / c.sentences


def _spache(c: Counts) -> Numbers:
    return 0.121 * c.words / c.sentences + 0.082 * 100 * c.spache_words / c.words + 0.659


_YEARS = "years of schooling"
# The measures that agreed best with human judgement stand first.
ENGLISH = (
    Formula(
        "fre", "Flesch reading ease", _fre,
        "206.835 - 1.015 words/sentences - 84.6 syllables/words",
        "Flesch 1948, A new readability yardstick, Journal of Applied Psychology 32(3), 221-233", "ease",
    ),
    Formula(
        "smog", "SMOG grade", _smog, "3.1291 + 1.043 sqrt(30 polysyllables/sentences)",
        "McLaughlin 1969, SMOG grading: a new readability formula, Journal of Reading 12(8), 639-646", unit=_YEARS,
    ),
    Formula(
        "rix", "RIX", _rix, "long words/sentences",
        "Anderson 1983, Lix and Rix, Journal of Reading 26(6), 490-496",
    ),
    Formula(
        "dale_chall", "Dale-Chall score", _dale_chall,
        "0.1579 % unfamiliar words + 0.0496 words/sentences, + 3.6365 when more than 5 % are unfamiliar",
        "Dale and Chall 1948, A formula for predicting readability, Educational Research Bulletin 27;"
        " word list of Chall and Dale 1995, Readability Revisited",
        note="Names, figures and regular forms of listed words count as familiar, as published; textstat "
        "calls them unfamiliar. Its second version adds 3.6365 above a raw score of 0.05, so always.",
    ),
    Formula(
        "fkgl", "Flesch-Kincaid grade", _fkgl, "0.39 words/sentences + 11.8 syllables/words - 15.59",
        "Kincaid, Fishburne, Rogers and Chissom 1975, Research Branch Report 8-75", unit=_YEARS,
    ),
    Formula(
        "fog", "Gunning fog index", _fog, "0.4 (words/sentences + % complex words)",
        "Gunning 1952, The Technique of Clear Writing",
        note="Complex: three syllables or more, but no names, no compounds of short words, no word made "
        "three by -ed or -es, as published; textstat leaves out the words of the Dale-Chall list instead.",
        unit=_YEARS,
    ),
    Formula(
        "cli", "Coleman-Liau index", _cli, "0.0588 letters - 0.296 sentences (per 100 words) - 15.8",
        "Coleman and Liau 1975, A computer readability formula, Journal of Applied Psychology 60(2), 283-284",
        note="textstat rounds 0.0588 to 0.058.", unit=_YEARS,
    ),
    Formula(
        "ari", "Automated readability index", _ari, "4.71 characters/words + 0.5 words/sentences - 21.43",
        "Smith and Senter 1967, Automated readability index, AMRL-TR-66-220",
        note="Characters are letters and digits; textstat counts punctuation too.", unit=_YEARS,
    ),
    Formula(
        "lix", "LIX", _lix, "words/sentences + % long words",
        "Björnsson 1968, Läsbarhet; in English: Björnsson 1983, Reading Research Quarterly 18(4), 480-497",
    ),
    Formula(
        "spache", "Spache grade", _spache, "0.121 words/sentences + 0.082 % unfamiliar words + 0.659",
        "Spache 1974, Good Reading for Poor Readers (revised formula and word list)",
        note="An unfamiliar word counts once in a hundred words, as published; textstat uses the formula of "
        "1953, the Dale-Chall list and every occurrence.",
    ),
)  # fmt: skip


def formula_table() -> pd.DataFrame:
    """List the formulas for English with their coefficients and publications.

    Returns
    -------
    DataFrame
        ``measure``, ``title``, ``unit``, ``formula``, ``rises_with`` ("ease" or "difficulty"), ``publication`` and
        ``note`` (where textstat departs from the publication).

    Examples
    --------
    >>> formula_table()["measure"].tolist()[:3]
    ['fre', 'smog', 'rix']
    """
    return pd.DataFrame(
        [(f.measure, f.title, f.unit, f.written, f.rises_with, f.publication, f.note) for f in ENGLISH],
        columns=["measure", "title", "unit", "formula", "rises_with", "publication", "note"],
    )


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
