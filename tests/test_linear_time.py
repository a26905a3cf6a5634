"""Hostile text costs time in proportion to its length: no pattern backtracks, no walk starts over.

What is fast at full length is left at that. Of what is not, the processor time at four lengths is fitted with a power
of the length; each time is the least of several, as a busy machine can only add to it. Part of ``make test-slow``, as no measured time belongs in ``make test``.
"""

from __future__ import annotations

import gc
import gzip
import io
import math
import statistics
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import capture_makers as make
import pandas as pd
import pytest

from clipbook import framing
from clipbook.article import parse_article
from clipbook.captures import Limits
from clipbook.captures.plain import divide_head
from clipbook.captures.read import read_safely
from clipbook.captures.ruled import divide_ruled
from clipbook.captures.source import Source
from clipbook.corpus import read_article
from clipbook.corpus.duplicates import mark_duplicates
from clipbook.keywords import keyness_table, keyword_table
from clipbook.quotes import find_quotes
from clipbook.readability import readability_table
from clipbook.records import Capture
from clipbook.text.sentences import sentence_spans, sentence_table
from clipbook.text.words import words_of

pytestmark = pytest.mark.slow

SIZE = 80_000  # characters
OTHER_SIZES = {"find_quotes": 30_000, "parse_article": 160_000}  # a slow measure, and one of many lines
QUICK = 0.3  # seconds of processor time at full length that need no comparison
PARTS = (8, 4, 2, 1)  # the lengths compared: an eighth of the full one, ...
STEEPEST = 1.5  # power of the length that time may grow with: 1 in proportion, 2 with its square
ROUNDS = 6  # at most; what is steep in all of them is steep

UNITS = {
    "opening marks": "“",
    "closing marks": "”",
    "closing marks behind stops": ".”",
    "closing single marks": "’",
    "straight marks": '"a ',
    "single marks": "‘a ",
    "apostrophes": "'",
    "apostrophes and spaces": "' '",
    "apostrophes behind letters": "a'",
    "possessives": "'s",
    "typewriter marks": "''``",
    "angled marks": "«a »",
    "low marks": "„a",
    "marks opened again": "\n“a b",
    "marks opened in every line": "“a\n",
    "marks and lines": "“a”\n\n",
    "capitals": "A",
    "capital words": "Aa Bb ",
    "capital letters": "A. ",
    "dots": ".",
    "dots and brackets": ". (",
    "dots in words": "a.",
    "numbered": "1. ",
    "dollars": "$",
    "dots and capitals": "A.",
    "ellipses": "… ",
    "stops": "!?",
    "stops and lines": "!\n",
    "stops and names": "?” Aa Aa ",
    "brackets": "([{<",
    "pairs of brackets": "()[]",
    "said": "said ",
    "said and names": "Ana Ruiz said ",
    "said and marks": 'said Ana Ruiz, "a ',
    "said and single marks": "‘Ruiz said. ",
    "he said": '"He said, "',
    "names and brackets": "Ana Ruiz ( ",
    "described": "the man, who ",
    "different speakers": "“a b,” said Ana R{}z. ",
    "the writer speaks": "I said “a” and we told ",
    "datelines": "LUMO, May 3 (Wire)\n",
    "blocks": "The office said:\nThe quay is shut until the spring.\nNo more.\n",
    "who": "who, the ",
    "commas": "a, ",
    "and": "and the ",
    "spaces": " ",
    "no-break spaces": "\u00a0a",
    "tabs": "\t",
    "line breaks": "\n",
    "lines": "word\n",
    "lines of words": "A line of some words here\n",
    "hyphens": "-",
    "hyphenated": "a-",
    "dashes": " — ",
    "underscores": "_",
    "digits": "7",
    "numbers": "1,",
    "dates": "4 March 2024 ",
    "times": "10:30 ",
    "bars": "a | ",
    "by": "By Ana Ruiz and ",
    "addresses": "a@b.",
    "links": "https://a.example/",
    "ampersands": "&amp;",
    "tags": "<b>",
    "combining marks": "a\u0301\u0323",
    "one letter": "a",
    "different words": "{}x ",
    "sentences": "The bridge is shut. ",
    "unspaced": "橋は閉鎖された。",
    "astral": "😀",
}


