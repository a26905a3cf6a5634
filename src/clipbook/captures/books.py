"""Documents that are a zip of XML or XHTML: OpenDocument texts (.odt) and electronic books (.epub)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from clipbook.captures.bundle import read_member
from clipbook.captures.html import page_captures
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.office import document_captures
from clipbook.captures.source import Source
from clipbook.captures.xml import parse_xml
from clipbook.records import Capture

_LEVEL = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}outline-level"
_NOT_TEXT = frozenset({"annotation", "note", "tracked-changes", "sequence-decls"})


def read_odt(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the headings and paragraphs of an OpenDocument text, or the articles of an export saved as one."""
    with zipfile.ZipFile(io.BytesIO(source.read(limits))) as archive:
        root = parse_xml(_member(archive, "content.xml", source, limits))
    blocks: list[str] = []
    titles: list[str] = []
    for part in root.iter("p", "h"):
        if any(above.tag in _NOT_TEXT for above in part.iterancestors()):
            continue
        for mark, sign in (("tab", "\t"), ("s", " "), ("line-break", "\n")):
            for space in part.iter(mark):
                space.text = sign
        blocks.append("".join(part.itertext()).strip())
        if part.tag == "h" and part.get(_LEVEL) == "1":
            titles.append(blocks[-1])
    yield from document_captures(source, "odt", blocks, limits, titles)


def read_epub(source: Source, limits: Limits) -> Iterator[Capture]:
    """Give a capture for each chapter of an electronic book, in its reading order; contents and covers are passed over."""
    with zipfile.ZipFile(io.BytesIO(source.read(limits))) as archive:
        container = parse_xml(_member(archive, "META-INF/container.xml", source, limits))
        package = next((part.get("full-path") or "" for part in container.iter("rootfile")), "")
        book = parse_xml(_member(archive, package, source, limits))
        items = {part.get("id"): part for part in book.iter("item")}
        for reference in book.iter("itemref"):
            item = items.get(reference.get("idref"))
            if (
                item is None
                or reference.get("linear") == "no"
                or "nav" in (item.get("properties") or "").split()
            ):
                continue
            place = posixpath.join(posixpath.dirname(package), unquote(item.get("href") or ""))
            name = posixpath.normpath(place)
            try:
                yield from page_captures(source, _member(archive, name, source, limits), limits, form="epub")
            except UnreadableError as error:
                yield source.capture("epub", failure=str(error))


def _member(archive: zipfile.ZipFile, name: str, source: Source, limits: Limits) -> bytes:
    try:
        return read_member(archive, archive.getinfo(name), source.budget, limits)
    except KeyError:
        missing = name or "its package"
        raise UnreadableError(f"The document is damaged: {missing} is missing; save it again.") from None
