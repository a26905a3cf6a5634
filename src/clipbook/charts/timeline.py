"""Lines over time: one panel with direct labels for up to four series, small multiples for more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from clipbook.charts.lettering import wrap
from clipbook.charts.style import (
    BODY,
    CONTEXT,
    DASHES,
    GRID,
    HUES,
    INK,
    MARKERS,
    PAPER,
    QUIET,
    RULE,
    new_figure,
)
from clipbook.schema import need_columns

Show = Callable[[float], str]
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Steps between ticks, from the finest; the first that gives few enough ticks is taken.
STEPS = ("1D", "2D", "W-MON", "2W-MON", "MS", "2MS", "QS", "2QS", "YS", "2YS", "5YS", "10YS", "25YS")


def time_figure(
    table: pd.DataFrame, *, when: str, value: str, series: str, low: str = "", high: str = "",
    show: Show = "{:.1f}".format, zero: bool = False, width: Literal["screen", "print"] = "screen",
) -> tuple[Figure, Any]:  # fmt: skip
    """Draw a measure over time, a line a series, with bands for intervals.

    Parameters
    ----------
    table : DataFrame
        ``when`` (datetime64; rows without a date are left out), ``value`` (number, NaN breaks the line),
        ``series`` (name), and ``low``, ``high`` where named. One row a series and date.
    when, value, series, low, high : str
        The names of those columns.
    show : callable
        Number to text, for the scale.
    zero : bool
        Whether the scale starts at zero.
    width : {"screen", "print"}

    Returns
    -------
    (Figure, Axes or array of Axes)
        For `style.finish`; the series in the order in which they come in the table.

    Raises
    ------
    TableError
        If a column is missing.
    """
    columns = (when, value, low, high)
    need_columns(table, filter(None, (series, *columns)), made_by="the measure's table function")
    dated = table[table[when].notna()].sort_values(when, kind="stable")
    order = {name: place for place, name in enumerate(dict.fromkeys(table[series]))}
    dated = dated.sort_values(series, key=lambda names: names.map(order), kind="stable")
    drawn = [(str(name), rows) for name, rows in dated.groupby(series, sort=False)]
    shown = [name for name in (value, low, high) if name]
    if len(drawn) > (2 if low and dated[when].nunique() > 1 else len(HUES)):
        fig, panels = multiples(len(drawn), width=width)
        for panel, (name, rows) in zip(panels, drawn, strict=True):
            for other, others in drawn:
                if other != name:
                    panel.plot(others[when], others[value], color=RULE, lw=0.7, zorder=1)
            _one_line(panel, rows, columns, 0)
            panel_title(panel, name, most=2)
        axes: Any = panels
    else:
        fig, axes = new_figure(3.1, width=width)
        panels = [axes]
        drawn = _side_by_side(drawn, when)
        for index, (_, rows) in enumerate(drawn):
            _one_line(axes, rows, columns, index)
        label_ends(axes, drawn, when, value, dated[shown])
    for panel in panels:
        value_scale(panel, dated[shown].to_numpy(float), show=show, zero=zero)
        date_scale(panel, dated[when], most=3 if len(panels) > 1 else 7)
    return fig, axes


def per_step(counts: pd.Series, what: str) -> str:
    """Say how many articles, or whatever is counted, the steps of a time line rest on; for the foot.

    Parameters
    ----------
    counts : Series
        A number a step.
    what : str
        What a step is, such as "week".
    """
    low, high = int(counts.min()), int(counts.max())
    return f"; {low:,} a {what}" if low == high else f"; {low:,} to {high:,} a {what}"


def multiples(count: int, *, width: Literal["screen", "print"] = "screen") -> tuple[Figure, list[Axes]]:
    """Open ``count`` small panels with shared scales, four to a row at most; gives (fig, list of axes)."""
    most = 4 if width == "screen" and count != 4 else 3
    lines = -(-count // most)
    columns = -(-count // lines)
    body = lines * (1.25 if columns > 2 and lines > 1 else 1.8) + 0.3
    fig, grid = new_figure(body, width=width, panels=(lines, columns), sharex=True, sharey=True)
    panels = list(np.atleast_1d(grid).ravel())
    for spare in panels[count:]:
        spare.remove()
    for panel in panels[max(0, count - columns) : count]:
        panel.tick_params(labelbottom=True)
    return fig, panels[:count]


def panel_title(ax: Axes, name: object, *, names: float = 0.0, first: bool = False, most: int = 3) -> None:
    """Write a panel's name above it, at the left, on at most ``most`` lines.

    Parameters
    ----------
    ax : Axes
    name : object
    names : float
        Inches that the names of rows take.
    first : bool
        Whether only the first column has such names.
    most : int
    """
    figure = ax.get_figure(root=True)
    columns = ax.get_subplotspec().get_gridspec().ncols  # type: ignore[union-attr]
    whole = float(figure.get_size_inches()[0])  # type: ignore[union-attr]
    room = (whole - names) / columns - 0.2 if first else whole / columns - max(names + 0.2, 0.25) - 0.2
    lines = wrap(name, room, size=BODY, weight="bold", most=most)
    ax.set_title("\n".join(lines), loc="left", size=BODY, weight="bold", color=INK, pad=3, parse_math=False)


def date_scale(ax: Axes, dates: pd.Series, *, most: int = 7) -> None:
    """Mark the days, months or years that ``dates`` span with at most ``most`` ticks.

    A single day, a few weeks or many years all get ticks at round dates; the year stands under the first
    tick and under the first of each new year.
    """
    known = pd.to_datetime(dates.dropna())
    if known.empty:
        ax.set_xticks([])
        return
    first, last = known.min().normalize(), known.max().normalize()
    ticks = _round_dates(first, last, most)
    ax.set_xticks(date2num(ticks), _date_names(ticks), parse_math=False)
    margin = max((last - first).days * 0.03, 0.6)
    ax.set_xlim(date2num(first) - margin, date2num(known.max()) + margin)


def value_scale(ax: Axes, numbers: np.ndarray, *, show: Show, zero: bool = False) -> None:
    """Set the upright scale: few round ticks, light rules, no line."""
    known = numbers[np.isfinite(numbers)]
    if known.size:
        low, high = (min(0.0, known.min()) if zero else known.min()), known.max()
        margin = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        ax.set_ylim(low if zero and low == 0 else low - margin, high + margin)
    ax.locator_params(axis="y", nbins=4)
    ax.yaxis.set_major_formatter(lambda number, _: show(number))
    ax.tick_params(axis="y", length=0, labelcolor=QUIET, labelsize=BODY - 0.5)
    ax.grid(axis="y", color=GRID, lw=0.8)
    ax.spines["left"].set_visible(False)


def label_ends(
    ax: Axes, lines: Sequence[tuple[str, pd.DataFrame]], when: str, value: str, numbers: pd.DataFrame
) -> None:
    """Write each line's name at its right end, moved apart where they would overlap."""
    measured = [(name, rows.dropna(subset=[value])) for name, rows in lines]
    ends = [(float(rows[value].iloc[-1]), name, rows[when].iloc[-1]) for name, rows in measured if len(rows)]
    figure = ax.get_figure(root=True)
    spread = numbers.to_numpy(float)
    span = (np.nanmax(spread) - np.nanmin(spread)) * 1.16 if np.isfinite(spread).any() else 1.0
    inches = float(figure.get_size_inches()[1]) - 0.4  # type: ignore[union-attr]
    room = (span or 1.0) / (inches * 72) * BODY
    heights = [len(wrap(name, _room(ax))) * 1.2 * room for _, name, _ in ends]
    places = _apart([end for end, _, _ in ends], heights)
    for (end, name, last), place in zip(ends, places, strict=True):
        ax.annotate(
            "\n".join(wrap(name, _room(ax))), (date2num(last), end), xytext=(1.02, place),
            textcoords=("axes fraction", "data"), va="center", ha="left", size=BODY, color=INK,
            parse_math=False, annotation_clip=False, linespacing=1.0,
            arrowprops={"arrowstyle": "-", "color": CONTEXT, "lw": 0.6, "shrinkA": 1, "shrinkB": 3},
        )  # fmt: skip


