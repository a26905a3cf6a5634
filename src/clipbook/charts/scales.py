"""Scales that a few wide intervals or far dates do not stretch, marked at round numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import date2num
from matplotlib.ticker import MaxNLocator

from clipbook.charts.style import BODY, CUT, GRID, QUIET
from clipbook.stats.periods import main_span

Show = Callable[[float], str]
WIDE = 3  # times the middle interval: a wider one does not set the scale alone
_ARROW: Any = {"ms": 5, "mew": 0, "clip_on": False, "zorder": 5, "label": CUT}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Steps between ticks, from the finest; the first that gives few enough ticks is taken.
STEPS = ("1D", "2D", "W-MON", "2W-MON", "MS", "2MS", "QS", "2QS", "YS", "2YS", "5YS", "10YS", "25YS")


def extent(middle: np.ndarray, lows: np.ndarray, highs: np.ndarray) -> tuple[float, float]:
    """Give the ends of a scale: all values, and their intervals unless a few wide ones would stretch it.

    An interval that is more than three times as wide as the middle one may take as much room again as the values do, and
    no more; `mark_cut` says where it goes on.

    Examples
    --------
    >>> low, high = np.array([1.0, 2, 3, 0]), np.array([3.0, 4, 5, 60])
    >>> [float(end) for end in extent(np.array([2.0, 3, 4, 5]), low, high)]
    [0.0, 8.0]
    """
    with np.errstate(invalid="ignore"):
        known = np.isfinite(lows) & np.isfinite(highs)
        widths = (highs - lows)[known]
        fair = widths <= WIDE * np.median(widths) if widths.size else known[:0]
        values = middle[np.isfinite(middle)]
    if not values.size:
        return np.nan, np.nan
    low, high = float(values.min()), float(values.max())
    room = high - low
    return (
        min(low, max(float(lows[known].min(initial=low)), low - room), float(lows[known][fair].min(initial=low))),
        max(high, min(float(highs[known].max(initial=high)), high + room), float(highs[known][fair].max(initial=high))),
    )  # fmt: skip


def mark_cut(ax: Axes, places: Any, lows: Any, highs: Any, colours: Any, *, upright: bool = False) -> None:
    """Draw an arrow at the edge of the axes wherever an interval goes on beyond it; `style.finish` says so.

    Parameters
    ----------
    ax : Axes
        With its scale set.
    places, lows, highs : sequences of one length
        Where the intervals stand, and their bounds.
    colours : str, or sequence of them
    upright : bool
        Whether the intervals stand upright.
    """
    first, last = sorted(ax.get_ylim() if upright else ax.get_xlim())
    colours = np.broadcast_to(colours, len(places))
    for place, low, high, colour in zip(places, lows, highs, colours, strict=True):
        for edge, beyond, marks in ((first, low < first, "<v"), (last, high > last, ">^")):
            if beyond:
                x, y = (place, edge) if upright else (edge, place)
                ax.plot([x], [y], marks[upright], color=str(colour), **_ARROW)


def number_scale(axis: Axis, show: Show, *, ticks: int = 4) -> None:
    """Mark a scale, whose ends are set, at a few round numbers: written as in the figure, finer where two would be alike.

    Parameters
    ----------
    axis : matplotlib Axis
    show : callable
        Number to text; decimals that are all nought are left out.
    ticks : int
        About how many.
    """
    axis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 2.5, 5, 10]))
    low, high = sorted(axis.get_view_interval())
    places = [float(place) for place in axis.get_majorticklocs() if low <= place <= high]
    texts = [show(place) for place in places]
    if len(set(texts)) < len(texts):
        texts = [
            f"{place:.1%}" if "%" in text else f"{place:g}" for place, text in zip(places, texts, strict=True)
        ]
    short = [text.rstrip("0").rstrip(".") if re.search(r"\.\d+$", text) else text for text in texts]
    axis.set_ticks(places, [text.replace("-", "−") for text in short])


def from_zero(ax: Axes, most: float, show: Any = "{:.2f}".format) -> None:
    """Let the scale run from zero to a little beyond the largest number, which is written by ``show``."""
    ax.set_xlim(-0.04 * (most or 1), (most or 1) * 1.06)
    number_scale(ax.xaxis, show)


def date_scale(ax: Axes, dates: pd.Series, *, most: int = 7) -> None:
    """Mark the days, months or years that ``dates`` span with at most ``most`` ticks.

    A single day, a few weeks or many years all get ticks at round dates; the year stands under the first
    tick and under the first of each new year. Where a few dates lie far off (see `periods.main_span`), an arrow at the
    edge names the year of the farthest.
    """
    known = pd.to_datetime(dates.dropna())
    if known.empty:
        ax.set_xticks([])
        return
    start, end = main_span(known)
    first, last = start.normalize(), end.normalize()
    margin = max((last - first).days * 0.06, 0.6)
    low, high = date2num(first) - margin, date2num(end) + margin
    ticks = _round_dates(first, last, most)
    names = dict(zip(date2num(ticks), _date_names(ticks), strict=True))
    for edge, day, name in ((low, known.min(), "◂ {}"), (high, known.max(), "{} ▸")):
        if not low <= date2num(day) <= high:
            near = (high - low) / most / 2
            names = {edge: name.format(day.year)} | {
                x: told for x, told in names.items() if abs(x - edge) > near
            }
    ax.set_xticks(list(names), list(names.values()))
    ax.set_xlim(low, high)


def value_scale(
    ax: Axes, middle: np.ndarray, lows: np.ndarray, highs: np.ndarray, *, show: Show, zero: bool = False
) -> None:
    """Set the upright scale: few round ticks, light rules, no line; see `forms.extent`."""
    low, high = extent(np.append(middle, 0.0) if zero else middle, lows, highs)
    if np.isfinite(low):
        margin = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        ax.set_ylim(low if zero and low == 0 else low - margin, high + margin)
    number_scale(ax.yaxis, show)
    ax.tick_params(axis="y", length=0, labelcolor=QUIET, labelsize=BODY - 0.5)
    ax.grid(axis="y", color=GRID, lw=0.8)
    ax.spines["left"].set_visible(False)


def _round_dates(first: pd.Timestamp, last: pd.Timestamp, most: int) -> list[pd.Timestamp]:
    for step in STEPS:
        ticks = list(pd.date_range(first, last, freq=step))
        if len(ticks) <= most:
            return ticks if len(ticks) > 1 else sorted({first, last})
    return [first, last]


def _date_names(ticks: list[pd.Timestamp]) -> list[str]:
    if all(tick.month == 1 and tick.day == 1 for tick in ticks) and len(ticks) > 1:
        return [str(tick.year) for tick in ticks]
    monthly = all(tick.day == 1 for tick in ticks) and len(ticks) > 1
    years = [None, *(tick.year for tick in ticks)]
    return [
        (MONTHS[tick.month - 1] if monthly else f"{tick.day} {MONTHS[tick.month - 1]}")
        + (f"\n{tick.year}" if tick.year != before else "")
        for tick, before in zip(ticks, years, strict=False)
    ]
