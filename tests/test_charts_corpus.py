"""Figures of what was read: they say what the table says, and say so when there is nothing to draw."""

import math

import numpy as np
import pandas as pd
import pytest

from clipbook.charts.corpus import kept_chart, page_chart, role_chart, time_chart
from clipbook.charts.style import svg_bytes
from clipbook.schema import TableError

DAYS = pd.to_datetime(["2024-03-04", "2024-03-06", None, "2024-03-05"])
COUNTS = pd.DataFrame(
    {"group": ["Courier"] * 3 + ["Post"], "start": DAYS, "step": "day", "captures": [2, 1, 1, 3]}
)
ROLES = pd.DataFrame(
    {"role": ["body", "navigation", "share"], "kept": [True, False, False], "words": [60, 30, 10],
     "share": [0.6, 0.3, 0.1]}
)  # fmt: skip
SHARES = pd.DataFrame(
    {"group": ["A", "B"], "captures": [9, 9], "share": [0.8, 0.4], "low": [0.75, 0.3], "high": [0.85, 0.5]}
)
LINES = pd.DataFrame(
    {"line": [1, 2, 3], "kept": [False, False, True], "text": ["Home News", "", "The bridge is shut."]}
)


def shown(figure):
    fig, _ = figure
    return " ".join(text.get_text() for text in fig.findobj(lambda item: hasattr(item, "get_text")))


def test_time_chart_counts_captures_outlets_and_what_has_no_date():
    fig, _ = time_chart(COUNTS, source="test")
    assert fig.get_label() == "7 captures of 2 outlets, 4 Mar to 6 Mar 2024; 1 without a date"
    assert "n = 4, 1 undated" in shown((fig, None))


def test_captures_without_an_outlet_are_no_outlet():
    for unknown in ("", "(outlet unknown)"):
        fig, _ = time_chart(COUNTS.replace({"group": {COUNTS["group"].iloc[0]: unknown}}), source="test")
        assert fig.get_label().startswith("7 captures of 1 outlet, ")


def test_time_chart_without_dates_says_how_to_give_them():
    figure = time_chart(COUNTS.assign(start=pd.NaT), source="test")
    assert figure.fig is None and "captures.csv" in figure.nothing


def test_time_chart_sums_up_the_smallest_of_many_groups():
    many = pd.DataFrame(
        {
            "group": [f"Outlet {n:02}" for n in range(40)],
            "start": DAYS[0],
            "step": "day",
            "captures": range(1, 41),
        }
    )
    figure = time_chart(many, source="test")
    assert figure.title == "820 captures of 40 outlets, 4 Mar 2024"
    names = [label.get_text() for label in figure.ax.get_yticklabels()]
    assert names == [f"Outlet {n:02}" for n in range(39, 27, -1)] + ["28 other outlets"]
    assert "n = 406" in shown(figure)  # 1 + 2 + ... + 28
    assert "12 of 40 outlets, the others in one row" in shown(figure).replace("\n", " ")


def test_an_unknown_outlet_is_never_named_as_one_that_keeps_most_or_least():
    unknown = pd.DataFrame(
        {"group": ["(outlet unknown)"], "captures": [40], "share": [0.1], "low": [0.05], "high": [0.2]}
    )
    figure = kept_chart(pd.concat([unknown, SHARES]), source="t")
    assert figure.title == "80% of the words of a page are kept in A, 40% in B"
    names = [label.get_text() for label in figure.ax.get_yticklabels()]
    assert names == ["A (n = 9)", "B (n = 9)", "(outlet unknown) (n = 40)"]


def test_role_chart_states_the_share_of_the_story():
    figure = role_chart(ROLES, source="test")
    assert figure.title == "60% of the captured words are the story, 30% are menus"


def test_kept_chart_says_what_was_kept_and_claims_no_difference():
    close = SHARES.assign(share=[0.6, 0.5], low=[0.4, 0.3], high=[0.8, 0.7])
    assert kept_chart(close, source="t").title == "60% of the words of a page are kept in A, 50% in B"


def test_page_chart_says_where_the_story_stands():
    figure = page_chart(LINES, name="bridge", source="test")
    assert figure.title == "The story stands in lines 3 to 3 of 3: 4 of 6 words kept"


@pytest.mark.parametrize("draw", [role_chart, kept_chart])
def test_nothing_read_is_said_not_drawn(draw):
    empty = (ROLES if draw is role_chart else SHARES).iloc[:0]
    assert "No capture could be read" in draw(empty, source="test").nothing
    assert "No line" in page_chart(LINES.assign(text=""), name="x", source="test").nothing


def test_the_same_table_gives_the_same_bytes_and_hostile_names_stay_text():
    hostile = COUNTS.assign(group="<script>$\\frac{a}{b}$</script>")
    first, second = (svg_bytes(time_chart(hostile, source="$x$").fig) for _ in range(2))
    assert first == second
    assert b"<script" not in first


def test_a_lacking_column_is_named():
    with pytest.raises(TableError, match="captures"):
        time_chart(COUNTS.drop(columns="captures"), source="test")


def test_no_dot_is_higher_than_its_row_and_dots_scaled_down_have_no_numbers():
    starts = pd.to_datetime(["2026-03-02", "2026-03-03"] * 2)
    counts = pd.DataFrame({"group": ["A", "A", "B", "B"], "start": starts, "step": "day"})
    few, ax = time_chart(counts.assign(captures=[2, 3, 1, 4]), source="test")
    assert sorted(text.get_text() for text in ax.texts if text.get_text().isdigit()) == ["2", "3", "4"]
    many, ax = time_chart(counts.assign(captures=[20_000, 3, 1, 40]), source="test")
    heights = [math.sqrt(size) for dots in ax.collections for size in getattr(dots, "get_sizes", list)()]
    assert max(heights) <= 0.36 * 72 + 0.01  # a row is .36 inches high
    assert not any(text.get_text() in ("20000", "40", "3") for text in ax.texts)
    assert "with their number" in shown((few, None)) and "with their number" not in shown((many, None))


@pytest.mark.parametrize(("weeks", "numbers"), [(6, True), (60, False)])
def test_dots_of_following_weeks_do_not_overlap_and_lose_their_numbers_first(weeks, numbers):
    starts = pd.date_range("2026-01-05", periods=weeks, freq="7D")
    counts = pd.DataFrame({"group": "A", "start": starts, "step": "week", "captures": 8})
    figure = time_chart(counts, source="test")
    figure.fig.canvas.draw()
    dots = next(dots for dots in figure.ax.collections if len(dots.get_offsets()) == weeks)
    middle = figure.ax.transData.transform(dots.get_offsets())[:, 0] / figure.fig.dpi * 72
    across = dots.get_sizes()[0] ** 0.5
    assert np.diff(middle).min() >= across - 0.5
    assert ("8" in {text.get_text() for text in figure.ax.texts}) == numbers


def test_captures_and_those_without_a_date_are_written_with_commas():
    starts = pd.to_datetime(["2026-03-02", None])
    counts = pd.DataFrame({"group": "A", "start": starts, "step": "day", "captures": [12_000, 43_551]})
    figure = time_chart(counts, source="test")
    assert "; 43,551 without a date" in figure.title and "43,551 undated" in shown(figure)
