"""Lists of words, and other data in TOML that come with the package."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def shipped(name: str) -> dict[str, Any]:
    """Read a TOML file of the package by its path in it, such as ``captures/headings.toml``."""
    return tomllib.loads(files("clipbook").joinpath(name).read_text(encoding="utf-8"))
