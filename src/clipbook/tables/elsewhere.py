"""Tables for other programs: a workbook for spreadsheets, SPSS, Stata; a codebook of all columns for any of them.

What a format cannot hold goes on in further columns (``body``, ``body_2``, ...) or is refused with its row; no text is cut.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.errors import ClipbookError
from clipbook.files import OFFICE_EPOCH, replacing, with_fixed_times, write_bytes, write_text
from clipbook.schema import REAL, TABLES, TEXT, TIME, WHOLE, YES_NO, kinds_of, meaning
from clipbook.tables.read_back import Tables

FORMS = ("xlsx", "sav", "dta")
CODEBOOK = "codebook.md"
WORKBOOK = "tables.xlsx"
_SHEET_ROWS = 1_048_576
_CELL = {"xlsx": 32_767, "sav": 32_767}  # characters of a cell in a workbook, bytes of a text in SPSS
_NAME_CHARS = 32
_SAV_TIME = 92  # where the time of writing stands in the header of an SPSS file
_KINDS = {
    TEXT: "text", WHOLE: "whole number", REAL: "number; empty if it cannot be taken", YES_NO: "yes or no",
    TIME: "date and time",
}  # fmt: skip
_RESERVED = " all and by end eq for ge gt if in le lt ne not or to using with "  # of SPSS or Stata


class ExportError(ClipbookError, ValueError):
    """A table does not fit the format asked for; the message says which, where, and what to do."""


def write_codebook(tables: Tables, out: Path) -> None:
    """Write ``codebook.md``: every column of every table, what it means, its kind and its unit."""
    parts = [
        "# The columns of these tables\n\nMade by clipbook. A cell is empty where something is not known; missing is never 0. "
        "Characters are Unicode code points.\n"
    ]
    for table in TABLES:
        about = meaning(table)
        rows = [
            f"| `{column}` | {about.get(column, _OWN)} | {_KINDS[kind]} |"
            for column, kind in kinds_of(table, tables.columns(table)).items()
        ]
        head = [f"## {table}\n\n{about['_']}\n", "| column | meaning | kind |", "|---|---|---|"]
        parts.append("\n".join([*head, *rows]) + "\n")
    parts.append(_READING)
    write_text(out / CODEBOOK, "\n".join(parts))


_OWN = "a column of captures.csv, or of the file that was read"
_READING = """## In R

    articles <- read.csv("articles.csv")                                   # or haven::read_sav, haven::read_dta
    quotes <- read.csv("quotes.csv"); keyness <- read.csv("keyness.csv")
    corpus <- quanteda::corpus(articles, docid_field = "capture_id", text_field = "body")

A text that begins like a formula has an apostrophe before it in CSV files. `start` and `end` count from 0 and `end` lies
behind the last character: `substr(body, start + 1, end)`.
"""


def export_tables(tables: Tables, out: Path, form: str) -> list[Path]:
    """Write tables for a spreadsheet, SPSS or Stata, each column with its meaning as label.

    Parameters
    ----------
    tables : Tables
        As `read_back.find_tables` gives them.
    out : Path
        The folder: one file ``tables.xlsx`` with a sheet a table and a sheet ``columns``, or ``NAME.sav``, ``NAME.dta``.
    form : {"xlsx", "sav", "dta"}
        The format.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ExportError
        If a table has more rows than a sheet, or a text that the format cannot hold.
    """
    if form == "xlsx":
        write_bytes(out / WORKBOOK, _workbook(tables))
        return [out / WORKBOOK]
    write = _write_sav if form == "sav" else _write_dta
    paths = []
    for name in TABLES:
        table = _divided(tables.read(name), name, form)
        labels = {column: _label(name, column) for column in table.columns}
        table.columns = pd.Index(_plain_names(table.columns))
        named = dict(zip(table.columns, labels.values(), strict=True))
        with replacing(out / f"{name}.{form}") as temporary:
            write(table, temporary, named, meaning(name)["_"])
        paths.append(out / f"{name}.{form}")
    return paths


def _label(table: str, column: str) -> str:
    """Say what a column means, or the whole of which it is a part; the researcher's own keep their heading."""
    told = meaning(table)
    whole = re.sub(r"_\d+$", "", column)
    return told.get(column) or (f"{whole}, continued" if whole in told else column[:80])


