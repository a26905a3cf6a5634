"""The house style of every figure: frame, colours, type, and the bytes that are saved.

A chart module draws with `new_figure`, the forms in `clipbook.charts.forms`, and `finish`; nothing here
knows a measure. Nothing touches pyplot or the user's own matplotlib settings.
"""

from __future__ import annotations

import io
import re
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.text import Text

from clipbook.charts.figure import SMALLEST, Figure, layout
from clipbook.charts.lettering import UNPRINTABLE, balance, letters_noted, plain, typefaces, unwritable
from clipbook.shipped import shipped

INK = "#1b1f23"
QUIET = "#555b61"
RULE = "#b9bfc5"
GRID = "#e4e7ea"
PAPER = "#ffffff"
# The hues of Okabe and Ito (2008), each at least 3:1 on white, and so light or dark that neighbours differ in print.
BLUE, VERMILLION, GREEN, PURPLE = "#0072b2", "#de6b10", "#00704e", "#cc79a7"
HUES = (BLUE, VERMILLION, GREEN, PURPLE)
LETTERS = ("#005a96", "#a34700", "#00704f", "#8f3a70")  # the same hues for words: at least 4.5:1 on white
MARKERS = ("o", "s", "^", "D")
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (7, 2, 1.5, 2)))
CONTEXT = "#8a9096"  # for what stands in the background of a comparison, which is hollow as well
BAND = "#b9d6ec"  # an interval behind a blue bar

# What each colour of a light figure becomes on a dark page.
DARK = {
    PAPER: "#15181c", INK: "#eceff1", QUIET: "#aab2b9", RULE: "#545b62", GRID: "#2a2f35",
    BLUE: "#3a8fcf", VERMILLION: "#f59b57", GREEN: "#00966d", PURPLE: "#dd9cc1", CONTEXT: "#7d858c", BAND: "#24435a",
    LETTERS[0]: "#56b4e9", LETTERS[1]: "#f08a42", LETTERS[2]: "#35c79c", LETTERS[3]: "#dd9cc0",
}  # fmt: skip
_DARK = {light.encode(): dark.encode() for light, dark in DARK.items()}
_NO_LAYOUT = {"figure.autolayout": False, "figure.constrained_layout.use": False}

# Behind words that lie on lines.
PAD = {"boxstyle": "square,pad=0.1", "fc": PAPER, "ec": "none", "alpha": 0.8}

SUBTITLE, BODY, FOOT = 9.5, 9.0, SMALLEST  # points
LEADING = 1.28
CUT = "_cut"  # the label of an arrow that stands for the rest of an interval
MARGIN = 0.12  # inches around everything

_COLOURS = {"ink": INK, "quiet": QUIET, "rule": RULE, "grid": GRID, "paper": PAPER}
SETTINGS: Any = {
    name: _COLOURS.get(value, value) for name, value in shipped("charts/style.toml")["settings"].items()
}
SETTINGS["font.family"] = typefaces()


class HouseFigure(Drawing):
    """A figure that any notebook shows by itself, whether or not pyplot was loaded."""

    def _repr_png_(self) -> bytes:
        return png_bytes(self, dpi=120)


def new_figure(body: float = 3.0, *, panels: tuple[int, int] = (1, 1)) -> tuple[HouseFigure, Any]:
    """Open a figure of the width now drawn for (see `layout`) whose plotting area is ``body`` inches high.

    Parameters
    ----------
    body : float
        Height for the axes with their tick labels, in inches; `finish` adds what title and foot need.
    panels : (int, int)
        Rows and columns of axes, which share their scales.

    Returns
    -------
    (Figure, Axes or array of Axes)
        One ``Axes`` for one panel, else an array of shape ``panels``.
    """
    with mpl.rc_context(SETTINGS):
        fig = HouseFigure(figsize=(layout().inches, body), layout="constrained")
        FigureCanvasAgg(fig)
        axes = fig.subplots(*panels, sharex=True, sharey=True, squeeze=panels == (1, 1))
    return fig, axes


def finish(
    fig: Drawing, ax: Axes | Any, *, title: str, subtitle: str, source: str, interval: str = "",
    data: pd.DataFrame | None = None, alt: str = "", reading: str = "", limits: str = "",
    tests: pd.DataFrame | None = None,
) -> Figure:  # fmt: skip
    """Set the frame of a figure, the finding above, the measure below it, the source at the foot; add its words.

    Parameters
    ----------
    fig, ax : matplotlib Figure, Axes
        As `new_figure` gave them, drawn upon.
    title : str
        The finding, in a sentence; see `clipbook.charts.findings`.
    subtitle : str
        The measure and its unit.
    source : str
        The source and n.
    interval : str
        What the drawn intervals are, such as "95% bootstrap interval over articles"; "" when none is drawn.
    data, alt, reading, limits, tests
        The figure's words and tables; see `Figure`.

    Returns
    -------
    Figure
        So that a chart function can end with ``return finish(...)``.
    """
    width, body = fig.get_size_inches()
    room, now = width - 2 * MARGIN, layout()
    measure = plain(subtitle)
    if interval:
        measure = f"{measure.rstrip('.')}. Each with its {plain(interval).rstrip('.')}."
    if any(line.get_label() == CUT for line in fig.findobj(Line2D)):
        measure = f"{measure.rstrip('.')}. Arrows: the interval goes on."
    head = [
        *(
            (line, now.title, INK, "bold")
            for line in balance(title, room, size=now.title, weight="bold", most=now.title_lines)
        ),
        *((line, SUBTITLE, QUIET, "normal") for line in balance(measure, room, size=SUBTITLE, most=8)),
    ]
    if boxes := unwritable([title, subtitle, source, *(text.get_text() for text in fig.findobj(Text))]):
        source += f". Boxes stand for {', '.join(boxes)}: install a typeface for it, such as Noto Sans"
    foot = [(line, FOOT, QUIET, "normal") for line in balance(source, room, size=FOOT, most=8)]
    above = MARGIN + sum(size for _, size, _, _ in head) * LEADING / 72 + 0.12
    below = MARGIN + sum(size for _, size, _, _ in foot) * LEADING / 72 + 0.08
    height = above + body + below
    fig.set_size_inches(width, height)
    _stack(fig, head, top=height - MARGIN, width=width, height=height)
    _stack(fig, foot, top=below - 0.08, width=width, height=height)
    _settle(fig, (MARGIN / width, below / height, 1 - 2 * MARGIN / width, body / height))
    fig.set_label(plain(title))
    return Figure(fig, ax, plain(title), data, plain(alt), reading, limits, tests)


