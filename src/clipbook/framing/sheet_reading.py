"""Coders' sheets read back, and their answers settled as one code a text and frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from clipbook.corpus.sheets import JUDGED, listed, plain_heading, read_sheet, sheet_faults
from clipbook.framing import coding
from clipbook.framing.codebook import Codebook
from clipbook.framing.coding import AGREED, CODE_COLUMNS

ANSWERS = {"yes": 1.0, "no": 0.0, "unsure": float("nan")}
SAMPLE_COLUMNS = ("text_id", "capture_id", "outlet", "fingerprint")


def codes_in(folder: Path, codebook: Codebook) -> pd.DataFrame:
    """Read what a folder's sheets hold so far: as `read_sheets`, but unfinished sheets are no fault.

    A frame of which a question is open in a text is not coded there yet; without sheets or answers there are no rows.
    """
    if not (folder / coding.SAMPLE_FILE).is_file():
        return pd.DataFrame({name: pd.Series(dtype=object) for name in CODE_COLUMNS})
    return _read(folder, codebook, finished=False)


def sample_in(folder: Path) -> list[str] | None:
    """Give the ``capture_id`` of every text that `draw_sheets` drew for a folder; None without its ``sample.csv``."""
    if not (folder / coding.SAMPLE_FILE).is_file():
        return None
    return list(pd.read_csv(folder / coding.SAMPLE_FILE, dtype=str, keep_default_na=False)["capture_id"])


def read_sheets(folder: Path, codebook: Codebook) -> pd.DataFrame:
    """Read all coders' finished sheets of a folder and check them cell by cell.

    Parameters
    ----------
    folder : Path
        As `draw_sheets` wrote it. Of a coder's CSV and XLSX, the one with answers is read.
        Sheets without any answer are left out, and so are frames that a coder has not begun;
        ``codes_agreed`` may hold some of the texts only.
    codebook : Codebook
        The codebook that the sheets were drawn with.

    Returns
    -------
    DataFrame
        One row an answer: ``capture_id``, ``coder``, ``frame``, ``question`` (from 1), ``code``
        (1 yes, 0 no, NaN unsure).

    Raises
    ------
    CodingError
        If there is no ``sample.csv``, no sheet has answers, two files of one coder differ, a file
        looks like a copy of a sheet or cannot be read as one, a
        column or text is missing or extra, a text was changed, or an answer is missing or none of yes, no and
        unsure. All faults are listed, each with file and cell.
    """
    if not (sample := folder / coding.SAMPLE_FILE).is_file():
        raise coding.CodingError(
            f"{sample} is missing: it says which text is which. Name the folder of the sheets."
        )
    codes = _read(folder, codebook, finished=True)
    if codes.empty:
        raise coding.CodingError(f"No sheet in {folder} has an answer yet. Fill in codes_NAME.csv or .xlsx.")
    return codes


def _read(folder: Path, codebook: Codebook, *, finished: bool) -> pd.DataFrame:
    key = read_sample(folder)
    asked = asked_in(codebook)
    faults: list[str] = []
    answers: dict[str, pd.DataFrame] = {}
    for path in sorted(folder.glob(f"{coding.SHEET_PREFIX}*")):
        coder = path.stem.removeprefix(coding.SHEET_PREFIX)
        if path.suffix.lower() not in (".csv", ".xlsx"):
            faults.append(f"{path.name}: neither .csv nor .xlsx. Save it as one of them, or take it away.")
            continue
        if not coding.CODER_NAME.fullmatch(coder):
            faults.append(
                f"{path.name}: {coder!r} is no coder's name but looks like a copy. Keep one of the two."
            )
            continue
        sheet, odd = read_answers(path, key, asked)
        given = sheet[asked] != ""
        if sheet.empty or given.any(axis=None):
            faults += odd
        if sheet.empty or not given.any(axis=None):
            continue
        if finished:
            faults += _lacking(path.name, sheet, key, _wanted(given, coder), texts=coder != AGREED)
        mine = sheet[given.any(axis=1)].drop_duplicates("text_id").set_index("text_id")[asked].sort_index()
        if coder in answers and not answers[coder].equals(mine):
            faults.append(f"{path.name}: differs from this coder's other file. Keep one of the two.")
        answers[coder] = mine
    if faults:
        raise refused(faults)
    return _long(answers, key)


def refused(faults: list[str]) -> coding.CodingError:
    """Make one error of all faults found in sheets."""
    return coding.CodingError(f"The sheets cannot be used yet:\n{listed(faults)}")


def asked_in(codebook: Codebook) -> list[str]:
    """Name a codebook's questions as sheets do, without their wording: ``conflict.1``."""
    return [plain_heading(name) for name in coding.question_columns(codebook)]


