"""The table of keyness put together from the compared buckets of terms, row by row."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import numpy as np

from clipbook.keywords.keyness import COLUMNS
from clipbook.stats.families import false_discovery_rate
from clipbook.tables.rows import print_cells

_AT_ONCE = 1 << 14  # bytes read of a bucket


def write_keyness(stream: IO[bytes], results: Sequence[Path]) -> None:
    """Write the table, one outlet after the other, each sorted anew from the sorted rows of the buckets.

    Parameters
    ----------
    stream : file
        Where the table goes.
    results : sequence of Path
        From :func:`clipbook.tables.groups.compare_bucket`, a bucket after the other.
    """
    stream.write(print_cells([COLUMNS]).encode())
    sizes = [np.load(folder / "groups.npy", allow_pickle=False) for folder in results]
    rows_before, bytes_before = np.zeros((2, len(results)), np.int64)
    for group in sorted({group for each in sizes for group in each[:, 0].tolist()}):
        mine: list[tuple[Path, int, int]] = []
        p = []
        for number, (folder, each) in enumerate(zip(results, sizes, strict=True)):
            ((rows, length),) = each[each[:, 0] == group, 1:].tolist() or [(0, 0)]
            start, first = int(bytes_before[number]), int(rows_before[number])
            mine.append((folder / "rows", start, start + length))
            p.append(np.load(folder / "p.npy", allow_pickle=False)[first : first + rows])
            rows_before[number] += rows
            bytes_before[number] += length
        q = np.split(false_discovery_rate(np.concatenate(p)), np.cumsum([len(each) for each in p])[:-1])
        rows_in_order = heapq.merge(*(_rows(*each, rate) for each, rate in zip(mine, q, strict=True)))
        stream.writelines(row for *_, row in rows_in_order)


def _rows(path: Path, start: int, end: int, rates: np.ndarray) -> Iterator[tuple[float, str, str, bytes]]:
    """Give the stored rows of a bucket, what they are sorted by and the whole row with its rate."""
    for line, rate in zip(_lines(path, start, end), rates.tolist(), strict=True):
        below_zero, term, key, row = json.loads(line)
        last = "" if np.isnan(rate) else repr(rate)
        yield below_zero, term, key, f"{row[:-1]},{last}\n".encode()


def _lines(path: Path, start: int, end: int) -> Iterator[bytes]:
    """Read a stretch of a file line by line, without holding it open: there may be thousands."""
    rest = b""
    while start < end:
        with path.open("rb") as stream:
            stream.seek(start)
            block = stream.read(min(_AT_ONCE, end - start))
        start += len(block)
        *lines, rest = (rest + block).split(b"\n")
        yield from lines
