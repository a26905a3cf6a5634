"""Dates and times of day as news pages and tables write them, and which way round their figures go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from clipbook.article.language import VOCABULARY

MONTHS: dict[str, int] = {
    name: int(number) for number, names in VOCABULARY["months"].items() for name in names.split()
}
"""Names and abbreviations of the months in the languages of the word lists, in Polish, Russian and Indonesian."""
ZONES: dict[str, str] = {name: zone for zone, names in VOCABULARY["zones"].items() for name in names.split()}
"""Time zones whose abbreviation means one offset; IST and ET, which do not, are left out."""

MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![^\W\d_])\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
_ANY_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d)(?![./-]\d)"
_APART = r"(?:(?<![^\W\d_])|(?<=(?-i:[a-zß-ÿ]))(?=(?-i:[A-Z])))(?=[^\W\d_]{3,12}\.?\s{0,2}\d)"  # a word, then a figure
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
_FORMS = tuple(
    re.compile(form.replace("DAY", _DAY).replace("MONTH", MONTH).replace("YEAR", YEAR), re.I)
    for form in (
        r"(?<!\d)YEAR(?P<mark>[\-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)YEAR\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})(?!\d)",
        r"DAY[\s\-/,]{1,3}(?:de\s|of\s)?\s?MONTH[\s\-/,]{0,3}(?:de[l]?\s)?\s?(?:YEAR|(?:['’‘]|(?<=-))(?P<short>\d\d)(?!\d))",
        _APART
        + r"MONTH\s{0,2}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{0,2}(?:at\s)?(?:(?<=[\s,])YEAR|['’‘](?P<short>\d\d)(?!\d))",
        _APART + r"MONTH\s{1,2}(?P<day>\d{1,2})\s(?:\d\d:\d\d(?::\d\d)?\s(?:[A-Z]{3,4}\s|[+\-]\d{4}\s)?)YEAR",
        r"(?:^|[|•·]\s|\w{2,9}+\.?,?\s)DAY\sMONTH\s(?P<short>\d\d)(?=$|,?\s\d{1,2}[:.]\d\d|\s[|•·])",
        r"(?<![\d./-])(?P<one>\d{1,2})(?P<mark>[./\-])\s?(?P<two>\d{1,2})(?P=mark)\s?" + _ANY_YEAR,
    )
)
_FIGURES = _FORMS[-1]
_AMERICAN = re.compile(
    r",?\s{1,3}(?:at\s|-\s)?\d{1,2}:\d\d(?::\d\d)?\s?[ap]\.?m\.?,?\s\(?[ECMP][SD]?T\b", re.I
)
_HINT = re.compile(
    r"\d(?:[./]\d|\d(?:(?<=19|20)\d\d|(?<=['’‘\-]\d\d)|(?:(?<=[^\W\d_][. ]\d\d)|(?<=[^\W\d_][. ]{2}\d\d))(?!\d)))"
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>2[0-3]|[01]?\d)(?!\d)(?:[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,6})?)?)?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?"
    r"\s?\(?(?P<zone>[+\-]\d\d:?\d\d\b|Z\b|[A-Za-z]{3,4}\b)?",
    re.I,
)
_LOOK = 28
_SHORT_LINE = 70
_PIVOT = 70
DAY_FIRST, MONTH_FIRST = "day first", "month first"


class Stamp(NamedTuple):
    """A moment found in a text: wall clock, zone ("+02:00", "Z" or ""), and where in the text it stands."""

    moment: datetime
    zone: str
    start: int
    end: int
    other: datetime | None = None
    """The same figures read the other way round, where they do not tell which of them is the day."""
    order: str = ""
    """``DAY_FIRST`` or ``MONTH_FIRST`` where the figures themselves tell; "" where they do not or are no figures."""


def find_dates(text: str) -> list[Stamp]:
    """Find every full date (day, month and year) in a line, with the time of day beside it.

    Parameters
    ----------
    text : str
        A line of a page, or the value of a metadata field.

    Returns
    -------
    list of Stamp
        In the order of the text. Of figures that do not tell the day from the month (3/4/2026) both readings
        are given: day first in ``moment``, month first in ``other``. Years of two digits count in short lines.

    Examples
    --------
    >>> [str(stamp.moment) for stamp in find_dates("Published 12.16.14, 9:05 pm")]
    ['2014-12-16 21:05:00']
    >>> find_dates("03/04/2026")[0].other
    datetime.datetime(2026, 3, 4, 0, 0)
    """
    return list(_stamps_in(text)) if _HINT.search(text) else []


@lru_cache(maxsize=64)
def _stamps_in(text: str) -> tuple[Stamp, ...]:
    """Find the dates of a line; several parts of the reading ask for those of the same few lines of a page."""
    found: list[Stamp] = []
    taken = bytearray(len(text))
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = match.span()
            if 1 in taken[start:end]:
                continue
            stamp = _figures(text, match) if form is _FIGURES else _named(text, match)
            if stamp:
                found.append(stamp)
                taken[start:end] = b"\x01" * (end - start)
    return tuple(sorted(found, key=lambda stamp: stamp.start))


def _named(text: str, match: re.Match[str]) -> Stamp | None:
    parts = match.groupdict()
    name = parts["month"].lower().rstrip(".")
    year = _full_year(parts.get("year") or parts.get("short") or "")
    return _stamp(text, match, year, int(name) if name.isdigit() else MONTHS[name], int(parts["day"]))


def _figures(text: str, match: re.Match[str]) -> Stamp | None:
    """Read day, month and year in figures; full years between dots are written day first wherever they are."""
    one, two, year = int(match["one"]), int(match["two"]), match["year"]
    if len(year) == 2 and (len(text) > _SHORT_LINE or match["mark"] == "-"):
        return None
    day_first = _stamp(text, match, _full_year(year), two, one)
    month_first = _stamp(text, match, _full_year(year), one, two)
    if day_first is None or month_first is None:
        found = day_first or month_first
        return found and found._replace(order=DAY_FIRST if day_first else MONTH_FIRST)
    if _AMERICAN.match(text, match.end()):
        return month_first
    settled = one == two or (match["mark"] == "." and len(year) == 4)
    return day_first if settled else day_first._replace(other=month_first.moment)


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= _PIVOT else 2000)


def _stamp(text: str, match: re.Match[str], year: int, month: int, day: int) -> Stamp | None:
    hour, minute, second, zone = _time_beside(text, match.start(), match.end())
    try:
        return Stamp(datetime(year, month, day, hour, minute, second), zone, match.start(), match.end())
    except ValueError:
        return None


def _time_beside(text: str, start: int, end: int) -> tuple[int, int, int, str]:
    """Time of day just after the date, else within or just before it: hour, minute, second, zone."""
    after = _TIME.search(" " + text[end : end + _LOOK].lstrip("T"))
    if after and after.start() <= 10 and (after["minute"] or after["half"]):
        return _clock(after)
    till = end if ":" in text[start:end] else start
    before = [m for m in _TIME.finditer(text[max(0, start - _LOOK) : till]) if m["minute"] or m["half"]]
    return _clock(before[-1]) if before else (0, 0, 0, "")


def _clock(match: re.Match[str]) -> tuple[int, int, int, str]:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(match["minute"] or 0), int(match["second"] or 0), offset(match["zone"] or "")


def offset(zone: str) -> str:
    """Give a time zone as "+02:00" or "Z"; "" where its name means more than one."""
    if not zone.startswith(("+", "-")):
        return ZONES.get(zone.lower(), "")
    zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return "Z" if zone[1:] == "00:00" else zone


def turned(stamp: Stamp, order: str) -> Stamp:
    """Read a date that can be read in two ways in the order that others of its kind show."""
    if stamp.other is None or not order:
        return stamp
    moment = stamp.other if order == MONTH_FIRST else stamp.moment
    return stamp._replace(moment=moment, other=None)


def order_of(stamps: Iterable[Stamp]) -> str:
    """Tell in which order dates in figures are written, from those of one page or column that tell.

    Returns
    -------
    str
        ``DAY_FIRST`` or ``MONTH_FIRST``; "" when none tells or they contradict each other.
    """
    shown = {stamp.order for stamp in stamps} - {""}
    return shown.pop() if len(shown) == 1 else ""


def two_ways(text: str, stamp: Stamp) -> str:
    """Say, for the notes, that a date can be read in two ways."""
    other = stamp.other or stamp.moment
    return (
        f"the date {text[stamp.start : stamp.end]!r} can be read in two ways, as {stamp.moment:%Y-%m-%d} "
        f"and {other:%Y-%m-%d}: nothing tells which figure is the day, so it was left out"
    )


def settled(stamp: Stamp, witnesses: Iterable[datetime], days: int = 0) -> Stamp:
    """Read a date that can be read in two ways as the only reading that another moment is at most some days from."""
    seen = [moment.date() for moment in witnesses]
    readings = [
        moment
        for moment in (stamp.moment, stamp.other)
        if moment is not None and any(abs((moment.date() - day).days) <= days for day in seen)
    ]
    return stamp._replace(moment=readings[0], other=None) if stamp.other and len(readings) == 1 else stamp
