"""The widths that figures are drawn for: a screen, and the two columns of printed journals.

A printed figure is laid out larger than it is printed, and reduced when it is saved: what the house writes at 9 points
is then 7.4 to 7.9 points on paper, and nothing is smaller than 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from clipbook.errors import ClipbookError

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


def _printed(millimetres: float, scale: float, **fits: float) -> Layout:
    return Layout(millimetres / 25.4 / scale, scale, **fits)  # type: ignore[arg-type]


LAYOUTS = {
    "screen": Layout(7.2, 1.0),
    "180mm": _printed(180, 0.88),
    "85mm": _printed(85, 0.82, title=10.5, title_lines=6, abreast=2, narrow=True),
}
PRINTED = tuple(width for width in LAYOUTS if width != "screen")
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
