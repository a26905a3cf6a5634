"""The tokenisation called ``textstat``: the scores and counts that textstat itself gives."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.readability.spoken import NLTK_DATA
from clipbook.schema import need_columns
from clipbook.shipped import shipped

FUNCTIONS: dict[str, str] = shipped("readability/formulas.toml")["textstat"]
_ARGUMENTS: dict[str, tuple[int, ...]] = {f"wiener_{number}": (number,) for number in range(1, 5)}
# Difficult words of at least so many syllables, every occurrence.
_ARGUMENTS |= {"complex_words": (3, False), "unfamiliar_words": (0, False), "spache_words": (2, False)}
COMPARED = ("words", "sentences", "syllables")


def serve_textstat() -> Any:
    """Give textstat, with the pronouncing dictionary that it would else try to download.

    Returns
    -------
    textstat.textstat.textstatistics
        One of its own, so that the language set on another one stays.

    Notes
    -----
    textstat asks NLTK for its corpus ``cmudict``. A copy of the one that comes with clipbook is put first on NLTK's search
    path, so that it stands before any other. NLTK refuses data that others may write, as a checkout is where groups
    share their files (a umask of 002) or another account has installed it; the copy is this process's own.
    """
    import nltk
    import textstat

    if nltk.data.path[:1] != [own_copy(NLTK_DATA)]:
        nltk.data.path.insert(0, own_copy(NLTK_DATA))
    return type(textstat.textstat)()


@lru_cache(maxsize=1)
def own_copy(folder: Path) -> str:
    """Copy a folder into one that no other account may write, gone when the process ends."""
    place = tempfile.mkdtemp(prefix="clipbook-nltk-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    shutil.copytree(folder, place, dirs_exist_ok=True)
    for path in (Path(place), *Path(place).rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return place


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
