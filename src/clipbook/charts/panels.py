"""Panels: a table with bars in its cells, and one panel a frame, on common scales."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clipbook.charts.findings import percent
from clipbook.charts.forms import ROW, name_inches
from clipbook.charts.lettering import called, text_width, wrap
from clipbook.charts.style import (
    BAND,
    BLUE,
    BODY,
    CONTEXT,
    GRID,
    INK,
    PAPER,
    QUIET,
    RULE,
    WIDTHS,
    HouseFigure,
    new_figure,
)
from clipbook.charts.timeline import panel_title

MOST_COLUMNS = 5
_ROW = 0.34  # inches
_NAMES = 1.75  # inches that the names of rows may take
_BESIDE = text_width("100%", BODY) / 72 + 0.1  # inches that the longest value takes beside its bar


def bar_table(
    cells: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], *, notes: Sequence[str] = (),
    muted: Collection[str] = (),
) -> tuple[HouseFigure, Any]:  # fmt: skip
    """Draw shares so that a row can be read across and a column down, all on one scale.

    Parameters
    ----------
    cells : DataFrame
        ``row``, ``column``, ``share``, ``low``, ``high`` (0 to 1; bounds NaN where there is no interval) and, if the bars are
        to say more than their share, ``label``. A cell that is missing stays empty.
    rows, columns : sequence of str
        The names in their order; at most `MOST_COLUMNS` columns.
    notes : sequence of str
        What stands below each column's name.
    muted : collection of str
        Rows and columns that stand for no one, in grey.

    Returns
    -------
    (Figure, Axes)
    """
    room = WIDTHS["screen"] - _NAMES - 0.3
    heads = [
        wrap(called(name), room / len(columns) - 0.1, size=BODY, weight="bold", most=2) for name in columns
    ]
    deepest = max(map(len, heads)) + bool(notes)
    fig, ax = new_figure(_ROW * len(rows) + 0.19 * deepest + 0.15)
    limit = max(float(np.nanmax(cells[["share", "high"]].to_numpy(float))), 0.01)
    beside = (
        _BESIDE
        if "label" not in cells
        else max(text_width(label, BODY) for label in cells["label"]) / 72 + 0.1
    )
    scale = max(1 - beside * len(columns) / room, 0.3)
    per = scale / limit
    where = {name: place for place, name in enumerate(columns)}
    line = {name: place for place, name in enumerate(rows)}
    names = cells[["row", "column"]].itertuples(index=False)
    values = cells[["share", "low", "high"]].to_numpy(float)
    labels = cells["label"] if "label" in cells else cells["share"].map(percent)
    for (row, column), (share, low, high), label in zip(names, values, labels, strict=True):
        x, y, grey = where[column], line[row], row in muted or column in muted
        if np.isfinite(low) and np.isfinite(high):
            ax.barh(y, (high - low) * per, left=x + low * per, height=0.66, color=BAND, zorder=1)
        ax.barh(y, share * per, left=x, height=0.36, color=CONTEXT if grey else BLUE, zorder=2)
        ax.text(
            x + share * per + 0.02,
            y,
            label,
            va="center",
            parse_math=False,
            size=BODY - 0.5,
            color=INK,
            zorder=3,
        )
    ax.vlines(range(len(columns)), -0.5, len(rows) - 0.5, color=RULE, lw=1, zorder=3)
    for place, lines in enumerate(heads):
        ax.annotate(
            "\n".join(lines), (place, -0.5), xytext=(0, 3 + 12 * bool(notes)), textcoords="offset points", va="bottom",
            size=BODY, weight="bold", color=INK, parse_math=False, linespacing=1.15,
        )  # fmt: skip
        if notes:
            ax.annotate(notes[place], (place, -0.5), xytext=(0, 3), textcoords="offset points", va="bottom", size=BODY - 1.5,
                        color=QUIET, parse_math=False)  # fmt: skip
    named = [wrap(called(name), _NAMES, size=BODY, most=1)[0] for name in rows]
    ax.set_yticks(range(len(rows)), named, parse_math=False)
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(-0.01, len(columns))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xticks([])
    ax.spines[["left", "bottom"]].set_visible(False)
    return fig, ax


PANELS_ABREAST = 3
LABEL = BODY - 0.8  # points


def frame_panels(
    table: pd.DataFrame,
    groups: list[str],
    labels: list[str],
    names: Mapping[str, str],
    show: Any = "{:.2f}".format,
    muted: str = "",
) -> tuple[Figure, Any]:
    """Draw a panel a frame with a dot and its interval a group.

    Parameters
    ----------
    table : DataFrame
        ``group``, ``frame``, ``mean``, ``low``, ``high``.
    groups, labels : list of str
        The groups in the order of their rows, and what stands beside them.
    names : mapping
        A frame's name to its title.
    show : callable
        Number to text, for the scale.
    muted : str
        The group in grey, such as that of all others.

    Returns
    -------
    (Figure, array of Axes)
        For `style.finish`.
    """
    frames = list(dict.fromkeys(table["frame"]))
    abreast = min(len(frames), PANELS_ABREAST)
    lines = -(-len(frames) // abreast)
    body = lines * (len(groups) * ROW * 0.8 + 0.75)
    fig, grid = new_figure(body, panels=(lines, abreast), sharex=True, sharey=True)
    axes = list(np.atleast_1d(grid).ravel())
    for spare in axes[len(frames) :]:
        spare.remove()
    for ax in axes[max(0, len(frames) - abreast) : len(frames)]:
        ax.tick_params(labelbottom=True)
    room = name_inches(axes[0]) * 0.75
    wrapped = ["\n".join(wrap(label, room, size=LABEL, most=2)) for label in labels]
    widest = max(text_width(line, LABEL) for label in wrapped for line in label.split("\n")) / 72
    for ax, frame in zip(axes, frames, strict=False):
        rows = table[table["frame"] == frame].set_index("group").reindex(groups)
        places = np.arange(len(groups))
        colours = [CONTEXT if group == muted else BLUE for group in groups]
        ax.hlines(places, rows["low"], rows["high"], color=colours, lw=1.8, zorder=3)
        ax.scatter(rows["mean"], places, s=30, color=colours, ec=PAPER, lw=0.7, zorder=4)
        ax.grid(axis="y", color=GRID, lw=0.8)
        ax.xaxis.set_major_formatter(lambda value, _: show(value))
        ax.locator_params(axis="x", nbins=4)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        panel_title(ax, names[frame], names=widest, first=True)
        ax.tick_params(axis="y", labelsize=LABEL)
    axes[0].set_yticks(range(len(groups)), wrapped, parse_math=False, linespacing=1.1)
    axes[0].set_ylim(len(groups) - 0.4, -0.6)
    from_zero(axes[0], float(np.nanmax(table[["mean", "high"]].to_numpy(float), initial=0.0)))
    return fig, grid


def from_zero(ax: Axes, most: float) -> None:
    """Let the scale run from zero to a little beyond the largest number."""
    ax.set_xlim(-0.04 * (most or 1), (most or 1) * 1.06)
