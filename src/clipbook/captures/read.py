"""Files and folders to captures: every file gives at least one, and no file stops another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from clipbook.captures.files import Found, find_files, split_ending
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.recognise import read_source
from clipbook.captures.source import Budget, Source, digest
from clipbook.records import Capture

_DEFAULT = Limits()
_MACHINE = "This computer could not read the file"


def read_captures(paths: Iterable[Path | str], *, limits: Limits = _DEFAULT) -> Iterator[Capture]:
    """Read every capture in files, folders and archives.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders; folders are read with all they contain.
    limits : Limits
        Bounds on size, length, depth and count.

    Yields
    ------
    Capture
        In the order of the files' names. A file gives one capture or one for each article, page or
        row that it contains; one that cannot be read gives a capture whose ``failure`` says why. The
        ``capture_id`` is the path below the folder given, without ending; where a file contains
        several, ``#1``, ``#2``, ... follow it.

    Raises
    ------
    FileNotFoundError
        If one of the paths does not exist.
    """
    for found in find_files(Path(path) for path in paths):
        yield from read_file(found, limits=limits)


def read_file(found: Found, *, limits: Limits = _DEFAULT) -> Iterator[Capture]:
    """Read every capture in one file, as :func:`read_captures` does; a unit of work to hand out.

    Parameters
    ----------
    found : Found
        From :func:`find_files`.
    limits : Limits
        Bounds on what is read.
    """
    yield from _numbered(_read_whole(found, limits))


def _read_whole(found: Found, limits: Limits) -> Iterator[Capture]:
    source = Source(name=found.name, capture_id=found.capture_id, path=found.path)
    if found.refusal:
        yield source.capture(_format_of(found.name), failure=found.refusal)
        return
    try:
        if source.size() > limits.file_bytes:
            raise beyond("The file is too large, in bytes", source.size(), limits, "file_bytes")
        with source.open() as stream:
            source = replace(source, sha256=digest(stream), budget=Budget(source.size()))
    except (OSError, UnreadableError) as error:
        yield source.capture(_format_of(found.name), failure=_reason(error))
        return
    yield from read_safely(source, limits)


def read_safely(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read one source; whatever its reader raises becomes a failed capture after those already read."""
    some = False
    try:
        for capture in read_source(source, limits):
            some = True
            yield capture
    except Exception as error:  # a parser may raise anything on a damaged file
        before = "What follows in this file could not be read. " if some else ""
        yield source.capture(_format_of(source.name), failure=before + _reason(error))
        return
    if not some:
        yield source.capture(_format_of(source.name), failure="The file contains no page or article.")


def _numbered(captures: Iterator[Capture]) -> Iterator[Capture]:
    """Tell apart the captures of one file: ``id`` stays for one, ``id#1``, ``id#2``, ... for several."""
    held: Capture | None = None
    count = 0
    for capture in captures:
        if held is not None:
            same = capture.capture_id == held.capture_id
            count = count + 1 if same or count else 0
            yield replace(held, capture_id=f"{held.capture_id}#{count}") if count else held
            count = count if same else 0
        held = capture
    if held is not None:
        yield replace(held, capture_id=f"{held.capture_id}#{count + 1}") if count else held


def failed_by_machine(capture: Capture) -> bool:
    """Whether a capture failed for want of memory, disk or a library, so that it is to be tried again, not remembered."""
    return _MACHINE in capture.failure


def _reason(error: Exception) -> str:
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, PermissionError):
        return "The file may not be read: permission denied."
    if isinstance(error, MemoryError | ImportError) or (isinstance(error, OSError) and error.strerror):
        why = {MemoryError: "its memory was too small", ImportError: f"a library is missing: {error}"}
        what = next((why[kind] for kind in why if isinstance(error, kind)), getattr(error, "strerror", ""))
        return f"{_MACHINE} ({what}); the next run tries again."
    if isinstance(error, RecursionError):
        return "The file is nested too deeply to be read."
    return f"The file is damaged or not of its format ({type(error).__name__}); save it again."


def _format_of(name: str) -> str:
    ending = split_ending(name)[1].lower().removesuffix(".gz").lstrip(".")
    others = {"txt": "text", "md": "markdown", "htm": "html", "xhtml": "html", "mht": "mhtml"}
    return others.get(ending, ending or "unknown")
