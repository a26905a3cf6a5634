"""Figures of quotations: they say what the table says, and say so when there is nothing to draw."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from clipbook.charts.quotes import calibration_chart, camp_chart, share_chart, share_over_time
from clipbook.charts.reading import reading_chart
from clipbook.charts.style import svg_bytes
from clipbook.quotes import calibration
from clipbook.schema import TableError

SHARES = pd.DataFrame(
    {
        "group": ["Lumo Post", "Lumo Post", "Lumo Post", "Quay Times"],
        "speaker": ["Ana Ruiz", "Bo Lind", "unattributed", "Ana Ruiz"],
        "quotes": [7, 2, 1, 5],
        "words": [70, 20, 10, 50],
        "share": [0.7, 0.2, 0.1, 1.0],
        "low": [0.6, 0.1, 0.0, 0.95],
        "high": [0.8, 0.3, 0.2, 1.0],
    }
)
PAIRS = pd.DataFrame(
    [("Ana Ruiz", "Lumo Post", "Quay Times", -0.3, -0.5, -0.1, 0.01, 0.2)],
    columns=["speaker", "group", "other", "difference", "low", "high", "q", "detectable"],
)
CHANGE = pd.DataFrame(
    {
        "speaker": ["Ana Ruiz"],
        "slope": 0.5,
        "low": 0.3,
        "high": 0.7,
        "q": 0.01,
        "detectable": 0.2,
        "per": "30 days",
    }
)
BODY = "Storm ahead.\n\n“We stay in port today,” said Ana Ruiz."
QUOTES = pd.DataFrame(
    {
        "capture_id": ["a"], "start": [15], "end": [37], "kind": ["direct"], "speaker": ["Ana Ruiz"], "words": [5],
    }
)  # fmt: skip
ARTICLES = pd.DataFrame({"capture_id": ["a"], "headline": ["Storm"], "body": [BODY]})


def shown(fig: Any) -> str:
    return " ".join(text.get_text() for text in fig.findobj(lambda item: hasattr(item, "get_text")))


def texts(fig: Any) -> list[str]:
    return [text.get_text() for text in fig.findobj(lambda item: hasattr(item, "get_text"))]


def test_shares_a_row_a_speaker_and_a_column_a_group() -> None:
    fig, ax = share_chart(SHARES, PAIRS, source="test")
    said = "Ana Ruiz: 100% of the quoted words in Quay Times, 70% in Lumo Post; a difference of 30 points (10 to 50 points)"
    assert fig.get_label() == said
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Ana Ruiz", "Bo Lind", "unattributed"]
    assert {"Lumo Post", "Quay Times", "100 words", "50 words", "70%", "20%", "10%", "100%"} <= set(
        texts(fig)
    )


def test_a_title_without_a_clear_difference_speaks_of_the_speakers_that_are_shown() -> None:
    speakers = [f"Person {number}" for number in range(12)]
    shares = pd.DataFrame(
        [(group, name, 99 - place) for group in ("North", "South") for place, name in enumerate(speakers)],
        columns=["group", "speaker", "words"],
    ).assign(quotes=9, share=0.08, low=0.05, high=0.1)
    unclear = pd.DataFrame({"speaker": speakers, "group": "North", "other": "South", "q": 0.9})
    unclear = unclear.assign(difference=0.0, low=-0.2, high=0.2, detectable=[0.14] + [0.12] * 10 + [0.34])
    made = share_chart(shares, unclear, source="test")
    assert made.title.endswith("one of 14 points would have shown")


def test_camps_that_no_speaker_has_make_no_figure_and_nobody_is_no_finding() -> None:
    none = SHARES.assign(speaker="unattributed")
    made = camp_chart(none, PAIRS, column="party", source="test")
    assert made.fig is None and "speakers.csv, in a column party" in made.nothing
    sides = SHARES.replace({"Ana Ruiz": "not listed", "Bo Lind": "residents"})
    pairs = PAIRS.replace({"Ana Ruiz": "not listed"})
    unlisted = camp_chart(sides, pairs, column="camp", source="test", kind="outlets")
    assert unlisted.title == "Too few articles to compare shares of quoted words between outlets"
    named = camp_chart(
        sides.replace({"not listed": "city"}),
        pairs.replace({"not listed": "city"}),
        column="camp",
        source="t",
    )
    assert named.title.startswith("City: 100% of the quoted words in Quay Times, 70% in Lumo Post; ")


def many_groups(count: int) -> pd.DataFrame:
    rows = [
        (f"Paper {n:02}", "Ana Ruiz", 5, 100 - n, 1.0, *((0.9, 1.0) if n % 2 == 0 else (np.nan, np.nan)))
        for n in range(count)
    ]
    return pd.DataFrame(rows, columns=list(SHARES.columns))


def test_of_many_groups_twelve_that_have_intervals_stand_in_rows_and_the_others_are_one() -> None:
    fig, ax = share_chart(many_groups(30), PAIRS[:0], source="test", kind="outlets")
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == [f"Paper {n:02}" for n in range(0, 24, 2)] + ["18 other outlets"]
    assert "Ana Ruiz" in texts(fig)


def test_groups_that_share_no_speaker_show_each_its_own() -> None:
    own = many_groups(4).assign(speaker=["Ana Ruiz", "Bo Lind", "Cy Moe", "Di Ray"], low=0.9, high=1.0)
    figure = share_chart(own, PAIRS[:0], source="test", kind="outlets")
    assert figure.title == "Little is shared: 4 of 4 outlets quote most somebody whom no other of them quotes"
    assert "Cy Moe, 100%" in texts(figure.fig)


def test_bars_bands_and_values_stay_within_their_column() -> None:
    wide = many_groups(4).assign(share=[0.02, 0.98, 1.0, 0.5], low=0.0, high=1.0)
    fig, ax = share_chart(wide, PAIRS[:0], source="test")
    fig.canvas.draw()
    right = ax.get_window_extent().x1
    labels = [text for text in ax.texts if text.get_text().endswith("%")]
    assert len(labels) == 4
    assert all(text.get_window_extent().x1 <= right for text in labels)
    for place, text in enumerate(labels[:-1]):
        edge = ax.transData.transform((place + 1, 0))[0]
        assert text.get_window_extent().x1 < edge


def test_one_group_and_many_speakers() -> None:
    many = pd.DataFrame(
        {"group": "a", "speaker": [f"Speaker {n:02}" for n in range(20)], "words": 5, "share": 0.05, "low": 0.0,
         "high": 0.1}
    )  # fmt: skip
    fig, _ = share_chart(many, PAIRS[:0], source="test")
    assert "everyone else" in shown(fig)
    assert "60%" in shown(fig)  # 12 of 20 are summed up


def test_a_row_of_a_group_holds_whom_the_title_names_and_sums_to_all() -> None:
    """Seven outlets with six speakers of 15 % and 10 % in doubt: four have columns, everyone else 40 %."""
    said = [(group, speaker) for group in "abcdefg" for speaker in ["Ash", "Bay", "Cox", "Dow", "Elm", "Fry"]]
    shares = pd.DataFrame(said, columns=["group", "speaker"]).assign(words=15, share=0.15, low=0.1, high=0.2)
    doubtful = pd.DataFrame(
        {"group": list("abcdefg"), "speaker": "unsure", "words": 10, "share": 0.1, "low": 0.1, "high": 0.1}
    )
    found = PAIRS[:1].assign(speaker="Fry", group="a", other="b", difference=0.1, low=0.05, high=0.15, q=0.01)
    fig, _ = share_chart(pd.concat([shares, doubtful]), found, source="test")
    assert "Fry" in shown(fig)
    assert "40%" in shown(fig)


def test_no_quotations_is_said() -> None:
    assert "No quotation was found" in share_chart(SHARES[:0], PAIRS[:0], source="test").nothing
    assert "captures.csv" in share_over_time(SHARES[:0], CHANGE, source="test").nothing
    assert "Nobody is quoted" in reading_chart(ARTICLES, QUOTES[:0], source="test").nothing


def test_over_time_states_the_slope_not_the_ends() -> None:
    days = pd.to_datetime(["2031-05-01", "2031-06-01"])
    table = pd.DataFrame(
        {"group": days, "speaker": "Ana Ruiz", "quotes": [1, 4], "words": [10, 40], "share": [0.1, 0.6], "low": [0.0, 0.4],
         "high": [0.3, 0.8]}
    )  # fmt: skip
    said = share_over_time(table, CHANGE, source="test").title
    assert said == "The share of quoted words for Ana Ruiz: up by 50 points (30 to 70 points) in 30 days"
    unclear = share_over_time(table, CHANGE.assign(q=0.4), source="test").title
    assert (
        unclear
        == "No clear change in shares of quoted words over time; one of 20 points in 30 days would have shown"
    )
    few = share_over_time(table, CHANGE.assign(slope=np.nan, q=np.nan), source="test").title
    assert few.startswith("Too few days")


def test_reading_view_colours_the_speakers_words() -> None:
    fig, ax = reading_chart(ARTICLES, QUOTES, source="test")
    assert fig.get_label() == "Ana Ruiz speaks 5 of 5 quoted words"
    assert "Storm: the article's text" in shown(fig)
    coloured = [text.get_text() for text in ax.texts if text.get_weight() == "bold"]
    assert coloured == ["● Ana Ruiz", "● “We", "stay", "in", "port", "today,”"]


def test_calibration_is_drawn_from_what_is_shipped() -> None:
    table = calibration()
    assert {"confidence", "right", "low", "high", "quotes"} <= set(table.columns)
    assert ((table["low"] <= table["right"]) & (table["right"] <= table["high"])).all()
    fig, _ = calibration_chart(table, source="test")
    assert fig.get_label().startswith("Where clipbook is 80% sure of a speaker or more,")


def test_same_table_same_bytes() -> None:
    assert svg_bytes(share_chart(SHARES, PAIRS, source="t").fig) == svg_bytes(
        share_chart(SHARES, PAIRS, source="t").fig
    )


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="low"):
        share_chart(SHARES.drop(columns="low"), PAIRS, source="test")


def test_words_without_a_speaker_are_no_speaker() -> None:
    fig, _ = reading_chart(ARTICLES, QUOTES.assign(speaker="unattributed"), source="test")
    assert fig.get_label() == "No speaker is named for the 5 quoted words"


def test_where_one_group_alone_has_three_articles_the_title_speaks_of_that_one() -> None:
    few = SHARES.assign(low=SHARES["low"].where(SHARES["group"] == "Lumo Post"))
    figure = share_chart(few, PAIRS[:0], source="test", kind="outlets")
    assert (
        figure.title
        == "Ana Ruiz has 70% (60% to 80%) of the quoted words in Lumo Post, more than anyone else who is named"
    )
