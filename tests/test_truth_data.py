"""The hand-made truth is complete and says only what stands on the captured pages."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
DATA = TESTS.parent / "data"
TRUTH = sorted((TESTS / "truth").glob("*.json"))
KINDS = {"direct", "mixed", "scare", "title", "nested"}


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def spaced(text: str) -> str:
    return " ".join(text.split())


def page_text(path: Path) -> str:
    """Give all the words of a page, whatever its format, without judging them."""
    raw = path.read_bytes()
    if path.suffix == ".mhtml":
        part = next(
            p
            for p in message_from_bytes(raw, policy=policy.default).walk()
            if p.get_content_type() == "text/html"
        )
        page = part.get_payload(decode=True).decode("utf-8")  # type: ignore[union-attr]
    else:
        page = raw.decode("utf-8")
    return spaced(page if path.suffix == ".txt" else unescape(re.sub(r"<[^<>]*>", " ", page)))


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def file_of(truth: dict) -> str:
    """The file that holds an article; an export holds several, "export.txt#2"."""
    return truth["source_file"].partition("#")[0]


def test_every_capture_has_its_truth_and_every_tidy_one_its_row():
    captures = {p.relative_to(DATA / "captures").as_posix() for p in (DATA / "captures").rglob("*.*")}
    untidy = {name for name in captures if name.startswith("unsorted/")}
    assert {file_of(read(path)) for path in TRUTH} == captures
    assert {row["source_file"] for row in rows("captures.csv")} == captures - untidy
    assert (len(captures), len(untidy), len(TRUTH)) == (54, 9, 56)


def test_each_outlet_has_nine_captures():
    outlets = [row["outlet"] for row in rows("captures.csv")]
    assert {outlet: outlets.count(outlet) for outlet in outlets} == {
        "The Orven Ledger": 9,
        "Daily Gannet": 9,
        "Orvenia One": 9,
        "Hallorey Lantern": 9,
        "Skellwire": 9,
    }


@pytest.mark.parametrize("path", TRUTH, ids=lambda p: p.stem)
def test_truth_stands_on_the_page(path: Path):
    truth = read(path)
    page = page_text(DATA / "captures" / file_of(truth))
    stated = [truth["headline"], *truth["authors"], *truth["paragraphs"], *truth["tolerated"]]
    assert [text for text in stated if spaced(text) not in page] == []
    assert [text for text in truth["tolerated"] if text in truth["paragraphs"]] == []


@pytest.mark.parametrize("path", TRUTH, ids=lambda p: p.stem)
def test_truth_quotations_stand_in_the_paragraphs_in_order(path: Path):
    truth = read(path)
    body, at = "\n\n".join(truth["paragraphs"]), 0
    for quote in truth["quotes"]:
        assert quote["kind"] in KINDS
        found = body.find(quote["text"], at)
        assert found > 0, quote["text"]
        assert body[found - 1] in "“‘\"'"
        at = found
        if quote["kind"] in {"scare", "title"}:
            assert quote["speaker"] is None
    assert all(
        any(text.endswith(f": {turn['text']}") for text in truth["paragraphs"])
        for turn in truth.get("turns", [])
    )


@pytest.mark.parametrize("path", TRUTH, ids=lambda p: p.stem)
def test_truth_date_is_a_day_or_a_minute(path: Path):
    published = read(path)["published"]
    if published is not None:
        assert datetime.fromisoformat(published).year == 2026
        assert len(published) in {10, 16}


def test_speakers_have_one_row_an_alias_and_their_own_name_among_them():
    table = rows("speakers.csv")
    aliases = [row["alias"] for row in table]
    assert len(set(aliases)) == len(aliases)
    assert {row["speaker"] for row in table} <= set(aliases)


def test_speakers_are_consistent():
    facts: dict[str, set[tuple[str, ...]]] = {}
    for row in rows("speakers.csv"):
        facts.setdefault(row["speaker"], set()).add(
            (row["role"], row["affiliation"], row["camp"], row["gender"])
        )
    assert [name for name, stated in facts.items() if len(stated) > 1] == []
