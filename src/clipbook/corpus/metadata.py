"""Tables that the researcher keeps beside the captures, as spreadsheets save them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from clipbook.article.dates import offset
from clipbook.captures.decode import decode
from clipbook.captures.delimited import delimiter
from clipbook.captures.files import METADATA_NAME
from clipbook.corpus.own_tables import read_own_table
from clipbook.errors import ClipbookError
from clipbook.schema import TableError

CHECKED = "checks/captures"  # what the outlet is from where a check of captures says it


_DATES = ("published", "updated")
_YEARS = (1605, 2099)  # of the first printed newspaper, and the last that dates of pages are read of
_MEASURED = frozenset(
    (
        "capture_id", "format", "body", "words", "kept_share", "status", "duplicate_of", "notes", "sha256",
        "paywalled", "published_zone",
    )
)  # fmt: skip
_OTHER_DATES = (
    "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%Y/%m/%d", "%Y.%m.%d",
)  # fmt: skip


class MetadataError(ClipbookError, ValueError):
    """The researcher's metadata contradicts itself, or holds a value that cannot be read."""


class LineFix(NamedTuple):
    """A line that is part of the story, or not, as the researcher says."""

    row: int
    line: int
    text: str  # its first words
    keep: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the researcher says of one capture: a row of metadata, empty cells left out, or lines put right."""

    row: int  # counted from 1 at the heading, as a spreadsheet does
    source_file: str
    values: dict[str, str | datetime]
    lines: tuple[LineFix, ...] = ()
    stated_in: str = METADATA_NAME

    @property
    def unmatched(self) -> str:
        """The note for a row that names no capture."""
        return f"{self.stated_in} row {self.row} names {self.source_file}, which is not among the captures"


def find_metadata(paths: Iterable[Path]) -> Path | None:
    """Find ``captures.csv`` in one of the folders (or beside a file given), or ``<folder>.csv`` beside it.

    Raises
    ------
    MetadataError
        If several folders have one: what they say of a file would depend on which is read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        folder = path.resolve() if path.is_dir() else path.resolve().parent
        beside = folder.parent / f"{folder.name}.csv"
        if (folder / METADATA_NAME).is_file() and folder / METADATA_NAME != path.resolve():
            found[folder / METADATA_NAME] = None
        elif beside.is_file() and (beside.name == METADATA_NAME or "source_file" in _header(beside)):
            found[beside] = None
    if len(found) > 1:
        raise MetadataError(
            f"There is more than one list of what is known of the captures: {', '.join(map(str, found))}. Put them "
            "into one file and name it with --metadata, or read their common folder."
        )
    return next(iter(found), None)


def read_metadata(path: Path) -> list[Known]:
    """Read the researcher's CSV, separated by commas, semicolons, tabs or bars.

    Raises
    ------
    MetadataError
        If the file is not a table with a column ``source_file``, says two things of one file, or holds a date
        that cannot be read; the message names the rows.
    """
    table = table_of(path)
    if "source_file" not in table:
        raise MetadataError(
            f"{path.name} has no column source_file; its columns are {', '.join(map(str, table.columns)) or 'none'}. "
            "Name the column that holds the files' names source_file."
        )
    rows = zip(table.index, table.to_dict("records"), strict=True)
    known = [known_of(row, cells, path.name, METADATA_NAME) for row, cells in rows]
    refuse_contradictions(known)
    return known


def table_of(path: Path) -> pd.DataFrame:
    """Read a table of what the researcher says, for which there is one kind of error."""
    try:
        return read_own_table(path)
    except TableError as error:
        raise MetadataError(str(error)) from None


def refuse_contradictions(known: Iterable[Known]) -> None:
    """Refuse rows that say two things of one capture; those that add to each other are one.

    Raises
    ------
    MetadataError
        Naming both rows.
    """
    first: dict[tuple[str, str], Known] = {}
    for item in known:
        for name in item.values.keys() - {"outlet_from", "published_from"}:
            other = first.setdefault((item.source_file, name), item)
            if other.values[name] != item.values[name]:
                raise MetadataError(
                    f"{other.stated_in} row {other.row} and {item.stated_in} row {item.row} differ on {name} of "
                    f"{item.source_file}. Keep one of them."
                )


