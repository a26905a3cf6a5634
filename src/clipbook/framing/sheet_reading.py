"""Reading coders' sheets back, and saying which cell is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from clipbook.files import read_csv
from clipbook.framing.codebook import Codebook
from clipbook.framing.codes import CODE_COLUMNS
from clipbook.framing.coding import SAMPLE_FILE, SHEET_PREFIX, CodingError, fingerprint
from clipbook.framing.sheets import question_columns, read_sheet

ANSWERS = {"yes": 1, "no": 0}
MOST_SHOWN = 20


def codes_in(folder: Path, codebook: Codebook) -> pd.DataFrame:
    """Read a folder's sheets if there are any: as `read_sheets`, but no rows when nothing was drawn yet."""
    if not (folder / SAMPLE_FILE).is_file():
        return pd.DataFrame({name: pd.Series(dtype=object) for name in CODE_COLUMNS})
    return read_sheets(folder, codebook)


def read_sheets(folder: Path, codebook: Codebook) -> pd.DataFrame:
    """Read all coders' sheets of a folder and check them cell by cell.

    Parameters
    ----------
    folder : Path
        As `draw_sheets` wrote it. Of a coder's CSV and XLSX, the one with answers is read.
        Sheets without any answer are left out.
    codebook : Codebook
        The codebook that the sheets were drawn with.

    Returns
    -------
    DataFrame
        One row an answer: ``capture_id``, ``coder``, ``frame``, ``question`` (from 1), ``code``
        (1 yes, 0 no).

    Raises
    ------
    CodingError
        If there is no ``sample.csv``, no sheet has answers, two files of one coder differ, a
        column or text is missing or extra, a text was changed, or an answer is neither yes nor
        no. All faults are listed, each with file and cell.
    """
    key_file = folder / SAMPLE_FILE
    if not key_file.is_file():
        raise CodingError(
            f"{key_file} is missing: it says which text is which. Name the folder of the sheets."
        )
    key = read_csv(key_file, dtype=str, keep_default_na=False).set_index("text_id")
    asked = {name.partition(":")[0]: name for name in question_columns(codebook)}
    faults: list[str] = []
    answers: dict[str, pd.DataFrame] = {}
    for path in sorted(folder.glob(f"{SHEET_PREFIX}*.*")):
        if path.suffix not in (".csv", ".xlsx"):
            continue
        sheet = read_sheet(path)
        sheet.columns = [str(name).partition(":")[0].strip() for name in sheet.columns]
        missing = [name for name in ["text_id", "text", *asked] if name not in sheet.columns]
        if missing:
            faults.append(f"{path.name}: the column {missing[0]!r} is missing. Put its heading back.")
            continue
        filled = sheet[list(asked)].map(str.strip).to_numpy().any()
        if not filled:
            continue
        faults += _faults(path.name, sheet, key, list(asked))
        coder = path.stem.removeprefix(SHEET_PREFIX)
        given = sheet.assign(text_id=sheet["text_id"].str.strip())[["text_id", *asked]]
        given = given.drop_duplicates("text_id").set_index("text_id").sort_index()
        if coder in answers and not answers[coder].equals(given):
            faults.append(f"{path.name}: differs from this coder's other file. Keep one of the two.")
        answers[coder] = given
    if faults:
        more = f"\n... and {len(faults) - MOST_SHOWN} more." if len(faults) > MOST_SHOWN else ""
        raise CodingError("The sheets cannot be used yet:\n" + "\n".join(faults[:MOST_SHOWN]) + more)
    if not answers:
        raise CodingError(f"No sheet in {folder} has an answer yet. Fill in codes_NAME.csv or .xlsx.")
    return _long(answers, key)


def _faults(name: str, sheet: pd.DataFrame, key: pd.DataFrame, asked: list[str]) -> Iterator[str]:
    known = {"text_id", "outlet", "headline", "text", *asked}
    for column in sheet.columns:
        if column not in known and not column.startswith("text "):
            yield f"{name}: the column {column!r} is extra. Remove it."
    parts = [column for column in sheet.columns if column == "text" or column.startswith("text ")]
    seen: set[str] = set()
    for row, cells in enumerate(sheet.to_dict("records"), start=2):
        text_id = cells["text_id"].strip()
        where = f"{name}, cell {_letters(list(sheet.columns).index('text_id'))}{row}"
        if text_id not in key.index:
            yield f"{where}: the text {text_id!r} is not in the sample. Remove the row."
            continue
        if text_id in seen:
            yield f"{where}: the text {text_id!r} stands twice. Remove one of the rows."
        seen.add(text_id)
        if fingerprint("".join(cells[part] for part in parts)) != key.loc[text_id, "fingerprint"]:
            at = _letters(list(sheet.columns).index("text"))
            yield f"{name}, cell {at}{row}: the text was changed since it was drawn. Put the drawn text back."
        for column in asked:
            if cells[column].strip().lower() not in ANSWERS:
                at = _letters(list(sheet.columns).index(column))
                shown = (
                    f"{cells[column].strip()[:40]!r} is neither yes nor no"
                    if cells[column].strip()
                    else "empty"
                )
                yield f"{name}, cell {at}{row} ({column}): {shown}. Write yes or no."
    for text_id in key.index:
        if text_id not in seen:
            yield f"{name}: the text {text_id} is missing. Copy its row back from a fresh sheet."


def _long(answers: dict[str, pd.DataFrame], key: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for coder, table in answers.items():
        for text_id, cells in table.iterrows():
            for column, answer in cells.items():
                frame, _, number = str(column).rpartition(".")
                code = ANSWERS[answer.strip().lower()]
                rows.append((key.loc[str(text_id), "capture_id"], coder, frame, int(number), code))
    return pd.DataFrame(rows, columns=list(CODE_COLUMNS))


def _letters(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
