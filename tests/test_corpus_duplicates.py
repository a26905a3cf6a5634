"""Copies: found whatever was changed around them, linked to the first, none seen where there are none."""

import pandas as pd
import pytest
from test_corpus import story

from clipbook.corpus import duplicates
from clipbook.corpus.duplicates import mark_duplicates, overlap, shingle_hashes


def table(*bodies, published=(), status=(), headline=()):
    return pd.DataFrame(
        {
            "capture_id": [f"a{number:04d}" for number in range(len(bodies))],
            "headline": list(headline) or [""] * len(bodies),
            "body": list(bodies),
            "published": pd.to_datetime(pd.Series(list(published) or [None] * len(bodies), dtype="object")),
            "status": list(status) or ["ok"] * len(bodies),
        }
    )


def copies(articles):
    marked = mark_duplicates(articles)
    assert ((marked["status"] == "duplicate") == (marked["duplicate_of"] != "")).all()
    return marked["duplicate_of"].tolist()


LONG = story("long", 400)


@pytest.mark.parametrize(
    "edited",
    [
        LONG,
        LONG.upper().replace("\n\n", "\n"),
        LONG.replace(".", " –"),
        "LINDMOUTH (Agency) " + LONG,
        LONG[: len(LONG) * 2 // 3],
        LONG[len(LONG) // 2 :],
        LONG + "\n\n" + story("a local paragraph", 36),
        "\n\n".join(reversed(LONG.split("\n\n"))),
    ],
)
def test_edited_reposts_are_linked_to_the_original(edited):
    assert copies(table(LONG, story("another"), edited)) == ["", "", "a0000"]


def test_different_stories_are_left_alone():
    assert copies(table(*(story(number) for number in range(60)))) == [""] * 60


def test_a_story_that_quotes_a_sentence_of_another_is_no_copy():
    assert copies(table(LONG, story("other", 300) + " " + LONG.split(". ")[3])) == ["", ""]


def test_the_first_published_is_the_original_and_undated_come_last():
    dates = [None, "2024-03-05", "2024-03-04", "2024-03-04"]
    assert copies(table(LONG, LONG, LONG, LONG, published=dates)) == ["a0002", "a0002", "", "a0002"]


def test_the_order_of_rows_changes_nothing():
    articles = table(LONG, story(1), LONG[:900], story(2), story(1) + " More.", published=[None] * 5)
    shuffled = mark_duplicates(articles.sample(frac=1, random_state=3)).sort_index()
    pd.testing.assert_frame_equal(shuffled, mark_duplicates(articles))


def test_failed_captures_are_no_copies_and_thin_ones_only_when_all_is_the_same():
    bodies = ["", "", "Subscribe to read on.", "Subscribe to read on.", "Subscribe to read on."]
    status = ["failed", "failed", "thin", "thin", "thin"]
    assert copies(table(*bodies, status=status, headline=["", "", "One", "Two", "Two"])) == [
        "",
        "",
        "",
        "",
        "a0003",
    ]


def test_overlap_is_counted_in_shingles():
    left, right = shingle_hashes("a b c d e f g"), shingle_hashes("A b, c d e f x")
    assert (len(left), len(right)) == (3, 3)  # abcde bcdef cdefg / abcde bcdef cdefx
    assert overlap(left, right) == (2 / 4, 2 / 3)


def test_a_text_of_fewer_words_than_a_shingle_is_one_shingle():
    assert len(shingle_hashes("just three words")) == 1
    assert len(shingle_hashes("")) == 0


def test_comparisons_grow_with_the_articles_not_with_their_pairs(monkeypatch):
    compared = []
    monkeypatch.setattr(duplicates, "overlap", lambda *pair: compared.append(1) or overlap(*pair))
    for count in (50, 150):
        compared.clear()
        mark_duplicates(
            table(*(LONG[:600] + story(number, 72) for number in range(count)))
        )  # alike, no copies
        assert 20 * (count - 20) / 2 < len(compared) <= 20 * count
