"""The first step: one batch of files to its part of the tables, a function of those files and the settings."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from clipbook import framing, quotes, readability, sentences
from clipbook.bulk.part import Part, Row, write_part
from clipbook.bulk.plan import Batch, File
from clipbook.captures import Found, Limits, read_file
from clipbook.corpus import article_table, line_table, read_article
from clipbook.corpus.duplicates import BANDS, shingle_hashes, signature
from clipbook.corpus.metadata import Known, add_metadata
from clipbook.corpus.stated import further_columns
from clipbook.corpus.tables import ARTICLE_COLUMNS
from clipbook.files import print_csv
from clipbook.keywords.background import count_encoded
from clipbook.keywords.table import encode_articles, english_articles
from clipbook.keywords.terms import terms_of
from clipbook.keywords.words import Lexicon
from clipbook.records import Article

HEAD_COLUMNS = ARTICLE_COLUMNS[: ARTICLE_COLUMNS.index("status")]
END_COLUMNS = ARTICLE_COLUMNS[ARTICLE_COLUMNS.index("duplicate_of") + 1 :]
_LIMITS = Limits()
_AT_ONCE = 32  # articles whose words are counted together
_UNSURE = 2_000_000_000  # nanoseconds: a file as young as its part may have changed without a sign


@dataclass(frozen=True, slots=True)
class Settings:
    """What the rows of a capture depend on besides its file and the metadata."""

    codebook: str = "generic"
    limits: Limits = _LIMITS


@dataclass(frozen=True, slots=True)
class Task:
    """A batch to measure, as it is sent to a worker."""

    folder: Path  # of all parts
    batch: Batch
    settings: Settings
    digest: str  # of the settings
    earlier: dict[str, str] = field(default_factory=dict)  # file -> the part that may hold its rows
    lost: dict[str, str] = field(default_factory=dict)  # file -> why it is not to be read
    careful: bool = False  # one file after the other, saying which, because a worker has died of this batch

    @property
    def saying(self) -> Path:
        """The file in which a careful worker says what it reads."""
        return self.folder / f".at-{self.batch.name}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a batch."""

    captures: int
    reused: int


def measure(task: Task) -> Measured:
    """Measure one batch and write its part; rows of files that have not changed are taken over."""
    made = time.time_ns()
    rows, heads = _unchanged(task)
    reused = len(rows)
    files = [file for file in task.batch.files if file.found.name not in heads]
    for group in [[file] for file in files] if task.careful else [files] if files else []:
        if task.careful:
            task.saying.write_text(group[0].found.name, encoding="utf-8", errors="surrogateescape")
        rows += _measure_files(group, task, heads)
    rows.sort(key=lambda row: row.facts["capture_id"])
    head = {
        "settings": task.digest,
        "made": made,
        "captures": len(rows),
        "files": [heads[file.found.name] for file in task.batch.files],
    }
    write_part(task.folder / task.batch.name, rows, head)
    task.saying.unlink(missing_ok=True)
    return Measured(len(rows), reused)


def _unchanged(task: Task) -> tuple[list[Row], dict[str, dict[str, Any]]]:
    by_part: dict[str, list[File]] = {}
    for file in task.batch.files:
        if file.found.name in task.earlier:
            by_part.setdefault(task.earlier[file.found.name], []).append(file)
    rows: list[Row] = []
    heads: dict[str, dict[str, Any]] = {}
    for name, files in by_part.items():
        try:
            part = Part(task.folder / name)
            stated = {head["name"]: head for head in part.head["files"]}
            same = {
                f.found.name: f for f in files if _is_same(f, stated.get(f.found.name), part, task.digest)
            }
            rows += part.rows(set(same))
        except (OSError, ValueError, KeyError):
            continue  # the part is gone or damaged: measure its files anew
        heads |= {name: stated[name] | {"mtime": file.mtime} for name, file in same.items()}
    return rows, heads


def _is_same(file: File, stated: dict[str, Any] | None, part: Part, digest: str) -> bool:
    if stated is None or part.head["settings"] != digest or stated["lost"]:
        return False
    if stated["identity"] != file.identity():
        return False
    if stated["mtime"] == file.mtime and file.mtime < part.head["made"] - _UNSURE:
        return True
    return stated["sha256"] != "" and stated["sha256"] == _sha256(file.found)


def _sha256(found: Found) -> str:
    """Hash a file; one that must not be read, such as a pipe, has no hash."""
    if found.refusal:
        return ""
    try:
        with found.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _measure_files(files: list[File], task: Task, heads: dict[str, dict[str, Any]]) -> list[Row]:
    articles: list[Article] = []
    further: list[Known] = []
    file_of: list[str] = []
    for file in files:
        name = file.found.name
        columns: dict[str, None] = {}
        lost = task.lost.get(name, "")
        found = replace(file.found, refusal=lost or file.found.refusal)
        for capture in read_file(found, limits=task.settings.limits):
            articles.append(read_article(capture))
            file_of.append(name)
            if stated := further_columns(capture):
                further.append(Known(0, capture.capture_id, dict(stated)))
                columns |= dict.fromkeys(stated)
        heads[name] = {
            "name": name, "identity": file.identity(), "mtime": file.mtime, "sha256": _sha256(file.found),
            "columns": list(columns), "lost": bool(lost),
        }  # fmt: skip
    order = sorted(range(len(articles)), key=lambda i: articles[i].capture_id)
    articles = [articles[i] for i in order]
    table, _ = add_metadata(article_table(articles), further, required=False)
    table, _ = add_metadata(table, [item for file in files for item in file.known], required=False)
    return _rows(table, line_table(articles), [file_of[i] for i in order], task.settings)


