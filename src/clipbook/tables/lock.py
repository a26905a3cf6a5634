"""One run at a time in a folder of tables or figures."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from clipbook.errors import ClipbookError


class BusyError(ClipbookError, OSError):
    """Another run works in this folder; the message says which."""


@contextmanager
def locked(
    folder: Path, making: str = "tables", option: str = "--out", waiting: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold a folder's lock; it ends with the process, however that ends.

    Parameters
    ----------
    folder : Path
        Where the lock lies, inside the folder that is written to.
    making, option : str
        What is written there, and the option that names another place, for the error.
    waiting : function, optional
        Called with a sentence that says for whom this run waits, which it then does instead of failing.

    Raises
    ------
    BusyError
        If another process holds it, and ``waiting`` is not given.
    """
    lock, holder = FileLock(folder / "lock"), folder / "lock.json"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        busy = f"{folder.parent}: another run is writing {making} there ({_holder(holder)})."
        if waiting is None:
            raise BusyError(f"{busy} Wait for it to end, or give another {option}.") from None
        waiting(busy)
        lock.acquire()
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "host": platform.node()}), encoding="utf-8")
        yield
    finally:
        lock.release()


def _holder(path: Path) -> str:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return f"process {found['pid']} on {found['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has not said which process it is"