def add_metadata(
    articles: pd.DataFrame, known: list[Known], *, required: bool
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Put what the researcher knows in place of what was parsed.

    Parameters
    ----------
    articles : DataFrame
        The articles table.
    known : list of Known
        From :func:`read_metadata`. Empty cells leave what was parsed.
    required : bool
        Whether the file was named by the researcher, so that matching nothing is an error.

    Returns
    -------
    tuple of (DataFrame, tuple of str)
        The table, with further columns of the file at its end (one that has the name of a measured
        column is called ``given_<name>``), and a note for each row that names no capture.

    Raises
    ------
    MetadataError
        If no row names a capture that was read.
    """
    places = _places(articles)
    matched = [item for item in known if item.source_file in places]
    if required and not matched:
        raise none_named(articles["source_file"].iloc[0] if len(articles) else "page.txt")
    result = articles.copy()
    for name in dict.fromkeys(name for item in known for name in item.values):
        target = given_name(name)
        values: list[object] = list(result[target]) if target in result.columns else [""] * len(result)
        zones = list(result["published_zone"])
        for item in matched:
            for place in places[item.source_file] if name in item.values else ():
                value = item.values[name]
                values[place] = value.replace(tzinfo=None) if isinstance(value, datetime) else value
                if name == "published" and isinstance(value, datetime):
                    zones[place] = offset(value.strftime("%z"))
        if target in _DATES:
            result[target] = pd.to_datetime(pd.Series(values, index=result.index)).astype("datetime64[us]")
        else:
            result[target] = pd.Series(values, index=result.index, dtype="str")
        result["published_zone"] = zones
    return result, tuple(item.unmatched for item in known if item.source_file not in places)


def none_named(example: str) -> MetadataError:
    """Say that no row of the metadata names a capture, with the name of one."""
    return MetadataError(
        "No row of the metadata names a capture that was read; source_file must be the path below the captures folder, "
        f"for example {example}."
    )


def given_name(name: str) -> str:
    """Name the column of the articles table that a column of metadata fills."""
    return f"given_{name}" if name in _MEASURED else name


def known_of(row: int, cells: Mapping[Any, str], file: str, source: str) -> Known:
    """Take a row of a table: its cells, the file that it stands in, and what the outlet and date are then said to be from.

    Raises
    ------
    MetadataError
        If ``source_file`` is empty, or a date or language cannot be read.
    """
    where = f"{file}, row {row}"
    name = cells["source_file"].replace("\\", "/").removeprefix("./")
    if not name:
        raise MetadataError(f"{where}: source_file is empty; name the file or delete the row.")
    stated = {name: cell for name, cell in cells.items() if cell and name != "source_file"}
    values = {name: _value(name, cell, where) for name, cell in stated.items()}
    values |= {f"{field}_from": source for field in ("outlet", "published") if field in stated}
    return Known(row, name, values, (), file)


def _value(name: str, cell: str, where: str) -> str | datetime:
    if name == "language":
        return _language(cell, where)
    if name not in _DATES:
        return cell
    found = _date(cell)
    if found is None:
        raise MetadataError(
            f"{where}: {name} is {cell!r}, which is not a date that can be read without doubt; write it as 2024-05-31 or "
            "2024-05-31T14:30."
        )
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise MetadataError(
            f"{where}: {name} is {cell!r}, and no news is of that year; leave the cell empty where the date is not known."
        )
    return found


def _date(cell: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(cell)
    for form in _OTHER_DATES:
        with suppress(ValueError):
            return datetime.strptime(cell, form)
    return None


def _language(cell: str, where: str) -> str:
    code = re.fullmatch(r"([a-z]{2})([-_].*)?", cell.lower())
    if not code:
        raise MetadataError(f"{where}: language is {cell!r}; write its two-letter code, such as en or de.")
    return code[1]


def _places(articles: pd.DataFrame) -> dict[str, list[int]]:
    """Where each name leads: a file's name to all of its captures, a capture's own name to that one."""
    files: dict[str, list[int]] = {}
    for at, name in enumerate(articles["source_file"]):
        files.setdefault(name, []).append(at)
    return {name: [at] for at, name in enumerate(articles["capture_id"])} | files


def _header(path: Path) -> list[str]:
    with path.open("rb") as stream:
        heading = decode(stream.read(20_000))[0].split("\n", 1)[0]
    return [cell.strip(' "\r') for cell in heading.split(delimiter(heading))]
