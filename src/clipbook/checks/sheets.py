"""Sheets of checks: written once, read as far as they are filled in, refused cell by cell."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from clipbook.checks.draw import ADJUDICATED, DRAWN, LEAST_CERTAIN, SHEETS, CheckError, key_of
from clipbook.corpus.sheets import fingerprint, listed, read_sheet, sheet_faults, shown_text, write_sheet
from clipbook.files import write_json

MOST_OTHER = 0.1  # of the units that a check was drawn from: so many may be gone or new
KEPT = (
    "check_id", "capture_id", "stratum", "start", "text", "kind", "speaker", "found", "source_file", "outlet", "date",
)  # fmt: skip
SHOWN = (
    "check_id", "source_file", "outlet", "date", "headline", "before", "quotation", "after", "speaker found", "sentence",
    "cue", "frame", "frame asks", "text",
)  # fmt: skip


class Sheet(NamedTuple):
    """What was drawn of one kind, and what people have answered."""

    name: str
    random: bool  # drawn at random; else the least certain
    drawn: pd.DataFrame  # check_id, capture_id, stratum and what the machine had found
    answers: pd.DataFrame  # index check_id: a column a question, by its short name; "where", file and row
    frame: dict[str, str]  # of every unit that could be drawn, by its check_id, the stratum
    captures: frozenset[str]  # from which
    undecided: int  # units on which coders differ
    others: frozenset[str] | None = (
        None  # captures that were there and not looked through; None in an old record
    )
    gone: int = 0  # captures that it was drawn from and that the corpus has no longer
    added: int = 0  # captures that have come since

    @property
    def later(self) -> str:
        """What to say of captures that have come since."""
        captures = f"{self.added:,} capture{'s' * (self.added != 1)}"
        return f"it says nothing of {captures} added after it was drawn" if self.added else ""

    @property
    def strata(self) -> dict[str, int]:
        """How many units could be drawn of each stratum."""
        return dict(Counter(self.frame.values()))

    @property
    def filled(self) -> pd.DataFrame:
        """The drawn units that somebody has answered, with the answers."""
        return self.drawn.merge(self.answers, left_on="check_id", right_index=True)


def refuse_drawn(folder: Path, name: str) -> None:
    """Refuse to draw a kind whose sheets are in a folder already.

    Raises
    ------
    CheckError
        If a sheet of this kind is there: it may hold answers.
    """
    if there := _files(folder, name):
        raise CheckError(
            f"{there[0]} is there and may hold answers. Fill it in; or, to draw anew, move {folder} away."
        )


def write_check(
    folder: Path,
    name: str,
    drawn: pd.DataFrame,
    units: pd.DataFrame,
    captures: Iterable[str],
    *,
    others: Iterable[str] = (),
    seed: int = 0,
    coders: Sequence[str] = (),
) -> list[Path]:
    """Write the sheets of one kind, and the record of what was drawn from what.

    Parameters
    ----------
    folder : Path
        Where they go.
    name : str
        Of `draw.SHEETS`.
    drawn, units : DataFrame
        The units drawn, in their order, and all that could be.
    captures : iterable of str
        All that were looked through, also those in which no unit was found.
    others : iterable of str
        All else that was there, such as copies.
    seed : int
        For the record.
    coders : sequence of str
        One sheet each; one without a name when empty.

    Returns
    -------
    list of Path
        The sheets, ``NAME.csv`` and ``NAME.xlsx``, or ``NAME_CODER.csv`` ....

    Raises
    ------
    CheckError
        If a sheet of this kind is there already: it may hold answers.

    Notes
    -----
    The record is written first, so that a sheet is never without it.
    """
    refuse_drawn(folder, name)
    quoted = "quotation" in drawn  # else the text is a whole article, which the record need not repeat
    shown = drawn[[one for one in SHOWN if one in drawn and not (one == "text" and quoted)]].astype("str")
    kept = [one for one in KEPT if one in drawn and (one != "text" or quoted)]
    told: list[Any] = drawn[kept].to_dict("records")
    prints = [fingerprint(shown_text(row)) for row in shown.to_dict("records")]
    record = {
        "sheet": name,
        "random": name != LEAST_CERTAIN,
        "seed": seed,
        "frame": {str(key): sorted(ids) for key, ids in units.groupby("stratum")["check_id"]},
        "captures": sorted(set(captures)),
        "others": sorted(set(others) - set(captures)),
        "units": [{**row, "print": mark} for row, mark in zip(told, prints, strict=True)],
    }
    write_json(folder / f"{name}{DRAWN}", json.loads(json.dumps(record, default=int)))
    files = []
    for coder in coders or ("",):
        for ending in (".csv", ".xlsx"):
            path = folder / f"{name}{'_' * bool(coder)}{coder}{ending}"
            write_sheet(path, shown, SHEETS[name])
            files.append(path)
    return files


def read_check(folder: Path, name: str) -> Sheet | None:
    """Read the sheets of one kind as far as they are filled in; None where none was drawn.

    Several coders' sheets are joined: where they differ, that of the coder ``agreed`` decides.

    Raises
    ------
    CheckError
        If a sheet cannot be read as what was drawn: an id that was not drawn or stands twice, a text that is not that of
        its id, a question that is missing, an answer that is none of the choices. All are listed, with file and row.
    """
    record = folder / f"{name}{DRAWN}"
    if not record.is_file():
        return None
    try:
        stored = json.loads(record.read_text(encoding="utf-8"))
        drawn = pd.DataFrame(stored["units"]).set_index("check_id", drop=False)
        drawn.index.name = None
        frame = {unit: stratum for stratum, units in stored["frame"].items() for unit in units}
        captures, random = frozenset(stored["captures"]), bool(stored["random"])
        others = frozenset(stored["others"]) if "others" in stored else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise CheckError(f"{record} is damaged. Put it back as it was drawn; nobody need open it.") from None
    asked = {key_of(heading): answers for heading, answers in SHEETS[name].items()}
    prints: Any = drawn["print"].to_dict()
    faults: list[str] = []
    read = {}
    for path in _files(folder, name):
        if not re.fullmatch(rf"{name}(_[\w-]{{1,60}})?", path.stem):  # a download or a file manager made it
            faults.append(
                f"{path.name}: looks like a copy. Keep one, {name}.csv or {name}_CODER.csv (or .xlsx)."
            )
            continue
        sheet = read_sheet(path)
        sheet.columns = [
            key_of(heading) if ":" in heading else heading for heading in map(str, sheet.columns)
        ]
        faults += (found := [*sheet_faults(path.name, sheet, prints, asked, ["check_id"])])
        if not found:
            read[path] = _answered(path.name, sheet, asked)
    if faults:
        raise CheckError(f"Checks in {folder} cannot be used yet:\n{listed(faults)}")
    by_coder: dict[str, pd.DataFrame] = {}
    for path, table in ((path, table) for path, table in read.items() if len(table)):
        own = by_coder.setdefault(path.stem.removeprefix(name).removeprefix("_"), table)
        if not own.drop(columns="where").sort_index().equals(table.drop(columns="where").sort_index()):
            raise CheckError(
                f"{path} and the other file of that name, .csv and .xlsx, hold different answers. Keep one."
            )
    answers, undecided = _joined(by_coder, list(asked))
    return Sheet(name, random, drawn.reset_index(drop=True), answers, frame, captures, undecided, others)


def still_there(sheet: Sheet, units: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Give the units that a check was drawn from and that are found still, each in its stratum of then.

    Those drawn are a random part of them, too. The second says how many are gone or new and so left out; where these are more
    than a tenth, no unit is given.
    """
    stratum = units["check_id"].map(sheet.frame)
    here = units[stratum.notna()].assign(stratum=stratum.dropna())
    gone, new = len(sheet.frame) - len(here), len(units) - len(here)
    if not gone and not new:
        return here, ""
    apart = f"{gone:,} of the {len(sheet.frame):,} that the check was drawn from are found no longer, {new:,} are new"
    if gone + new <= MOST_OTHER * len(sheet.frame):
        return here, f"{apart}; these are left out"
    return here[:0], f"{apart} (captures were changed, or another version measured them). Draw a new check"


