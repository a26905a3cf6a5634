"""The ``clipbook`` command, also as ``python -m clipbook``: stopped at any moment it says one sentence.

What cannot be said, because nobody reads it or its device is full, stops no work; the exit status tells of it.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, TextIO

STOPPED = "stopped; nothing half-written was left."
_SIGNS = (signal.SIGINT, signal.SIGTERM)


class Said:
    """A stream that lets go what it cannot write, and keeps why; what it cannot encode is written as escapes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.error: OSError | None = None
        stream.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]

    def write(self, text: str) -> int:
        """Write a text, or nothing once that has failed."""
        if self.error is None:
            try:
                self._stream.write(text)
            except OSError as error:
                self._fail(error)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        if self.error is None:
            try:
                self._stream.flush()
            except OSError as error:
                self._fail(error)

    def _fail(self, error: OSError) -> None:
        self.error = error
        os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())  # what it still holds goes nowhere

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def main() -> int:
    """Run the command line of this process; gives the exit status."""
    stopped = False
    out, said = _streams()

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True
        raise KeyboardInterrupt

    for sign in _SIGNS:
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, stop)
    status: int | str | None
    try:
        from clipbook.cli import main as command

        status = command()
    except SystemExit as ended:  # help, and command lines that are wrong
        status = ended.code
    except BaseException:  # a stop within a library may come out as any error
        if not stopped:
            raise
        status = 130
    finally:
        for sign in _SIGNS:  # one is enough: what is left is only the end
            signal.signal(sign, signal.SIG_IGN)
    if status == 130:
        print(f"clipbook: {STOPPED}", file=sys.stderr)
    out.flush()
    if out.error is not None and not isinstance(out.error, BrokenPipeError):
        print(f"clipbook: what it says could not be written ({out.error.strerror}).", file=sys.stderr)
    said.flush()
    return int(status or 0) or int(out.error is not None)


def _streams() -> tuple[Said, Said]:
    """Put streams that stop no work in the place of the output and of the messages, closed ones too."""
    for number in range(3):  # else the next file opened would have the number, and be written to
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    out, said = Said(sys.stdout or nowhere), Said(sys.stderr or nowhere)
    sys.stdout, sys.stderr = out, said
    return out, said


if __name__ == "__main__":
    sys.exit(main())
