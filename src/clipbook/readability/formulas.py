"""The formulas: one function each, from counts alone; what each is called and where it was published stands in formulas.toml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from clipbook.shipped import shipped

Numbers = np.ndarray[Any, np.dtype[np.float64]]


class Counts(NamedTuple):
    """What the formulas need, each an array of one shape: texts, or resamples of a text."""

    words: Numbers
    sentences: Numbers
    syllables: Numbers
    polysyllables: Numbers  # words of three syllables or more
    monosyllables: Numbers
    letters: Numbers  # letters and digits
    long_words: Numbers  # more than six letters
    complex_words: Numbers  # as the fog index defines them
    unfamiliar_words: Numbers  # not on the list of Dale and Chall
    spache_words: Numbers  # not on the list of Spache, each once in a hundred words


COUNTS = Counts._fields


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


def _dale_chall(c: Counts) -> Numbers:
    unfamiliar = 100 * c.unfamiliar_words / c.words
    return 0.1579 * unfamiliar + 0.0496 * c.words / c.sentences + np.where(unfamiliar > 5, 3.6365, 0)


def _wiener_1(c: Counts) -> Numbers:
    shares = 0.1935 * c.polysyllables + 0.1297 * c.long_words - 0.0327 * c.monosyllables
    return 100 * shares / c.words + 0.1672 * c.words / c.sentences - 0.875


def _wiener_2(c: Counts) -> Numbers:
    shares = 0.2007 * c.polysyllables + 0.1373 * c.long_words
    return 100 * shares / c.words + 0.1682 * c.words / c.sentences - 2.779


_STORED = shipped("readability/formulas.toml")
_COMPUTE: dict[str, Callable[[Counts], Numbers]] = {
    "fre": lambda c: 206.835 - 1.015 * c.words / c.sentences - 84.6 * c.syllables / c.words,
    "smog": lambda c: 1.043 * np.sqrt(30 * c.polysyllables / c.sentences) + 3.1291,
    "rix": lambda c: c.long_words / c.sentences,
    "dale_chall": _dale_chall,
    "fkgl": lambda c: 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59,
    "fog": lambda c: 0.4 * (c.words / c.sentences + 100 * c.complex_words / c.words),
    "cli": lambda c: 0.0588 * 100 * c.letters / c.words - 0.296 * 100 * c.sentences / c.words - 15.8,
    "ari": lambda c: 4.71 * c.letters / c.words + 0.5 * c.words / c.sentences - 21.43,
    "lix": lambda c: c.words / c.sentences + 100 * c.long_words / c.words,
    "spache": lambda c: 0.121 * c.words / c.sentences + 0.082 * 100 * c.spache_words / c.words + 0.659,
    "crawford": lambda c: -0.205 * 100 * c.sentences / c.words + 0.049 * 100 * c.syllables / c.words - 3.407,
    "szigriszt_pazos": lambda c: 206.84 - 62.3 * c.syllables / c.words - c.words / c.sentences,
    "gutierrez_polini": lambda c: 95.2 - 9.7 * c.letters / c.words - 0.35 * c.words / c.sentences,
    "gulpease": lambda c: 300 * c.sentences / c.words - 10 * c.letters / c.words + 89,
    "wiener_1": _wiener_1,
    "wiener_2": _wiener_2,
    "wiener_3": lambda c: 0.2963 * 100 * c.polysyllables / c.words + 0.1905 * c.words / c.sentences - 1.1144,
    "wiener_4": lambda c: 0.2744 * 100 * c.polysyllables / c.words + 0.2656 * c.words / c.sentences - 1.693,
}
_OF_LANGUAGE = {
    language: tuple(
        Formula(measure, compute=_COMPUTE[measure], **stated) for measure, stated in _STORED[language].items()
    )
    for language in ("en", "de", "es", "it")
}
ENGLISH = _OF_LANGUAGE["en"]
# LIX was tried on newspapers in these languages (Björnsson 1983, Reading Research Quarterly 18(4), 480-497).
WITH_LIX = ("da", "de", "es", "fi", "fr", "it", "nb", "nl", "nn", "no", "pt", "ru", "sv")


def _flesch(language: str) -> Formula:
    base, per_sentence, per_word, publication = _STORED["flesch"][language]

    def compute(c: Counts) -> Numbers:
        return base - per_sentence * c.words / c.sentences - per_word * c.syllables / c.words

    written = f"{base:g} - {per_sentence:g} words/sentences - {per_word:g} syllables/words"
    return Formula("fre", "Flesch reading ease", compute, written, publication, "ease")


def formulas_for(language: str) -> tuple[Formula, ...]:
    """Give the formulas that fit a language.

    Parameters
    ----------
    language : str
        ISO 639-1, with or without a region; "" stands for English.

    Returns
    -------
    tuple of Formula
        Empty when there is none: most formulas were fitted to one language and mean nothing in another.
    """
    root = language.lower().replace("-", "_").partition("_")[0]
    if root in ("", "en"):
        return ENGLISH
    neutral = tuple(formula for formula in ENGLISH if formula.measure in ("lix", "rix"))
    adapted = (_flesch(root),) if root in _STORED["flesch"] else ()
    return (*adapted, *(neutral if root in WITH_LIX else ()), *_OF_LANGUAGE.get(root, ()))


def rises_with_ease(measure: str) -> bool:
    """Tell whether a higher score means easier to read."""
    return (formula := _every().get(measure)) is not None and formula.rises_with == "ease"


def measure_title(measure: str) -> str:
    """Give the name of a measure of any language as people write it; of an unknown one, the same word."""
    return formula.title if (formula := _every().get(measure)) else measure


def measure_described(measure: str) -> str:
    """Give the name of a measure with its unit and which way it rises: "RIX (higher is harder)"."""
    formula = _every().get(measure)
    if formula is None:
        return measure
    rises = f"higher is {'easier' if formula.rises_with == 'ease' else 'harder'}"
    return f"{formula.title} ({'; '.join(filter(None, (formula.unit, rises)))})"


def need_measure(measure: str) -> None:
    """Refuse a measure that there is in no language, with those that there are."""
    if measure not in _every():
        raise ValueError(f"There is no measure {measure!r}; choose one of {', '.join(_every())}.")


@cache
def _every() -> dict[str, Formula]:
    return {formula.measure: formula for formulas in _OF_LANGUAGE.values() for formula in formulas}


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
    table = pd.DataFrame(_STORED["levels"], columns=["measure", "text", "value", "source"])
    fitting = (table["measure"] == measure) & ((measure == "lix") | (language == "en"))
    return table[fitting].reset_index(drop=True)
