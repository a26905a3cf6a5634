"""The captures of an archive on their way to those who measure them, so many to a file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from clipbook.files import replacing
from clipbook.records import Capture

_FIELDS = tuple(field.name for field in fields(Capture))


def write_spool(path: Path, captures: Iterable[Capture]) -> None:
    """Store captures, whole or not at all."""
    with (
        replacing(path) as temporary,
        gzip.open(temporary, "wt", compresslevel=1, encoding="ascii") as stream,
    ):
        for capture in captures:
            stream.write(json.dumps([getattr(capture, name) for name in _FIELDS]) + "\n")


def read_spool(path: Path) -> list[Capture]:
    """Read captures as they were stored."""
    with gzip.open(path, "rt", encoding="ascii") as stream:
        rows = [dict(zip(_FIELDS, json.loads(line), strict=True)) for line in stream]
    return [Capture(**row | {"notes": tuple(row["notes"])}) for row in rows]
