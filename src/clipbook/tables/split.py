"""Archives and other files of many captures, read once and divided, so that one of them keeps all workers busy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from clipbook.captures import read_file
from clipbook.corpus.metadata import Known
from clipbook.files import write_json
from clipbook.records import Capture
from clipbook.tables.measure import Chunk, Settings
from clipbook.tables.plan import Batch, File
from clipbook.tables.remote import at_hand
from clipbook.tables.spool import write_spool
from clipbook.tables.unchanged import file_digest, unopened

CHUNK = 100  # captures of a chunk


@dataclass(frozen=True, slots=True)
class Split:
    """An archive to read and divide."""

    work: Path  # where parts and spools are
    batch: Batch  # the archive alone
    settings: Settings
    digest: str
    size: int  # captures of a chunk
    lost: dict[str, str] = field(default_factory=dict)  # the archive -> why it is not to be read

    @property
    def record(self) -> Path:
        """Where the names of its parts are kept."""
        return self.work / "splits" / f"{self.batch.name}.json"


@dataclass(frozen=True, slots=True)
class Divided:
    """What came of an archive: all parts, and the chunks that have still to be measured."""

    batch: str
    parts: list[str]
    chunks: list[Chunk]


def split(task: Split) -> Divided:
    """Read an archive and store its captures in chunks, those left out whose part is already there.

    A chunk is named by its captures, so that an archive whose content has not changed leads to the same parts.
    """
    (file,) = task.batch.files
    known: dict[str, list[Known]] = {}
    for item in file.known:
        known.setdefault(item.source_file, []).append(item)
    lost = task.lost.get(file.found.name, "")
    parts: list[str] = []
    chunks: list[Chunk] = []
    with at_hand(replace(file.found, refusal=lost or file.found.refusal)) as found:
        digest = file_digest(found)
        again = unopened(found, file.found, digest)
        for captures in _chunks(read_file(found, limits=task.settings.limits), task.size):
            names = dict.fromkeys(
                [file.found.name, *(n for c in captures for n in (c.capture_id, c.source_file))]
            )
            stated = (item for name in names for item in known.get(name, ()))
            mine = tuple(sorted(stated, key=lambda item: item.row))
            part = _name(captures, mine, file, task.digest)
            parts.append(part)
            if not (task.work / "parts" / part).is_dir():
                spool = task.work / "spool" / f"{part}.gz"
                write_spool(spool, captures)
                chunks.append(
                    Chunk(task.work / "parts", part, replace(file, known=()), digest, spool, mine, task.settings, task.digest,
                          {captures[0].capture_id: captures[0].failure} if again else {})
                )  # fmt: skip
    write_json(task.record, {"parts": parts})
    return Divided(task.batch.name, parts, chunks)


def parts_of(task: Split) -> list[str] | None:
    """Give the parts of an archive that has been divided before; None if it has not."""
    try:
        parts: list[str] = json.loads(task.record.read_text(encoding="utf-8"))["parts"]
    except (OSError, ValueError, KeyError):
        return None
    return parts


def _chunks(captures: Iterator[Capture], size: int) -> Iterator[list[Capture]]:
    while some := list(islice(captures, size)):
        yield some


def _name(captures: list[Capture], known: tuple[Known, ...], file: File, digest: str) -> str:
    sha = hashlib.sha256(f"{digest}\n{file.found.name}\n{known!r}\n".encode())
    for capture in captures:
        sha.update(repr(capture).encode("utf-8", "surrogatepass"))
    return sha.hexdigest()[:32]
