"""The last step: the parts put together, table by table, in the order of one process."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO

import numpy as np

from clipbook.bulk.across import STATUSES, Across, locate
from clipbook.bulk.measure import END_COLUMNS, HEAD_COLUMNS
from clipbook.bulk.part import Part, open_part
from clipbook.files import harmless


def runs(across: Across) -> Iterator[tuple[int, int, int]]:
    """Give the captures in order as stretches of parts: part, first row, row behind the last."""
    places = [locate(across, capture) for capture in across.order.tolist()]
    numbered = enumerate(places)
    for (part, _), some in groupby(numbered, key=lambda item: (item[1][0], item[1][1] - item[0])):
        rows = [row for _, (_, row) in some]
        yield part, rows[0], rows[-1] + 1


def copy_blocks(across: Across, stream: IO[bytes], table: str, sources: Sequence[Path] | None = None) -> None:
    """Copy a table's rows from the parts, or from what was made of each part in the third step."""
    for part, first, last in runs(across):
        folder = across.folders[part] if sources is None else sources[part]
        if sources is None:
            bounds = open_part(folder).bounds(table)
        else:
            lengths = json.loads((folder / "lengths.json").read_text(encoding="utf-8"))[table]
            bounds = [0, *np.cumsum(lengths).tolist()]
        with (folder / f"{table}.csv").open("rb") as block:
            block.seek(bounds[first])
            stream.write(block.read(bounds[last] - bounds[first]))


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
    stream.write(_line([*HEAD_COLUMNS, "status", "duplicate_of", *END_COLUMNS, *further]))
    for number, first, last in runs(across):
        part = open_part(across.folders[number])
        heads, ends = _blocks(part, "article", first, last), _blocks(part, "article_end", first, last)
        for row, head, end in zip(range(first, last), heads, ends, strict=True):
            capture = int(across.first[number]) + row
            middle = _line(
                ["x", STATUSES[across.status[capture]], harmless(across.duplicate_of.get(capture, ""))]
            )
            stated = part.facts[row]["extra"]
            more = _line(["x", *(harmless(stated.get(name, "")) for name in further)])
            stream.write(head[:-1] + middle[1:-1] + b"," + end[:-1] + more[1:])


def _blocks(part: Part, table: str, first: int, last: int) -> list[bytes]:
    bounds = part.bounds(table)
    with (part.folder / f"{table}.csv").open("rb") as stream:
        stream.seek(bounds[first])
        data = stream.read(bounds[last] - bounds[first])
    start = bounds[first]
    return [
        data[a - start : b - start]
        for a, b in zip(bounds[first:last], bounds[first + 1 : last + 1], strict=True)
    ]


def _line(cells: Sequence[object]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return stream.getvalue().encode("utf-8")
