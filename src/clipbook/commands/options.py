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


def add_folders(command: argparse.ArgumentParser) -> None:
    """Add the options that name a study's captures and figures."""
    command.add_argument(
        "--captures", type=path, metavar="DIR", help="captures, or tables of them; default: data/captures"
    )
    command.add_argument("--figures", type=path, metavar="DIR", help="default: figures")


def folders(args: argparse.Namespace) -> tuple[Path, Path]:
    """Give the folders of captures and of figures: those named, those of the environment, or the study's own."""
    from pathlib import Path

    from clipbook.workbook import find_root

    root = find_root()
    captures = args.captures or os.environ.get("CLIPBOOK_CAPTURES") or root / "data" / "captures"
    figures = args.figures or os.environ.get("CLIPBOOK_FIGURES") or root / "figures"
    return Path(captures).resolve(), Path(figures).resolve()


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