def _rows(table: pd.DataFrame, lines: pd.DataFrame, files: list[str], settings: Settings) -> list[Row]:
    found = quotes.quotes_as_found(table)
    book = framing.load_codebook(settings.codebook)
    tables = {
        "lines": lines,
        "sentences": sentences.sentence_table(table, found),
        "quotes": found,
        "frame_scores": framing.frame_scores(table, book, found),
        "frame_evidence": framing.frame_evidence(table, book, found),
        "readability": readability.readability_table(table, found),
    }
    blocks = {name: by_capture(each) for name, each in tables.items()}
    speakers: dict[str, Counter[str]] = {}
    for capture_id, speaker in zip(found["capture_id"], found["speaker"], strict=True):
        speakers.setdefault(capture_id, Counter())[speaker] += 1
    words = _words(table)
    ends = zip(print_rows(table[list(HEAD_COLUMNS)]), print_rows(table[list(END_COLUMNS)]), strict=True)
    extra = [name for name in table.columns if name not in ARTICLE_COLUMNS]
    rows = []
    for row, file, (head, end) in zip(table.to_dict("records"), files, ends, strict=True):
        name = row["capture_id"]
        facts = {
            "capture_id": name, "file": file, "source_file": row["source_file"], "status": row["status"],
            "published": "" if pd.isna(row["published"]) else row["published"].isoformat(),
            "outlet": row["outlet"], "notes": row["notes"], "text": _text_digest(row),
            "english": name in words, "words": words[name].words if name in words else 0,
            "speakers": speakers.get(name, {}), "extra": {column: row[column] for column in extra},
        }  # fmt: skip
        mine = {each: text.get(name, "") for each, text in blocks.items()}
        shingles = shingle_hashes(row["body"]) if row["status"] == "ok" else np.zeros(0, np.int64)
        bands = signature(shingles) if len(shingles) else np.zeros(BANDS, np.int64)
        counted = words.get(name, _NO_WORDS)
        mine |= {"article": head, "article_end": end}
        rows.append(Row(facts, mine, bands, shingles.astype(np.int32), counted.stems, counted.terms))
    return rows


def _text_digest(row: dict[Any, Any]) -> str:
    """Tell thin articles apart; "" when they cannot be copies."""
    if not (row["headline"] and row["body"]):
        return ""
    return hashlib.blake2b(
        f"{row['headline']}\x00{row['body']}".encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


@dataclass(frozen=True, slots=True)
class _Words:
    words: int
    stems: list[str]
    terms: list[tuple[str, int, int, float, str]]


_NO_WORDS = _Words(0, [], [])


def _words(table: pd.DataFrame) -> dict[str, _Words]:
    english = english_articles(table)
    lexicon = Lexicon()
    encoded = encode_articles(english, lexicon)
    counted = [
        article
        for start in range(0, len(encoded), _AT_ONCE)
        for article in terms_of(encoded[start : start + _AT_ONCE], lexicon)
    ]
    return {
        name: _Words(terms.words, sorted(count_encoded([article], lexicon).counts), terms.terms)
        for name, article, terms in zip(english["capture_id"], encoded, counted, strict=True)
    }


class _Lines:
    """A stream that keeps what is written, one write a row."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def write(self, row: str) -> int:
        self.rows.append(row)
        return len(row)


def print_rows(table: pd.DataFrame, *, heading: bool = False) -> list[str]:
    """Give a table's rows as CSV, with or without the heading."""
    stream = _Lines()
    print_csv(stream, table)  # type: ignore[arg-type]
    return stream.rows if heading else stream.rows[1:]


def by_capture(table: pd.DataFrame, key: str = "capture_id") -> dict[str, str]:
    """Give each capture's rows of a table as CSV."""
    rows: dict[str, list[str]] = {}
    for name, row in zip(table[key], print_rows(table), strict=True):
        rows.setdefault(name, []).append(row)
    return {name: "".join(mine) for name, mine in rows.items()}


def headings(settings: Settings) -> Iterator[tuple[str, str]]:
    """Give the headings of the tables that are measured capture by capture."""
    table = article_table([])
    found = quotes.quotes_as_found(table)
    book = framing.load_codebook(settings.codebook)
    yield "lines", print_rows(line_table([]), heading=True)[0]
    yield "sentences", print_rows(sentences.sentence_table(table, found), heading=True)[0]
    yield "quotes", print_rows(found, heading=True)[0]
    yield "frame_scores", print_rows(framing.frame_scores(table, book, found), heading=True)[0]
    yield "frame_evidence", print_rows(framing.frame_evidence(table, book, found), heading=True)[0]
    yield "readability", print_rows(readability.readability_table(table, found), heading=True)[0]
