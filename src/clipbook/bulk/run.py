"""From captures to every table, in parts: planned, measured, compared, put together; begun anew where it stopped."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from clipbook import framing
from clipbook.bulk import across as whole
from clipbook.bulk import assemble, finish, groups
from clipbook.bulk.measure import Measured, Settings, Task, headings, measure
from clipbook.bulk.parquet import check_parquet, csv_to_parquet
from clipbook.bulk.part import Part
from clipbook.bulk.plan import Batch, code_digest, plan_batches
from clipbook.bulk.rows import print_cells, print_rows
from clipbook.bulk.turn import BusyError, taking_turns
from clipbook.bulk.workers import Died, Workers, hire
from clipbook.captures import find_files
from clipbook.corpus.metadata import MetadataError, find_metadata, given_name, read_metadata
from clipbook.corpus.tables import ARTICLE_COLUMNS
from clipbook.files import write_csv, write_json
from clipbook.version import __version__

WORK = ".clipbook"  # in the folder of tables: the parts, so that a later run can take them over
FORMATS = ("csv", "parquet")
TABLES = (
    "articles", "lines", "sentences", "quotes", "quote_share", "quote_share_by_outlet", "frame_scores",
    "frame_evidence", "readability", "keywords", "keyness",
)  # fmt: skip
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did."""

    captures: int
    reused: int  # captures whose rows were taken over from an earlier run
    statuses: dict[str, int]
    unread: list[tuple[str, str, str]]  # status, source_file and reason of failed and thin captures
    notes: list[str]
    unchanged: bool = False  # the tables were already there


def write_tables(
    captures: Iterable[Path],
    out: Path,
    *,
    metadata: Path | None = None,
    settings: Settings | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    form: str = "csv",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Written:
    """Write every table of a corpus of any size.

    The tables are the same, byte for byte, whoever does the work. Captures that have not changed since an
    earlier run into the same folder, with the same settings and version, are not read again.

    Parameters
    ----------
    captures : iterable of Path
        Files and folders.
    out : Path
        Where the tables go: ``articles.csv``, ``lines.csv``, ...; parts are kept in ``.clipbook`` there.
    metadata : Path, optional
        As for :func:`clipbook.corpus.read_corpus`.
    settings : Settings, optional
        Codebook and limits.
    workers : int
        Local processes.
    scheduler : str, optional
        Address of a Dask scheduler whose workers see ``captures`` and ``out`` under the same paths.
    form : {"csv", "parquet"}
        How the tables are written.
    progress : function
        Called with the files done and all files.

    Returns
    -------
    Written
        What was done; with ``captures`` 0 nothing was written.

    Raises
    ------
    BusyError
        If another run writes into ``out``.
    OSError
        If ``captures`` or ``out`` cannot be used; tables that were there are as they were.
    ValueError
        If the codebook or the metadata is wrong, or what an option needs is not installed.
    """
    if form == "parquet":
        check_parquet()
    settings = _with_whole_path(settings or Settings())
    given = [Path(path) for path in captures]
    files = [file for file in find_files(given) if not _is_table(file.path, out)]
    if not files:
        return Written(0, 0, {}, [], [])
    stated = metadata or find_metadata(given)
    known = read_metadata(stated) if stated is not None else None
    digest = _settings_digest(settings)
    batches = list(plan_batches(files, known, digest))
    try:
        work = out / WORK
        (work / "parts").mkdir(parents=True, exist_ok=True)
        with taking_turns(work):
            finished = _finished(work, batches, form, known)
            if finished is not None:
                return finished
            framing.load_codebook(settings.codebook)
            with hire(workers, scheduler) as staff:
                run = _Run(out, settings, digest, staff, progress)
                return run.all(batches, known, form, required=metadata is not None)
    except BusyError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM):
            raise OSError(
                f"{out}: the tables cannot be written there ({error.strerror}). Those that were there are as "
                "they were; make room, or give another --out."
            ) from None
        raise


def _is_table(path: Path, out: Path) -> bool:
    """Whether a file is a table of an earlier run, where tables go among the captures."""
    own = path.stem in TABLES and path.suffix.removeprefix(".") in FORMATS
    return own and path.parent == out.resolve()


def _with_whole_path(settings: Settings) -> Settings:
    """Name a codebook's file so that workers elsewhere find it."""
    book = Path(settings.codebook)
    if settings.codebook in framing.shipped_codebooks() or not book.is_file():
        return settings
    return replace(settings, codebook=str(book.resolve()))


def _settings_digest(settings: Settings) -> str:
    book = Path(settings.codebook)
    content = hashlib.sha256(book.read_bytes()).hexdigest() if book.is_file() else settings.codebook
    stated = (__version__, code_digest(), content, asdict(settings.limits))
    return hashlib.sha256(repr(stated).encode()).hexdigest()


def _run_digest(batches: Sequence[Batch], form: str, known: Any) -> str:
    names = "\n".join(batch.name for batch in batches)
    return hashlib.sha256(f"{form}\n{known!r}\n{names}".encode()).hexdigest()


