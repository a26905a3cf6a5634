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

    Examples
    --------
    >>> from clipbook.charts.corpus import role_chart
    >>> roles = pd.DataFrame({"role": ["body", "menu"], "kept": [True, False], "words": [60, 40], "share": [0.6, 0.4]})
    >>> role_chart(roles, source="One page").title
    '60% of the captured words are the story; the largest part left out is “menu” (40%)'
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
