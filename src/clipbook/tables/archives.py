"""Archives and other files of many captures, read once and divided, so that one of them keeps all workers busy."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field, fields, replace
from pathlib import Path

from clipbook.captures import failed_by_machine, read_file
from clipbook.corpus.metadata import Known
from clipbook.files import replacing, write_json
from clipbook.records import Capture
from clipbook.tables.addresses import at_hand
from clipbook.tables.plan import Batch, Settings
from clipbook.tables.workers import TryAgainError

CHUNK = 100  # captures of a chunk
CHARACTERS = 20_000_000  # from which it is whole with fewer


@dataclass(frozen=True, slots=True)
class Archive:
    """A file of many captures to read and divide."""

    work: Path  # where parts and stored captures are
    batch: Batch  # the file alone
    settings: Settings
    digest: str  # of the settings
    size: int  # captures of a chunk
    lost: str = ""  # why it is not to be read
    careful: bool = False  # it has failed before

    @property
    def record(self) -> Path:
        """Where the names of its parts are kept."""
        return self.work / "archives" / f"{self.batch.name}.json"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some of an archive's captures that are still to be measured."""

    part: str
    stored: Path
    known: tuple[Known, ...]  # the researcher's metadata of these captures
    lost: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Divided:
    """What came of an archive: all its parts, and those that have still to be measured."""

    parts: list[str]
    chunks: list[Chunk]


def divide(task: Archive) -> Divided:
    """Read an archive and store its captures in chunks, those left out whose part is already there.

    A chunk is named by its captures, so that what has not changed of an archive leads to the same parts.
    """
    (file,) = task.batch.files
    known: dict[str, list[Known]] = {}
    for item in file.known:
        known.setdefault(item.source_file, []).append(item)
    parts: list[str] = []
    chunks: list[Chunk] = []
    with at_hand(replace(file.found, refusal=task.lost or file.found.refusal)) as found:
        unread = found.refusal != file.found.refusal or not (file.content or found.refusal)
        for some in _chunks(read_file(found, limits=task.settings.limits), task.size):
            failed = [capture for capture in some if failed_by_machine(capture)]
            if failed and not task.careful:
                raise TryAgainError(failed[0].failure)
            names = dict.fromkeys(
                [file.found.name, *(n for c in some for n in (c.capture_id, c.source_file))]
            )
            stated = (item for name in names for item in known.get(name, ()))
            mine = tuple(sorted(stated, key=lambda item: item.row))
            part = _name(some, f"{task.digest}\n{file.found.name}\n{mine!r}\n{unread}\n")
            parts.append(part)
            if unread or failed or not (task.work / "parts" / part).is_dir():
                stored = task.work / "stored" / f"{part}.gz"
                store(stored, some)
                lost = {c.capture_id: c.failure for c in (some[:1] if unread else failed)}
                chunks.append(Chunk(part, stored, mine, lost))
    write_json(task.record, {"parts": parts})
    return Divided(parts, chunks)


def _chunks(captures: Iterable[Capture], most: int) -> Iterator[list[Capture]]:
    """Divide captures, so that a worker can hold those of a chunk, however long they are."""
    some: list[Capture] = []
    characters = 0
    for capture in captures:
        some.append(capture)
        characters += len(capture.text) + len(capture.html)
        if len(some) == most or characters >= CHARACTERS:
            yield some
            some, characters = [], 0
    if some:
        yield some


def why(error: Exception) -> str:
    """Say of what the machine could not do, or the parser, that it is no verdict on the file."""
    if isinstance(error, MemoryError):
        return "There was too little memory to read it; the next run tries it again."
    if isinstance(error, OSError | ImportError):
        reason = getattr(error, "strerror", None) or error
        return f"This machine could not read it ({reason}); the next run tries it again."
    return f"The page could not be measured ({type(error).__name__}: {error}); please report it."


def parts_of(task: Archive) -> list[str] | None:
    """Give the parts of an archive that has been divided before; None if it has not."""
    try:
        parts: list[str] = json.loads(task.record.read_text(encoding="utf-8"))["parts"]
    except (OSError, ValueError, KeyError):
        return None
    return parts


def _name(captures: list[Capture], stated: str) -> str:
    sha = hashlib.sha256(stated.encode("utf-8", "surrogatepass"))
    for capture in captures:
        sha.update(repr(capture).encode("utf-8", "surrogatepass"))
    return sha.hexdigest()[:32]


def store(path: Path, captures: Iterable[Capture]) -> None:
    """Keep captures on their way to those who measure them, whole or not at all."""
    with (
        replacing(path) as temporary,
        gzip.open(temporary, "wt", compresslevel=1, encoding="ascii") as stream,
    ):
        stream.writelines(json.dumps(astuple(capture)) + "\n" for capture in captures)


def read_stored(path: Path) -> Iterator[Capture]:
    """Read captures as they were stored."""
    names = [each.name for each in fields(Capture)]
    with gzip.open(path, "rt", encoding="ascii") as stream:
        for line in stream:
            stated = dict(zip(names, json.loads(line), strict=True))
            yield Capture(**stated | {"notes": tuple(stated["notes"])})
