"""What the filled sheets of a study say: corrections of rows, and how right the machine is, in general and in this corpus."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from clipbook.checks.draw import LEAST_CERTAIN, NOBODY, QUESTIONS, CheckError
from clipbook.checks.estimate import FEWEST_CHECKED
from clipbook.checks.rates import proportion
from clipbook.checks.sheets import Sheet, read_check
from clipbook.corpus.metadata import CHECKED, Known, known_of
from clipbook.places import TEMPLATE
from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED

ACCURACY_COLUMNS = ("measure", "right", "low", "high", "checked", "note")
FOLDER = "checks"  # beside the captures
RIGHT = {"right outlet": "outlet", "right date": "published", "right headline": "headline"}


class Checks(NamedTuple):
    """A study's checks; None for what was not drawn."""

    quotes: Sheet | None = None
    least_certain: Sheet | None = None
    missed: Sheet | None = None
    cues: Sheet | None = None
    captures: Sheet | None = None


def read_checks(folder: Path, captures: Collection[str] | None = None) -> Checks:
    """Read all checks of a folder, as far as they are filled in.

    Parameters
    ----------
    folder : Path
        Where `sheets.write_check` wrote them.
    captures : collection of str, optional
        The corpus's ``capture_id``.

    Raises
    ------
    CheckError
        If a check was drawn from other captures altogether, or as from `sheets.read_check`.
    """
    fields = {**dict(zip(QUESTIONS, QUESTIONS, strict=True)), "least_certain": LEAST_CERTAIN}
    read = {field: read_check(folder, name) for field, name in fields.items()}
    for field, sheet in read.items():
        if sheet is None or captures is None:
            continue
        gone = len(sheet.captures - set(captures))
        if gone and gone == len(sheet.captures):
            raise CheckError(
                f"The check {sheet.name} in {folder} is of another corpus: none of its captures is here. Take it to its study."
            )
        known = sheet.captures | (set(captures) if sheet.others is None else sheet.others)
        read[field] = sheet._replace(gone=gone, added=len(set(captures) - known))
    return Checks(**read)


def judged(sheet: Sheet) -> pd.DataFrame:
    """Give the quotations of a sheet that are judged to the end, with ``is_speech`` and ``who`` in truth.

    Those of which somebody was unsure, or that were left half answered, are left out. Who writes the right speaker has said
    that another was found.
    """
    rows = sheet.filled
    if rows.empty:
        return rows.assign(is_speech=pd.Series(dtype=bool), who=pd.Series(dtype="str"))
    typed = rows["right speaker"].str.strip()
    named = typed.mask(typed.str.casefold().isin(("", *NOBODY)), UNATTRIBUTED)
    found = rows["speaker"].where(rows["kind"].isin(SPEECH), UNATTRIBUTED)
    right = rows["speaker right"].mask((rows["speaker right"] == "") & (typed != ""), "no")
    known = (rows["speech"] == "no") | ((rows["speech"] == "yes") & right.isin(("yes", "no")))
    who = named.mask(right == "yes", found).mask(rows["speech"] == "no", UNATTRIBUTED)
    return rows.assign(is_speech=rows["speech"] == "yes", who=who)[known]


def fixes_of(checks: Checks) -> pd.DataFrame:
    """Give the checked quotations as corrections for `quotes.apply_fixes`; the index says where each stands."""
    tables = [judged(sheet) for sheet in (checks.quotes, checks.least_certain) if sheet is not None]
    rows = pd.concat([table for table in tables if len(table)]) if any(map(len, tables)) else pd.DataFrame()
    columns = ["capture_id", "text", "start", "speaker", "kind"]
    if rows.empty:
        return pd.DataFrame(columns=columns, dtype="str")
    was_speech = rows["kind"].isin(SPEECH)
    kind = np.where(
        rows["is_speech"] == was_speech, rows["kind"], np.where(rows["is_speech"], "direct", "scare")
    )
    made = rows.assign(kind=kind, speaker=rows["who"], start=rows["start"].astype(str)).set_index("where")
    made.index.name = None
    return made[columns].astype("str")


def captures_checked_near(paths: Iterable[Path]) -> list[Known]:
    """Read what checks beside folders of captures say of outlets, dates and headlines, as rows of metadata.

    Raises
    ------
    CheckError, MetadataError
        As from `sheets.read_check`; or where a date cannot be read.
    """
    folders = dict.fromkeys(path.resolve() if path.is_dir() else path.resolve().parent for path in paths)
    known = []
    for folder in dict.fromkeys(folder.parent / FOLDER for folder in folders):
        sheet = read_check(folder, "captures")
        for row in [] if sheet is None else sheet.filled.to_dict("records"):
            cells = {column: row[question] for question, column in RIGHT.items() if row[question]}
            file, _, number = row["where"].rpartition(", row ")
            if cells:
                named = {"source_file": row["capture_id"], **cells}
                known.append(known_of(int(number), named, f"{FOLDER}/{file}", CHECKED))
    return known


