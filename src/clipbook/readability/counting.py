"""What the formulas count in a text: sentences, words, syllables, and words that lists hold."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from importlib import resources, util
from pathlib import Path
from typing import Any

import numpy as np

from clipbook.readability.formulas import COUNTS, Counts
from clipbook.readability.spoken import token_syllables
from clipbook.text.sentences import sentence_spans
from clipbook.text.words import Span, words_of

# Endings of regular forms, by their last letter.
_ENDINGS = {
    "s": ("s", "'s", "es"), "'": ("s'", "'"), "d": ("d", "ed", "'d"), "g": ("ing",), "n": ("n",),
    "y": ("ly",), "r": ("r", "er"), "t": ("st", "est"), "l": ("'ll",), "e": ("'ve", "'re"), "m": ("'m",),
}  # fmt: skip
_VOWELS = "aeiouáàâãäåæéèêëíìîïóòôõöøőœúùûüűаеёиоуыэюя"
_ONE_SOUND = re.compile(
    "ieu(?=$|x$|r)"
)  # of German words from French: "In-ge-nieur", though hyphens part "ni-eur"
_MUTE = re.compile(r"(?:[gq]u)?(?:e|es|ent)$")


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


_MOST = 40_000  # distinct tokens remembered: about 12 MB


Table = np.ndarray[Any, np.dtype[np.float64]]

HEADING_WORDS = 12  # a line of at most so many words without a mark at its end is a heading
_SENTENCE_MARKS = frozenset(".!?…‽:;,\"'”’»“‘«)]。！？｡।؟۔")
_BY_ENDING = re.compile(r"(?:[td]ed|(?:[sxz]|[cs]h|[cg])es)\Z")
# Columns of a token beyond the counts.
_CAPITAL, _WORDY, _SHOUTED = len(COUNTS), len(COUNTS) + 1, len(COUNTS) + 2
_NOT_OF_NAMES = [COUNTS.index(name) for name in ("complex_words", "unfamiliar_words", "spache_words")]
_SPACHE = COUNTS.index("spache_words")
_SENTENCES = COUNTS.index("sentences")


def _complex(token: str, syllables: int) -> bool:
    """Whether the fog index calls a word that is no name complex."""
    if syllables < 3:
        return False
    if "-" in token:
        return any(token_syllables(part) > 2 for part in token.split("-") if part)
    return not (syllables == 3 and _BY_ENDING.search(token))


def _letters(token: str) -> int:
    return len(token) if token.isalnum() else sum(map(str.isalnum, token))


@lru_cache(maxsize=_MOST)
def is_long(token: str) -> bool:
    """Whether a word has more than six letters and digits."""
    return _letters(token) > 6


@lru_cache(maxsize=_MOST)
def _traits(token: str, language: str) -> bytes:
    """Give what is counted of a token: the columns of `count_sentences`, each a number of four bytes."""
    letters, hard = _letters(token), [False] * 3
    syllables = token_syllables(token) if language == "en" else _hyphenated(token, language)
    if language == "en":
        lower = token.lower().replace("’", "'")
        unfamiliar = (not familiar(lower, listed) for listed in (dale_chall_words(), spache_words()))
        hard = [_complex(lower, syllables), *unfamiliar]
    counted = (1, 0, syllables, syllables >= 3, syllables == 1, letters, letters > 6, *hard)
    capital = token[0].isupper() and token != "I" and token[1:2] not in ("'", "’")
    wordy = token[0].isalpha() or any(map(str.isalpha, token))
    return array("f", (*counted, capital, wordy, len(token) > 3 and token.isupper())).tobytes()


@lru_cache(maxsize=8)
def _hyphens(language: str) -> Any:
    from pyphen import LANGUAGES, Pyphen, language_fallback

    known = language if language in LANGUAGES else language_fallback(language)
    return Pyphen(lang=known) if known else None


def _hyphenated(token: str, language: str) -> int:
    """Count the syllables of a word by its hyphens and vowels; 0 where the language has no rules for them."""
    word, hyphens = token.lower(), _hyphens(language)
    if language == "de":
        word = _ONE_SOUND.sub("eu", word)
    return max(len(hyphens.positions(word)) + 1, _vowel_runs(word, language)) if hyphens else 0


def _vowel_runs(word: str, language: str) -> int:
    """Count the runs of vowels, each at least a syllable: hyphenation parts no single letter off ("u-na", "é-té", "о-на")."""
    vowels = _VOWELS + ("" if language in ("es", "hu", "pt") else "y")
    if language == "fr":
        word = _MUTE.sub("", word)
    return len(re.findall(f"[{vowels}]{'' if language in ('hu', 'ru') else '+'}", word))


def running_sentences(text: str) -> list[Span]:
    """Give the sentences of a text without its headings.

    Parameters
    ----------
    text : str
        An article's body.

    Returns
    -------
    list of (start, end)
        Code points into ``text``. A heading is a line by itself, of at most twelve words, that ends in no
        punctuation mark.
    """
    spans, last = [], 0
    for start, end in sentence_spans(text):
        alone = text[end - 1] not in _SENTENCE_MARKS and (last == 0 or "\n" in text[last:start])
        if not (alone and words_of(text).count(start, end) <= HEADING_WORDS):
            spans.append((start, end))
        last = end
    return spans


def count_sentences(text: str, spans: list[Span], language: str = "en") -> Table:
    """Count what the formulas need in each sentence of a text.

    Parameters
    ----------
    text : str
        An article's body.
    spans : list of (start, end)
        Its sentences, from :func:`running_sentences`; each holds a word.
    language : str
        ISO 639-1.

    Returns
    -------
    array of shape (sentences, counts + 3)
        The columns of :class:`~clipbook.readability.formulas.Counts`, then capitalised words, words with a
        letter, and words of four characters or more in capitals.
    """
    if not spans:
        return np.zeros((0, _SHOUTED + 1))
    read = words_of(text)
    words: list[str] = []
    starts: list[int] = []
    for start, end in spans:
        starts.append(len(words))
        first, last = read.between(start, end)
        words += read.word[first:last]
    stored = bytearray().join(_traits(word, language) for word in words)
    rows = np.frombuffer(stored, np.float32).reshape(len(words), -1)
    opens = np.array(starts)
    if language == "en":
        _clear_names(rows, words, opens)
        _once_in_a_hundred(rows, words)
    counted = np.add.reduceat(rows, opens, axis=0).astype(np.float64)
    counted[:, _SENTENCES] = 1
    return counted


def _clear_names(rows: Any, words: list[str], first: Any) -> None:
    """Take names out of the words that the formulas call hard.

    A name is a capitalised word inside a sentence, or at the head of one when it is seen inside another.
    """
    named = rows[:, _CAPITAL] > 0
    heads = first[named[first]]
    named[first] = False
    names = {words[place] for place in np.flatnonzero(named)}
    named[heads] = [words[place] in names for place in heads]
    rows[np.ix_(named, _NOT_OF_NAMES)] = 0


def _once_in_a_hundred(rows: Any, words: list[str]) -> None:
    """Let each unfamiliar word of Spache count once in every hundred words."""
    unfamiliar = np.flatnonzero(rows[:, _SPACHE]).tolist()
    first = {(place // 100, words[place]): place for place in reversed(unfamiliar)}
    rows[:, _SPACHE] = 0
    rows[list(first.values()), _SPACHE] = 1


def totals(counted: Table) -> Counts:
    """Give the counts of a table (sentences or texts down, counts across) or stack of tables."""
    return Counts(*np.moveaxis(counted[..., : len(COUNTS)], -1, 0))


def mostly_figures(total: Table) -> bool:
    """Whether fewer than half the words of a text have a letter."""
    return bool(total[_WORDY] * 2 < total[0])


def in_capitals(total: Table) -> bool:
    """Whether over a third of all words are in capitals: acronyms cannot be told from words."""
    return bool(total[_SHOUTED] * 3 > total[0])
