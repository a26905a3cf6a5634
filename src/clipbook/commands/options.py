"""What the options of all commands share; nothing that takes time is loaded, so that the help appears at once."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

CODEBOOKS = "generic (default), gun_violence, policy, or a file of your own"


def path(text: str) -> Path:
    """Read a file's or folder's name; captures alone may lie at an address."""
    if "://" in text:
        raise argparse.ArgumentTypeError(f"{text} is an address; name a file or folder of this machine")
    return Path(text)


def add_captures(command: argparse.ArgumentParser, about: str = "default: data/captures") -> None:
    """Add the option that names a study's captures."""
    command.add_argument("--captures", type=path, metavar="DIR", help=about)
    command.set_defaults(figures=None)


def add_folders(command: argparse.ArgumentParser) -> None:
    """Add the options that name a study's captures and figures."""
    add_captures(command, "captures, or tables of them; default: data/captures")
    command.add_argument("--figures", type=path, metavar="DIR", help="default: figures")


def named(args: argparse.Namespace) -> tuple[Path | str | None, Path | str | None]:
    """Give the folders of captures and of figures that the command line names, or else the environment."""
    return (
        args.captures or os.environ.get("CLIPBOOK_CAPTURES"),
        args.figures or os.environ.get("CLIPBOOK_FIGURES"),
    )


def folders(args: argparse.Namespace) -> tuple[Path, Path]:
    """Give the folders of captures and of figures: those that are named, or the study's own."""
    from clipbook.places import find_root

    captures, figures = named(args)
    root = find_root()
    return Path(captures or root / "data" / "captures").resolve(), Path(figures or root / "figures").resolve()


def refuse(message: str, status: int = 2) -> int:
    """Say why nothing is done; gives the exit status."""
    print(f"clipbook: {message}", file=sys.stderr)
    return status
