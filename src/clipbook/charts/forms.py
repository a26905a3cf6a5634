"""The forms that figures take: bars, dots with intervals, lines over time, small multiples.

Each draws on axes from `style.new_figure` (or opens them, where its name ends in ``_figure``) and leaves
title and foot to `style.finish`. Missing numbers are drawn as missing, never as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clipbook.charts.figure import layout
from clipbook.charts.findings import percent, ranged
from clipbook.charts.lettering import called, plain, text_width, wrap
from clipbook.charts.scales import Show, extent, mark_cut, number_scale
from clipbook.charts.style import (
    BLUE,
    BODY,
    CONTEXT,
    GRID,
    HUES,
    INK,
    MARKERS,
    PAPER,
    QUIET,
    RULE,
    new_figure,
    note,
)

ROW = 0.36  # inches a row of bars or dots
NAMES_PART = 0.32  # of a figure's width is the most that row names take
NOT_MEASURED = "not measured"


def rows_height(rows: int, *, series: int = 1) -> float:
    """Height in inches that ``rows`` rows of bars or dots want, for `style.new_figure`."""
    return max(rows, 1) * (ROW + 0.13 * (series - 1)) + 0.45


def bars(
    ax: Axes, names: Sequence[object], values: Sequence[float], labels: Sequence[str], *,
    highlight: Sequence[bool] | None = None, names_part: float = NAMES_PART, name_lines: int = 2,
) -> None:  # fmt: skip
    """Draw horizontal bars from zero, first row on top, each with its number.

    Parameters
    ----------
    ax : Axes
    names, values : sequences of one length
        A bar each; a NaN value is drawn as "not measured".
    labels : sequence of str
        What stands after each bar.
    highlight : sequence of bool, optional
        The bars in blue, the others hollow; all blue by default.
    names_part, name_lines
        The part of the figure's width that the names may take, and their lines.
    """
    known = np.asarray(values, float)
    ends = np.nan_to_num(known)
    chosen = _chosen(highlight, len(ends))
    edges = np.where(chosen, BLUE, CONTEXT)
    ax.barh(range(len(ends)), ends, height=0.62, zorder=2, color=np.where(chosen, BLUE, PAPER), ec=edges)
    for row, (text, end) in enumerate(zip(_measured(known, labels), ends, strict=True)):
        note(ax, text, (end, row), (6, 0), va="center", color=_ink(text), annotation_clip=False)
    ax.set_xlim(min(0.0, *ends, 0.0), max(ends.max(initial=0), 1e-9) * 1.02)
    name_rows(ax, names, names_part, name_lines)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_color(RULE)


def dots(
    ax: Axes, names: Sequence[object], values: Iterable[float], bounds: pd.DataFrame | None = None, *,
    labels: Sequence[str] | None = None, show: Show = "{:.1f}".format, highlight: Sequence[bool] | None = None,
    references: Sequence[tuple[float, str, str]] = (),
) -> None:  # fmt: skip
    """Draw a dot and its interval a row, first row on top, with the numbers in a column at the right.

    For measures without a natural zero.

    Parameters
    ----------
    ax, names, values, highlight
        As in `bars`.
    bounds : DataFrame, optional
        ``low`` and ``high``, a row a dot.
    labels : sequence of str, optional
        What stands at the right; the value with its interval by default.
    show : callable
        Number to text.
    references : sequence of (place, name, {"left", "right"})
        Upright lines, and which end of the name stands at each.
    """
    middle, lower, upper = _columns(values, bounds)
    rows = np.arange(len(middle))
    chosen = _chosen(highlight, len(middle))
    for place, name, side in references:
        ax.axvline(place, color=RULE, lw=1, zorder=1)
        above = {"xycoords": ("data", "axes fraction"), "ha": side, "va": "bottom", "size": BODY - 1}
        note(ax, plain(name), (place, 1), (0, 2), color=QUIET, **above)
    for on, colour, inside, edge in ((True, BLUE, BLUE, PAPER), (False, CONTEXT, PAPER, CONTEXT)):
        here = chosen == on
        _whiskers(ax, rows[here], lower[here], upper[here], colour=colour, width=2.0)
        ax.plot(middle[here], rows[here], "o", color=colour, ms=6.5, mfc=inside, mec=edge, mew=0.8, zorder=4)
    told = labels or [ranged(*numbers, show) for numbers in zip(middle, lower, upper, strict=True)]
    for row, text in enumerate(_measured(middle, told)):
        beside_row(ax, row, "\n".join(wrap(text, name_inches(ax))), color=_ink(text), linespacing=1.1)
    name_rows(ax, names, bare=True)
    places = np.append(middle, [place for place, _, _ in references])
    _roomy(ax, places, lower, upper, percent if show is percent else "{:g}".format)
    mark_cut(ax, rows, lower, upper, np.where(chosen, BLUE, CONTEXT))


def dot_groups(
    ax: Axes, names: Sequence[object], series: Mapping[str, pd.DataFrame], value: str, *, show: Show = "{:.1f}".format
) -> None:  # fmt: skip
    """Draw up to four series of dots with intervals on the same rows, told apart by hue and shape.

    Parameters
    ----------
    ax : Axes
        Of height ``rows_height(rows, series=n)``.
    names : sequence
        The rows.
    series : mapping of str to DataFrame
        Name of the series and its numbers, a row for each of ``names``: ``value``, ``low``, ``high``.
    value : str
        The column that is drawn.
    show : callable
        Number to text, for the ticks.

    Raises
    ------
    ValueError
        If there are more than four series.
    """
    if len(series) > len(HUES):
        raise ValueError(
            f"{len(series)} series for {len(HUES)} hues: {', '.join(map(str, list(series)[:6]))}, ... "
            "Draw them as small multiples or keep the largest and sum up the others."
        )
    seen: list[tuple[np.ndarray, ...]] = []
    for index, (name, table) in enumerate(series.items()):
        values, lows, highs = _columns(table[value], table)
        rows = np.arange(len(values)) + (index - (len(series) - 1) / 2) * 0.72 / max(len(series), 2)
        _whiskers(ax, rows, lows, highs, colour=HUES[index])
        look: Any = {"color": HUES[index], "ms": 6.5, "mec": PAPER, "mew": 0.8, "zorder": 4}
        ax.plot(values, rows, MARKERS[index], label=plain(name), **look)
        seen.append((values, lows, highs, rows))
    name_rows(ax, names, bare=True)
    middle, lower, upper, _ = (np.concatenate(columns) for columns in zip(*seen, strict=True))
    _roomy(ax, middle, lower, upper, show)
    for index, (_, lows, highs, rows) in enumerate(seen):
        mark_cut(ax, rows, lows, highs, HUES[index])
    key(ax)


def key(ax: Axes) -> None:
    """Put the key of the labelled series above the axes, at the left, in their order."""
    handles, labels = ax.get_legend_handles_labels()
    if not labels:
        return
    room = (figure_inches(ax)[0] - name_inches(ax)) * 0.94
    short = [wrap(label, room - 0.5, most=1)[0] if label else "(no name)" for label in labels]
    widest = max(text_width(label) for label in short) / 72 + 0.45
    ax.legend(
        handles, short, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=max(1, min(4, int(room / widest))),
        frameon=False, borderaxespad=0.2, handletextpad=0.3, columnspacing=1.4, fontsize=BODY, borderpad=0.2,
        labelcolor=INK,
    )  # fmt: skip


def with_n(names: Iterable[object], counts: Iterable[float]) -> list[str]:
    """Write beside each name how many articles stand behind it."""
    return [f"{called(name)} (n = {int(count):,})" for name, count in zip(names, counts, strict=True)]


def name_inches(ax: Axes) -> float:
    """Width in inches that row names may take on these axes: a third of the figure."""
    return figure_inches(ax)[0] * NAMES_PART


def figure_inches(ax: Axes) -> tuple[float, float]:
    """Width and height in inches of the figure that holds these axes."""
    width, height = ax.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]
    return float(width), float(height)


def new_panels(count: int, columns: int, body: float) -> tuple[Figure, list[Axes]]:
    """Open a figure of ``count`` panels with shared scales, ``columns`` to a row, ``body`` inches high in all."""
    fig, grid = new_figure(body, panels=(-(-count // columns), columns))
    panels = list(np.atleast_1d(grid).ravel())
    for spare in panels[count:]:
        spare.remove()
    for panel in panels[max(0, count - columns) : count]:
        panel.tick_params(labelbottom=True)
    return fig, panels[:count]


def panel_title(ax: Axes, name: object, *, names: float = 0.0, most: int = 3) -> None:
    """Write a panel's name above it, at the left, on at most ``most`` lines.

    ``names`` is the width in inches of what stands at the left of the first panel.
    """
    columns = ax.get_subplotspec().get_gridspec().ncols  # type: ignore[union-attr]
    room = (figure_inches(ax)[0] - names) / columns - (0.2 if names else 0.45)
    lines = wrap(name, room, size=BODY, weight="bold", most=most)
    ax.set_title("\n".join(lines), loc="left", size=BODY, weight="bold", color=INK, pad=3)


def name_rows(
    ax: Axes, names: Sequence[object], part: float = NAMES_PART, lines: int = 2, *, bare: bool = False
) -> None:
    """Name the rows of a figure at the left, the first on top; ``bare``: with a light rule each, and no line at the left."""
    wrapped = [
        "\n".join(wrap(name, figure_inches(ax)[0] * part, most=lines)) or "(no name)" for name in names
    ]
    ax.set_yticks(range(len(names)), wrapped)
    for label in ax.get_yticklabels():
        label.set_linespacing(1.1)
        if "\n" in label.get_text():
            label.set_fontsize(BODY - 0.8)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(max(len(names), 1) - 0.4, -0.6)
    if bare:
        ax.hlines(range(len(names)), 0, 1, transform=ax.get_yaxis_transform(), color=GRID, lw=0.8, zorder=0)
        ax.spines["left"].set_visible(False)


def beside_row(ax: Axes, row: int, text: str, **look: Any) -> None:
    """Write what stands at the right of a row."""
    note(ax, text, (1, row), (8, 0), xycoords=("axes fraction", "data"), va="center", **look)


def _columns(values: Iterable[float], bounds: pd.DataFrame | None) -> tuple[np.ndarray, ...]:
    middle = np.asarray(list(values), float)
    if bounds is None:
        return middle, np.full(middle.shape, np.nan), np.full(middle.shape, np.nan)
    return middle, bounds["low"].to_numpy(float), bounds["high"].to_numpy(float)


def _whiskers(
    ax: Axes, rows: np.ndarray, lows: np.ndarray, highs: np.ndarray, *, colour: str, width: float = 1.8
) -> None:
    known = np.isfinite(lows) & np.isfinite(highs)
    ax.hlines(rows[known], lows[known], highs[known], color=PAPER, lw=width + 1.6, zorder=3)
    ax.hlines(rows[known], lows[known], highs[known], color=colour, lw=width, zorder=3)


def _measured(values: np.ndarray, texts: Sequence[str]) -> list[str]:
    return [
        plain(text) if known else NOT_MEASURED for text, known in zip(texts, np.isfinite(values), strict=True)
    ]


def _ink(text: str) -> str:
    return QUIET if text == NOT_MEASURED else INK


def _roomy(ax: Axes, middle: np.ndarray, lows: np.ndarray, highs: np.ndarray, show: Show) -> None:
    low, high = extent(middle, lows, highs)
    if np.isnan(low):
        ax.set_xlim(0, 1)
        ax.set_xticks([])
        return
    margin = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    ax.set_xlim(low - margin, high + margin)
    number_scale(ax.xaxis, show, ticks=4 if layout().narrow else 6)


def _chosen(highlight: Sequence[bool] | None, rows: int) -> np.ndarray:
    return np.ones(rows, bool) if highlight is None else np.asarray(highlight, bool)
