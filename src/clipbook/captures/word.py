"""Word documents (.docx): one pasted page, or an export of many articles."""

from __future__ import annotations

import io
from collections.abc import Iterator

from clipbook.captures.exports import Shown, divide
from clipbook.captures.limits import Limits
from clipbook.captures.office import check_package
from clipbook.captures.source import Source
from clipbook.captures.stated import visible_text
from clipbook.records import Capture


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
            paragraphs.extend(_rows(block))
            continue
        text = _text(block)
        paragraphs.append(text)
        if text.strip() and block._p.style in heads:
            titles.append(text.strip())
    if (articles := divide(source, Shown(paragraphs, frozenset(titles)), limits)) is not None:
        yield from articles
        return
    text, notes = visible_text("\n\n".join(filter(str.strip, paragraphs)), limits)
    fields = {"headline": titles[0]} if len(titles) == 1 else {}
    yield source.capture("docx", text=text, fields=fields, notes=notes)


def _text(paragraph: object) -> str:
    """Give a paragraph's text; straight from its XML, since python-docx is quadratic in its links."""
    runs = paragraph._p.xpath("w:r | w:hyperlink/w:r")  # type: ignore[attr-defined]
    return "".join(run.text for run in runs)


def _rows(table: object) -> Iterator[str]:
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
