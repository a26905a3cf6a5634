"""What a notebook shows: the first rows of a table, a figure with the words below it."""

from __future__ import annotations

import html
import os
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LINE = 100  # characters of the words below a figure
SERVED = "CLIPBOOK_SERVED"  # from clipbook.lab to kernels: the address below which the server's files lie
SERVED_ROOT = "CLIPBOOK_SERVED_ROOT"  # and the folder that they lie in


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


class NotebookLine:
    """A line of text that is written over and leaves nothing behind: a stream for progress in a notebook.

    What ``stderr`` is told, a notebook keeps as a red stripe, also after the line has been wiped.
    """

    def __init__(self) -> None:
        self._line: Any = None

    def write(self, text: str) -> None:
        """Show the text in place of what stood there; blanks wipe it."""
        from IPython.display import display

        shown = {"text/html": html.escape(text.strip())}
        if self._line is not None:
            self._line.update(shown, raw=True)
        elif text.strip():
            self._line = display(shown, raw=True, display_id=True)

    def flush(self) -> None:
        """Nothing waits: every text is shown when it is written."""


def served(folder: Path) -> str:
    """Give the address of a folder for a notebook in JupyterLab; "" elsewhere, and where its server does not reach.

    To a relative address JupyterLab opens a tab of its own, at the top of the page; to this the browser opens one, at the
    place.
    """
    address, root, whole = os.environ.get(SERVED), os.environ.get(SERVED_ROOT), folder.resolve()
    reaches = address and root and whole.is_relative_to(root)
    return f"{address}{whole.relative_to(root or '').as_posix()}" if reaches else ""


def can_answer() -> bool:
    """Tell whether somebody sits before the notebook: who runs it without anybody says that no input can be given."""
    if not in_kernel():
        return False
    asked = sys.modules["IPython"].get_ipython().kernel.get_parent("shell")
    return bool(asked.get("content", {}).get("allow_stdin"))


def in_kernel() -> bool:
    """Tell whether a notebook runs this."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "kernel", None) is not None
