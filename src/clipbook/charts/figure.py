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

    Where the data do not allow a figure there is no drawing, and ``nothing`` says why.

    Attributes
    ----------
    fig, ax : matplotlib Figure; Axes, or several
        The drawing; None where there is nothing to show.
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
    nothing : str
        Why there is no drawing: what is missing and what would supply it.

    Examples
    --------
    >>> from clipbook.charts.corpus import role_chart
    >>> roles = pd.DataFrame({"role": ["body", "menu"], "kept": [True, False], "words": [60, 40], "share": [0.6, 0.4]})
    >>> role_chart(roles, source="One page").title
    '60% of the captured words are the story; the largest part left out is “menu” (40%)'
    """

    fig: Drawing | None
    ax: Any
    title: str = ""
    data: pd.DataFrame | None = None
    alt: str = ""
    reading: str = ""
    limits: str = ""
    tests: pd.DataFrame | None = None
    nothing: str = ""

    def __iter__(self) -> Iterator[Any]:
        """Give the drawing and its axes."""
        return iter((self.fig, self.ax))

    def _repr_png_(self) -> bytes | None:
        from clipbook.charts.style import png_bytes

        return None if self.fig is None else png_bytes(self.fig, dpi=120)

    def __repr__(self) -> str:
        """Give the finding, or why there is nothing to show."""
        return f"Figure({self.nothing or self.title!r})"
