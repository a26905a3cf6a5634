"""Writing files so that a reader meets the old one whole or the new one whole, never a part."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

OFFICE_EPOCH = datetime(1980, 1, 1)  # the earliest date that a zip archive can hold
_ABOUT, _MODIFIED = "docProps/core.xml", re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
FORMULA = r"^'*[=+\-@\t\r]"
FORMULA_WITHIN = r"([;\t\r\n][ \"]*)('*[=+\-@])"  # other countries' spreadsheets end a cell at a semicolon
_FORMULA, _WITHIN = re.compile(FORMULA), re.compile(FORMULA_WITHIN)
_GUARDED = re.compile(f"^'(?={FORMULA[1:]})")
_GUARDED_WITHIN = re.compile(FORMULA_WITHIN.replace(")(", ")'(", 1))
DATES = "%Y-%m-%d %H:%M:%S"  # always in full: left to itself, pandas drops the time where all are midnight


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; on success it takes the place of ``path``, on error it goes.

    Parameters
    ----------
    path : Path
        The file to write; its folder is made when missing.

    Raises
    ------
    OSError
        If the folder cannot be written; ``path`` is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def with_fixed_times(archive: bytes) -> bytes:
    """Give a document of an office program without the time at which it was made: the same content, the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == _ABOUT:
                content = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, OFFICE_EPOCH.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def write_text(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` as UTF-8 with plain line feeds, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, data: Any) -> None:
    """Write ``data`` as indented JSON, keys in the order that they have."""
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """Read a record of clipbook's own; empty where it is not there, or cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def notebook_cells(path: Path) -> list[tuple[str, str]]:
    """Give the kind (code, markdown) and the source of a notebook's cells; none where it is no notebook."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def digest_of(value: Any) -> str:
    """Tell one state of a value that JSON holds from another: SHA-256, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file's content in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def harmless(cell: Any) -> Any:
    """Put an apostrophe before what a spreadsheet would run as a formula, also behind a semicolon, tab or line break."""
    if not isinstance(cell, str):
        return cell
    guarded = _WITHIN.sub(r"\1'\2", cell)
    return f"'{guarded}" if _FORMULA.match(guarded) else guarded


def as_captured(cell: Any) -> Any:
    """Take the apostrophes of :func:`harmless` off again."""
    if not isinstance(cell, str) or "'" not in cell:
        return cell
    return _GUARDED_WITHIN.sub(r"\1\2", _GUARDED.sub("", cell))


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV that no spreadsheet runs as formulas.

    Text cells and headings that begin with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return get
    one apostrophe in front, and so do the first four behind a semicolon, a tab or a line break within a
    cell, where a spreadsheet set to another country divides it; :func:`read_csv` takes them off again.

    Parameters
    ----------
    path : Path
        The file to write.
    table : DataFrame
        Any table; its index is not written. Dates are written as 2026-03-09 14:30:00, missing
        cells empty.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        print_csv(stream, table)


def print_csv(stream: TextIO, table: pd.DataFrame) -> None:
    """Write a table to an open stream as :func:`write_csv` does; each row is one call of its ``write``."""
    safe = _with_texts(table.copy(), harmless)
    safe.to_csv(stream, index=False, lineterminator="\n", date_format=DATES)


def read_csv(path: Path, **options: Any) -> pd.DataFrame:
    """Read a table that :func:`write_csv` wrote, with its text as it was captured.

    Parameters
    ----------
    path : Path
        The CSV file.
    **options
        Passed to :func:`pandas.read_csv`.
    """
    return _with_texts(pd.read_csv(path, **options), as_captured)


def _with_texts(table: pd.DataFrame, change: Callable[[Any], Any]) -> pd.DataFrame:
    """Change every text of a table, and its headings."""
    for column in table.columns:
        if table[column].dtype == object or pd.api.types.is_string_dtype(table[column].dtype):
            table[column] = table[column].map(change, na_action="ignore")
    return table.rename(columns=change)
