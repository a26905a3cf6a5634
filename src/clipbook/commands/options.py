"""What the options of all commands share; nothing that takes time is loaded, so that the help appears at once."""

from __future__ import annotations

import argparse
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def path(text: str) -> Path:
    """Read a file's or folder's name; captures alone may lie at an address."""
    from pathlib import Path

    if "://" in text:
        raise argparse.ArgumentTypeError(f"{text} is an address; name a file or folder of this machine")
    return Path(text)


class Help(argparse.HelpFormatter):
    """Help as wide as the terminal, whose width argparse itself looks up by way of modules for archives."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class Parser(argparse.ArgumentParser):
    """A command line that shows :class:`Help`, as do its commands."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"formatter_class": Help} | given)


def _columns() -> int:
    """Give the terminal's width as ``shutil.get_terminal_size`` does."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80