def _divided(table: pd.DataFrame, name: str, form: str) -> pd.DataFrame:
    """Let texts that are longer than a cell go on in further columns."""
    most = _CELL.get(form)
    if most is None:
        return table
    size: Callable[[str], int] = len if form == "xlsx" else lambda text: len(text.encode("utf-8"))
    columns: dict[str, pd.Series] = {}
    for column, kind in kinds_of(name, table.columns).items():
        columns[column] = table[column]
        if kind != TEXT or not len(table) or table[column].map(size).max() <= most:
            continue
        pieces = table[column].map(lambda text, most=most, size=size: list(_pieces(text, most, size)))
        for number in range(pieces.map(len).max()):
            title = f"{column}_{number + 1}" if number else column
            if number and title in table.columns:
                row = int(pieces.map(len).argmax())
                raise ExportError(
                    f"{column} of {table.iloc[row, 0]!s} in {name} is longer than a cell, and the column {title}, in which it "
                    f"would go on, is one of yours. Rename yours in captures.csv."
                )
            columns[title] = pieces.map(
                lambda parts, number=number: parts[number] if number < len(parts) else ""
            )
    return pd.DataFrame(columns)


def _pieces(text: str, most: int, size: Callable[[str], int]) -> Iterator[str]:
    """Cut a text into pieces of at most so many units, none of which divides a character."""
    while size(text) > most:
        first = text[:most]
        while size(first) > most:
            first = first[: len(first) - max(1, (size(first) - most) // 4)]
        yield first
        text = text[len(first) :]
    yield text


def _plain_names(columns: pd.Index) -> list[str]:
    """Make names that SPSS and Stata take: letters, digits and underscores, none twice whatever the case."""
    names: dict[str, str] = {}  # by their small letters
    for column in columns:
        plain = re.sub(r"\W", "_", str(column), flags=re.ASCII)
        reserved = plain.lower() in _RESERVED
        plain = (plain if plain[:1].isalpha() else f"c_{plain}")[:_NAME_CHARS] + "_" * reserved
        tries = chain([plain], (f"{plain[: _NAME_CHARS - 4]}_{number}" for number in count(2)))
        name = next(name for name in tries if name.lower() not in names)
        names[name.lower()] = name
    return list(names.values())


def _write_sav(table: pd.DataFrame, path: Path, labels: Mapping[str, str], about: str) -> None:
    import pyreadstat

    yes_no = [str(column) for column in table if table[column].dtype == bool]
    pyreadstat.write_sav(
        table.astype(dict.fromkeys(yes_no, float)), path, file_label=about[:64], column_labels={**labels},
        variable_value_labels={column: {0: "no", 1: "yes"} for column in yes_no},
    )  # fmt: skip
    with path.open("r+b") as stream:
        stream.seek(_SAV_TIME)
        stream.write(b"01 Jan 8000:00:00")  # the same tables, the same bytes


def _write_dta(table: pd.DataFrame, path: Path, labels: Any, about: str) -> None:
    yes_no = [str(column) for column in table if table[column].dtype == bool]
    times = [column for column in table if pd.api.types.is_datetime64_any_dtype(table[column])]
    texts = [column for column in table if pd.api.types.is_string_dtype(table[column])]
    table.astype({**dict.fromkeys(yes_no, "int8"), **dict.fromkeys(texts, object)}).to_stata(
        path, write_index=False, version=118, time_stamp=OFFICE_EPOCH, data_label=about[:80], variable_labels=labels,
        convert_strl=[column for column in texts if table[column].map(lambda text: len(text.encode())).max() > 2_000],
        convert_dates=dict.fromkeys(times, "tc"), value_labels={column: {0: "no", 1: "yes"} for column in yes_no},
    )  # fmt: skip


def _workbook(tables: Tables) -> bytes:
    """Fill a workbook: a sheet that explains every column, then a sheet a table; texts are never formulas."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator, book.properties.created = "clipbook", OFFICE_EPOCH
    listed = [
        (name, column, _label(name, column), _KINDS[kind])
        for name in TABLES
        for column, kind in kinds_of(name, tables.columns(name)).items()
    ]
    _fill(book, "columns", pd.DataFrame(listed, columns=["table", "column", "meaning", "kind"]))
    for name in TABLES:
        table = tables.read(name)
        if len(table) >= _SHEET_ROWS:
            raise ExportError(
                f"{name} has {len(table):,} rows, and a sheet holds {_SHEET_ROWS - 1:,}. Take --format parquet, sav or dta."
            )
        _fill(book, name, _divided(table, name, "xlsx"))
    stored = io.BytesIO()
    book.save(stored)
    return with_fixed_times(stored.getvalue())


def _fill(book: Any, name: str, table: pd.DataFrame) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"

    def written(value: Any) -> object:
        if isinstance(value, str):
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value))
            cell.data_type = "s"  # whatever it begins with
            return cell
        if value is None or pd.isna(value):
            return None
        return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value

    sheet.append([written(str(column)) for column in table.columns])
    for row in table.itertuples(index=False, name=None):
        sheet.append([None if value == "" else written(value) for value in row])
