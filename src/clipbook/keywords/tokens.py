"""Text as a row of words: what each is, what class of stop word, where a phrase must break."""

from __future__ import annotations

import re
import unicodedata
from enum import IntFlag
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]*[\w/]"
    r"|(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|['’]s\b"  # the possessive stands alone, so that a phrase ends before it
    r"|\d[\d.,]*+(?![^\W_]|-[^\W\d_])"  # 1,400 is a number, 31-mile is a word
    r"|[^\W_]+(?:(?:['’](?!s\b)|[&.\-‐‑]|(?<=\d),(?=\d))[^\W_]+)*"  # anti-drug, R&D, example.org
    r"|\n+|[^\w\s]"
)
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = frozenset(".!?:;…\n")
_ADJECTIVE = ("al", "ic", "ous", "ive", "ful", "less", "able", "ible", "ary", "ish")


class Trait(IntFlag):
    """What is known of a word before its sentence is looked at; traits add up."""

    HEAD = 1  # may be a keyword, or the last word of one
    MODIFIER = 2  # may stand in a keyword, not at its end: "new", "foreign"
    NOUN_OR_VERB = 4  # "plan", "use": a keyword only if its sentence says so
    CAPITAL = 8
    OPENS_NOUN = 16  # article, determiner, preposition, possessive, quantity: a noun phrase follows
    OPENS_VERB = 32  # pronoun, auxiliary, "to", adverb: a verb follows
    AUXILIARY = 64
    PREPOSITION = 128
    VERB = 256
    PUNCTUATION = 512
    SENTENCE_END = 1024
    ENDS_ED = 2048
    ENDS_ING = 4096
    ENDS_LY = 8192
    ADJECTIVE = 16384  # by its ending


_ED, _ING, _LY = int(Trait.ENDS_ED), int(Trait.ENDS_ING), int(Trait.ENDS_LY)
_HEAD, _CAPITAL, _MARK = int(Trait.HEAD), int(Trait.CAPITAL), int(Trait.PUNCTUATION)
_STOP = _MARK | int(Trait.SENTENCE_END)  # sums of plain integers: a flag's own "or" is slow


class Token(NamedTuple):
    """One distinct token: its stem, and what it may be."""

    stem: str  # lower case, without accents and plural ending
    traits: int  # a sum of Trait


def stop_words() -> dict[str, str]:
    """Give the English stop word list that ships with clipbook.

    Returns
    -------
    dict of str to str
        Lower-case word -> its class ("article", "preposition", "verb", "time", ...). Words of the classes
        "modifier" and "noun or verb" may stand in a keyword; the others break it.

    Notes
    -----
    Written for clipbook (``stopwords_en.txt`` beside this module) from the closed classes of English and the
    routine wording of news.
    """
    return _classes()[0]


@cache
def _classes() -> tuple[dict[str, str], dict[str, int]]:
    """Read the class of each word, and the sum of `Trait` of each class."""
    words, traits, name = dict[str, str](), dict[str, int](), ""
    for line in files(__package__).joinpath("stopwords_en.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name, _, stated = line.strip("[]").partition(": ")
            traits[name] = sum(int(Trait[one]) for one in stated.split())
        elif not line.startswith("#"):
            words.update(dict.fromkeys(line.split(), name))
    return words, traits


def singular(word: str) -> str:
    """Take the plural ending off a lower-case word.

    Notes
    -----
    The three rules of the S stemmer: Harman, Journal of the American Society for Information Science 42
    (1991), 7-15.
    """
    if not word.endswith("s") or len(word) < 4:
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else word[:-3] + "y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


def read_token(surface: str) -> Token:
    """Judge one token by itself, without its sentence."""
    first = surface[0]
    if first in _SENTENCE_END:
        return Token(first, _STOP)
    lower = fold(surface)
    capital = _CAPITAL if first.isupper() else 0
    if lower.startswith(("http://", "https://", "www.")):
        return Token(lower, _MARK)
    words, traits = _classes()
    kind = words.get(lower)
    if kind is not None:
        return Token(singular(lower), traits[kind] | capital)
    if _INITIALS.fullmatch(surface):  # "U.K." is "UK", but "U.S." is not "us"
        joined = lower.replace(".", "")
        return Token(lower if joined in words else joined, _HEAD | capital)
    if len(lower) < 2 or not _LETTER.search(lower):
        return Token(lower, 0 if first.isalnum() else _MARK)
    return Token(singular(lower), _HEAD | _ending(lower) | capital)


def fold(word: str) -> str:
    """Lower the case, straighten the apostrophe, take accents off: the form in which words are compared."""
    plain = word.lower().replace("’", "'")
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def _ending(lower: str) -> int:
    if len(lower) < 5 or lower.endswith("eed"):
        return 0
    if lower.endswith("ed"):
        return _ED
    if lower.endswith("ly"):
        return _LY
    if lower.endswith("ing"):
        return _ING
    return int(Trait.ADJECTIVE) if lower.endswith(_ADJECTIVE) else 0


def tokenize(text: str) -> list[str]:
    """Split text into words, numbers, possessive marks, punctuation and line breaks, in order."""
    return _TOKEN.findall(text)
