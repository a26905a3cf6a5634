"""Workbooks of Excel (.xlsx) with an article a row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime

from clipbook.captures.columns import holds_articles
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.office import check_package
from clipbook.captures.rows import table_captures
from clipbook.captures.source import Source
from clipbook.records import Capture


def read_xlsx(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the first sheet that has a column of texts; its first filled row is the heading."""
    from openpyxl import load_workbook

    data = source.read(limits)
    check_package(data, limits)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    headed = [(sheet, _rows(sheet)) for sheet in book.worksheets]
    if not headed:
        raise UnreadableError("The workbook has no sheet with cells.")
    headings = [next(rows, []) for _, rows in headed]
    at = next((place for place, names in enumerate(headings) if holds_articles(names)), 0)
    sheet, rows = headed[at]
    records = (list(zip(headings[at], row, strict=False)) for row in rows)
    notes = (f"only the sheet {sheet.title} was read",) if len(headed) > 1 else ()
    yield from table_captures(source, headings[at], records, limits, form="xlsx", notes=notes)


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