def _finished(work: Path, batches: Sequence[Batch], form: str, known: Any) -> Written | None:
    """Tell what an earlier run did, if this one would write the same over again."""
    try:
        stored = json.loads((work / "finished.json").read_text(encoding="utf-8"))
        if stored["run"] != _run_digest(batches, form, known):
            return None
        for name, size, mtime in stored["files"]:
            state = (work.parent / name).stat()
            if (state.st_size, state.st_mtime_ns) != (size, mtime):
                return None
        if stored["again"]:
            return None
        written = stored["written"] | {"unread": [tuple(each) for each in stored["written"]["unread"]]}
        return replace(Written(**written), reused=written["captures"], unchanged=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


class _Run:
    """One run into one folder."""

    def __init__(
        self,
        out: Path,
        settings: Settings,
        digest: str,
        staff: Workers,
        progress: Callable[[int, int], None],
    ) -> None:
        self.out, self.work = out.resolve(), out.resolve() / WORK
        self.settings, self.digest, self.staff, self.progress = settings, digest, staff, progress

    def all(self, batches: Sequence[Batch], known: Any, form: str, *, required: bool) -> Written:
        """Do all steps."""
        self._tidy()
        measured = self._measure(batches)
        folders = [self.work / "parts" / batch.name for batch in batches]
        heads = [head for folder in folders for head in Part(folder).head["files"]]
        across = whole.look_across(folders)
        if not across.capture_id:
            return Written(0, 0, {}, [], [])
        notes = _check_metadata(across, known or [], required=required)
        stated = [name for head in heads for name in head["columns"]]
        stated += [name for item in known or [] for name in item.values]
        further = [name for name in dict.fromkeys(map(given_name, stated)) if name not in ARTICLE_COLUMNS]
        spoken, worded, compared = self._look_back(across)
        made = self._assemble(across, further, spoken, worded, compared, form)
        written = _summary(across, sum(each.reused for each in measured), notes)
        self._conclude(made, batches, known, form, written, again=any(head["lost"] for head in heads))
        self._forget({folder.name for folder in folders}, {*spoken, *worded})
        return written

    def _tidy(self) -> None:
        for path in (*self.work.glob("parts/.*"), *self.work.glob("more/.*"), *self.out.glob(".tables-*")):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        (self.work / "more").mkdir(exist_ok=True)

    def _measure(self, batches: Sequence[Batch]) -> list[Measured]:
        folder = self.work / "parts"
        earlier = self._earlier({batch.name for batch in batches})
        done: list[Measured] = []
        todo = []
        count = 0
        total = sum(len(batch.files) for batch in batches)
        for batch in batches:
            if (part := _sound(folder / batch.name)) is not None:
                done.append(Measured(part.head["captures"], part.head["captures"]))
                count += len(batch.files)
            else:
                shutil.rmtree(folder / batch.name, ignore_errors=True)
                mine = {f.found.name: earlier[f.found.name] for f in batch.files if f.found.name in earlier}
                todo.append(Task(folder, batch, self.settings, self.digest, mine))
        self.progress(count, total)
        for task, result in self.staff.each(measure, todo, _more_carefully):
            done.append(result)
            count += len(task.batch.files)
            self.progress(count, total)
        return done

    def _earlier(self, wanted: set[str]) -> dict[str, str]:
        """Tell in which part of earlier runs each file is, parts that stay whole left out."""
        found: dict[str, tuple[int, str]] = {}
        for folder in (self.work / "parts").iterdir():
            if folder.name.startswith(".") or folder.name in wanted:
                continue
            with contextlib.suppress(OSError, ValueError, KeyError):
                head = Part(folder).head
                if head["settings"] == self.digest:
                    for file in head["files"]:
                        found[file["name"]] = max(
                            found.get(file["name"], (0, "")), (head["made"], folder.name)
                        )
        return {name: folder for name, (_, folder) in found.items()}

    def _look_back(self, across: whole.Across) -> tuple[list[Path], list[Path], list[Any]]:
        more = self.work / "more"
        spoken = self._finish(
            across,
            (
                finish.Names(
                    folder, more, {n: across.names[n] for n in _speakers(folder) if n in across.names}
                )
                for folder in across.folders
            ),
        )
        documents, counts = whole.common_words(across)
        worded = self._finish(
            across,
            (finish.Words(folder, more, documents, _counts_of(folder, counts)) for folder in across.folders),
        )
        index = more / ".index.npy"
        results = self.staff.each(groups.compare_bucket, groups.buckets(across, index), _the_same())
        compared = [tables for _, tables in sorted(results, key=lambda item: item[0].first)]
        index.unlink(missing_ok=True)
        return spoken, worded, compared

    def _finish(self, across: whole.Across, tasks: Iterator[finish.Names | finish.Words]) -> list[Path]:
        results = self.staff.each(finish.finish, tasks, _the_same())
        by_part = {task.part: result for task, result in results}
        return [by_part[folder] for folder in across.folders]

    def _assemble(
        self,
        across: whole.Across,
        further: list[str],
        spoken: list[Path],
        worded: list[Path],
        compared: list[Any],
        form: str,
    ) -> list[Path]:
        """Write all tables under temporary names, then put them in place."""
        fixed = dict(headings()) | dict(finish.finished_headings())
        by_part = {"quotes": spoken, "quote_share": spoken, "keywords": worded}
        temporary = Path(tempfile.mkdtemp(dir=self.out, prefix=".tables-"))
        try:
            with (temporary / "articles.csv").open("wb") as stream:
                assemble.write_articles(across, stream, further)
            for table, names in fixed.items():
                sources = by_part.get(table)
                with (temporary / f"{table}.csv").open("wb") as stream:
                    stream.write(names.encode())
                    assemble.copy_blocks(across, stream, table, sources)
            write_csv(temporary / "quote_share_by_outlet.csv", groups.shares_by_outlet(across))
            with (temporary / "keyness.csv").open("w", encoding="utf-8", newline="") as text:
                text.write(print_cells([groups.COLUMNS]))
                for pair in groups.keyness(across, compared):
                    text.write(print_rows(pair))
            return self._put_in_place(temporary, form)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    def _put_in_place(self, temporary: Path, form: str) -> list[Path]:
        made = sorted(temporary.glob("*.csv"))
        if form == "parquet":
            for path in made:
                csv_to_parquet(path, path.with_suffix(".parquet"), path.stem)
            made = [path.with_suffix(".parquet") for path in made]
        (self.work / "finished.json").unlink(missing_ok=True)
        for path in made:
            os.replace(path, self.out / path.name)
        return [self.out / path.name for path in made]

    def _conclude(
        self,
        made: list[Path],
        batches: Sequence[Batch],
        known: Any,
        form: str,
        written: Written,
        *,
        again: bool,
    ) -> None:
        states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in made]
        run = _run_digest(batches, form, known)
        write_json(
            self.work / "finished.json",
            {"run": run, "files": states, "again": again, "written": asdict(written)},
        )

    def _forget(self, parts: set[str], more: set[Path]) -> None:
        """Remove what no table rests on any longer."""
        for folder in (self.work / "parts").iterdir():
            if folder.name not in parts:
                shutil.rmtree(folder, ignore_errors=True)
        for folder in (self.work / "more").iterdir():
            if folder not in more:
                shutil.rmtree(folder, ignore_errors=True)


