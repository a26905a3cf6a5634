"""What a notebook shows: the first rows of a table, a figure with the words below it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

_LINE = 100  # characters of the words below a figure


@dataclass(frozen=True)
class Shown:
    """A table as a notebook displays it."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """Give the table as text, for where there is no browser."""
        return self.text


def show_figure(picture: bytes, alt: str, width: int, below: list[str]) -> None:
    """Show a PNG and print what stands below it; nothing outside a notebook.

    Parameters
    ----------
    picture : bytes
        The PNG.
    alt : str
        What a person who cannot see it needs.
    width : int
        Pixels.
    below : list of str
        Paragraphs; empty ones are left out.
    """
    try:
        from IPython import get_ipython
        from IPython.display import Image, display
    except ImportError:
        return
    if get_ipython() is not None:
        display(Image(data=picture, width=width, alt=alt))
        for words in filter(None, below):
            print(textwrap.fill(words, _LINE))