def read_answers(path: Path, key: pd.DataFrame, asked: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """Read a coder's sheet as far as it is filled in, with plain headings and answers, and list what is wrong with it.

    Parameters
    ----------
    path : Path
        The sheet.
    key : DataFrame
        As from `read_sample`.
    asked : list of str
        As from `asked_in`.

    Returns
    -------
    (DataFrame, list of str)
        No rows where a column is missing or extra.
    """
    sheet = read_sheet(path)
    sheet.columns = [plain_heading(name) for name in sheet.columns]
    needed, columns = ["text_id", "text"], list(sheet.columns)
    known = {*needed, "outlet", "headline", *asked}
    extra = [
        name
        for place, name in enumerate(columns)
        if name in columns[:place] or not (name in known or name.startswith("text "))
    ]
    odd = [f"{path.name}: the column {name!r} is extra. Remove it." for name in extra]
    if not odd:
        prints: Any = key["fingerprint"].to_dict()
        odd = list(sheet_faults(path.name, sheet, prints, dict.fromkeys(asked, JUDGED), needed))
    if extra or not {*needed, *asked} <= set(columns):
        return pd.DataFrame(columns=asked), odd
    sheet[asked] = sheet[asked].map(str.lower)
    return sheet, odd


def _wanted(given: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Say which cells of a finished sheet must be filled: all of a frame that is begun, or begun in a text by ``agreed``."""
    frames = given.columns.str.rpartition(".").get_level_values(0)
    of_text = given.T.groupby(frames).transform("any").T
    return of_text if coder == AGREED else of_text | of_text.any()


def _lacking(
    name: str, sheet: pd.DataFrame, key: pd.DataFrame, wanted: pd.DataFrame, *, texts: bool
) -> Iterator[str]:
    """List the cells, and the ``texts``, that a finished sheet should hold and does not."""
    from openpyxl.utils import get_column_letter

    for place, row in zip(*np.nonzero((wanted & (sheet[wanted.columns] == "")).to_numpy().T), strict=True):
        column = wanted.columns[place]
        letter = get_column_letter(list(sheet.columns).index(column) + 1)
        yield f"{name}, cell {letter}{sheet.index[row]} ({column}): empty. Write yes, no or unsure."
    yield from missing_texts(name, sheet, key.index) if texts else ()


def missing_texts(name: str, sheet: pd.DataFrame, wanted: Iterable[str]) -> list[str]:
    """List the texts that a sheet should hold and does not."""
    there = set(sheet["text_id"])
    gone = [text for text in wanted if text not in there]
    return [f"{name}: the text {text} is missing. Copy its row from a fresh sheet." for text in gone]


def read_sample(folder: Path) -> pd.DataFrame:
    """Read which text is which: ``sample.csv`` by ``text_id``."""
    path = folder / coding.SAMPLE_FILE
    table = read_sheet(path)
    lacking = [name for name in SAMPLE_COLUMNS if name not in table.columns]
    if lacking or table["text_id"].duplicated().any():
        fault = f"has no column {lacking[0]}" if lacking else "names a text twice"
        raise coding.CodingError(f"{path} {fault}. Put it back as it was drawn; nobody need open it.")
    return table.set_index("text_id")


def _long(answers: dict[str, pd.DataFrame], key: pd.DataFrame) -> pd.DataFrame:
    """Set answers out one a row; a frame with an open question is left out of its text."""
    rows = []
    for coder, table in answers.items():
        frames = table.columns.str.rpartition(".").get_level_values(0)
        whole = (table != "").T.groupby(frames).transform("all").T
        for text_id, cells in table.where(whole).iterrows():
            for column, answer in cells.dropna().items():
                frame, _, number = str(column).rpartition(".")
                code = ANSWERS[answer]
                rows.append((key.loc[str(text_id), "capture_id"], coder, frame, int(number), code))
    return pd.DataFrame(rows, columns=list(CODE_COLUMNS))
