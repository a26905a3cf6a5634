"""Packed files: what is inside, unpacked within limits, each member a capture."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, Any

from clipbook.captures.files import capture_ids, clean_name, is_ignored, split_ending
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.source import Budget, Source, member
from clipbook.records import Capture

PART = 1 << 20


def read_bounded(stream: IO[bytes] | gzip.GzipFile, budget: Budget, limits: Limits) -> bytes:
    """Unpack a stream, at most to ``page_bytes`` and to what is left of the budget."""
    parts: list[bytes] = []
    total = 0
    with _unpacking():
        while part := stream.read(PART):
            parts.append(part)
            total += len(part)
            if total > limits.page_bytes:
                raise beyond("The file unpacks to too many bytes", total, limits, "page_bytes")
            budget.take(len(part), limits)
    return b"".join(parts)


@contextmanager
def _unpacking() -> Iterator[None]:
    """Say what is wrong with a packed file in a sentence."""
    try:
        yield
    except EOFError:
        raise UnreadableError("The packed file is cut off before its end; copy it again.") from None
    except (zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise UnreadableError(f"The packed file is damaged ({error}); copy it again.") from None


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


def read_gzip(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the file inside a .gz; a .warc.gz or .jsonl.gz is streamed, others are unpacked whole."""
    from clipbook.captures.read import read_safely

    inner = split_ending(source.name)[1].lower().removesuffix(".gz")
    if inner == ".warc":
        from clipbook.captures.webarchive import read_warc

        yield from read_warc(source, limits)
        return
    if inner in {".jsonl", ".ndjson"}:
        yield from _packed_lines(source, limits)
        return
    with source.open() as stream, gzip.open(stream) as unpacked:
        data = read_bounded(unpacked, source.budget, limits)
    name = source.name[:-3] if source.name.lower().endswith(".gz") else source.name
    inside = replace(source, name=name, path=None, data=data, nesting=source.nesting + 1)
    if inside.nesting > limits.nesting:
        raise beyond("Archives are packed inside archives too deeply", inside.nesting, limits, "nesting")
    for capture in read_safely(inside, limits):
        yield replace(capture, source_file=source.name)


def _packed_lines(source: Source, limits: Limits) -> Iterator[Capture]:
    from clipbook.captures.json_records import read_lines

    with source.open() as stream, gzip.open(stream) as unpacked:
        bounded = io.BufferedReader(_Counted(unpacked, source.budget, limits), PART)
        with _unpacking():
            yield from read_lines(source, bounded, limits)


class _Counted(io.RawIOBase):
    """A stream whose bytes are counted against a budget as they are read."""

    def __init__(self, stream: gzip.GzipFile, budget: Budget, limits: Limits) -> None:
        self._stream, self._budget, self._limits = stream, budget, limits

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._budget.take(len(data), self._limits)
        buffer[: len(data)] = data
        return len(data)


def read_zip(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read every file in a zip as if it lay in a folder of that name."""
    from clipbook.captures.read import read_safely

    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        entries = [info for info in archive.infolist() if not _left_out(info)]
        if len(entries) > limits.records:
            raise beyond("The archive holds too many files", len(entries), limits, "records")
        entries.sort(key=lambda info: (info.filename, info.header_offset))
        names = [clean_name(info.filename) for info in entries]
        for info, name, capture_id in zip(entries, names, capture_ids(names), strict=True):
            try:
                data = read_member(archive, info, source.budget, limits)
                inside = member(source, name, capture_id, data, limits)
            except UnreadableError as error:
                refused = replace(
                    source, name=f"{source.name}/{name}", capture_id=f"{source.name}/{capture_id}"
                )
                yield refused.capture(split_ending(name)[1].lstrip(".") or "unknown", failure=str(error))
                continue
            yield from read_safely(inside, limits)


def _left_out(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith("/") or (
        not escapes(info.filename) and any(is_ignored(part) for part in PurePosixPath(info.filename).parts)
    )
