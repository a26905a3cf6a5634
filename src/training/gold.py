"""What the scripts that fit weights share: their command line, the scorer that stands beside the gold, folds by site."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
from pathlib import Path
from typing import Any


def options(described: str | None, *, writes: bool = False) -> argparse.Namespace:
    """Read the command line: ``gold`` and, of a script that stores weights, ``write``."""
    cli = argparse.ArgumentParser(description=described, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--gold", type=Path, required=True, metavar="DIR", help="folder of the human-coded data")
    if writes:
        cli.add_argument("--write", action="store_true", help="fit on all pages and store the weights")
    return cli.parse_args()


def load_score(folder: Path) -> Any:
    """Load the definitions of the measures that stand beside the gold."""
    stored = folder / "score.py"
    spec = importlib.util.spec_from_file_location(f"{folder.name}_score", stored)
    if not stored.is_file() or spec is None or spec.loader is None:
        raise SystemExit(f"There is no score.py in {folder}: --gold names another folder.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fold_of(site: str, folds: int) -> int:
    """Give the part of a cross-validation that a site is in."""
    return int(hashlib.sha1(site.encode()).hexdigest(), 16) % folds
