"""What earlier runs left in a folder of tables, and what this one leaves: parts, and the note that it finished."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from clipbook.files import write_json
from clipbook.tables.part import Part
from clipbook.tables.plan import Plan
from clipbook.tables.read_back import FINISHED


@dataclass(frozen=True, slots=True)
class Update:
    """What a run did."""

    captures: int
    reused: int  # captures whose rows were taken over from an earlier run
    statuses: dict[str, int]
    unread: list[tuple[str, str, str]]  # status, source_file and reason of failed and thin captures
    notes: list[str]
    unchanged: bool = False  # the tables were already there


def run_digest(batches: Plan, form: str, known: Any) -> str:
    """Digest of everything that the tables of a run depend on."""
    names = "\n".join(batches.names)
    return hashlib.sha256(f"{form}\n{known!r}\n{names}".encode()).hexdigest()


def finished(work: Path, run: str) -> Update | None:
    """Tell what an earlier run did, if this one would write the same over again."""
    try:
        stored = json.loads((work / FINISHED).read_text(encoding="utf-8"))
        if stored["run"] != run or stored["again"]:
            return None
        for name, size, mtime in stored["files"]:
            state = (work.parent / name).stat()
            if (state.st_size, state.st_mtime_ns) != (size, mtime):
                return None
        written = stored["written"] | {"unread": [tuple(each) for each in stored["written"]["unread"]]}
        return replace(Update(**written), reused=written["captures"], unchanged=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def conclude(work: Path, run: str, made: Iterable[Path], written: Update, *, again: bool) -> None:
    """Note that a run has finished; ``again`` says that a capture was lost, so that the next one tries it."""
    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in made]
    write_json(work / FINISHED, {"run": run, "files": states, "again": again, "written": asdict(written)})


def tidy(work: Path) -> None:
    """Remove what a run left that was stopped, but for whole parts."""
    shutil.rmtree(work / "spool", ignore_errors=True)
    for path in (*work.glob("parts/.*"), *work.glob("more/.*"), *work.parent.glob(".tables-*")):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    for name in ("parts", "more", "spool", "splits"):
        (work / name).mkdir(exist_ok=True)


def forget(work: Path, parts: set[str], more: set[str], splits: set[str]) -> None:
    """Remove what no table rests on any longer."""
    shutil.rmtree(work / "spool", ignore_errors=True)
    for name, kept in (("parts", parts), ("more", more), ("splits", splits)):
        for path in (work / name).iterdir():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def sound(folder: Path) -> Part | None:
    """Give a part that is complete and lacks no capture through a worker's death."""
    try:
        part = Part(folder)
        return None if any(file["lost"] for file in part.head["files"]) else part
    except (OSError, ValueError, KeyError):
        return None


def earlier_parts(parts: Path, wanted: set[str], digest: str) -> dict[str, str]:
    """Tell in which part of earlier runs with the same settings each file is, parts that stay whole left out."""
    found: dict[str, tuple[int, str]] = {}
    for folder in parts.iterdir():
        if folder.name.startswith(".") or folder.name in wanted:
            continue
        with contextlib.suppress(OSError, ValueError, KeyError):
            head = Part(folder).head
            if head["settings"] == digest:
                for file in head["files"]:
                    found[file["name"]] = max(found.get(file["name"], (0, "")), (head["made"], folder.name))
    return {name: folder for name, (_, folder) in found.items()}
