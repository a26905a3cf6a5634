"""Panels: a table with bars in its cells, and one panel a frame, on common scales."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import compress
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clipbook.charts.figure import SMALLEST, layout
from clipbook.charts.findings import percent
from clipbook.charts.forms import ROW, name_inches, new_panels, panel_title, with_n
from clipbook.charts.groups import Chosen, pool
from clipbook.charts.lettering import called, text_width, wrap
from clipbook.charts.scales import Show, extent, from_zero, mark_cut
from clipbook.charts.style import BAND, BLUE, BODY, CONTEXT, GRID, INK, PAPER, QUIET, RULE, new_figure, note

MOST_COLUMNS = 5
_ROW = 0.34  # inches
_NAMES = 1.75  # inches that the names of rows may take
LABEL = BODY - 0.8  # points


def bar_table(
    cells: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], *, notes: Sequence[str] = (),
    muted: Collection[str] = (),
) -> tuple[Figure, Axes]:  # fmt: skip
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
        Rows and columns that stand for no one, or for nothing sure: hollow.

    Returns
    -------
    (Figure, Axes)
    """
    now = layout()
    widest = max((text_width(called(name), LABEL) for name in rows), default=0.0) / 72 + 0.05
    left = min(_NAMES, 0.24 * now.inches, widest)
    own = (now.inches - left - 0.2) / len(columns)  # inches
    size = SMALLEST if now.narrow else BODY
    heads = [wrap(called(name), own - 0.03, size=size, weight="bold", most=3) for name in columns]
    under = [text.split() if now.narrow else [text] for text in notes]
    beneath = max(map(len, under), default=0)
    deepest = max(map(len, heads)) + beneath
    written = list(cells["label"] if "label" in cells else cells["share"].map(percent))
    barred = list((cells["share"] > 0) | cells["low"].notna())
    longest = max((text_width(label, BODY) / 72 for label in compress(written, barred)), default=0) + 0.1
    above = now.narrow or longest > 0.6 * own  # labels, where there is no room beside their bars
    part = 0.92 if above else 1 - longest / own  # of a column that the longest bar takes
    per = part / max(float(np.nanmax(cells[["share", "high"]].to_numpy(float))), 0.01)
    labels = [wrap(label, own * 0.94, size=LABEL, most=1 + above) for label in written]
    deep = max(map(len, compress(labels, barred)), default=1)
    high = 0.24 + 0.15 * deep if above else _ROW
    fig, ax = new_figure(high * len(rows) + 0.19 * deepest + 0.15)
    for cell, label, bar in zip(cells.to_dict("records"), labels, barred, strict=True):
        at = (columns.index(cell["column"]), rows.index(cell["row"]))
        hollow = cell["row"] in muted or cell["column"] in muted
        _bar_cell(ax, cell, "\n".join(label), at, per=per, high=high, above=above and bar, hollow=hollow)
    ax.vlines(range(len(columns)), -0.5, len(rows) - 0.5, color=RULE, lw=1, zorder=3)
    for place, lines in enumerate(heads):
        note(ax, "\n".join(lines), (place, -0.5), (0, 5 + 11 * beneath), size=size, weight="bold", va="baseline",
             linespacing=1.15)  # fmt: skip
        if notes:
            quiet = {"size": SMALLEST, "color": QUIET, "va": "bottom", "linespacing": 1.15}
            note(ax, "\n".join(under[place]), (place, -0.5), (0, 3), **quiet)
    named = ["\n".join(wrap(called(name), left, size=LABEL, most=2)) for name in rows]
    ax.set_yticks(range(len(rows)), named, linespacing=1.0, size=LABEL)
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(-0.01, len(columns))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xticks([])
    ax.spines[["left", "bottom"]].set_visible(False)
    return fig, ax


