"""A part of the tables on disk: what was measured in some captures, a Parquet file a table."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

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


def schema_of(table: str, columns: Collection[str]) -> pa.Schema:
    """Give the types of a table's columns."""
    return COUNTED.get(table) or pa.schema([(c, _KINDS[k]) for c, k in kinds_of(table, columns).items()])


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
            pq.write_table(table, temporary / f"{name}.parquet", compression="zstd")


def files_of(folder: Path) -> pa.Table:
    """Say which files a part holds the captures of; none of a part that is not whole."""
    try:
        return pq.read_table(folder / "files.parquet")
    except (OSError, pa.ArrowInvalid):
        return COUNTED["files"].empty_table()


def rows_of(folder: Path, files: Collection[str]) -> dict[str, pa.Table]:
    """Give the rows of some of a part's files in every table."""
    marks = pq.read_table(folder / "marks.parquet", columns=["capture_id", "file"])
    wanted = pa.array(files, pa.string())
    captures = marks.filter(pc.is_in(marks["file"], wanted))["capture_id"].combine_chunks()
    rows = {}
    for name in (*MEASURED, *COUNTED):
        table = pq.read_table(folder / f"{name}.parquet")
        column, values = ("file", wanted) if name == "files" else ("capture_id", captures)
        rows[name] = table.filter(pc.is_in(table[column], values))
    return rows
