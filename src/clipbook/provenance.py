"""What made a folder: of figures, captures and files by hash, versions, settings and words; of tables, the version, and what another changes."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.files import digest_of, read_json, write_json
from clipbook.schema import TABLES, TableError
from clipbook.shipped import __version__
from clipbook.tables import find_tables
from clipbook.tables.read_back import WORK

ORIGIN = ("captures", "metadata", "tables")
RECORDED_VERSIONS = (
    "clipbook", "matplotlib", "nltk", "numpy", "pandas", "scikit-learn", "textstat", "trafilatura",
)  # fmt: skip


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
    files: dict[str, str],
    entries: dict[str, dict[str, Any]],
    nothing: Mapping[str, str] | None = None,
) -> None:
    """Enter figures, and the captures and versions that made them, into ``provenance.json``.

    Parameters
    ----------
    figures : Path
        The figures folder.
    notebook : str
        The notebook's name.
    origin : dict
        ``captures``: list of ``source_file`` and ``sha256``, perhaps ``metadata``: the ``file`` of what the
        researcher knows of them and its ``sha256``; of a study on tables ``captures`` is empty, and ``tables`` has
        the ``file`` that lists the captures, its ``sha256``, and how many ``captures`` there are.
    parameters : dict
        The notebook's settings.
    files : dict
        The researcher's own tables that the notebook has read: name -> SHA-256.
    entries : dict
        By figure name: title, alt, reading, limits; ``made_from`` is added: digest of ``origin``, settings, files.
    nothing : dict, optional
        By figure name: why there is nothing to show. Such a figure has no entry.
    """
    provenance = read_provenance(figures)
    enter_origin(provenance, origin)
    provenance["versions"] = {name: metadata.version(name) for name in RECORDED_VERSIONS}
    provenance["versions"]["python"] = ".".join(platform.python_version_tuple()[:2])
    section = provenance["notebooks"].setdefault(notebook, {"figures": {}})
    section["parameters"] = parameters
    section["files"] = section.get("files", {}) | files
    made_from = {"captures": origin_digest(origin), "parameters": parameters, "files": dict(files)}
    section["figures"] |= {name: {**words, "made_from": made_from} for name, words in entries.items()}
    missing = section.pop("nothing", {}) | dict(nothing or {})
    for name in nothing or {}:
        section["figures"].pop(name, None)
    if missing := {name: reason for name, reason in missing.items() if name not in entries}:
        section["nothing"] = missing
    write_json(figures / "provenance.json", provenance)


def enter_origin(provenance: dict[str, Any], origin: dict[str, Any]) -> None:
    """Put what figures were made from in the place of what stood there."""
    for name in ORIGIN:
        provenance.pop(name, None)
    provenance |= {name: origin[name] for name in ORIGIN if name in origin}


def is_stale(words: Mapping[str, Any], section: Mapping[str, Any], captures: str) -> bool:
    """Tell whether a figure was made from other captures, settings or tables than the last one of its notebook.

    Parameters
    ----------
    words, section : mapping
        A figure's entry and its notebook's.
    captures : str
        `origin_digest` of the whole record.
    """
    made_from = words.get("made_from")
    if not made_from:
        return False
    files = section.get("files", {})
    return bool(
        made_from["captures"] != captures
        or made_from["parameters"] != section["parameters"]
        or any(files.get(name) != digest for name, digest in made_from["files"].items())
    )


def origin_digest(provenance: Mapping[str, Any]) -> str:
    """Tell one state of the captures, and of what is known of them, from another."""
    origin = {name: provenance[name] for name in ORIGIN if name in provenance}
    return digest_of(origin)[:16]


_NOTE = "made_by.json"


def made_by(folder: Path) -> str:
    """Give the version that made the tables of a folder; "" where there are none, or it is not known."""
    return str(read_json(folder / WORK / _NOTE).get("clipbook", ""))


def note_version(folder: Path) -> None:
    """Record that this version made the tables of a folder."""
    if made_by(folder) != __version__:
        write_json(folder / WORK / _NOTE, {"clipbook": __version__})


def changed_columns(old: Path, new: Path, version: str) -> str:
    """Say which columns another version changes, and in how many captures.

    Parameters
    ----------
    old, new : Path
        Folders of tables of the same captures, by the earlier version and by this one.
    version : str
        The earlier version.
    """
    before, after = find_tables(old), find_tables(new)
    said = []
    for name in TABLES if before and after else ():
        assert before is not None and after is not None
        try:
            one, two = _by_row(before.read(name)), _by_row(after.read(name))
        except TableError:  # which the earlier version wrote otherwise
            said.append(f"{name} has other columns")
            continue
        for column in dict.fromkeys([*one, *two]):
            if column not in one or column not in two:
                said.append(f"{name}.{column} is {'new' if column in two else 'gone'}")
            elif differs := _differing(one[column], two[column]):
                said.append(f"{name}.{column} differs in {differs:,}")
    what = "; ".join(said) or "no value changes"
    return f"The tables in {old} were made by clipbook {version} and are replaced by those of {__version__}: {what}."


def _by_row(table: pd.DataFrame) -> pd.DataFrame:
    """Index a table by what its rows are about: a capture, a group."""
    key = next(name for name in ("capture_id", "group") if name in table)
    return table.set_index(key)


def _differing(one: pd.Series, two: pd.Series) -> int:
    """Count the captures or groups in which a column has other values."""
    texts = (column.astype("str") for column in (one, two))
    one, two = (pd.util.hash_pandas_object(text, index=False).groupby(level=0).sum() for text in texts)
    first, second = one.align(two)
    return int(((first != second) | first.isna() | second.isna()).sum())
