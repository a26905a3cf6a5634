"""Tables that ``clipbook tables`` wrote, read back whole or part by part."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from clipbook.files import DATES, as_captured
from clipbook.schema import REAL, TABLES, TEXT, TIME, TableError, kinds_of

Only = Mapping[str, Collection[str]]
FORMATS = ("csv", "parquet")
WORK = ".clipbook"  # beside the tables: what was measured, so that a later run can take it over
FINISHED = "finished.json"  # in it, when the tables are of one run
_ROWS = 200_000  # of a CSV file that are held at once


@dataclass(frozen=True, slots=True)
class Tables:
    """A folder of tables; made by :func:`find_tables`."""

    folder: Path
    ending: str  # csv or parquet

    def file(self, name: str) -> Path:
        """Name the file of a table."""
        return self.folder / f"{name}.{self.ending}"

    def missing(self) -> list[str]:
        """Name the tables that are not there."""
        return [name for name in TABLES if not self.file(name).is_file()]

    def parts(
        self, name: str, only: Only | None = None, columns: Sequence[str] = ()
    ) -> Iterator[pd.DataFrame]:
        """Give a table in parts, in its order; texts as they were captured, numbers to the last digit.

        Parameters
        ----------
        name : str
            One of ``clipbook.schema.TABLES``.
        only : mapping of str to collection of str, optional
            Column -> the values wanted in it; a part may then have no rows.
        columns : sequence of str
            Those wanted, in that order; all where none is named.

        Raises
        ------
        TableError
            If the file is no such table.
        """
        path, only = self.file(name), only or {}
        try:
            if missing := set(columns) - set(self.columns(name)):
                raise ValueError(f"it has no column {', '.join(sorted(missing))}")
            if self.ending == "csv":
                for part in _until(
                    csv_parts(path, name, wanted={*columns, *only} if columns else None), only
                ):
                    yield part[list(columns)] if columns else part
            else:
                from clipbook.tables.parts import frame_of, stretches

                yield from map(frame_of, stretches(path, columns, only))
        except TableError:
            raise
        except ValueError as error:
            raise TableError(
                f"{path} cannot be read as the table {name} ({error}). Write the tables again: clipbook tables"
            ) from None

    def columns(self, name: str) -> list[str]:
        """Give the columns of a table, without its rows."""
        path = self.file(name)
        if self.ending == "csv":
            return [as_captured(column) for column in pd.read_csv(path, nrows=0, encoding="utf-8").columns]
        import pyarrow.parquet as pq

        names: list[str] = pq.read_schema(path).names
        return names

    def read(self, name: str, only: Only | None = None, columns: Sequence[str] = ()) -> pd.DataFrame:
        """Give a table, or some of its rows and columns, without holding the others.

        Parameters
        ----------
        name, only, columns
            As for :meth:`parts`.

        Returns
        -------
        DataFrame
            The rows in the table's order; its columns and their kinds also where there are no rows.
        """
        return pd.concat(list(self.parts(name, only, columns)), ignore_index=True)


def rows_with(table: pd.DataFrame, only: Only) -> pd.DataFrame:
    """Give the rows that hold one of the values wanted in each column named."""
    for column, values in only.items():
        table = table[table[column].isin(list(values))]
    return table


def find_tables(folder: Path) -> Tables | None:
    """Tell whether a folder holds the tables of ``clipbook tables``; None if it holds other things.

    Raises
    ------
    TableError
        If tables are there, but not all of one run: some are missing, there are two sets, or the run was stopped.
    """
    sets = [Tables(folder, ending) for ending in FORMATS]
    whole = [one for one in sets if not one.missing()]
    if len(whole) > 1:
        raise TableError(f"{folder} holds tables as CSV and as Parquet. Delete those that you do not mean.")
    fewest = min((one.missing() for one in sets), key=len)
    if not whole and len(fewest) < len(TABLES) / 2:
        raise TableError(
            f"{folder} holds tables, but not {', '.join(fewest)}. Write them again: clipbook tables"
        )
    if whole and (folder / WORK).is_dir() and not (folder / WORK / FINISHED).is_file():
        raise TableError(
            f"{folder}: the last run of clipbook tables was stopped, and its tables may be of two runs. Run it again."
        )
    return whole[0] if whole else None


def csv_parts(
    path: Path, name: str, rows: int = _ROWS, wanted: Collection[str] | None = None
) -> Iterator[pd.DataFrame]:
    """Give a table that stands in a CSV file in parts of so many rows, at least one; see `Tables.parts`."""
    kinds = kinds_of(name, pd.read_csv(path, nrows=0).columns)
    if missing := TABLES[name].keys() - kinds.keys():
        raise ValueError(f"it has no column {', '.join(sorted(missing))}")
    if wanted is not None:
        kinds = {column: kind for column, kind in kinds.items() if as_captured(column) in wanted}
    pieces = pd.read_csv(
        path,
        usecols=list(kinds),
        dtype={column: TEXT if kind == TIME else kind for column, kind in kinds.items()},
        keep_default_na=False,
        na_values={column: [""] for column, kind in kinds.items() if kind == REAL},
        chunksize=rows,
        encoding="utf-8",
    )
    for piece in pieces:
        for column, kind in kinds.items():
            if kind == TIME:
                piece[column] = pd.to_datetime(piece[column], format=DATES).dt.as_unit("us")
            elif kind == TEXT and (marked := piece[column].str.contains("'", regex=False)).any():
                piece.loc[marked, column] = piece.loc[marked, column].map(as_captured)
        yield piece.rename(columns=as_captured)


def _until(pieces: Iterator[pd.DataFrame], only: Only) -> Iterator[pd.DataFrame]:
    """Leave out the rows that are not wanted, and the pieces after the last capture that is."""
    last = max(only["capture_id"], default="") if "capture_id" in only else None
    for piece in pieces:
        yield rows_with(piece, only)
        if last is not None and len(piece) and piece["capture_id"].iloc[-1] > last:
            return
