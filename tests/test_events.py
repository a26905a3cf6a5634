"""Articles of one event: near in time, with words and names in common."""

import pandas as pd
import pytest

from clipbook.corpus import events, find_events
from clipbook.schema import TableError

FERRY = [
    "The ferry Marta sank off Westry on Monday with forty people on board, the harbour office said. Divers searched.",
    "Divers found two of the forty people of the ferry Marta, which sank off Westry. The harbour office named a captain.",
    "Who let the ferry Marta leave Westry in a storm? Relatives of the forty ask the harbour office.",
]
TAX = [
    "The council of Moorby raised the tax on parking by a third, against the votes of the shopkeepers' party.",
    "Shopkeepers shut their doors in Moorby after the council raised the parking tax by a third.",
]


def lot(bodies, days, **more):
    names = [f"a{number}" for number in range(len(bodies))]
    dates = pd.to_datetime(pd.Series(days, dtype="object"))
    return pd.DataFrame({"capture_id": names, "headline": "", "body": bodies, "published": dates, **more})


def test_two_events_of_one_week_are_told_apart():
    found = find_events(
        lot([*FERRY, *TAX], ["2026-03-02", "2026-03-03", "2026-03-05", "2026-03-03", "2026-03-04"])
    )
    assert found["event"].tolist() == ["a0", "a0", "a0", "a3", "a3"]
    assert found["articles"].tolist() == [3, 3, 3, 2, 2] and set(found["weight"]) == {1}


def test_the_same_words_in_another_month_are_another_event():
    found = find_events(lot([*FERRY[:2], *TAX], ["2026-03-02", "2026-05-02", "2026-03-03", "2026-03-04"]))
    assert found["event"].tolist() == ["a0", "a1", "a2", "a2"]


def test_copies_weigh_as_much_as_one_article_and_are_of_its_event():
    days = ["2026-03-02", "2026-03-03", "2026-03-02", "2026-03-04", "2026-03-04"]
    found = find_events(
        lot([FERRY[0], FERRY[1], FERRY[0], *TAX], days, duplicate_of=["", "", "a0", "", "not here"])
    )
    assert found["event"].tolist() == ["a0", "a0", "a0", "a3", "a3"]
    assert found["weight"].tolist() == [0.5, 1, 0.5, 1, 1]


def test_without_dates_every_article_is_an_event_and_copies_stay_together():
    found = find_events(lot([*FERRY, FERRY[0]], [None] * 4, duplicate_of=["", "", "", "a0"]))
    assert found["event"].tolist() == ["a0", "a1", "a2", "a0"]


def test_few_or_empty_articles_are_no_fault():
    assert find_events(lot([], [])).empty
    assert find_events(lot(["", ""], ["2026-03-02"] * 2))["event"].tolist() == ["a0", "a1"]
    assert find_events(lot(FERRY[:1], ["2026-03-02"]))["articles"].tolist() == [1]
    with pytest.raises(TableError, match="published"):
        find_events(lot(FERRY, ["2026-03-02"] * 3).drop(columns="published"))


def test_the_order_of_articles_makes_no_difference():
    given = lot([*FERRY, *TAX], ["2026-03-02", "2026-03-03", "2026-03-05", "2026-03-03", "2026-03-04"])
    turned = find_events(given.iloc[::-1]).sort_index()
    pd.testing.assert_frame_equal(turned, find_events(given))


def test_of_very_many_articles_a_day_stands_for_its_events_and_copies_weigh_as_one(monkeypatch):
    monkeypatch.setattr(events, "MOST", 2)
    given = lot([*FERRY, FERRY[0]], ["2026-03-02 09:00", "2026-03-02 17:00", None, "2026-03-03 09:00"])
    given = given.assign(
        outlet="Quay", words=20, compared=[True] * 3 + [False], duplicate_of=["", "", "", "a0"]
    )
    about = events.with_copies(given, "outlet")
    assert about["day"].tolist() == ["2026-03-02", "2026-03-02", "a2", "2026-03-03"]
    assert about["weight"].tolist() == [0.5, 1, 1, 0.5]
