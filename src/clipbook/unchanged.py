"""Which notebooks need not run again: nothing that they read has changed, and all that they made is there."""

from __future__ import annotations

import ast
import json
import os
import platform
from functools import lru_cache
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

from clipbook.checks import FOLDER as CHECKS
from clipbook.checks.answers import RESULTS
from clipbook.corpus.stated import LINE_FIXES
from clipbook.files import digest_of, notebook_cells, read_json, sha256, write_json
from clipbook.provenance import read_provenance
from clipbook.study import STUDY_FILE
from clipbook.study_tables import OWN, PACKAGE, StudyTables
from clipbook.workbook import WIDTHS

GIVEN = PACKAGE / "notebooks.json"  # digests of the code of the notebooks as they are given out
OWN_FILES = (*OWN, LINE_FIXES, "codes", CHECKS)  # of the researcher's, beside the captures
_RUNS = ".runs.json"  # among the executed copies


def read_by(path: Path, root: Path, captures: Path, tables: StudyTables) -> str:
    """Tell one state of all that a notebook reads from another; "" where that cannot be known.

    It is known of the notebooks that clipbook gives out, whatever their settings: one with other code may read anything.

    Parameters
    ----------
    path, root, captures : Path
        The notebook, the workbook's root, and the captures.
    tables : StudyTables
        Those of the captures, brought up to date.
    """
    code = code_cells(path)
    given: dict[str, str] = json.loads(GIVEN.read_text(encoding="utf-8"))
    settings = _literals(code[0]) if code else None
    if settings is None or given.get(path.stem) != code_digest(code):
        return ""
    named = [path.parent / value for value in settings.values() if isinstance(value, str) and value]
    if settings.get("captures") or settings.get("figures") or any(file.is_dir() for file in named):
        return ""
    beside = [captures.parent / name for name in OWN_FILES]
    files = [path, RESULTS, root / STUDY_FILE, *named, *beside, *chain(*(one.rglob("*") for one in beside))]
    read = [f"{file} {sha256(file)}" for file in sorted(files) if file.is_file()]
    return digest_of([str(captures), os.environ.get(WIDTHS, ""), *_of_tables(tables), *read])


@lru_cache(maxsize=1)
def _of_tables(tables: StudyTables) -> list[str]:
    """Tell one state of the tables, of what they rest on and of what is installed from another, once a run."""
    installed = sorted(f"{one.metadata['Name']} {one.version}" for one in metadata.distributions())
    return [platform.python_version(), *installed, tables.digest(), json.dumps(tables.origin())]


def is_unchanged(path: Path, figures: Path, state: str) -> bool:
    """Whether the last run of a notebook read the same, and what it made lies there as it was made.

    Parameters
    ----------
    path, figures : Path
        The notebook, and the folder that its figures go to.
    state : str
        As from `read_by`.
    """
    return bool(state) and _runs(figures).get(path.stem) == {"read": state, "made": _made(path, figures)}


def note_run(path: Path, figures: Path, state: str) -> None:
    """Record what a notebook has read and made; parameters as for `is_unchanged`."""
    runs = {**_runs(figures), path.stem: {"read": state, "made": _made(path, figures)}}
    write_json(figures / "notebooks" / _RUNS, dict(sorted(runs.items())))


def code_cells(path: Path) -> list[str]:
    """Give the source of a notebook's code cells; none where it is no notebook."""
    return [source for kind, source in notebook_cells(path) if kind == "code"]


def code_digest(code: list[str]) -> str:
    """Tell one state of a notebook's code from another, whatever the settings in its first cell."""
    return digest_of(code[1:])


def _literals(cell: str) -> dict[str, Any] | None:
    """Read a cell of settings, each a name and a literal; None for a cell that does anything else."""
    try:
        return {line.targets[0].id: ast.literal_eval(line.value) for line in ast.parse(cell).body}  # type: ignore[attr-defined]
    except (SyntaxError, ValueError, AttributeError):
        return None


def _runs(figures: Path) -> dict[str, dict[str, str]]:
    return read_json(figures / "notebooks" / _RUNS)


def _made(path: Path, figures: Path) -> str:
    """Tell one state of a notebook's figures, its executed copy and their record from another."""
    record = read_provenance(figures)
    own = record.pop("notebooks").get(path.stem)
    told = json.dumps([record, own] if own else [], sort_keys=True)  # without figures nothing is said of them
    copies = [figures / "notebooks" / f"{path.stem}{ending}" for ending in (".ipynb", ".html")]
    files = [*copies, *sorted((figures / path.stem).glob("*"))]
    made = [f"{file.name} {sha256(file) if file.is_file() else ''}" for file in files]
    return digest_of([told, *made])
