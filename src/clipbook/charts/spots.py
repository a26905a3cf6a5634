"""Where the names in a figure stand, so that a page can lead from each to its rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from clipbook.charts.lettering import COUNT, plain


def find_spots(fig: Drawing, data: pd.DataFrame) -> list[list[float]]:
    """Find every name of the plotted data that is written in a figure, at a row of bars with the whole row.

    Parameters
    ----------
    fig : matplotlib Figure
        As `style.finish` left it.
    data : DataFrame
        What it plots; its columns of text are looked through.

    Returns
    -------
    list of [row, left, top, width, height]
        The first row of the data with the name, counted from 0, and the place as parts of the figure's width and height.
    """
    if not isinstance(fig.canvas, FigureCanvasAgg):
        return []
    rows: dict[str, int] = {}
    for name in data.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in data.dtypes]]:
        for row, value in enumerate(data[name]):
            rows.setdefault(_alike(str(value)), row)
    rows.pop("", None)
    renderer: Any = fig.canvas.get_renderer()
    found = []
    for ax in fig.axes:
        labels = {
            id(label): place for label, place in zip(ax.get_yticklabels(), ax.get_yticks(), strict=False)
        }
        for text in ax.findobj(Text):
            named = _row(_alike(text.get_text()), rows) if text.get_visible() else None
            if named is None:
                continue
            box = text.get_window_extent(renderer)
            left, right, low, high = box.x0, box.x1, box.y0, box.y1
            if id(text) in labels:
                place, within = labels[id(text)], ax.get_window_extent(renderer)
                right = max(right, within.x1)
                low, high = sorted(ax.transData.transform([(0, place - 0.45), (0, place + 0.45)])[:, 1])
            found.append([named, *_parts(fig, left, right, low, high)])
    return sorted(found)


def _alike(text: str) -> str:
    return COUNT.sub("", plain(text.replace("_", " "))).casefold()


def _row(written: str, rows: dict[str, int]) -> int | None:
    if not written.endswith("…") or written == "…":
        return rows.get(written)
    return next((row for name, row in rows.items() if name.startswith(written[:-1].rstrip())), None)


def _parts(fig: Drawing, left: float, right: float, low: float, high: float) -> list[float]:
    width, height = fig.bbox.width, fig.bbox.height
    parts = (left / width, 1 - high / height, (right - left) / width, (high - low) / height)
    return [round(float(part), 3) for part in parts]
