"""Names out of bylines, cleaned of roles, places and agencies."""

from __future__ import annotations

import pytest

from clipbook.article.bylines import byline_names, read_byline, stated_authors
from clipbook.article.persons import looks_like_name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Ruiz", ("Ana Ruiz",)),
        ("Words: Ana Ruiz", ("Ana Ruiz",)),
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
        ("By Marlow Daily", ()),
        ("By Euronord", ()),
        ("By Associated Press", ("Associated Press",)),
        ("Von Ana Ruiz", ("Ana Ruiz",)),
        ("BYLINE: Ana Ruiz", ("Ana Ruiz",)),
        ("By By Ana Ruiz", ("Ana Ruiz",)),
        ("By Ana RuizMar 10, 2031", ("Ana Ruiz",)),
        ("By Ana Ruiz May 12 at 3:57 PM Follow @anaruiz", ("Ana Ruiz",)),
        ("By Ana Ruiz@northdesk Mar 10, 2031, 9:05am", ("Ana Ruiz",)),
        ("By Ana RuizGNBusiness", ("Ana Ruiz",)),
        ("By ANA RUIZ and JO HALE Associated Press", ("Ana Ruiz", "Jo Hale")),
        ("By KIM McARDLE and PAT O’NEILL", ("Kim McArdle", "Pat O’Neill")),
        ("By William “Bud” Harker, Jr.", ("William “Bud” Harker Jr",)),
        ("By Dr. Ana Ruiz, PhD", ("Ana Ruiz",)),
        ("By Pádraig Ó hEochaidh and Inés de la Torre-Vega", ("Pádraig Ó hEochaidh", "Inés de la Torre-Vega")),
        ("By Ana Ruiz, Jon Hale on Tuesday, March 11th, 2031 at 9:05 a.m.", ("Ana Ruiz", "Jon Hale")),
        ("11/19/2031 by Ana Ruiz", ("Ana Ruiz",)),
        ("News, Harbour | Published: 5 hours ago | Written by Ana Ruiz", ("Ana Ruiz",)),
        ("By Staff Reports", ()),
        ("By Velden Echo Staff", ()),
        ("BYD", ()),
        ("By The Northern Space Agency", ()),
        ("By the time the boats had left, the quay was empty.", ()),
        ("Ana Ruiz said so.", ()),
        ("", ()),
        ("By J. R. Bellweather", ("J. R. Bellweather",)),
        ("Guest essay by Dr. Ana Ruiz", ("Ana Ruiz",)),
        ("Photographs and text by Ana Ruiz", ("Ana Ruiz",)),
        ("A guest column by Ana Ruiz", ("Ana Ruiz",)),
    ],
)  # fmt: skip
def test_byline_names(line: str, names: tuple[str, ...]) -> None:
    assert byline_names(line) == names


def test_a_name_after_a_bare_by_needs_no_lead() -> None:
    assert byline_names("Ana Ruiz", led=True) == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("ANA RUIZ", ("Ana Ruiz",)),
        ("Ana RuizView More Articles", ("Ana Ruiz",)),
        ("Ana Ruiz, Business Insider", ("Ana Ruiz",)),
        ("Ana Ruiz and Jon B. Hale Sollen Falls Morning Gazette", ("Ana Ruiz", "Jon B. Hale")),
        ("Ana Ruiz Deputy Content Hub Director", ("Ana Ruiz",)),
        ("Ana Ruiz, our fisheries reporter", ("Ana Ruiz",)),
        ("March 10, 2031 Ana Ruiz", ("Ana Ruiz",)),
        ("Ana Ruiz/The Sollen Gazette", ("Ana Ruiz",)),
        ("Ana Ruiz, The Sollen Gazette", ("Ana Ruiz",)),
        ("Ana Ruiz and Jon Hale. Additional reporting by Mina Prast", ("Ana Ruiz", "Jon Hale")),
        ("Ana Ruiz 100 backstroke", ()),
    ],
)
def test_names_of_a_line_without_by(line: str, names: tuple[str, ...]) -> None:
    byline = read_byline(line)
    assert (byline.people if byline.whole else ()) == names
    assert not byline.led


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ruiz, Ana", ("Ana Ruiz",)),
        ("Door Ana Ruiz", ("Ana Ruiz",)),
        ("Av Ana Ruiz; Jon Hale", ("Ana Ruiz", "Jon Hale")),
        ("Ruiz, Ana; de la Torre, Inés", ("Ana Ruiz", "Inés de la Torre")),
        ("Ana Ruiz, Jon Hale", ("Ana Ruiz", "Jon Hale")),
        ("['Ana Ruiz', 'Jon Hale']", ("Ana Ruiz", "Jon Hale")),
        ("Ana Ruiz, Political Editor, and Jon Hale in Sollen", ("Ana Ruiz", "Jon Hale")),
        ("Ana Ruiz, Reuters", ("Ana Ruiz",)),
        ("Reuters", ("Reuters",)),
        ("admin", ()),
        ("nan", ()),
        ("Marlow Daily", ()),
        ("山田太郎", ("山田太郎",)),
    ],
)
def test_authors_that_a_field_states(text: str, names: tuple[str, ...]) -> None:
    assert stated_authors(text) == names


@pytest.mark.parametrize("text", ["Ana Ruiz", "Mirela de Groot", "J. R. Bellweather", "Anne-Marie O’Neill"])
def test_shapes_of_names(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize("text", ["Ana", "New York", "the quay was empty", "Ana Ruiz 3", "A B C D E F"])
def test_shapes_of_no_names(text: str) -> None:
    assert not looks_like_name(text)
