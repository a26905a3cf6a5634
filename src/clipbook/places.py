"""Where a study lies, and the workbook that clipbook was installed from."""

from __future__ import annotations

from pathlib import Path

from clipbook.errors import ClipbookError

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_CARRIED = Path(__file__).parent / "template"  # in a wheel; a checkout has the same files at its root
TEMPLATE = _CARRIED if _CARRIED.is_dir() else PACKAGE_ROOT


class WorkbookError(ClipbookError):
    """Something about the study that the user can put right."""


class NoCapturesError(WorkbookError):
    """There is nothing to analyse."""


def find_study() -> Path | None:
    """Find the folder that holds ``notebooks`` and ``data``: the working directory or one above it; None outside."""
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "data").is_dir():
            return folder
    return None


def find_root() -> Path:
    """Find the study; outside of one, the workbook that clipbook was installed from.

    Raises
    ------
    WorkbookError
        If there is no workbook anywhere.
    """
    if study := find_study():
        return study
    if (PACKAGE_ROOT / "notebooks").is_dir() and (PACKAGE_ROOT / "data").is_dir():
        return PACKAGE_ROOT
    here = Path.cwd().resolve()
    raise WorkbookError(
        f"No workbook found: neither {here} nor a folder above it holds the folders notebooks and data. "
        "Change into your workbook's folder and try again."
    )
