"""Tables that the researcher keeps beside the captures, as spreadsheets save them."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from clipbook.captures.decode import clean, decode
from clipbook.captures.delimited import delimiter, sound_rows
from clipbook.files import as_captured
from clipbook.schema import TableError


def read_own_table(path: Path) -> pd.DataFrame:
    """Read a CSV in any encoding, separated by commas, semicolons, tabs or bars.

    Parameters
    ----------
    path : Path
        The file.

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
    return table.loc[:, [name != "" for name in names]]
