"""Dates that can be read in two ways, settled by other dates of their file or outlet."""

from __future__ import annotations

import pandas as pd

from clipbook.corpus.settle import settle, settle_dates


def articles(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Articles of a file and an outlet with a date as written; those that can be read in two ways are open."""
    return pd.DataFrame(
        [
            {
                "source_file": file,
                "url": "",
                "outlet": outlet,
                "outlet_from": "page: masthead" if outlet else "",
                "outlet_maybe": "",
                "published": pd.NaT if text in ("3/4/2031", "4/9/2031") else pd.Timestamp("2031-03-25"),
                "published_zone": "",
                "published_from": f"page: {text}",
                "notes": f"short; the date '{text}' can be read in two ways, as 1 and 2: unclear",
            }
            for file, outlet, text in rows
        ]
    )


def test_a_column_shows_its_order() -> None:
    found = settle_dates(
        articles(("a.csv", "", "3/4/2031"), ("a.csv", "", "3/25/2031"), ("b.csv", "", "4/9/2031"))
    )
    assert found.index.tolist() == [0]
    assert found.loc[0, "published"] == pd.Timestamp("2031-03-04")
    assert found.loc[0, "published_from"] == "page: 3/4/2031 (month first)"
    assert "two ways" not in found.loc[0, "notes"]
    assert found.loc[0, "notes"].startswith("short; the date '3/4/2031' was read month first")


def test_an_outlet_shows_its_order() -> None:
    found = settle_dates(articles(("a.txt", "Gazette", "3/4/2031"), ("b.txt", "Gazette", "25/3/2031")))
    assert found["published"].tolist() == [pd.Timestamp("2031-04-03")]


def test_an_outlet_that_writes_dates_both_ways_settles_nothing() -> None:
    rows = [("a.txt", "Gazette", "3/4/2031"), ("b.txt", "Gazette", "25/3/2031")]
    assert settle_dates(articles(*rows, ("c.txt", "Gazette", "3/25/2031"))).empty
    assert settle_dates(articles(("a.txt", "", "3/4/2031"), ("b.txt", "", "25/3/2031"))).empty


def test_settle_gives_all_rows_with_the_settled_dates_in_place() -> None:
    facts = articles(("a.csv", "", "3/4/2031"), ("a.csv", "", "3/25/2031"))
    settled = settle(facts)
    assert settled["published"].tolist() == [pd.Timestamp("2031-03-04"), pd.Timestamp("2031-03-25")]
    assert settled["published_from"].tolist() == ["page: 3/4/2031 (month first)", "page: 3/25/2031"]
