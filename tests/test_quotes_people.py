"""One person under one name over many articles."""

from __future__ import annotations

import pandas as pd
import pytest

from clipbook.quotes import join_names, name_joins


def spoken(*rows: tuple[str, str, int, str, str, str]) -> pd.DataFrame:
    columns = ["capture_id", "name", "words", "described", "outlet", "published"]
    return pd.DataFrame(rows, columns=columns)


def taken(*rows: tuple[str, str, int, str, str, str]) -> dict[tuple[str, str], str]:
    return {(row.capture_id, row.name): row.taken_for for row in join_names(spoken(*rows)).itertuples()}


FULL = [(f"a{n}", "Rosa Vant", 40, "mayor", "Gannet", "2026-05-01") for n in range(3)]


def test_a_surname_of_somebody_named_in_full_in_three_articles_takes_the_name() -> None:
    assert taken(*FULL, ("b", "Vant", 9, "", "Lantern", "2026-09-01")) == {("b", "Vant"): "Rosa Vant"}


def test_a_wife_who_spoke_once_keeps_no_leader_apart() -> None:
    wife = ("c", "Iris Vant", 5, "", "Gannet", "2026-05-01")
    assert taken(*FULL, wife, ("b", "Vant", 9, "", "", "")) == {("b", "Vant"): "Rosa Vant"}


def test_two_people_who_both_speak_much_keep_the_surname_open() -> None:
    other = ("c", "Iris Vant", 60, "", "Gannet", "2026-05-01")
    rows = spoken(*FULL, other, ("b", "Vant", 9, "", "", ""))
    assert join_names(rows).empty


@pytest.mark.parametrize(("outlet", "published", "joined"), [
    ("Gannet", "2026-05-04", True), ("Gannet", "2026-06-04", False), ("Lantern", "2026-05-04", False),
])  # fmt: skip
def test_somebody_named_in_full_once_is_only_joined_nearby(outlet: str, published: str, joined: bool) -> None:
    rows = [("a", "Rosa Vant", 40, "", "Gannet", "2026-05-01"), ("b", "Vant", 9, "", outlet, published)]
    assert bool(taken(*rows)) is joined


@pytest.mark.parametrize(("named", "short"), [("", ""), ("2026-05-01", ""), ("", "2026-05-01")])
def test_articles_of_one_outlet_without_a_date_are_not_near_each_other(named: str, short: str) -> None:
    rows = [("a", "Rosa Vant", 40, "", "Gannet", named), ("b", "Vant", 9, "", "Gannet", short)]
    assert taken(*rows) == {}


def test_titles_keep_people_apart() -> None:
    assert taken(*FULL, ("b", "Mr Vant", 9, "mr", "Gannet", "2026-05-01")) == {}
    assert taken(*FULL, ("b", "Vant", 9, "mr", "Gannet", "2026-05-01")) == {}
    assert taken(*FULL, ("b", "Ms Vant", 9, "ms", "", "")) == {("b", "Ms Vant"): "Rosa Vant"}


def test_given_names_places_and_bodies_are_no_surnames() -> None:
    for full, short in (
        ("Erin Kim", "Kim"),
        ("Rosa Paris", "Paris"),
        ("Rosa Bank", "Bank"),
        ("Global Affairs", "Affairs"),
    ):
        rows = [(f"a{n}", full, 40, "", "", "") for n in range(4)]
        assert taken(*rows, ("b", short, 9, "", "", "")) == {}, full


def test_a_phrase_that_ends_in_a_name_is_nobody() -> None:
    rows = [(f"a{n}", "A spokesperson for Lumo University", 40, "", "", "") for n in range(4)]
    assert taken(*rows, ("b", "University", 9, "", "", "")) == {}


def test_spellings_of_a_full_name() -> None:
    rows = [
        ("a", "Rosa Vant", 40, "", "", ""),
        ("b", "Rosa M. Vant", 9, "", "", ""),
        ("c", "R. Vant", 5, "", "", ""),
    ]
    assert taken(*rows) == {("b", "Rosa M. Vant"): "Rosa Vant", ("c", "R. Vant"): "Rosa Vant"}
    clash = [("a", "Rosa P. Vant", 40, "", "", ""), ("b", "Rosa M. Vant", 9, "", "", "")]
    assert taken(*clash) == {}


def test_open_questions_stand_first_with_their_words() -> None:
    quotes = pd.DataFrame({
        "capture_id": ["a", "b", "c"], "kind": "direct", "speaker_in_article": ["Rosa Vant", "Rosa M. Vant", "Vant"],
        "described": "", "words": [40, 9, 7],
    })  # fmt: skip
    articles = pd.DataFrame({"capture_id": ["a", "b", "c"], "outlet": "", "published": ""})
    table = name_joins(quotes, articles)
    assert table[["name", "taken_for", "articles", "words"]].values.tolist() == [
        ["Vant", "", 1, 7],
        ["Rosa M. Vant", "Rosa Vant", 1, 9],
    ]


def test_of_thousands_who_share_a_surname_each_joins_the_first_it_fits() -> None:
    """Every given name is one person; an initial joins the first of them in order of how much they are quoted."""
    many = [f"{a}{b}{c}n Ruiz" for a in "ABCDEFGH" for b in "aeiou" for c in "bcdfghklmprst"]
    said = dict.fromkeys(many, 3) | {"B. Ruiz": 1, "Gatn Marta Ruiz": 1, "Z. Ruiz": 1}
    rows = [(f"a{n}", name, words, "", "", "") for n, (name, words) in enumerate(said.items())]
    assert set(taken(*rows).items()) == {
        ((f"a{len(many)}", "B. Ruiz"), "Babn Ruiz"),
        ((f"a{len(many) + 1}", "Gatn Marta Ruiz"), "Gatn Ruiz"),
    }
