"""Tables that ``clipbook tables`` wrote, read back whole or part by part."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from clipbook.files import DATES, as_captured
from clipbook.schema import REAL, TABLES, TEXT, TIME, kinds_of
from clipbook.tables import TableError

_ROWS = 200_000  # held at once


@dataclass(frozen=True, slots=True)
class WrittenTables:
    """A folder of tables; made by :func:`find_tables`."""

    folder: Path
    ending: str  # csv or parquet

    def file(self, name: str) -> Path:
        """Name the file of a table."""
        return self.folder / f"{name}.{self.ending}"

    def parts(self, name: str) -> Iterator[pd.DataFrame]:
        """Give a table in parts, in its order; texts as they were captured, numbers to the last digit.

        Parameters
        ----------
        name : str
            One of ``clipbook.schema.TABLES``.

        Raises
        ------
        TableError
            If the file is no such table, or pyarrow is missing, which Parquet needs.
        """
        path = self.file(name)
        try:
            yield from csv_parts(path, name) if self.ending == "csv" else _parquet_parts(path)
        except TableError:
            raise
        except ValueError as error:
            raise TableError(
                f"{path} cannot be read as the table {name} ({error}). Write the tables again: clipbook tables"
            ) from None

    def read(
        self,
        name: str,
        captures: Collection[str] | None = None,
        only: Mapping[str, Collection[str]] | None = None,
    ) -> pd.DataFrame:
        """Give a table, or some of its rows, without holding the others.

        Parameters
        ----------
        name : str
            As for :meth:`parts`.
        captures : collection of str, optional
            Values of ``capture_id``.
        only : mapping of str to collection of str, optional
            Column -> the values wanted in it.

        Returns
        -------
        DataFrame
            The rows in the table's order; its columns and their kinds also where there are no rows.
        """
        wanted = dict(only or {}) | ({} if captures is None else {"capture_id": captures})
        kept = []
        for part in self.parts(name):
            kept.append(rows_with(part, wanted))
            passed = (
                captures is not None and len(part) and part["capture_id"].iloc[-1] > max(captures, default="")
            )
            if passed:  # tables are in the order of capture_id
                break
        return pd.concat(kept, ignore_index=True)


def rows_with(table: pd.DataFrame, wanted: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """Give the rows that hold one of the values wanted in each column named."""
    for column, values in wanted.items():
        table = table[table[column].isin(list(values))]
    return table


def find_tables(folder: Path) -> WrittenTables | None:
    """Tell whether a folder holds all tables of ``clipbook tables``, as CSV or as Parquet; None if not."""
    for ending in ("csv", "parquet"):
        found = WrittenTables(folder, ending)
        if all(found.file(name).is_file() for name in TABLES):
            return found
    return None


def csv_parts(path: Path, name: str, rows: int = _ROWS) -> Iterator[pd.DataFrame]:
    """Give a table that stands in a CSV file in parts of so many rows, at least one; see `WrittenTables.parts`."""
    kinds = kinds_of(name, pd.read_csv(path, nrows=0).columns)
    if missing := TABLES[name].keys() - kinds.keys():
        raise ValueError(f"it has no column {', '.join(sorted(missing))}")
    pieces = pd.read_csv(
        path,
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
            elif kind == TEXT and (marked := piece[column].str.startswith("'")).any():
                piece.loc[marked, column] = piece.loc[marked, column].map(as_captured)
        yield piece.rename(columns=as_captured)


def _parquet_parts(path: Path) -> Iterator[pd.DataFrame]:
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise TableError("Parquet needs pyarrow: pip install 'clipbook[scale]'") from None
    file = pq.ParquetFile(path)
    for batch in file.iter_batches(_ROWS):
        yield batch.to_pandas()
    if not file.metadata.num_rows:
        yield file.schema_arrow.empty_table().to_pandas()
