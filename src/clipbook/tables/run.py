"""From captures to every table, in parts: planned, measured, joined, written; begun anew where it stopped."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from clipbook.captures import passed_over
from clipbook.checks import captures_checked_near
from clipbook.corpus.metadata import Known, given_name, none_named, read_metadata, refuse_contradictions
from clipbook.corpus.stated import line_fixes_near
from clipbook.corpus.tables import ARTICLE_COLUMNS
from clipbook.files import write_json
from clipbook.schema import TABLES
from clipbook.tables.addresses import find_all, locate, read_known
from clipbook.tables.lock import BusyError, locked
from clipbook.tables.plan import Settings, packed, plan_batches, unpacked
from clipbook.tables.read_back import FINISHED, FORMATS, WORK
from clipbook.tables.workers import Workers, start_workers

if TYPE_CHECKING:
    from clipbook.tables.join import Corpus

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


@dataclass(frozen=True, slots=True)
class Update:
    """What a run did."""

    captures: int
    reused: int  # captures whose rows were taken over from an earlier run
    statuses: dict[str, int]
    unread: list[tuple[str, str, str]]  # status, source_file and reason of failed and thin captures
    notes: list[str]
    unchanged: bool = False  # the tables were already there


def update_tables(
    sources: Iterable[Path | str],
    out: Path,
    *,
    metadata: Path | None = None,
    settings: Settings | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    form: str = "csv",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Update:
    """Bring the tables of captures up to date in a folder.

    The tables are the same, byte for byte, whoever does the work. Captures whose content has not changed since an
    earlier run into the same folder, with the same settings and version, are not measured again.

    Parameters
    ----------
    sources : iterable of Path or str
        Files and folders, or addresses of stores such as ``s3://bucket/pages/*.warc.gz``, read through fsspec.
    out : Path
        Where the tables go: ``articles.csv``, ``lines.csv``, ...; parts are kept in ``.clipbook`` there.
    metadata : Path, optional
        As for :func:`clipbook.corpus.read_corpus`.
    settings : Settings, optional
        Codebook and limits.
    workers : int
        Local processes.
    scheduler : str, optional
        Address of a Dask scheduler whose workers see ``sources`` and ``out`` under the same paths.
    form : {"csv", "parquet"}
        How the tables are written.
    progress : function
        Called with the files done and all files.

    Returns
    -------
    Update
        What was done; with ``captures`` 0 nothing was written.

    Raises
    ------
    BusyError
        If another run writes into ``out``.
    OSError
        If ``sources`` or ``out`` cannot be used; tables that were there are as they were.
    ValueError
        If the codebook or the metadata is wrong, what an option needs is not installed, or ``out`` holds files
        called like tables that clipbook did not write.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     captures, out = Path(folder, "captures"), Path(folder, "tables")
    ...     captures.mkdir()
    ...     _ = (captures / "harbour.txt").write_text("The harbour stays shut until spring.")
    ...     update_tables([captures], out).captures, (out / "articles.csv").is_file()
    (1, True)
    """
    _refuse_strangers(out)
    given = locate(sources)
    passed: Counter[str] = Counter()
    files = find_all(given, passed)
    if not files:
        return Update(0, 0, {}, [], [])
    known = read_metadata(metadata) if metadata is not None else read_known(given) or []
    here = [path for path in given if isinstance(path, Path)]
    known = [*known, *captures_checked_near(here)]
    refuse_contradictions(known)
    known += line_fixes_near(here)
    work = out.resolve() / WORK
    try:
        (work / "parts").mkdir(parents=True, exist_ok=True)
        with locked(work):
            run = _Run(work, _with_whole_path(settings or Settings()), form, known, metadata is not None)
            digest = run.settings.digest()
            batches = [(batch.name, packed(batch)) for batch in plan_batches(files, known, digest)]
            del files
            stated = f"{form}\n{known!r}\n{[name for name, _ in batches]}"
            name = hashlib.sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()
            done = _finished(work, name)
            if done is None:
                with start_workers(workers, scheduler) as staff:
                    done = _update(run, name, digest, batches, staff, progress)
            return replace(done, notes=[*filter(None, [passed_over(passed)]), *done.notes])
    except OSError as error:
        if isinstance(error, BusyError) or error.errno not in _FULL:
            raise
        raise OSError(
            f"{out}: the tables cannot be written there ({error.strerror}). Those that were there are as they were; make "
            "room, or give another --out."
        ) from None


@dataclass(frozen=True, slots=True)
class _Run:
    """What is to be done."""

    work: Path
    settings: Settings
    form: str
    known: Sequence[Known]
    required: bool  # the metadata were named by the researcher


def _refuse_strangers(out: Path) -> None:
    """Leave alone what somebody else has called articles.csv or the like."""
    for ending in FORMATS:
        there = [f"{name}.{ending}" for name in TABLES if (out / f"{name}.{ending}").exists()]
        if there and len(there) < len(TABLES) and not (out / WORK).exists():
            raise ValueError(
                f"{out} holds {', '.join(there)}, which clipbook did not write and would replace. Give another --out."
            )


def _with_whole_path(settings: Settings) -> Settings:
    """Name a codebook's file so that workers elsewhere find it."""
    from clipbook import framing

    book = Path(settings.codebook)
    if settings.codebook in framing.shipped_codebooks() or not book.is_file():
        return settings
    return replace(settings, codebook=str(book.resolve()))


