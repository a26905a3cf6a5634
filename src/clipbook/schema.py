"""The tables of the workbook by name, with the kinds of columns that are not text (``kinds.toml``) and what each means (``columns.toml``); the check of a table that is handed in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pandas as pd

from clipbook.errors import ClipbookError
from clipbook.shipped import shipped

WHOLE, REAL, YES_NO, TIME, TEXT = "int64", "float64", "bool", "datetime64[us]", "str"
TABLES: dict[str, dict[str, str]] = shipped("kinds.toml")


@cache
def meaning(table: str) -> dict[str, str]:
    """Say what each column of a table means, in at most 80 characters, and under "_" what a row is."""
    found: dict[str, str] = shipped("columns.toml")[table]
    return found


def columns_of(table: str) -> tuple[str, ...]:
    """Name the columns of a table in their order; `kinds_of` gives their kinds, `meaning` what they hold."""
    return tuple(name for name in meaning(table) if name != "_")


def kinds_of(table: str, columns: Iterable[str]) -> dict[str, str]:
    """Give the kind of each column of a table; columns of the researcher's own are text."""
    own = TABLES[table]
    return {column: own.get(column, TEXT) for column in columns}


class TableError(ClipbookError, ValueError):
    """A table does not have the columns that the next step needs."""


def need_columns(table: pd.DataFrame, names: Iterable[str], *, made_by: str) -> None:
    """Refuse a table that lacks a column.

    Parameters
    ----------
    table : DataFrame
        The table to check.
    names : iterable of str
        The columns that the caller reads.
    made_by : str
        The function that makes such a table, named in the error.

    Raises
    ------
    TableError
        If it is no table, or a column is missing; the message lists what is missing and what is there.
    """
    if not isinstance(table, pd.DataFrame):
        raise TableError(
            f"A table is needed here, as {made_by} makes it, not a value of type {type(table).__name__}."
        )
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise TableError(
            f"The table has no column {', '.join(missing)}; its columns are "
            f"{', '.join(map(str, table.columns)) or 'none'}. Make it with {made_by}, "
            "or rename your columns to match."
        )


def written_in(articles: pd.DataFrame, language: str = "en") -> pd.Series:
    """Tell which articles are in a language; all where there is no ``language`` column.

    Parameters
    ----------
    articles : DataFrame
        With ``language`` (ISO 639-1; "" where it is not known, which every measure takes for English).
    language : str
        ISO 639-1; "" stands for any.

    Returns
    -------
    Series of bool
        With the index of ``articles``.
    """
    if "language" not in articles or not language:
        return pd.Series(True, index=articles.index)
    return articles["language"].fillna("").replace("", "en") == language
