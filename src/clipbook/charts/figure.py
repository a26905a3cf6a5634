"""A figure with its words: what is drawn, what it says, the data behind it, what it cannot show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from typing import Any, ParamSpec

import pandas as pd
from matplotlib.figure import Figure as Drawing

from clipbook.charts.layout import LayoutError, drawn_for

Given = ParamSpec("Given")


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
    again : callable or None
        Draws it anew; see `at`.

    Examples
    --------
    >>> from clipbook.charts.corpus import role_chart
    >>> roles = pd.DataFrame({"role": ["body", "menu"], "kept": [True, False], "words": [60, 40], "share": [0.6, 0.4]})
    >>> role_chart(roles, source="One page").title
    '60% of the captured words are the story, 40% are menu'
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
    again: Callable[[], Figure] | None = field(default=None, repr=False, compare=False)

    def at(self, width: str) -> Figure:
        """Give the same figure, laid out for another width.

        Parameters
        ----------
        width : {"screen", "180mm", "85mm"}
            A screen, or one of the columns of printed journals.

        Raises
        ------
        LayoutError
            If there is no such width, or no function of `clipbook.charts` drew the figure.
        """
        if self.again is None:
            raise LayoutError(
                "Only what a function of clipbook.charts drew can be laid out for another width."
            )
        with drawn_for(width):
            return self.again()

    def __iter__(self) -> Iterator[Any]:
        """Give the drawing and its axes."""
        return iter((self.fig, self.ax))

    def _repr_png_(self) -> bytes | None:
        from clipbook.charts.style import png_bytes

        return None if self.fig is None else png_bytes(self.fig, dpi=120)

    def __repr__(self) -> str:
        """Give the finding, or why there is nothing to show."""
        return f"Figure({self.nothing or self.title!r})"


def chart(draw: Callable[Given, Figure]) -> Callable[Given, Figure]:
    """Let the figures of a function be drawn anew for other widths; see `Figure.at`."""

    @wraps(draw)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> Figure:
        return replace(draw(*args, **kwargs), again=partial(draw, *args, **kwargs))

    return drawn
