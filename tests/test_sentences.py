"""Sentences and words, each expected cut made by hand."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbook.schema import TableError
from clipbook.text.sentences import sentence_spans, sentence_table
from clipbook.text.words import word_spans, words_of


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


# Each text is written with "|" where a sentence ends; the bar is taken out before cutting.
MARKED = [
    "The bridge shut.| It opened again on Monday.| Nobody knows why.",
    "Dr. Oma Tilbrook met Mrs. Venn.| They left.",
    "Sen. Ilva Marsh (R-Ohio) spoke.| Gov. Pell did not.",
    "J. R. Quillon wrote it.| D. Oake read it.",
    "The U.S. economy grew.| It was made in the U.S.| The price rose.",
    "They met at 6 p.m. Friday.| They left at 8 p.m.| Then it rained.",
    "It rose 3.5 percent to $3.5bn.| Then it fell by 1,000.50.",
    "It cost $164.99.| Check the label.",
    "No. 10 was silent.| No.| That is not true.",
    "See Vol. 3 and p. 12 of it.| Turn over.",
    "He beat then-Gov. Pell.| It was close.",
    "“We won.”| The crowd cheered.",
    "“Why?” Ms. Reyes-Oma asked.| Nobody answered.",
    "“Stop!” he shouted.| “Why?”| The room went quiet.",
    "“I saw it,” said Pell.| “I saw it all.”| He sat down.",
    "He paused… then spoke.| He paused…| Then he spoke.",
    "He left . . . and came back.| Fine.",
    "What now?!| Nothing.",
    "(It was late.)| They slept.",
    "Acme Inc. said so.| The owner is Acme Inc.| But nobody asked.",
    "In Marsh v. Venn the court split.| It happens.",
    "VELD, S.C. — In the autumn it rained.| Then it snowed.",
    "She bought it.| iPhones are dear.",
    "1. Wash your hands.| Then dry them.",
    "ST. OMA — The town slept.| It woke.",
    "Er kam am 3. Mai an.| Dann ging er.",
    "Elle a vu M. Quillon.| Puis elle est partie.",
    "これは文です。|次の文です。",
    "यह पहला है।| यह दूसरा है।",
    "He lives in Apt. no. 4.| It is small.",
    "At Yahoo! we sing.| We do.",
]


@pytest.mark.parametrize("marked", MARKED)
def test_sentences_end_where_a_reader_ends_them(marked):
    pieces = marked.split("|")
    assert cut("".join(pieces)) == [piece.strip() for piece in pieces]


@pytest.mark.parametrize(
    "pieces",
    [
        ["„Die Mauer steht.“ ", "Das sagte Bo Lind am Montag."],
        ["»Die Mauer steht.« ", "Das sagte er."],
        ["„Steht sie?“, fragte Bo Lind. ", "„Sie steht“, sagte Ana Pell."],
        ["Elle a dit : « Je pars. » ", "Puis elle est partie."],
        ["The quay is shut.", "Nobody wept.", "“I sleep,” Ana said.", "They slept in 2019.", "It rained."],
        ["“We sleep.”", "Ana wept!", "She said so."],
        ["Read a.example/Quay.Html or mail Ana.Pell@a.example, Ana.B.Pell and Dr.Lind say."],
    ],
)
def test_closing_marks_of_other_languages_and_lost_spaces(pieces):
    assert cut("".join(pieces)) == [piece.strip() for piece in pieces]


def test_a_sentence_never_crosses_a_line_break():
    assert cut("Bridge shut after flood\n\nThe bridge\nis shut. Cars wait.") == [
        "Bridge shut after flood",
        "The bridge",
        "is shut.",
        "Cars wait.",
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "* * *", "…", "“”"])
def test_a_text_without_letters_has_no_sentence(text):
    assert sentence_spans(text) == ()


def test_words_keep_what_joins_them_and_drop_what_only_surrounds_them():
    text = "“Don’t,” said AT&T's well-known U.S. boss at 10:30: $3.5bn, up 45%; the ’90s and/or COVID-19."
    assert words_of(text).word == [
        *["Don’t", "said", "AT&T's", "well-known", "U.S", "boss", "at", "10:30", "$3.5bn", "up", "45%"],
        *["the", "90s", "and", "or", "COVID-19"],
    ]


def test_sentences_that_run_together_still_give_two_words():
    assert words_of("It ended.Then it began").word == ["It", "ended", "Then", "it", "began"]


@given(st.text(alphabet="aB1 .!?…\"“”'’-–—,()\n\t$%&é。", max_size=60))
def test_spans_are_in_order_without_overlap_and_words_lie_inside_sentences(text):
    sentences = sentence_spans(text)
    assert all(start < end for start, end in sentences)
    assert all(before[1] <= after[0] for before, after in pairwise(sentences))
    covered = {place for start, end in sentences for place in range(start, end)}
    assert all(covered.issuperset(range(start, end)) for start, end in word_spans(text))


BODY = "Bridge shut\n\n“It is not safe,” said Ana Pell. She left.\nCars wait.\n\nIt rained."


def test_sentence_table_counts_paragraphs_and_sentences_from_one():
    table = sentence_table(pd.DataFrame({"capture_id": ["a"], "body": [BODY]}))
    assert table["text"].tolist() == [
        "Bridge shut",
        "“It is not safe,” said Ana Pell.",
        "She left.",
        "Cars wait.",
        "It rained.",
    ]
    assert table["paragraph"].tolist() == [1, 2, 2, 2, 3]
    assert table["sentence"].tolist() == [1, 2, 3, 4, 5]
    assert all(
        BODY[start:end] == text
        for start, end, text in zip(table["start"], table["end"], table["text"], strict=True)
    )
    assert table["quoted_share"].isna().all()


def test_quoted_share_counts_the_words_of_direct_and_mixed_quotations_only():
    articles = pd.DataFrame({"capture_id": ["a"], "body": [BODY]})
    said, scare = BODY.index("“It"), BODY.index("Cars")
    quotes = pd.DataFrame(
        {
            "capture_id": ["a", "a"],
            "start": [said, scare],
            "end": [BODY.index("”") + 1, scare + 4],
            "kind": ["direct", "scare"],
        }
    )
    shares = sentence_table(articles, quotes)["quoted_share"].tolist()
    assert shares == [0, pytest.approx(4 / 7), 0, 0, 0]


def test_a_quotation_may_cross_a_line_break():
    body = "He said: “We came.\nWe saw.” Then he left."
    quotes = pd.DataFrame(
        {"capture_id": ["a"], "start": [9], "end": [body.index("”") + 1], "kind": ["direct"]}
    )
    table = sentence_table(pd.DataFrame({"capture_id": ["a"], "body": [body]}), quotes)
    assert table["quoted_share"].tolist() == [0.5, 1, 0]


def test_an_empty_table_of_articles_gives_an_empty_table_of_sentences():
    table = sentence_table(pd.DataFrame({"capture_id": [], "body": []}))
    assert len(table) == 0 and "quoted_share" in table


def test_a_table_without_bodies_is_refused_by_name():
    with pytest.raises(TableError, match="no column body"):
        sentence_table(pd.DataFrame({"capture_id": ["a"]}))
