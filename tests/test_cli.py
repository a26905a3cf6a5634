"""The clipbook command, as a shell user meets it."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import capture_makers as make
import pandas as pd
import pytest
from table_runs import ARTICLE
from worker_tasks import blocked_signs

from clipbook import cli
from clipbook.framing import shipped_codebooks
from clipbook.tables import update_tables, workers

TABLES = (
    "articles lines sentences quotes quote_share quote_share_by_outlet frame_scores frame_evidence readability keywords "
    "keyness"
)


def test_tables_writes_every_table(few_captures, tmp_path, capsys):
    assert cli.main(["tables", str(few_captures), "--out", str(tmp_path / "out")]) == 0
    assert sorted(path.stem for path in (tmp_path / "out").glob("*.csv")) == sorted(TABLES.split())
    assert len(pd.read_csv(tmp_path / "out" / "articles.csv")) == 6
    assert "ok" in capsys.readouterr().out


def test_every_offset_in_the_written_tables_points_to_its_text(few_tables):
    bodies = pd.read_csv(few_tables / "articles.csv").set_index("capture_id")["body"]
    for name in ("quotes", "sentences"):
        table = pd.read_csv(few_tables / f"{name}.csv", keep_default_na=False)
        assert len(table) > 0
        for row in table.itertuples():
            assert bodies[row.capture_id][row.start : row.end] == row.text.removeprefix("'")


def test_a_path_that_is_not_there_is_named(tmp_path, capsys):
    assert cli.main(["tables", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert "nowhere" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", ["--out", "--metadata"])
def test_an_address_where_a_path_belongs_is_no_path(few_captures, tmp_path, capsys, option):
    """Taken for a path, the tables would go to a folder called s3: here."""
    where = {"--out": str(tmp_path / "out")} | {option: "s3://bucket/study"}
    with pytest.raises(SystemExit):
        cli.main(["tables", str(few_captures), *(word for pair in where.items() for word in pair)])
    assert "s3://bucket/study is an address" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_says_so(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert cli.main(["tables", str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == 1
    assert "no captures" in capsys.readouterr().err


def test_run_refuses_a_notebook_that_is_not_the_workbooks_own(tmp_path, capsys):
    assert cli.main(["run", str(tmp_path / "other.ipynb")]) == 2
    error = capsys.readouterr().err
    assert "not a notebook of this workbook" in error
    assert "04_quotes" in error


@pytest.mark.parametrize("command", [["--help"], ["tables", "--help"], ["run", "--help"], ["--version"]])
def test_help_needs_no_heavy_library(command):
    program = (
        "import sys\nfrom clipbook.cli import main\n"
        f"try: main({command!r})\nexcept SystemExit as end: assert end.code == 0\n"
        "heavy = {'pandas', 'matplotlib', 'sklearn', 'nltk'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "clipbook" in ended.stdout


def test_help_names_the_codebooks_that_come_with_clipbook(capsys):
    with pytest.raises(SystemExit):
        cli.main(["tables", "--help"])
    said = capsys.readouterr().out
    assert [name for name in shipped_codebooks() if name not in said] == []


@pytest.mark.parametrize("columns", [60, 120])
def test_help_is_as_wide_as_the_terminal(columns, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(columns))
    with pytest.raises(SystemExit):
        cli.main(["tables", "--help"])
    widest = max(map(len, capsys.readouterr().out.splitlines()))
    assert columns - 12 <= widest <= columns


def in_a_shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = f'"{sys.executable}" -m clipbook {line}'
    return subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("tables captures --out out > /dev/full", 1, "what it says could not be written (No space left"),
        ("tables captures --out out >&- 2>&- <&-", 0, ""),
        ("clip --out out/clip.html 2> /dev/full", 0, ""),
        ("--help > /dev/full", 1, "what it says could not be written (No space left"),
        ("--nonsense 2> /dev/full", 2, ""),
        ("tables none --out out 2>&-", 2, ""),
    ],
)
def test_what_cannot_be_said_stops_no_work(line, status, said, tmp_path):
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures" / "piers.txt").write_text(f"Piers cracked\n\n{ARTICLE * 3}", encoding="utf-8")
    (tmp_path / "out").mkdir()
    ended = in_a_shell(line, tmp_path)
    assert ended.returncode == status
    assert ended.stderr.count("\n") == (1 if said else 0) and said in ended.stderr
    assert (tmp_path / "out" / "articles.csv").is_file() == ("tables captures" in line)
    assert (tmp_path / "out" / "clip.html").is_file() == ("clip" in line)


STOPS = """
import os, signal, sys
class Stop:
    def find_spec(self, name, *_):
        if name == {at!r}:
            os.kill(os.getpid(), signal.{sign})
sys.meta_path.insert(0, Stop())
sys.argv = ["clipbook", "tables", "captures", "--out", "out", "--workers", "2"]
from clipbook.__main__ import main
sys.exit(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("at", "sign"),
    [
        ("clipbook.cli", "SIGINT"),
        ("clipbook.cli", "SIGTERM"),
        ("argparse", "SIGINT"),
        ("pandas", "SIGTERM"),
        ("clipbook.tables.run", "SIGINT"),
        ("duckdb", "SIGTERM"),
    ],
)
def test_a_stop_while_clipbook_loads_is_one_sentence(at, sign, tmp_path):
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures" / "piers.txt").write_text(f"Piers cracked\n\n{ARTICLE * 3}", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", STOPS.format(at=at, sign=sign)],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (130, "clipbook: stopped; nothing half-written was left.\n")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_workers_begin_deaf_to_what_stops_their_run():
    staff = workers.Processes(1)
    try:
        ((_, blocked),) = staff.each(blocked_signs, [1], workers.same_again())
    finally:
        staff.close()
    assert signal.SIGINT in blocked
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.skipif(os.name == "nt", reason="locales of POSIX")
def test_names_are_the_same_under_a_locale_of_seven_bits(tmp_path):
    folder = tmp_path / "captures"
    folder.mkdir()
    (folder / "Größe é.txt").write_text(ARTICLE * 3, encoding="utf-8")
    (folder / "bündel.zip").write_bytes(make.zipped({"Straße.txt": make.STORY.encode(), "leer é.txt": b""}))
    update_tables([folder], tmp_path / "here")
    here = (tmp_path / "here" / "articles.csv").read_bytes()
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for number, environment in enumerate([plain, {"PYTHONIOENCODING": "ascii"}]):
        ended = subprocess.run(
            [sys.executable, "-m", "clipbook", "tables", str(folder), "--out", str(tmp_path / str(number))],
            env={**os.environ, **environment}, capture_output=True, check=False, timeout=300,
        )  # fmt: skip
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert (tmp_path / str(number) / "articles.csv").read_bytes() == here
        assert b"leer" in ended.stdout
    assert "Straße".encode() in here


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (MemoryError(), "The memory of this machine was too small."),
        (ImportError("words.so: failed to map"), "A library cannot be loaded (words.so: failed to map)."),
    ],
)
def test_what_the_machine_cannot_do_is_told_in_one_sentence(error, begins, monkeypatch, capsys):
    def short(args):
        raise error

    given = SimpleNamespace(parse_args=lambda argv: SimpleNamespace(call=short))
    monkeypatch.setattr("clipbook.cli.parser", lambda: given)
    assert cli.main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"clipbook: {begins}") and said.count("\n") == 1
