"""Hostile text costs time in proportion to its length: no pattern backtracks, no walk starts over."""

from __future__ import annotations

import time
from collections.abc import Callable

import pandas as pd
import pytest

from clipbook import framing
from clipbook.article import parse_article
from clipbook.corpus.duplicates import mark_duplicates
from clipbook.keywords import keyness_table, keyword_table
from clipbook.quotes import find_quotes
from clipbook.readability import readability_table
from clipbook.records import Capture
from clipbook.sentences import sentence_spans, sentence_table, word_spans

SIZE = 60_000  # characters
SHORTER = {"find_quotes": 16_000}  # a slow measure, whose clauses are parsed
QUICK = 0.2  # seconds of processor time at full size that need no comparison
MARGIN = 2.0  # four times the length may take up to eight times as long

UNITS = {
    "opening marks": "“",
    "closing marks": "”",
    "straight marks": '"a ',
    "single marks": "‘a ",
    "apostrophes": "'",
    "typewriter marks": "''``",
    "angled marks": "«a »",
    "low marks": "„a",
    "marks opened again": "\n“a b",
    "marks and lines": "“a”\n\n",
    "capitals": "A",
    "capital words": "Aa Bb ",
    "capital letters": "A. ",
    "dots": ".",
    "dots and capitals": "A.",
    "ellipses": "… ",
    "stops": "!?",
    "brackets": "([{<",
    "pairs of brackets": "()[]",
    "said": "said ",
    "said and names": "Ana Ruiz said ",
    "different speakers": "“a b,” said Ana R{}z. ",
    "the writer speaks": "I said “a” and we told ",
    "datelines": "LUMO, May 3 (Wire)\n",
    "who": "who, the ",
    "commas": "a, ",
    "and": "and the ",
    "spaces": " ",
    "no-break spaces": "\u00a0a",
    "tabs": "\t",
    "line breaks": "\n",
    "lines": "word\n",
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
    if "{}" in unit:
        return "".join(unit.format(number) for number in range(size // 6))[:size]
    return (unit * (size // len(unit) + 1))[:size]


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


BOOK = framing.load_codebook("generic")
MEASURES: dict[str, Callable[[str], object]] = {
    "parse_article": lambda body: parse_article(Capture("a", "a", "text", text=body)),
    "parse_article in lines": lambda body: parse_article(Capture("a", "a", "text", text=in_lines(body))),
    "parse_article of markup": lambda body: parse_article(Capture("a", "a", "html", html=html(body))),
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


def took(measure: Callable[[str], object], body: str) -> float:
    for cached in (sentence_spans, word_spans):
        cached.cache_clear()
    start = time.process_time()
    measure(body)
    return time.process_time() - start


@pytest.mark.parametrize("measure", MEASURES)
def test_four_times_the_text_takes_about_four_times_as_long(measure):
    run = MEASURES[measure]
    run("“Words,” said Ana Ruiz.")
    size = SHORTER.get(measure, SIZE)
    slow = []
    for name, unit in UNITS.items():
        whole = took(run, text(unit, size))
        if whole <= QUICK:
            continue
        fourth = max(min(took(run, text(unit, size // 4)) for _ in range(2)), QUICK / 8)
        if whole > 4 * MARGIN * fourth:
            whole = min(took(run, text(unit, size)) for _ in range(2))
        if whole > 4 * MARGIN * fourth:
            slow.append(f"{name}: {fourth:.2f} s, then {whole:.2f} s")
    assert slow == []
