"""Word lists in the languages that pages are met in (``vocabulary.toml``), and the language of a text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np

from clipbook.shipped import patterns, shipped, word_sets

VOCABULARY = shipped("article/vocabulary.toml")
PATTERNS = patterns("article/patterns.toml")
"""What lines of a page say of themselves."""
_GROUPS = word_sets(VOCABULARY["groups"])
_PHRASES = word_sets(VOCABULARY["phrases"])
FUNCTION_SETS: dict[str, frozenset[str]] = word_sets(VOCABULARY["function"])

GROUP_NAMES: tuple[str, ...] = tuple(_GROUPS)
LANGUAGE_NAMES: tuple[str, ...] = tuple(FUNCTION_SETS)
GROUP_BIT: dict[str, int] = {name: 1 << place for place, name in enumerate(GROUP_NAMES)}
LANGUAGE_BIT: dict[str, int] = {
    name: 1 << (len(GROUP_NAMES) + place) for place, name in enumerate(LANGUAGE_NAMES)
}
STARTS_PHRASE = 1 << (len(GROUP_NAMES) + len(LANGUAGE_NAMES))

WORD_BITS: dict[str, int] = {}
"""Groups and languages of a word, as bits; ``STARTS_PHRASE`` marks the first words of phrases."""
PHRASE_BITS: dict[tuple[str, ...], int] = {}
"""Groups of a pair of neighbouring words."""

for _bits, _sets in ((GROUP_BIT, _GROUPS), (LANGUAGE_BIT, FUNCTION_SETS)):
    for _name, _words in _sets.items():
        for _word in _words:
            WORD_BITS[_word] = WORD_BITS.get(_word, 0) | _bits[_name]
for _name, _words in _PHRASES.items():
    for _pair in (tuple(_phrase.split()) for _phrase in _words):
        PHRASE_BITS[_pair] = PHRASE_BITS.get(_pair, 0) | GROUP_BIT[_name]
        WORD_BITS[_pair[0]] = WORD_BITS.get(_pair[0], 0) | STARTS_PHRASE

LANGUAGES = sorted(VOCABULARY["languages"]["guessed"].split())
"""Languages that newspapers are met in; others are not guessed."""

_WORD = re.compile(r"\w+")
_MIN_WORDS = 12
_CLEAR = frozenset(("en", "de", "fr", "es", "it", "pt", "pl", "tr", "id"))
_LEAST_SHARE = 0.2
_LEAST_LEAD = 0.08
_READ_CHARS = 1_500
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_OTHER_SCRIPT = re.compile(f"[{''.join(script.pattern[1:-1] for _, script in _SCRIPTS)}]")
_SHIFTS = np.array([bit.bit_length() - 1 for bit in LANGUAGE_BIT.values()])


def language_of(text: str) -> str:
    """Detect the language of a text.

    Parameters
    ----------
    text : str
        The body of an article; its first 1,500 characters are read.

    Returns
    -------
    str
        ISO 639-1 code; ``""`` when the text is too short to tell. Widespread languages are told by their
        function words where these are clear; else py3langid (Barbaresi 2021, after Lui and Baldwin 2012) decides among the
        languages of ``LANGUAGES``.
    """
    text = text[:_READ_CHARS]
    if _OTHER_SCRIPT.search(text):
        for code, script in _SCRIPTS:
            if len(script.findall(text)) > 0.1 * len(text) and len(text) >= 20:
                return code
    words = _WORD.findall(text.lower())
    if len(words) < _MIN_WORDS:
        return ""
    bits = np.fromiter(map(WORD_BITS.get, words, repeat(0)), np.int64, len(words))
    met = (bits[:, None] >> _SHIFTS & 1).sum(axis=0).tolist()
    shares = {code: count / len(words) for code, count in zip(LANGUAGE_BIT, met, strict=True)}
    best, second = sorted(shares, key=lambda code: -shares[code])[:2]
    if best in _CLEAR and shares[best] > _LEAST_SHARE and shares[best] - shares[second] > _LEAST_LEAD:
        return best
    return str(_identifier().classify(text)[0])


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier
