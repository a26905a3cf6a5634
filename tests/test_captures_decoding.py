"""Bytes to text: one form whatever the encoding, and nothing changed that was right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbook.captures.decode import clean, decode
from clipbook.captures.mojibake import repair

TEXT = "“Ça suffit”, said Zoë – the café’s owner.\nSecond line"


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_usual_encoding_gives_the_same_text(codec):
    assert decode(TEXT.encode(codec))[0] == TEXT


def test_an_encoding_that_had_to_be_judged_is_noted():
    assert decode(TEXT.encode("cp1252"))[1] == ("decoded as Windows-1252, judged from its bytes",)
    assert decode(TEXT.encode("utf-8")) == (TEXT, ())


def test_a_declared_encoding_holds_where_it_fits_and_yields_to_valid_utf8():
    russian = "Мост закрыли в понедельник"
    assert decode(russian.encode("cp1251"), "windows-1251") == (russian, ())
    assert decode(russian.encode("utf-8"), "windows-1251") == (russian, ())


def test_a_broken_byte_in_utf8_costs_one_character_not_the_text():
    data = (TEXT * 20).encode()
    broken = (
        data[:100].decode("utf-8", "ignore").encode()
        + b"\xff"
        + data[100:].decode("utf-8", "ignore").encode()
    )
    text, notes = decode(broken)
    assert "Zoë – the café’s owner" in text
    assert notes == ("1 byte sequence could not be decoded",)


@pytest.mark.parametrize("right", [TEXT, "“Ça”", "déjà vu\nà côté\nnaïve façade\n"])
def test_misread_utf8_is_repaired_and_noted(right):
    wrong = right.encode().decode("cp1252", "replace")
    if "\ufffd" in wrong:
        wrong = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in right.encode())
    text, note = repair(wrong)
    assert text == right
    assert "misread" in note


@pytest.mark.parametrize("right", [TEXT, "A MANHÃ”", "Â© 2024", "SÃO PAULO", "naïve", "5 â 6"])
def test_text_that_is_right_or_doubtful_is_left_as_it_is(right):
    assert repair(right) == (right, "")


def test_line_breaks_spaces_and_invisible_characters_come_to_one_form():
    text, notes = clean("one\r\ntwo\rthree\u2028four\x0bfive\u00a0six\u200bseven\u202e\u00ad\x07")
    assert text == "one\ntwo\nthree\nfour\nfive sixseven"
    assert notes == ("1 control character removed", "3 invisible characters removed")


def test_decomposed_letters_are_composed_and_joiners_stay():
    assert clean("Zoe\u0308") == ("Zoë", ())
    assert clean("می\u200cخواهم") == ("می\u200cخواهم", ())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp"])))
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)[0]
    assert clean(once)[0] == once


@given(st.binary(max_size=300))
def test_any_bytes_decode(data):
    text, _ = decode(data)
    assert isinstance(text, str)
