"""The first step: one batch of files to its part of the tables, a function of those files and the settings."""

from __future__ import annotations

import gc
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from clipbook import framing, quotes, readability
from clipbook.captures import Found, failed_by_machine, read_file
from clipbook.corpus import article_table, read_article
from clipbook.corpus.duplicates import BANDS, shingle_hashes, signature
from clipbook.corpus.metadata import Known, add_metadata
from clipbook.corpus.stated import further_columns, with_line_fixes
from clipbook.corpus.tables import ARTICLE_COLUMNS
from clipbook.framing.scores import score_and_evidence_rows
from clipbook.keywords.ranking import english_articles
from clipbook.keywords.terms import Term, terms_of
from clipbook.keywords.words import encode
from clipbook.memory import collecting_later
from clipbook.quotes.people import name_words, spoken_by
from clipbook.records import Article, Capture
from clipbook.schema import columns_of
from clipbook.tables.addresses import at_hand
from clipbook.tables.archives import read_stored, why
from clipbook.tables.parts import COUNTED, MEASURED, rows_of, schema_of, table_of, write_part
from clipbook.tables.plan import Batch, File, Settings
from clipbook.tables.workers import TryAgainError
from clipbook.text.sentences import sentence_rows, sentence_spans
from clipbook.text.words import count_words, words_of

BUCKETS = 512  # that terms fall into, so that a corpus's terms can be compared bucket by bucket
TOGETHER = 2_000_000  # characters of articles that are measured at once, in some 35 times their memory


@dataclass(frozen=True, slots=True)
class Job:
    """Captures to measure, as they are sent to a worker: those of a batch, or some of an archive."""

    folder: Path  # of all parts
    part: str  # the name of what comes of it
    batch: Batch
    settings: Settings
    earlier: Mapping[str, str] = field(default_factory=dict)  # file's identity -> the part with its rows
    stored: Path | None = None  # captures of an archive
    lost: Mapping[str, str] = field(default_factory=dict)  # file or capture -> why it is not read
    unbegun: int = 0  # workers that have died, but not of one file
    careful: bool = False  # one after the other, saying which, because they failed together

    @property
    def saying(self) -> Path:
        """The file in which a careful worker says what it reads."""
        return self.folder / f".at-{self.part}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a job."""

    captures: int
    reused: int


def measure(job: Job) -> Measured:
    """Measure captures and write their part; rows of files that an earlier part holds are taken over.

    Raises
    ------
    TryAgainError
        If something failed while they were read or measured, and ``job`` is not careful.
    """
    taken: dict[str, list[str]] = {}
    for file in job.batch.files:
        if file.identity in job.earlier:
            taken.setdefault(job.earlier[file.identity], []).append(file.identity)
    pieces = [rows_of(job.folder / part, files) for part, files in taken.items()]
    reused = sum(len(piece["marks"]) for piece in pieces)
    with collecting_later():
        pieces += _measured(job)
    tables = {name: pa.concat_tables([piece[name] for piece in pieces]) for name in pieces[0]}
    order = pa.array([file.identity for file in job.batch.files])
    tables["files"] = tables["files"].take(pc.sort_indices(pc.index_in(tables["files"]["file"], order)))
    write_part(job.folder / job.part, tables)
    job.saying.unlink(missing_ok=True)
    return Measured(len(tables["marks"]), reused)


def _measured(job: Job) -> Iterator[dict[str, pa.Table]]:
    """Measure what is new: all together, or one file or capture of an archive after the other."""
    new: list[File | Capture] = [file for file in job.batch.files if file.identity not in job.earlier]
    if job.stored is not None:
        new = list(read_stored(job.stored))
    for group in [[one] for one in new] if job.careful else [new] if new else []:
        name = _name(group[0])
        if job.careful:
            job.saying.write_text(name, encoding="utf-8", errors="surrogateescape")
        try:
            yield from _tables(group, job)
        except Exception as error:
            if not job.careful:
                raise TryAgainError(why(error)) from None
            yield from _tables(group, replace(job, lost={name: why(error)}))


def _name(one: File | Capture) -> str:
    return one.capture_id if isinstance(one, Capture) else one.found.name


def _tables(group: Sequence[File | Capture], job: Job) -> Iterator[dict[str, pa.Table]]:
    """Read files or captures and measure them, as many together as is bounded; one of them once or not at all."""
    known = [item for file in job.batch.files for item in file.known]
    read = _Read()
    for one in group:
        if read.characters > TOGETHER:
            yield read.tables(known, job.settings.codebook)
            read = _Read()
            gc.collect(1)  # what lies since `collecting_later`
        lost = job.lost.get(_name(one), "")
        if isinstance(one, Capture):
            kept = replace(one, text="", html="", failure=lost) if lost else one
            read.add(kept, job.batch.files[0], lost=bool(lost))
            continue
        with at_hand(replace(one.found, refusal=lost or one.found.refusal)) as found:
            for capture in read_file(found, limits=job.settings.limits):
                if failed_by_machine(capture) and not job.careful:
                    raise TryAgainError(capture.failure)
                read.add(capture, one, lost=_is_lost(capture, one, found))
    yield read.tables(known, job.settings.codebook)


