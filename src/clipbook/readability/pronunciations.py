"""Syllables of ordinary words: a pronouncing dictionary first, spelling where it knows nothing.

The dictionary is the Carnegie Mellon Pronouncing Dictionary, carried along with its notice (``nltk_data``). It always
stands before any other copy on the machine, because copies differ: with the one of 2023 that NLTK serves,
Flesch scores of one text in six come out otherwise.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

_NLTK_DATA = Path(__file__).parent / "nltk_data"
_Y_AS_CONSONANT = re.compile(r"(?<![^aeiou])y(?=[aeiou])")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l|ll)e$|[^aeioudtl]ed$|[aeiouyl]led$|[^aeioucghsxzl]es$|[aeiouyl]les$|ically$"
)
_SILENT_INSIDE = re.compile(
    r"(?<=[aeiouy][^aeiouyl])e(?=(?:m[ae]n|wood|house|ville|land|ment|less|ful|ness|some|way|work|line|side|time"
    r"|like|hood|ly|bank|back|hand|hold|bed|ton|by|guard|card|cast)s?(?:ly|ness)?$)"
)
_TWO_IN_ONE = re.compile(
    r"i(?:a(?!l|n$|ns$)|o(?!u|n|r)|um|ety|est|sms?$)|(?<![ctgx])i(?:ous$|en)|(?<![tscg])ia(?=l|ns?$)"
    r"|eo(?!u|n$)|(?<![gq])u(?:a(?!r)|ou|ity)|crea(?!k|m)|eator|eality|iu|sms?$|n't$|thm|y[aio](?!$)"
    r"|[aeou]ing|[^aeiouy]ier|^mc(?=[^aeiou])|^ree(?=[mnsvx])"
)
# Ending, and the syllables it adds; the longest are tried first.
_ENDINGS = (
    ("ments", 1), ("ness", 1), ("less", 1), ("ment", 1), ("able", 2), ("ists", 1), ("like", 1), ("ship", 1),
    ("hood", 1), ("ally", 1), ("ing", 1), ("ers", 1), ("ful", 1), ("ism", 2), ("ist", 1), ("ian", 2),
    ("est", 1), ("ed", 0), ("er", 1), ("ly", 1), ("s", 0), ("d", 0), ("y", 1),
)  # fmt: skip
_SIBILANT = re.compile(r"(?:[sxz]|[cs]h|[cgsz]e)$")
_LONGEST_COMPOUND = 40  # letters
_DENTAL = re.compile(r"[td]e?$")


@lru_cache(maxsize=1)
def pronounced() -> dict[str, int]:
    """Syllables of every word in the dictionary, in the pronunciation that has fewest.

    Returns
    -------
    dict
        Lower-case word to syllables (sounds that carry a stress mark), about 126,000 words.

    Notes
    -----
    "If a word has two accepted pronunciations, use the one with fewer syllables" (Flesch 1979, How to Write
    Plain English, chapter 2).
    """
    listed = _NLTK_DATA.joinpath("corpora", "cmudict", "cmudict").read_text(encoding="utf-8")
    fewest: dict[str, int] = {}
    for line in listed.lower().splitlines():
        word, _, sounds = line.partition(" ")
        count = sum(sounds.count(stress, 2) for stress in "012")  # behind the entry's number
        if count < fewest.get(word, 99):
            fewest[word] = count
    return fewest


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

    if nltk.data.path[:1] != [own_copy(_NLTK_DATA)]:
        nltk.data.path.insert(0, own_copy(_NLTK_DATA))
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


def spelled_syllables(word: str) -> int:
    """Syllables that a word's spelling suggests: its groups of vowels, less the silent ones.

    Parameters
    ----------
    word : str
        One lower-case word.

    Returns
    -------
    int
        At least 1. A word without vowels is spelled out, letter by letter.
    """
    letters = _Y_AS_CONSONANT.sub("j", word)
    groups = len(_VOWELS.findall(letters))
    if not groups:
        return len(word) + 2 * word.count("w")
    silent = len(_SILENT_INSIDE.findall(letters)) + bool(_SILENT_END.search(letters))
    return max(1, groups + len(_TWO_IN_ONE.findall(letters)) - silent)


def _inflected(word: str, known: dict[str, int]) -> int:
    """Syllables of a known stem with a common ending, or 0."""
    for ending, more in _ENDINGS:
        if not word.endswith(ending) or word.endswith("ss"):
            continue
        stem = word.removesuffix(ending)
        doubled = stem[:-1] if stem[-1:] == stem[-2:-1] else ""
        for base in (stem, doubled) if ending in "syd" else (stem, stem + "e", doubled):
            if len(base) > 2 and base in known and (ending != "ally" or base.endswith("ic")):
                heard = {"s": _SIBILANT, "ed": _DENTAL}.get(
                    ending
                )  # where an ending has a syllable of its own
                return known[base] + (1 if heard and heard.search(base) else more)
    return 0


def word_syllables(word: str) -> int:
    """Syllables of an ordinary word.

    Parameters
    ----------
    word : str
        One lower-case word with straight apostrophes, without hyphens or digits.

    Returns
    -------
    int
        From the dictionary; else, for a possessive, from its owner; else from a known word with a common
        ending; else from two known words written together; else from the spelling.
    """
    known = pronounced()
    if word in known:
        return known[word]
    if word.endswith("'s"):
        owner = word.removesuffix("'s")
        return word_syllables(owner) + bool(_SIBILANT.search(owner))
    if inflected := _inflected(word, known):
        return inflected
    for cut in range(min(len(word), _LONGEST_COMPOUND) - 4, 3, -1):
        if word[:cut] in known and word[cut:] in known:
            return known[word[:cut]] + known[word[cut:]]
    return spelled_syllables(word.replace("'", ""))
