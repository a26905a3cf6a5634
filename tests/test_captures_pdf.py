"""PDF pages: lines put together by where they stand, furniture left out, the headline by its size."""

from __future__ import annotations

import textwrap
from pathlib import Path

import capture_makers as make
import pytest

from clipbook.captures import read_captures
from clipbook.captures.decode import clean

PARAGRAPHS = [
    "The mill race at Aldersund froze on Sunday, and with it the only generator of the upper farms, the parish said.",
    "“We have candles until Thursday,” said Ruth Fenner, who keeps the post office and its one telephone.",
    "A sledge with fuel will leave Harrow when the wind drops. It takes five hours over the ice.",
    "Last winter the race froze for nine days, and the parish bought a pump that has not been seen since.",
]


def read(tmp_path: Path, pages: list) -> object:
    path = tmp_path / "a.pdf"
    path.write_bytes(make.placed_pdf(pages))
    [capture] = read_captures([path])
    return capture


def set_lines(
    paragraphs: list[str],
    x: float,
    y: float,
    *,
    width: int,
    leading: float = 12,
    gap: float = 8,
    size: float = 10,
) -> list:
    lines = []
    for text in paragraphs:
        for line in textwrap.wrap(text, width):
            lines.append((x, y, size, line))
            y -= leading
        y -= gap
    return lines


def test_columns_of_a_newspaper_with_a_headline_of_two_lines(tmp_path):
    page = [
        (40, 800, 10, "The Aldersund Gazette - Monday 2 February 2026 - Page 3"),
        (40, 750, 28, "Upper farms wait for"),
        (40, 717, 28, "fuel and a thaw"),
    ]
    page += set_lines(PARAGRAPHS[:2], 40, 660, width=32) + set_lines(PARAGRAPHS[2:], 300, 660, width=32)
    capture = read(tmp_path, [page])
    assert capture.fields["headline"] == "Upper farms wait for fuel and a thaw"
    assert capture.fields["published"].startswith("2 February 2026")
    assert capture.text.split("\n\n")[1:] == ["Upper farms wait for fuel and a thaw", *PARAGRAPHS]


def test_indented_paragraphs_without_a_gap(tmp_path):
    lines = []
    y = 700.0
    for text in PARAGRAPHS:
        for number, line in enumerate(textwrap.wrap(text, 40)):
            lines.append((60 if number == 0 else 50, y, 10, line))
            y -= 12
    assert read(tmp_path, [lines]).text == "\n\n".join(PARAGRAPHS)


def test_a_bar_over_the_foot_of_every_page(tmp_path):
    first = set_lines(PARAGRAPHS[:2], 50, 700, width=60)
    second = set_lines(PARAGRAPHS[2:], 50, 780, width=60)
    cut = textwrap.wrap(PARAGRAPHS[0], 60)
    bars = [
        [(30, 42, 12, "We value your privacy."), (400, 42, 10, more)] for more in ("Accept Manage", "Accept")
    ]
    head = [
        [
            (24, 815, 8, f"2/3/26, 9:0{n} AM Upper farms wait"),
            (24, 12, 8, f"https://gazette.example/farms {n}/2"),
        ]
        for n in (1, 2)
    ]
    capture = read(
        tmp_path,
        [
            first + [(50, 60, 10, cut[0])] + bars[0] + head[0],
            [(50, 800, 10, " ".join(cut[1:])), *second, *bars[1], *head[1]],
        ],
    )
    assert capture.text.split("\n\n") == [*PARAGRAPHS[:2], PARAGRAPHS[0], *PARAGRAPHS[2:]]
    assert capture.url == "https://gazette.example/farms"


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("a gener-", "ator", "a generator"),
        ("a well-", "known miller", "a well-known miller"),
        ("a ten-", "year wait", "a ten-year wait"),
        ("in low-", "lying fields", "in low-lying fields"),
        ("the Harrow-", "Aldersund road", "the Harrow-Aldersund road"),
        ("from 2025-", "26 on", "from 2025-26 on"),
        ("a candle-", "lit hall; candle-lit", "a candle-lit hall; candle-lit"),
    ],
)
def test_hyphens_at_the_end_of_a_line(tmp_path, above, below, whole):
    before = "It was a winter of the kind that nobody had seen since the war, with"
    lines = [f"{before} {above}", f"{below}, and more of it than the parish could bear that year, she said."]
    text = read(
        tmp_path, [[(50, 700 - 12 * n, 10, line) for n, line in enumerate([*lines, *lines[1:], *lines[1:]])]]
    ).text
    assert f"{before} {whole}, and more" in text


def test_ligatures_are_letters(tmp_path):
    assert (
        clean("a ﬁnancial aﬀair in the oﬃce, ﬂat and baﬄing")[0]
        == "a financial affair in the office, flat and baffling"
    )
    path = tmp_path / "a.html"
    path.write_text(make.page(paragraphs=["The ﬁrst oﬃcer"]), encoding="utf-8")
    [capture] = read_captures([path])
    assert "The first officer" in capture.html
