"""A figure with its words: what is drawn, what it says, the data behind it, what it cannot show; and its widths.

Figures are drawn for a screen or for one of the two columns of printed journals. A printed figure is laid out larger than
it is printed, and reduced when it is saved: what the house writes at 9 points is then 7.4 to 7.9 points on paper, and
nothing is smaller than 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from inspect import signature
from typing import Any, NamedTuple, ParamSpec

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from clipbook.charts.lettering import COUNT, plain
from clipbook.errors import ClipbookError
from clipbook.schema import need_columns
from clipbook.shipped import shipped

Given = ParamSpec("Given")
WORDS = shipped("charts/words.toml")
SMALLEST = 7.5  # points, as laid out, that any word of a figure has


class LayoutError(ClipbookError):
    """A figure cannot be laid out for the width that was asked for."""


class Layout(NamedTuple):
    """A width, and what fits into it."""

    inches: float  # as laid out
    scale: float  # of the saved figure to what is laid out
    title: float = 12.5  # points
    title_lines: int = 3
    abreast: int = 3  # panels side by side
    narrow: bool = False  # too narrow for a number beside each of several bars


LAYOUTS = {
    "screen": Layout(7.2, 1.0),
    "180mm": Layout(180 / 25.4 / 0.88, 0.88),
    "85mm": Layout(85 / 25.4 / 0.82, 0.82, title=10.5, title_lines=6, abreast=2, narrow=True),
}
_width = ContextVar("width", default="screen")


def layout() -> Layout:
    """Give the layout that figures are now drawn for."""
    return LAYOUTS[_width.get()]


@contextmanager
def drawn_for(width: str) -> Iterator[None]:
    """Draw figures for another width for a while.

    Parameters
    ----------
    width : {"screen", "180mm", "85mm"}

    Raises
    ------
    LayoutError
        If there is no such width.
    """
    if width not in LAYOUTS:
        raise LayoutError(f"There is no width {width!r}; choose {', '.join(LAYOUTS)}.")
    token = _width.set(width)
    try:
        yield
    finally:
        _width.reset(token)


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
    """Check the tables that a chart function is given, add what ``words.toml`` says of its figure, and let it be drawn anew.

    See `Figure.at` for the last.
    """
    stated = WORDS.get(f"{draw.__module__.rpartition('.')[2]}.{draw.__name__}", {})
    parameters = signature(draw)

    @wraps(draw)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> Figure:
        given = parameters.bind(*args, **kwargs).arguments
        for name, (made_by, columns) in stated.get("needs", {}).items():
            need_columns(given[name], columns.split(), made_by=made_by)
        made = draw(*args, **kwargs)
        words = {} if made.nothing else {name: stated.get(name, "") for name in ("reading", "limits")}
        words = {name: getattr(made, name) or text for name, text in words.items()}
        return replace(made, **words, again=partial(draw, *args, **kwargs))

    return drawn


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
