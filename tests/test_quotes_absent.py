"""A speaker whom a group does not quote has share 0, and an interval that says how large it could be."""

import pandas as pd
import pytest

from clipbook.quotes import leading_speakers, with_absent

ARTICLES = pd.DataFrame({"capture_id": ["a", "b", "c"], "outlet": ["Post", "Post", "Echo"]})
QUOTES = pd.DataFrame(
    {
        "capture_id": ["a", "b", "b", "c"],
        "kind": ["direct", "direct", "scare", "direct"],
        "speaker": ["Ana Ruiz", "unattributed", "Cy Moe", "Bo Lind"],
        "words": [30, 10, 9, 20],
    }
)
SHARES = pd.DataFrame(
    [
        ("Echo", "Bo Lind", 1, 20, 1.0, 0.9, 1.0),
        ("Post", "Ana Ruiz", 1, 30, 0.75, 0.2, 0.9),
        ("Post", "unattributed", 1, 10, 0.25, 0.1, 0.8),
    ],
    columns=["group", "speaker", "quotes", "words", "share", "low", "high"],
)


def test_an_absent_speaker_has_the_bound_that_the_number_of_articles_allows():
    table = with_absent(SHARES, QUOTES, ARTICLES, "outlet").set_index(["group", "speaker"])
    ana, bo = table.loc[("Echo", "Ana Ruiz")], table.loc[("Post", "Bo Lind")]
    assert ana[["quotes", "words", "share", "low"]].tolist() == [0, 0, 0, 0]
    # One article with quotations: p = 1 - .025 = .975, times 30 words, beside 20 words: 29.25 / 49.25
    assert ana["high"] == pytest.approx(0.59391, abs=1e-5)
    # Two articles: p = 1 - .1581 = .8419, times 20 words, beside 40 / 2 words: 16.838 / 36.838
    assert bo["high"] == pytest.approx(0.45708, abs=1e-5)


def test_words_that_are_no_speech_and_words_of_nobody_bring_no_row():
    table = with_absent(SHARES, QUOTES, ARTICLES, "outlet")
    assert len(table) == 5
    assert set(table.loc[table["group"] == "Echo", "speaker"]) == {"Ana Ruiz", "Bo Lind"}


def test_the_speakers_with_most_words_lead():
    assert leading_speakers(SHARES) == ["Ana Ruiz", "Bo Lind"]
    assert leading_speakers(SHARES, most=1) == ["Ana Ruiz"]


def test_where_everybody_is_quoted_nothing_is_added():
    one = SHARES[SHARES["group"] == "Echo"]
    pd.testing.assert_frame_equal(with_absent(one, QUOTES[3:], ARTICLES, "outlet"), one)
