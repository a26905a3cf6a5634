"""Who does the work: this process, local processes, or a Dask cluster. Results come as they are ready."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from clipbook.tables.plan import code_digest

MOST_TASKS = 200  # of a local process: what it keeps at hand of the words it has met grows with them
AHEAD = 2  # tasks waiting at each worker of a cluster, so that none is idle


@dataclass(frozen=True, slots=True)
class Died:
    """What a worker leaves that ends without a result."""

    how: str


Again = Callable[[Any, Died], Any]


class Workers(Protocol):
    """Calls a function on tasks; when a worker dies, ``again`` gives the task to do in its place."""

    def each(
        self, call: Callable[[Any], Any], tasks: Iterable[Any], again: Again
    ) -> Iterator[tuple[Any, Any]]:
        """Give (task, result) of each task in any order."""


class Here:
    """One task after the other in this process."""

    def each(
        self, call: Callable[[Any], Any], tasks: Iterable[Any], again: Again
    ) -> Iterator[tuple[Any, Any]]:
        """Give (task, result) of each task in order."""
        for task in tasks:
            with one_thread():
                result = call(task)
            yield task, result


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
        self._context = multiprocessing.get_context("spawn")
        self._idle: list[Process] = []
        self._busy: dict[Connection, tuple[Process, Any]] = {}
        for _ in range(count):
            self._start()

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._idle.append(Process(process, ours))

    def each(
        self, call: Callable[[Any], Any], tasks: Iterable[Any], again: Again
    ) -> Iterator[tuple[Any, Any]]:
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
                try:
                    result, error = pipe.recv()
                except (EOFError, OSError):
                    worker.process.join()
                    pipe.close()
                    self._start()
                    repeated.append(again(task, Died(_how(worker.process.exitcode))))
                    continue
                worker.tasks += 1
                if worker.tasks < MOST_TASKS:
                    self._idle.append(worker)
                else:
                    worker.end()
                    self._start()
                if error is not None:
                    raise error
                yield task, result

    def close(self) -> None:
        """End all processes."""
        for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
            worker.end()


def _serve(pipe: Connection) -> None:
    """Do tasks until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    with one_thread(), suppress(EOFError, OSError):
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


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {-code}"
    return f"exit code {code}"


class Cluster:
    """The workers of a Dask cluster that share a file system with this process."""

    def __init__(self, address: str) -> None:
        from dask.distributed import Client

        self._client = Client(address, set_as_default=False)

    def each(
        self, call: Callable[[Any], Any], tasks: Iterable[Any], again: Again
    ) -> Iterator[tuple[Any, Any]]:
        """Give (task, result) of each task as it is ready; Dask itself repeats what a dead worker had."""
        from dask.distributed import KilledWorker, as_completed

        waiting = iter(tasks)
        running: dict[Any, Any] = {}
        done = as_completed([], loop=self._client.loop)

        def submit(task: Any) -> None:
            future = self._client.submit(_call, call, task, code_digest(), pure=False)
            running[future] = task
            done.add(future)

        width = AHEAD * max(1, sum(self._client.nthreads().values()))
        for _, task in zip(range(width), waiting, strict=False):
            submit(task)
        for future in done:
            task = running.pop(future)
            try:
                result = future.result()
            except KilledWorker as error:
                submit(again(task, Died(f"{error.__class__.__name__} on {error.last_worker}")))
                continue
            if (following := next(waiting, None)) is not None:
                submit(following)
            yield task, result

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


def _call(call: Callable[[Any], Any], task: Any, code: str) -> Any:
    if code != code_digest():
        raise ValueError(
            "A worker of the cluster has another clipbook than this machine; install the same version on both."
        )
    with one_thread():
        return call(task)


def one_thread() -> AbstractContextManager[Any]:
    """Keep numerical libraries to one thread: as fast for single pages, and the same digits everywhere."""
    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        return nullcontext()
    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits


@contextmanager
def hire(count: int, scheduler: str | None) -> Iterator[Workers]:
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
    if scheduler:
        try:
            cluster = Cluster(scheduler)
        except ImportError:
            raise ValueError("--scheduler needs Dask: pip install 'clipbook[scale]'") from None
        except (OSError, TimeoutError) as error:
            raise ValueError(f"The Dask scheduler {scheduler} does not answer ({error}).") from None
        try:
            yield cluster
        finally:
            cluster.close()
    elif count > 1:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        pool = Processes(count)
        try:
            yield pool
        finally:
            pool.close()
    else:
        yield Here()
