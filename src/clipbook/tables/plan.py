"""Which files are measured together, and what tells whether they have changed since."""

from __future__ import annotations

import hashlib
import pickle
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from clipbook.captures import Found, Limits
from clipbook.captures.files import split_ending
from clipbook.corpus.metadata import Known
from clipbook.files import sha256
from clipbook.shipped import __version__
from clipbook.tables.addresses import Remote, at_hand

BORDER = 64  # a batch ends after one file in so many, which the file's own name decides
MOST_FILES = 128
_BY_ITSELF = 4_000_000  # bytes of a file from which it is a batch of its own
_OF_MANY = (".warc", ".wacz", ".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx", ".zip")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the rows of a capture depend on besides its file and the metadata."""

    codebook: str = "generic"
    limits: Limits = field(default_factory=Limits)

    def digest(self) -> str:
        """Tell these settings, and the clipbook that heeds them, from all others."""
        book = Path(self.codebook)
        content = sha256(book) if book.is_file() else self.codebook
        return _digest(__version__, code_digest(), content, repr(self.limits))


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read, as it stood when the run began."""

    found: Found
    identity: str  # of all that its rows depend on
    content: str  # SHA-256, or the check sum that a store gives; "" when it cannot be read
    known: tuple[Known, ...] = ()  # the researcher's metadata of it


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are measured together; their part of the tables is called ``name``."""

    files: tuple[File, ...]
    of_many: bool = False  # one file that may hold many captures: they are measured in several parts

    @property
    def name(self) -> str:
        """Tell the batch from all others by what its rows depend on."""
        return _digest(*(file.identity for file in self.files))[:32]


def packed(item: Any) -> bytes:
    """Give a batch in a form that takes little memory: a file some hundred bytes."""
    return zlib.compress(pickle.dumps(item), 1)


def unpacked(data: bytes) -> Any:
    """Give what :func:`packed` packed."""
    return pickle.loads(zlib.decompress(data))


def plan_batches(files: Iterable[Found], known: Iterable[Known], settings: str) -> Iterator[Batch]:
    """Divide files into batches, in their order; what is in each is known from its content.

    Where a batch ends is decided by the names of the files in it, so that a new file disturbs the batch
    that it falls into and no other. An archive or a table of articles is a batch of its own.

    Parameters
    ----------
    files : iterable of Found
        From :func:`clipbook.captures.find_files`.
    known : iterable of Known
        The researcher's metadata.
    settings : str
        A digest of all settings that the rows depend on.
    """
    items = list(files)
    rows = _by_file(items, known)
    waiting: list[File] = []
    for item in items:
        alone = _size(item) > _BY_ITSELF or split_ending(item.name)[1].lower().removesuffix(".gz") in _OF_MANY
        if alone and waiting:
            yield Batch(tuple(waiting))
            waiting = []
        content, mine = _content(item), rows.get(item.name, ())
        identity = _digest(settings, item.name, item.capture_id, item.refusal, content, repr(mine))
        waiting.append(File(item, identity, content, mine))
        if alone or zlib.crc32(item.name.encode()) % BORDER == 0 or len(waiting) == MOST_FILES:
            yield Batch(tuple(waiting), alone)
            waiting = []
    if waiting:
        yield Batch(tuple(waiting))


def _digest(*stated: str) -> str:
    return hashlib.sha256("\n".join(stated).encode("utf-8", "surrogatepass")).hexdigest()


def _size(found: Found) -> int:
    if isinstance(found, Remote):
        return found.size
    with suppress(OSError):
        return found.path.stat().st_size
    return 0


def _content(found: Found) -> str:
    """Tell a file's content from any other: neither size nor time does, which copying and unpacking keep."""
    if isinstance(found, Remote) and found.state:
        return f"{found.size} {found.state}"
    with at_hand(found) as here, suppress(OSError):
        return "" if here.refusal else sha256(here.path)
    return ""


def _by_file(files: list[Found], known: Iterable[Known]) -> Mapping[str, tuple[Known, ...]]:
    """Hand each row of metadata to the file that it names, or that holds the capture it names."""
    names = {file.capture_id: file.name for file in files} | {file.name: file.name for file in files}
    rows: dict[str, tuple[Known, ...]] = {}
    for item in (item for item in known if item.values or item.lines):  # others are not filled in yet
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
        if path.is_file() and path.suffix in {".py", ".json", ".toml", ".txt", ".tsv", ".yaml"}:
            sha.update(f"{path.relative_to(root).as_posix()}\n".encode())
            sha.update(path.read_bytes())
    needed = (stated for stated in requires("clipbook") or () if "extra ==" not in stated)
    for name in sorted({re.split(r"[^\w.-]", stated)[0] for stated in needed}):
        with suppress(PackageNotFoundError):
            sha.update(f"{name} {version(name)}\n".encode())
    return sha.hexdigest()
