"""Titles: a difference is stated only when the intervals bear it out."""

from math import nan

from clipbook.charts.findings import finding, percent, ranged, trend


def test_a_group_above_all_others_is_named_with_its_interval():
    title = finding(["A", "B"], [0.6, 0.3], [0.5, 0.2], [0.7, 0.4], what="share of words", show=percent)
    assert title == "A has the highest share of words: 60% (50% to 70%)"


def test_overlapping_intervals_are_no_clear_difference():
    title = finding(["A", "B", "C"], [0.5, 0.45, 0.4], [0.4, 0.3, 0.3], [0.6, 0.6, 0.5], what="share")
    assert title == "No clear difference in share between 3 outlets"


def test_a_group_below_all_others_is_named_when_none_stands_above():
    title = finding(["A", "B", "C"], [60, 59, 20], [50, 49, 15], [70, 69, 25], what="ease")
    assert title == "C has the lowest ease: 20.0 (15.0 to 25.0)"


def test_the_ends_of_many_groups_must_lie_further_apart_than_two_alone():
    # Standard error 1 each, 4.0 apart: z = 2.83, beyond 1.96 for two groups, short of 3.27 for twelve
    # (upper 5 % point of the studentized range for 12 groups, 4.62, over the root of 2).
    values = [14.0, *[12.0] * 10, 10.0]
    lows, highs = [value - 1.96 for value in values], [value + 1.96 for value in values]
    names = [f"outlet {number}" for number in range(12)]
    assert finding(names, values, lows, highs, what="ease").startswith("No clear difference")
    pair = finding(names[::11], values[::11], lows[::11], highs[::11], what="ease")
    assert pair.startswith("outlet 0 has the highest ease")


def test_without_intervals_nothing_is_claimed():
    assert finding(["A", "B"], [9, 1], [nan, nan], [nan, nan], what="ease").startswith("Too few articles")


def test_one_group_is_stated_and_none_is_said_to_be_missing():
    assert finding(["A"], [0.5], [0.4], [0.6], what="share", show=percent) == "A: share 50% (40% to 60%)"
    assert finding([], [], [], [], what="share") == "No outlets with a measured share"
    assert finding(["A"], [nan], [nan], [nan], what="share") == "No outlets with a measured share"


def test_a_trend_is_stated_only_when_its_interval_leaves_zero_out():
    assert trend(-1, 2, what="ease", per="month", slope=0.5) == "No clear change in ease over time"
    assert trend(1, 3, what="ease", per="month", slope=2) == "Ease rises by 2.0 (1.0 to 3.0) per month"
    assert trend(-3, -1, what="ease", per="month", slope=-2) == "Ease falls by 2.0 (1.0 to 3.0) per month"
    assert trend(nan, nan, what="ease", per="month", slope=nan).startswith("Too few dates")


def test_a_value_without_an_interval_stands_alone():
    assert ranged(5, nan, nan) == "5.0"


def test_long_names_leave_room_for_the_numbers():
    long = "The Weekly Advertiser and Shipping Gazette of the Northern Islands"
    names = [long, "Sea" * 20]
    title = finding(names, [0.7, 0.2], [0.6, 0.1], [0.8, 0.3], what="share", show=percent)
    assert title == "The Weekly Advertiser and Shipping… has the highest share: 70% (60% to 80%)"
    title = finding(names[1:], [0.2], [0.1], [0.3], what="share", show=percent)
    assert title == f"{'Sea' * 13}S…: share 20% (10% to 30%)"


def test_captures_that_show_no_outlet_are_not_compared_as_if_they_were_one():
    for unknown in ("", "(outlet unknown)"):
        said = finding([unknown, "Gull", "Tern"], [9, 1, 5], [8.5, 0.5, 4.5], [9.5, 1.5, 5.5], what="share")
        assert said == "Tern has the highest share: 5.0 (4.5 to 5.5)"
    assert finding([""], [9.0], [8.5], [9.5], what="share") == "(unknown): share 9.0 (8.5 to 9.5)"
