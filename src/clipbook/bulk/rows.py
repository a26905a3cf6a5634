"""Rows of a table as CSV, by the capture that they belong to; the same bytes as ``files.write_csv`` gives."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from clipbook.files import DATES, FORMULA_STARTS, harmless

_LOOK_TWICE = frozenset(("'", *FORMULA_STARTS))


def heading(table: pd.DataFrame) -> str:
    """Give the line of a table's column names."""
    return print_cells([table.columns])


def print_rows(table: pd.DataFrame) -> str:
    """Give all rows of a table as CSV, without its heading."""
    return print_cells(_cells(table))


def row_by_row(table: pd.DataFrame) -> list[str]:
    """Give each row of a table as CSV."""
    return [print_cells([row]) for row in _cells(table)]


def by_capture(table: pd.DataFrame, key: str = "capture_id") -> dict[str, str]:
    """Give each capture's rows of a table, which stand together, as CSV."""
    numbered = zip(table[key].tolist(), _cells(table), strict=True)
    return {
        name: print_cells(row for _, row in some) for name, some in groupby(numbered, key=itemgetter(0))
    }


def print_cells(rows: Any) -> str:
    """Write rows of harmless cells as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _cells(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    return zip(*(_column(table.iloc[:, place]) for place in range(table.shape[1])), strict=True)


def _column(column: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return ["" if pd.isna(value) else value.strftime(DATES) for value in column]
    values = column.tolist()
    if column.hasnans:
        values = ["" if missing else value for value, missing in zip(values, column.isna(), strict=True)]
    if column.dtype == object or pd.api.types.is_string_dtype(column.dtype):
        return [
            harmless(value) if isinstance(value, str) and value[:1] in _LOOK_TWICE else value
            for value in values
        ]
    return values
