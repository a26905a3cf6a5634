"""The tables of the workbook by name, with the columns that are not text (what each means is in ``columns.toml``); the check of a table that is handed in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pandas as pd

from clipbook.errors import ClipbookError
from clipbook.shipped import shipped

WHOLE, REAL, YES_NO, TIME, TEXT = "int64", "float64", "bool", "datetime64[us]", "str"

_SHARES = {"quotes": WHOLE, "words": WHOLE, "share": REAL, "low": REAL, "high": REAL}
TABLES: dict[str, dict[str, str]] = {
    "articles": {
        "published": TIME, "updated": TIME, "paywalled": YES_NO, "words": WHOLE, "kept_share": REAL,
    },
    "lines": {"line": WHOLE, "kept": YES_NO},
    "sentences": {"paragraph": WHOLE, "sentence": WHOLE, "start": WHOLE, "end": WHOLE, "quoted_share": REAL},
    "quotes": {"start": WHOLE, "end": WHOLE, "words": WHOLE, "confidence": REAL, "probability": REAL},
    "quote_share": _SHARES,
    "quote_share_by_outlet": _SHARES,
    "frame_scores": {
        "score": REAL, "cues": WHOLE, "hits": WHOLE, "negated": WHOLE, "words": WHOLE, "expected_cues": REAL,
    },
    "frame_evidence": {
        "start": WHOLE, "end": WHOLE, "sentence": WHOLE, "sentence_start": WHOLE, "sentence_end": WHOLE,
        "negated": YES_NO, "quoted": YES_NO,
    },
    "readability": {"value": REAL, "low": REAL, "high": REAL, "words": WHOLE, "ranked": YES_NO},
    "keywords": {"rank": WHOLE, "score": REAL, "count": WHOLE, "in_headline": YES_NO},
    "keyness": {
        "count": WHOLE, "count_against": WHOLE, "rate": REAL, "rate_against": REAL, "articles": WHOLE,
        "articles_against": WHOLE, "dispersion": REAL, "log_odds": REAL, "low": REAL, "high": REAL, "z": REAL,
        "p": REAL, "q": REAL,
    },
}  # fmt: skip


@cache
def meaning(table: str) -> dict[str, str]:
    """Say what each column of a table means, in at most 80 characters, and under "_" what a row is."""
    found: dict[str, str] = shipped("columns.toml")[table]
    return found


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
