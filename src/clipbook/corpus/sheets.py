"""Sheets that people fill in: CSV and XLSX that spreadsheets can edit and never execute, read back and checked cell by cell."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.corpus.own_tables import edit_csv, read_own_table
from clipbook.files import OFFICE_EPOCH, as_captured, with_fixed_times, write_bytes, write_csv
from clipbook.schema import TableError

LONGEST_CELL = 30_000  # spreadsheets hold 32,767 signs in a cell
MOST_BYTES = 100_000_000
MOST_SHOWN = 20  # faults of sheets
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WIDTHS = {"text_id": 12, "check_id": 12, "outlet": 16, "headline": 32, "text": 90}
WIDTHS |= {"before": 50, "quotation": 50, "after": 50, "sentence": 80}
JUDGED = ("yes", "no", "unsure")


def write_sheet(path: Path, texts: pd.DataFrame, questions: Mapping[str, Sequence[str]]) -> None:
    """Write a sheet to fill in: one row a text, what is known of it first, an empty column a question.

    Parameters
    ----------
    path : Path
        Ending in ``.csv`` or ``.xlsx``.
    texts : DataFrame
        Text columns; a ``text`` too long for one cell goes on in the columns ``text 2``, ``text 3`` ...
    questions : mapping of str to sequence of str
        Headings of the empty columns, and the answers to choose among; none where any text may be written.
    """
    table = texts.drop(columns="text", errors="ignore")
    table = table.map(lambda cell: UNWRITABLE.sub(" ", cell)[:LONGEST_CELL])
    pieces = [_pieces(UNWRITABLE.sub(" ", text)) for text in texts.get("text", ())]
    for number in range(max(map(len, pieces), default=0)):
        name = "text" if number == 0 else f"text {number + 1}"
        table[name] = [piece[number] if number < len(piece) else "" for piece in pieces]
    table = table.assign(**dict.fromkeys(questions, ""))
    if path.suffix == ".csv":
        write_csv(path, table)
    else:
        _write_xlsx(path, table, questions)


def read_sheet(path: Path) -> pd.DataFrame:
    """Read a sheet as text cells, a CSV in any encoding and with any separator.

    Parameters
    ----------
    path : Path
        Ending in ``.csv`` or ``.xlsx``.

    Returns
    -------
    DataFrame
        All cells as text, without blanks at their ends, empty cells as ""; the index counts rows as a spreadsheet does.

    Raises
    ------
    TableError
        If the file is damaged, or larger than 100 MB.
    """
    if path.stat().st_size > MOST_BYTES:
        raise TableError(
            f"{path}: larger than {MOST_BYTES // 1_000_000} MB, which no sheet is. Check the file."
        )
    try:
        return read_own_table(path) if path.suffix.lower() == ".csv" else _read_xlsx(path)
    except Exception as error:  # a parser may raise anything on a damaged file
        raise TableError(f"{path}: cannot be read ({error}). Save it again as CSV UTF-8 or XLSX.") from error


def whole_texts(sheet: pd.DataFrame) -> list[str]:
    """Join the cells over which `write_sheet` spread long texts."""
    parts = [name for name in sheet.columns if name == "text" or name.startswith("text ")]
    return [" ".join(filter(None, row)) for row in sheet[parts].to_numpy()]


def fill_cell(path: Path, text_id: str, question: str, answer: str, *, before: str) -> None:
    """Put one answer into a CSV sheet, whole or not at all; every other cell stays as it was typed.

    Parameters
    ----------
    path : Path
        The sheet as it is now: whoever else has typed into it meanwhile is heeded.
    text_id : str
        The row.
    question : str
        The column, by what stands before the colon of its heading.
    answer : str
        The new content; "" empties the cell.
    before : str
        What the cell is known to hold.

    Raises
    ------
    TableError
        If the cell is not there or holds something else by now; the file is then as it was.
    """

    def filled(rows: list[list[str]]) -> None:
        head, *below = [row for row in rows if any(cell.strip() for cell in row)] or [[]]
        names = [plain_heading(as_captured(name.strip())) for name in head]
        ids = names.index("text_id") if "text_id" in names else len(names)
        found = [row for row in below if row[ids : ids + 1] and row[ids].strip() == text_id]
        if question not in names or len(found) != 1:
            raise TableError(f"{path.name} has no longer one cell for {question} of {text_id}.")
        (row,), place = found, names.index(question)
        row += [""] * (place + 1 - len(row))
        if row[place].strip().lower() != before:
            raise TableError(f"{path.name} by now says {row[place][:40]!r} to {question} of {text_id}.")
        row[place] = answer

    edit_csv(path, filled)


def sheet_faults(
    file: str, sheet: pd.DataFrame, prints: Mapping[str, str], asked: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Iterator[str]:  # fmt: skip
    """List what is wrong with a sheet that people have filled in, by its cells.

    Parameters
    ----------
    file : str
        What the sheet is called.
    sheet : DataFrame
        As from `read_sheet`, with plain headings.
    prints : mapping of str to str
        The texts that were drawn, by their ids: the `fingerprint` of each.
    asked : mapping of str to sequence of str
        The questions, and the answers to choose among; none where any text may be written.
    needed : sequence of str
        The other columns that must be there, that of the ids first.
    """
    from openpyxl.utils import get_column_letter

    missing = [name for name in (*needed, *asked) if name not in sheet]
    yield from (
        f"{file}: the column {name!r} is missing. Put its heading back, as it was." for name in missing
    )
    if missing:
        return
    letter = {name: get_column_letter(place) for place, name in enumerate(sheet.columns, start=1)}
    seen: dict[str, int] = {}
    for row, cells in zip(sheet.index, sheet.to_dict("records"), strict=True):
        name, where = cells[needed[0]], f"{file}, cell {letter[needed[0]]}{row}"
        if name not in prints:
            yield f"{where}: {name!r} was not drawn for this sheet. Remove the row, or take the sheet to its study."
            continue
        if name in seen:
            yield f"{where}: {name!r} stands in row {seen[name]} already. Remove one of the rows."
        seen[name] = row
        if fingerprint(shown_text(cells)) != prints[name]:
            yield f"{where}: the text is not that of {name!r}. Sort whole rows only, and put the drawn text back."
        for key, answers in asked.items():
            if answers and cells[key].casefold() not in ("", *answers):
                said = f"{cells[key][:40]!r} is no answer. Write {' or '.join(answers)}"
                yield f"{file}, cell {letter[key]}{row} ({key}): {said}."


def listed(faults: Sequence[str]) -> str:
    """Write out faults, a line each, as many as somebody will read."""
    more = f"\n... and {len(faults) - MOST_SHOWN} more." if len(faults) > MOST_SHOWN else ""
    return "\n".join(faults[:MOST_SHOWN]) + more


def fingerprint(text: str) -> str:
    """Digest a text's letters and digits; spaces, breaks and signs that spreadsheets alter do not count."""
    letters = "".join(sign for sign in text if sign.isalnum())
    return hashlib.sha256(letters.encode("utf-8")).hexdigest()[:16]


