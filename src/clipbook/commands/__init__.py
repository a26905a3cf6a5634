"""What each command of ``command_line.toml`` does: it reads its options and calls the package."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def named(args: argparse.Namespace) -> tuple[Path | str | None, Path | str | None]:
    """Give the folders of captures and of figures that the command line names, or else the environment."""
    return (
        args.captures or os.environ.get("CLIPBOOK_CAPTURES"),
        getattr(args, "figures", None) or os.environ.get("CLIPBOOK_FIGURES"),
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
