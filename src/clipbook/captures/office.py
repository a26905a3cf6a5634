"""Documents of Word, Excel, OpenDocument and RTF, and electronic books, as their text or their rows."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from urllib.parse import unquote

from clipbook.captures.bundle import read_member
from clipbook.captures.exports import Shown, divide
from clipbook.captures.html import page_captures
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.plain import text_captures
from clipbook.captures.rows import ABOVE_HEADING, holds_articles, table_captures
from clipbook.captures.source import Budget, Source
from clipbook.captures.xml import declares_type, parse_xml
from clipbook.records import Capture

_LEVEL = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}outline-level"
_NOT_TEXT = frozenset({"annotation", "note", "tracked-changes", "sequence-decls"})


def check_package(data: bytes, limits: Limits) -> None:
    """Refuse a .docx or .xlsx that is a bomb, is protected, or declares XML entities.

    Office packages never hold a document type declaration, so that one is an attack on the XML parser.

    Raises
    ------
    UnreadableError
        If a part is packed beyond the limits or declares a document type.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise UnreadableError(f"The document is damaged ({error}); save it again.") from None
    with archive:
        total, budget = 0, Budget(len(data))
        for info in archive.infolist():
            if info.flag_bits & 1:
                raise UnreadableError("The document is protected by a password; save it without one.")
            total += info.file_size
            budget.take(info.file_size, limits)
            if total > limits.page_bytes:
                raise beyond("The document unpacks to too many bytes", total, limits, "page_bytes")
        for info in archive.infolist():
            if not info.filename.endswith((".xml", ".rels")):
                continue
            with archive.open(info) as part:
                if declares_type(part):
                    raise UnreadableError(
                        "The document's XML declares a document type, which is not allowed."
                    )


def read_docx(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read a document's paragraphs and table cells in their order."""
    from docx import Document
    from docx.table import Table

    data = source.read(limits)
    check_package(data, limits)
    paragraphs: list[str] = []
    titles: list[str] = []
    document = Document(io.BytesIO(data))
    heads = {style.style_id for style in document.styles if style.name in {"Title", "Heading 1"}}
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            paragraphs.extend(_table_rows(block))
            continue
        text = _text(block)
        paragraphs.append(text)
        if text.strip() and block._p.style in heads:
            titles.append(text.strip())
    yield from document_captures(source, "docx", paragraphs, limits, titles)


def document_captures(
    source: Source, form: str, paragraphs: Sequence[str], limits: Limits, titles: Sequence[str] = ()
) -> Iterator[Capture]:
    """Give the articles of an export saved as a document, or the capture of a document with its one title."""
    if (articles := divide(source, Shown(paragraphs, frozenset(titles)), limits)) is not None:
        yield from articles
        return
    fields = {"headline": titles[0]} if len(titles) == 1 else {}
    yield from text_captures(source, form, "\n\n".join(filter(str.strip, paragraphs)), limits, fields)


def _text(paragraph: object) -> str:
    """Give a paragraph's text; straight from its XML, since python-docx is quadratic in its links."""
    runs = paragraph._p.xpath("w:r | w:hyperlink/w:r")  # type: ignore[attr-defined]
    return "".join(run.text for run in runs)


def _table_rows(table: object) -> Iterator[str]:
    """Give a table's rows as lines, further paragraphs of a cell below; python-docx itself is quadratic in its cells."""
    from docx.oxml.ns import qn

    for row in table._tbl.iter(qn("w:tr")):  # type: ignore[attr-defined]
        cells = (
            "\n".join(filter(None, (_words(part, qn("w:t")) for part in cell.iter(qn("w:p")))))
            for cell in row.iter(qn("w:tc"))
        )
        yield from "\t".join(filter(None, cells)).split("\n")


def _words(paragraph: object, name: str) -> str:
    return "".join(part.text or "" for part in paragraph.iter(name)).strip()  # type: ignore[attr-defined]


def read_xlsx(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the first sheet that has a column of texts; one of its first filled rows is the heading."""
    from openpyxl import load_workbook

    data = source.read(limits)
    check_package(data, limits)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    headed = [(sheet, _rows(sheet)) for sheet in book.worksheets]
    if not headed:
        raise UnreadableError("The workbook has no sheet with cells.")
    heads = [list(islice(rows, ABOVE_HEADING)) for _, rows in headed]
    found = (
        (at, n) for at, head in enumerate(heads) for n, names in enumerate(head) if holds_articles(names)
    )
    at, n = next(found, (0, 0))
    sheet, rows = headed[at]
    names = heads[at][n] if heads[at] else []
    records = (list(zip(names, row, strict=False)) for row in chain(heads[at][n + 1 :], rows))
    notes: tuple[str, ...] = (f"only the sheet {sheet.title} was read",) if len(headed) > 1 else ()
    notes += (f"the {n} lines above the heading were left out",) if n else ()
    yield from table_captures(source, names, records, limits, form="xlsx", notes=notes)


def _rows(sheet: object) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True):  # type: ignore[attr-defined]
        cells = [_cell(value) for value in row]
        if any(cells):
            yield cells


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def read_rtf(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the text of a rich text file; each of its paragraphs becomes one."""
    from striprtf.striprtf import rtf_to_text

    data = source.read(limits)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("The file is named .rtf but is not rich text, or it is damaged.")
    shown = rtf_to_text(data.decode("cp1252", "replace"), errors="replace").split("\n")
    lines = [line[:-1].replace("|", "\t") if line.endswith("|") else line for line in shown]  # rows of tables
    yield from document_captures(source, "rtf", lines, limits)


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
