"""Tables that a researcher keeps beside the captures: read as any spreadsheet saves them, and added to, nothing of theirs changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from clipbook.captures.decode import clean, decode, encoding_of
from clipbook.captures.delimited import delimiter, sound_rows
from clipbook.files import as_captured, harmless, write_bytes, write_csv
from clipbook.schema import TableError

NOTE = "#"  # begins the name of a column that is for the eye alone
FIRST_WORDS = 12  # of a line or a quotation, by which a row names it
HEADINGS = {
    "captures.csv": "source_file,outlet,published,url,headline,authors",
    "quote_fixes.csv": "capture_id,text,start,speaker,kind",
    "line_fixes.csv": "capture_id,line,text,keep",
}


def first_words(text: object) -> str:
    """Give the words by which a row names a line or a quotation."""
    return " ".join(str(text).split()[:FIRST_WORDS])


def read_own_table(path: Path, *, notes: bool = False) -> pd.DataFrame:
    """Read a CSV in any encoding, separated by commas, semicolons, tabs or bars.

    Parameters
    ----------
    path : Path
        The file.
    notes : bool
        Also give the columns whose names begin with "#", which are for the eye alone.

    Returns
    -------
    DataFrame
        Texts, without blanks at their ends and "" where a cell is empty; columns without a heading and rows without
        a filled cell are left out. The first row left is the heading. The index counts rows from 1, as a spreadsheet
        does.

    Raises
    ------
    TableError
        If the file cannot be read, two columns have one name, or a row has more cells than there are columns.
    """
    try:
        text = clean(decode(path.read_bytes())[0])[0]
        cut = sound_rows(io.StringIO(text), delimiter(text.lstrip()))
        lines = {number: [as_captured(cell.strip()) for cell in line] for number, line in cut}
    except (OSError, ValueError) as error:
        raise TableError(f"{path.name} cannot be read: {error}") from None
    filled = {number: line for number, line in lines.items() if any(line)}
    names = filled.pop(min(filled)) if filled else []
    named = [name for name in names if name]
    if twice := [name for name in named if named.count(name) > 1]:
        raise TableError(f"{path.name} has two columns of the same name, {twice[0]}; rename one of them.")
    for number, line in filled.items():
        if any(line[len(names) :]):
            raise TableError(
                f"{path.name}, row {number}: {len(line)} cells but {len(names)} columns; put a cell that contains "
                "the separator in double quotes."
            )
    cells = {number: [*line, *[""] * len(names)][: len(names)] for number, line in filled.items()}
    table = pd.DataFrame.from_dict(cells, orient="index", columns=names, dtype="str")
    return table.loc[:, [name != "" and (notes or not name.startswith(NOTE)) for name in names]]


def add_rows(path: Path, rows: pd.DataFrame, key: Sequence[str]) -> int:
    """Add rows to a table that the researcher keeps, leaving every cell that is there as it is.

    Parameters
    ----------
    path : Path
        A CSV in any encoding and with any separator; made when missing. It is met whole, old or new, at any moment.
    rows : DataFrame
        Text. Columns that the file lacks are put at its right end.
    key : sequence of str
        Columns that tell rows apart: what the file has already is not added again.

    Returns
    -------
    int
        The rows added.

    Raises
    ------
    TableError
        If the file cannot be read, or lacks a column of ``key``.
    """
    rows = rows.map(harmless)
    if not path.is_file():
        write_csv(path, rows.map(as_captured))
        return len(rows)
    table = read_own_table(path, notes=True)
    lacking = [name for name in key if name not in table]
    if len(table.columns) and lacking:
        raise TableError(
            f"{path.name} has no column {lacking[0]}; its columns are {', '.join(table.columns)}. Name it so."
        )
    there = set(table.reindex(columns=list(key)).itertuples(index=False, name=None))
    new = rows[
        [row not in there for row in rows[list(key)].map(as_captured).itertuples(index=False, name=None)]
    ]
    if new.empty:
        return 0

    def added(written: list[list[str]]) -> None:
        head = next((cells for cells in written if any(map(str.strip, cells))), None)
        if head is None:
            written.append(head := [])
        while head and not head[-1].strip():
            head.pop()
        plain = [name.strip() for name in head]
        head += [name for name in new.columns if name not in plain]
        names = [*plain, *head[len(plain) :]]
        written.extend([row.get(name, "") for name in names] for row in new.to_dict("records"))

    edit_csv(path, added)
    return len(new)


def edit_csv(path: Path, change: Callable[[list[list[str]]], None]) -> None:
    """Change cells of a CSV that somebody keeps, whole or not at all; its separator, line ends and byte-order mark stay.

    Parameters
    ----------
    path : Path
        The file as it is now; one in another encoding than UTF-8 is UTF-8 with a mark afterwards.
    change : function
        Takes all rows as they were typed, and alters them in place.

    Raises
    ------
    TableError
        If the file is saved by somebody else meanwhile.
    """
    data = path.read_bytes()
    encoding = encoding_of(data)[0]
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    mark = delimiter(text.lstrip())
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    change(rows)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator="\r\n" if "\r\n" in text else "\n").writerows(rows)
    marked = data.startswith(b"\xef\xbb\xbf") or not encoding.startswith(("utf-8", "ascii"))
    if path.read_bytes() != data:
        raise TableError(f"{path.name} was saved by somebody else meanwhile. Run this once more.")
    write_bytes(path, out.getvalue().encode("utf-8-sig" if marked else "utf-8"))
