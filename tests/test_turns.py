"""Turns of interviews and transcripts."""

from __future__ import annotations

import pandas as pd
import pytest

from clipbook.article.turns import turn_notes, turns
from clipbook.quotes import UNATTRIBUTED, article_quotes, find_quotes, quote_share, speech

HEARING = (
    "Mayor Ana Ruiz met the harbour master, Bo Lind, on Monday.\n\nRUIZ: The quay is shut.\n\nLIND: Since when?\n\n"
    "RUIZ: Since May.\n\nIt was still raining. The pier opened in 1921."
)


def test_turns_have_the_speakers_that_the_article_names() -> None:
    rows = article_quotes(HEARING)
    assert [(row.text, row.kind, row.speaker) for row in rows] == [
        ("The quay is shut.", "turn", "Ana Ruiz"),
        ("Since when?", "turn", "Bo Lind"),
        ("Since May.", "turn", "Ana Ruiz"),
    ]


def test_one_person_asked_in_headings_has_turns_without_the_questions() -> None:
    asked = "How high?\n\nAna Ruiz: Two metres.\n\nHow long?\n\nAna Ruiz: A mile.\n\nAnd who pays?\n\nAna Ruiz: You."
    assert [asked[turn.start : turn.end].strip() for turn in turns(asked)] == [
        "Two metres.",
        "A mile.",
        "You.",
    ]
    assert turns(asked.replace("?", ".")) == []


def test_turns_enter_a_share_by_choice_and_are_told() -> None:
    articles = pd.DataFrame({"capture_id": ["a"], "body": [HEARING]})
    rows = find_quotes(articles)
    assert speech(rows).empty
    shares = quote_share(rows, articles, kinds=("turn",)).set_index("speaker")["words"]
    assert shares.to_dict() == {"Ana Ruiz": 6, "Bo Lind": 2}
    assert "8 words in 3 turns" in turn_notes(HEARING)[0]


def test_questions_and_answers_behind_letters() -> None:
    text = "The reeve answered.\n\nQ: Is the quay shut?\n\nA: It is.\n\nThe pier too.\n\nQ. Why?\n\nA. Rain."
    found = turns(text)
    assert [(turn.label, text[turn.start : turn.end]) for turn in found] == [
        ("Q", "Is the quay shut?"),
        ("A", "It is.\n\nThe pier too."),
        ("Q", "Why?"),
        ("A", "Rain."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Where: the quay.\n\nWhen: May 3.\n\nPrice: 4 pounds.\n\nWhere: the pier.",
        "Ruiz: “We wait.”\n\nLind: “We go.”\n\nRuiz: “Fine.”",
        "One thing is sure: rain.\n\nAnother thing: wind.\n\nOne thing is sure: snow.",
        "Cast:\nRuiz: a mayor.\n\nSize:\nFour metres.\n\nColour:\nGreen.",
        "The plan: a pier.\n\nThe cost: 4 million.",
    ],
)
def test_lists_and_quotations_are_no_turns(text: str) -> None:
    assert turns(text) == []
    assert turn_notes(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "RUIZ: The quay is shut.\n\nLIND: Since when?\n\nRUIZ: Since May.",
        "ANA RUIZ, HOST:\n\nThe quay is shut.\n\nBO LIND, BYLINE: Since when?\n\nRUIZ: Since May.",
        "Ana Ruiz:\nThe quay is shut.\n\nBo Lind:\nSince when?\n\nAna Ruiz:\nSince May.",
        "Ana Ruiz: (00:12)\nThe quay is shut.\n\nBo Lind: (00:19)\nSince when?\n\nAna Ruiz: (00:25)\nSince May.",
        "[00:12] RUIZ: The quay is shut.\n\n[00:19] LIND: Since when?\n\n[00:25] RUIZ: Since May.",
        "MS. RUIZ (by phone): The quay is shut.\n\nUNKNOWN VOICE #2: Since when?\n\nMS. RUIZ: Since May.",
    ],
)
def test_labels_of_radio_courts_and_machines(text: str) -> None:
    assert [text[turn.start : turn.end] for turn in turns(text)] == [
        "The quay is shut.", "Since when?", "Since May.",
    ]  # fmt: skip


def test_who_is_called_by_title_or_by_question() -> None:
    hearing = "Mayor Ana Ruiz met the clerk, Bo Lind.\n\nTHE COURT: Go on.\n\nMS. RUIZ: It is shut.\n\nTHE COURT: Why?"
    assert [row.speaker for row in article_quotes(hearing)] == ["The Court", "Ana Ruiz", "The Court"]
    asked = "Question: Is it shut?\n\nAnswer: It is.\n\nQuestion: Why?"
    assert {(row.kind, row.speaker) for row in article_quotes(asked)} == {("turn", UNATTRIBUTED)}


def test_an_answer_of_several_paragraphs_is_one_turn() -> None:
    told = "\n\n".join(f"Part {number} of it." for number in range(4))
    text = f"Q: Is it shut?\n\nA: {told}\n\nQ: Why?\n\nA: Rain.\n\nThe pier opened in 1921."
    assert [text[turn.start : turn.end] for turn in turns(text)] == ["Is it shut?", told, "Why?", "Rain."]


def test_questions_without_labels_are_told() -> None:
    text = "\n\n".join(f"What of pier {n}?\n\nI saw it open, and we were glad." for n in range(4))
    assert "an interview" in turn_notes(text)[0]
    explained = "\n\n".join(f"What of pier {n}?\n\nIt opened in 1921 and was painted." for n in range(4))
    assert turn_notes(explained) == ()


def test_who_answers_is_the_only_one_introduced_and_a_heading_of_an_interview_is_no_speech() -> None:
    text = "Six questions for Ida Moss, a glazier.\n\nQ: Why?\n\nA: Rain broke it.\n\n“Rain broke it”\n\nQ: And?\n\nA: I wept."
    said = [(row.text, row.kind, row.speaker) for row in article_quotes(text)]
    assert ("I wept.", "turn", "Ida Moss") in said
    assert [kind for words, kind, _ in said if words == "Rain broke it"] == ["title"]
