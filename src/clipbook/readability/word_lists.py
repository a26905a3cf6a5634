"""Words that the formulas call familiar: the lists of Dale and Chall and of Spache, with regular forms."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources, util
from pathlib import Path

# Endings of regular forms, by their last letter.
_ENDINGS = {
    "s": ("s", "'s", "es"), "'": ("s'", "'"), "d": ("d", "ed", "'d"), "g": ("ing",), "n": ("n",),
    "y": ("ly",), "r": ("r", "er"), "t": ("st", "est"), "l": ("'ll",), "e": ("'ve", "'re"), "m": ("'m",),
}  # fmt: skip


@lru_cache(maxsize=1)
def dale_chall_words() -> frozenset[str]:
    """Give the familiar words of Dale and Chall as the textstat package ships them (2,940 forms)."""
    package = util.find_spec("textstat")  # found without being imported: that would load all of NLTK
    if package is None or package.origin is None:
        raise ModuleNotFoundError("The package textstat is missing: it holds the Dale-Chall word list.")
    listed = Path(package.origin).parent / "resources" / "en" / "easy_words.txt"
    return frozenset(line.strip() for line in listed.read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=1)
def spache_words() -> frozenset[str]:
    """Give the 1,000 or so familiar words of Spache (1974, revised edition)."""
    listed = resources.files("clipbook.readability").joinpath("spache_words.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


def _is_form_of(stem: str, ending: str, listed: frozenset[str]) -> bool:
    return (
        stem in listed
        or stem + "e" in listed
        or (stem[-1:] == stem[-2:-1] and stem[:-1] in listed)
        or (stem.endswith("i") and ending != "ly" and stem[:-1] + "y" in listed)
    )


def familiar(word: str, listed: frozenset[str]) -> bool:
    """Whether a word, or the word that it is a regular form of, is on a list.

    Parameters
    ----------
    word : str
        One lower-case word with straight apostrophes.
    listed : frozenset of str
        The list.

    Returns
    -------
    bool
        Plurals, possessives, the forms of verbs (-s, -d, -ed, -ing, -n) and of adjectives (-er, -est, -ly)
        count as the word itself, as do figures and contractions; a hyphenated compound is familiar when
        each of its parts is (Dale and Chall 1948, "A formula for predicting readability: Instructions",
        Educational Research Bulletin 27, 37-54).
    """
    if word in listed or word[:1].isdigit() or word[1:2].isdigit() or word.endswith("n't"):
        return True
    if "-" in word:
        return all(familiar(part, listed) for part in word.split("-") if part)
    return any(
        word.endswith(ending) and _is_form_of(word.removesuffix(ending), ending, listed)
        for ending in _ENDINGS.get(word[-1:], ())
    )
