"""Which reader a file needs: by what it holds, and by its ending where that leaves a choice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module

from clipbook.captures import formats
from clipbook.captures.decode import decode
from clipbook.captures.delimited import delimiter
from clipbook.captures.files import split_ending
from clipbook.captures.html import looks_like_html
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.rows import holds_articles
from clipbook.captures.source import Source
from clipbook.records import Capture

Reader = Callable[[Source, Limits], Iterator[Capture]]

_HEAD = 8_000  # bytes by which a text is recognised
_OLE = b"\xd0\xcf\x11\xe0"
_MAIL = re.compile(
    rb"(?im)^(message-id|mime-version|content-type|received|return-path|x-mailer|content-transfer-encoding)[ \t]*:"
)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?")
_MAILBOX = re.compile(rb"From \S+ .{0,60}\d{2}:\d{2}.{0,30}\r?\n[A-Za-z-]+:")
_WEB_PARTS = re.compile(
    rb"(?im)^(?:content-type[ \t]*:[ \t]*multipart/related|snapshot-content-location[ \t]*:)"
)
_XML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*|<!DOCTYPE[^>\[]{0,300}>\s*|<\?[^>]{0,300}\?>\s*){0,5}<([A-Za-z][\w:.-]{0,60})",
    re.S,
)
_FRAGMENT = re.compile(
    rb"\s*<(?:p|div|article|section|main|header|h1|h2|body|span|table|ul|figure|blockquote)\b[^<>]{0,500}>",
    re.I,
)
_JSON = re.compile(rb"\s*(?:\[\s*)?\{\s*\"[^\"\n]{1,100}\"\s*:")
_ORDERED = frozenset(
    (".csv", ".tsv", ".xml", ".rss", ".atom", ".tei", ".enex", ".eml", ".mbox", ".mhtml", ".mht")
)
_CALLED = {".txt": "text", ".csv": "a table", ".jsonl": "JSON", ".eml": "a message", ".mhtml": "a page saved as MHTML", ".mbox": "a mailbox", ".html": "HTML", ".xml": "a feed or other XML", ".webarchive": "a web archive of Safari"}  # fmt: skip


def read_source(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read one file or unpacked member with the reader for its format; one that is named wrongly is noted.

    Raises
    ------
    UnreadableError
        If the format is not one that can be read, or the file breaks its format's rules.
    """
    if source.size() == 0:
        raise UnreadableError("The file is empty (0 bytes).")
    stated = split_ending(source.name)[1].lower()
    stated = ".gz" if stated.endswith(".gz") else stated
    ending = _true_ending(source, stated)
    if stated and formats.READERS[ending] != formats.READERS.get(stated):
        called = _CALLED.get(ending, ending)
        note = f"the file is named {stated} and was read as {called}, which it holds"
        source = replace(source, notes=(*source.notes, note))
    module, function = formats.READERS[ending].split(".")
    reader: Reader = getattr(import_module(f"clipbook.captures.{module}"), function)
    yield from reader(source, limits)


def _true_ending(source: Source, stated: str) -> str:
    head = source.head(_HEAD)
    _refuse_foreign(source, head)
    for start, ending in formats.SIGNATURES:
        if head.startswith(start):
            return _inside_zip(source) if ending == ".zip" else ending
    if stated in formats.PACKED:
        raise UnreadableError(
            f"The file is named {stated} but its content is not of that format, or it is damaged."
        )
    if kind := _shown_kind(head, stated) or stated:
        return kind
    suffix = source.name.rsplit("/", 1)[-1]
    if "." in suffix:
        kind = "." + suffix.rsplit(".", 1)[-1]
        raise UnreadableError(f"Files ending in {kind} are not read, only {' '.join(formats.ENDINGS)}.")
    return ".txt"


def _refuse_foreign(source: Source, head: bytes) -> None:
    """Refuse what is known and not read, in one sentence that says what to do."""
    ending = "." + source.name.lower().rsplit(".", 1)[-1]
    what = next((what for start, what in formats.FOREIGN if head.startswith(start)), "")
    if head.startswith(_OLE):
        what = formats.REFUSED[ending if ending in {".doc", ".xls", ".msg"} else _inside_ole(source)]
    elif ending in formats.REFUSED and not what:
        what = formats.REFUSED[ending]
    if what:
        raise UnreadableError(f"The file is {what}.")


def _inside_ole(source: Source) -> str:
    data = source.head(1 << 20)
    marks = ((b"_\0_\0s\0u\0b\0s\0t\0g\0", ".msg"), (b"W\0o\0r\0k\0b\0o\0o\0k\0", ".xls"))
    return next((ending for mark, ending in marks if mark in data), ".doc")


def _shown_kind(head: bytes, stated: str) -> str:
    """Tell a text format that its first bytes show; "" where they show none, so that the ending decides."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    opened = _XML.match(head)
    unlike = stated not in _ORDERED  # a text that has no form of its own may be anything
    shown = (
        (".mbox", _MAILBOX.match(head)),
        (".mhtml", stated != ".eml" and _is_mail(head) and _WEB_PARTS.search(head)),
        (".eml", _is_mail(head)),
        (".html", looks_like_html(head)),
        (
            ".xml",
            opened
            and opened[1].decode("ascii", "replace").casefold().rpartition(":")[2] in formats.XML_ROOTS,
        ),
        (".html", unlike and _FRAGMENT.match(head) and head.count(b"</") >= 2),
        (".jsonl", (unlike or stated in {".csv", ".tsv"}) and _JSON.match(head)),
        (".csv", stated in {"", ".txt", ".text"} and _is_table(head)),
    )
    return next((ending for ending, found in shown if found), "")


def _is_mail(head: bytes) -> bool:
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return _HEADER.match(head) is not None and len({name.lower() for name in _MAIL.findall(headers)}) >= 2


def _is_table(head: bytes) -> bool:
    """Whether the first line is a heading that names a column of texts and another that is known."""
    lines = decode(head)[0].splitlines()
    if lines and re.match(r"[\"']?sep=.[\"']?\s*$", lines[0], re.I):
        return True
    cells = [cell.strip(' "') for cell in lines[0].split(delimiter(lines[0]))] if lines else []
    return (
        len(cells) >= 2
        and len(lines) > 1
        and all(0 < len(cell) < 60 for cell in cells)
        and holds_articles(cells)
        and delimiter(lines[0]) in lines[1]
    )


def _inside_zip(source: Source) -> str:
    """Tell an Office document, a book or a web archive from a plain zip by the members it must have."""
    import zipfile

    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        names = set(archive.namelist()[:10_000])
        kind = (
            archive.read("mimetype")[:100]
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 1000
            else b""
        )
    if kind.startswith(b"application/vnd.oasis.opendocument."):
        ending = {b"text": ".odt", b"spreadsheet": ".ods", b"presentation": ".odp"}.get(
            kind.rsplit(b".", 1)[-1].strip(), ".odp"
        )
        if ending in formats.REFUSED:
            raise UnreadableError(f"The file is {formats.REFUSED[ending]}.")
        return ending
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError(f"The file is {formats.REFUSED['.pptx']}.")
    if any(name.endswith(".iwa") for name in names):
        raise UnreadableError(f"The file is {formats.REFUSED['.pages']}.")
    for name, ending in formats.MEMBERS:
        if name in names and (ending != ".wacz" or any(inner.startswith("archive/") for inner in names)):
            return ending
    return ".zip"
