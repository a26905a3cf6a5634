"""A part of the tables on disk: what was measured in some captures, a Parquet file a table.

Files are read and rows are turned in the thread that asks: Arrow waits for ever, or ends the process, where a thread
that it wants cannot be started for want of memory.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from clipbook.schema import REAL, TEXT, TIME, WHOLE, YES_NO, kinds_of

MEASURED = ("articles", "lines", "sentences", "quotes", "frame_scores", "frame_evidence", "readability")
COUNTED = {  # what the join needs to know of each capture besides
    "marks": pa.schema(
        [
            ("capture_id", pa.string()), ("file", pa.string()), ("text", pa.string()), ("english", pa.bool_()),
            ("words", pa.int64()), ("bands", pa.list_(pa.int64())), ("shingles", pa.list_(pa.int32())),
        ]
    ),
    "further": pa.schema([(name, pa.string()) for name in ("capture_id", "name", "value")]),
    "spoken": pa.schema(
        [
            ("capture_id", pa.string()), ("name", pa.string()), ("described", pa.string()), ("words", pa.int64()),
            ("surname", pa.int64()),
        ]
    ),
    "stems": pa.schema([("capture_id", pa.string()), ("stem", pa.string())]),
    "files": pa.schema(  # whose captures the part holds; not by capture
        [("file", pa.string()), ("lost", pa.bool_()), ("columns", pa.list_(pa.string())), ("captures", pa.int64())]
    ),
    "terms": pa.schema(
        [
            ("capture_id", pa.string()), ("key", pa.string()), ("bucket", pa.int16()), ("count", pa.int32()),
            ("free", pa.int32()), ("named", pa.float64()), ("form", pa.string()),
        ]
    ),
}  # fmt: skip
_KINDS = {
    WHOLE: pa.int64(), REAL: pa.float64(), YES_NO: pa.bool_(), TIME: pa.timestamp("us"), TEXT: pa.string(),
}  # fmt: skip


def schema_of(table: str, columns: Iterable[str]) -> pa.Schema:
    """Give the types of a table's columns."""
    return pa.schema([(column, _KINDS[kind]) for column, kind in kinds_of(table, columns).items()])


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a temporary folder that becomes ``folder`` when it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".tmp-"))
    try:
        yield temporary
        if not folder.is_dir():  # else another worker has just made the same
            os.rename(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_part(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write a part, whole or not at all."""
    with new_folder(folder) as temporary:
        for name, table in tables.items():
            pq.write_table(table, temporary / f"{name}.parquet", compression="zstd", use_dictionary=False)


def table_of(rows: pd.DataFrame | Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    """Turn rows into what Arrow writes."""
    if isinstance(rows, pd.DataFrame):
        return pa.Table.from_pandas(rows, schema, preserve_index=False, nthreads=1)
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    typed = zip(columns, schema.types, strict=True)
    return pa.Table.from_arrays([pa.array(*each, from_pandas=True) for each in typed], schema=schema)


def frame_of(table: pa.Table) -> pd.DataFrame:
    """Turn what Arrow has read into rows."""
    return table.to_pandas(use_threads=False)


def stretches(
    path: Path, columns: Sequence[str] | None = None, only: Mapping[str, Collection[Any]] | None = None
) -> Iterator[pa.Table]:
    """Read a Parquet file a stretch at a time; ``only`` gives for columns the values that are wanted."""
    only = only or {}
    with pq.ParquetFile(path) as file:
        schema = file.schema_arrow
        wanted = {name: pa.array(list(values), schema.field(name).type) for name, values in only.items()}
        groups = [
            group
            for group in range(file.num_row_groups)
            if _may_hold(file.metadata.row_group(group), schema.names, only)
        ]
        names = list(columns or schema.names)
        for group in groups:
            kept = file.read_row_group(group, list(dict.fromkeys([*names, *wanted])), use_threads=False)
            for name, values in wanted.items():
                kept = kept.filter(pc.is_in(kept[name], value_set=values))
            yield kept.select(names)
        if not groups:
            yield pa.schema([schema.field(name) for name in names]).empty_table()


def _may_hold(group: Any, columns: list[str], only: Mapping[str, Collection[Any]]) -> bool:
    """Tell from the least and greatest values of a stretch of a file whether to read it."""
    for name, values in only.items():
        told = group.column(columns.index(name)).statistics
        if told is not None and told.has_min_max and not any(told.min <= each <= told.max for each in values):
            return False
    return True


def read_rows(
    path: Path, columns: Sequence[str] | None = None, only: Mapping[str, Collection[Any]] | None = None
) -> pa.Table:
    """Read what `stretches` gives at once."""
    return pa.concat_tables(stretches(path, columns, only))


def files_of(folder: Path) -> pa.Table:
    """Say which files a part holds the captures of; none of a part that is not whole."""
    try:
        return read_rows(folder / "files.parquet")
    except (OSError, pa.ArrowInvalid):
        return COUNTED["files"].empty_table()


def rows_of(folder: Path, files: Collection[str]) -> dict[str, pa.Table]:
    """Give the rows of some of a part's files in every table."""
    marks = read_rows(folder / "marks.parquet", ["capture_id", "file"])
    wanted = pa.array(files, pa.string())
    captures = marks.filter(pc.is_in(marks["file"], wanted))["capture_id"].combine_chunks()
    rows = {}
    for name in (*MEASURED, *COUNTED):
        table = read_rows(folder / f"{name}.parquet")
        column, values = ("file", wanted) if name == "files" else ("capture_id", captures)
        rows[name] = table.filter(pc.is_in(table[column], values))
    return rows
