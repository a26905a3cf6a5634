"""The first step: one batch of files to its part of the tables, a function of those files and the settings."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from clipbook.captures import Limits, read_file
from clipbook.corpus import read_article
from clipbook.corpus.metadata import Known
from clipbook.corpus.stated import further_columns
from clipbook.records import Article, Capture
from clipbook.tables.part import Row, write_part
from clipbook.tables.plan import Batch, File
from clipbook.tables.remote import at_hand
from clipbook.tables.spool import read_spool
from clipbook.tables.table_rows import rows_of
from clipbook.tables.unchanged import file_digest, unchanged, unopened

_LIMITS = Limits()


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
    unbegun: int = 0  # workers that have died, but not of one file
    careful: bool = False  # one file after the other, saying which, because a worker has died of this batch

    @property
    def saying(self) -> Path:
        """The file in which a careful worker says what it reads."""
        return self.folder / f".at-{self.batch.name}"

    @property
    def part(self) -> str:
        """The name of the part that comes of it."""
        return self.batch.name


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some captures of an archive to measure."""

    folder: Path  # of all parts
    part: str
    file: File
    sha256: str  # of the file
    spool: Path
    known: tuple[Known, ...]  # the researcher's metadata of these captures
    settings: Settings
    digest: str
    lost: dict[str, str] = field(default_factory=dict)  # capture -> why it is not to be parsed
    unbegun: int = 0  # workers that have died, but not of one capture
    careful: bool = False

    @property
    def saying(self) -> Path:
        """The file in which a careful worker says what it parses."""
        return self.folder / f".at-{self.part}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a batch."""

    captures: int
    reused: int


def measure(task: Task | Chunk) -> Measured:
    """Measure a batch or chunk and write its part; rows of files that have not changed are taken over."""
    made = time.time_ns()
    with collecting_later():
        rows, heads, reused = _chunk(task) if isinstance(task, Chunk) else _batch(task)
    rows.sort(key=lambda row: row.facts["capture_id"])
    head = {"settings": task.digest, "made": made, "captures": len(rows), "files": heads}
    write_part(task.folder / task.part, rows, head)
    task.saying.unlink(missing_ok=True)
    return Measured(len(rows), reused)


@contextmanager
def collecting_later() -> Iterator[None]:
    """Leave cyclic garbage lie while a batch is measured: looking for it costs more than it frees."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
            gc.collect(1)


def _batch(task: Task) -> tuple[list[Row], list[dict[str, Any]], int]:
    rows, heads = unchanged(task.folder, task.batch.files, task.earlier, task.digest)
    reused = len(rows)
    files = [file for file in task.batch.files if file.found.name not in heads]
    for group in [[file] for file in files] if task.careful else [files] if files else []:
        if task.careful:
            task.saying.write_text(group[0].found.name, encoding="utf-8", errors="surrogateescape")
        read = _Read()
        for file in group:
            heads[file.found.name] = _read(file, task, read)
        rows += read.rows([item for file in group for item in file.known], task.settings)
    return rows, [heads[file.found.name] for file in task.batch.files], reused


def _read(file: File, task: Task, read: _Read) -> dict[str, Any]:
    name = file.found.name
    lost = task.lost.get(name, "")
    columns: dict[str, None] = {}
    digests: list[str] = []
    with at_hand(replace(file.found, refusal=lost or file.found.refusal)) as found:
        for capture in read_file(found, limits=task.settings.limits):
            columns |= read.add(capture, name)
            digests.append(capture.sha256 if capture.source_file == name else "")  # else of what is within
        digest = digests[0] if len(digests) == 1 and digests[0] else file_digest(found)
    return head_of(file, digest, columns, lost=unopened(found, file.found, digest))


def head_of(file: File, sha256: str, columns: Iterable[str], *, lost: bool) -> dict[str, Any]:
    """Say of a file what tells later whether it has changed."""
    return {
        "name": file.found.name, "identity": file.identity(), "mtime": file.mtime, "sha256": sha256,
        "columns": list(columns), "lost": lost,
    }  # fmt: skip


def _chunk(task: Chunk) -> tuple[list[Row], list[dict[str, Any]], int]:
    rows: list[Row] = []
    columns: dict[str, None] = {}
    captures = read_spool(task.spool)
    for group in [[capture] for capture in captures] if task.careful else [captures]:
        if task.careful:
            task.saying.write_text(group[0].capture_id, encoding="utf-8", errors="surrogateescape")
        read = _Read()
        for capture in group:
            lost = task.lost.get(capture.capture_id, "")
            kept = replace(capture, text="", html="", failure=lost) if lost else capture
            columns |= read.add(kept, task.file.found.name)
        rows += read.rows(task.known, task.settings)
    return rows, [head_of(task.file, task.sha256, columns, lost=bool(task.lost))], 0


class _Read:
    """Articles as they are read, with what their files state of them besides."""

    def __init__(self) -> None:
        self._articles: list[tuple[Article, str]] = []
        self._further: list[Known] = []

    def add(self, capture: Capture, file: str) -> dict[str, None]:
        """Parse a capture; gives the further columns that its file has for it."""
        self._articles.append((read_article(capture), file))
        stated = further_columns(capture)
        if stated:
            self._further.append(Known(0, capture.capture_id, dict(stated)))
        return dict.fromkeys(stated)

    def rows(self, known: Iterable[Known], settings: Settings) -> list[Row]:
        """Measure what was read."""
        self._articles.sort(key=lambda pair: pair[0].capture_id)
        articles, files = zip(*self._articles, strict=True)
        return rows_of(articles, [self._further, list(known)], settings.codebook, files)
