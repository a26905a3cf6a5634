"""A speaker whom a group does not quote has share 0, and an interval that says how large it could be."""

import pandas as pd
import pytest

from clipbook.quotes import leading_speakers, with_absent

ARTICLES = pd.DataFrame(
    {"capture_id": ["a", "b", "c", "d", "e"], "outlet": ["Post", "Post", "Echo", "Post", "Post"]}
)
QUOTES = pd.DataFrame(
    {
        "capture_id": ["a", "b", "b", "c", "d", "e"],
        "kind": ["direct", "direct", "scare", "direct", "direct", "direct"],
        "speaker": ["Ana Ruiz", "unattributed", "Cy Moe", "Bo Lind", "unattributed", "unattributed"],
        "words": [30, 10, 9, 20, 20, 20],
    }
)
SHARES = pd.DataFrame(
    [
        ("Echo", "Bo Lind", 1, 20, 1.0, 0.9, 1.0),
        ("Post", "Ana Ruiz", 1, 30, 0.375, 0.2, 0.9),
        ("Post", "unattributed", 3, 50, 0.625, 0.1, 0.8),
    ],
    columns=["group", "speaker", "quotes", "words", "share", "low", "high"],
)


def test_an_absent_speaker_has_the_bound_that_the_number_of_articles_allows():
    table = with_absent(SHARES, QUOTES, ARTICLES, "outlet").set_index(["group", "speaker"])
    ana, bo = table.loc[("Echo", "Ana Ruiz")], table.loc[("Post", "Bo Lind")]
    assert bo[["quotes", "words", "share", "low"]].tolist() == [0, 0, 0, 0]
    # Four articles: p = 1 - .025 ** (1 / 4) = .60236, times 20 words, beside 80 / 4 words: 12.0473 / 32.0473
    assert bo["high"] == pytest.approx(0.37592, abs=1e-5)
    assert ana[["quotes", "words", "share"]].tolist() == [0, 0, 0]
    assert ana[["low", "high"]].isna().all()  # one article does not speak for its outlet


def test_in_an_article_of_its_own_an_absent_speaker_keeps_the_bound():
    shares = pd.DataFrame([("c", "Bo Lind", 1, 20, 1.0, 0.9, 1.0), ("a", "Ana Ruiz", 1, 30, 1.0, 0.9, 1.0)])
    shares.columns = SHARES.columns
    table = with_absent(shares, QUOTES, ARTICLES, "capture_id").set_index(["group", "speaker"])
    # One article: p = 1 - .025 = .975, times 30 words, beside 20 words: 29.25 / 49.25
    assert table.loc[("c", "Ana Ruiz"), "high"] == pytest.approx(0.59391, abs=1e-5)


def test_words_that_are_no_speech_and_words_of_nobody_bring_no_row():
    table = with_absent(SHARES, QUOTES, ARTICLES, "outlet")
    assert len(table) == 5
    assert set(table.loc[table["group"] == "Echo", "speaker"]) == {"Ana Ruiz", "Bo Lind"}


def test_the_speakers_with_most_words_lead():
    assert leading_speakers(SHARES) == ["Ana Ruiz", "Bo Lind"]
    assert leading_speakers(SHARES, most=1) == ["Ana Ruiz"]


def test_where_everybody_is_quoted_nothing_is_added():
    one = SHARES[SHARES["group"] == "Echo"]
    pd.testing.assert_frame_equal(with_absent(one, QUOTES[3:4], ARTICLES, "outlet"), one)
