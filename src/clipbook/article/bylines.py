"""The people a byline names, without their roles, places, agencies, dates and addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from clipbook.article import persons
from clipbook.article.dates import MONTHS, find_dates
from clipbook.article.language import GROUP_BIT, PATTERNS, WORD_BITS

_LONGEST = 300
_LEAD = re.compile(
    r"\W{0,3}(?:(?:this\s|the\s|an?\s)?(?:guest\s|special\s)?(?:story|article|text|words|report|analysis|opinion|exclusive|review|"
    r"reporting|essay|column|comment|commentary|interview|feature|compiled|(?:text|words|story) and (?:photo(?:graph)?s|pictures|images)|"
    r"photo(?:graph)?s and (?:text|words|story))\s)?"
    r"(?:by\s?line\b\s?:?|by\b\s?:?|(?-i:[bB]y(?=[A-ZÀ-Þ])|BY(?=[A-Z][a-z]))|(?:written|posted|published|authored|reported) by\b:?"
    r"|author\(?s?\)?(?:/byline)?\s?:|von\b|par\b|por\b|autor(?:in)?:|(?:text|words):)\s*",
    re.I,
)
_FIELD_LEAD = re.compile(r"(?:door|av|af)\s(?=[A-ZÀ-Þ])", re.I)  # of a field alone: "Door County" is a place
_LEADING = ("by", "author", "autor", "von", "par", "por", "text:", "words:")  # one of them is in every lead
_MAY_LEAD = re.compile(
    r"(?i:by|von|par|por)(?![a-zß-ÿ])|(?i:byline|auth?or|text:|words:)"
)  # neither "part" nor "sport"
_FIRST_LETTERS = frozenset("abcefgioprstvwABCEFGIOPRSTVW\"'*—–-")
_GLUED = re.compile(r"[A-ZÀ-Þ](?<=[a-zß-ÿ.].)[\w’']{1,15}")
_RUN_ON = re.compile(r"(?=[A-Z]{3})(?<=[a-zß-ÿ]{2})|(?=\d)(?<=[^\W\d_]{2})")
_ADDRESS = re.compile(r"https?:\S+|www\.\S+|\S+@\S+\.\S+|@\w+")
_MOMENT = re.compile(
    r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?(?:\s[A-Z]{2,4}\b)?|\d+\s?(?:min|minutes?|hours?|hrs?|days?|weeks?|months?|years?)\b(?:\sago)?"
    r"|\b(?=[^\W\d_]{3})(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?|(?=\w{3,12}\.?,?\s\d)(?:"
    + "|".join(sorted((name for name in MONTHS if len(name) > 2), key=len, reverse=True)) + r")\b\.?,?\s\d{1,2}\b.*)",
    re.I,
)  # fmt: skip
_LABEL = PATTERNS["not_the_name"]
_DIVIDER = re.compile(r"\s*[|•·●(){}\[\]<>]\s*|\s+[-–—/]\s+|\s{3,}|—\s|[.:]$")
_JOINT = re.compile(
    r"\s*[,;&/]\s*(?:and\s+|&\s*)?|\s+(?:and|und|et|och|og|sowie|with|AND|WITH)\s+|\s+[ey]\s+(?=[A-ZÀ-Þ]\S*\s[A-ZÀ-Þ])"
)
_SUFFIX = re.compile(r",\s*(?=(?:jr|sr|ii|iii|iv)\b)", re.I)
_LABEL_BITS = 0
for _group in (
    "share", "newsletter", "legal", "related", "credit", "comment", "advert", "media", "tags", "site",
):  # fmt: skip
    _LABEL_BITS |= GROUP_BIT[_group]
_LONG_LINE = 30
_BUTTONS = frozenset(["view", "follow", "more", "see", "show", "all", "by", "about", "special", "for"])


class Byline(NamedTuple):
    """What a byline names."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()  # news agencies
    organisations: tuple[str, ...] = ()  # outlets, desks, companies
    led: bool = False  # whether it says so ("By", "Written by")
    whole: bool = False  # whether nothing else stands in the line but roles, dates and addresses

    @property
    def names(self) -> tuple[str, ...]:
        """The people; where nobody is named, the first agency."""
        return self.people or self.agencies[:1]


def opens_byline(line: str) -> bool:
    """Tell whether a line begins as bylines do ("By Ana Ruiz", "Story by Jon Bell")."""
    return line[:1] in _FIRST_LETTERS and _LEAD.match(line) is not None


def is_led(line: str) -> bool:
    """Tell whether a line says anywhere that it names who wrote ("3 May | By Ana Ruiz")."""
    low = line[:_LONGEST].lower()
    may = any(word in low for word in _LEADING) and _MAY_LEAD.search(line[:_LONGEST]) is not None
    return may and read_byline(line).led


