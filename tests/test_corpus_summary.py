"""What was read, summed up: every count can be checked by hand."""

import pandas as pd
import pytest

from clipbook.corpus import (
    captures_over_time,
    copies,
    kept_by_group,
    missing_fields,
    pages_to_check,
    words_by_role,
)


def articles(**columns):
    size = len(next(iter(columns.values())))
    plain = {"outlet": "Courier", "headline": "A headline", "authors": "Ana Ruiz", "published": "2024-03-04",
             "url": "https://a.example", "language": "en", "words": 300, "kept_share": 0.6, "status": "ok",
             "paywalled": False, "notes": "", "duplicate_of": "", "format": "text"}  # fmt: skip
    table = pd.DataFrame(
        {"capture_id": [f"a{n}" for n in range(size)]} | {k: [v] * size for k, v in plain.items()}
    )
    table = table.assign(**columns)
    return table.assign(published=pd.to_datetime(table["published"], format="ISO8601"))


def test_captures_are_counted_by_group_and_day():
    table = articles(
        outlet=["Post", "Courier", "Courier", "Courier", ""],
        published=["2024-03-04", "2024-03-04 18:00", "2024-03-04 07:00", None, "2024-03-05"],
    )
    counted = captures_over_time(table)
    assert counted["group"].tolist() == ["(outlet unknown)", "Courier", "Courier", "Post"]
    assert counted["captures"].tolist() == [1, 2, 1, 1]
    assert counted["start"].tolist()[1] == pd.Timestamp("2024-03-04")
    assert counted["start"].isna().tolist() == [False, False, True, False]


@pytest.mark.parametrize(
    ("last", "step"), [("2024-03-20", "day"), ("2024-09-01", "week"), ("2029-01-01", "month")]
)
def test_long_periods_are_counted_in_longer_steps(last, step):
    counted = captures_over_time(articles(published=["2024-03-04", last]))
    assert counted["step"].unique().tolist() == [step]
    assert counted["captures"].sum() == 2


def test_undated_captures_are_counted_too():
    assert captures_over_time(articles(published=[None, None]))["captures"].tolist() == [2]


def test_words_are_counted_by_role():
    lines = pd.DataFrame(
        [
            ("body", True, "one two three"),
            ("body", True, "four"),
            ("navigation", False, "Home News"),
            ("blank", False, ""),
        ],
        columns=["role", "kept", "text"],
    )
    assert words_by_role([lines.iloc[:2], lines.iloc[2:]]).to_dict("records") == [
        {"role": "body", "kept": True, "lines": 2, "words": 4, "share": 4 / 6},
        {"role": "navigation", "kept": False, "lines": 1, "words": 2, "share": 2 / 6},
    ]
    assert words_by_role([lines.iloc[:0]]).empty


def test_mean_share_kept_carries_the_interval_of_student():
    kept = kept_by_group(articles(outlet=["A", "A", "A", "B"], kept_share=[0.5, 0.6, 0.7, 0.9]))
    assert kept["group"].tolist() == ["B", "A"]
    assert kept["captures"].tolist() == [1, 3]
    # mean .6, standard error .1 / sqrt 3 = .0577, t with 2 degrees of freedom 4.303: .6 -/+ .248
    assert kept.loc[1, ["share", "low", "high"]].tolist() == pytest.approx([0.6, 0.352, 0.848], abs=0.001)
    assert kept.loc[0, ["low", "high"]].isna().all()


def test_each_reason_to_look_at_a_page_is_given():
    table = articles(
        status=["ok", "thin", "failed", "duplicate", "ok", "ok"],
        headline=["", "x", "", "", "x", "x"],
        published=[None, "2024-03-04", None, None, "2024-03-04", "2024-03-04"],
        paywalled=[False, True, False, False, False, False],
        notes=["", "", "the file is empty", "", "1 line of misread UTF-8 repaired", ""],
    )
    checked = pages_to_check(table)
    assert dict(zip(checked["capture_id"], checked["why"], strict=True)) == {
        "a0": "no headline; no date",
        "a1": "thin; cut off by a paywall",
        "a2": "not read; the file is empty",
        "a4": "1 line of misread UTF-8 repaired",
    }


def test_an_unusual_share_is_seen_among_enough_pages_of_one_format():
    shares = [0.58, 0.6, 0.62, 0.61, 0.59, 0.6, 0.63, 0.57, 0.1]
    assert pages_to_check(articles(kept_share=shares))["capture_id"].tolist() == ["a8"]
    assert pages_to_check(articles(kept_share=shares[-4:])).empty
    assert pages_to_check(articles(kept_share=shares, format=["text"] * 8 + ["html"])).empty


def test_copies_stand_beside_their_originals():
    table = articles(outlet=["Wire", "Post"], status=["ok", "duplicate"], duplicate_of=["", "a0"])
    [copy] = copies(table).to_dict("records")
    assert (copy["capture_id"], copy["outlet"], copy["duplicate_of"], copy["original_outlet"]) == (
        "a1", "Post", "a0", "Wire"
    )  # fmt: skip


def test_missing_fields_are_counted_by_group():
    table = articles(
        headline=["", "x", ""], published=[None, None, "2024-03-04"], status=["ok", "ok", "failed"]
    )
    assert missing_fields(table).to_dict("records") == [
        {
            "group": "Courier",
            "captures": 2,
            "headline": 1,
            "authors": 0,
            "published": 2,
            "url": 0,
            "language": 0,
        }
    ]


def test_every_summary_stands_an_empty_corpus():
    none = articles(status=["ok"]).iloc[:0]
    assert captures_over_time(none).empty
    assert kept_by_group(none).empty
    assert pages_to_check(none).empty
    assert copies(none).empty
    assert missing_fields(none).empty
