"""Coders' sheets as files: CSV and XLSX that spreadsheets can edit and never execute."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.files import read_csv, replacing, write_csv
from clipbook.framing.codebook import Codebook

LONGEST_CELL = 30_000  # spreadsheets hold 32,767 signs in a cell
MOST_BYTES = 100_000_000
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WIDTHS = {"text_id": 12, "outlet": 16, "headline": 32, "text": 90}


def question_columns(codebook: Codebook) -> list[str]:
    """Name the columns that coders fill in: ``frame.1: question``."""
    return [
        f"{frame.name}.{number}: {question}"
        for frame in codebook.frames
        for number, question in enumerate(frame.questions or (f"{frame.title}?",), start=1)
    ]


def write_sheet(path: Path, texts: pd.DataFrame, questions: Sequence[str]) -> None:
    """Write a sheet to fill in: one row a text, its texts first, an empty column a question.

    Parameters
    ----------
    path : Path
        Ending in ``.csv`` or ``.xlsx``.
    texts : DataFrame
        ``text_id``, ``outlet`` (or not), ``headline``, ``text``; a text too long for one cell
        goes on in the columns ``text 2``, ``text 3`` ...
    questions : sequence of str
        Headings of the empty columns.
    """
    table = texts.drop(columns="text")
    pieces = [_pieces(UNWRITABLE.sub(" ", text)) for text in texts["text"]]
    for number in range(max(map(len, pieces), default=1)):
        name = "text" if number == 0 else f"text {number + 1}"
        table[name] = [piece[number] if number < len(piece) else "" for piece in pieces]
    table["headline"] = [UNWRITABLE.sub(" ", text)[:LONGEST_CELL] for text in table["headline"]]
    table = table.assign(**dict.fromkeys(questions, ""))
    if path.suffix == ".csv":
        write_csv(path, table)
    else:
        _write_xlsx(path, table, len(questions))


def read_sheet(path: Path) -> pd.DataFrame:
    """Read a sheet as text cells.

    Parameters
    ----------
    path : Path
        Ending in ``.csv`` or ``.xlsx``.

    Returns
    -------
    DataFrame
        All cells as text, empty cells as "".

    Raises
    ------
    ValueError
        If the file is damaged, or larger than 100 MB.
    """
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(
            f"{path}: larger than {MOST_BYTES // 1_000_000} MB, which no sheet is. Check the file."
        )
    try:
        if path.suffix.lower() == ".csv":
            options = {"dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
            return read_csv(path, index_col=False, **options)  # a row with a cell too many shifts nothing
        return _read_xlsx(path)
    except Exception as error:  # a parser may raise anything on a damaged file
        raise ValueError(f"{path}: cannot be read ({error}). Save it again as CSV UTF-8 or XLSX.") from error


def _write_xlsx(path: Path, table: pd.DataFrame, questions: int) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "codes"
    for row, cells in enumerate([list(table.columns), *table.itertuples(index=False)], start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column)
            cell.value = value or None
            if value:
                cell.data_type = "s"
                cell.quotePrefix = row > 1
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=row == 1)
    for column, name in enumerate(table.columns, start=1):
        width = WIDTHS.get(name.partition(" ")[0] if name.startswith("text ") else name, 26)
        sheet.column_dimensions[get_column_letter(column)].width = width
    first, last = get_column_letter(len(table.columns) - questions + 1), get_column_letter(len(table.columns))
    choice = DataValidation(type="list", formula1='"yes,no"', allow_blank=True, showErrorMessage=True)
    choice.error = "Please write yes or no."
    sheet.add_data_validation(choice)
    choice.add(f"{first}2:{last}{len(table) + 1}")
    sheet.freeze_panes = "B2"
    with replacing(path) as temporary:
        book.save(temporary)


def _read_xlsx(path: Path) -> pd.DataFrame:
    from openpyxl import load_workbook

    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > 5 * MOST_BYTES:
            raise ValueError(f"it unpacks to more than {5 * MOST_BYTES // 1_000_000} MB")
    book = load_workbook(path, read_only=True, data_only=True)
    sheet: Any = book.worksheets[0]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    book.close()
    rows = [row for row in rows if any(row)]
    if not rows:
        raise KeyError("no cell is filled")
    width = max((i + 1 for i, name in enumerate(rows[0]) if name), default=0)
    return pd.DataFrame([(row + [""] * width)[:width] for row in rows[1:]], columns=rows[0][:width])


def _pieces(text: str) -> list[str]:
    pieces = []
    while len(text) > LONGEST_CELL:
        cut = max(text.rfind("\n", 0, LONGEST_CELL), text.rfind(" ", 0, LONGEST_CELL), 0) or LONGEST_CELL
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]
