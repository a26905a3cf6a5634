"""``clipbook run`` killed at any moment, or started twice: every file is whole, nothing finished is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import given
import nbclient
import nbformat
import pandas as pd
import pytest

from clipbook import cli, runner, unchanged
from clipbook.charts import findings, forms, style
from clipbook.files import write_json
from clipbook.provenance import read_provenance
from clipbook.runner import alone
from clipbook.workbook import WIDTHS, Workbook

KILLS = int(os.environ.get("CLIPBOOK_KILLS", "5"))
STORY = "“It is not safe,” said {who}, the engineer. The bridge in Lindmouth shut on Monday.\n\n" * 6
NOTEBOOK = "# Who speaks\n\nWho gets to speak?"


class Prepared:
    """Stands in for the kernel: the figures that a notebook would save appear at once."""

    figures = Path()

    def __init__(self, notebook: object, **_: object) -> None:
        pass

    def execute(self, env: dict[str, str]) -> None:
        shutil.copytree(self.figures, env["CLIPBOOK_FIGURES"], dirs_exist_ok=True)


def study(folder: Path, who: str) -> Path:
    """A workbook with one notebook and one capture, and beside it what the notebook saves."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "data" / "captures").mkdir(parents=True)
    (folder / "data" / "captures" / "bridge.txt").write_text(STORY.format(who=who), encoding="utf-8")
    cell = nbformat.v4.new_markdown_cell(NOTEBOOK, id="question")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "notebooks" / "01_trial.ipynb")
    book = Workbook("01_trial", folder, folder / "data" / "captures", folder / "saved")
    for name in ("share", "rank"):
        data = pd.DataFrame({"speaker": [who, "Bo Lind"], "share": [0.75, 0.25]})
        fig, ax = style.new_figure(forms.rows_height(2))
        forms.bars(ax, data["speaker"], data["share"], [*map(findings.percent, data["share"])])
        style.finish(fig, ax, title=f"{who} speaks most", subtitle="Share.", source="n = 1 article")
        book.save(fig, name, data=data, alt=f"Two bars, {who} first.")
    return folder


def run(root: Path, figures: Path) -> int:
    os.chdir(root)
    Prepared.figures = root / "saved"
    captures = str(root / "data" / "captures")
    return cli.main(["run", "01_trial", "--captures", captures, "--figures", str(figures)])


def in_child(root: Path, figures: Path, kill_after: float = 0.0) -> float:
    """Run in a process of its own; with ``kill_after`` it is killed then. Gives the seconds it lived."""
    start = time.monotonic()
    child = os.fork()
    if not child:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os._exit(run(root, figures))
    if kill_after:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - start