def accuracy_table(checks: Checks, *kinds: str) -> pd.DataFrame:
    """State how right the machine is in this corpus, by the checks that were drawn at random.

    Parameters
    ----------
    checks : Checks
        As from `read_checks`.
    *kinds : str
        Of ``quotes``, ``missed``, ``cues``, ``captures``; all when none is named.

    Returns
    -------
    DataFrame
        ``measure``, ``right`` (0 to 1), ``low``, ``high`` (95 % interval, as from `estimate.proportion`), ``checked``
        (units), ``note``: why there is no interval, or what was left out. No rows without checks.
    """
    if kinds:
        checks = Checks(**{name: getattr(checks, name) for name in kinds})
    rows: list[tuple[object, ...]] = []
    if (sheet := checks.quotes) is not None:
        table, unsure = judged(sheet), len(sheet.answers) - len(judged(sheet))
        taken = table["kind"].isin(SPEECH) if len(table) else pd.Series(dtype=bool)
        right = table["is_speech"] & (table["who"] == table["speaker"]) if len(table) else taken
        for measure, good in (("speaker right", right), ("speech", table["is_speech"])):
            rows.append(
                _row(sheet, table, unsure, f"{measure}, of quotations taken for speech", good & taken, taken)
            )
    if (sheet := checks.missed) is not None:
        done = sheet.filled.query("done == 'yes'")
        missed = (
            done["missed"].map(lambda cell: sum(bool(part.strip()) for part in cell.split("|"))).astype(float)
        )
        found, measure = done["found"].astype(float), "quotations found, of all between marks"
        rows.append(_row(sheet, done, len(sheet.answers) - len(done), measure, found, found + missed))
    if (sheet := checks.cues) is not None:
        told, unsure = _told(sheet, "means")
        rows.append(_row(sheet, told, unsure, "cues that mean their frame", told["means"] == "yes"))
        for frame, own in told.groupby("stratum"):
            name = str(frame).replace("_", " ")
            rows.append(_row(sheet, own, 0, f"cues that mean {name}", own["means"] == "yes"))
    if (sheet := checks.captures) is not None:
        for key in ("outlet right", "date right", "headline right", "body whole"):
            told, unsure = _told(sheet, key)
            rows.append(_row(sheet, told, unsure, key, told[key] == "yes"))
    return pd.DataFrame(rows, columns=list(ACCURACY_COLUMNS))


def _told(sheet: Sheet, key: str) -> tuple[pd.DataFrame, int]:
    """Give the units of which a question is answered, and the number of others that somebody has begun."""
    table = sheet.filled
    told = table[table[key].isin(("yes", "no"))]
    return told, len(table) - len(told)


def _row(
    sheet: Sheet,
    table: pd.DataFrame,
    unsure: int,
    measure: str,
    right: pd.Series,
    asked: pd.Series | None = None,
) -> tuple[object, ...]:
    names = [name for name in sheet.strata if name in set(table["stratum"])]
    lacking = [name for name in sheet.strata if name not in names]
    strata = table["stratum"].map({name: place for place, name in enumerate(names)}).to_numpy(np.int64)
    ones = np.ones(len(table)) if asked is None else asked.to_numpy(float)
    sizes = np.array([sheet.strata[name] for name in names], np.int64)
    share, low, high, number = proportion(strata, sizes, right.to_numpy(float), ones)
    few = number < FEWEST_CHECKED and sheet.name != "missed"
    if few:
        share = low = high = np.nan
    drawn, left = len(sheet.drawn), len(sheet.drawn) - len(sheet.answers) - sheet.undecided
    notes = {
        f"fewer than {FEWEST_CHECKED} checked": few,
        f"{left} of {drawn} not filled in; leave none out because it is difficult": left,
        f"{unsure} of {drawn} unsure or half filled in, and left out": unsure,
        f"{sheet.undecided} on which coders differ are left out": sheet.undecided,
        f"{sheet.gone} of the {len(sheet.captures)} captures that it was drawn from are gone": sheet.gone,
        sheet.later: sheet.later,
        f"none checked of: {', '.join(lacking)}": lacking and sheet.name == "quotes",
    }
    return measure, share, low, high, number, "; ".join(note for note, true in notes.items() if true)


RESULTS = TEMPLATE / "tests" / "validity" / "results.json"


def accuracy(notebook: str) -> str:
    """Say how right a notebook's measure is, as ``make validity`` measured and recorded it.

    Parameters
    ----------
    notebook : str
        The notebook's name, such as ``04_quotes``; of others it is said where each measure's accuracy stands.
    """
    area = notebook.partition("_")[2].replace("corpus", "captures")
    recorded = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    if not recorded:
        return "How right this is has not been measured on this copy of clipbook."
    if area not in recorded:
        return "How right each measure is stands in its own notebook, 01 to 05."
    shown = [row for row in recorded[area]["measures"] if row.get("headline")]
    facts = "; ".join(
        f"{row['label']} {row['value']:.2f}"
        + (f" (95% interval {row['low']:.2f} to {row['high']:.2f})" if "low" in row else "")
        + f", n = {row['n']:,} {row['unit']}"
        for row in shown
    )
    return f"Measured against human-coded news in English: {facts}. {recorded[area]['meaning']}"


OWN_MEASURES = {
    "quotes": ("speaker right", "quotations found"),
    "framing": ("cues that mean their frame",),
    "corpus": ("outlet right", "date right", "headline right", "body whole"),
}


def own_accuracy(notebook: str, checks: Checks) -> str:
    """Say how right a notebook's measure is in this corpus, by checks that were drawn at random; "" without them.

    Parameters
    ----------
    notebook : str
        The notebook's name, such as ``04_quotes``.
    checks : Checks
        As from `checks.read_checks`.
    """
    table = accuracy_table(checks)
    wanted = OWN_MEASURES.get(notebook.partition("_")[2], ())
    known = table[table["right"].notna() & table["measure"].str.startswith(wanted)] if wanted else table[:0]
    facts = "; ".join(
        f"{row['measure']} {row['right']:.2f} (95% interval {row['low']:.2f} to {row['high']:.2f}), {row['checked']} checked"
        for row in known.to_dict("records")
    )
    return f"In these captures, by your random checks: {facts}." if facts else ""
