"""The tokenisation called ``textstat``: the scores and counts that textstat itself gives."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from clipbook.readability.pronunciations import serve_textstat
from clipbook.schema import need_columns

FUNCTIONS = {
    "fre": "flesch_reading_ease", "smog": "smog_index", "rix": "rix", "dale_chall": "dale_chall_readability_score",
    "fkgl": "flesch_kincaid_grade", "fog": "gunning_fog", "cli": "coleman_liau_index",
    "ari": "automated_readability_index", "lix": "lix", "spache": "spache_readability",
    "crawford": "crawford", "szigriszt_pazos": "szigriszt_pazos", "gutierrez_polini": "gutierrez_polini",
    "gulpease": "gulpease_index", "wiener_1": "wiener_sachtextformel", "wiener_2": "wiener_sachtextformel",
    "wiener_3": "wiener_sachtextformel", "wiener_4": "wiener_sachtextformel",
    "words": "lexicon_count", "sentences": "sentence_count", "syllables": "syllable_count",
    "polysyllables": "polysyllabcount", "monosyllables": "monosyllabcount", "letters": "letter_count",
    "long_words": "long_word_count", "complex_words": "difficult_words", "unfamiliar_words": "difficult_words",
    "spache_words": "difficult_words",
}  # fmt: skip
_ARGUMENTS: dict[str, tuple[int, ...]] = {f"wiener_{number}": (number,) for number in range(1, 5)}
# Difficult words of at least so many syllables, every occurrence.
_ARGUMENTS |= {"complex_words": (3, False), "unfamiliar_words": (0, False), "spache_words": (2, False)}
COMPARED = ("words", "sentences", "syllables")


@cache
def _textstat(language: str) -> Any:
    own = serve_textstat()
    own.set_lang("en_US" if language == "en" else language)
    return own


def textstat_has(measure: str, language: str) -> bool:
    """Tell whether textstat has a measure of the language; of Portuguese it would take the English Flesch."""
    return measure in FUNCTIONS and (measure, language[:2].lower()) != ("fre", "pt")


def textstat_value(text: str, measure: str, language: str = "en") -> float:
    """Give one score or count of a text as textstat gives it.

    Parameters
    ----------
    text : str
        Any text.
    measure : str
        A key of ``FUNCTIONS``.
    language : str
        ISO 639-1.

    Returns
    -------
    float
    """
    function = getattr(_textstat(language), FUNCTIONS[measure])
    return float(function(text, *_ARGUMENTS.get(measure, ())))


def beside_textstat(scores: pd.DataFrame, articles: pd.DataFrame, measure: str = "fre") -> pd.DataFrame:
    """Set the score of each article beside the one that textstat gives, with what both counted.

    Parameters
    ----------
    scores : DataFrame
        From :func:`~clipbook.readability.readability_table`.
    articles : DataFrame
        ``capture_id``, ``body``, ``language`` of the articles to compare; textstat takes about 25 ms for each.
    measure : str
        Such as "fre", "smog" or "rix". Articles in whose language textstat does not have it are left out.

    Returns
    -------
    DataFrame
        One row an article that has a score: ``capture_id``; ``score``, ``words``, ``sentences``, ``syllables``
        as here; the same with ``textstat_`` before; ``difference`` (textstat's score less ours).

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    The formulas are the same; the counts differ. textstat takes headings for text, ends a sentence at every full
    stop (also in "Dr." and "3.5") unless two words or fewer would be left, and counts figures and initials by their
    hyphenation: "2014", "$3.5bn" and "U.S." have one syllable, as have "una" and "été", since hyphenation parts no
    single letter off. Fewer syllables and shorter sentences make a text look easier.
    """
    need_columns(articles, ["capture_id", "body", "language"], made_by="corpus.read_corpus()")
    whole = scores[(scores["scope"] == "whole") & scores["measure"].isin([measure, *COMPARED])]
    wide = whole.pivot(index="capture_id", columns="measure", values="value")
    table = wide.reindex(columns=[measure, *COMPARED]).dropna(subset=[measure])
    table = table.rename(columns={measure: "score"}).rename_axis(columns=None)
    texts = articles.set_index("capture_id")[["body", "language"]].fillna("").astype(str)
    both = [textstat_has(measure, language) for language in texts["language"]] & texts.index.isin(table.index)
    texts = texts[both]
    table = table.loc[texts.index]
    columns = (measure, *COMPARED)
    values = [  # article by article, since textstat remembers what it counted of the last texts
        [textstat_value(body, column, language or "en") for column in columns]
        for body, language in zip(texts["body"], texts["language"], strict=True)
    ]
    names = [f"textstat_{name}" for name in ("score", *COMPARED)]
    table = table.join(pd.DataFrame(values, table.index, names))
    return table.assign(difference=table["textstat_score"] - table["score"]).reset_index()
