"""From captures to every table, in parts: planned, measured, compared, put together; begun anew where it stopped."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from clipbook import framing
from clipbook.corpus.metadata import given_name, read_metadata
from clipbook.corpus.tables import ARTICLE_COLUMNS
from clipbook.schema import TABLES
from clipbook.tables.across import look_across
from clipbook.tables.assemble import write_all
from clipbook.tables.back import look_back
from clipbook.tables.jobs import Jobs, measure_all
from clipbook.tables.ledger import Update, conclude, finished, forget, run_digest, tidy
from clipbook.tables.lock import BusyError, locked
from clipbook.tables.measure import Settings
from clipbook.tables.parquet import check_parquet
from clipbook.tables.part import Part
from clipbook.tables.plan import Plan, code_digest, plan_batches
from clipbook.tables.read_back import FINISHED, FORMATS, WORK
from clipbook.tables.remote import find_all, is_address, read_known
from clipbook.tables.summary import check_metadata, summary
from clipbook.tables.workers import Workers, hire
from clipbook.version import __version__


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

    The tables are the same, byte for byte, whoever does the work. Captures that have not changed since an
    earlier run into the same folder, with the same settings and version, are not read again.

    Parameters
    ----------
    sources : iterable of Path or str
        Files and folders, or addresses such as ``s3://bucket/pages/*.warc.gz``, read through fsspec.
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
    if form == "parquet":
        check_parquet()
    _refuse_strangers(out)
    settings = _with_whole_path(settings or Settings())
    given = [path if is_address(path) else Path(path) for path in sources]
    files = [file for file in find_all(given) if not _is_table(file.path, out)]
    if not files:
        return Update(0, 0, {}, [], [])
    known = read_metadata(metadata) if metadata is not None else read_known(given)
    digest = _settings_digest(settings)
    batches = Plan(plan_batches(files, known, digest))
    del files
    try:
        work = out / WORK
        (work / "parts").mkdir(parents=True, exist_ok=True)
        with locked(work):
            run = run_digest(batches, form, known)
            if (before := finished(work, run)) is not None:
                return before
            framing.load_codebook(settings.codebook)
            tidy(work.resolve())
            jobs = Jobs(work.resolve(), settings, digest)
            jobs.plan(batches)
            with hire(workers, scheduler) as staff:
                measure_all(jobs, staff, progress)
                return _from_parts(jobs, batches, staff, known, form, run, required=metadata is not None)
    except BusyError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM):
            raise OSError(
                f"{out}: the tables cannot be written there ({error.strerror}). Those that were there are as "
                "they were; make room, or give another --out."
            ) from None
        raise


def _refuse_strangers(out: Path) -> None:
    """Leave alone what somebody else has called articles.csv or the like."""
    for ending in FORMATS:
        there = [f"{name}.{ending}" for name in TABLES if (out / f"{name}.{ending}").exists()]
        if there and len(there) < len(TABLES) and not (out / WORK).exists():
            raise ValueError(
                f"{out} holds {', '.join(there)}, which clipbook did not write and would replace. Give another --out."
            )


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


def _from_parts(
    jobs: Jobs,
    batches: Plan,
    staff: Workers,
    known: Any,
    form: str,
    run: str,
    *,
    required: bool,
) -> Update:
    """Do the steps behind the measuring."""
    work = jobs.work
    folders = [work / "parts" / part for batch in batches.names for part in jobs.parts[batch]]
    across = look_across(folders)
    if not across.capture_id:
        return Update(0, 0, {}, [], [])
    notes = check_metadata(across, known or [], required=required)
    columns: dict[str, None] = {}
    again = False
    for folder in folders:
        for head in Part(folder).head["files"]:
            columns |= dict.fromkeys(head["columns"])
            again |= head["lost"]
    columns |= dict.fromkeys(name for item in known or [] for name in item.values)
    further = [name for name in dict.fromkeys(map(given_name, columns)) if name not in ARTICLE_COLUMNS]
    back = look_back(across, work / "more", staff)
    made = write_all(across, back, work.parent, further, form, before=work / FINISHED)
    written = summary(across, jobs.reused, notes)
    forget(
        work, {folder.name for folder in folders}, back.names(), {f"{name}.json" for name in batches.splits}
    )
    conclude(work, run, made, written, again=again)
    return written
