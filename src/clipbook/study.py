"""A study of one's own: a folder that works with the installed package."""

from __future__ import annotations

import shutil
from pathlib import Path

from clipbook.files import write_text
from clipbook.workbook import TEMPLATE, WorkbookError

GUIDE = """# {name}

A study made with clipbook.

1. Put captured pages (.txt, .html, .mhtml, .warc, .pdf, .docx, ...) into `data/captures/`, one folder
   an outlet if you like.
2. What you know better than a page does goes into `data/captures.csv`: a column `source_file` (the path below
   `data/captures`) and any of `outlet`, `published` (2026-03-31), `url`, and columns of your own.
3. Who belongs together goes into `data/speakers.csv`: `alias` (a name as the table of quotations gives it), `speaker`
   (the one name to use), and columns of your own to count by, such as `role` or `camp`. A quotation given to the wrong
   person is corrected in `data/quote_fixes.csv`: `capture_id`, `text` (its first words), `speaker`, and `kind` (direct,
   mixed, scare, title) if that is wrong. Any spreadsheet may write these files.
4. `clipbook run` writes the figures; open `figures/index.html`. `jupyter lab` opens the notebooks.
"""


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
    5
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
    if not (folder / "README.md").exists():
        write_text(folder / "README.md", GUIDE.format(name=folder.resolve().name))
        added.append(folder / "README.md")
    for shipped in sorted((TEMPLATE / "notebooks").glob("*.ipynb")):
        own = folder / "notebooks" / shipped.name
        if not own.exists():
            shutil.copyfile(shipped, own)
            added.append(own)
    return added
