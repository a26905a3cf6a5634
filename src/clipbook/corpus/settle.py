"""Dates in figures that do not tell day from month, read in the order that others of their file or outlet show."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pandas as pd

from clipbook.article.dates import Stamp, find_dates, order_of, turned
from clipbook.corpus.settle_outlets import OUTLET_COLUMNS, settle_outlets
from clipbook.schema import need_columns

DATE_COLUMNS = ("published", "published_zone", "published_from", "notes")
"""What is settled of a date."""
_OF_DATES = ("source_file", "outlet", *DATE_COLUMNS)
NEEDED = ("source_file", "url", *OUTLET_COLUMNS, *DATE_COLUMNS)
"""What `settle` looks at."""

_NOTE = re.compile(r"(?:^|; )the date '[^']{1,60}' can be read in two ways[^;]*")


def settle_dates(articles: pd.DataFrame) -> pd.DataFrame:
    """Settle the dates that can be read in two ways (3/4/2026), where others of a corpus tell.

    Parameters
    ----------
    articles : DataFrame
        One row an article: ``source_file``, ``outlet``, ``published``, ``published_zone``, ``published_from``,
        ``notes``.

    Returns
    -------
    DataFrame
        The settled rows, with their index: ``published``, ``published_zone``, ``published_from`` and ``notes``.
        A date is read in the order that all telling dates of its file show, else all those of its outlet; where
        these contradict each other or none tells, it stays empty.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, _OF_DATES, made_by="corpus.article_table")
    shown: dict[str, dict[str, Stamp]] = defaultdict(dict)  # by order
    asked: list[tuple[Any, Any, Stamp]] = []
    for index, *values in articles[list(_OF_DATES)].itertuples(name=None):
        row = dict(zip(_OF_DATES, values, strict=True))
        stamp = _in_figures(row["published_from"])
        if stamp is not None and stamp.order:
            for whose in _groups(row):
                shown[whose][stamp.order] = stamp
        if stamp is not None and stamp.other is not None and pd.isna(row["published"]):
            asked.append((index, row, stamp))
    orders = {whose: order_of(found.values()) for whose, found in shown.items()}
    settled: dict[Any, dict[str, Any]] = {}
    for index, row, stamp in asked:
        whose = next((group for group in _groups(row) if orders.get(group)), "")
        if whose:
            settled[index] = _settled(row, turned(stamp, orders[whose]), orders[whose], whose)
    result = pd.DataFrame.from_dict(settled, orient="index", columns=list(DATE_COLUMNS))
    return result.astype({"published": "datetime64[us]", **dict.fromkeys(DATE_COLUMNS[1:], "str")})


def _groups(row: dict[str, Any]) -> list[str]:
    """What an article shares its way of writing dates with, the closest first."""
    return [f"the file {row['source_file']}", *([row["outlet"]] if row["outlet"] else [])]


def _in_figures(source: str) -> Stamp | None:
    """The date that a field ``published_from`` names after its source."""
    found = find_dates(source.partition(": ")[2])
    return found[0] if found else None


def _settled(row: dict[str, Any], stamp: Stamp, order: str, whose: str) -> dict[str, Any]:
    source = row["published_from"]
    notes = _NOTE.sub("", row["notes"]).removeprefix("; ")
    said = f"the date {source.partition(': ')[2]!r} was read {order}, as other dates of {whose} are written"
    return {
        "published": stamp.moment,
        "published_zone": stamp.zone,
        "published_from": f"{source} ({order})",
        "notes": f"{notes}; {said}" if notes else said,
    }


def settle(facts: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of articles that depend on the other articles of the corpus.

    Parameters
    ----------
    facts : DataFrame
        One row a capture, sorted by ``capture_id``: the columns `NEEDED` of ``articles`` as measured, with what the
        researcher knows put in place.

    Returns
    -------
    DataFrame
        The same rows, with those columns alone that may change: the outlet by folder, file name and other pages, in one
        spelling; then the dates that the outlet's others settle.
    """
    settled = facts[list(NEEDED)].copy()
    for step in (settle_outlets, settle_dates):
        changed = step(settled)
        settled.loc[changed.index, list(changed.columns)] = changed
    return settled[[*OUTLET_COLUMNS, *DATE_COLUMNS]]
