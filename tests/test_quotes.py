"""Shares, voices, one name a person, and corrections, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from clipbook.quotes import (
    apply_fixes,
    apply_speakers,
    concentration,
    leading_speakers,
    of_article,
    quote_share,
    quoted_part,
    quoted_part_by,
    quotes_to_check,
    share_changes,
    share_contrasts,
    with_period,
)
from clipbook.schema import TableError

ARTICLES = pd.DataFrame(
    {
        "capture_id": ["a", "b", "c"],
        "outlet": ["Lumo Post", "Lumo Post", "Quay Times"],
        "words": [100, 60, 0],
        "published": pd.to_datetime(["2031-05-02", "2031-06-09", None]),
    }
)


def table(*rows: tuple) -> pd.DataFrame:
    columns = ["capture_id", "start", "text", "words", "kind", "speaker", "rule", "confidence"]
    said = pd.DataFrame(rows, columns=columns)
    return said.assign(probability=said["confidence"])


QUOTES = table(
    ("a", 5, "We sail at dawn, all of us.", 7, "direct", "Ana Ruiz", "verb before speaker", 1.0),
    ("a", 90, "dawn", 1, "scare", "unattributed", "no speech: a term or scare quotes", 0.9),
    ("a", 120, "No.", 1, "direct", "Bo Lind", "speaker before verb", 1.0),
    ("b", 9, "late again", 2, "mixed", "unattributed", "speaker not named", 0.5),
)


def test_share_counts_words_and_keeps_the_unattributed() -> None:
    shares = quote_share(QUOTES, ARTICLES, by="outlet").set_index("speaker")
    assert shares["words"].to_dict() == {"Ana Ruiz": 7, "unattributed": 2, "Bo Lind": 1}
    assert shares["share"].to_dict() == {"Ana Ruiz": 0.7, "unattributed": 0.2, "Bo Lind": 0.1}
    assert set(shares["group"]) == {"Lumo Post"}


def test_share_by_article_sums_to_one() -> None:
    shares = quote_share(QUOTES, ARTICLES)
    assert shares.groupby("group")["share"].sum().to_dict() == {"a": 1.0, "b": 1.0}
    assert shares.iloc[0].to_dict() == {
        "group": "a", "speaker": "Ana Ruiz", "quotes": 1, "words": 7, "share": 7 / 8, "low": 7 / 8, "high": 7 / 8,
    }  # fmt: skip


def test_a_doubtful_speaker_widens_the_interval() -> None:
    sure = quote_share(QUOTES, ARTICLES[:1]).iloc[0]
    doubtful = quote_share(QUOTES.assign(probability=0.6), ARTICLES[:1]).iloc[0]
    assert sure["low"] == sure["high"] == pytest.approx(7 / 8)
    assert doubtful["low"] < 7 / 8 <= doubtful["high"]


def test_the_interval_holds_the_share_however_doubtful_the_speakers_are() -> None:
    rows = [("a", n, "No.", 1, "direct", "Ana Ruiz", "colon", 0.5) for n in range(40)]
    only = quote_share(table(*rows), ARTICLES).iloc[0]
    assert (only["share"], only["high"]) == (1.0, 1.0)
    assert only["low"] < 0.6


def test_share_is_the_same_on_every_run() -> None:
    doubtful = QUOTES.assign(probability=0.7)
    pd.testing.assert_frame_equal(
        quote_share(doubtful, ARTICLES, by="outlet"), quote_share(doubtful, ARTICLES, by="outlet")
    )


def test_share_of_no_quotations_has_the_columns() -> None:
    empty = quote_share(QUOTES[:0], ARTICLES)
    assert list(empty.columns) == ["group", "speaker", "quotes", "words", "share", "low", "high"]
    assert empty.empty


def test_share_says_which_column_is_missing() -> None:
    with pytest.raises(TableError, match="probability"):
        quote_share(QUOTES.drop(columns="probability"), ARTICLES)


def test_share_by_a_camp() -> None:
    camps = QUOTES.assign(camp=["crew", "", "city", None])
    shares = quote_share(camps, ARTICLES, by="outlet", speaker="camp").set_index("speaker")["words"].to_dict()
    assert shares == {"crew": 7, "city": 1, "unattributed": 2}


def test_concentration() -> None:
    shares = pd.DataFrame(
        {"group": "g", "speaker": ["A", "B", "C", "unattributed"], "words": [50, 30, 20, 100]}
    )
    row = concentration(shares).iloc[0]
    # of 100 attributed words A holds 50: one speaker holds half; 1 / (.25 + .09 + .04) = 2.63
    assert (row["speakers"], row["half"], row["unattributed"]) == (3, 1, 0.5)
    assert row["effective"] == pytest.approx(2.6316, abs=1e-4)


def test_nobody_known_gives_no_number() -> None:
    row = concentration(pd.DataFrame({"group": ["g"], "speaker": ["unattributed"], "words": [9]})).iloc[0]
    assert pd.isna(row["half"])
    assert pd.isna(row["effective"])
    assert row["unattributed"] == 1


def test_quoted_part() -> None:
    parts = quoted_part(QUOTES, ARTICLES)
    assert parts["quoted_words"].tolist() == [8, 2, 0]
    assert parts["quoted_part"].tolist()[:2] == [0.08, pytest.approx(2 / 60)]
    assert pd.isna(parts["quoted_part"][2])
    by = quoted_part_by(parts, ARTICLES, by="outlet")
    assert by["group"].tolist() == ["Lumo Post"]
    assert by["part"][0] == pytest.approx(10 / 160)
    assert by[["low", "high"]].isna().all(axis=None)  # two articles give no interval


THREE = pd.DataFrame({"capture_id": ["a", "b", "c"], "outlet": "Post", "words": 10})


def test_the_quoted_part_of_three_articles_is_as_uncertain_as_three_articles_are() -> None:
    [row] = quoted_part_by(THREE.assign(quoted_words=[4, 5, 6]), THREE).to_dict("records")
    # Standard error .0577, t of two degrees of freedom 4.303: .2484; over the share .4969, and e ** .4969 = 1.644
    assert (row["low"], row["high"]) == (
        pytest.approx(0.5 / 1.644, abs=1e-3),
        pytest.approx(0.5 * 1.644, abs=1e-3),
    )


def said_by_two(*words: int) -> pd.DataFrame:
    rows = []
    for name, own in zip("abc", words, strict=False):
        for speaker, length in (("Ana Ruiz", own), ("Bo Lind", 10 - own)):
            rows.append((name, len(rows), "No.", length, "direct", speaker, "colon", 1.0))
    return table(*rows)


def test_the_share_in_three_articles_is_as_uncertain_as_three_articles_are() -> None:
    ana = quote_share(said_by_two(4, 5, 6), THREE, by="outlet").set_index("speaker").loc["Ana Ruiz"]
    # Standard error .1 / 3 ** .5 = .0577; .25 / .00333 = 75 tosses of a coin, by Student's t as good as
    # 75 * (1.960 / 4.303) ** 2 = 15.6; tabled bounds of Clopper and Pearson for 8 of 16: .247 and .753.
    assert (ana["low"], ana["high"]) == (pytest.approx(0.247, abs=6e-3), pytest.approx(0.753, abs=6e-3))
    far = quote_share(said_by_two(1, 5, 9), THREE, by="outlet")
    assert (far["low"] < 0.02).all() and (far["high"] > 0.98).all()


def test_an_interval_stands_about_the_share_as_counted_and_is_wider_where_speakers_are_in_doubt() -> None:
    said = said_by_two(4, 5, 6)
    sure, doubtful = (
        quote_share(said.assign(probability=p), THREE, by="outlet").set_index("speaker").loc["Ana Ruiz"]
        for p in (1.0, 0.8)
    )
    assert doubtful["share"] == 0.5
    assert doubtful["low"] < sure["low"] < 0.5 < sure["high"] < doubtful["high"]
    assert doubtful["low"] == pytest.approx(1 - doubtful["high"], abs=1e-6)


def test_shares_of_two_outlets_are_compared_by_article_and_rise_with_time() -> None:
    rows = []
    for number in range(24):
        own = (3, 4, 5)[number % 3] if number % 2 else (8, 7, 6)[number % 3]
        for speaker, words in (("Ana Ruiz", own), ("Bo Lind", 10 - own)):
            rows.append((f"c{number}", 0, "No.", words, "direct", speaker, "colon", 1.0))
    articles = pd.DataFrame({"capture_id": [f"c{n}" for n in range(24)], "outlet": ["Post", "Star"] * 12})
    articles["published"] = pd.date_range("2031-05-01", periods=24)
    [row] = share_contrasts(table(*rows), articles, "outlet", ["Ana Ruiz"]).to_dict("records")
    # 8, 7 and 6 of 10, and 4, 5 and 3 of 10 words in turn, four times each: .7 and .4
    assert (row["group"], row["value"], row["other_value"]) == (
        "Post",
        pytest.approx(0.7),
        pytest.approx(0.4),
    )
    assert row["low"] < 0.3 < row["high"] and row["q"] < 0.001
    [change] = share_changes(table(*rows), articles, ["Ana Ruiz"]).to_dict("records")
    assert change["q"] > 0.05  # either outlet goes on as it was


def test_two_articles_do_not_speak_for_an_outlet() -> None:
    shares = quote_share(said_by_two(4, 6), THREE, by="outlet")  # the third article quotes nobody
    assert shares["share"].tolist() == [0.5, 0.5]
    assert shares[["low", "high"]].isna().all(axis=None)
    assert quote_share(said_by_two(4, 6), THREE)["low"].notna().all()


def test_least_certain_first() -> None:
    check = quotes_to_check(QUOTES, most=2)
    assert check["text"].tolist() == ["late again", "We sail at dawn, all of us."]


def test_of_article_takes_the_one_with_most_quoted_words() -> None:
    assert set(of_article(QUOTES)["capture_id"]) == {"a"}
    assert set(of_article(QUOTES, "b")["capture_id"]) == {"b"}
    with pytest.raises(TableError, match="'z'"):
        of_article(QUOTES, "z")


def test_periods_leave_out_undated_articles() -> None:
    dated = with_period(ARTICLES, "month")
    assert dated["period"].dt.strftime("%Y-%m-%d").tolist() == ["2031-05-01", "2031-06-01"]


def test_speakers_table_renames_and_adds_columns() -> None:
    listed = pd.DataFrame(
        {"alias": ["ana ruiz", "Bo Lind"], "speaker": ["Ana María Ruiz", "Bo Lind"], "camp": ["crew", ""]}
    )
    out = apply_speakers(QUOTES, listed)
    assert out["speaker"].tolist() == ["Ana María Ruiz", "unattributed", "Bo Lind", "unattributed"]
    assert out["camp"].tolist() == ["crew", "unattributed", "not listed", "unattributed"]
    assert apply_speakers(QUOTES, None) is QUOTES


def test_speakers_table_with_two_answers_is_refused() -> None:
    listed = pd.DataFrame({"alias": ["Ruiz", "ruiz"], "speaker": ["Ana Ruiz", "Pablo Ruiz"]})
    with pytest.raises(TableError, match=r"Ana Ruiz \(row 0\), Pablo Ruiz \(row 1\)"):
        apply_speakers(QUOTES, listed)


def test_fixes_correct_speaker_and_kind() -> None:
    fixes = pd.DataFrame(
        {
            "capture_id": ["b", "a"],
            "text": ["Late again", "no"],
            "speaker": ["Ines Okafor", ""],
            "kind": ["", "scare"],
        }
    )
    fixed, unmatched = apply_fixes(QUOTES, fixes)
    assert unmatched.empty
    assert fixed["speaker"].tolist() == ["Ana Ruiz", "unattributed", "unattributed", "Ines Okafor"]
    assert fixed["kind"].tolist() == ["direct", "scare", "scare", "mixed"]
    assert fixed.loc[3, "rule"] == "corrected by hand"
    assert fixed.loc[3, "confidence"] == 1
    assert QUOTES.loc[3, "speaker"] == "unattributed"


def test_a_fix_that_finds_nothing_is_reported() -> None:
    fixes = pd.DataFrame({"capture_id": ["a", "z"], "text": ["we never said", "no"], "speaker": "X"})
    fixed, unmatched = apply_fixes(QUOTES, fixes)
    pd.testing.assert_frame_equal(fixed, QUOTES)
    assert unmatched["reason"].tolist() == [
        "no quotation begins with these words",
        "no capture of this name has quotations",
    ]


def test_a_fix_with_start_tells_equal_words_apart() -> None:
    twice = table(
        ("a", 5, "No.", 1, "direct", "Ana Ruiz", "", 1.0), ("a", 50, "No.", 1, "direct", "Ana Ruiz", "", 1.0)
    )
    fixes = pd.DataFrame({"capture_id": ["a"], "text": ["No."], "start": ["50"], "speaker": ["Bo Lind"]})
    fixed, unmatched = apply_fixes(twice, fixes)
    assert fixed["speaker"].tolist() == ["Ana Ruiz", "Bo Lind"]
    assert unmatched.empty
    _, unmatched = apply_fixes(twice, fixes.drop(columns="start"))
    assert unmatched["reason"].tolist() == ["2 quotations begin with these words"]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(TableError, match="'shouted'"):
        apply_fixes(QUOTES, pd.DataFrame({"capture_id": ["a"], "text": ["no"], "kind": ["shouted"]}))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"Ruiz": "Lind", "Lind": "Ruiz"}, "names 'Lind' in row 2, and row 3 says 'Ruiz' for 'Lind'"),
        ({"the mayor": "Ruiz", "ruiz": "Ana Ruiz"}, "names 'Ruiz' in row 2, and row 3 says 'Ana Ruiz' for 'Ruiz'"),
    ],
)  # fmt: skip
def test_names_that_are_renamed_again_are_refused_with_their_rows(names, said):
    listed = pd.DataFrame({"alias": list(names), "speaker": list(names.values())}, index=[2, 3])
    with pytest.raises(TableError, match=said):
        apply_speakers(QUOTES, listed)
    listed["speaker"] = ["Ana Ruiz", "Ana Ruiz"]
    assert len(apply_speakers(QUOTES, listed)) == len(QUOTES)


def test_two_corrections_of_one_quotation_are_refused_with_their_rows():
    said = pd.DataFrame(
        {"capture_id": "a", "start": [1], "text": ["It leaks badly"], "kind": "direct", "speaker": ["x"]}
    )
    said = said.assign(rule="", confidence=0.5, probability=0.5)
    fixes = pd.DataFrame(
        {"capture_id": "a", "text": ["It leaks", "It"], "speaker": ["Ruiz", "Lind"]}, index=[2, 5]
    )
    with pytest.raises(TableError, match=r"Row 2 and Row 5 .* begins 'It leaks badly' in a"):
        apply_fixes(said, fixes)


def test_the_interval_of_a_share_allows_for_words_in_doubt() -> None:
    """Ten articles of 10 words by Ruiz and 10 that may be hers by .4: .5 as counted, .7 to be expected."""
    names = [str(number) for number in range(10)]
    said = pd.DataFrame({"capture_id": names * 2, "speaker": "Ruiz", "words": 10, "kind": "direct"})
    said = said.assign(confidence=[0.9] * 10 + [0.4] * 10, probability=[1.0] * 10 + [0.4] * 10)
    shares = quote_share(said, pd.DataFrame({"capture_id": names, "outlet": "Quay"}), by="outlet")
    row = shares.set_index("speaker").loc["Ruiz"]
    assert row["share"] == 0.5
    assert row["low"] <= 0.5
    assert row["high"] > 0.7


def test_words_of_a_doubtful_speaker_stand_as_unsure() -> None:
    doubtful = QUOTES.assign(confidence=[0.4, *QUOTES["confidence"][1:]])
    shares = quote_share(doubtful, ARTICLES, by="outlet").groupby("speaker")["words"].sum()
    assert shares["unsure"] == QUOTES["words"].iloc[0]
    assert shares.sum() == quote_share(QUOTES, ARTICLES, by="outlet")["words"].sum()
    assert "unsure" not in set(quote_share(doubtful, ARTICLES, by="outlet", sure_from=0)["speaker"])
    assert "unsure" not in leading_speakers(quote_share(doubtful, ARTICLES, by="outlet"))
