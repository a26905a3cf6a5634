"""Which files are measured together, and what tells whether they have changed since."""

from __future__ import annotations

import hashlib
import pickle
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from clipbook.captures import Found
from clipbook.captures.files import split_ending
from clipbook.corpus.metadata import Known
from clipbook.tables.remote import Remote

BORDER = 64  # a batch ends after one file in so many, which the file's own name decides
MOST_FILES = 128
_BY_ITSELF = 4_000_000  # bytes of a file from which it is a batch of its own
_OF_MANY = (".warc", ".wacz", ".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx", ".zip")


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read, as it stood when the run began."""

    found: Found
    size: int
    mtime: int  # nanoseconds
    known: tuple[Known, ...] = ()  # the researcher's metadata of it

    def identity(self) -> str:
        """Everything but its content that its rows depend on."""
        state = self.found.state if isinstance(self.found, Remote) else ""
        return repr(
            (self.found.name, self.found.capture_id, self.found.refusal, self.size, state, self.known)
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are measured together; their part of the tables is called ``name``."""

    name: str
    files: tuple[File, ...]
    split: bool = False  # one file that may hold many captures: they are measured in several parts


class Plan:
    """Batches in little memory: a file takes some forty bytes instead of a thousand."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        self.names: list[str] = []
        self.splits: set[str] = set()  # names of those that are to be split
        self._packed: list[bytes] = []
        for batch in batches:
            self.names.append(batch.name)
            if batch.split:
                self.splits.add(batch.name)
            self._packed.append(packed(batch))

    def __iter__(self) -> Iterator[Batch]:
        return map(unpacked, self._packed)


def packed(item: Any) -> bytes:
    """Give a batch or job in a form that takes little memory."""
    return zlib.compress(pickle.dumps(item), 1)


def unpacked(data: bytes) -> Any:
    """Give what :func:`packed` packed."""
    return pickle.loads(zlib.decompress(data))


def plan_batches(files: Iterable[Found], known: list[Known] | None, settings: str) -> Iterator[Batch]:
    """Divide files into batches, in their order.

    Where a batch ends is decided by the names of the files in it, so that a new file disturbs the batch
    that it falls into and no other. An archive or a table of articles is a batch of its own, to be split.

    Parameters
    ----------
    files : iterable of Found
        From :func:`clipbook.captures.find_files`.
    known : list of Known, optional
        The researcher's metadata.
    settings : str
        A digest of all settings that the rows depend on.
    """
    items = list(files)
    rows = _by_file(items, known or [])
    waiting: list[File] = []
    for item in items:
        file = _stat(item, rows.get(item.name, ()))
        alone = file.size > _BY_ITSELF or _holds_many(item.name)
        if alone and waiting:
            yield _batch(waiting, settings)
            waiting = []
        waiting.append(file)
        border = zlib.crc32(item.name.encode()) % BORDER == 0
        if alone or border or len(waiting) == MOST_FILES:
            yield _batch(waiting, settings, split=alone)
            waiting = []
    if waiting:
        yield _batch(waiting, settings)


def _batch(files: list[File], settings: str, *, split: bool = False) -> Batch:
    parts = (f"{file.identity()} {file.mtime}" for file in files)
    digest = hashlib.sha256("\n".join((settings, *parts)).encode()).hexdigest()
    return Batch(digest[:32], tuple(files), split)


def _holds_many(name: str) -> bool:
    return split_ending(name)[1].lower().removesuffix(".gz") in _OF_MANY


def _stat(found: Found, known: tuple[Known, ...]) -> File:
    if isinstance(found, Remote):
        return File(found, found.size, found.mtime, known)
    try:
        state = found.path.stat()
    except OSError:
        return File(found, 0, 0, known)
    return File(found, state.st_size, state.st_mtime_ns, known)


def _by_file(files: list[Found], known: list[Known]) -> Mapping[str, tuple[Known, ...]]:
    """Hand each row of metadata to the file that it names, or that holds the capture it names."""
    names = {file.capture_id: file.name for file in files} | {file.name: file.name for file in files}
    rows: dict[str, tuple[Known, ...]] = {}
    for item in known:
        for name in _leading_to(item.source_file):
            if name in names:
                rows[names[name]] = (*rows.get(names[name], ()), item)
                break
    return rows


def _leading_to(name: str) -> Iterator[str]:
    """Give a name, the name of what it may be a part of, and so on."""
    yield name
    whole = name.rpartition("#")[0]
    if whole:
        yield whole
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


@cache
def code_digest() -> str:
    """Digest of clipbook's own files and of the versions of what it builds on: what others measured is measured anew."""
    root = Path(__file__).resolve().parents[1]
    sha = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".json", ".txt", ".tsv", ".yaml"}:
            sha.update(f"{path.relative_to(root).as_posix()}\n".encode())
            sha.update(path.read_bytes())
    needed = (stated for stated in requires("clipbook") or () if "extra ==" not in stated)
    for name in sorted({re.split(r"[^\w.-]", stated)[0] for stated in needed}):
        with suppress(PackageNotFoundError):
            sha.update(f"{name} {version(name)}\n".encode())
    return sha.hexdigest()
