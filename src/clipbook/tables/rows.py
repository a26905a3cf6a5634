"""Rows of a table as CSV, by the capture that they belong to; the same bytes as ``files.write_csv`` gives."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import isnan
from typing import Any

import pandas as pd

from clipbook.files import DATES, FORMULA_STARTS, harmless

_LONGEST_CELL = 1 << 30  # characters
_LOOK_TWICE = frozenset(("'", *FORMULA_STARTS))


def columns_of(table: pd.DataFrame) -> Iterator[list[Any]]:
    """Give a table's columns as lists."""
    for place in range(table.shape[1]):
        column = table.iloc[:, place]
        if pd.api.types.is_datetime64_any_dtype(column.dtype):
            column = column.dt.strftime(DATES)
        values = column.tolist()
        if column.hasnans:
            values = ["" if missing else value for value, missing in zip(values, column.isna(), strict=True)]
        yield values


def read_rows(stored: Iterable[str]) -> Iterator[list[str]]:
    """Read rows back from lines of CSV, whatever the length of a cell."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    return csv.reader(stored)


def print_rows(table: pd.DataFrame) -> str:
    """Give all rows of a table as CSV, without its heading."""
    return print_cells(_rows(columns_of(table)))


def row_by_row(table: pd.DataFrame) -> list[str]:
    """Give each row of a table as CSV."""
    return [print_cells([row]) for row in _rows(columns_of(table))]


def by_capture(columns: Iterable[Sequence[Any]]) -> dict[str, str]:
    """Give each capture's rows of a table as CSV; its name is in the first column, its rows stand together."""
    names, *others = tuple(columns) or ((),)
    rows = list(_rows((names, *others)))
    blocks, start = {}, 0
    for name, same in groupby(names):
        end = start + len(list(same))
        blocks[name] = print_cells(rows[start:end])
        start = end
    return blocks


def print_cells(rows: Iterable[Sequence[Any]]) -> str:
    """Write rows of harmless cells as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _rows(columns: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    return zip(*map(_cells, columns), strict=True)


def _cells(column: Any) -> Sequence[Any]:
    """Give a column as it is written: what is missing empty, formulas made harmless."""
    values: Sequence[Any] = column if isinstance(column, list | tuple) else column.tolist()
    kinds = set(map(type, values))
    if str in kinds:
        return [harmless(v) if isinstance(v, str) and v[:1] in _LOOK_TWICE else v for v in values]
    if float in kinds:
        return ["" if isnan(v) else v for v in values]
    return values
