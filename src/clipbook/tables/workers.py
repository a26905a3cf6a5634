"""Who does the work: this process, local processes, or a Dask cluster. Results come as they are ready."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from threadpoolctl import threadpool_limits

from clipbook.tables.plan import code_digest

MOST_TASKS = 200  # of a local process: what it keeps at hand of the words it has met grows with them
AHEAD = 2  # tasks waiting at each worker of a cluster, so that none is idle
TRIES = 3


class TryAgainError(Exception):
    """A task could not be done, and may be done in another way; the message says what happened."""


class DiedError(TryAgainError):
    """The worker that had the task died; the message says how."""


Call = Callable[[Any], Any]
Again = Callable[[Any, TryAgainError], Any]


class Workers(Protocol):
    """Calls a function on tasks, each with numerical libraries kept to one thread: the same digits everywhere.

    When a worker dies, or raises `TryAgainError`, ``again`` is told how, and gives the task to do in its place, if any.
    """

    def each(self, call: Call, tasks: Iterable[Any], again: Again) -> Iterator[tuple[Any, Any]]:
        """Give (task, result) of each task in any order."""


def same_again() -> Again:
    """Have a task done again that is safe to do twice, but not for ever."""
    deaths = 0

    def again(task: Any, error: TryAgainError) -> Any:
        nonlocal deaths
        deaths += 1
        if deaths > TRIES:
            raise OSError(f"Worker processes die again and again ({error}); is there enough memory?")
        return task

    return again


class Here:
    """One task after the other in this process."""

    def each(self, call: Call, tasks: Iterable[Any], again: Again) -> Iterator[tuple[Any, Any]]:
        """Give (task, result) of each task in order."""
        for first in tasks:
            task = first
            while task is not None:
                try:
                    with threadpool_limits(1):
                        result = call(task)
                except TryAgainError as error:
                    task = again(task, error)
                else:
                    yield task, result
                    break


@dataclass(slots=True)
class Process:
    """A local process and the pipe to it."""

    process: BaseProcess
    pipe: Connection
    tasks: int = 0  # that it has done

    def end(self) -> None:
        """End it, at once if it is at work."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()


class Processes:
    """Local processes, each with a pipe of its own, so that one that dies takes only its task along.

    One that has done many tasks makes room for a fresh one, so that memory does not grow with the corpus.
    """

    def __init__(self, count: int) -> None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._context = multiprocessing.get_context("spawn")
        self._idle: list[Process] = []
        self._busy: dict[Connection, tuple[Process, Any]] = {}
        for _ in range(count):
            self._start()

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
        with _deaf():
            process.start()
        theirs.close()
        self._idle.append(Process(process, ours))

    def each(self, call: Call, tasks: Iterable[Any], again: Again) -> Iterator[tuple[Any, Any]]:
        """Give (task, result) of each task as it is ready."""
        waiting = iter(tasks)
        repeated: list[Any] = []
        more = True
        while more or repeated or self._busy:
            while self._idle and (more or repeated):
                if repeated:
                    task = repeated.pop()
                elif (task := next(waiting, None)) is None:
                    more = False
                    break
                worker = self._idle.pop()
                self._busy[worker.pipe] = (worker, task)
                with suppress(OSError):  # it has died: that shows below
                    worker.pipe.send((call, task))
            ready = wait(list(self._busy)) if self._busy else []
            for pipe in [pipe for pipe in self._busy if pipe in ready]:
                worker, task = self._busy.pop(pipe)
                result, error = self._answer(worker)
                if isinstance(error, TryAgainError):
                    repeated += [task for task in [again(task, error)] if task is not None]
                elif error is not None:
                    raise error
                else:
                    yield task, result

    def _answer(self, worker: Process) -> tuple[Any, Exception | None]:
        """Take a worker's result or error; one that has died, or done much, is followed by a fresh one."""
        try:
            answer: tuple[Any, Exception | None] = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            worker.pipe.close()
            self._start()
            code = worker.process.exitcode or 0
            return None, DiedError(f"signal {-code}" if code < 0 else f"exit code {code}")
        worker.tasks += 1
        if worker.tasks < MOST_TASKS:
            self._idle.append(worker)
        else:
            worker.end()
            self._start()
        return answer

    def close(self) -> None:
        """End all processes."""
        for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
            worker.end()


@contextmanager
def _deaf() -> Iterator[None]:
    """Have a process begin deaf to Ctrl-C, which else would tell of it while it still loads; the parent ends it."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    resource_tracker.ensure_running()  # which hears Ctrl-C again for its parent when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection) -> None:
    """Do tasks until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    with threadpool_limits(1), suppress(EOFError, OSError):
        while True:
            call, task = pipe.recv()
            try:
                answer: tuple[Any, Exception | None] = (call(task), None)
            except Exception as error:
                answer = (None, error)
            pipe.send(answer)


def _end_with_the_parent() -> None:
    """End in the middle of a task when the run is killed, so that nothing is written beside the next run."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Cluster:
    """The workers of a Dask cluster that share a file system with this process."""

    def __init__(self, address: str) -> None:
        try:
            from dask.distributed import Client

            self._client = Client(address, set_as_default=False)
        except ImportError:
            raise ValueError("--scheduler needs Dask: pip install 'clipbook[scale]'") from None
        except (OSError, TimeoutError) as error:
            raise ValueError(f"The Dask scheduler {address} does not answer ({error}).") from None

    def each(self, call: Call, tasks: Iterable[Any], again: Again) -> Iterator[tuple[Any, Any]]:
        """Give (task, result) of each task as it is ready; Dask itself repeats what a dead worker had."""
        from dask.distributed import KilledWorker, as_completed

        waiting = iter(tasks)
        running: dict[Any, Any] = {}
        done = as_completed([], loop=self._client.loop)

        def submit(task: Any) -> None:
            if task is not None:
                future = self._client.submit(_call, call, task, code_digest(), pure=False)
                running[future] = task
                done.add(future)

        for _ in range(AHEAD * max(1, sum(self._client.nthreads().values()))):
            submit(next(waiting, None))
        for future in done:
            task = running.pop(future)
            try:
                result = future.result()
            except KilledWorker as error:
                submit(again(task, DiedError(f"{error.__class__.__name__} on {error.last_worker}")))
            except TryAgainError as error:
                submit(again(task, error))
            else:
                yield task, result
            submit(next(waiting, None))

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


def _call(call: Callable[[Any], Any], task: Any, code: str) -> Any:
    if code != code_digest():
        raise ValueError(
            "A worker of the cluster has another clipbook than this machine; install the same version on both."
        )
    with threadpool_limits(1):
        return call(task)


@contextmanager
def start_workers(count: int, scheduler: str | None) -> Iterator[Workers]:
    """Give the workers asked for, and let them go at the end.

    Parameters
    ----------
    count : int
        Local processes; 1 means this one.
    scheduler : str, optional
        Address of a Dask scheduler, which then has the workers.

    Raises
    ------
    ValueError
        If Dask is not installed, or its scheduler does not answer.
    """
    if not scheduler and count == 1:
        yield Here()
        return
    workers = Cluster(scheduler) if scheduler else Processes(count)
    try:
        yield workers
    finally:
        workers.close()