def _bar_cell(
    ax: Axes, cell: Mapping[Any, Any], label: str, place: tuple[int, int], *, per: float, high: float, above: bool,
    hollow: bool,
) -> None:  # fmt: skip
    """Draw a bar with its interval, and its label beside or above it.

    ``per`` is the width of the whole, in columns; ``high`` the height of a row in inches.
    """
    x, y = place
    thick = 0.12 / high if above else 0.36  # of a row
    at = y + 0.5 - thick if above else y
    start, end = cell["low"] * per, cell["high"] * per
    if np.isfinite(start) and np.isfinite(end):
        ax.barh(at, end - start, left=x + start, height=1.8 * thick, color=BAND, zorder=1)
    ax.barh(at, cell["share"] * per, left=x, height=thick, zorder=2, lw=0.8, color=PAPER if hollow else BLUE,
            ec=CONTEXT if hollow else BLUE)  # fmt: skip
    colour = QUIET if not cell["share"] and "label" not in cell else INK
    ax.text(
        x + 0.02 + (0 if above else cell["share"] * per), at - (1.1 * thick if above else 0), label,
        va="bottom" if above else "center", size=LABEL, color=colour, zorder=3, linespacing=1.0,
    )  # fmt: skip


def frame_panels(
    table: pd.DataFrame, groups: list[str], labels: list[str], names: Mapping[Any, str], *,
    show: Show = "{:.2f}".format, muted: str = "",
) -> tuple[Figure, list[Axes]]:  # fmt: skip
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
    (Figure, list of Axes)
        For `style.finish`.
    """
    frames = list(dict.fromkeys(table["frame"]))
    abreast = min(len(frames), layout().abreast)
    lines = -(-len(frames) // abreast)
    fig, axes = new_panels(len(frames), abreast, lines * (len(groups) * ROW * 0.8 + 0.75))
    room = name_inches(axes[0]) * 0.75
    wrapped = ["\n".join(wrap(label, room, size=LABEL, most=2)) for label in labels]
    widest = max(text_width(line, LABEL) for label in wrapped for line in label.split("\n")) / 72
    axes[0].set_yticks(range(len(groups)), wrapped, linespacing=1.1)
    axes[0].set_ylim(len(groups) - 0.4, -0.6)
    numbers = (table[name].to_numpy(float) for name in ("mean", "low", "high"))
    from_zero(axes[0], float(np.nan_to_num(extent(*numbers)[1])), show)
    places = np.arange(len(groups))
    colours = [CONTEXT if group == muted else BLUE for group in groups]
    inside = [PAPER if group == muted else BLUE for group in groups]
    edges = [CONTEXT if group == muted else PAPER for group in groups]
    for ax, frame in zip(axes, frames, strict=True):
        rows = table[table["frame"] == frame].set_index("group").reindex(groups)
        ax.hlines(places, rows["low"], rows["high"], color=colours, lw=1.8, zorder=3)
        mark_cut(ax, places, rows["low"], rows["high"], colours)
        ax.scatter(rows["mean"], places, s=30, color=inside, ec=edges, lw=0.9, zorder=4)
        ax.grid(axis="y", color=GRID, lw=0.8)
        ax.tick_params(axis="y", length=0, labelsize=LABEL)
        ax.spines["left"].set_visible(False)
        panel_title(ax, names[frame], names=widest)
    return fig, axes


def group_panels(
    table: pd.DataFrame, chosen: Chosen, names: Mapping[Any, str], kind: str, *, show: Show = "{:.2f}".format
) -> tuple[Figure, list[Axes], pd.DataFrame]:  # fmt: skip
    """Draw `frame_panels` of the groups chosen, those that are not in one row; gives what is drawn as well.

    Parameters
    ----------
    table : DataFrame
        ``group``, ``frame``, ``mean``, ``low``, ``high``, ``articles``.
    chosen : Chosen
    names : mapping
        A frame's name to its title.
    kind : str
        What the groups are, in the plural.
    show : callable
        Number to text, for the scale.
    """
    parts = table.groupby("frame", sort=False)
    shown = pd.concat([pool(part, chosen, "mean", kind).assign(frame=frame) for frame, part in parts])
    sizes = shown.groupby("group", sort=False)["articles"].max()
    groups, muted = list(sizes.index), chosen.pooled_name(kind)
    fig, axes = frame_panels(shown, groups, with_n(groups, sizes), names, show=show, muted=muted)
    return fig, axes, shown
