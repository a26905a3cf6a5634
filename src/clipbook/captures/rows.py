"""Tables with one article a row: .csv, .tsv, .jsonl and .xlsx."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from typing import IO

from clipbook.captures.decode import decode
from clipbook.captures.html import sound_markup
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.office import check_package
from clipbook.captures.source import Source
from clipbook.captures.stated import stated_fields, visible_text
from clipbook.records import Capture

_COLUMNS = {
    "text": ("text", "body", "fulltext", "content", "articletext", "articlebody", "maintext", "story"),
    "html": ("html", "rawhtml", "pagehtml"),
    "headline": ("headline", "title", "articletitle", "storytitle"),
    "standfirst": ("standfirst", "subtitle", "subheadline", "description", "summary", "dek", "abstract"),
    "authors": ("authors", "author", "byline"),
    "published": (
        "published",
        "date",
        "publishdate",
        "publicationdate",
        "pubdate",
        "publishedat",
        "datepublished",
    ),
    "outlet": ("outlet", "source", "publication", "publisher", "newspaper", "medianame", "sourcename"),
    "section": ("section", "category", "desk"),
    "url": ("url", "link", "storyurl", "articleurl"),
    "language": ("language", "lang"),
}
_BINARY = "The file is not a table: it holds binary data."


def read_csv(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read a table separated by commas, semicolons, tabs or bars, with a heading.

    One that is larger than a page may be is read row by row, as UTF-8.
    """
    csv.field_size_limit(max(csv.field_size_limit(), limits.page_bytes))
    if source.size() > limits.page_bytes:
        with source.open() as stream:
            text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
            yield from _table(source, limits, _lines_of(text, limits), ())
        return
    whole, notes = decode(source.read(limits))
    if "\x00" in whole:
        raise UnreadableError(_BINARY)
    yield from _table(source, limits, io.StringIO(whole, newline=""), notes)


def _lines_of(text: IO[str], limits: Limits) -> Iterator[str]:
    while line := text.readline(limits.page_bytes + 1):
        if len(line) > limits.page_bytes:
            raise beyond("A line of the file is too long, in characters", len(line), limits, "page_bytes")
        if "\x00" in line:
            raise UnreadableError(_BINARY)
        yield line


def _table(source: Source, limits: Limits, lines: Iterable[str], notes: tuple[str, ...]) -> Iterator[Capture]:
    lines = iter(lines)
    heading = next(lines, "")
    rows = csv.reader(chain([heading], lines), delimiter=delimiter(heading))
    names = next(rows, [])
    records = (dict(zip(names, row, strict=False)) for row in rows if any(row))
    yield from _captures(source, limits, names, records, form="csv", notes=notes)


def read_jsonl(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read one JSON object a line; a file larger than one page may be is read line by line."""
    if source.size() > limits.page_bytes:
        with source.open() as stream:
            yield from read_lines(source, stream, limits)
        return
    text, notes = decode(source.read(limits))
    lines = (line for line in text.split("\n") if line.strip())
    yield from _captures(source, limits, None, _objects(lines), form="jsonl", notes=notes)


def read_lines(source: Source, stream: IO[bytes], limits: Limits) -> Iterator[Capture]:
    """Read one JSON object a line from a stream of any length, each line decoded by itself."""
    yield from _captures(source, limits, None, _objects(_decoded(stream, limits)), form="jsonl", notes=())


def _decoded(stream: IO[bytes], limits: Limits) -> Iterator[str]:
    while line := stream.readline(limits.page_bytes + 1):
        if len(line) > limits.page_bytes:
            raise beyond("A line of the file is too long, in bytes", len(line), limits, "page_bytes")
        if line.strip():
            yield decode(line)[0]


def read_xlsx(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the first sheet of a workbook; its first row is the heading."""
    from openpyxl import load_workbook

    data = source.read(limits)
    check_package(data, limits)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        raise UnreadableError("The workbook has no sheet with cells.")
    rows = sheet.iter_rows(values_only=True)
    names = [_cell(value) for value in next(rows, ())]
    records = (dict(zip(names, map(_cell, row), strict=False)) for row in rows if any(row))
    notes = (f"only the first sheet, {sheet.title}, was read",) if len(book.worksheets) > 1 else ()
    yield from _captures(source, limits, names, records, form="xlsx", notes=notes)


def delimiter(text: str) -> str:
    """Tell which of comma, semicolon, tab and bar separates the columns of a table's heading."""
    heading = text.split("\n", 1)[0]
    return max(",;\t|", key=heading.count)


def _objects(lines: Iterable[str]) -> Iterator[Mapping[str, str]]:
    for number, line in enumerate(lines, 1):
        try:
            item = json.loads(line)
        except (ValueError, RecursionError):
            item = None
        if isinstance(item, dict):
            yield {str(name): _cell(value) for name, value in item.items()}
        else:
            yield {"": f"Line {number} is not a JSON object."}


def _captures(
    source: Source,
    limits: Limits,
    names: list[str] | None,
    records: Iterable[Mapping[str, str]],
    *,
    form: str,
    notes: tuple[str, ...],
) -> Iterator[Capture]:
    if names is not None and not {"text", "html"} & set(_roles(names).values()):
        raise UnreadableError(
            "The table has no column of article texts; its columns are "
            f"{', '.join(filter(None, names))[:300] or 'none'}. Name the column with the texts text."
        )
    for number, record in enumerate(records, 1):
        if number > limits.records:
            raise beyond("The table has too many rows", number, limits, "records")
        yield _row(source, record, form, limits, notes)


def _row(
    source: Source, record: Mapping[str, str], form: str, limits: Limits, notes: tuple[str, ...]
) -> Capture:
    if "" in record and len(record) == 1:
        return source.capture(form, failure=record[""])
    roles = _roles(record)
    filled = {name: value.strip() for name, value in record.items() if name and value.strip()}
    fields = {roles.get(name, f"column {name}"): value for name, value in filled.items()}
    text, html, url = fields.pop("text", ""), fields.pop("html", ""), ""
    stated: dict[str, str] = {}
    try:
        stated = stated_fields(fields, limits)
        url = stated.pop("url", "")
        if html:
            markup = sound_markup(html, limits)
            return source.capture(form, html=markup, url=url, fields=stated, notes=notes)
        text, more = visible_text(text, limits)
    except UnreadableError as error:
        return source.capture(form, url=url, fields=stated, notes=notes, failure=str(error))
    return source.capture(form, text=text, url=url, fields=stated | {"body_only": "yes"}, notes=notes + more)


def _roles(names: Iterable[str]) -> dict[str, str]:
    """Map a table's columns to what they hold; of two that could, the one first in the list above."""
    plain = {name: "".join(char for char in name.casefold() if char.isalnum()) for name in names}
    roles: dict[str, str] = {}
    for role, spellings in _COLUMNS.items():
        fitting = [name for name in plain if plain[name] in spellings]
        if fitting:
            roles[min(fitting, key=lambda name: spellings.index(plain[name]))] = role
    return roles


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(map(_cell, value))
    return str(value)
