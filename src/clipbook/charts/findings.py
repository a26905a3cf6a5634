"""Titles that state what the data show, and "no clear difference" when they show none.

Two groups differ when their 95 % intervals do not overlap (which asks more than a test at 5 % would:
intervals that just touch mean about p = .006; Cumming and Finch 2005, American Psychologist 60, 170-180)
and when, with many groups, their distance also passes Tukey's studentized range, because the highest and
the lowest of many groups lie far apart by chance alone. A measure that was picked because its groups lie
farthest apart is tested at 5 % over the number of measures it was picked from (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np
import pandas as pd

from clipbook.charts.lettering import brief, is_unknown

LEVEL = 0.05
Show = Callable[[float], str]
OVER_ARTICLES = "95% bootstrap interval over articles"
Row = tuple[str, float, float, float]


def percent(value: float) -> str:
    """Give a share (0 to 1) as a whole percentage, or "n/a"."""
    return f"{value:.0%}" if np.isfinite(value) else "n/a"


def number(value: float) -> str:
    """Give a number with one decimal, or "n/a"."""
    return f"{value:.1f}" if np.isfinite(value) else "n/a"


def ranged(value: float, low: float, high: float, show: Show = number) -> str:
    """Give a value with its interval, such as ``61.2 (58.0 to 64.1)``; the value alone without one."""
    if not (np.isfinite(low) and np.isfinite(high)):
        return show(value)
    return f"{show(value)} ({show(low)} to {show(high)})"


def over_articles(lows: Iterable[float]) -> str:
    """Name the intervals that a figure draws, for `style.finish`; "" where none of ``lows`` is known."""
    known = np.isfinite(np.asarray(list(lows), float))
    name = OVER_ARTICLES if known.all() else f"{OVER_ARTICLES}, where there are three or more"
    return name if known.any() else ""


def finding(
    names: Sequence[object],
    values: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    *,
    what: str,
    show: Show = number,
    kind: str = "outlets",
    picked_from: int = 1,
) -> str:
    """State which group stands highest or lowest, or that none clearly does.

    Parameters
    ----------
    names, values, lows, highs : sequences of one length
        The groups, their estimates and the bounds of their intervals; NaN where not measured.
    what : str
        The measure as it reads in a sentence: "share of quoted words".
    show : callable
        Number to text, such as `percent`.
    kind : str
        What the groups are, in the plural.
    picked_from : int
        Of how many measures this one was picked for its differences.

    Returns
    -------
    str
        One sentence without a full stop, for the title of a figure.
    """
    rows = [
        (brief(name), float(value), float(low), float(high))
        for name, value, low, high in zip(names, values, lows, highs, strict=True)
        if np.isfinite(value)
    ]
    if not rows:
        return f"No {kind} with a measured {what}"
    known = [row for row in rows if not is_unknown(row[0])]
    rows = sorted(known or rows, key=lambda row: (-row[1], row[0]))
    top, bottom = rows[0], rows[-1]
    differ = partial(apart, groups=len(rows), picked_from=picked_from)
    if len(rows) == 1:
        return f"{top[0]}: {what} {ranged(*top[1:], show)}"
    if all(differ(top, other) for other in rows[1:]):
        return f"{top[0]} has the highest {what}: {ranged(*top[1:], show)}"
    if all(differ(other, bottom) for other in rows[:-1]):
        return f"{bottom[0]} has the lowest {what}: {ranged(*bottom[1:], show)}"
    if differ(top, bottom):
        return f"{top[0]} is above {bottom[0]} in {what}: {show(top[1])} against {show(bottom[1])}"
    bounded = sum(np.isfinite(row[2:]).all() for row in rows)
    unsure = "No clear difference in" if bounded > 1 else "Too few articles to compare"
    return f"{unsure} {what} between {len(rows)} {kind}"


def apart(upper: Row, lower: Row, *, groups: int = 2, picked_from: int = 1) -> bool:
    """Tell whether one estimate lies clearly above another; never without both intervals.

    Parameters
    ----------
    upper, lower : tuple
        Name, estimate and the bounds of its 95 % interval.
    groups : int
        Of how many groups these are two.
    picked_from : int
        Of how many measures this one was picked for its differences.
    """
    from scipy.stats import studentized_range

    if not upper[2] > lower[3]:
        return False
    error = np.hypot(upper[1] - upper[2], lower[3] - lower[1]) / 1.96
    needed = studentized_range.ppf(1 - 0.05 / picked_from, groups, np.inf) / np.sqrt(2)
    return bool(upper[1] - lower[1] > needed * error)


def surest(tests: pd.DataFrame) -> pd.Series | None:
    """Give the row of a table of comparisons that is least likely to be chance; None where none is clear.

    Parameters
    ----------
    tests : DataFrame
        ``q``, ``low``, ``high`` and ``difference`` or ``slope``, as from `stats.differences` or `stats.slopes`.
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
        least = show(float(tests["detectable"].max()))
        return f"No clear difference in {overall} between {groups} {kind}; one of {least} would show"
    above = best["difference"] > 0
    more, less = (brief(best[side]) for side in (("group", "other") if above else ("other", "group")))
    size = _size(best, "difference", show)
    return f"{more} is above {less} in {name(str(best[outcome]))}, by {size}"


def moves(
    tests: pd.DataFrame, *, what: Callable[[str], str] | str, outcome: str = "outcome", show: Show = number
) -> str:
    """State the surest change over time with its interval, or what size of one could have been seen.

    Parameters
    ----------
    tests : DataFrame
        As from `stats.slopes.changes`: slopes in 30 days.
    what, outcome, show
        As for `differ`.
    """
    name = what if callable(what) else lambda _: what
    overall = name("")
    if tests["slope"].isna().all():
        return f"Too few days with articles to say whether {overall} changes"
    best = surest(tests)
    if best is None:
        least = show(float(tests["detectable"].max()))
        return f"No clear change in {overall} over time; one of {least} in 30 days would show"
    size = _size(best, "slope", show)
    measure = name(str(best[outcome]))
    return f"{measure[:1].upper()}{measure[1:]}: {'up' if best['slope'] > 0 else 'down'} by {size} in 30 days"


def _size(row: pd.Series, column: str, show: Show) -> str:
    """Give the size of a clear difference with its interval, both without sign."""
    least, most = sorted((abs(float(row["low"])), abs(float(row["high"]))))
    return ranged(abs(float(row[column])), least, most, show)


def trend(low: float, high: float, *, what: str, per: str, slope: float, show: Show = number) -> str:
    """State whether a measure rises or falls, from the interval of its slope.

    Parameters
    ----------
    low, high : float
        Bounds of the slope's interval; NaN when it could not be estimated.
    what : str
        The measure as it reads in a sentence.
    per : str
        The unit of time of the slope: "month".
    slope : float
        The estimate.
    show : callable
        Number to text.

    Returns
    -------
    str
        One sentence without a full stop.
    """
    if not (np.isfinite(low) and np.isfinite(high)):
        return f"Too few dates to say whether {what} changes"
    if low <= 0 <= high:
        return f"No clear change in {what} over time"
    verb = "rises" if slope > 0 else "falls"
    least, most = sorted((abs(low), abs(high)))
    return f"{what[:1].upper()}{what[1:]} {verb} by {ranged(abs(slope), least, most, show)} per {per}"
