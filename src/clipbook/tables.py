"""What every table function shares: the check of its input's columns, and which articles it can read."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


class TableError(ValueError):
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
        If a column is missing; the message lists what is missing and what is there.
    """
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