def _is_lost(capture: Capture, file: File, read: Found) -> bool:
    """Whether a later run is to read a file again: this one could not, or met another content than was planned."""
    unread = read.refusal != file.found.refusal or not (file.content or read.refusal)
    whole = capture.sha256 if capture.source_file == file.found.name else ""
    other = len(whole) == len(file.content) and whole != file.content
    return unread or other or failed_by_machine(capture)


class _Read:
    """Articles as they are read, with the file of each and what it states of them besides."""

    def __init__(self) -> None:
        self._articles: list[tuple[Article, str]] = []
        self._further: list[Known] = []
        self._files: dict[str, dict[str, Any]] = {}  # as in `parts.COUNTED`
        self.characters = 0

    def add(self, capture: Capture, file: File, *, lost: bool) -> None:
        """Parse a capture; ``lost`` says that a later run is to try it again."""
        none = {"file": file.identity, "lost": False, "columns": [], "captures": 0}
        said = self._files.setdefault(file.identity, none)
        said["captures"] += 1
        said["lost"] |= lost
        article = with_line_fixes(read_article(capture), file.known)
        self.characters += len(article.body)
        self._articles.append((article, file.identity))
        if stated := further_columns(capture):
            self._further.append(Known(0, capture.capture_id, dict(stated)))
            said["columns"] = list(dict.fromkeys([*said["columns"], *stated]))

    def tables(self, known: Iterable[Known], codebook: str) -> dict[str, pa.Table]:
        """Measure what was read: every table of it, by name."""
        self._articles.sort(key=lambda pair: pair[0].capture_id)
        articles, files = zip(*self._articles, strict=True)
        table = article_table(articles)
        for stated in (self._further, list(known)):
            table, _ = add_metadata(table, stated, required=False)
        found = quotes.quotes_as_found(table)
        scores, evidence = score_and_evidence_rows(table, framing.load_codebook(codebook), found)
        words = _words(table)
        own = [name for name in table.columns if name not in ARTICLE_COLUMNS]
        measured: dict[str, pd.DataFrame | list[tuple[object, ...]]] = {
            "articles": table[list(ARTICLE_COLUMNS)],
            "lines": [(article.capture_id, *line) for article in articles for line in article.lines],
            "sentences": sentence_rows(table, found),
            "quotes": found,
            "frame_scores": scores,
            "frame_evidence": evidence,
            "readability": readability.readability_table(table, found),
            "marks": _marks(table, files, words),
            "further": table.melt("capture_id", own, "name", "value").query("value != ''"),
            "spoken": _spoken(found, table),
            "stems": [(name, stem) for name, (_, stems, _) in words.items() for stem in stems],
            "terms": [
                (name, key, _bucket(key), *rest)
                for name, (_, _, terms) in words.items()
                for key, *rest in terms
            ],
            "files": [tuple(file.values()) for file in self._files.values()],
        }
        for kept_at_hand in (words_of, sentence_spans):  # by texts that are done with
            kept_at_hand.cache_clear()
        schemas = COUNTED | {name: schema_of(name, columns_of(name)) for name in MEASURED}
        return {name: table_of(rows, schemas[name]) for name, rows in measured.items()}


Words = dict[str, tuple[int, list[str], list[Term]]]


def _words(table: pd.DataFrame) -> Words:
    """Count words, list stems and count terms of each English article."""
    english = english_articles(table)
    encoded = encode(english["headline"], english["body"])
    columns = (english[name].tolist() for name in ("capture_id", "headline", "words"))
    counted = zip(*columns, encoded.stems(), terms_of(encoded), strict=True)
    return {
        name: (count_words(headline) + words, stems, terms) for name, headline, words, stems, terms in counted
    }


def _marks(table: pd.DataFrame, files: Sequence[str], words: Words) -> pd.DataFrame:
    """What the comparison of captures needs: of full articles signatures, of thin ones a digest of the text."""
    shingles = [
        shingle_hashes(body) if status == "ok" else np.zeros(0, np.int64)
        for body, status in zip(table["body"], table["status"], strict=True)
    ]
    return pd.DataFrame(
        {
            "capture_id": table["capture_id"],
            "file": files,
            "text": list(map(_digest, table["headline"], table["body"])),
            "english": [name in words for name in table["capture_id"]],
            "words": [words[name][0] if name in words else 0 for name in table["capture_id"]],
            "bands": [signature(each) if len(each) else np.zeros(BANDS, np.int64) for each in shingles],
            "shingles": [each.astype(np.int32) for each in shingles],
        }
    )


def _digest(headline: str, body: str) -> str:
    text = f"{headline}\0{body}".encode("utf-8", "replace")
    return hashlib.sha256(text).hexdigest() if headline and body else ""


def _spoken(found: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """List each article's speakers; only names that end in one surname are ever compared."""
    spoken = spoken_by(found, table[["capture_id"]])
    return spoken.assign(surname=[_bucket((name_words(name) or ("",))[-1]) for name in spoken["name"]])


def _bucket(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % BUCKETS
