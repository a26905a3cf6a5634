"""Titles: the surest of all comparisons with its interval, or what would have shown."""

import numpy as np
import pandas as pd
import pytest

from clipbook.charts.findings import differ, moves, percent, points, ranged

PAIRS = pd.DataFrame(
    [
        ("ease", "Gull", "Tern", 9.0, 1.0, 17.0, 0.03, 12.0),
        ("ease", "Gull", "Auk", -5.0, -7.0, -3.0, 0.001, 3.0),
        ("ease", "Tern", "Auk", 1.0, -6.0, 8.0, 0.9, 8.0),
    ],
    columns=["outcome", "group", "other", "difference", "low", "high", "q", "detectable"],
)


def test_the_surest_difference_is_stated_not_the_largest():
    assert differ(PAIRS, what="ease") == "Auk is above Gull in ease, by 5.0 (3.0 to 7.0)"


def test_without_a_finding_the_size_is_named_that_every_pair_would_have_shown():
    said = differ(PAIRS.assign(q=0.2), what="ease")
    assert said == "No clear difference in ease between 3 outlets; one of 12.0 would have shown"
    assert differ(PAIRS[:0], what="ease") == "Too few articles to compare ease between outlets"


def test_comparisons_in_which_nothing_varies_tell_nothing():
    unclear = PAIRS.assign(q=1.0)
    assert "one of 8.0 would have shown" in differ(unclear.assign(detectable=[np.nan, 3.0, 8.0]), what="ease")
    assert "nothing that was compared varies" in differ(unclear.assign(detectable=np.nan), what="ease")
    assert "so few articles show none" in differ(unclear.assign(detectable=[3.0, np.inf, 8.0]), what="ease")


def test_an_outcome_is_named_by_what_it_is():
    said = differ(PAIRS, what=lambda name: f"the {name} of reading" if name else "all", kind="papers")
    assert said.startswith("Auk is above Gull in the ease of reading")


def test_a_change_is_stated_with_its_direction_or_as_too_small_to_show():
    rows = pd.DataFrame(
        [
            ("a", 2.0, 1.0, 3.0, 0.01, 1.4),
            ("b", -4.0, -5.0, -3.0, 0.001, 1.4),
            ("c", 9.0, -1.0, 19.0, 0.07, 14.0),
        ],
        columns=["outcome", "slope", "low", "high", "q", "detectable"],
    ).assign(per="30 days")
    named = lambda name: f"use of {name}" if name else "the use"  # noqa: E731
    assert moves(rows, what=named) == "Use of b: down by 4.0 (3.0 to 5.0) in 30 days"
    assert (
        moves(rows[::2].assign(q=0.5), what=named)
        == "No clear change in the use over time; one of 14.0 in 30 days would have shown"
    )
    assert moves(rows.assign(per="a year"), what=named).endswith("by 4.0 (3.0 to 5.0) in a year")
    assert moves(rows.assign(slope=np.nan), what=named).startswith("Too few days")


def test_a_value_without_an_interval_stands_alone():
    assert ranged(5, np.nan, np.nan) == "5.0"


@pytest.mark.parametrize(("show", "text"), [(percent, "12%"), (points, "12 points")])
def test_shares_and_differences_of_shares(show, text):
    assert show(0.12) == text


def test_small_differences_of_shares_keep_a_decimal():
    assert ranged(0.0052, 0.0004, 0.01, points) == "0.5 points (0.0 to 1.0 points)"
    assert ranged(0.04, 0.004, 0.0996, points) == "4.0 points (0.4 to 10 points)"


def test_long_names_leave_room_for_the_numbers():
    long = "The Weekly Advertiser and Shipping Gazette of the Northern Islands"
    said = differ(PAIRS.replace({"Auk": long}), what="ease")
    assert said == "The Weekly Advertiser and Shipping… is above Gull in ease, by 5.0 (3.0 to 7.0)"
