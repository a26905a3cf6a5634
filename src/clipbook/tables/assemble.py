"""The last step: the parts put together, table by table, in the order of one process."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from clipbook.files import harmless
from clipbook.quotes.share import SHARE_COLUMNS
from clipbook.schema import TABLES
from clipbook.tables.across import STATUSES, Across
from clipbook.tables.back import Back
from clipbook.tables.finish import finished_headings
from clipbook.tables.merge import write_keyness
from clipbook.tables.parquet import csv_to_parquet
from clipbook.tables.part import Part, lengths_of
from clipbook.tables.read_back import FORMATS, Tables
from clipbook.tables.rows import print_cells
from clipbook.tables.table_rows import END_COLUMNS, HEAD_COLUMNS, headings

Bounds = NDArray[np.int64]


def write_all(
    across: Across, back: Back, out: Path, further: Sequence[str], form: str, *, before: Path
) -> list[Path]:
    """Write all tables under temporary names, then put them in place.

    Parameters
    ----------
    across, back : Across, Back
        What the second and third step found.
    out : Path
        The folder of the tables.
    further : sequence of str
        The columns of articles behind clipbook's own.
    form : {"csv", "parquet"}
        How the tables are written.
    before : Path
        A file that goes before the first table is put in place: it says that the old ones are whole.
    """
    by_part = {"quotes": back.spoken, "quote_share": back.spoken, "keywords": back.worded}
    temporary = Path(tempfile.mkdtemp(dir=out, prefix=".tables-"))
    try:
        with (temporary / "articles.csv").open("wb") as stream:
            write_articles(across, stream, further)
        for table, names in (*headings(), *finished_headings()):
            with (temporary / f"{table}.csv").open("wb") as stream:
                stream.write(names.encode())
                copy_blocks(across, stream, table, by_part.get(table))
        with (temporary / "quote_share_by_outlet.csv").open("wb") as stream:
            stream.write(print_cells([SHARE_COLUMNS]).encode())
            for path in back.shares:
                stream.write(path.read_bytes())
        with (temporary / "keyness.csv").open("wb") as stream:
            write_keyness(stream, back.compared)
        made = sorted(temporary.glob("*.csv"))
        if form == "parquet":
            for path in made:
                csv_to_parquet(path, path.with_suffix(".parquet"), path.stem)
            made = [path.with_suffix(".parquet") for path in made]
        before.unlink(missing_ok=True)
        for path in made:
            os.replace(path, out / path.name)
        for other in (Tables(out, ending) for ending in FORMATS if ending != form):
            if not other.missing():  # of an earlier run; a lone file is somebody else's
                for name in TABLES:
                    other.file(name).unlink()
        return [out / path.name for path in made]
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def runs(across: Across) -> Iterator[tuple[int, int, int]]:
    """Give the captures in order as stretches of parts: part, first row, row behind the last."""
    part = np.searchsorted(across.first, across.order, side="right") - 1
    row = across.order - across.first[part]
    opens = np.flatnonzero((np.diff(part, prepend=-1) != 0) | (np.diff(row, prepend=-1) != 1))
    lengths = np.diff(opens, append=len(row))
    for place, length in zip(opens.tolist(), lengths.tolist(), strict=True):
        yield int(part[place]), int(row[place]), int(row[place]) + length


def copy_blocks(across: Across, stream: IO[bytes], table: str, sources: Sequence[Path] | None = None) -> None:
    """Copy a table's rows from the parts, or from what was made of each part in the third step."""
    folders = across.folders if sources is None else sources
    bounds = [
        Part(folder).bounds(table) if sources is None else _bounds(lengths_of(folder, table))
        for folder in folders
    ]
    for part, first, last in runs(across):
        stream.write(_read(folders[part] / f"{table}.csv", bounds[part], first, last))


def _bounds(lengths: Sequence[int]) -> Bounds:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


def _read(path: Path, bounds: Bounds, first: int, last: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(int(bounds[first]))
        return stream.read(int(bounds[last] - bounds[first]))


def write_articles(across: Across, stream: IO[bytes], further: Sequence[str]) -> None:
    """Write the table of articles, with what only all captures together tell of them.

    Parameters
    ----------
    across : Across
        Status and original of each capture.
    stream : file
        Where the rows go.
    further : sequence of str
        The columns behind clipbook's own.
    """
    stream.write(_line([*HEAD_COLUMNS, "status", "duplicate_of", *END_COLUMNS, *map(harmless, further)]))
    blocks = ("article", "article_end", "article_more")
    bounds = [[Part(folder).bounds(name) for folder in across.folders] for name in blocks]
    for number, first, last in runs(across):
        folder = across.folders[number]
        each = [
            _pieces(folder / f"{name}.csv", mine[number], first, last)
            for name, mine in zip(blocks, bounds, strict=True)
        ]
        for row, head, end, more in zip(range(first, last), *each, strict=True):
            capture = int(across.first[number]) + row
            middle = _line(
                ["x", STATUSES[across.status[capture]], harmless(across.duplicate_of.get(capture, ""))]
            )
            stated = json.loads(more) if further else {}
            behind = _line(["x", *(harmless(stated.get(name, "")) for name in further)])
            stream.write(head[:-1] + middle[1:-1] + b"," + end[:-1] + behind[1:])


def _pieces(path: Path, bounds: Bounds, first: int, last: int) -> list[bytes]:
    data = _read(path, bounds, first, last)
    ends = (bounds[first : last + 1] - bounds[first]).tolist()
    return [data[a:b] for a, b in pairwise(ends)]


@lru_cache(maxsize=64)
def _cells(cells: tuple[str, ...]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return stream.getvalue().encode("utf-8")


def _line(cells: Sequence[str]) -> bytes:
    return _cells(tuple(cells))
