"""What is inside a packed file: unpacked within limits, and only what may be unpacked."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO

from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.source import Budget

PART = 1 << 20


def read_bounded(stream: IO[bytes] | gzip.GzipFile, budget: Budget, limits: Limits) -> bytes:
    """Unpack a stream, at most to ``page_bytes`` and to what is left of the budget."""
    parts: list[bytes] = []
    total = 0
    try:
        while part := stream.read(PART):
            parts.append(part)
            total += len(part)
            if total > limits.page_bytes:
                raise beyond("The file unpacks to too many bytes", total, limits, "page_bytes")
            budget.take(len(part), limits)
    except EOFError:
        raise UnreadableError("The packed file is cut off before its end; copy it again.") from None
    except (zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise UnreadableError(f"The packed file is damaged ({error}); copy it again.") from None
    return b"".join(parts)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, limits: Limits) -> bytes:
    """Unpack one file of a zip, if :func:`check_member` lets it pass."""
    check_member(info)
    try:
        with archive.open(info) as stream:
            return read_bounded(stream, budget, limits)
    except NotImplementedError as error:
        raise UnreadableError(f"This file is packed in a way that cannot be read ({error}).") from None
    except zipfile.BadZipFile as error:
        raise UnreadableError(f"This file in the archive is damaged ({error}).") from None


def check_member(info: zipfile.ZipInfo) -> None:
    """Refuse a member that is a link, is protected, or whose name leads out of the archive."""
    if escapes(info.filename):
        raise UnreadableError("The name of this file leads out of the archive; it is not read.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableError("This is a link, which is not followed.")
    if info.flag_bits & 1:
        raise UnreadableError("This file is protected by a password; unpack the archive by hand.")


def escapes(name: str) -> bool:
    """Whether a member's name is absolute or climbs out of the archive."""
    return (
        PurePosixPath(name).is_absolute()
        or PureWindowsPath(name).drive != ""
        or ".." in PurePosixPath(name.replace("\\", "/")).parts
    )
