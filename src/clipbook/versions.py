"""Which version of clipbook made a folder of tables, and what another version changes in them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from clipbook.files import write_json
from clipbook.schema import TABLES, TableError
from clipbook.tables import find_tables
from clipbook.tables.read_back import WORK
from clipbook.version import __version__

_NOTE = "made_by.json"


def made_by(folder: Path) -> str:
    """Give the version that made the tables of a folder; "" where there are none, or it is not known."""
    try:
        return str(json.loads((folder / WORK / _NOTE).read_text(encoding="utf-8"))["clipbook"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def note_version(folder: Path) -> None:
    """Record that this version made the tables of a folder."""
    if made_by(folder) != __version__:
        write_json(folder / WORK / _NOTE, {"clipbook": __version__})


def changed_columns(old: Path, new: Path, version: str) -> str:
    """Say which columns another version changes, and in how many captures.

    Parameters
    ----------
    old, new : Path
        Folders of tables of the same captures, by the earlier version and by this one.
    version : str
        The earlier version.
    """
    before, after = find_tables(old), find_tables(new)
    said = []
    for name in TABLES if before and after else ():
        assert before is not None and after is not None
        try:
            one, two = _by_row(before.read(name)), _by_row(after.read(name))
        except TableError:  # which the earlier version wrote otherwise
            said.append(f"{name} has other columns")
            continue
        for column in dict.fromkeys([*one, *two]):
            if column not in one or column not in two:
                said.append(f"{name}.{column} is {'new' if column in two else 'gone'}")
            elif differs := _differing(one[column], two[column]):
                said.append(f"{name}.{column} differs in {differs:,}")
    what = "; ".join(said) or "no value changes"
    return f"The tables in {old} were made by clipbook {version} and are replaced by those of {__version__}: {what}."


def _by_row(table: pd.DataFrame) -> pd.DataFrame:
    """Index a table by what its rows are about: a capture, a group."""
    key = next(name for name in ("capture_id", "group") if name in table)
    return table.set_index(key)


def _differing(one: pd.Series, two: pd.Series) -> int:
    """Count the captures or groups in which a column has other values."""
    sums = [
        pd.util.hash_pandas_object(column.astype("str"), index=False).groupby(level=0).sum()
        for column in (one, two)
    ]
    first, second = sums[0].align(sums[1])
    return int(((first != second) | first.isna() | second.isna()).sum())
