"""Syllables as a newsreader says them, each counted by hand."""

from __future__ import annotations

import pytest

from clipbook.readability.spoken import pronounced, spelled_syllables, token_syllables

FIGURES = {
    "7": 2, "10": 1, "17": 3, "70": 3, "0": 2, "911": 6, "1,250": 8, "2,014": 5, "1,000,000": 3,
    "1984": 5, "1905": 4, "1900": 4, "2000": 3, "2005": 4, "2014": 4, "1990s": 4, "90s": 2, "007": 4,
    "21st": 3, "2nd": 2, "22nd": 4, "30th": 3, "100th": 3, "3.5": 3, "0.5%": 6, "45%": 5, "10:30": 3, "10:00": 1, "9:05": 3,
    "$5": 3, "$3.5bn": 7, "£20m": 5, "€1.2tn": 7, "$2,000": 5, "6pm": 3, "3-2": 2, "24/7": 5, "5G": 2,
}  # fmt: skip
ACRONYMS = {
    "UN": 2, "EU": 2, "US": 2, "U.S": 2, "D.C": 2, "BBC": 3, "FBI": 3, "WHO": 5, "WTO": 5, "LGBTQ": 5,
    "NATO": 2, "NASA": 2, "OPEC": 2, "UNICEF": 3, "UNESCO": 3, "AIDS": 1, "COVID-19": 4, "G7": 3, "F-16": 3,
    "H1N1": 4, "Q&A": 3, "MPs": 2, "CEOs": 3, "UN's": 2, "US's": 3, "US-led": 3, "NOT": 1, "p.m": 2,
}  # fmt: skip
WORDS = {
    "Mr": 2, "Gov": 3, "Jan": 4, "Mass": 1, "Penn": 1, "Inc": 5, "kph": 7, "deal": 1, "don’t": 1, "well-known": 2, "organisation": 5, "colour": 2,
    "matches": 2, "reopened": 3, "wanted": 2, "café": 2, "dogs'": 1, "reporter's": 3, "Reyes's": 3,
    "O'Malley": 3, "McDonald": 3, "Brexit": 2, "iPhone": 2, "bridge": 1, "bridges": 2, "every": 2,
}  # fmt: skip


@pytest.mark.parametrize(("token", "syllables"), (FIGURES | ACRONYMS | WORDS).items())
def test_a_token_has_the_syllables_with_which_it_is_said(token, syllables):
    assert token_syllables(token) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *[("quill", 1), ("gate", 1), ("table", 2), ("tables", 2), ("jumped", 1), ("handed", 2), ("boxes", 2)],
        *[
            ("tovarek", 3),
            ("lakewood", 2),
            ("sadness", 2),
            ("maria", 3),
            ("onion", 2),
            ("yellow", 2),
            ("tv", 2),
        ],
    ],
)
def test_spelling_alone_gives_the_syllables_of_regular_words(word, syllables):
    assert spelled_syllables(word) == syllables


def test_of_two_pronunciations_the_shorter_counts():
    # "every" is listed as EH1 V ER0 IY0 first and as EH1 V R IY0 second
    assert pronounced()["every"] == 2
    assert len(pronounced()) == 126_052


@pytest.mark.parametrize(
    "token", ["’", "$", "%", "_", "9" * 400, "a" * 5000, "A" * 5000, "-".join("ab" * 2000)]
)
def test_any_token_has_at_least_one_syllable(token):
    assert token_syllables(token) >= 1
