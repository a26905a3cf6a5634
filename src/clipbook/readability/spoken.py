"""How a newsreader says a token: syllables of words, names, figures, acronyms and abbreviations.

The rules, in the order in which they are tried:

1. An abbreviation is said in full: "Mr" mister, "Gov" governor, "Jan" January, "km" kilometres.
2. Figures are said as numbers, without "and": "1,250" one thousand two hundred fifty; 1100 to 2099
   without a comma as years ("1984" nineteen eighty-four, "2005" two thousand five, "1905" nineteen oh five,
   "1900" nineteen hundred); "1990s" nineteen nineties; "21st" twenty-first; "3.5" three point five; "007"
   oh oh seven; "10:30" ten thirty, "10:00" ten; more than 15 digits one by one.
3. A currency sign is said behind the figure ("$5" five dollars, "$3.5bn" three point five billion
   dollars), "%" as per cent; letters behind a figure as their unit or by themselves ("6pm" six p m).
4. The parts of a compound ("COVID-19", "well-known", "3-2", "Q&A") are said one after the other, "&" as and.
5. Capitals are spelled out ("UN", "BBC", "WHO", "U.S"; w has three syllables) unless they are said as a
   word: four or more letters that are in the dictionary or that alternate like a word ("NATO", "UNICEF"),
   the acronyms of ``SAID_AS_WORDS``, and words of everyday English set in capitals for emphasis ("NOT"),
   but for "US", "IT", "WHO", "AM" and "PM". A plural or possessive s adds nothing ("MPs", "UN's") unless the
   last letter hisses ("US's").
6. Anything else is an ordinary word or name: a pronouncing dictionary first, spelling where it knows nothing. A possessive
   adds a syllable after a hissing sound ("Reyes's"), none otherwise ("the Reyes'").

The dictionary is the Carnegie Mellon Pronouncing Dictionary, carried along with its notice (``nltk_data``). It always
stands before any other copy on the machine, because copies differ: with the one of 2023 that NLTK serves,
Flesch scores of one text in six come out otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from clipbook.shipped import shipped

_SAID = shipped("readability/spoken.toml")


def _syllables(kind: str) -> dict[str, int]:
    return {word: int(count) for count, words in _SAID[kind].items() for word in words.split()}


ABBREVIATED, SAID_AS_WORDS, _UNITS = map(_syllables, ("abbreviated", "said_as_words", "units"))
_EVERYDAY = frozenset(_SAID["everyday"].split())
_SPELLED_THOUGH_WORDS = frozenset({"US", "IT", "WHO", "AM", "PM"})
_CURRENCIES = {"$": 2, "€": 2, "£": 1, "¥": 1, "₹": 2}

_ONES = (1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)  # zero said as "oh", one ... nineteen
_TENS = (0, 1, 2, 2, 2, 2, 2, 3, 2, 2)  # ..., ten, twenty, ..., ninety
_SCALES = (0, 2, 2, 2, 2)  # thousand, million, billion, trillion

_FIGURE = re.compile(r"([$€£¥₹]?)(\d[\d,]*)((?:[.:/]\d+)*)([^\W\d_]*)(%?)\Z")
_CAPITALS = re.compile(r"([A-Z]{2,}|(?:[A-Z]\.)+[A-Z])(\.?'?s)?\Z")
_ALTERNATES = re.compile(r"[^AEIOU]?[AEIOU]{1,2}(?:[^AEIOU]{1,2}[AEIOU]{1,2})+[^AEIOU]?\Z")
_PARTS = re.compile(r"[-‑&/]|(?<=[^\W\d_])(?=\d)|(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])\.(?=[^\W\d_])")

NLTK_DATA = Path(__file__).parent / "nltk_data"
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
    listed = NLTK_DATA.joinpath("corpora", "cmudict", "cmudict").read_text(encoding="utf-8")
    fewest: dict[str, int] = {}
    for line in listed.lower().splitlines():
        word, _, sounds = line.partition(" ")
        count = sum(sounds.count(stress, 2) for stress in "012")  # behind the entry's number
        if count < fewest.get(word, 99):
            fewest[word] = count
    return fewest


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


def _under_hundred(number: int) -> int:
    if number < 20:
        return _ONES[number] if number else 0
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (_ONES[ones] if ones else 0)


def _cardinal(number: int) -> int:
    """Syllables of a whole number below 10 to the 15th; "zero" for 0."""
    if number == 0:
        return 2
    total, scale = 0, 0
    while number:
        number, group = divmod(number, 1000)
        hundreds, rest = divmod(group, 100)
        if group:
            total += (_ONES[hundreds] + 2 if hundreds else 0) + _under_hundred(rest) + _SCALES[scale]
        scale += 1
    return total


def _year(number: int) -> int:
    century, rest = divmod(number, 100)
    if century == 20 and rest < 10:
        return _cardinal(number)
    if rest < 10:
        return _under_hundred(century) + (1 + _ONES[rest] if rest else 2)
    return _under_hundred(century) + _under_hundred(rest)


def _whole(digits: str, plain: bool) -> int:
    """Syllables of a run of digits; ``plain`` when neither a comma nor a sign says that it is an amount."""
    figure = digits.replace(",", "")
    if len(figure) > 15 or (figure[0] == "0" and len(figure) > 1):
        return sum(_ONES[int(digit)] for digit in figure)
    number = int(figure)
    return _year(number) if plain and "," not in digits and 1100 <= number < 2100 else _cardinal(number)


def _figure(match: re.Match[str]) -> int:
    currency, digits, rest, unit, percent = match.groups()
    total = _whole(digits, plain=not currency and not percent and not rest and unit in ("", "s"))
    for mark, part in re.findall(r"([.:/])(\d+)", rest):
        if mark == ".":
            total += 1 + sum(_ONES[int(digit)] for digit in part)
        elif part.strip("0"):
            total += _whole(part, plain=False)
    if unit == "th" and digits[-1] == "0" and digits[-2:-1] not in ("", "0", "1", ","):
        total += 1
    total += _UNITS[unit.lower()] if unit.lower() in _UNITS else (token_syllables(unit) if unit else 0)
    return total + _CURRENCIES.get(currency, 0) + (2 if percent else 0)


def _spelled(letters: str) -> int:
    return len(letters) + 2 * letters.count("W")


def _capitals(match: re.Match[str]) -> int:
    written, ending = match.groups()
    letters = written.replace(".", "")
    if letters in SAID_AS_WORDS:
        return SAID_AS_WORDS[letters]
    hiss = 1 if ending and letters[-1] in "SXH" else 0
    word = letters.lower()
    if "." not in written and letters not in _SPELLED_THOUGH_WORDS:
        if word in _EVERYDAY:
            return pronounced()[word]
        if len(letters) > 3 and (word in pronounced() or len(letters) > 5 or _ALTERNATES.match(letters)):
            return word_syllables(word) + hiss
    return _spelled(letters) + hiss


def token_syllables(token: str) -> int:
    """Syllables of one token as it is said aloud.

    Parameters
    ----------
    token : str
        A word as :func:`clipbook.text.words.words_of` cuts it.

    Returns
    -------
    int
        At least 1.

    Examples
    --------
    >>> [token_syllables(token) for token in ("deal", "2014", "$3.5bn", "UN", "COVID-19", "Reyes's")]
    [1, 4, 7, 2, 4, 3]
    """
    token = token.replace("’", "'")
    known = ABBREVIATED.get(token) or (pronounced().get(token) if token.islower() else None)
    if known:
        return known
    if figure := _FIGURE.match(token):
        return max(1, _figure(figure))
    if capitals := _CAPITALS.match(token):
        return _capitals(capitals)
    if token.lower() in pronounced():
        return max(1, pronounced()[token.lower()])
    parts = [part for part in _PARTS.split(token.strip("'")) if part]
    if len(parts) > 1:
        return sum(token_syllables(part) for part in parts) + token.count("&")
    plain = "".join(c for c in unicodedata.normalize("NFKD", token.lower()) if c.isalnum() or c == "'")
    return max(1, word_syllables(plain))
