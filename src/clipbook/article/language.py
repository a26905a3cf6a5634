"""The language of a text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np

from clipbook.article.vocabulary import LANGUAGE_BIT, WORD_BITS, words

LANGUAGES = sorted(
    words(
        """af ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km
        kn ko lt lv mk ml mn mr ms my ne nl no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk
        ur uz vi xh zh zu"""
    )
)
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
