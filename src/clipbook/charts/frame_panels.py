"""Small multiples of frames: a panel a frame, a row a group, on shared scales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clipbook.charts.forms import ROW, name_inches
from clipbook.charts.lettering import text_width, wrap
from clipbook.charts.style import BLUE, BODY, CONTEXT, GRID, PAPER, new_figure
from clipbook.charts.timeline import panel_title

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
