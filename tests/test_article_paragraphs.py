"""Kept lines as paragraphs."""

from __future__ import annotations

from clipbook.article.paragraphs import body_text
from clipbook.captures.lines import unwrap


def _body(*lines: str) -> str:
    return body_text(lines, [bool(line) and not line.startswith("#") for line in lines])


def test_blank_lines_divide_paragraphs_where_the_capture_has_them() -> None:
    assert _body("One.", "", "Two.", "Still two.", "", "Three.", "", "Four.") == (
        "One.\n\nTwo.\nStill two.\n\nThree.\n\nFour."
    )


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert _body("One.", "Two.", "Three.", "Four.", "Five.") == "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive."


def test_a_dropped_line_ends_a_paragraph() -> None:
    assert (
        _body("One.", "", "Two.", "# Advertisement", "Three.", "", "Four.")
        == "One.\n\nTwo.\n\nThree.\n\nFour."
    )


WRAPPED = [
    "The harbour board of Port Averin said on Monday that the last night",
    "boat to the islands would leave at nine from the first of April and",
    "that the price of a single ticket would rise by a fifth in the same",
    "month.",
    "",
    "Islanders who work late in the city told the board that they would",
    "have no way home. A petition against the plan had been signed by a",
    "third of them by noon.",
]


def test_text_wrapped_at_a_fixed_width_is_unwrapped() -> None:
    lines, places = unwrap(WRAPPED)
    assert lines == [" ".join(WRAPPED[:4]), "", " ".join(WRAPPED[5:])]
    assert places == [[0, 1, 2, 3], [4], [5, 6, 7]]


def test_lines_of_any_length_are_left_alone() -> None:
    lines = [
        "One short line.",
        "A line that is quite a bit longer than the first one was, and then some.",
        "Two.",
        "Three.",
        "Four.",
    ]
    assert unwrap(lines) == (lines, [[0], [1], [2], [3], [4]])


def test_nothing_kept_is_no_text() -> None:
    assert _body("# a", "# b") == ""
