"""Tables as Parquet, read from their CSV piece by piece."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from clipbook.files import as_captured

if TYPE_CHECKING:
    import pyarrow

_ROWS = 20_000  # held at once
_WHOLE = (
    "words", "line", "paragraph", "sentence", "start", "end", "quotes", "cues", "hits", "negated_hits", "count",
    "rank", "sentence_start", "sentence_end", "count_against", "articles", "articles_against",
)  # fmt: skip
_REAL = (
    "kept_share", "quoted_share", "confidence", "share", "low", "high", "score", "value", "rate", "rate_against",
    "dispersion", "log_odds", "z", "p", "q",
)  # fmt: skip
_YES_NO = ("kept", "paywalled", "quoted", "ranked", "in_headline")
_TIMES = ("published", "updated")


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

    pieces = pd.read_csv(source, dtype=str, keep_default_na=False, chunksize=_ROWS, encoding="utf-8")
    schema = None
    with target.open("wb") as stream:
        writer = None
        for piece in (each.rename(columns=as_captured) for each in pieces):
            schema = schema or _schema(list(piece.columns), table)
            columns = [_column(piece[field.name], field.type) for field in schema]
            if writer is None:
                writer = pq.ParquetWriter(stream, schema)
            writer.write_table(pa.table(columns, schema=schema))
        if writer is None:
            empty = pd.read_csv(source, dtype=str, nrows=0).rename(columns=as_captured)
            schema = _schema(list(empty.columns), table)
            writer = pq.ParquetWriter(stream, schema)
            writer.write_table(schema.empty_table())
        writer.close()


def _schema(names: list[str], table: str) -> pyarrow.Schema:
    import pyarrow as pa

    kinds: dict[str, pyarrow.DataType] = dict.fromkeys(_WHOLE, pa.int64())
    kinds |= dict.fromkeys(_REAL, pa.float64()) | dict.fromkeys(_YES_NO, pa.bool_())
    kinds |= dict.fromkeys(_TIMES, pa.timestamp("us"))
    kinds["negated"] = pa.int64() if table == "frame_scores" else pa.bool_()
    return pa.schema([(name, kinds.get(name, pa.string())) for name in names])


def _column(cells: pd.Series, kind: pyarrow.DataType) -> pyarrow.Array:
    import pyarrow as pa

    if pa.types.is_string(kind):
        return pa.array([as_captured(cell) for cell in cells], kind)
    if pa.types.is_boolean(kind):
        return pa.array([{"True": True, "False": False}.get(cell) for cell in cells], kind)
    if pa.types.is_timestamp(kind):
        return pa.array(pd.to_datetime(cells.where(cells != ""), format="%Y-%m-%d %H:%M:%S"), kind)
    if pa.types.is_integer(kind):
        return pa.array([int(cell) if cell else None for cell in cells], kind)
    return pa.array([float(cell) if cell else None for cell in cells], kind)
