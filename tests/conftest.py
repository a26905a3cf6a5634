"""What every test runs under: no network, no display, and no leftovers in the workbook's folders."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
OFFLINE, COUNTING = (Path(__file__).parent / name for name in ("offline", "counting"))
LONGEST = (  # files of tests, by the time they take
    "notebooks_in_jupyterlab", "tables", "notebooks", "tables_archives", "runner", "coding_panel_in_jupyterlab", "study_tables",
    "charts_style", "cli", "invariants", "hostile_corpus", "checks", "framing_calibration", "front_door", "regression",
)  # fmt: skip

os.environ["MPLBACKEND"] = "agg"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
for variable in ("CLIPBOOK_CAPTURES", "CLIPBOOK_FIGURES"):
    os.environ.pop(variable, None)
sys.path.insert(0, str(OFFLINE))
import sitecustomize  # noqa: E402, F401

from clipbook.tables import update_tables  # noqa: E402

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # so are jobs in the background, and all that they start
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no worker ends with one while the other has nothing left."""
    longest = [f"test_{name}.py" for name in LONGEST]
    items.sort(key=lambda item: longest.index(item.path.name) if item.path.name in longest else len(longest))


@pytest.fixture(scope="session")
def root() -> Path:
    """The workbook's root."""
    return ROOT


def lay_out_few(study: Path) -> Path:
    """Copy three captures of each of two outlets of the sample corpus into a study."""
    folder = study / "data" / "captures"
    samples = ROOT / "data" / "captures"
    for outlet in sorted(path for path in samples.iterdir() if path.is_dir())[:2]:
        (folder / outlet.name).mkdir(parents=True)
        for file in sorted(outlet.glob("*.txt"))[:3]:
            shutil.copy(file, folder / outlet.name)
    return folder


@pytest.fixture
def few_captures(tmp_path: Path) -> Path:
    """A folder with three captures of each of two outlets of the sample corpus."""
    return lay_out_few(tmp_path)


@pytest.fixture(scope="session")
def few_tables(tmp_path_factory) -> Path:
    """The tables of the few captures, made once: nobody writes into them."""
    folder = tmp_path_factory.mktemp("few")
    update_tables([lay_out_few(folder)], folder / "tables")
    return folder / "tables"


@pytest.fixture
def few_out(few_captures: Path, few_tables: Path) -> Path:
    """A folder beside the few captures with their tables, as a run has left it."""
    return shutil.copytree(few_tables, few_captures.parents[1] / "out")


@pytest.fixture(scope="session")
def counting() -> Callable[[Path], dict[str, str]]:
    """Gives an environment whose processes note in a file what they parse and search."""
    path = os.pathsep.join([str(COUNTING), os.environ["PYTHONPATH"]])
    return lambda notes: os.environ | {"PYTHONPATH": path, "CLIPBOOK_COUNTS": str(notes)}


@pytest.fixture(scope="session")
def ran(counting, tmp_path_factory) -> Path:
    """A study of the few captures as ``clipbook run`` leaves it, made once for all workers: nobody writes into it.

    What was parsed and searched meanwhile is noted in ``counts.txt`` beside it.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    study, ended = folder / "ran" / "study", folder / "ran" / "ended.txt"
    with FileLock(folder / "ran.lock"):
        if not ended.exists():
            lay_out_few(study)
            shutil.copytree(
                ROOT / "notebooks", study / "notebooks", ignore=shutil.ignore_patterns(".*", "*.html")
            )
            command = [sys.executable, "-m", "clipbook", "run"]
            environment = counting(study.parent / "counts.txt")
            run = subprocess.run(
                command, cwd=study, env=environment, capture_output=True, text=True, check=False
            )
            ended.write_text(f"{run.returncode}\n{run.stdout}{run.stderr}", encoding="utf-8")
    assert ended.read_text(encoding="utf-8").startswith("0\n"), ended.read_text(encoding="utf-8")
    return study


@pytest.fixture(scope="session")
def single(tmp_path_factory) -> Path:
    """The data of a study of a single, undated capture, with its tables, made once: nobody writes into them."""
    data = tmp_path_factory.mktemp("single") / "data"
    (data / "captures").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "samples" / "ferry.txt", data / "captures")
    update_tables([data / "captures"], data / "tables")
    return data


@pytest.fixture
def one_capture(single: Path, tmp_path: Path) -> Path:
    """A folder with a single, undated capture, its tables beside it."""
    return shutil.copytree(single, tmp_path / "data") / "captures"
