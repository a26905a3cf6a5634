"""Bytes to text: one form whatever the encoding, and nothing changed that was right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbook.captures import Limits
from clipbook.captures.decode import clean, decode, repair
from clipbook.captures.lines import visible_text

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


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf-16", "cp1252"),
        ("x-mac-roman", "mac-roman"),
        ("iso-8859-1", "cp1252"),
        ("x-sjis", "cp932"),
        ("ks_c_5601-1987", "cp949"),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label, codec):
    text = {"cp932": "港の橋は閉鎖", "cp949": "항구 다리 폐쇄"}.get(codec, "Café Ünal, naïve")
    assert decode(text.encode(codec), label)[0] == text


def test_a_label_of_seven_bits_is_believed():
    assert decode("港の橋".encode("iso-2022-jp"), "iso-2022-jp") == ("港の橋", ())


def test_sentences_without_a_space_between_them_are_divided():
    glued = (
        "The road is shut until May.Buses go by the lake.“We wait,” said Ann.She added more. All went well."
    )
    text, notes = visible_text(glued, Limits())
    assert text.split("\n\n") == [
        "The road is shut until May.",
        "Buses go by the lake.",
        "“We wait,” said Ann.",
        "She added more. All went well.",
    ]
    assert notes == ("3 paragraphs followed the one before without a space; they were divided there",)
    names = "See Node.js, U.S.The rest, e.g.This and www.site.com.Now; Ph.D.s at 5 p.m.We left."
    assert visible_text(names, Limits()) == (names, ())
