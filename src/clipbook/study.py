"""A study of one's own: a folder that works with the installed package."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from clipbook.files import write_json, write_text
from clipbook.frozen import STUDY, STUDY_FILE
from clipbook.pages.rows import HEADINGS
from clipbook.places import TEMPLATE, WorkbookError

GUIDE = (Path(__file__).parent / "templates" / "guide.md").read_text(encoding="utf-8")


TABLES = {**HEADINGS, "speakers.csv": "alias,speaker,role,camp"}  # laid out with their headings alone
GIVEN = ".given.json"  # among a study's notebooks: the state in which each was given
FIRST = {  # the notebooks of version 0.1.0, which kept no such record
    "01_corpus": "3c611c281bcfd0bb",
    "02_framing": "b3e7d7f493f1d9c1",
    "03_readability": "02ba6d35696f3f4d",
    "04_quotes": "f63e80872f56aa75",
    "05_keywords": "d6db38feabceab4d",
}


def new_study(folder: Path) -> list[Path]:
    """Lay out a study's folder, leaving alone whatever is there already.

    Parameters
    ----------
    folder : Path
        Made when missing. In a study that exists, only what is missing is added.

    Returns
    -------
    list of Path
        What was added.

    Raises
    ------
    WorkbookError
        If ``folder`` is a file, or holds other things than a study.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     added = new_study(Path(folder) / "study")
    ...     sum(path.suffix == ".ipynb" for path in added)
    6
    """
    if folder.exists() and not folder.is_dir():
        raise WorkbookError(f"{folder} is a file. Name a folder for the study.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "notebooks").is_dir():
        raise WorkbookError(f"{folder} holds other things already. Name a new or empty folder.")
    added = []
    for part in ("data/captures", "figures", "notebooks"):
        if not (folder / part).is_dir():
            (folder / part).mkdir(parents=True)
            added.append(folder / part)
    for name, text in (
        ("README.md", GUIDE.format(name=folder.resolve().name)),
        (".gitignore", "data/tables/\n"),
        (STUDY_FILE, STUDY.format(name=json.dumps(folder.resolve().name))),
        *((f"data/{name}", f"{heading}\n") for name, heading in TABLES.items()),
    ):
        if not (folder / name).exists():
            write_text(folder / name, text)
            added.append(folder / name)
    given = _given(folder)
    for shipped in _shipped():
        own = folder / "notebooks" / shipped.name
        if not own.exists():
            shutil.copyfile(shipped, own)
            added.append(own)
            given[own.stem] = notebook_digest(own)
    write_json(folder / "notebooks" / GIVEN, given)
    return added


def renew_notebooks(folder: Path) -> tuple[list[Path], list[Path]]:
    """Replace a study's notebooks that nobody has edited by those of this version.

    Parameters
    ----------
    folder : Path
        The study.

    Returns
    -------
    renewed, edited : list of Path
        Those replaced, and those of an earlier version that were left alone because somebody has edited them.

    Raises
    ------
    WorkbookError
        If ``folder`` is no study.
    """
    if not (folder / "notebooks").is_dir():
        raise WorkbookError(
            f"{folder} is no study: it has no folder notebooks. Make one with clipbook new {folder}"
        )
    given, renewed, edited = _given(folder), [], []
    for shipped in _shipped():
        own, new = folder / "notebooks" / shipped.name, notebook_digest(shipped)
        if not own.exists() or notebook_digest(own) == new:
            continue
        if notebook_digest(own) in (given.get(own.stem), FIRST.get(own.stem)):
            shutil.copyfile(shipped, own)
            renewed.append(own)
            given[own.stem] = new
        else:
            edited.append(own)
    write_json(folder / "notebooks" / GIVEN, given)
    return renewed, edited


def notebook_digest(path: Path) -> str:
    """Tell one state of a notebook's cells from another, whatever their outputs; "" where it is no notebook."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        written = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()[:16]


def _shipped() -> list[Path]:
    return sorted((TEMPLATE / "notebooks").glob("*.ipynb"))


def _given(folder: Path) -> dict[str, str]:
    """Read which state of each notebook the study was given."""
    try:
        found: dict[str, str] = json.loads((folder / "notebooks" / GIVEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
