"""Words counted by hand, and beside the word boundaries of Unicode as another library has them."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from clipbook.text.words import count_words, word_spans, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t panic, it's Ana's players' boat.", ["Don’t", "panic", "it's", "Ana's", "players", "boat"]),
        ("’Twas rock ’n’ roll in the ’90s", ["Twas", "rock", "n", "roll", "in", "the", "90s"]),
        ("A well-known two‑year co‐op", ["A", "well-known", "two‑year", "co‐op"]),
        (
            "The bridge—shut–it’s said -- reopens - soon",
            ["The", "bridge", "shut", "it’s", "said", "reopens", "soon"],
        ),
        ("2018–2020, a 5-4 vote, minus -5", ["2018", "2020", "a", "5-4", "vote", "minus", "5"]),
        ("$3.5bn, £5m, 1,000.50, 45% or 45 %", ["$3.5bn", "£5m", "1,000.50", "45%", "or", "45"]),
        ("at 10:30 p.m. on 9/11, 24/7", ["at", "10:30", "p.m", "on", "9/11", "24/7"]),
        ("and/or his/her km/h", ["and", "or", "his", "her", "km", "h"]),
        ("the U.S. and U.K.’s Ph.D. e.g. that", ["the", "U.S", "and", "U.K.’s", "Ph.D", "e.g", "that"]),
        ("R&D at AT&T & Co", ["R&D", "at", "AT&T", "Co"]),
        ("It ended.Then it began.", ["It", "ended", "Then", "it", "began"]),
        ("See https://a.example/b-c?d=1. Or", ["See", "https://a.example/b-c?d=1", "Or"]),
        ("(www.a.example/b), a.example", ["www.a.example/b", "a.example"]),
        (
            "Mail ana.ruiz@a.example or @ana_ruiz #MeToo",
            ["Mail", "ana.ruiz@a.example", "or", "ana_ruiz", "MeToo"],
        ),
        ("cafe\u0301s na\u00efve", ["cafe\u0301s", "na\u00efve"]),
        ("ge\u00adsagt", ["ge\u00adsagt"]),
        ("दुनिया में", ["दुनिया", "में"]),
        ("橋は GDP", ["橋", "は", "GDP"]),
        ("* * * … — “” & / @ % $", []),
        ("", []),
    ],
)
def test_words_by_hand(text, words):
    assert words_of(text).word == words
    assert count_words(text) == len(words)
    assert [text[start:end] for start, end in word_spans(text)] == words


@given(st.text(alphabet="aBéß1 !?…“”()*+;\n\t—–", max_size=60))
def test_without_the_signs_that_join_words_are_those_of_unicode(text):
    cut = regex.split(r"(?V1w)\b", text)
    assert words_of(text).word == [piece for piece in cut if any(map(str.isalnum, piece))]


@given(st.text(max_size=40), st.integers(0, 40))
def test_parts_add_up_to_the_whole(text, place):
    words = words_of(text)
    assert words.count(0, place) + words.count(place, len(text) + 1) == count_words(text)


def test_ligatures_are_written_out_and_offsets_stay():
    text = "Aﬄuent ﬁsh ate."
    assert words_of(text).word == ["Affluent", "fish", "ate"]
    assert words_of(text).start == [0, 7, 11]
    assert [text[start:end] for start, end in word_spans(text)] == ["Aﬄuent", "ﬁsh", "ate"]
