"""Messages and pages kept by mail programs and browsers: .eml, .mbox, .mhtml, .webarchive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO

from clipbook.captures.decode import decode
from clipbook.captures.exports import divide_text
from clipbook.captures.html import page_captures
from clipbook.captures.limits import Limits, UnreadableError, beyond, counted
from clipbook.captures.plain import text_captures
from clipbook.captures.source import Source
from clipbook.records import Capture

_MOST_PARTS = 10_000
_HEADER_CHARS = 2_000
_KIND = re.compile(rb"(?im)^content-[a-z-]{4,30}[ \t]*+:[^\r\n]*+(?:\r?\n?[ \t][^\r\n]*+)*+")
_LONGEST_KIND = 8_000  # bytes of a header that says what a part is
_FORWARDED = re.compile(r"^(?:(?:fwd?|re|aw|wg)\s?:\s?){1,5}", re.IGNORECASE)
_QUOTED_FROM = re.compile(rb">+From ")
_ENOUGH_WORDS = 50


def read_mhtml(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the page inside an .mhtml file: its root part, or else its first HTML part."""
    message = _message(source.read(limits))
    wanted = _header(message, "Snapshot-Content-Location")
    kinds = {"text/html", "application/xhtml+xml"}
    pages = [part for part in _parts(message) if part.get_content_type() in kinds]
    if not pages:
        raise UnreadableError("The .mhtml file holds no HTML page; save the page again.")
    root = next((part for part in pages if wanted and _header(part, "Content-Location") == wanted), pages[0])
    url = wanted or _header(root, "Content-Location")
    yield from page_captures(
        source, _payload(root), limits, form="mhtml", charset=root.get_content_charset() or "",
        url=url if url.startswith(("http://", "https://")) else "",
        fields={"captured_at": _date(message)} if _date(message) else {},
    )  # fmt: skip


def read_eml(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read a message: its plain text if that holds the story, else its HTML; attachments are noted."""
    message = _message(source.read(limits))
    bodies: dict[str, Message] = {}
    attached = 0
    for part in _parts(message):
        if part.get_content_disposition() == "attachment":
            attached += 1
        elif part.get_content_type() in {"text/plain", "text/html"}:
            bodies.setdefault(part.get_content_type(), part)
    plain, html = bodies.get("text/plain"), bodies.get("text/html")
    fields = {
        "headline": _FORWARDED.sub("", _header(message, "Subject")),
        "published": _date(message),
        "sender": _header(message, "From"),
    }
    fields = {name: value for name, value in fields.items() if value}
    notes = (f"{attached} attachment{'s' if attached > 1 else ''} not read",) if attached else ()
    if plain is not None:
        text, said = decode(_payload(plain), plain.get_content_charset() or "")
        if html is None or len(text.split()) >= _ENOUGH_WORDS:
            if (articles := divide_text(source, text, limits, notes + said)) is not None:
                yield from articles
                return
            yield from text_captures(source, "eml", text, limits, fields, notes + said)
            return
    if html is None:
        raise UnreadableError("The message has no text; its attachments are not read: save them as files.")
    charset = html.get_content_charset() or ""
    yield from page_captures(source, _payload(html), limits, form="eml", charset=charset, fields=fields)


def read_mbox(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the messages of a mailbox, each as :func:`read_eml` does; a broken one fails by itself."""
    with source.open() as stream:
        for message in counted(_mailed(stream, limits), limits, "The mailbox holds too many messages"):
            try:
                yield from read_eml(replace(source, path=None, data=message), limits)
            except UnreadableError as error:
                yield source.capture("eml", failure=str(error))


def _mailed(stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """Divide a mailbox where a blank line stands before a line "From ..."."""
    lines: list[bytes] = []
    size, blank = 0, True
    for line in stream:
        if blank and line.startswith(b"From ") and any(lines):
            yield b"".join(lines)
            lines, size = [], 0
        elif not line.startswith(b"From ") or not blank:
            lines.append(line[1:] if _QUOTED_FROM.match(line) else line)
            size += len(line)
        if size > limits.page_bytes:
            raise beyond("A message of the mailbox is too large, in bytes", size, limits, "page_bytes")
        blank = not line.strip()
    if any(lines):
        yield b"".join(lines)


def read_webarchive(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the page inside a web archive of Safari, a property list."""
    import plistlib

    try:
        main = plistlib.loads(source.read(limits))["WebMainResource"]
        data, kind = main["WebResourceData"], main.get("WebResourceMIMEType", "text/html")
    except (plistlib.InvalidFileException, KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise UnreadableError(
            "The web archive is damaged or holds no page; save the page again as .html or .mhtml."
        ) from None
    if not isinstance(data, bytes) or "html" not in str(kind):
        raise UnreadableError("The web archive holds no HTML page; save the page again.")
    charset, url = str(main.get("WebResourceTextEncodingName", "")), str(main.get("WebResourceURL", ""))
    yield from page_captures(
        source, data, limits, form="webarchive", charset=charset, url=url if url.startswith("http") else ""
    )


def _message(data: bytes) -> Message:
    """Parse a message, unless its parts are described at such length that the parser would be slow to tell them."""
    if any(match.end() - match.start() > _LONGEST_KIND for match in _KIND.finditer(data)):
        raise UnreadableError("A header of the message is too long to be read; save the page or text itself.")
    return message_from_bytes(data)


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            raise UnreadableError(f"The message has more than {_MOST_PARTS:,} parts.")
        if not part.is_multipart():
            yield part


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))[:_HEADER_CHARS]
    try:
        shown = str(make_header(decode_header(raw)))
    except (LookupError, UnicodeError, ValueError):
        shown = raw
    return " ".join(shown.split())


def _date(message: Message) -> str:
    try:
        return parsedate_to_datetime(_header(message, "Date")).isoformat()
    except (TypeError, ValueError, IndexError):
        return ""
