"""When an article was published: dates that fields state, and what the page, its address and its file say together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from clipbook.article.dates import MONTH, MONTHS, YEAR, Stamp, find_dates, offset, settled, two_ways

_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+\-]\d\d:?\d\d)?)?$"
)
_MONTH_ONLY = (
    re.compile(r"(?P<year>(?:19|20)\d\d)[\-/.](?P<month>\d{1,2})$"),
    re.compile(MONTH + r"[\s,\-]{1,2}" + YEAR + "$", re.I),
)
_NUMBER = re.compile(r"\d{5,13}(?:\.\d{1,12})?$")
_EXCEL_START = datetime(1899, 12, 30)
_EXCEL_DAYS = (18_264, 73_050)  # 1950 to 2099
_FIGURES_ALONE = re.compile(r"\d{8}(?:T?\d{4,6}Z?)?$|\d{10}$|\d{13}$")
_EPOCH = datetime(1970, 1, 1)
_EPOCH_SECONDS = (10**8, 4 * 10**9)


def stated_date(value: str) -> tuple[Stamp | None, str]:
    """Read the value of a field or a table's cell that holds a date and nothing else.

    Parameters
    ----------
    value : str
        A date as pages write them, or ``20260325``, ``20260529T101500Z`` or ``...+0200``, the days that spreadsheets count
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
    if value.endswith(".0") and value[:-2].isdigit():
        value = value[:-2]
    if compact := _COMPACT.match(value):
        parts = compact.groupdict()
        try:
            numbers = [int(parts[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
            return Stamp(datetime(*numbers), offset(parts["zone"] or ""), 0, len(value)), ""  # type: ignore[arg-type]
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
        moment = _EPOCH + timedelta(seconds=int(seconds))
        return Stamp(moment, "Z", 0, len(value)), f"the date {value} was read as seconds since 1970"
    return None, ""


_DAYS_APART = 1
FARTHEST_ZONE = timedelta(hours=14)
_IN_ADDRESS = re.compile(
    r"(?<![\d/])/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2}|[a-z]{3})[/-](?P<day>\d{1,2})(?![\d])"
)
_IN_FILE_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")


class Published(NamedTuple):
    """When a page was published, and what says so."""

    stamp: Stamp | None = None
    source: str = ""  # "page: 3 May 2031", "JSON-LD: 2031-05-03T06:00:00Z", ...
    notes: tuple[str, ...] = ()


class Claim(NamedTuple):
    """What one source says of the date."""

    source: str
    text: str
    stamp: Stamp


def claims_of(sources: Sequence[tuple[str, str]]) -> list[Claim]:
    """Read the first date that each source states, given its name and text.

    Sources without a date are left out, as are those that state the day on which computers begin to count.
    """
    read = ((name, text, next(iter(find_dates(text)), _figures_alone(text))) for name, text in sources)
    return [
        Claim(name, text, stamp)
        for name, text, stamp in read
        if stamp and abs(stamp.moment - _EPOCH) > FARTHEST_ZONE
    ]


def _figures_alone(text: str) -> Stamp | None:
    return stated_date(text)[0] if _FIGURES_ALONE.match(text) else None


def address_date(url: str) -> str:
    """Day within an address such as ``/2031/05/03/bridge-shut``, as ISO date; "" when there is none."""
    match = _IN_ADDRESS.search(url[:2_000].lower())
    if not match:
        return ""
    found = find_dates(f"{match['day']} {match['month']} {match['year']}") or find_dates(
        f"{match['year']}-{match['month']}-{match['day']}"
    )
    return found[0].moment.date().isoformat() if found else ""


def file_date(source_file: str) -> str:
    """Day within a file's name such as ``2031-05-03_gazette.txt``; "" when there is none."""
    match = _IN_FILE_NAME.search(source_file.rsplit("/", 1)[-1])
    return match[0] if match and find_dates(match[0]) else ""


def published(shown: Claim | None, stated: Sequence[Claim], url: str, source_file: str) -> Published:
    """Decide when a page was published.

    Parameters
    ----------
    shown : Claim, optional
        The date among the lines of the page.
    stated : sequence of Claim
        What the markup states, the most reliable first.
    url : str
        Address of the page; a day within it counts where nothing else states one, and tells which figure of
        3/4/2026 is the day.
    source_file : str
        Path of the file; a day in its name is the last resort.

    Returns
    -------
    Published
        The day that most sources agree on, of several the first; in the page's own clock where the markup has
        the same moment in UTC. A date that can be read in two ways is left out and its note says so.
    """
    in_address = claims_of([("address", address_date(url))])
    claims = [claim for claim in (*stated, shown) if claim is not None]
    if not claims:
        claims = in_address or claims_of([("file name", file_date(source_file))])
    sure = [other.stamp.moment for other in (*claims, *in_address) if other.stamp.other is None]
    claims = [claim._replace(stamp=settled(claim.stamp, sure)) for claim in claims]
    certain = [claim for claim in claims if claim.stamp.other is None]
    if not certain:
        return _left_out(claims[0]) if claims else Published()
    best = max(certain, key=lambda claim: sum(_same_day(claim, other) for other in certain))
    notes: list[str] = []
    if shown is not None and best is not shown and _other_clock(best.stamp, shown.stamp):
        notes.append(
            f"the day is the one that the page shows; its markup gives {best.stamp.moment:%Y-%m-%d %H:%M} UTC"
        )
        best = next(claim for claim in claims if claim.source == shown.source)
    words = _shown(best)
    if words[:4].isdigit() and "/" in words and max(best.stamp.moment.day, best.stamp.moment.month) <= 12:
        notes.append(f"the date {words!r} was read as year, month and day")
    apart = [other for other in certain if abs(other.stamp.moment - best.stamp.moment).days > _DAYS_APART]
    if apart:
        notes.append(
            f"the page's sources differ on its date: {best.stamp.moment:%Y-%m-%d} ({best.source}) and "
            f"{apart[0].stamp.moment:%Y-%m-%d} ({apart[0].source})"
        )
    if best.source in ("address", "file name"):
        notes.append(f"the date is from the {best.source}: the page states none")
    return Published(best.stamp, f"{best.source}: {words}", tuple(notes))


def _left_out(claim: Claim) -> Published:
    return Published(None, f"{claim.source}: {_shown(claim)}", (two_ways(claim.text, claim.stamp),))


def _shown(claim: Claim) -> str:
    return claim.text[claim.stamp.start : claim.stamp.end] if len(claim.text) > 40 else claim.text.strip()


def _same_day(one: Claim, other: Claim) -> bool:
    return one.stamp.moment.date() == other.stamp.moment.date()


def _other_clock(markup: Stamp, page: Stamp) -> bool:
    """Tell whether the page shows the next or last day because its clock is not that of the markup, UTC."""
    if markup.zone != "Z" or page.other is not None or markup.moment.date() == page.moment.date():
        return False
    if page.moment.hour or page.moment.minute:
        return abs(page.moment - markup.moment) <= FARTHEST_ZONE
    start, end = page.moment, page.moment + timedelta(days=1)
    return (
        start - FARTHEST_ZONE < markup.moment < end + timedelta(hours=12)
        and markup.moment.hour + markup.moment.minute > 0
    )
