"""Tables as Parquet, read from their CSV piece by piece."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from clipbook.schema import REAL, TEXT, TIME, WHOLE, YES_NO, kinds_of
from clipbook.tables.read_back import csv_parts

if TYPE_CHECKING:
    import pyarrow

_ROWS = 20_000  # held at once


def check_parquet() -> None:
    """Say what to install when Parquet cannot be written.

    Raises
    ------
    ValueError
        If pyarrow is missing.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise ValueError("--format parquet needs pyarrow: pip install 'clipbook[scale]'") from None


def csv_to_parquet(source: Path, target: Path, table: str) -> None:
    """Write one of clipbook's tables, stored as CSV, as Parquet; texts stand there as they were captured."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pieces = csv_parts(source, table, rows=_ROWS)
    first = next(pieces)
    schema = _schema(list(first.columns), table)
    with target.open("wb") as stream, pq.ParquetWriter(stream, schema) as writer:
        for piece in chain([first], pieces):
            writer.write_table(pa.Table.from_pandas(piece, schema, preserve_index=False))


def _schema(columns: list[str], table: str) -> pyarrow.Schema:
    import pyarrow as pa

    types = {
        WHOLE: pa.int64(), REAL: pa.float64(), YES_NO: pa.bool_(), TIME: pa.timestamp("us"), TEXT: pa.string(),
    }  # fmt: skip
    return pa.schema([(column, types[kind]) for column, kind in kinds_of(table, columns).items()])
