"""The tokenisation called ``textstat``: the counts of textstat 0.7.13, all from one pass.

Its words are what white space leaves when punctuation is taken out; its sentences are runs between ``.``,
``!`` and ``?``, of which those of one or two words do not count; its syllables are those of the first
pronunciation in the dictionary, else the hyphenation points of Pyphen. Use it to compare with published
results; for everything else the tokenisation ``news`` is nearer to the publications of the formulas.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from clipbook.readability.counting import Table
from clipbook.readability.formulas import COUNTS
from clipbook.readability.pronunciations import first_pronunciation
from clipbook.readability.vocabulary import Vocabulary
from clipbook.readability.word_lists import dale_chall_words

_APOSTROPHE = re.compile(r"'(?![tsd]|ve|ll|re)")
_PUNCTUATION = re.compile(r"[^\w\s']+")
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
_THREE_WORDS = re.compile(r"\W*+\w\S*+\s\W*+\w\S*+\s\W*+\w")
_OUTER = '.,:;!?()[]"“”‘’…–—-'
_PLACE = {name: place for place, name in enumerate(COUNTS)}


def _words(text: str) -> list[str]:
    return _PUNCTUATION.sub("", _APOSTROPHE.sub("", text)).split()


def _word(token: str) -> str:
    """Give what is left of a token without white space, "" when it is only punctuation."""
    core = token.strip(_OUTER)
    return core if core.isalnum() else "".join(_words(token))


def _long_enough(sentence: str) -> bool:
    return bool(_THREE_WORDS.match(sentence)) or len(_words(sentence)) > 2


@lru_cache(maxsize=8)
def _vocabulary(language: str) -> Vocabulary:
    """Give the vocabulary of what white space parts; what is only punctuation has no word in it."""
    from pyphen import Pyphen

    english = language == "en"
    hyphens = Pyphen(lang="en_US" if english else language)

    @lru_cache(maxsize=1 << 15)
    def traits_of(lower: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        known = first_pronunciation(lower) if english else None
        syllables = len(hyphens.positions(lower)) + 1 if known is None else known
        letters = len(lower) - lower.count("'")
        hard = lower not in dale_chall_words()
        return (
            (1, 0, syllables, syllables >= 3, syllables == 1, letters),
            (letters > 6, hard and syllables >= 3, hard, hard and syllables >= 2),
        )

    def traits(token: str) -> tuple[int, ...]:
        word = _word(token)
        before, behind = traits_of(word.lower()) if word else ((0,) * 6, (0,) * 4)
        return (*before, len(token), 1, *behind)

    return Vocabulary(traits, len(COUNTS))


def count_as_textstat(text: str, language: str = "en") -> Table:
    """Count what the formulas need as textstat 0.7.13 counts it.

    Parameters
    ----------
    text : str
        Any text.
    language : str
        ISO 639-1, as ``textstat.set_lang`` takes it.

    Returns
    -------
    array of shape (counts,)
        The columns of :class:`~clipbook.readability.formulas.Counts`; ``complex_words`` and
        ``spache_words`` are textstat's difficult words of three and of two syllables or more.
    """
    tokens = text.split()
    vocabulary = _vocabulary(language)
    rows = vocabulary.rows(vocabulary.numbers(tokens, len(tokens)))
    counted = (np.ones(len(tokens), np.float32) @ rows).astype(np.float64)
    counted[_PLACE["sentences"]] = max(1, sum(map(_long_enough, _SENTENCE.findall(text)))) if text else 0
    return counted