@lru_cache(maxsize=1024)
def read_byline(line: str, *, led: bool = False) -> Byline:
    """Read who a line of a page says has written.

    Parameters
    ----------
    line : str
        Such as ``"By Ana Ruiz and Jon Bell, Political Editor | 3 May 2031"``.
    led : bool
        Whether the line before announced the name (a bare "By"), so that nothing needs to in this one.

    Returns
    -------
    Byline
        Names in the order given, spelt with capitals as names are.

    Examples
    --------
    >>> read_byline("By ANA RUIZ Political EditorMar 10, 2031").people
    ('Ana Ruiz',)
    """
    text = _spaced(line[:_LONGEST])
    if led and (text[:1].islower() or len(text.split()) > _LONG_LINE):
        return Byline()
    people: list[str] = []
    agencies: list[str] = []
    others: list[str] = []
    whole = True
    for part in _DIVIDER.split(_without_moments(text)):
        rest, said = _without_lead(part)
        if said and not led:
            people.clear()
            led = True
        rest = _SUFFIX.sub(" ", _LABEL.sub("", rest))
        for place, item in enumerate(_JOINT.split(rest)):
            name, organisation, leftover = persons.entry(item, alone=place == 0 or "," not in rest)
            whole &= not leftover
            if name:
                people.append(name)
            if organisation:
                (agencies if organisation.lower() in persons.AGENCIES else others).append(organisation)
    names = dict.fromkeys(persons.cased(name) for name in people)
    return Byline(tuple(names), tuple(agencies), tuple(others), led, whole)


def byline_names(line: str, *, led: bool = False) -> tuple[str, ...]:
    """Read the names out of a line that says it is a byline; empty when it does not.

    Parameters
    ----------
    line : str
        A line of the page.
    led : bool
        Whether the line before announced the name.
    """
    found = read_byline(line, led=led)
    return found.names if found.led else ()


def _without_lead(part: str) -> tuple[str, bool]:
    """Cut off what announces a name, also where it is doubled ("By: By Ana Ruiz"), and tell whether it was there."""
    said = False
    while (lead := _LEAD.match(part)) and lead.end():
        said, part = True, part[lead.end() :]
    return part, said


def _spaced(text: str) -> str:
    """Part what pages print without a space: names and roles, months, figures, marks of the outlet."""
    return _RUN_ON.sub(" ", _GLUED.sub(_unglue, text.replace("\xa0", " ")))


def _unglue(match: re.Match[str]) -> str:
    word = match[0].lower()
    glued = (
        word in persons.ROLES
        or word in _BUTTONS
        or word in persons.QUALIFIERS
        or word in MONTHS
        or word in persons.AGENCIES
        or WORD_BITS.get(word, 0) & (_LABEL_BITS | GROUP_BIT["time"] | GROUP_BIT["month"])
    )
    return f" {match[0]}" if glued else match[0]


def _without_moments(text: str) -> str:
    """Put a divider where dates, times of day and addresses stand."""
    for stamp in reversed(find_dates(text)):
        text = f"{text[: stamp.start]} | {text[stamp.end :]}"
    if "@" in text or "www" in text or "http" in text:
        text = _ADDRESS.sub(" | ", text)
    return _MOMENT.sub(" | ", text)


def is_furniture(text: str) -> bool:
    """Tell whether a capitalised label is made of the words of buttons and menus ("Play Video", "Top Stories")."""
    return any(WORD_BITS.get(word, 0) & _LABEL_BITS for word in text.lower().split())


def stated_authors(text: str) -> tuple[str, ...]:
    """Read the authors that a field of a file or a table's cell states.

    Parameters
    ----------
    text : str
        Names divided by semicolons or commas, as a list (``['Ana Ruiz', 'Jon Bell']``), or last name first
        (``Ruiz, Ana; Bell, Jon``).

    Returns
    -------
    tuple of str
        People; where nobody is named, the first agency; in any other script than those with capitals the
        entries as they stand.

    Examples
    --------
    >>> stated_authors("Ruiz, Ana; Bell, Jon")
    ('Ana Ruiz', 'Jon Bell')
    """
    text = text.strip()
    if text[:1] == "[" and text[-1:] == "]":
        text = (
            ";".join(one or other for one, other in re.findall(r"'([^']{1,80})'|\"([^\"]{1,80})\"", text))
            or text[1:-1]
        )
    parts = (_FIELD_LEAD.sub("", part.strip()) for part in re.split(r";|\||\n", text[:2_000]))
    entries = [part for part in parts if part]
    turned = [_first_name_first(entry) for entry in entries]
    if entries and all(turned):
        return tuple(dict.fromkeys(persons.cased(name) for name in turned))
    found = [read_byline(entry) for entry in entries]
    people = [name for byline in found for name in byline.people]
    agencies = [name for byline in found for name in byline.agencies]
    if not people and not agencies:
        people = [entry for entry in entries if not re.search("[A-Za-zÀ-ɏ]", entry)]
    return tuple(dict.fromkeys(people or agencies[:1]))


def _first_name_first(entry: str) -> str:
    """Turn "Ruiz, Ana" round; "" when an entry is not of that shape."""
    last, _, first = (part.strip() for part in entry.partition(","))
    strong = [word for word in last.split() if word.lower() not in persons.PARTICLES]
    name = f"{first} {last}"
    low = first.lower().strip(".")
    fits = (
        "," not in first and len(strong) == 1 and low not in persons.SUFFIXES and low not in persons.AGENCIES
    )
    return (
        name
        if first
        and last
        and fits
        and persons.looks_like_name(name)
        and not persons.is_press([*first.split(), "x"])
        else ""
    )
