"""Lines over time: one panel with direct labels for up to four series, small multiples for more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from clipbook.charts.layout import layout
from clipbook.charts.lettering import wrap
from clipbook.charts.scales import Show, date_scale, mark_cut, value_scale
from clipbook.charts.style import (
    BODY,
    CONTEXT,
    DASHES,
    HUES,
    INK,
    MARKERS,
    PAPER,
    RULE,
    new_figure,
)
from clipbook.schema import need_columns

FEW = 31  # periods whose strokes and marks have room


def time_figure(
    table: pd.DataFrame, *, when: str, value: str, series: str, low: str = "", high: str = "", counted: str = "",
    show: Show = "{:.1f}".format, zero: bool = False,
) -> tuple[Figure, Any]:  # fmt: skip
    """Draw a measure over time, a line a series, with upright strokes for intervals.

    A line is broken where a series has nothing: a period without captures is no straight course.

    Parameters
    ----------
    table : DataFrame
        ``when`` (datetime64; rows without a date are left out), ``value`` (number, NaN breaks the line as a missing row does),
        ``series`` (name), and ``low``, ``high`` where named. One row a series and date.
    when, value, series, low, high, counted : str
        The names of those columns; ``counted`` is how many articles, or quotations, a row rests on: a few of them far off do
        not stretch the scale.
    show : callable
        Number to text, for the scale.
    zero : bool
        Whether the scale starts at zero.

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
    step = _step(dated[when])
    dates = dated[when].repeat(list(dated[counted].astype(int))) if counted else dated[when]
    drawn = [(str(name), _with_gaps(rows, when, step)) for name, rows in dated.groupby(series, sort=False)]
    numbers = [
        dated[name].to_numpy(float) if name else np.full(len(dated), np.nan) for name in (value, low, high)
    ]
    if len(drawn) > (2 if low and dated[when].nunique() > 1 else len(HUES)):
        fig, panels = multiples(len(drawn))
        for panel, (name, _) in zip(panels, drawn, strict=True):
            for other, others in drawn:
                if other != name:
                    panel.plot(others[when], others[value], color=RULE, lw=0.7, zorder=1)
            panel_title(panel, name, most=2)
        axes: Any = panels
    else:
        fig, axes = new_figure(3.1)
        panels = [axes] * len(drawn)
        apart = [
            (index - (len(drawn) - 1) / 2) * step * (0.12 if low else 0.0) for index in range(len(drawn))
        ]
        drawn = [
            (name, rows.assign(**{when: rows[when] + by}))
            for (name, rows), by in zip(drawn, apart, strict=True)
        ]
    for index, (panel, (_, rows)) in enumerate(zip(panels, drawn, strict=True)):
        value_scale(panel, *numbers, show=show, zero=zero)
        date_scale(panel, dates, most=3 if axes is panels else 7)
        _one_line(panel, rows, columns, 0 if axes is panels else index)
    if axes is not panels:
        label_ends(axes, drawn, when, value)
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


def _step(days: pd.Series) -> pd.Timedelta:
    """Give the time from one period to the next: a week where all days are Mondays, else the shortest that occurs."""
    known = pd.Series(sorted(set(days)))
    if len(known) < 2 or ((known.dt.day_of_week == 0).all() and not (known.dt.day == 1).all()):
        return pd.Timedelta(days=1 if len(known) < 2 else 7)
    return pd.Timedelta(known.diff().min())


def _with_gaps(rows: pd.DataFrame, when: str, step: pd.Timedelta) -> pd.DataFrame:
    """Put an empty row between periods that lie further apart than one step, so that no line runs across."""
    gaps = rows.loc[rows[when].diff() > step * 1.5, [when]] - step / 2
    return pd.concat([rows, gaps]).sort_values(when, kind="stable") if len(gaps) else rows


def multiples(count: int) -> tuple[Figure, list[Axes]]:
    """Open ``count`` small panels with shared scales, four to a row at most; gives (fig, list of axes)."""
    most = layout().abreast + (count > 4 and not layout().narrow)
    lines = -(-count // most)
    columns = -(-count // lines)
    body = lines * (1.25 if columns > 2 and lines > 1 else 1.8) + 0.3
    fig, grid = new_figure(body, panels=(lines, columns), sharex=True, sharey=True)
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


def label_ends(ax: Axes, lines: Sequence[tuple[str, pd.DataFrame]], when: str, value: str) -> None:
    """Write each line's name at its right end, moved apart where they would overlap."""
    measured = [(name, rows.dropna(subset=[value])) for name, rows in lines]
    ends = [(float(rows[value].iloc[-1]), name, rows[when].iloc[-1]) for name, rows in measured if len(rows)]
    figure = ax.get_figure(root=True)
    low, high = ax.get_ylim()
    inches = float(figure.get_size_inches()[1]) - 0.4  # type: ignore[union-attr]
    room = (high - low) / (inches * 72) * BODY
    heights = [len(wrap(name, _room(ax))) * 1.2 * room for _, name, _ in ends]
    places = _apart([end for end, _, _ in ends], heights, low, high)
    for (end, name, last), place in zip(ends, places, strict=True):
        ax.annotate(
            "\n".join(wrap(name, _room(ax))), (date2num(last), end), xytext=(1.02, place),
            textcoords=("axes fraction", "data"), va="center", ha="left", size=BODY, color=INK,
            parse_math=False, annotation_clip=False, linespacing=1.0,
            arrowprops={"arrowstyle": "-", "color": CONTEXT, "lw": 0.6, "shrinkA": 1, "shrinkB": 3},
        )  # fmt: skip


def _room(ax: Axes) -> float:
    return float(ax.get_figure(root=True).get_size_inches()[0]) * 0.22  # type: ignore[union-attr]


def _one_line(ax: Axes, rows: pd.DataFrame, columns: tuple[str, str, str, str], index: int) -> None:
    when, value, low, high = columns
    hue, few = HUES[index], len(rows) <= FEW
    if low and high:
        ax.vlines(rows[when], rows[low], rows[high], color=hue, lw=1.4 if few else 0.9, alpha=0.6)
        mark_cut(ax, date2num(rows[when]), rows[low], rows[high], hue, upright=True)
    ax.plot(
        rows[when], rows[value], color=hue, ls=DASHES[index], lw=1.8, zorder=3, marker=MARKERS[index],
        ms=5 if few else 3, mec=PAPER, mew=0.6 if few else 0.3,
    )  # fmt: skip


def _apart(wanted: list[float], heights: list[float], lowest: float, highest: float) -> list[float]:
    """Move label places apart so that none overlaps, as little as can be, keeping their order and within the scale."""
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))

    def within(middle: float, height: float) -> float:
        return max(min(middle, highest - height / 2), lowest + height / 2)

    blocks: list[tuple[float, float, list[int]]] = []  # middle, height, labels
    for index in order:
        block = (within(wanted[index], heights[index]), heights[index], [index])
        while blocks and blocks[-1][0] + blocks[-1][1] / 2 > block[0] - block[1] / 2:
            middle, height, labels = blocks.pop()
            weight = len(labels) / (len(labels) + len(block[2]))
            both = height + block[1]
            block = (within(middle * weight + block[0] * (1 - weight), both), both, labels + block[2])
        blocks.append(block)
    places = [0.0] * len(wanted)
    for middle, height, labels in blocks:
        y = middle - height / 2
        for index in labels:
            places[index] = y + heights[index] / 2
            y += heights[index]
    return places
