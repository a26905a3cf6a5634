"""Tables as people read them: few decimals, units in the headings, and links to the evidence of a row."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from clipbook.pages.render import WORDS, EvidenceLinks, isolated, link, plain, render, visible

SHARES, TITLES = frozenset(WORDS["shares"]), WORDS["titles"]
LONGEST = 220  # characters of a text
UNKNOWN = "(unknown)"  # a group, or whatever a row is of, without a name
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00")
_TRUTH = {"True": "yes", "False": "no"}


class Sheet(NamedTuple):
    """A table as text, which the templates escape, and links, which are `Markup`."""

    head: list[str]
    rows: list[list[str]]
    numeric: list[bool]


def lay_out(table: pd.DataFrame, links: EvidenceLinks) -> Sheet:
    """Write out a table for people.

    Parameters
    ----------
    table : DataFrame
        Any table of the workbook, or one read back from CSV as text. Shares become percentages; ``low`` and
        ``high`` become one column, told to be of the number before them; other numbers get decimals by their
        size, the same in a whole column. Offsets into a text are not shown, but lead a row's link there.
    links : EvidenceLinks
        Where the evidence lies.

    Returns
    -------
    Sheet
    """
    known = _numbers(table)
    records: list[Any] = table.to_dict("records")
    columns: list[tuple[str, bool, list[str]]] = []
    for name in map(str, table.columns):
        if name in known and (name in WORDS["places"] or (name == "high" and "low" in known)):
            continue
        if name in known:
            columns.append(_number_column(name, known))
        else:
            cells = [_text(row[name], name, row, links) for row in records]
            columns.append((TITLES.get(name, plain(name)), False, cells))
    rows = [list(cells) for cells in zip(*(cells for _, _, cells in columns), strict=True)]
    return Sheet([head for head, _, _ in columns], rows, [right for _, right, _ in columns])


def notebook_table(table: pd.DataFrame, links: EvidenceLinks, *, rows: int) -> str:
    """Build a table for a notebook's output, the first ``rows`` rows of it.

    Parameters
    ----------
    table : DataFrame
        As for `lay_out`; a named index becomes columns, nested column names are joined, and a row whose first column
        names nothing is told to be of what is unknown.
    links : EvidenceLinks
        As for `lay_out`.
    rows : int
        How many rows are shown; the rest is counted below.

    Returns
    -------
    str
        HTML.
    """
    flat = _flat(table)
    sheet = lay_out(flat.head(rows), links)
    count = f"{len(flat):,} {'row' if len(flat) == 1 else 'rows'}"
    return render(
        "notebook_table.html",
        head=sheet.head,
        rows=sheet.rows,
        sides=["right" if right else "left" for right in sheet.numeric],
        count=f"The first {rows:,} of {count}" if len(flat) > rows else count,
    )


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    flat = table.copy()
    if flat.columns.nlevels > 1:
        flat.columns = pd.Index([", ".join(map(str, names)) for names in flat.columns])
    flat = flat.reset_index() if any(flat.index.names) else flat
    for name in flat.columns[:1]:
        flat[name] = flat[name].mask(flat[name].astype("object").eq(""), UNKNOWN)
    return flat.rename(columns=str)


def _numbers(table: pd.DataFrame) -> dict[str, pd.Series]:
    """Find the columns of numbers, also where they were read back as text."""
    found = {}
    for name in table.columns:
        column = table[name]
        if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
            continue
        filled = column[column.notna() & (column.astype(object) != "")]
        numbers = pd.to_numeric(filled, errors="coerce")
        if len(filled) and numbers.notna().all():
            found[str(name)] = pd.to_numeric(column, errors="coerce").astype(float)
        elif pd.api.types.is_numeric_dtype(column):
            found[str(name)] = column.astype(float)
    return found


def _number_column(name: str, known: Mapping[str, pd.Series]) -> tuple[str, bool, list[str]]:
    """Give a number column's heading, that it stands at the right, and its cells."""
    title = TITLES.get(name, plain(name))
    if name == "low" and "high" in known:
        before = list(known)[: list(known).index("low")]
        share = bool(before) and before[-1] in SHARES
        both = pd.concat([known["low"], known["high"]])
        show = _percent if share else _shown(both)
        cells = [
            f"{show(low)} to {show(high)}" if math.isfinite(low) and math.isfinite(high) else "–"
            for low, high in zip(known["low"], known["high"], strict=True)
        ]
        return "95% interval" + (" (%)" if share else ""), True, cells
    if name in SHARES:
        return f"{title} (%)", True, [_percent(value) for value in known[name]]
    show = _probability if name in WORDS["probabilities"] else _shown(known[name])
    return title, True, [show(value) for value in known[name]]


def _percent(value: float) -> str:
    return f"{value * 100:.0f}" if math.isfinite(value) else "–"


def _probability(value: float) -> str:
    if not math.isfinite(value):
        return "–"
    return "<.001" if value < 0.001 else f"{value:.3f}"


def _shown(column: pd.Series) -> Callable[[float], str]:
    """Choose the decimals of a column: none for whole or large numbers, more for smaller ones."""
    finite = column[column.notna() & column.abs().lt(math.inf)]
    whole = bool((finite % 1 == 0).all())
    largest = float(finite.abs().max()) if len(finite) else 0.0
    decimals = 0 if whole or largest >= 1000 else 1 if largest >= 10 else 2
    return lambda value: f"{value:,.{decimals}f}" if math.isfinite(value) else "–"


def _text(value: Any, name: str, row: Mapping[Any, Any], links: EvidenceLinks) -> str:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return "–"
    text = visible(value)
    target = links.find(name, text, row)
    text = _MIDNIGHT.sub(r"\1", _TRUTH.get(text, text))
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rstrip() + "…"
    return link(target, text) if target else isolated(text)
