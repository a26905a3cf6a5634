"""A figure in words, for whoever cannot see it: its form, its range, what stands highest and lowest."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from clipbook.charts.findings import ranged
from clipbook.charts.lettering import brief

Show = Callable[[float], str]


def in_words(
    form: str,
    names: Iterable[object],
    values: Iterable[float],
    show: Show,
    *,
    lows: Iterable[float] | None = None,
    highs: Iterable[float] | None = None,
) -> str:
    """Say what a figure shows in numbers.

    Parameters
    ----------
    form : str
        What is drawn, such as "Bars, a row a speaker".
    names, values : iterables of one length
        What is drawn and its numbers; NaN where something is not measured.
    show : callable
        Number to text.
    lows, highs : iterables, optional
        Bounds of intervals.

    Examples
    --------
    >>> in_words("Bars, a row an outlet", ["Ledger", "Lantern", "Gannet"], [0.2, 0.6, 0.4], "{:.0%}".format)
    'Bars, a row an outlet: 3 values from 20% to 60%. Highest: Lantern, 60%. Lowest: Ledger, 20%.'
    """
    middle = np.asarray(list(values), float)
    called = list(names)
    low, high = (
        np.full(middle.shape, np.nan) if ends is None else np.asarray(list(ends), float)
        for ends in (lows, highs)
    )
    known = np.flatnonzero(np.isfinite(middle))
    if not known.size:
        return f"{form}: nothing could be measured."

    def at(place: int) -> str:
        alike = int((middle[known] == middle[place]).sum()) - 1
        also = f" and {alike:,} more" * (alike > 0)
        return f"{brief(called[place])}{also}, {ranged(middle[place], low[place], high[place], show)}"

    top, bottom = known[middle[known].argmax()], known[middle[known].argmin()]
    if middle[top] == middle[bottom]:
        return f"{form}: {at(top)}."
    missing = f"; {len(middle) - known.size:,} not measured" * (known.size < len(middle))
    return (
        f"{form}: {known.size:,} values from {show(middle[bottom])} to {show(middle[top])}{missing}. "
        f"Highest: {at(top)}. Lowest: {at(bottom)}."
    )