def _sound(folder: Path) -> Part | None:
    """Give a part that is complete and lacks no capture through a worker's death."""
    try:
        part = Part(folder)
        return None if any(file["lost"] for file in part.head["files"]) else part
    except (OSError, ValueError, KeyError):
        return None


def _more_carefully(task: Task, died: Died) -> Task:
    """Try a batch again one file at a time; if a worker died so, leave the file out that it read."""
    if not task.careful:
        return replace(task, careful=True)
    try:
        file = task.saying.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        file = next(f.found.name for f in task.batch.files if f.found.name not in task.lost)
    reason = f"The process that read it died ({died.how}); read it by itself to learn why."
    return replace(task, lost=task.lost | {file: reason})


def _the_same() -> Callable[[Any, Died], Any]:
    """Try again what is safe to do twice, but not for ever."""
    deaths = 0

    def again(task: Any, died: Died) -> Any:
        nonlocal deaths
        deaths += 1
        if deaths > _TRIES:
            raise OSError(f"Worker processes die again and again ({died.how}); is there enough memory?")
        return task

    return again


def _speakers(folder: Path) -> set[str]:
    return {name for facts in Part(folder).facts for name in facts["speakers"]}


def _counts_of(folder: Path, counts: dict[str, int]) -> Any:
    import numpy as np

    return np.array([counts.get(stem, 0) for stem in Part(folder).strings("vocabulary")], np.int64)


def _check_metadata(across: whole.Across, known: Sequence[Any], *, required: bool) -> list[str]:
    names = set(across.capture_id)
    for folder in across.folders:
        names.update(facts["source_file"] for facts in Part(folder).facts)
    missing = [item for item in known if item.source_file not in names]
    if required and len(missing) == len(known):
        raise MetadataError(
            "No row of the metadata names a capture that was read; source_file must be the path below the "
            f"captures folder, for example {Part(across.folders[0]).facts[0]['source_file']}."
        )
    return [
        f"metadata row {item.row} names {item.source_file}, which is not among the captures"
        for item in missing
    ]


def _summary(across: whole.Across, reused: int, notes: list[str]) -> Written:
    import numpy as np

    counts = np.bincount(across.status, minlength=len(whole.STATUSES)).tolist()
    unread = []
    for capture in across.order.tolist():
        status = whole.STATUSES[across.status[capture]]
        if status in ("failed", "thin"):
            part, row = whole.locate(across, capture)
            facts = whole.open_part(across.folders[part]).facts[row]
            unread.append((status, facts["source_file"], facts["notes"]))
    statuses = {name: count for name, count in zip(whole.STATUSES, counts, strict=True) if count}
    return Written(len(across.capture_id), reused, statuses, unread, notes)
