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
6. Anything else is an ordinary word or name, see :mod:`clipbook.readability.pronunciations`. A possessive
   adds a syllable after a hissing sound ("Reyes's"), none otherwise ("the Reyes'").
"""

from __future__ import annotations

import re
import unicodedata

from clipbook.readability.pronunciations import pronounced, word_syllables

# Syllables of the whole word that the abbreviation stands for; none that is a word or name itself ("Mass", "Penn").
ABBREVIATED = {
    "Mr": 2, "Mrs": 2, "Ms": 1, "Mx": 2, "Dr": 2, "Prof": 3, "Rev": 3, "Gov": 3, "Sen": 3, "Rep": 5,
    "Sens": 3, "Reps": 5, "Gen": 3, "Col": 2, "Lt": 3, "Sgt": 2, "Capt": 2, "Cpl": 3, "Maj": 2, "Supt":
    5, "St": 1, "Jr": 2, "Sr": 2, "Jan": 4, "Feb": 4, "Aug": 2, "Sept": 3, "Oct": 3, "Nov": 3, "Dec": 3,
    "Tues": 2, "Thurs": 2, "vs": 2, "etc": 4, "approx": 5, "Inc": 5, "Corp": 4, "Ltd": 3, "Ave": 3,
    "Blvd": 3, "Rd": 1, "Calif": 4, "Fla": 3, "Mich": 3, "Minn": 4, "Okla": 4,
    "Tenn": 3, "Wis": 3, "Ariz": 4, "km": 4, "kg": 4, "cm": 4, "mm": 4, "mph": 4,
    "kph": 7, "ft": 1, "lb": 1, "lbs": 1, "oz": 2, "hrs": 2, "hr": 2, "min": 2, "mins": 2, "sec": 2,
    "secs": 2, "II": 1, "III": 1, "IV": 1, "VI": 1, "VII": 2, "VIII": 1, "IX": 1,
}  # fmt: skip

# Said as words although short, or although their letters do not alternate.
SAID_AS_WORDS = {
    "AIDS": 1, "SARS": 1, "MERS": 1, "GOP": 3, "FIFA": 2, "ISIS": 2, "ISIL": 2, "RAM": 1, "SIM": 1,
    "PIN": 1, "GIF": 1, "ZIP": 1, "SWAT": 1, "OPEC": 2, "UEFA": 3, "ASEAN": 3, "BRICS": 1, "NIMBY": 2,
    "POTUS": 2, "SCOTUS": 2, "COP": 1, "LASER": 2, "YIMBY": 2, "AWOL": 2, "SAGE": 1, "LEGO": 2, "IKEA":
    3, "VAT": 3, "MRSA": 4, "ACLU": 4, "NAACP": 6, "AIPAC": 2, "COBRA": 2, "ASAP": 4, "LGBTQIA": 7,
    "CPAC": 2, "DACA": 2, "HIPAA": 2, "PEGIDA": 3,
}  # fmt: skip
_SPELLED_THOUGH_WORDS = frozenset({"US", "IT", "WHO", "AM", "PM"})
_CURRENCIES = {"$": 2, "€": 2, "£": 1, "¥": 1, "₹": 2}
_UNITS = {
    "bn": 2, "b": 2, "m": 2, "mn": 2, "tn": 2, "trn": 2, "k": 2, "st": 0, "nd": 1, "rd": 0, "th": 0,
    "s": 0, "p": 1, "c": 1, "am": 2, "pm": 2, "hr": 2, "hrs": 2, "kg": 4, "g": 1, "km": 4, "cm": 4,
    "mm": 4, "mph": 4, "kph": 7, "ft": 1, "lb": 1, "lbs": 1, "oz": 2, "min": 2, "mins": 2, "sec": 2,
    "secs": 2, "mw": 3, "gw": 3, "kw": 3, "kwh": 4,
}  # fmt: skip
_EVERYDAY = frozenset(
    word
    for line in (
        "a all and any are be big but can do for get go has he her him his how if in is its let man may me",
        "more my never new no not now of off old on one our out own put say see she so stop that the this",
        "to too top two up very war was way we will with yes yet you your",
    )
    for word in line.split()
)

_ONES = (1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)  # zero said as "oh", one ... nineteen
_TENS = (0, 1, 2, 2, 2, 2, 2, 3, 2, 2)  # ..., ten, twenty, ..., ninety
_SCALES = (0, 2, 2, 2, 2)  # thousand, million, billion, trillion

_FIGURE = re.compile(r"([$€£¥₹]?)(\d[\d,]*)((?:[.:/]\d+)*)([^\W\d_]*)(%?)\Z")
_CAPITALS = re.compile(r"([A-Z]{2,}|(?:[A-Z]\.)+[A-Z])(\.?'?s)?\Z")
_ALTERNATES = re.compile(r"[^AEIOU]?[AEIOU]{1,2}(?:[^AEIOU]{1,2}[AEIOU]{1,2})+[^AEIOU]?\Z")
_PARTS = re.compile(r"[-‑&/]|(?<=[^\W\d_])(?=\d)|(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])\.(?=[^\W\d_])")


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