def text(unit: str, size: int) -> str:
    """Repeat a unit, with a letter at the end, on which a pattern that waits for the end has to turn back."""
    if "{}" in unit:
        return "".join(unit.format(number) for number in range(size // 6))[: size - 1] + "x"
    return (unit * (size // len(unit) + 1))[: size - 1] + "x"


def article(body: str) -> pd.DataFrame:
    row = {
        "capture_id": "a",
        "outlet": "Post",
        "headline": "",
        "body": body,
        "language": "en",
        "status": "ok",
    }
    return pd.DataFrame([row])


def html(body: str) -> str:
    return f"<html><body><article><p>{body}</p></article></body></html>"


def beside(body: str) -> str:
    line = body.replace("\n", " ")
    return f"{line}\n\nThe bridge in Lindmouth is shut, said Ana Ruiz.\n\nBy Ana Ruiz\n{line}"


def head(body: str) -> str:
    value = escape(body)
    names = ("author", "description", "og:title", "article:published_time", "og:site_name")
    metas = "".join(f'<meta name="{name}" property="{name}" content="{value}">' for name in names)
    return (
        f"<html><head><title>{value}</title>{metas}</head><body><h1>{value}</h1><time>{value}</time><p>Words."
    )


BOOK = framing.load_codebook("generic")
MEASURES: dict[str, Callable[[str], object]] = {
    "parse_article": lambda body: parse_article(Capture("a", "a", "text", text=body)),
    "parse_article in lines": lambda body: parse_article(Capture("a", "a", "text", text=in_lines(body))),
    "parse_article of markup": lambda body: parse_article(Capture("a", "a", "html", html=html(body))),
    "parse_article beside a story": lambda body: parse_article(Capture("a", "a", "text", text=beside(body))),
    "parse_article of a page's head": lambda body: parse_article(Capture("a", "a", "html", html=head(body))),
    "divide_head": lambda body: divide_head(f"https://quay.{body}"),
    "divide_ruled": lambda body: divide_ruled(f"=== {body}"),
    "find_quotes": lambda body: find_quotes(article(body), indirect=True),
    "sentence_table": lambda body: sentence_table(article(body)),
    "readability_table": lambda body: readability_table(article(body)),
    "frame_scores": lambda body: framing.frame_scores(article(body), BOOK),
    "keyword_table": lambda body: keyword_table(article(body)),
    "keyness_table": lambda body: keyness_table(
        pd.concat([article(body), article("Words.").assign(outlet="Echo")], ignore_index=True), by="outlet"
    ),
    "mark_duplicates": lambda body: mark_duplicates(article(body).assign(published=pd.NaT)),
}


def in_lines(body: str) -> str:
    return "\n".join(body[at : at + 400] for at in range(0, len(body), 400))


def took(measure: Callable[[Any], object], body: str | bytes) -> float:
    for cached in (sentence_spans, words_of):
        cached.cache_clear()
    gc.collect()
    gc.freeze()  # what earlier tests have left is not looked through again while this one runs
    try:
        start = time.process_time()
        measure(body)
        return time.process_time() - start
    finally:
        gc.unfreeze()


def too_steep(measure: Callable[[Any], object], made: Callable[[int], Any], size: int) -> str:
    """Say how time grows with length, where it grows faster than it may."""
    if took(measure, made(size)) <= QUICK:
        return ""
    least = least_times(measure, [made(size // part) for part in PARTS])
    if power(least) <= STEEPEST:
        return ""
    return f"length to the power of {power(least):.2f}: {', '.join(f'{seconds:.3f}' for seconds in least)} s"


def least_times(measure: Callable[[Any], object], bodies: list[Any]) -> list[float]:
    """Measure twice, and again as long as time seems to grow too fast and noise could be why."""
    least = [math.inf] * len(bodies)
    for number in range(ROUNDS):
        least = [min(before, took(measure, body)) for before, body in zip(least, bodies, strict=True)]
        if number and (power(least) <= STEEPEST or least[-1] > 5 * QUICK):
            break
    return least


def power(times: list[float]) -> float:
    """Fit the times at the lengths compared with a power of the length, by least squares of the logarithms."""
    logs = [math.log(max(seconds, 1e-6)) for seconds in times]
    return statistics.linear_regression([-math.log(part) for part in PARTS], logs).slope


def test_the_power_is_that_of_the_length():
    assert power([1, 2, 4, 8]) == pytest.approx(1)
    assert power([3, 12, 48, 192]) == pytest.approx(2)


def test_a_walk_that_starts_over_at_each_letter_is_too_steep():
    again = lambda body: [body.count("b", start) for start in range(len(body))]  # noqa: E731
    assert power(least_times(again, ["a" * (40_000 // part) for part in PARTS])) > STEEPEST


@pytest.mark.parametrize("measure", MEASURES)
def test_time_grows_in_proportion_to_the_text(measure):
    run = MEASURES[measure]
    run("“Words,” said Ana Ruiz.")
    size = OTHER_SIZES.get(measure, SIZE)
    found = {name: too_steep(run, partial(text, unit), size) for name, unit in UNITS.items()}
    assert {name: said for name, said in found.items() if said} == {}


FILE_SIZE = 300_000  # bytes of a hostile file, or of what it unpacks to
START = "BT /F1 11 Tf 50 800 Td "


def part_of(document: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        parts = {each: packed.read(each) for each in packed.namelist()}
    return make.zipped(parts | {name: change(parts[name])})


def word(inside: str) -> bytes:
    change = lambda xml: xml.replace(b"<w:body>", b"<w:body>" + inside.encode())  # noqa: E731
    return part_of(make.docx(["words"]), "word/document.xml", change)


def sheet(inside: str) -> bytes:
    change = lambda xml: xml.replace(b"</sheetData>", inside.encode() + b"</sheetData>")  # noqa: E731
    return part_of(make.xlsx([["text"], ["words"]]), "xl/worksheets/sheet1.xml", change)


def drawn(inside: str) -> bytes:
    packed = zlib.compress(f"{START}{inside} ET".encode(), 1)
    begun, _, rest = make.pdf([["words"]]).partition(b"<< /Length ")
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\n" % (len(packed), packed)
    return begun + stream + rest[rest.index(b"endstream") :]


def kind(header: str) -> Callable[[str], bytes]:
    return lambda inside: f"{header}: {inside}\r\n\r\nwords".encode()


FILES: dict[str, tuple[Callable[[str], bytes], tuple[str, ...]]] = {
    ".html": (
        lambda inside: f"<html><body>{inside}".encode(),
        (
            "<p>",
            "<td>",
            "<!--",
            "<script>",
            "&#65;",
            "<a b='",
            "<br>a",
            "<h1>a</h1>",
            "<time>4 March 2024</time>",
            "<div ",
            "<!-- <!--",
            " data:image/png;",
        ),
    ),
    ".md": (str.encode, ("[", "[a](", "![a](", "**", "**b_", "> ", "---\n", "a: b\n", "* ")),
    ".csv": (lambda inside: f"text,title\n{inside}".encode(), ('"', ",", "a,", "\n", '",')),
    ".jsonl": (lambda inside: f'{{"text": "a", "b": {inside}'.encode(), ("[", "9", '"a",', '{"b": ', "\n")),
    ".eml": (str.encode, ("X: a\r\n", " a\r\n", "--\r\n", "Content-Type: message/rfc822\r\n\r\n")),
    "type.eml": (kind("Content-Type: multipart/mixed"), ("; a=b", ' ; a="', "; boundary=a", "a")),
    "head.eml": (kind("Subject"), ("=?utf-8?Q?=41?= ", "\r\n a", "(")),
    ".rtf": (
        lambda inside: f"{{\\rtf1 {inside} words".encode(),
        ("{", "}", "\\par ", "\\u65?", "\\'41", "\\"),
    ),
    ".pdf": (drawn, ("(a) Tj ", "q ", "[", "<<", "(", "(a) Tj T* ", "1 0 0 1 0 0 cm ")),
    "tail.pdf": (lambda inside: make.pdf([["words"]]) + inside.encode(), ("%%EOF\n", " ", "xref\n0 1\n")),
    ".docx": (
        word,
        (
            "<w:p/>",
            "<w:p><w:r><w:t>a b</w:t></w:r></w:p>",
            "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        ),
    ),
    "line.docx": (
        lambda inside: word(f"<w:p>{inside}</w:p>"),
        ("<w:r><w:t>a</w:t></w:r>", "<w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink>"),
    ),
    ".xlsx": (sheet, ("<row/>", '<row><c t="inlineStr"><is><t>a</t></is></c></row>')),
    ".warc": (
        lambda inside: f"WARC/1.0\r\nA: b{inside}".encode(),
        ("b", "\r\n b", "\r\nA: b", "\r\n", "\r\n\r\n\r\nWARC/1.0\r\nContent-Length: 0"),
    ),
    ".txt.gz": (lambda inside: gzip.compress(b"words\n") * (len(inside) // 25), ("a",)),
    ".zip": (lambda inside: make.zipped({f"{n}.txt": b"a" for n in range(len(inside) // 400)}), ("a",)),
    ".txt": (str.encode, ("word ", "â€™", "Ã©\n", "a\u0301", "\ufeff", "\r", "“")),
}


def read(name: str, data: bytes) -> None:
    for capture in read_safely(Source(name=f"page{name}", capture_id="page", data=data), Limits()):
        read_article(capture)


@pytest.mark.parametrize("name", FILES)
def test_time_grows_in_proportion_to_the_file(name):
    made, units = FILES[name]
    read(name, made(units[0]))
    found = {
        unit: too_steep(partial(read, name), lambda size, unit=unit: made(text(unit, size)), FILE_SIZE)
        for unit in units
    }
    assert {unit: said for unit, said in found.items() if said} == {}
