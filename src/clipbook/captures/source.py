"""A file, or a file inside an archive, on its way to becoming captures."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from clipbook.captures.decode import encodable
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.records import Capture

_BLOCK = 1 << 20
_JUDGED_FROM = 1_000_000  # unpacked bytes from which the ratio is judged


class Budget:
    """What one file on disk may unpack to in total, the archives inside it included."""

    def __init__(self, packed: int = 0) -> None:
        self.packed = packed  # bytes on disk; 0 when the ratio cannot be judged
        self.taken = 0

    def take(self, count: int, limits: Limits) -> None:
        """Count bytes as unpacked; refuse them past the limits on ratio and total."""
        self.taken += count
        if self.taken > limits.archive_bytes:
            raise beyond("The archive unpacks to too many bytes", self.taken, limits, "archive_bytes")
        if self.packed and self.taken > max(_JUDGED_FROM, limits.ratio * self.packed):
            raise beyond("The file unpacks to many times its size", self.taken / self.packed, limits, "ratio")


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with the name and identity that their captures will carry.

    Exactly one of ``path`` (a file on disk) and ``data`` (unpacked from an archive) is given.
    """

    name: str  # becomes Capture.source_file
    capture_id: str
    path: Path | None = None
    data: bytes = b""
    sha256: str = ""  # of the file, or of the file unpacked from an archive
    nesting: int = 0  # archives around it
    notes: tuple[str, ...] = ()
    budget: Budget = field(default_factory=Budget, compare=False)

    def open(self) -> IO[bytes]:
        """Open the bytes for reading from their start."""
        return self.path.open("rb") if self.path else io.BytesIO(self.data)

    def read(self, limits: Limits) -> bytes:
        """Read all bytes, at most ``limits.page_bytes`` of them."""
        with self.open() as stream:
            data = stream.read(limits.page_bytes + 1)
        if len(data) > limits.page_bytes:
            raise beyond("The file is too large, in bytes", self.size(), limits, "page_bytes")
        return data

    def head(self, count: int = 1024) -> bytes:
        """Read the first bytes, to recognise the format."""
        with self.open() as stream:
            return stream.read(count)

    def size(self) -> int:
        """Size in bytes, as stored."""
        return self.path.stat().st_size if self.path else len(self.data)

    def capture(
        self,
        form: str,
        *,
        text: str = "",
        html: str = "",
        url: str = "",
        fields: Mapping[str, str] | None = None,
        notes: tuple[str, ...] = (),
        failure: str = "",
    ) -> Capture:
        """Make a capture that carries this source's name and identity."""
        stated = (fields or {}).items()
        return Capture(
            capture_id=self.capture_id,
            source_file=self.name,
            format=form,
            text=encodable(text),
            html=encodable(html),
            sha256=self.sha256,
            url=encodable(url),
            fields={encodable(name): encodable(value) for name, value in stated},
            notes=self.notes + notes,
            failure=failure,
        )


def digest(stream: IO[bytes]) -> str:
    """Hash a stream to its end, block by block."""
    sha = hashlib.sha256()
    while block := stream.read(_BLOCK):
        sha.update(block)
    return sha.hexdigest()


def member(parent: Source, inner: str, capture_id: str, data: bytes, limits: Limits) -> Source:
    """Make the source for a file unpacked from ``parent``, one archive deeper."""
    if parent.nesting >= limits.nesting:
        raise UnreadableError(
            f"The archive holds archives more than {limits.nesting} deep (Limits.nesting); unpack it by hand."
        )
    return Source(
        name=f"{parent.name}/{inner}",
        capture_id=f"{parent.name}/{capture_id}",
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        nesting=parent.nesting + 1,
        budget=parent.budget,
    )