def note(ax: Axes, text: str, at: tuple[Any, Any], shift: tuple[float, float], **look: Any) -> None:
    """Write a text beside a point of the axes, ``shift`` points away from it."""
    ax.annotate(text, at, xytext=shift, textcoords="offset points", **{"size": BODY, "color": INK, **look})


def nothing_to_show(reason: str) -> Figure:
    """Give what a chart function returns where the data do not allow a figure.

    Parameters
    ----------
    reason : str
        What is missing and what would supply it, in a sentence or two.

    Returns
    -------
    Figure
        Without a drawing; `Workbook.save` prints the reason.
    """
    return Figure(None, None, nothing=plain(reason))


def svg_bytes(fig: Drawing) -> bytes:
    """Draw a figure as SVG: letters as paths, no dates, so the same figure gives the same bytes."""
    title = {"Title": str(fig.get_label())} if fig.get_label() else {}
    return _draw(fig, "svg", metadata={"Date": None, **title})


def darkened(svg: bytes) -> bytes:
    """Swap the house's colours in an SVG for those that stand on a dark page."""
    return re.sub(b"#[0-9a-f]{6}", lambda found: _DARK.get(found[0], found[0]), svg)


def png_bytes(fig: Drawing, *, dpi: int = 200, scale: float = 1.0) -> bytes:
    """Draw a figure as PNG without dates or program names: the same figure gives the same bytes.

    Parameters
    ----------
    fig : matplotlib Figure
    dpi : int
        Dots an inch of the printed figure.
    scale : float
        What the figure is reduced to in print; see `layout.Layout`.
    """
    return _draw(fig, "png", dpi=dpi * scale, metadata={"Software": None}, pil_kwargs={"dpi": (dpi, dpi)})


def pdf_bytes(fig: Drawing, *, scale: float) -> bytes:
    """Draw a figure as PDF at its printed size, with the letters that it needs; parameters as in `png_bytes`."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(_draw(fig, "pdf", metadata={"CreationDate": None}))))
    writer.pages[0].scale_by(scale)
    printed = io.BytesIO()
    writer.write(printed)
    return printed.getvalue()


@letters_noted()
def _draw(fig: Drawing, kind: str, **options: Any) -> bytes:
    _make_plain(fig)
    drawn = io.BytesIO()
    with mpl.rc_context(SETTINGS):
        fig.savefig(drawn, format=kind, **options)
    return drawn.getvalue()


@letters_noted()
def _settle(fig: Drawing, room: tuple[float, float, float, float]) -> None:
    """Place the axes within ``room`` (left, bottom, width, height as shares of the figure), for good."""
    _make_plain(fig)
    with mpl.rc_context(SETTINGS | _NO_LAYOUT):
        engine = ConstrainedLayoutEngine(rect=room, w_pad=0.02, h_pad=0.02, wspace=0.05)
        before = None
        for _ in range(3):
            engine.execute(fig)
            places = [tuple(round(edge, 6) for edge in ax.get_position().bounds) for ax in fig.axes]
            if places == before:
                break
            before = places
        fig.set_layout_engine(None)  # else each drawing would be drawn twice, to lay it out again
    for ax, place in zip(fig.axes, places, strict=True):  # the solver's last digits differ from run to run
        ax.set_position(place)


def _make_plain(fig: Drawing) -> None:
    """Let no text of a figure be read as mathematics, nor hold what XML cannot."""
    for text in fig.findobj(Text):
        text.set_parse_math(False)
        text.set_fontfamily(SETTINGS["font.family"])
        if UNPRINTABLE.search(text.get_text()):
            text.set_text(UNPRINTABLE.sub(" ", text.get_text()))


def _stack(
    fig: Drawing, lines: list[tuple[str, float, str, str]], *, top: float, width: float, height: float
) -> None:
    y = top
    for line, size, colour, weight in lines:
        fig.text(
            MARGIN / width, y / height, line, size=size, color=colour, weight=weight, va="top", ha="left",
            family=SETTINGS["font.family"],
        ).set_in_layout(False)  # fmt: skip
        y -= size * LEADING / 72
