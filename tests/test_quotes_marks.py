"""Quotation marks: where quoted text begins and ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbook.quotes import quoted_spans


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quoted_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is shut,” said Ana Ruiz.",
        '"The quay is shut," said Ana Ruiz.',
        "‘The quay is shut,’ said Ana Ruiz.",
        "'The quay is shut,' said Ana Ruiz.",
        "''The quay is shut,'' said Ana Ruiz.",
        "``The quay is shut,'' said Ana Ruiz.",
        "«The quay is shut,» said Ana Ruiz.",
        "„The quay is shut,“ said Ana Ruiz.",
        "»The quay is shut,« said Ana Ruiz.",
        "”The quay is shut,” said Ana Ruiz.",
        "″The quay is shut,″ said Ana Ruiz.",
        "‚The quay is shut,‘ said Ana Ruiz.",
        "「The quay is shut,」 said Ana Ruiz.",
        "『The quay is shut,』 said Ana Ruiz.",
    ],
)
def test_every_form_of_mark(text: str) -> None:
    assert found(text) == ["The quay is shut,"]


def test_apostrophes_are_no_marks() -> None:
    assert found("The players' bus wasn't Ruiz's; it's the '90s, rock 'n' roll and all.") == []
    assert found("The islanders’ boat isn’t Okoye’s.") == []


def test_single_marks_around_an_apostrophe() -> None:
    assert found("‘They’re the players’ favourites,’ he said.") == ["They’re the players’ favourites,"]
    assert found("He called it 'the players' bus', she said.") == ["the players' bus"]


def test_an_elision_may_open_a_quotation() -> None:
    assert found("‘’Tis late,’ she said.") == ["’Tis late,"]


def test_a_quotation_inside_a_quotation_is_part_of_it() -> None:
    assert found("“He told me ‘never again’ and left,” she said.") == ["He told me ‘never again’ and left,"]
    assert found("‘I said, “Go home”,’ she said.") == ["I said, “Go home”,"]
    assert found("“She read “No Entry” aloud,” he said.") == ["She read “No Entry” aloud,"]


def test_split_quotation_is_two_stretches() -> None:
    assert found('"It leaks," Ruiz said. "It always has."') == ["It leaks,", "It always has."]


def test_each_paragraph_opened_again_is_one_quotation() -> None:
    text = "“We waited.\n\n“Nobody came.\n\n“So we left,” said Ana Ruiz.\n\n“Sad,” said Bo Lind."
    assert found(text) == ["We waited.\n\n“Nobody came.\n\n“So we left,", "Sad,"]


def test_lines_without_marks_between_opening_and_closing() -> None:
    text = "“We welcome the plan.\n(…)\nWe will sign it.”\n\nThe pier opened in 1921."
    assert found(text) == ["We welcome the plan.\n(…)\nWe will sign it."]


def test_straight_marks_over_lines() -> None:
    assert found('"We welcome it.\n\n[...]\n\nWe will sign."\n\nThen he said: "Now."') == [
        "We welcome it.\n\n[...]\n\nWe will sign.",
        "Now.",
    ]


def test_a_mark_never_closed_ends_with_its_line() -> None:
    assert found("He said: “We will see.\n\nThe pier opened in 1921.") == ["We will see."]


def test_a_forgotten_closing_mark_gives_the_narration_to_nobody() -> None:
    assert found("“The quay is shut, said Ana Ruiz.\n\n“I wait,” said Bo Lind.") == [
        "The quay is shut,",
        "I wait,",
    ]
    assert found("“It was, he said, a long night.\n\n“Then it ended.”") == [
        "It was, he said, a long night.\n\n“Then it ended."
    ]


def test_single_marks_over_paragraphs_and_around_double_ones() -> None:
    assert found("'We waited.\n\n'Nobody came.'\n\nThe pier opened.") == ["We waited.\n\n'Nobody came."]
    assert found("'Whoever boards, we tell, \"Mind the gap,\"' said Ana Ruiz.") == [
        'Whoever boards, we tell, "Mind the gap,"'
    ]


def test_a_block_is_a_quotation_where_it_is_introduced() -> None:
    text = "In a letter the reeve, Ana Ruiz, wrote:\n\nThe quay stays shut until May. I am sorry.\n\nIt opened in 1921."
    assert found(text) == ["The quay stays shut until May. I am sorry."]
    assert found("The plan has two parts:\n\nThe quay stays shut until May. The pier opens.") == []


def test_a_space_behind_the_opening_mark() -> None:
    assert found('Ruiz said: " We wait here." Then she left.') == [" We wait here."]
    assert found("“ We wait here,” said Ana Ruiz.") == [" We wait here,"]
    assert found('"We wait," said Ruiz. " Not long. " She left.') == ["We wait,", " Not long. "]


def test_single_angled_marks() -> None:
    assert found("‹We wait here,› said Ana Ruiz. ›Not long,‹ said Bo Lind.") == ["We wait here,", "Not long,"]
    assert found("Home › News › Lumo") == []


def test_inches_are_no_quotation() -> None:
    assert found('A 12" pipe and a 6" valve burst.') == []


def test_a_nickname_within_a_name_is_no_quotation() -> None:
    assert found("Odo “Red” Lerrin said “no”. Odo “Long Tom” Lind nodded.") == ["no"]
    assert found("In “Red” Odo Lerrin plays a thief.") == ["Red"]


def test_marks_that_a_table_doubled() -> None:
    assert found('""We wait,"" said Ana Ruiz. ""Not long.""') == ["We wait,", "Not long."]


def test_brackets_inside() -> None:
    assert found('"We [the crew] (all nine) stay," he said.') == ["We [the crew] (all nine) stay,"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab .,\n\"'“”‘’«»()", max_size=80))
def test_any_text_gives_ordered_stretches_within_it(text: str) -> None:
    spans = quoted_spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


def test_low_and_corner_marks_hold_others() -> None:
    assert found("„Er sagte ‚nie wieder‘ und ging“, berichtete Ana Ruiz.") == [
        "Er sagte ‚nie wieder‘ und ging"
    ]
    assert found("‚Er’s weg,‘ sagte Bo Lind. ‚Es ist „vorbei“.‘") == ["Er’s weg,", "Es ist „vorbei“."]
    assert found("「He told me 『never again』 and left,」 said Bo Lind.") == [
        "He told me 『never again』 and left,"
    ]
    assert found("「雨が降っている」と田中さんは言った。") == ["雨が降っている"]


BLOCK = (
    "The roof came down in the night and nobody was hurt.\n\nWe shall keep the school shut until Wednesday."
)


@pytest.mark.parametrize(
    "lead",
    ["She wrote:", "The statement reads:", "The head told parents in an email:", "Her letter in full:"],
)
def test_a_block_reaches_as_far_as_it_says_we(lead: str) -> None:
    assert found(f"Ana Ruiz runs a school. {lead}\n\n{BLOCK}\n\nParents want a meeting. Ruiz agreed.") == [
        BLOCK
    ]
    assert found(f"{lead}\n\n{BLOCK}\n\nParents of six children.\n\nOur doors stay open.") == [
        f"{BLOCK}\n\nParents of six children.\n\nOur doors stay open."
    ]


def test_a_block_ends_where_the_story_goes_on() -> None:
    first = BLOCK.partition("\n")[0]
    assert found(f"Ana Ruiz wrote:\n\n{first}\n\nRuiz has led the school since May.\n\nIt stays shut.") == [
        first
    ]
    assert found(f"I asked Ana Ruiz. She wrote:\n\n{BLOCK}") == [first]
    assert found(
        f"Ana Ruiz wrote:\n\n{first}\n\nThe council said it was sorry.\n\nWe asked it for more."
    ) == [first]


def test_a_closing_mark_was_forgotten_where_somebody_else_speaks_next() -> None:
    body = "“We heard it,” said Bo Lind. “The street woke.\n\n“I ran barefoot,” {} “It was cold.”"
    assert found(body.format("said Ana Ruiz.")) == [
        "We heard it,",
        "The street woke.",
        "I ran barefoot,",
        "It was cold.",
    ]
    assert found(body.format("he said.")) == [
        "We heard it,",
        "The street woke.\n\n“I ran barefoot,",
        "It was cold.",
    ]
