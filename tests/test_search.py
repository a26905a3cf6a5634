"""Search: the grammar over examples, what a row says, and queries that cannot be understood."""

import pandas as pd
import pytest
from search_examples import ARTICLES, EXAMPLES, REFUSED, shown

import clipbook as cb
from clipbook.keywords.search import QueryError


@pytest.mark.parametrize(("query", "places"), EXAMPLES)
def test_a_query_finds_the_places_that_a_person_finds(query, places):
    assert shown(cb.search(ARTICLES, query)) == places


@pytest.mark.parametrize(("query", "says"), REFUSED)
def test_a_query_that_cannot_be_understood_says_what_to_write(query, says):
    with pytest.raises(QueryError, match=says):
        cb.search(ARTICLES, query)


def test_a_row_leads_to_its_place_and_carries_its_context():
    row = cb.search(ARTICLES, "quay", width=12).iloc[0]
    assert ARTICLES["body"][0][row["start"] : row["end"]] == "quay" == row["match"]
    assert (row["left"], row["right"]) == ("es left the ", ".")  # twelve characters; the paragraph ends
    assert row["sentence"] == "No ferries left the quay."
    assert (row["capture_id"], row["outlet"], row["field"]) == ("quay/1", "Quay", "body")
    assert row["published"] == pd.Timestamp("2026-03-02")


def test_articles_without_outlet_and_date_can_be_searched_and_an_empty_answer_has_the_columns():
    bare = ARTICLES[["capture_id", "headline", "body"]]
    assert shown(cb.search(bare, "ferr*")) == ["0h Ferry", "0b ferries"]
    nothing = cb.search(bare, "zebra")
    assert list(nothing.columns) == list(cb.search(ARTICLES, "ferry").columns) and nothing.empty
    with pytest.raises(cb.ClipbookError, match="headline"):
        cb.search(bare[["capture_id", "body"]], "ferry")


def test_what_looks_like_a_pattern_is_text():
    page = pd.DataFrame({"capture_id": ["a"], "headline": ["(x) [y] a|b $5 ^z \\d"], "body": ["xy"]})
    asked = {
        "a|b": ["a|b"],
        "x": ["x"],
        "(x)": ["(x)"],
        "[y]": ["[y]"],
        "d": ["d"],
        "[a-z]": [],
        "$5": ["$5"],
    }
    for query, found in asked.items():
        assert cb.search(page, query)["match"].tolist() == found, query


def test_stars_side_by_side_are_one():
    page = pd.DataFrame({"capture_id": ["a"], "headline": [""], "body": ["a" * 2000 + " b"]})
    assert cb.search(page, "*****a*****")["match"].tolist() == ["a" * 2000]
