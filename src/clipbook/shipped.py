"""What comes with the package: its version, lists of words and other data in TOML."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def shipped(name: str) -> dict[str, Any]:
    """Read a TOML file of the package by its path in it, such as ``captures/headings.toml``."""
    return tomllib.loads(files("clipbook").joinpath(name).read_text(encoding="utf-8"))


__version__ = "0.1.0"
