"""Dates as news pages write them; every expected moment is read off the text by hand."""

from __future__ import annotations

from datetime import datetime

import pytest

from clipbook.article.dates import find_dates, order_of, turned
from clipbook.article.published import stated_date


@pytest.mark.parametrize(
    ("text", "moment", "zone"),
    [
        ("2031-02-14T16:15:30Z", datetime(2031, 2, 14, 16, 15, 30), "Z"),
        ("2031-02-14 16:15:30.250000+02:00", datetime(2031, 2, 14, 16, 15, 30), "+02:00"),
        ("2031-02-14T23:30:00-05:00", datetime(2031, 2, 14, 23, 30), "-05:00"),
        ("2031-02-14 20:05", datetime(2031, 2, 14, 20, 5), ""),
        ("Published 16 September 2031 9:33pm", datetime(2031, 9, 16, 21, 33), ""),
        ("17:41 JST, October 13, 2031", datetime(2031, 10, 13, 17, 41), "+09:00"),
        ("11:48, Thu, Jul 18, 2031", datetime(2031, 7, 18, 11, 48), ""),
        ("Friday 22 November 2031 08:49 GMT", datetime(2031, 11, 22, 8, 49), "Z"),
        ("PUBLISHED FRI, APR 28 20312:23 PM EDT", datetime(2031, 4, 28, 14, 23), "-04:00"),
        ("April 28 2031, 12:04 a.m.", datetime(2031, 4, 28, 0, 4), ""),
        ("3. Mai 2031, 15:44 Uhr", datetime(2031, 5, 3, 15, 44), ""),
        ("le 1er mars 2031 à 18h05", datetime(2031, 3, 1, 18, 5), ""),
        ("2 de mayo de 2031", datetime(2031, 5, 2), ""),
        ("4 czerwca 2031, 06:45", datetime(2031, 6, 4, 6, 45), ""),
        ("4 июня 2031", datetime(2031, 6, 4), ""),
        ("4. marts 2031", datetime(2031, 3, 4), ""),
        ("03.05.2031", datetime(2031, 5, 3), ""),
        ("2031年10月13日", datetime(2031, 10, 13), ""),
        ("21/05/2031", datetime(2031, 5, 21), ""),
        ("05/21/2031", datetime(2031, 5, 21), ""),
        ("12.16.14", datetime(2014, 12, 16), ""),
        ("19.01.2020", datetime(2020, 1, 19), ""),
        ("14 January '15", datetime(2015, 1, 14), ""),
        ("29-May-26", datetime(2026, 5, 29), ""),
        ("9 Apr 26", datetime(2026, 4, 9), ""),
        ("Fri 9 Jan 26, 10:15", datetime(2026, 1, 9, 10, 15), ""),
        ("Sport | 30 Jun 25", datetime(2025, 6, 30), ""),
        ("2031/3/14", datetime(2031, 3, 14), ""),
        ("11/20/31 6:38 AM", datetime(2031, 11, 20, 6, 38), ""),
        ("Ana RuizMar 10, 2031", datetime(2031, 3, 10), ""),
        ("Sept. 5, 2031 | 5:00 a.m.", datetime(2031, 9, 5, 5, 0), ""),
        ("Fri Mar 14 06:12:00 +0000 2031", datetime(2031, 3, 14, 6, 12), "Z"),
    ],
)
def test_one_date(text: str, moment: datetime, zone: str) -> None:
    (stamp,) = find_dates(text)
    assert (stamp.moment, stamp.zone) == (moment, zone)


def test_a_time_of_the_united_states_beside_figures_says_that_the_month_is_first() -> None:
    [stamp] = find_dates("04/09/2031 08:15 AM EDT")
    assert (stamp.moment, stamp.other) == (datetime(2031, 4, 9, 8, 15), None)


def test_figures_that_do_not_tell_the_day_have_two_readings() -> None:
    (stamp,) = find_dates("Published 3/4/2031")
    assert (stamp.moment, stamp.other) == (datetime(2031, 4, 3), datetime(2031, 3, 4))
    assert turned(stamp, order_of(find_dates("Updated 25/3/2031"))).moment == datetime(2031, 4, 3)
    assert turned(stamp, order_of(find_dates("3/25/2031 and 4/30/2031"))).moment == datetime(2031, 3, 4)
    assert turned(stamp, order_of(find_dates("3/25/2031 and 25/3/2031"))).other is not None


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("20310325", datetime(2031, 3, 25)),
        ("20310529T101500Z", datetime(2031, 5, 29, 10, 15)),
        ("20310529T101500-0300", datetime(2031, 5, 29, 10, 15)),
        ("20310325.0", datetime(2031, 3, 25)),
        ("46106", datetime(2026, 3, 25)),
        ("46106.5", datetime(2026, 3, 25, 12)),
        ("1774418400", datetime(2026, 3, 25, 6)),
        ("1774418400000", datetime(2026, 3, 25, 6)),
        ("June 2031", datetime(2031, 6, 1)),
        ("2031-06", datetime(2031, 6, 1)),
    ],
)
def test_one_date_in_a_cell(value: str, moment: datetime) -> None:
    stamp, _ = stated_date(value)
    assert stamp is not None
    assert stamp.moment == moment


@pytest.mark.parametrize("value", ["", "2031", "12345", "nan", "20319999", "2031-99"])
def test_no_date_in_a_cell(value: str) -> None:
    assert stated_date(value)[0] is None


def test_two_dates_of_a_line_come_in_order() -> None:
    found = find_dates("Published November 18, 2031 9:26pm Updated November 19, 2031 4:23pm")
    assert [stamp.moment for stamp in found] == [
        datetime(2031, 11, 18, 21, 26),
        datetime(2031, 11, 19, 16, 23),
    ]


@pytest.mark.parametrize(
    "text", ["", "5 hours ago", "September 7", "in 2031", "31 February 2031", "Room 2031-99-99"]
)
def test_no_full_date_gives_none(text: str) -> None:
    assert find_dates(text) == []
