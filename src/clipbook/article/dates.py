"""Dates and times of day as news pages write them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier enero gennaio janeiro januari gen ene",
            "feb february februar février febrero febbraio fevereiro februari févr fev",
            "mar march märz mars marzo março maart mär mrz",
            "apr april avril abril aprile avr abr",
            "may mai mayo maggio maio mei maj mag",
            "jun june juni juin junio giugno junho giu",
            "jul july juli juillet julio luglio julho juil lug",
            "aug august août agosto augusti augustus ago aoû",
            "sep sept september septembre septiembre settembre setembro set",
            "oct october oktober octobre octubre ottobre outubro okt ott out",
            "nov november novembre noviembre novembro",
            "dec december dezember décembre diciembre dicembre dezembro desember dez déc dic des",
        ),
        start=1,
    )
    for name in names.split()
}
"""Names and abbreviations of the months in the languages of the word lists."""

ZONES: dict[str, str] = {
    "z": "Z", "utc": "Z", "gmt": "Z", "bst": "+01:00", "wat": "+01:00", "cet": "+01:00", "cest": "+02:00",
    "cat": "+02:00", "sast": "+02:00", "eet": "+02:00", "eest": "+03:00", "eat": "+03:00", "msk": "+03:00",
    "pkt": "+05:00", "hkt": "+08:00", "sgt": "+08:00", "jst": "+09:00", "kst": "+09:00", "aest": "+10:00",
    "aedt": "+11:00", "nzst": "+12:00", "nzdt": "+13:00", "edt": "-04:00", "est": "-05:00", "cdt": "-05:00",
    "mdt": "-06:00", "mst": "-07:00", "pdt": "-07:00", "pst": "-08:00", "mesz": "+02:00", "mez": "+01:00",
}  # fmt: skip
"""Time zones whose abbreviation means one offset; IST and ET, which do not, are left out."""

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
_FORMS = (
    re.compile(r"(?<!\d)" + _YEAR + r"-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(
        _DAY + r"[\s\-/]{1,3}(?:de\s|of\s)?\s?" + _MONTH + r"[\s\-/,']{0,3}(?:de[l]?\s)?\s?" + _YEAR, re.I
    ),
    re.compile(r"\b" + _MONTH + r"\s{0,2}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(?:at\s)?" + _YEAR, re.I),
    re.compile(r"(?<!\d)" + _YEAR + r"\s?[年년./]\s?(?P<month>\d{1,2})\s?[月월./]\s?(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?" + _YEAR),
    re.compile(r"(?<![\d/])(?P<day>\d{1,2})[/\-](?P<month>\d{1,2})[/\-]" + _YEAR),
)
_SLASH = _FORMS[-1]
_HINT = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>2[0-3]|[01]?\d)(?!\d)(?:[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,6})?)?)?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?"
    r"\s?\(?(?P<zone>[+\-]\d\d:?\d\d\b|Z\b|[A-Za-z]{3,4}\b)?",
    re.I,
)
_LOOK = 28


class Stamp(NamedTuple):
    """A moment found in a line: wall clock, zone ("+02:00", "Z" or ""), and where in the line it stands."""

    moment: datetime
    zone: str
    start: int
    end: int


def find_dates(text: str) -> list[Stamp]:
    """Find every full date (day, month and year) in a line, with the time of day beside it.

    Parameters
    ----------
    text : str
        A line of a page, or the value of a metadata field.

    Returns
    -------
    list of Stamp
        In the order of the text. A numeric date with slashes is read day first, as most of the world writes
        it, unless only the other order makes a date or the time beside it is given in am and pm.
    """
    if not _HINT.search(text):
        return []
    found: list[Stamp] = []
    taken = bytearray(len(text))
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = match.span()
            if 1 in taken[start:end]:
                continue
            stamp = _stamp(text, match, slash=form is _SLASH)
            if stamp:
                found.append(stamp)
                taken[start:end] = b"\x01" * (end - start)
    return sorted(found, key=lambda stamp: stamp.start)


def _stamp(text: str, match: re.Match[str], *, slash: bool) -> Stamp | None:
    name = match["month"].lower().rstrip(".")
    year, day = int(match["year"]), int(match["day"])
    month = int(name) if name.isdigit() else MONTHS[name]
    hour, minute, second, zone, half = _time_beside(text, match.start(), match.end())
    if slash and (month > 12 or (half and day <= 12)):
        day, month = month, day
    try:
        return Stamp(datetime(year, month, day, hour, minute, second), zone, match.start(), match.end())
    except ValueError:
        return None


def _time_beside(text: str, start: int, end: int) -> tuple[int, int, int, str, bool]:
    """Time of day just after the date, else just before it: hour, minute, second, zone, am/pm given."""
    after = _TIME.search(" " + text[end : end + _LOOK].lstrip("T"))
    if after and after.start() <= 10 and (after["minute"] or after["half"]):
        return _clock(after)
    before = [m for m in _TIME.finditer(text[max(0, start - _LOOK) : start]) if m["minute"] or m["half"]]
    return _clock(before[-1]) if before else (0, 0, 0, "", False)


def _clock(match: re.Match[str]) -> tuple[int, int, int, str, bool]:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = match["zone"] or ""
    if zone[:1] in "+-" and zone:
        zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
        zone = "Z" if zone[1:] == "00:00" else zone
    else:
        zone = ZONES.get(zone.lower(), "")
    return hour, int(match["minute"] or 0), int(match["second"] or 0), zone, bool(half)