def contents(figures: Path) -> dict[str, bytes]:
    """What a reader of the folder meets: no hidden files, and not the lock."""
    files = [path for path in figures.rglob("*") if path.is_file() and path.name not in ("lock", "lock.json")]
    named = {path.relative_to(figures).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in named.items() if "/." not in f"/{name}"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two studies, each as a run left it: nobody writes into them."""
    folder = tmp_path_factory.mktemp("studies")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nbclient, "NotebookClient", Prepared)
        patch.chdir(folder)
        for name, who in (("old", "Ana Ruiz"), ("new", "Tove Berg")):
            assert run(study(folder / name, who), folder / name / "figures") == 0
    return folder


@pytest.fixture
def studies(made, tmp_path, monkeypatch):
    monkeypatch.setattr(nbclient, "NotebookClient", Prepared)
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(made / "old", tmp_path / "old"), shutil.copytree(made / "new", tmp_path / "new")


def with_code(root: Path, *code: str) -> None:
    cells = [nbformat.v4.new_code_cell(source, id=f"c{place}") for place, source in enumerate(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "notebooks" / "01_trial.ipynb")


@pytest.fixture
def runs_again(made, tmp_path, monkeypatch):
    """Run a study whose notebook is one that clipbook gives out; says whether it was executed."""
    executed = []

    class Counted(Prepared):
        def execute(self, env: dict[str, str]) -> None:
            executed.append(env)
            super().execute(env)

    monkeypatch.setattr(nbclient, "NotebookClient", Counted)
    monkeypatch.chdir(tmp_path)
    root = shutil.copytree(made / "old", tmp_path / "study")
    with_code(root, 'captures = ""  # a folder\nmeasure = "fre"', "print(measure)")
    monkeypatch.setattr(unchanged, "GIVEN", tmp_path / "given.json")
    code = unchanged.code_cells(root / "notebooks" / "01_trial.ipynb")
    write_json(tmp_path / "given.json", {"01_trial": unchanged.code_digest(code)})

    def again() -> bool:
        before = len(executed)
        assert run(root, root / "figures") == 0
        return len(executed) > before

    assert (again(), again()) == (True, False)
    return root, again


CHANGES = {
    "a capture": lambda root: (root / "data" / "captures" / "new.txt").write_text(
        STORY.format(who="Bo Lind")
    ),
    "a table of names": lambda root: (root / "data" / "speakers.csv").write_text(
        "alias,speaker\nRuiz,Ana Ruiz\n"
    ),
    "a coder's sheet": lambda root: write_json(root / "data" / "codes" / "ann.csv", {}),
    "a check": lambda root: write_json(root / "data" / "checks" / "notes.json", {}),
    "what the study states": lambda root: (root / "study.toml").write_text("seed = 4\n"),
    "a setting": lambda root: with_code(root, 'captures = ""\nmeasure = "smog"', "print(measure)"),
    "a figure that is gone": lambda root: (root / "figures" / "01_trial" / "share.png").unlink(),
    "a figure drawn over": lambda root: (root / "figures" / "01_trial" / "rank.png").write_bytes(b""),
    "a copy that is gone": lambda root: (root / "figures" / "notebooks" / "01_trial.html").unlink(),
    "the record that is gone": lambda root: (root / "figures" / "provenance.json").unlink(),
}


def test_a_notebook_runs_again_when_anything_that_it_reads_or_made_has_changed(runs_again):
    root, again = runs_again
    for what, change in CHANGES.items():
        change(root)
        assert (again(), again()) == (True, False), what


def test_a_notebook_without_figures_does_not_run_again_because_another_drew_some(runs_again):
    """It says nothing of figures, so what another notebook enters into their record is none of its own."""
    root, again = runs_again
    (root / "saved" / "provenance.json").unlink()
    shutil.rmtree(root / "saved" / "01_trial")
    shutil.rmtree(root / "figures")
    assert (again(), again()) == (True, False)
    section = {"figures": {}, "parameters": {}}
    write_json(
        root / "figures" / "provenance.json",
        {"captures": [], "versions": {"x": "1"}, "notebooks": {"02": section}},
    )
    assert not again()


def test_a_notebook_runs_again_for_another_width(runs_again, monkeypatch):
    _, again = runs_again
    monkeypatch.setenv(WIDTHS, "85mm")
    assert (again(), again()) == (True, False)


UNKNOWN = [
    ('captures = ""\nmeasure = "fre"', "print(open('own.csv').read())"),
    ('captures = ""\nmeasure = open("own.csv").read()', "print(measure)"),
    ('captures = "elsewhere"\nmeasure = "fre"', "print(measure)"),
    ('captures = ""\nmeasure = "../data"', "print(measure)"),
]


def test_a_notebook_that_may_read_what_nobody_knows_of_always_runs(runs_again):
    root, again = runs_again
    for code in UNKNOWN:
        with_code(root, *code)
        assert (again(), again()) == (True, True), code


def test_the_code_of_the_notebooks_is_noted():
    noted = json.loads(unchanged.GIVEN.read_text(encoding="utf-8"))
    assert noted == given.digests(), "note it: python tests/given.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_run_killed_at_any_moment_leaves_whole_files_and_the_next_one_completes(studies, tmp_path):
    old, new = studies
    before, after = contents(old / "figures"), contents(new / "figures")
    assert before.keys() == after.keys() and before != after
    shutil.copytree(old / "figures", tmp_path / "timed")
    whole = in_child(new, tmp_path / "timed")
    assert contents(tmp_path / "timed") == after
    chance, stages = random.Random(9), {"old": 0, "between": 0, "new": 0}
    for number in range(KILLS):
        figures = tmp_path / f"killed{number}"
        shutil.copytree(old / "figures", figures)
        in_child(new, figures, chance.uniform(0.001, whole))
        found = contents(figures)
        stages["old" if found == before else "new" if found == after else "between"] += 1
        torn = [name for name, data in found.items() if data not in (before.get(name), after.get(name))]
        assert torn == [] and before.keys() <= found.keys()
        in_child(new, figures)
        assert contents(figures) == after
        assert not [*figures.glob(".making-*"), *figures.rglob(".*.tmp")]
        shutil.rmtree(figures)
    print(f"{KILLS} runs killed: {stages}; 0 files torn, 0 lost")


HOLD = "import sys, pathlib; from clipbook.runner import alone\nwith alone(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def test_a_second_run_says_who_holds_the_folder_and_changes_nothing(studies, capsys):
    _, new = studies
    figures = new / "figures"
    before = contents(figures)
    command = [sys.executable, "-c", HOLD, figures]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        capsys.readouterr()
        assert run(new, figures) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and f"process {holder.pid}" in said and "--figures" in said
        assert contents(figures) == before
    finally:
        holder.kill()
        holder.wait()
    assert run(new, figures) == 0  # the lock ended with its holder
    assert contents(figures) == before


def test_a_holder_that_is_gone_leaves_no_lock(tmp_path):
    for _ in range(2):
        with alone(tmp_path):
            assert json.loads((tmp_path / "notebooks" / "lock.json").read_text())["pid"] == os.getpid()


def test_a_folder_that_cannot_be_written_is_one_sentence_and_keeps_what_is_there(
    studies, capsys, monkeypatch
):
    import tempfile

    _, new = studies
    before = contents(new / "figures")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "figures")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    capsys.readouterr()
    assert run(new, new / "figures") == 2
    said = capsys.readouterr().err
    assert said.strip().splitlines()[-1].startswith("clipbook: ") and "No space left" in said
    assert contents(new / "figures") == before


@pytest.mark.parametrize(
    ("n", "unit", "counted"),
    [
        (1, "captures", "n = 1 capture"),
        (1, "articles; codebook generic", "n = 1 article; codebook generic"),
        (1_200, "articles", "n = 1,200 articles"),
    ],
)
def test_the_foot_of_a_figure_counts_in_words_that_agree(tmp_path, n, unit, counted):
    book = Workbook("01_trial", tmp_path, tmp_path / "data" / "captures", tmp_path / "figures")
    assert book.source(n, unit) == f"Source: captures in data/captures. {counted}"


def test_what_the_researcher_keeps_among_the_figures_stays(tmp_path):
    """A figure that a notebook no longer draws goes; a file or folder of anybody else's does not."""
    made, figures = tmp_path / "made", tmp_path / "figures"
    for folder, name in ((made, "new"), (figures, "old")):
        (folder / "n").mkdir(parents=True)
        (folder / "n" / f"{name}.dark.svg").touch()
        section = {"figures": {name: {}}, "parameters": {}}
        write_json(folder / "provenance.json", {"notebooks": {"n": section}, "versions": {}})
    (figures / "n" / "mine.png").touch()
    (figures / "n" / ".ipynb_checkpoints").mkdir()
    runner._publish(made, figures, "n")
    assert {path.name for path in (figures / "n").iterdir()} == {
        "new.dark.svg",
        "mine.png",
        ".ipynb_checkpoints",
    }
    assert set(read_provenance(figures)["notebooks"]["n"]["figures"]) == {"new"}


def study_of(folder: Path, code: str) -> Path:
    """A study of one capture and a notebook of one cell."""
    root = folder / "study"
    (root / "notebooks").mkdir(parents=True)
    (root / "data" / "captures").mkdir(parents=True)
    (root / "data" / "captures" / "bridge.txt").write_text(STORY.format(who="Ana Ruiz"), encoding="utf-8")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cell = nbformat.v4.new_code_cell(code, id="only")
    nbformat.write(
        nbformat.v4.new_notebook(cells=[cell], metadata=kernel), root / "notebooks" / "01_trial.ipynb"
    )
    return root


def test_a_home_that_cannot_be_written_to_leaves_no_word_in_notebook_or_terminal(tmp_path):
    root = study_of(tmp_path, "from clipbook.charts import corpus\nimport matplotlib.font_manager")
    home = tmp_path / "home"
    home.write_text("a file, in which nobody can make a folder")
    kept = {name: value for name, value in os.environ.items() if name not in ("MPLCONFIGDIR", "IPYTHONDIR")}
    environment = {**kept, "HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home)}
    ran = subprocess.run(
        [sys.executable, "-m", "clipbook", "run"],
        cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    copy = nbformat.read(root / "figures" / "notebooks" / "01_trial.ipynb", as_version=4)
    assert copy.cells[0].outputs == []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_run_that_is_stopped_in_a_notebook_says_one_sentence_and_ends_with_130(tmp_path):
    code = f"import time, pathlib\npathlib.Path({str(tmp_path / 'begun')!r}).touch()\ntime.sleep(600)"
    root = study_of(tmp_path, code)
    command = [sys.executable, "-m", "clipbook", "run"]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        while run.poll() is None and not (tmp_path / "begun").exists():
            time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=600)
    assert said == "clipbook: stopped; nothing half-written was left.\n"
    assert run.returncode == 130
    assert not list((root / "figures").glob(".making-*"))
