"""A figure with its words: what is drawn, what it says, the data behind it, what it cannot show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Drawing


@dataclass(frozen=True, slots=True)
class Figure:
    """What every chart function gives, and `Workbook.save` keeps: ``fig, ax = figure`` takes the drawing out.

    Attributes
    ----------
    fig, ax : matplotlib Figure; Axes, or several
        The drawing.
    title : str
        The finding, in a sentence.
    data : DataFrame or None
        What is plotted.
    alt : str
        Form, range, highest and lowest, for whoever cannot see the drawing; read behind the title.
    reading, limits : str
        What it says and how sure that is; what it cannot show.
    tests : DataFrame or None
        The comparisons that the title rests on, where ``data`` does not hold them.
    """

    fig: Drawing
    ax: Any
    title: str = ""
    data: pd.DataFrame | None = None
    alt: str = ""
    reading: str = ""
    limits: str = ""
    tests: pd.DataFrame | None = None

    def __iter__(self) -> Iterator[Any]:
        """Give the drawing and its axes."""
        return iter((self.fig, self.ax))

    def _repr_png_(self) -> bytes:
        from clipbook.charts.style import png_bytes

        return png_bytes(self.fig, dpi=120)