def _update(
    run: _Run,
    name: str,
    digest: str,
    batches: list[tuple[str, bytes]],
    staff: Workers,
    progress: Callable[[int, int], None],
) -> Update:
    """Do the steps behind the planning, and note that they are done."""
    from clipbook import framing
    from clipbook.tables.jobs import Jobs, measure_all

    framing.load_codebook(run.settings.codebook)
    _tidy(run.work)
    jobs = Jobs(run.work, run.settings, digest)
    names = [batch for batch, _ in batches]
    jobs.plan((unpacked(data) for _, data in batches), set(names))
    batches.clear()
    measure_all(jobs, staff, progress)
    parts = [run.work / "parts" / part for batch in names for part in jobs.parts[batch]]
    made, update, again = _write(run, parts, jobs.reused, staff)
    _forget(run.work, {part.name for part in parts}, set(names))
    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in made]
    write_json(run.work / FINISHED, {"run": name, "files": states, "again": again, "update": asdict(update)})
    return update


def _write(run: _Run, parts: list[Path], reused: int, staff: Workers) -> tuple[list[Path], Update, bool]:
    """Join the parts, have the rest computed, and write the tables; tells too whether a capture is to be tried again."""
    from clipbook.tables.compare import compare
    from clipbook.tables.join import Corpus, telling_of_the_disk
    from clipbook.tables.parts import files_of
    from clipbook.tables.write import write_tables

    work = run.work
    columns: dict[str, None] = {}
    lost: set[Path] = set()  # parts that lack a capture, and so are made again
    for part in parts:
        files = files_of(part)
        columns |= dict.fromkeys(column for each in files["columns"].to_pylist() for column in each)
        lost |= {part} if any(files["lost"].to_pylist()) else set()
    columns |= dict.fromkeys(name for item in run.known for name in item.values)
    further = [name for name in dict.fromkeys(map(given_name, columns)) if name not in ARTICLE_COLUMNS]
    with telling_of_the_disk():
        corpus = Corpus(parts, work / "join")
        notes = _notes(corpus, run)
        corpus.join()
        made = compare(corpus, staff, work / "more", lost)
        paths = write_tables(corpus, made, work.parent, further, run.form, before=work / FINISHED)
        for path in set((work / "more").iterdir()) - set(chain(*made.values())):
            _remove(path)
        counts = corpus.do("SELECT status, count(*) FROM captures GROUP BY 1 ORDER BY 1").fetchall()
        unread = corpus.do(
            "SELECT status, source_file, notes FROM articles WHERE status IN ('failed', 'thin') ORDER BY capture_id"
        ).fetchall()
        corpus.db.close()
    return paths, Update(sum(n for _, n in counts), reused, dict(counts), unread, notes), bool(lost)


def _notes(corpus: Corpus, run: _Run) -> list[str]:
    """Give a note for each row of the researcher's metadata that names no capture.

    Raises
    ------
    MetadataError
        If no row names a capture although the file was named by the researcher.
    """
    known = run.known
    if not known:
        return []
    names = "SELECT capture_id FROM found_articles UNION SELECT source_file FROM found_articles"
    corpus.do("CREATE TABLE stated (name VARCHAR)")
    corpus.db.executemany("INSERT INTO stated VALUES (?)", [[item.source_file] for item in known])
    missing = set(corpus.column(f"SELECT name FROM stated WHERE name NOT IN ({names})"))
    if run.required and all(item.source_file in missing for item in known if not item.lines):
        (example,) = corpus.column("SELECT min(source_file) FROM found_articles")
        raise none_named(example)
    return [item.unmatched for item in known if item.source_file in missing]


def _finished(work: Path, run: str) -> Update | None:
    """Tell what an earlier run did, if this one would write the same over again."""
    try:
        stored = json.loads((work / FINISHED).read_text(encoding="utf-8"))
        if stored["run"] != run or stored["again"]:
            return None
        for name, size, mtime in stored["files"]:
            state = (work.parent / name).stat()
            if (state.st_size, state.st_mtime_ns) != (size, mtime):
                return None
        done = stored["update"] | {"unread": [tuple(each) for each in stored["update"]["unread"]]}
        return replace(Update(**done), reused=done["captures"], unchanged=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _tidy(work: Path) -> None:
    """Remove what a run left that was stopped, but for whole parts, and what earlier versions kept."""
    left = (work / name for name in ("stored", "join", "spool", "splits"))
    for path in (*left, *work.glob("parts/.*"), *work.parent.glob(".tables-*")):
        _remove(path)
    for name in ("parts", "more", "archives", "stored", "join"):
        (work / name).mkdir(exist_ok=True)


def _forget(work: Path, parts: set[str], batches: set[str]) -> None:
    """Remove what no table rests on any longer."""
    gone = [path for path in (work / "parts").iterdir() if path.name not in parts]
    gone += [path for path in (work / "archives").iterdir() if path.stem not in batches]
    for path in (work / "stored", work / "join", *gone):
        _remove(path)


def _remove(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
