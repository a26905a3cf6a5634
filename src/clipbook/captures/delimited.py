"""Tables separated by commas, semicolons, tabs or any other mark (.csv, .tsv)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, dropwhile, islice

from clipbook.captures.decode import decode, encoding_of
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.rows import ABOVE_HEADING, Record, holds_articles, roles_of, table_captures
from clipbook.captures.source import Source
from clipbook.records import Capture

_OTHERS = ("windows-1250", "windows-1251", "macintosh", "shift_jis", "gb18030", "euc-kr")
_USUAL = ",;\t|"
_NO_MARKS = frozenset("\"'_-.()\ufeff")
_LONGEST_HEADING = 20_000  # characters
_SEPARATOR = re.compile(r'["\']?sep=(.)["\']?\s*$', re.I)
_BINARY = "The file is not a table: it holds binary data."
_WHOLE = 10_000_000  # bytes up to which a table is decoded at once


def read_csv(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read a table with an article a row, separated by any mark, its heading in one of the first rows."""
    with source.open() as stream:
        head = stream.read(_WHOLE + 1)
        if len(head) <= _WHOLE:
            text, notes = _decoded(head)
            yield from _table(source, limits, io.StringIO(text, newline=""), notes)
            return
        encoding, note = encoding_of(head[: head.rfind(b"\n") + 1])
        stream.seek(0)
        lines = io.TextIOWrapper(stream, encoding.replace("utf-8", "utf-8-sig"), "replace", newline="")
        yield from _table(source, limits, _bounded(lines, limits), (note,) if note else ())


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode a table; of encodings that are only judged the one in which a heading names a column of texts."""
    text, notes = decode(data)
    for name in _OTHERS if notes else ():
        if any(_is_heading(line, "") for line in text.splitlines()[:ABOVE_HEADING]):
            break
        other, _ = decode(data, name)
        if any(_is_heading(line, "") for line in other.splitlines()[:ABOVE_HEADING]):
            return other, (f"decoded as {name.capitalize()}, in which its headings are known",)
    return text, notes


def _bounded(text: io.TextIOWrapper, limits: Limits) -> Iterator[str]:
    while line := text.readline(limits.page_bytes + 1):
        if len(line) > limits.page_bytes:
            raise beyond("A line of the file is too long, in characters", len(line), limits, "page_bytes")
        yield line


def _table(source: Source, limits: Limits, lines: Iterable[str], notes: tuple[str, ...]) -> Iterator[Capture]:
    lines = iter(lines)
    first = list(islice(dropwhile(lambda line: not line.strip(), lines), ABOVE_HEADING))
    mark = ""
    if first and (stated := _SEPARATOR.match(first[0].strip())):
        mark, first = stated[1], first[1:]
    skipped = next((n for n, line in enumerate(first) if _is_heading(line, mark)), 0)
    if skipped:
        notes += (f"the {skipped} lines above the heading were left out",)
    heading = first[skipped] if first else ""
    mark = mark or delimiter(heading)
    escaped = any('\\"' in line for line in first) and not any('""' in line for line in first)
    rows = sound_rows(
        chain(first[skipped:], lines), mark, escape="\\" if escaped else None, cell_chars=limits.page_bytes
    )
    _, names = next(rows, (0, []))
    begin = list(islice(rows, 1))
    if any(len(cells) == len(names) + 1 and cells[0] == "1" for _, cells in begin):
        names = ["", *names]  # R numbers the rows in a column that it gives no heading
    numbered = chain(begin, rows)
    records = (_record(number, names, cells) for number, cells in numbered if any(map(str.strip, cells)))
    yield from table_captures(source, names, records, limits, form="csv", notes=notes)


def _is_heading(line: str, mark: str) -> bool:
    cells = next(csv.reader([line], delimiter=mark or delimiter(line)), [])
    return len(cells) > 1 and holds_articles(cells)


def _record(number: int, names: list[str], cells: list[str]) -> Record | str:
    if any(map(str.strip, cells[len(names) :])):
        return (
            f"Row {number} has {len(cells)} cells, but the table has {len(names)} columns; put a cell that contains the "
            "separator in double quotes."
        )
    return list(zip(names, cells, strict=False))


def sound_rows(
    lines: Iterable[str], mark: str, *, escape: str | None = None, cell_chars: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a table with their numbers, counted from 1 as a spreadsheet does.

    Raises
    ------
    UnreadableError
        If the file ends within a quoted cell, or a quotation sign that was never closed swallowed rows.
    """
    csv.field_size_limit(max(csv.field_size_limit(), cell_chars))
    taken: list[str] = []

    def kept() -> Iterator[str]:
        for line in lines:
            if "\x00" in line:
                raise UnreadableError(_BINARY)
            taken.append(line)
            yield line

    line = 1
    try:
        for number, cells in enumerate(csv.reader(kept(), delimiter=mark, escapechar=escape), 1):
            if len(taken) > 1 or (taken and taken[0].count('"') % 2):
                _check_quotes(taken, mark, escape, line)
            yield number, cells
            line += len(taken)
            taken.clear()
    except csv.Error as error:
        raise UnreadableError(f"The table cannot be read from line {line} on ({error}).") from None


def _check_quotes(taken: list[str], mark: str, escape: str | None, line: int) -> None:
    """Refuse a row that ends within a quoted cell, or goes over lines in a cell that is closed where it may not be."""
    try:
        if len(taken) == 1:  # a line more stays a row of its own, unless the cell is open
            sound = len(list(csv.reader([*taken, "x\n"], delimiter=mark, escapechar=escape))) == 2
        else:
            sound = len(list(csv.reader(taken, delimiter=mark, escapechar=escape, strict=True))) == 1
    except csv.Error:
        sound = False
    if not sound:
        raise UnreadableError(
            f"A cell that begins with a double quotation sign on line {line} is not closed where it should be, so that "
            'the rows below are swallowed by it; close it, or write a quotation sign within a cell twice ("").'
        )


def delimiter(text: str) -> str:
    """Tell which mark separates the columns of a table's heading: the one that gives most columns with a known meaning."""
    heading = text.split("\n", 1)[0][:_LONGEST_HEADING]
    others = Counter(char for char in heading if not (char.isalnum() or char.isspace() or char in _NO_MARKS))
    marks = dict.fromkeys([*_USUAL, *(mark for mark, _ in others.most_common(10))])

    def known(mark: str) -> tuple[int, int]:
        cells = [cell.strip(' "\r') for cell in heading.split(mark)]
        return sum(map(len, roles_of(cells).values())), heading.count(mark) * (mark in _USUAL)

    return max(marks, key=known)
