"""Web archives: .warc, .warc.gz, and .wacz, which packs them with an index of pages."""

from __future__ import annotations

import gzip
import json
import logging
import re
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, Any

from clipbook.captures.bundle import check_member, read_member
from clipbook.captures.html import page_captures
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.source import Budget, Source
from clipbook.records import Capture

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_IN_WACZ = re.compile(r"archive/.{1,500}\.warc(?:\.gz)?$")
_LIST = re.compile(r"pages/[\w.-]{1,100}\.jsonl")
_MOST_READ = 1 << 20  # bytes in search of a line's end
_LONGEST_LINE = 1 << 16  # bytes of a header, or of what stands between two records
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([\w:.-]{2,40})", re.IGNORECASE)


def read_warc(source: Source, limits: Limits) -> Iterator[Capture]:
    """Give every HTML page that a web archive holds; images, scripts and the like are passed over."""
    with source.open() as stream:
        yield from _pages(source, stream, frozenset(), limits)


def read_wacz(source: Source, limits: Limits) -> Iterator[Capture]:
    """Give the pages of a .wacz: those that its own list names, or else every HTML page in it."""
    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        listed = _listed_pages(archive, source.budget, limits)
        names = sorted(name for name in archive.namelist() if _IN_WACZ.match(name))
        if not names:
            raise UnreadableError("The .wacz file holds no web archive (archive/*.warc.gz).")
        for info in map(archive.getinfo, names):
            check_member(info)
            with archive.open(info) as inside:
                for page in _pages(source, inside, listed, limits):
                    yield replace(page, format="wacz")


class _CutOffError(UnreadableError):
    """The stream of an archive breaks off, so that nothing behind can be read."""


class _Bounded:
    """A stream that refuses to give more than the limits on unpacked bytes allow."""

    def __init__(self, read: Callable[[int], bytes], budget: Budget, limits: Limits) -> None:
        self._read, self._budget, self._limits = read, budget, limits

    def read(self, count: int) -> bytes:
        try:
            data = self._read(count)
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile):
            raise _CutOffError("The archive is cut off or damaged here; copy it again.") from None
        self._budget.take(len(data), self._limits)
        return data


def _short_lines(reader: Any) -> Any:
    """Let a reader refuse endless lines, which it would put together in time quadratic in their length."""
    whole_line = reader.readline

    def readline(length: int | None = None) -> bytes:
        line: bytes = whole_line(min(length or _MOST_READ, _MOST_READ))
        if len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            raise _CutOffError("The archive is damaged here: a line of its headers does not end.")
        return line

    reader.readline = readline
    return reader


def _pages(source: Source, stream: IO[bytes], listed: frozenset[str], limits: Limits) -> Iterator[Capture]:
    from warcio.archiveiterator import ArchiveIterator

    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    read = gzip.GzipFile(fileobj=stream).read1 if packed else stream.read
    bounded = _Bounded(read, source.budget, limits)
    end = time.monotonic() + limits.seconds
    count = others = 0
    records = ArchiveIterator(bounded)
    records.INC_RECORD = ""  # its warnings would print what the archive holds
    records.reader = _short_lines(records.reader)
    for record in records:
        if time.monotonic() > end:
            raise UnreadableError(
                f"The archive took more than {limits.seconds:,.0f} seconds (Limits.seconds)."
            )
        if not _is_page(record, listed):
            others += 1
            continue
        count += 1
        if count > limits.records:
            raise beyond("The archive holds too many pages", count, limits, "records")
        yield from _page(source, record, limits)
    if not count:
        raise UnreadableError(f"The archive holds no HTML page, only {others} other records.")


def _is_page(record: Any, listed: frozenset[str]) -> bool:
    if record.rec_type not in {"response", "resource"}:
        return False
    headers = record.http_headers or record.rec_headers
    kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return kind in _PAGE_TYPES and status == "200" and (not listed or _plain_url(url) in listed)


def _page(source: Source, record: Any, limits: Limits) -> Iterator[Capture]:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    headers = record.http_headers or record.rec_headers
    charset = _CHARSET.search(headers.get_header("Content-Type") or "")
    captured_at = record.rec_headers.get_header("WARC-Date") or ""
    fields = {"captured_at": captured_at} if captured_at else {}
    try:
        data = record.content_stream().read(limits.page_bytes + 1)
        if len(data) > limits.page_bytes:
            raise beyond("The page is too large, in bytes", len(data), limits, "page_bytes")
        if getattr(record.raw_stream, "limit", 0) > 0 and not record.raw_stream.read(1):
            raise UnreadableError("The page is cut off: the archive ends within it.")
        yield from page_captures(
            source, data, limits, form="warc", charset=charset[1] if charset else "", url=url, fields=fields
        )
    except _CutOffError:
        raise
    except UnreadableError as error:
        yield source.capture("warc", url=url, fields=fields, failure=str(error))


def _listed_pages(archive: zipfile.ZipFile, budget: Budget, limits: Limits) -> frozenset[str]:
    """Read the addresses in the lists of pages; none if there is no such list."""
    names = [name for name in archive.namelist() if _LIST.fullmatch(name)]
    listed = (read_member(archive, archive.getinfo(name), budget, limits) for name in names)
    addresses = set()
    for line in b"\n".join(listed).decode("utf-8", "replace").split("\n"):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and isinstance(entry.get("url"), str):
            addresses.add(_plain_url(entry["url"]))
    return frozenset(addresses)


def _plain_url(url: str) -> str:
    return url.strip("<>").split("#", 1)[0].rstrip("/")
