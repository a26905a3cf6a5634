"""Files whose rows an earlier run has already measured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from clipbook.captures import Found
from clipbook.tables.part import Part, Row
from clipbook.tables.plan import File
from clipbook.tables.remote import at_hand

_UNSURE = 2_000_000_000  # nanoseconds: a file as young as its part may have changed without a sign


def unchanged(
    folder: Path, files: Iterable[File], earlier: Mapping[str, str], digest: str
) -> tuple[list[Row], dict[str, dict[str, Any]]]:
    """Give the rows of those files that an earlier run measured as they are, and what it said of the files.

    Parameters
    ----------
    folder : Path
        Of all parts.
    files : iterable of File
        The files as they are now.
    earlier : mapping of str to str
        File -> the part that may hold its rows.
    digest : str
        Of the settings.
    """
    by_part: dict[str, list[File]] = {}
    for file in files:
        if file.found.name in earlier:
            by_part.setdefault(earlier[file.found.name], []).append(file)
    rows: list[Row] = []
    heads: dict[str, dict[str, Any]] = {}
    for name, mine in by_part.items():
        try:
            part = Part(folder / name)
            stated = {head["name"]: head for head in part.head["files"]}
            same = {f.found.name: f for f in mine if _is_same(f, stated.get(f.found.name), part, digest)}
            rows += part.rows(set(same))
        except (OSError, ValueError, KeyError):
            continue  # the part is gone or damaged: measure its files anew
        heads |= {name: stated[name] | {"mtime": file.mtime} for name, file in same.items()}
    return rows, heads


def _is_same(file: File, stated: dict[str, Any] | None, part: Part, digest: str) -> bool:
    if stated is None or part.head["settings"] != digest or stated["lost"]:
        return False
    if stated["identity"] != file.identity():
        return False
    if stated["mtime"] == file.mtime and file.mtime < part.head["made"] - _UNSURE:
        return True
    if stated["sha256"] == "":
        return False
    with at_hand(file.found) as found:
        return bool(stated["sha256"] == file_digest(found))


def unopened(found: Found, asked: Found, digest: str) -> bool:
    """Whether a file could not be fetched or opened, though nothing forbids to, so that a later run tries again."""
    return found.refusal != asked.refusal or not (digest or found.refusal)


def file_digest(found: Found) -> str:
    """Hash a file; "" when it cannot be read, or must not be, such as a pipe."""
    if found.refusal:
        return ""
    try:
        with found.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
