"""Dates that fields and cells of tables state, by themselves and in figures of many kinds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from clipbook.article.dates import MONTH, MONTHS, YEAR, Stamp, find_dates

_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?(?P<zone>Z?)$"
)
_MONTH_ONLY = (
    re.compile(r"(?P<year>(?:19|20)\d\d)[\-/.](?P<month>\d{1,2})$"),
    re.compile(MONTH + r"[\s,\-]{1,2}" + YEAR + "$", re.I),
)
_NUMBER = re.compile(r"\d{5,13}(?:\.\d{1,12})?$")
_EXCEL_START = datetime(1899, 12, 30)
_EXCEL_DAYS = (18_264, 73_050)  # 1950 to 2099
_EPOCH_SECONDS = (10**8, 4 * 10**9)


def stated_date(value: str) -> tuple[Stamp | None, str]:
    """Read the value of a field or a table's cell that holds a date and nothing else.

    Parameters
    ----------
    value : str
        A date as pages write them, or ``20260325``, ``20260529T101500Z``, the days that spreadsheets count
        from 1900 (46106), seconds or milliseconds since 1970, or a month ("June 2026", "2026-06").

    Returns
    -------
    Stamp or None
        None when the value is no date. A month is given as its first day.
    str
        What a reader should know of the reading, for the notes; "" when there is nothing.

    Examples
    --------
    >>> stated_date("46106")[0].moment
    datetime.datetime(2026, 3, 25, 0, 0)
    >>> stated_date("June 2026")[1]
    "the date 'June 2026' names a month and no day: its first day stands for it"
    """
    value = value.strip()
    if compact := _COMPACT.match(value):
        parts = compact.groupdict()
        try:
            numbers = [int(parts[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
            return Stamp(datetime(*numbers), parts["zone"], 0, len(value)), ""  # type: ignore[arg-type]
        except ValueError:
            pass
    if _NUMBER.match(value):
        return _counted(value)
    found = find_dates(value)
    if found:
        return found[0], ""
    for form in _MONTH_ONLY:
        if (match := form.match(value)) and (stamp := _month(match)):
            return (
                stamp,
                f"the date {value!r} names a month and no day: its first day stands for it",
            )
    return None, ""


def _month(match: re.Match[str]) -> Stamp | None:
    name = match["month"].lower().rstrip(".")
    month = int(name) if name.isdigit() else MONTHS[name]
    if not 1 <= month <= 12:
        return None
    return Stamp(datetime(int(match["year"]), month, 1), "", match.start(), match.end())


def _counted(value: str) -> tuple[Stamp | None, str]:
    """Read days since 1900 as spreadsheets count them, or seconds or milliseconds since 1970."""
    number = float(value)
    if _EXCEL_DAYS[0] <= number <= _EXCEL_DAYS[1]:
        moment = _EXCEL_START + timedelta(seconds=round(number * 86_400))
        return Stamp(
            moment, "", 0, len(value)
        ), f"the date {value} was read as a spreadsheet's number of days"
    seconds = number / 1000 if number >= _EPOCH_SECONDS[1] else number
    if _EPOCH_SECONDS[0] <= seconds < _EPOCH_SECONDS[1]:
        moment = datetime(1970, 1, 1) + timedelta(seconds=int(seconds))
        return Stamp(moment, "Z", 0, len(value)), f"the date {value} was read as seconds since 1970"
    return None, ""
