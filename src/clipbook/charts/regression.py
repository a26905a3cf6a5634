"""The figure of a regression: a coefficient a row, with its interval, about the line at nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.charts.figure import Figure, chart
from clipbook.charts.findings import Show, in_words, number, size_of, surest
from clipbook.charts.forms import dots, rows_height
from clipbook.charts.lettering import brief
from clipbook.charts.style import finish, new_figure, nothing_to_show
from clipbook.stats.regression import INTERCEPT

MOST = 20  # coefficients drawn
_LENGTH = "log_words"  # its coefficient is shown for a doubling, not for 2.7 times as many words
_READABLE = {_LENGTH: "twice as many words", "time": "30 days later"}


@chart
def regression_chart(table: pd.DataFrame, *, what: str, source: str, show: Show = number) -> Figure:
    """Draw the coefficients of a regression.

    Parameters
    ----------
    table : DataFrame
        As from `stats.regression.regression_table`.
    what : str
        The outcome as it reads in a sentence.
    source : str
        For the foot.
    show : callable
        A coefficient to text.
    """
    every = table[table["estimate"].notna() & (table["term"] != INTERCEPT)]
    if every.empty:
        return nothing_to_show(" ".join(note for note in table["note"] if note))
    bounds = ["estimate", "low", "high"]
    every = every.assign(**every[bounds].mul(np.where(every["term"] == _LENGTH, np.log(2), 1), axis=0))
    rows = every.head(MOST)
    names = [_named(term, value) for term, value in zip(rows["term"], rows["value"], strict=True)]
    fig, ax = new_figure(rows_height(len(rows)))
    dots(ax, names, rows["estimate"], rows, show=show, references=[(0.0, "", "left")])
    against = rows.loc[rows["against"] != ""].drop_duplicates("term")
    beside = "; ".join(
        f"{term} against {brief(value)}"
        for term, value in zip(against["term"], against["against"], strict=True)
    )
    subtitle = f"Difference in {what} that goes with each, among articles that are alike in all others"
    subtitle += f" ({beside})" if beside else ""
    subtitle += f"; the first {MOST} of {len(every)}" if len(every) > MOST else ""
    whole = table[table["term"] == INTERCEPT].iloc[0]
    size = f"{int(whole['articles']):,} articles, {int(whole['clusters']):,} clusters of errors"
    left = "; ".join(f"{row.term} {row.note}" for row in table[table["estimate"].isna()].itertuples())
    return finish(
        fig, ax, title=_title(every, what, show), subtitle=subtitle, source=". ".join(filter(None, (source, left))),
        interval="95% interval", data=table,
        alt=in_words(
            "Dots with intervals about a line at 0, a row for each difference", names, rows["estimate"], show, rows
        ),
        limits="Columns that go together cannot be told apart, and what no column holds is not held. Computed as "
        f"{whole['formula']} ({size}).",
    )  # fmt: skip


def _named(term: str, value: str) -> str:
    return str(value) if value else _READABLE.get(term, term)


def _title(rows: pd.DataFrame, what: str, show: Show) -> str:
    """State the surest coefficient, or that none is clear."""
    best = surest(rows.rename(columns={"estimate": "difference"}))
    if best is None:
        return f"No clear difference in {what} that the other columns do not explain"
    size = size_of(best, "difference", show)
    way = "above" if best["difference"] > 0 else "below"
    if best["value"]:
        return (
            f"{brief(best['value'])} is {way} {brief(best['against'])} in {what}, all else equal, by {size}"
        )
    return f"{what[:1].upper()}{what[1:]}: {'up' if way == 'above' else 'down'} by {size} with {_named(best['term'], '')}"
