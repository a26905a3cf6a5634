"""What every test runs under: no network, no display, and no leftovers in the workbook's folders."""

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OFFLINE = Path(__file__).parent / "offline"

os.environ["MPLBACKEND"] = "agg"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
for variable in ("CLIPBOOK_CAPTURES", "CLIPBOOK_FIGURES"):
    os.environ.pop(variable, None)
sys.path.insert(0, str(OFFLINE))
import sitecustomize  # noqa: E402, F401


@pytest.fixture(scope="session")
def root() -> Path:
    """The workbook's root."""
    return ROOT


@pytest.fixture
def few_captures(tmp_path: Path) -> Path:
    """A folder with three captures of each of two outlets of the sample corpus."""
    folder = tmp_path / "data" / "captures"
    samples = ROOT / "data" / "captures"
    for outlet in sorted(path for path in samples.iterdir() if path.is_dir())[:2]:
        (folder / outlet.name).mkdir(parents=True)
        for file in sorted(outlet.glob("*.txt"))[:3]:
            shutil.copy(file, folder / outlet.name)
    return folder


@pytest.fixture
def one_capture(tmp_path: Path) -> Path:
    """A folder with a single, undated capture."""
    folder = tmp_path / "data" / "captures"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "samples" / "ferry.txt", folder)
    return folder
