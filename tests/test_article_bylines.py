"""Names out of bylines, cleaned of roles, places and agencies."""

from __future__ import annotations

import pytest

from clipbook.article.bylines import byline_names, looks_like_name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Ruiz", ("Ana Ruiz",)),
        ("By Ana Ruiz, News Reporter", ("Ana Ruiz",)),
        ("By Ana Ruiz Political Correspondent", ("Ana Ruiz",)),
        ("By Ana RuizPolitical Editor", ("Ana Ruiz",)),
        ("byJonas Bellweather", ("Jonas Bellweather",)),
        ("By Ana Ruiz and Jonas Bellweather in Port Averin", ("Ana Ruiz", "Jonas Bellweather")),
        ("By Ana Ruiz, Jonas Bellweather, Mirela de Groot and Tam O’Shea", ("Ana Ruiz", "Jonas Bellweather", "Mirela de Groot", "Tam O’Shea")),
        ("By Ana Ruiz published 19 May 2031", ("Ana Ruiz",)),
        ("By Ana Ruiz | Reuters", ("Ana Ruiz",)),
        ("By Ana Ruiz and agencies", ("Ana Ruiz",)),
        ("By Ana Ruiz  Follow", ("Ana Ruiz",)),
        ("By Marlow Daily", ("Marlow Daily",)),
        ("By Euronord", ("Euronord",)),
        ("By Associated Press", ("Associated Press",)),
        ("Von Ana Ruiz", ("Ana Ruiz",)),
        ("By the time the boats had left, the quay was empty.", ()),
        ("Ana Ruiz said so.", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_byline_names(line: str, names: tuple[str, ...]) -> None:
    assert byline_names(line) == names


def test_a_name_after_a_bare_by_needs_no_lead() -> None:
    assert byline_names("Ana Ruiz", led=True) == ("Ana Ruiz",)


@pytest.mark.parametrize("text", ["Ana Ruiz", "Mirela de Groot", "J. R. Bellweather", "Anne-Marie O’Neill"])
def test_shapes_of_names(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize("text", ["Ana", "New York", "the quay was empty", "Ana Ruiz 3", "A B C D E F"])
def test_shapes_of_no_names(text: str) -> None:
    assert not looks_like_name(text)
