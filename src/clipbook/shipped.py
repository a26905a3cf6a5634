"""What comes with the package: its version, lists of words and other data in TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


def shipped(name: str) -> dict[str, Any]:
    """Read a TOML file of the package by its path in it, such as ``captures/headings.toml``."""
    return tomllib.loads(files("clipbook").joinpath(name).read_text(encoding="utf-8"))


def word_sets(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Give each list as a set: of its words, or of its phrases where commas divide them."""
    parts = {name: text.split(",") if "," in text else text.split() for name, text in texts.items()}
    return {name: frozenset(" ".join(part.split()) for part in some) for name, some in parts.items()}


def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """Compile the regular expressions of a TOML file: each has alternatives, what stands before and after, and flags."""
    found = {}
    for key, stored in shipped(name).items():
        before, after, alternatives = (
            stored.get("before", ""),
            stored.get("after", ""),
            "|".join(stored["any"]),
        )
        flags = f"(?{stored['flags']})" if "flags" in stored else ""
        found[key] = re.compile(f"{flags}{before}(?:{alternatives}){after}")
    return found


__version__ = "0.1.0"