def _room(ax: Axes) -> float:
    return float(ax.get_figure(root=True).get_size_inches()[0]) * 0.22  # type: ignore[union-attr]


def _side_by_side(lines: list[tuple[str, pd.DataFrame]], when: str) -> list[tuple[str, pd.DataFrame]]:
    """Set series that all fall on one day a little apart, so that their intervals can be told apart."""
    if len({day for _, rows in lines for day in rows[when]}) != 1:
        return lines
    middle = (len(lines) - 1) / 2
    steps = [pd.Timedelta(hours=5 * (index - middle)) for index in range(len(lines))]
    return [
        (name, rows.assign(**{when: rows[when] + step}))
        for (name, rows), step in zip(lines, steps, strict=True)
    ]


def _one_line(ax: Axes, rows: pd.DataFrame, columns: tuple[str, str, str, str], index: int) -> None:
    when, value, low, high = columns
    hue = HUES[index]
    if low and high:
        lower, upper = rows[low].to_numpy(float), rows[high].to_numpy(float)
        ax.fill_between(rows[when].to_numpy(), lower, upper, color=hue, alpha=0.16, lw=0)
        alone = _alone(np.isfinite(lower) & np.isfinite(upper))
        ax.vlines(rows[when][alone], lower[alone], upper[alone], color=hue, lw=1.8)
    ax.plot(
        rows[when], rows[value], color=hue, ls=DASHES[index], lw=1.8, zorder=3,
        marker=MARKERS[index] if len(rows) <= 31 else "", ms=4.5 if len(rows) > 1 else 6.5,
        mec=PAPER, mew=0.6,
    )  # fmt: skip


def _alone(known: np.ndarray) -> np.ndarray:
    """Tell which places have an interval and no neighbour with one, so that no band can show it."""
    around = np.pad(known, 1)
    return known & ~around[:-2] & ~around[2:]


def _apart(wanted: list[float], heights: list[float]) -> list[float]:
    """Move label places apart so that none overlaps, as little as can be, keeping their order."""
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    blocks: list[tuple[float, float, list[int]]] = []  # middle, height, labels
    for index in order:
        block = (wanted[index], heights[index], [index])
        while blocks and blocks[-1][0] + blocks[-1][1] / 2 > block[0] - block[1] / 2:
            middle, height, labels = blocks.pop()
            weight = len(labels) / (len(labels) + len(block[2]))
            block = (middle * weight + block[0] * (1 - weight), height + block[1], labels + block[2])
        blocks.append(block)
    places = [0.0] * len(wanted)
    for middle, height, labels in blocks:
        y = middle - height / 2
        for index in labels:
            places[index] = y + heights[index] / 2
            y += heights[index]
    return places


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
