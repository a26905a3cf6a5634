"""One run at a time in a folder of tables or figures."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class BusyError(OSError):
    """Another run works in this folder; the message says which."""


@contextmanager
def taking_turns(folder: Path, making: str = "tables", option: str = "--out") -> Iterator[None]:
    """Hold a folder's lock; it ends with the process, however that ends.

    Parameters
    ----------
    folder : Path
        Where the lock lies, inside the folder that is written to.
    making, option : str
        What is written there, and the option that names another place, for the error.

    Raises
    ------
    BusyError
        If another process holds it.
    """
    path = folder / "lock"
    with path.open("a+", encoding="utf-8") as stream:
        if not _lock(stream):
            stream.seek(0)
            raise BusyError(
                f"{folder.parent}: another run is writing {making} there ({_holder(stream.read())}). "
                f"Wait for it to end, or give another {option}."
            )
        stream.truncate(0)
        json.dump({"pid": os.getpid(), "host": platform.node()}, stream)
        stream.flush()
        yield


def _lock(stream: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            stream.seek(1 << 20)  # a byte that nobody writes, so that others can read who holds the lock
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(text: str) -> str:
    try:
        found = json.loads(text)
        return f"process {found['pid']} on {found['host']}"
    except (ValueError, KeyError, TypeError):
        return "it has not said which process it is"