def shown_text(row: Mapping[Any, str]) -> str:
    """Give the words of a sheet's row that tell it from others, whatever was added beside them."""
    parts = [row[name] for name in ("quotation", "sentence") if name in row]
    parts += [row[name] for name in row if re.fullmatch(r"text( \d+)?", name)]
    return "".join(parts)


def plain_heading(name: object) -> str:
    """Give a sheet's heading without the wording of a question."""
    return str(name).partition(": ")[0].strip()


def _write_xlsx(path: Path, table: pd.DataFrame, questions: Mapping[str, Sequence[str]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "answers"
    for row, cells in enumerate([list(table.columns), *table.itertuples(index=False)], start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column)
            cell.value = value or None
            if value:
                cell.data_type = "s"
                cell.quotePrefix = row > 1
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=row == 1)
    for letter, name in zip(map(get_column_letter, count(1)), table.columns, strict=False):
        width = WIDTHS.get(name.partition(" ")[0] if name.startswith("text ") else name, 26)
        sheet.column_dimensions[letter].width = width
        if answers := questions.get(name):
            listed = f'"{",".join(answers)}"'
            choice = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=True)
            choice.error = f"Please write {' or '.join(answers)}."
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{len(table) + 1}")
    sheet.freeze_panes = "B2"
    book.properties.creator, book.properties.created = "clipbook", OFFICE_EPOCH
    stored = io.BytesIO()
    book.save(stored)
    write_bytes(path, with_fixed_times(stored.getvalue()))


def _read_xlsx(path: Path) -> pd.DataFrame:
    from openpyxl import load_workbook

    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > 5 * MOST_BYTES:
            raise ValueError(f"it unpacks to more than {5 * MOST_BYTES // 1_000_000} MB")
    book = load_workbook(path, read_only=True, data_only=True)
    sheet: Any = book.worksheets[0]
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    cells = {number: ["" if cell is None else str(cell).strip() for cell in row] for number, row in rows}
    book.close()
    filled = {number: row for number, row in cells.items() if any(row)}
    if not filled:
        raise KeyError("no cell is filled")
    names = filled.pop(min(filled))
    width = max((i + 1 for i, name in enumerate(names) if name), default=0)
    cells = {number: (row + [""] * width)[:width] for number, row in filled.items()}
    return pd.DataFrame.from_dict(cells, orient="index", columns=names[:width], dtype="str")


def _pieces(text: str) -> list[str]:
    pieces = []
    while len(text) > LONGEST_CELL:
        cut = max(text.rfind("\n", 0, LONGEST_CELL), text.rfind(" ", 0, LONGEST_CELL), 0) or LONGEST_CELL
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]
