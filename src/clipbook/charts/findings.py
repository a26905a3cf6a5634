"""What figures say in words: titles that state the surest finding, or the size that one would need to show, and alt texts.

Whether two intervals overlap decides nothing (Schenker and Gentleman 2001, The American Statistician 55, 182-186): titles
rest on tables of comparisons, in which the difference itself has the interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from clipbook.charts.lettering import brief

LEVEL = 0.05
Show = Callable[[float], str]
OVER_ARTICLES = "95% interval over articles"


def percent(value: float) -> str:
    """Give a share (0 to 1) as a whole percentage, or "n/a"."""
    return f"{value:z.0%}" if np.isfinite(value) else "n/a"


def points(value: float) -> str:
    """Give a difference of two shares (0 to 1) in percentage points, with one decimal below ten."""
    if not np.isfinite(value):
        return "n/a"
    return f"{100 * value:z.{int(round(abs(100 * value), 1) < 10)}f} points"


def number(value: float) -> str:
    """Give a number with one decimal, or "n/a"."""
    return f"{value:z.1f}" if np.isfinite(value) else "n/a"


def ranged(value: float, low: float, high: float, show: Show = number) -> str:
    """Give a value with its interval, such as ``61.2 (58.0 to 64.1)``; the value alone without one."""
    if not (np.isfinite(low) and np.isfinite(high)):
        return show(value)
    return f"{show(value)} ({show(low).removesuffix(' points')} to {show(high)})"


def over_articles(
    lows: Iterable[float], name: str = OVER_ARTICLES, *, some: str = ", where there are three or more"
) -> str:
    """Name the intervals that a figure draws, and say ``some`` where not all of ``lows`` are known; "" for none."""
    known = np.isfinite(np.asarray(list(lows), float))
    return (name if known.all() else name + some) if known.any() else ""


def surest(tests: pd.DataFrame) -> pd.Series | None:
    """Give the row of a table of comparisons that is least likely to be chance; None where none is clear.

    Parameters
    ----------
    tests : DataFrame
        ``q``, ``low``, ``high`` and ``difference`` or ``slope``, as from `stats.differences` or `stats.periods`.
    """
    clear = tests[tests["q"] < LEVEL]
    if clear.empty:
        return None
    size = clear["difference" if "difference" in clear else "slope"].abs() / (clear["high"] - clear["low"])
    return clear.assign(size=size).sort_values(["q", "size"], ascending=[True, False], kind="stable").iloc[0]


def differ(
    tests: pd.DataFrame, *, what: Callable[[str], str] | str, outcome: str = "outcome", show: Show = number,
    kind: str = "outlets",
) -> str:  # fmt: skip
    """State the surest difference between groups with its interval, or what size of one could have been seen.

    Parameters
    ----------
    tests : DataFrame
        As from `stats.differences`.
    what : str, or callable
        The measure as it reads in a sentence; from the name of the outcome where there are several.
    outcome : str
        The column that names the outcomes.
    show : callable
        A difference to text.
    kind : str
        What the groups are, in the plural.

    Returns
    -------
    str
        One sentence without a full stop.
    """
    name = what if callable(what) else lambda _: what
    overall = name("")
    if tests.empty:
        return f"Too few articles to compare {overall} between {kind}"
    best = surest(tests)
    if best is None:
        groups = len({*tests["group"], *tests["other"]})
        return f"No clear difference in {overall} between {groups} {kind}; {_would_show(tests, show)}"
    above = best["difference"] > 0
    more, less = (brief(best[side]) for side in (("group", "other") if above else ("other", "group")))
    size = size_of(best, "difference", show)
    return f"{more} is above {less} in {name(str(best[outcome]))}, by {size}"


def moves(
    tests: pd.DataFrame, *, what: Callable[[str], str] | str, outcome: str = "outcome", show: Show = number
) -> str:
    """State the surest change over time with its interval, or what size of one could have been seen.

    Parameters
    ----------
    tests : DataFrame
        As from `stats.periods.changes`.
    what, outcome, show
        As for `differ`.
    """
    name = what if callable(what) else lambda _: what
    overall = name("")
    if tests["slope"].isna().all():
        return f"Too few days with articles to see a change in {overall}"
    best, span = surest(tests), f" in {tests['per'].iloc[0]}"
    if best is None:
        return f"No clear change in {overall} over time; {_would_show(tests, show, span)}"
    size = size_of(best, "slope", show)
    measure = name(str(best[outcome]))
    return f"{measure[:1].upper()}{measure[1:]}: {'up' if best['slope'] > 0 else 'down'} by {size}{span}"


def _would_show(tests: pd.DataFrame, show: Show, span: str = "") -> str:
    """Say what every comparison would have shown; comparisons in which nothing varies tell nothing."""
    least = tests["detectable"].max()
    if np.isnan(least):
        return "nothing that was compared varies"
    return (
        f"one of {show(float(least))}{span} would have shown"
        if np.isfinite(least)
        else "so few articles show none"
    )


def size_of(row: pd.Series, column: str, show: Show) -> str:
    """Give the size of a clear difference with its interval, both without sign."""
    least, most = sorted((abs(float(row["low"])), abs(float(row["high"]))))
    return ranged(abs(float(row[column])), least, most, show)


def in_words(
    form: str, names: Iterable[object], values: Iterable[float], show: Show, bounds: pd.DataFrame | None = None
) -> str:  # fmt: skip
    """Say for whoever cannot see a figure what it shows in numbers: its range, what stands highest and lowest.

    Parameters
    ----------
    form : str
        What is drawn, such as "Bars, a row a speaker".
    names, values : iterables of one length
        What is drawn and its numbers; NaN where something is not measured.
    show : callable
        Number to text.
    bounds : DataFrame, optional
        ``low`` and ``high`` of each value's interval.

    Examples
    --------
    >>> in_words("Bars, a row an outlet", ["Ledger", "Lantern", "Gannet"], [0.2, 0.6, 0.4], "{:.0%}".format)
    'Bars, a row an outlet: 3 values from 20% to 60%. Highest: Lantern, 60%. Lowest: Ledger, 20%.'
    """
    middle = np.asarray(list(values), float)
    called = list(names)
    ends = np.full((len(middle), 2), np.nan) if bounds is None else bounds[["low", "high"]].to_numpy(float)
    known = np.flatnonzero(np.isfinite(middle))
    if not known.size:
        return f"{form}: nothing could be measured."

    def at(place: int) -> str:
        alike = int((middle[known] == middle[place]).sum()) - 1
        also = f" and {alike:,} more" * (alike > 0)
        return f"{brief(called[place])}{also}, {ranged(middle[place], ends[place, 0], ends[place, 1], show)}"

    top, bottom = known[middle[known].argmax()], known[middle[known].argmin()]
    if middle[top] == middle[bottom]:
        return f"{form}: {at(top)}."
    missing = f"; {len(middle) - known.size:,} not measured" * (known.size < len(middle))
    return (
        f"{form}: {known.size:,} values from {show(middle[bottom])} to {show(middle[top])}{missing}. "
        f"Highest: {at(top)}. Lowest: {at(bottom)}."
    )


def joined(*names: Iterable[object]) -> list[str]:
    """Name what stands for several things at once, such as a speaker in an outlet: "Ana Ruiz, Ledger"."""
    return [", ".join(map(str, parts)) for parts in zip(*names, strict=True)]