def _files(folder: Path, name: str) -> list[Path]:
    """Find the sheets of a kind; those of another kind whose name begins alike are left out."""
    others = [other for other in SHEETS if other.startswith(name) and other != name]
    found = [path for path in sorted(folder.glob(f"{name}*")) if path.suffix.lower() in (".csv", ".xlsx")]
    return [path for path in found if not any(path.name.startswith(other) for other in others)]


def _answered(file: str, sheet: pd.DataFrame, asked: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    table = sheet[["check_id", *asked]].assign(where=[f"{file}, row {row}" for row in sheet.index])
    for key in (key for key, choices in asked.items() if choices):
        table[key] = table[key].str.casefold()
    begun = (table[list(asked)] != "").any(axis=1)
    return table[begun].set_index("check_id")


def _joined(by_coder: Mapping[str, pd.DataFrame], asked: Sequence[str]) -> tuple[pd.DataFrame, int]:
    """Join coders' answers: alike, or as agreed upon; the others are undecided and left out."""
    rows: dict[str, pd.Series] = {}
    differ: set[str] = set()
    for coder, table in sorted(by_coder.items(), key=lambda pair: pair[0] == ADJUDICATED):
        for check_id, answers in table.iterrows():
            unit = str(check_id)
            if coder == ADJUDICATED:
                differ.discard(unit)
            elif unit in rows and any(rows[unit][key] != answers[key] for key in asked):
                differ.add(unit)
            rows[unit] = answers
    kept = {unit: answers for unit, answers in rows.items() if unit not in differ}
    table = pd.DataFrame.from_dict(kept, orient="index", columns=[*asked, "where"], dtype="str")
    return table, len(differ)
