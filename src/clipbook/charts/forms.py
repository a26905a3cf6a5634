"""The forms that figures take: bars, dots with intervals, lines over time, small multiples.

Each draws on axes from `style.new_figure` (or opens them, where its name ends in ``_figure``) and leaves
title and foot to `style.finish`. Missing numbers are drawn as missing, never as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from clipbook.charts.findings import percent, ranged
from clipbook.charts.layout import layout
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
)

ROW = 0.36  # inches a row of bars or dots
NAMES_PART = 0.32  # of a figure's width is the most that row names take
NOT_MEASURED = "not measured"


def rows_height(rows: int, *, series: int = 1) -> float:
    """Height in inches that ``rows`` rows of bars or dots want, for `style.new_figure`."""
    return max(rows, 1) * (ROW + 0.13 * (series - 1)) + 0.45


def bars(
    ax: Axes, names: Sequence[object], values: Sequence[float], *,
    labels: Sequence[str] | None = None, show: Show = "{:.1f}".format,
    highlight: Sequence[bool] | None = None, names_part: float = NAMES_PART, name_lines: int = 2,
) -> None:  # fmt: skip
    """Draw horizontal bars from zero, first row on top, each with its number.

    Parameters
    ----------
    ax : Axes
    names, values : sequences of one length
        A bar each; a NaN value is drawn as "not measured".
    labels : sequence of str, optional
        What stands after each bar; the value by default.
    show : callable
        Number to text.
    highlight : sequence of bool, optional
        The bars in blue, the others hollow; all blue by default.
    names_part, name_lines
        The part of the figure's width that the names may take, and their lines.
    """
    columns = _columns(values, None, None)
    middle = np.nan_to_num(columns[0])
    rows = np.arange(len(middle))
    chosen = _chosen(highlight, len(middle))
    ax.barh(rows, middle, height=0.62, zorder=2, color=np.where(chosen, BLUE, PAPER),
            ec=np.where(chosen, BLUE, CONTEXT))  # fmt: skip
    for row, (text, end) in enumerate(zip(_texts(columns, labels, show), middle, strict=True)):
        _beside(ax, text, end, row)
    ax.set_xlim(min(0.0, *middle, 0.0), max(middle.max(initial=0), 1e-9) * 1.02)
    _name_rows(ax, names, names_part, name_lines)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_color(RULE)


def dots(
    ax: Axes, names: Sequence[object], values: Sequence[float], *,
    lows: Sequence[float] | None = None, highs: Sequence[float] | None = None,
    labels: Sequence[str] | None = None, show: Show = "{:.1f}".format,
    highlight: Sequence[bool] | None = None, reference: float | None = None, reference_name: str = "",
) -> None:  # fmt: skip
    """Draw a dot and its interval a row, first row on top, with the numbers in a column at the right.

    For measures without a natural zero. Parameters as in `bars`; ``reference`` draws a named upright line.
    """
    middle, lower, upper = _columns(values, lows, highs)
    rows = np.arange(len(middle))
    chosen = _chosen(highlight, len(middle))
    ax.hlines(rows, 0, 1, transform=ax.get_yaxis_transform(), color=GRID, lw=0.8, zorder=0)
    if reference is not None:
        ax.axvline(reference, color=RULE, lw=1, zorder=1)
        if reference_name:
            ax.annotate(
                plain(reference_name), (reference, 1), xycoords=("data", "axes fraction"), xytext=(0, 2),
                textcoords="offset points", ha="left", va="bottom", size=BODY - 1, color=QUIET,
                parse_math=False,
            )  # fmt: skip
    for on, colour, inside, edge in ((True, BLUE, BLUE, PAPER), (False, CONTEXT, PAPER, CONTEXT)):
        here = chosen == on
        _whiskers(ax, rows[here], lower[here], upper[here], colour=colour, width=2.0)
        ax.plot(middle[here], rows[here], "o", color=colour, ms=6.5, mfc=inside, mec=edge, mew=0.8, zorder=4)
    for row, text in enumerate(_texts((middle, lower, upper), labels, show)):
        ax.annotate(
            "\n".join(wrap(text, name_inches(ax))), (1, row), xycoords=("axes fraction", "data"), xytext=(8, 0),
            textcoords="offset points", linespacing=1.1, va="center", size=BODY, color=QUIET if text == NOT_MEASURED else INK,
            parse_math=False,
        )  # fmt: skip
    _name_rows(ax, names)
    _roomy(
        ax,
        middle if reference is None else np.append(middle, reference),
        lower,
        upper,
        percent if show is percent else "{:g}".format,
    )
    mark_cut(ax, rows, lower, upper, np.where(chosen, BLUE, CONTEXT))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def dot_groups(
    ax: Axes, names: Sequence[object], series: dict[str, Any], *, show: Show = "{:.1f}".format
) -> None:
    """Draw up to four series of dots with intervals on the same rows, told apart by hue and shape.

    Parameters
    ----------
    ax : Axes
        Of height ``rows_height(rows, series=n)``.
    names : sequence
        The rows.
    series : dict of str to (values, lows, highs)
        Name of the series and its columns, one number a row.
    show : callable
        Number to text, for the ticks.

    Raises
    ------
    ValueError
        If there are more than four series.
    """
    _at_most_four(series)
    count = len(series)
    seen: list[tuple[np.ndarray, ...]] = []
    ax.hlines(range(len(names)), 0, 1, transform=ax.get_yaxis_transform(), color=GRID, lw=0.8, zorder=0)
    for index, (name, columns) in enumerate(series.items()):
        values, lows, highs = _columns(*columns)
        rows = np.arange(len(values)) + (index - (count - 1) / 2) * 0.72 / max(count, 2)
        _whiskers(ax, rows, lows, highs, colour=HUES[index])
        ax.plot(
            values,
            rows,
            MARKERS[index],
            color=HUES[index],
            ms=6.5,
            mec=PAPER,
            mew=0.8,
            zorder=4,
            label=plain(name),
        )
        seen.append((values, lows, highs, rows))
    _name_rows(ax, names)
    middle, lower, upper, _ = (np.concatenate(columns) for columns in zip(*seen, strict=True))
    _roomy(ax, middle, lower, upper, show)
    for index, (_, lows, highs, rows) in enumerate(seen):
        mark_cut(ax, rows, lows, highs, HUES[index])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    key(ax)


def key(ax: Axes) -> None:
    """Put the key of the labelled series above the axes, at the left, in their order."""
    handles, labels = ax.get_legend_handles_labels()
    if not labels:
        return
    room = (_figure_inches(ax) - name_inches(ax)) * 0.94
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
    return _figure_inches(ax) * NAMES_PART


def _figure_inches(ax: Axes) -> float:
    return float(ax.get_figure(root=True).get_size_inches()[0])  # type: ignore[union-attr]


def _name_rows(
    ax: Axes, names: Sequence[object], names_part: float = NAMES_PART, name_lines: int = 2
) -> None:
    room = _figure_inches(ax) * names_part
    wrapped = ["\n".join(wrap(name, room, most=name_lines)) or "(no name)" for name in names]
    ax.set_yticks(range(len(names)), wrapped, parse_math=False)
    for label in ax.get_yticklabels():
        label.set_linespacing(1.1)
        if "\n" in label.get_text():
            label.set_fontsize(BODY - 0.8)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(max(len(names), 1) - 0.4, -0.6)


def _columns(
    values: Sequence[float], lows: Sequence[float] | None, highs: Sequence[float] | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    middle = np.asarray(values, float)
    missing = np.full(middle.shape, np.nan)
    return (
        middle,
        missing if lows is None else np.asarray(lows, float),
        missing if highs is None else np.asarray(highs, float),
    )


def _whiskers(
    ax: Axes, rows: np.ndarray, lows: np.ndarray, highs: np.ndarray, *, colour: str, width: float = 1.8
) -> None:
    known = np.isfinite(lows) & np.isfinite(highs)
    ax.hlines(rows[known], lows[known], highs[known], color=PAPER, lw=width + 1.6, zorder=3)
    ax.hlines(rows[known], lows[known], highs[known], color=colour, lw=width, zorder=3)


def _texts(columns: tuple[np.ndarray, ...], labels: Sequence[str] | None, show: Show) -> list[str]:
    values = columns[0]
    given = (
        labels
        if labels is not None
        else [ranged(value, low, high, show) for value, low, high in zip(*columns, strict=True)]
    )
    return [
        plain(text) if np.isfinite(value) else NOT_MEASURED for text, value in zip(given, values, strict=True)
    ]


def _beside(ax: Axes, text: str, x: float, row: int) -> None:
    ax.annotate(
        text, (x, row), xytext=(6, 0), textcoords="offset points", va="center", size=BODY,
        color=QUIET if text == NOT_MEASURED else INK, parse_math=False, annotation_clip=False,
    )  # fmt: skip


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


def _at_most_four(series: dict[str, Any]) -> None:
    if len(series) > len(HUES):
        raise ValueError(
            f"{len(series)} series for {len(HUES)} hues: {', '.join(map(str, list(series)[:6]))}, ... "
            "Draw them as small multiples or keep the largest and sum up the others."
        )
