"""The first step handed out: batches to measure, archives to split and their chunks to measure."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from clipbook.tables import split as splitting
from clipbook.tables.ledger import earlier_parts, sound
from clipbook.tables.measure import Chunk, Measured, Settings, Task, measure
from clipbook.tables.plan import Plan, packed, unpacked
from clipbook.tables.split import Divided, Split, parts_of, split
from clipbook.tables.workers import Died, Workers

Job = Task | Chunk | Split
MOST_UNBEGUN = 3


@dataclass(slots=True)
class Jobs:
    """What is to be done, and what has been: iterate over it for the next job, ``done`` takes its result.

    The chunks of an archive come before the next archive, so that few archives lie unpacked at a time.
    """

    work: Path
    settings: Settings
    digest: str
    waiting: deque[bytes] = field(default_factory=deque)  # packed batches and archives
    chunks: deque[Chunk] = field(default_factory=deque)
    parts: dict[str, list[str]] = field(default_factory=dict)  # batch -> its parts
    reused: int = 0  # captures whose rows were there
    finished: int = 0
    total: int = 0

    def plan(self, batches: Plan) -> None:
        """Take over the parts that are there, and put the rest among what is waiting."""
        folder = self.work / "parts"
        earlier = earlier_parts(folder, set(batches.names), self.digest)
        for batch in batches:
            self.total += len(batch.files)
            whole = Split(self.work, batch, self.settings, self.digest, splitting.CHUNK)
            names = parts_of(whole) if batch.split else [batch.name]
            there = [sound(folder / name) for name in names or ()]
            if names and all(there):
                self.parts[batch.name] = names
                self.reused += sum(part.head["captures"] for part in there if part)
                self.finished += len(batch.files)
                continue
            for name, part in zip(names or (), there, strict=True):
                if part is None:
                    for made_of_it in (self.work / "more").glob(f"{name}-*"):
                        shutil.rmtree(made_of_it, ignore_errors=True)
                    shutil.rmtree(folder / name, ignore_errors=True)
            if batch.split:
                self.waiting.append(packed(whole))
            else:
                mine = {f.found.name: earlier[f.found.name] for f in batch.files if f.found.name in earlier}
                self.parts[batch.name] = names or []
                self.waiting.append(packed(Task(folder, batch, self.settings, self.digest, mine)))

    def __iter__(self) -> Iterator[Job]:
        while self.chunks or self.waiting:
            yield self.chunks.popleft() if self.chunks else unpacked(self.waiting.popleft())

    def done(self, job: Job, result: Measured | Divided) -> None:
        """Take the result of a job."""
        self.finished += len(job.batch.files) if isinstance(job, Task) else 1
        if isinstance(result, Divided):
            self.parts[result.batch] = result.parts
            self.chunks += result.chunks
            self.total += len(result.chunks)
            new = {chunk.part for chunk in result.chunks}
            for name in result.parts:
                if name not in new and (part := sound(self.work / "parts" / name)):
                    self.reused += part.head["captures"]
        else:
            if isinstance(job, Chunk):
                job.spool.unlink(missing_ok=True)
            self.reused += result.reused


def do(job: Job) -> Measured | Divided:
    """Do a job; runs at a worker."""
    return split(job) if isinstance(job, Split) else measure(job)


def measure_all(jobs: Jobs, staff: Workers, progress: Callable[[int, int], None]) -> None:
    """Do all jobs, those too that come of others."""
    progress(jobs.finished, jobs.total)
    while jobs.waiting or jobs.chunks:
        for job, result in staff.each(do, iter(jobs), more_carefully):
            jobs.done(job, result)
            progress(jobs.finished, jobs.total)


def more_carefully(job: Any, died: Died) -> Any:
    """Try a job again one file or capture at a time; if a worker died so, leave out what it was at."""
    reason = f"The process that read it died ({died.how}); read it by itself to learn why."
    if isinstance(job, Split):
        return replace(job, lost={job.batch.files[0].found.name: reason})
    if not job.careful:
        return replace(job, careful=True)
    name = ""
    with suppress(OSError):
        name = job.saying.read_text(encoding="utf-8", errors="surrogateescape")
    if not name or name in job.lost:
        if job.unbegun == MOST_UNBEGUN:
            raise OSError(
                f"Worker processes die, whatever they read ({died.how}); what was measured before is kept. Look for "
                "what ends them, such as too little memory, and run it again, perhaps with fewer workers."
            )
        return replace(job, unbegun=job.unbegun + 1)
    return replace(job, lost=job.lost | {name: reason})
