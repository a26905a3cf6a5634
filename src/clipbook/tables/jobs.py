"""The first step handed out: batches to measure, archives to divide and their chunks to measure."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow.compute as pc

from clipbook.tables import archives
from clipbook.tables.archives import Archive, Divided, divide, parts_of
from clipbook.tables.measure import Job, Measured, measure
from clipbook.tables.parts import files_of
from clipbook.tables.plan import Batch, Settings, packed, unpacked
from clipbook.tables.workers import DiedError, TryAgainError, Workers

MOST_UNBEGUN = 3


@dataclass(slots=True)
class Jobs:
    """What is to be done, and what has been: iterate over it for the next job, ``done`` takes its result.

    The chunks of an archive come before the next archive, so that few archives lie unpacked at a time. What
    failed is done again at the end, alone, so that it has the machine's memory for itself.
    """

    work: Path
    settings: Settings
    digest: str
    waiting: deque[bytes] = field(default_factory=deque)  # packed batches and archives
    chunks: deque[Job] = field(default_factory=deque)
    alone: deque[Job | Archive] = field(default_factory=deque)
    parts: dict[str, list[str]] = field(default_factory=dict)  # batch -> its parts
    reused: int = 0  # captures whose rows were there
    finished: int = 0
    total: int = 0

    def plan(self, batches: Iterator[Batch], wanted: set[str]) -> None:
        """Take over the parts that are there, and put the rest among what is waiting."""
        earlier = self._earlier(wanted)
        for batch in batches:
            self.total += len(batch.files)
            archive = Archive(self.work, batch, self.settings, self.digest, archives.CHUNK)
            names = parts_of(archive) if batch.of_many else [batch.name]
            captures = [self._captures(name) for name in names or ()]
            self.parts[batch.name] = names or []
            if names and None not in captures:
                self.reused += sum(filter(None, captures))
                self.finished += len(batch.files)
            elif batch.of_many:
                self.waiting.append(packed(archive))
            else:
                mine = {f.identity: earlier[f.identity] for f in batch.files if f.identity in earlier}
                self.waiting.append(packed(Job(self.work / "parts", batch.name, batch, self.settings, mine)))

    def _captures(self, part: str) -> int | None:
        """Count the captures of a part; None, and it goes, if it is not whole or lacks one that could not be read."""
        files = files_of(self.work / "parts" / part)
        if not len(files) or any(files["lost"].to_pylist()):
            shutil.rmtree(self.work / "parts" / part, ignore_errors=True)
            return None
        return sum(files["captures"].to_pylist())

    def _earlier(self, wanted: set[str]) -> dict[str, str]:
        """Tell in which part of earlier runs each file is, parts that stay whole left out."""
        found: dict[str, str] = {}
        for folder in sorted((self.work / "parts").iterdir()):
            if folder.name not in wanted:
                files = files_of(folder)
                whole = files.filter(pc.invert(files["lost"]))["file"].to_pylist()
                found |= dict.fromkeys(whole, folder.name)
        return found

    def __iter__(self) -> Iterator[Job | Archive]:
        if not (self.chunks or self.waiting) and self.alone:
            yield self.alone.popleft()
        while self.chunks or self.waiting:
            yield self.chunks.popleft() if self.chunks else unpacked(self.waiting.popleft())

    def done(self, job: Job | Archive, result: Measured | Divided) -> None:
        """Take the result of a job."""
        self.finished += 1 if isinstance(job, Archive) or job.stored else len(job.batch.files)
        if isinstance(result, Measured):
            if isinstance(job, Job) and job.stored:
                job.stored.unlink(missing_ok=True)
            self.reused += result.reused
            return
        self.parts[job.batch.name] = result.parts
        self.total += len(result.chunks)
        for chunk in result.chunks:
            (file,) = job.batch.files
            batch = replace(job.batch, files=(replace(file, known=chunk.known),))
            folder = self.work / "parts"
            self.chunks.append(
                Job(folder, chunk.part, batch, self.settings, stored=chunk.stored, lost=chunk.lost)
            )
        for name in {*result.parts} - {chunk.part for chunk in result.chunks}:
            self.reused += self._captures(name) or 0

    def again(self, job: Job | Archive, error: TryAgainError) -> None:
        """Put a job that failed aside, to be tried alone, one file or capture at a time; leave out what fails then."""
        died = f"The process that read it died ({error}); read it by itself to learn why."
        reason = died if isinstance(error, DiedError) else str(error)
        if isinstance(job, Archive):
            self.alone.append(replace(job, lost=reason if job.careful else "", careful=True))
            return
        name = ""
        with suppress(OSError):
            name = job.saying.read_text(encoding="utf-8", errors="surrogateescape")
        if job.careful and (not name or name in job.lost) and job.unbegun == MOST_UNBEGUN:
            raise OSError(
                f"Worker processes die, whatever they read ({error}); what was measured before is kept. Look for "
                "what ends them, such as too little memory, and run it again, perhaps with fewer workers."
            )
        if not job.careful:
            job = replace(job, careful=True)
        elif not name or name in job.lost:
            job = replace(job, unbegun=job.unbegun + 1)
        else:
            job = replace(job, lost={**job.lost, name: reason})
        self.alone.append(job)


def do(job: Job | Archive) -> Measured | Divided:
    """Do a job; runs at a worker."""
    return divide(job) if isinstance(job, Archive) else measure(job)


def measure_all(jobs: Jobs, workers: Workers, progress: Callable[[int, int], None]) -> None:
    """Do all jobs, those too that come of others."""
    progress(jobs.finished, jobs.total)
    while jobs.waiting or jobs.chunks or jobs.alone:
        for job, result in workers.each(do, iter(jobs), jobs.again):
            jobs.done(job, result)
            progress(jobs.finished, jobs.total)
