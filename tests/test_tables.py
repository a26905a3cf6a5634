"""Tables in parts: the same bytes as in one piece, whoever works; nothing is done twice; nothing is half done."""

import csv
import errno
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from table_runs import (
    ARTICLE,
    dask_cluster,
    die_at_the_second,
    in_memory,
    measure_or_die,
    tables_in,
)
from worker_tasks import die_at_once, die_once, process_of

from clipbook import cli
from clipbook.captures import find_files
from clipbook.corpus import duplicates, read_corpus, stated
from clipbook.files import read_csv, write_csv
from clipbook.tables import Settings, archives, compare, jobs, join, plan, update_tables, workers, write
from clipbook.tables import measure as measuring
from clipbook.tables.lock import BusyError, locked
from clipbook.tables.workers import DiedError, Processes


@pytest.fixture(scope="module")
def sample(root, tmp_path_factory):
    """The untidy files of the sample corpus and half of two outlets: all its formats, and a copy among them."""
    folder = tmp_path_factory.mktemp("sample")
    left_out = shutil.ignore_patterns("2026-03-0[1-8]*", "2026-03-1[0-6]*")
    for name in ("hallorey-lantern", "skellwire", "unsorted"):
        shutil.copytree(root / "data" / "captures" / name, folder / name, ignore=left_out)
    return folder


@pytest.fixture(scope="module")
def in_one_piece(sample, tmp_path_factory):
    """The tables of the sample as one process computes them in memory."""
    return in_memory(sample, tmp_path_factory.mktemp("memory"))


@pytest.fixture
def small_batches(monkeypatch):
    """Four files a batch, and few of anything held at once, so that a few captures are many parts."""
    monkeypatch.setattr(plan, "MOST_FILES", 4)
    monkeypatch.setattr(compare, "CAPTURES_A_SLOT", 5)
    monkeypatch.setattr(measuring, "TOGETHER", 5_000)
    monkeypatch.setattr(join, "SPOKEN", 20)
    monkeypatch.setattr(duplicates, "_STRETCH", 4)


@pytest.mark.parametrize("workers", [1, 2])
def test_parts_give_the_bytes_of_one_piece_whoever_works(
    workers, sample, in_one_piece, small_batches, tmp_path
):
    written = update_tables([sample], tmp_path, workers=workers)
    assert written.captures == 20  # 17 files of one article and an export of three
    assert written.statuses["duplicate"] == 1
    assert tables_in(tmp_path) == in_one_piece


def test_tables_of_articles_archives_and_metadata_give_the_bytes_of_one_piece(
    few_captures, small_batches, tmp_path
):
    rows = [f'"Story {n}","{ARTICLE.strip()} Item {n}.","desk {n}"' for n in range(12)]
    (few_captures / "export.csv").write_text("\n".join(["title,text,mood", *rows]), encoding="utf-8")
    (few_captures / "a b.txt").write_text(f"Piers cracked\n\n{ARTICLE * 3}", encoding="utf-8")
    (few_captures / "a.txt").write_text(f"Piers cracked again\n\n{ARTICLE * 4}", encoding="utf-8")
    (few_captures / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    known = (
        "source_file,outlet,camp\na.txt,Westry Echo,north\nexport#3,Westry Echo,south\nnowhere.txt,X,=1+1\n"
    )
    (few_captures / "captures.csv").write_text(known, encoding="utf-8")
    (tmp_path / "memory").mkdir()
    written = update_tables([few_captures], tmp_path / "parts")
    assert tables_in(tmp_path / "parts") == in_memory(few_captures, tmp_path / "memory")
    assert written.notes == ["captures.csv row 4 names nowhere.txt, which is not among the captures"]
    articles = pd.read_csv(tmp_path / "parts" / "articles.csv").set_index("capture_id")
    assert list(articles.columns[-2:]) == ["mood", "camp"]
    assert articles.loc["export#3", ["outlet", "mood", "camp"]].tolist() == ["Westry Echo", "desk 2", "south"]
    assert articles.loc["broken", "status"] == "failed"


def test_a_second_run_writes_nothing(few_captures, few_out, capsys):
    before = {path: path.stat().st_mtime_ns for path in few_out.glob("*.csv")}
    assert cli.main(["tables", str(few_captures), "--out", str(few_out)]) == 0
    assert "Nothing has changed" in capsys.readouterr().out
    assert len(before) == 11 and before == {path: path.stat().st_mtime_ns for path in few_out.glob("*.csv")}


def test_tables_among_the_captures_are_no_captures(few_captures):
    assert update_tables([few_captures], few_captures).captures == 6
    assert update_tables([few_captures], few_captures).captures == 6


def test_a_table_that_was_touched_is_written_again(few_captures, few_out):
    before = tables_in(few_out)
    (few_out / "quotes.csv").write_text("gone", encoding="utf-8")
    assert update_tables([few_captures], few_out).reused == 6
    assert tables_in(few_out) == before


def test_only_what_changed_is_measured_again(few_captures, few_out, tmp_path, monkeypatch):
    changed = sorted(few_captures.rglob("*.txt"))[0]
    changed.write_text(changed.read_text(encoding="utf-8") + f"\n{ARTICLE}", encoding="utf-8")
    (few_captures / "new.txt").write_text(f"Piers cracked\n\n{ARTICLE * 3}", encoding="utf-8")
    sorted(few_captures.rglob("*.txt"))[-1].touch()
    read = []
    real = measuring.read_file
    monkeypatch.setattr(measuring, "read_file", lambda found, **_: read.append(found.name) or real(found))
    written = update_tables([few_captures], few_out)
    assert (written.captures, written.reused) == (7, 5)
    assert sorted(read) == sorted(["new.txt", changed.relative_to(few_captures).as_posix()])
    (tmp_path / "memory").mkdir()
    assert tables_in(few_out) == in_memory(few_captures, tmp_path / "memory")


def test_a_change_of_the_same_length_and_age_is_seen(few_captures, few_out):
    file = sorted(few_captures.rglob("*.txt"))[0]
    state = file.stat()
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("the", "teh"), encoding="utf-8")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert update_tables([few_captures], few_out).reused == 5


def test_two_versions_in_turn_in_one_folder_each_give_their_own_tables(few_captures, few_out, monkeypatch):
    first = tables_in(few_out)
    with monkeypatch.context() as other:
        other.setattr(plan, "code_digest", lambda: "another version")
        written = update_tables([few_captures], few_out)
        assert (written.unchanged, written.reused) == (False, 0)
    written = update_tables([few_captures], few_out)
    assert (written.unchanged, written.reused) == (False, 0)
    assert tables_in(few_out) == first


def test_a_clock_that_was_set_hides_no_change(few_captures, few_out, tmp_path):
    """Files and tables of a time that is long gone, or still to come: content decides."""
    page = next(path for path in sorted(few_captures.rglob("*")) if path.is_file())
    page.write_text(f"Piers cracked\n\n{ARTICLE * 3}", encoding="utf-8")
    update_tables([few_captures], tmp_path / "anew")
    for year in (1985, 2037):
        out, moment = tmp_path / str(year), (year - 1970) * 365 * 86_400
        shutil.copytree(few_out, out)
        for path in [*few_captures.rglob("*"), *out.rglob("*")]:
            os.utime(path, (moment, moment))
        update_tables([few_captures], out)
        assert tables_in(out) == tables_in(tmp_path / "anew"), year


def test_metadata_and_codebook_are_part_of_what_may_have_changed(few_captures, few_out, tmp_path):
    name = sorted(few_captures.rglob("*.txt"))[0].relative_to(few_captures).as_posix()
    (few_captures / "captures.csv").write_text(f"source_file,outlet\n{name},Westry Echo\n", encoding="utf-8")
    assert update_tables([few_captures], few_out).reused == 5
    assert (pd.read_csv(few_out / "articles.csv")["outlet"] == "Westry Echo").sum() == 1
    book = tmp_path / "own.csv"
    book.write_text("frame,cue\nweather,storm\nharbour,pier*\n", encoding="utf-8")
    assert update_tables([few_captures], few_out, settings=Settings(str(book))).reused == 0
    assert set(pd.read_csv(few_out / "frame_scores.csv")["frame"]) == {"weather", "harbour"}


def test_a_new_file_disturbs_no_batch_beyond_the_next_border(tmp_path):
    def names() -> set[str]:
        return {batch.name for batch in plan.plan_batches(find_files([tmp_path]), [], "settings")}

    for number in range(400):
        (tmp_path / f"page-{number:03}.txt").write_text("x", encoding="utf-8")
    before = names()
    (tmp_path / "page-200-late.txt").write_text("x", encoding="utf-8")
    assert len(before) > 4
    assert 1 <= len(before - names()) <= 2


def test_a_capture_that_kills_its_worker_is_the_only_one_lost(few_captures, tmp_path, monkeypatch):
    (few_captures / "deadly.txt").write_text(f"the deadly one\n\n{ARTICLE}", encoding="utf-8")
    monkeypatch.setattr(jobs, "do", measure_or_die)
    written = update_tables([few_captures], tmp_path / "out", workers=2)
    assert (written.captures, written.statuses) == (7, {"ok": 6, "failed": 1})
    ((_, file, reason),) = [row for row in written.unread if row[0] == "failed"]
    assert file == "deadly.txt"
    assert "died (signal 9)" in reason
    monkeypatch.undo()
    again = update_tables([few_captures], tmp_path / "out")
    assert "failed" not in again.statuses, "a later run tries it again"
    update_tables([few_captures], tmp_path / "whole")
    assert tables_in(tmp_path / "out") == tables_in(tmp_path / "whole")


def test_where_no_worker_can_work_the_run_ends_and_says_so(few_captures, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "do", die_at_once)
    with pytest.raises(OSError, match=r"Worker processes die, whatever they read \(signal 9\)"):
        update_tables([few_captures], tmp_path / "out", workers=2)
    assert not tables_in(tmp_path / "out")


def test_a_capture_that_could_not_be_opened_is_tried_again(few_captures, tmp_path, monkeypatch):
    """Its content and its time have not changed: the right to read it has."""
    for name in ("late.txt", "late.jsonl"):
        (few_captures / name).write_text(
            json.dumps({"title": "Piers", "text": ARTICLE * 2}), encoding="utf-8"
        )
        os.utime(few_captures / name, (1_700_000_000, 1_700_000_000))
    real = Path.open

    def barred(path, *args, **more):
        if path.stem == "late":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", barred)
        assert update_tables([few_captures], tmp_path / "out").statuses["failed"] == 2
    assert "failed" not in update_tables([few_captures], tmp_path / "out").statuses
    assert update_tables([few_captures], tmp_path / "out").unchanged


def test_a_worker_killed_from_outside_loses_nothing(tmp_path):
    pool = Processes(2)
    try:
        tasks = [tmp_path / str(number) for number in range(2)]
        deaths = []
        results = dict(pool.each(die_once, tasks, lambda task, died: deaths.append(died) or task))
    finally:
        pool.close()
    assert results == {task: task.name for task in tasks}
    assert [(type(died), str(died)) for died in deaths] == [(DiedError, "signal 9")] * 2


def test_a_worker_that_has_done_many_tasks_makes_room_for_a_fresh_one(monkeypatch):
    """What it remembers of words would grow with the corpus."""
    monkeypatch.setattr(workers, "MOST_TASKS", 3)
    pool = Processes(1)
    try:
        done = list(pool.each(process_of, range(4), None))
    finally:
        pool.close()
    assert sorted(task for task, _ in done) == list(range(4))
    assert list(Counter(process for _, process in done).values()) == [3, 1]


def test_a_run_killed_while_it_tidies_up_is_tidied_by_the_next(few_captures, tmp_path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("clipbook.tables.run._forget", killed)
        with pytest.raises(KeyboardInterrupt):
            update_tables([few_captures], tmp_path / "out")
    update_tables([few_captures], tmp_path / "out")
    assert list((tmp_path / "out" / ".clipbook").glob("join")) == []


AT_WORK = """
import pathlib, sys, time
from clipbook.tables.workers import Processes

def work(path):
    while True:
        pathlib.Path(path).write_text(str(time.time()))
        time.sleep(0.01)

if __name__ == "__main__":
    list(Processes(1).each(work, [sys.argv[1]], None))
"""


def test_the_workers_of_a_killed_run_write_nothing_beside_the_next(tmp_path):
    (tmp_path / "at_work.py").write_text(AT_WORK)
    written = tmp_path / "written"
    with subprocess.Popen([sys.executable, tmp_path / "at_work.py", written]) as run:
        while not written.exists():
            time.sleep(0.01)
        run.kill()
    seen = ["", written.read_text()]
    while seen[-1] != seen[-2] and len(seen) < 60:  # a worker at work writes a hundred times a second
        time.sleep(1)
        seen.append(written.read_text())
    assert seen[-1] == seen[-2]


def test_a_second_run_at_once_is_told_who_is_at_work(few_captures, few_out, capsys):
    before = tables_in(few_out)
    with locked(few_out / ".clipbook"):
        assert cli.main(["tables", str(few_captures), "--out", str(few_out)]) == 2
    error = capsys.readouterr().err
    assert f"process {os.getpid()} on " in error
    assert tables_in(few_out) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_locked_disk_is_one_sentence_and_old_tables_stay(
    number, few_captures, few_out, capsys, monkeypatch
):
    before = tables_in(few_out)
    (few_captures / "new.txt").write_text(f"Piers cracked\n\n{ARTICLE * 3}", encoding="utf-8")

    def full(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(write, "_write_csv", full)
    assert cli.main(["tables", str(few_captures), "--out", str(few_out)]) == 2
    error = capsys.readouterr().err
    assert os.strerror(number) in error
    assert error.count("\n") == 1
    assert tables_in(few_out) == before
    assert not list(few_out.glob(".tables-*"))


def test_parquet_holds_what_the_csv_holds(few_captures, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    (few_captures / "formula.txt").write_text(f"=1+1 piers\n\n{ARTICLE * 3}", encoding="utf-8")
    (few_captures / "captures.csv").write_text("source_file,=wave\nformula.txt,+2\n", encoding="utf-8")
    update_tables([few_captures], tmp_path / "csv")
    update_tables([few_captures], tmp_path / "parquet", form="parquet")
    for path in sorted((tmp_path / "csv").glob("*.csv")):
        table = parquet.read_table(tmp_path / "parquet" / f"{path.stem}.parquet").to_pandas()
        written = read_csv(path, keep_default_na=False, dtype=str)
        assert list(table.columns) == list(written.columns), path.stem
        assert len(table) == len(written)
    articles = parquet.read_table(tmp_path / "parquet" / "articles.parquet").to_pandas()
    assert sorted(set(articles["=wave"])) == ["", "+2"]
    assert ",'=wave\n" in (tmp_path / "csv" / "articles.csv").read_text(encoding="utf-8")
    assert str(articles["published"].dtype).startswith("datetime64")
    assert articles["words"].sum() == pd.read_csv(tmp_path / "csv" / "articles.csv")["words"].sum()


def killed_somewhere(captures: Path, out: Path, seconds: float) -> bool:
    """Run the command and kill it after a while; tells whether it was still at work."""
    command = [sys.executable, "-m", "clipbook", "tables", str(captures), "--out", str(out), "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def kill_and_go_on(few_captures: Path, out: Path, tmp_path: Path, moments: int) -> None:
    old = tables_in(out)
    (few_captures / "new.txt").write_text(f"Piers cracked\n\n{ARTICLE * 3}", encoding="utf-8")
    begun = time.monotonic()
    update_tables([few_captures], tmp_path / "whole", workers=2)
    longest = 1.5 * (time.monotonic() - begun) + 1
    new = tables_in(tmp_path / "whole")
    for moment in range(moments):
        shutil.rmtree(tmp_path / "again", ignore_errors=True)
        shutil.copytree(out, tmp_path / "again")
        killed_somewhere(few_captures, tmp_path / "again", longest * (moment + 1) / (moments + 1))
        for name, content in tables_in(tmp_path / "again").items():
            assert content in (old[name], new[name]), f"{name} is half written"
    update_tables([few_captures], tmp_path / "again")
    assert tables_in(tmp_path / "again") == new


def test_a_run_killed_at_any_moment_leaves_whole_files(few_captures, few_out, tmp_path):
    kill_and_go_on(few_captures, few_out, tmp_path, 3)


@pytest.mark.slow
def test_a_run_killed_at_many_moments_leaves_whole_files(few_captures, few_out, tmp_path):
    kill_and_go_on(few_captures, few_out, tmp_path, 20)


def test_a_dask_worker_killed_in_the_middle_changes_nothing(few_captures, few_tables, monkeypatch, tmp_path):
    pytest.importorskip("distributed")
    monkeypatch.setattr(plan, "MOST_FILES", 1)
    monkeypatch.setattr(jobs, "do", die_at_the_second)
    with dask_cluster(tmp_path) as (address, workers):
        update_tables([few_captures], tmp_path / "dask", scheduler=address)
        assert sorted(worker.poll() is None for worker in workers) == [False, True], "one has been killed"
    assert tables_in(tmp_path / "dask") == tables_in(few_tables)


def test_a_file_of_the_researcher_that_is_called_like_a_table_is_not_replaced(few_captures, tmp_path):
    own = tmp_path / "out" / "articles.csv"
    own.parent.mkdir()
    own.write_text("title,text\nMine,All mine\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"holds articles\.csv, which clipbook did not write"):
        update_tables([few_captures], own.parent)
    assert own.read_text(encoding="utf-8") == "title,text\nMine,All mine\n"
    assert [path.name for path in own.parent.iterdir()] == ["articles.csv"]


def test_a_page_that_the_parser_cannot_cope_with_costs_itself_alone(few_captures, tmp_path, monkeypatch):
    real = stated._read

    def choking(capture):
        if "the choking one" in capture.text:
            raise KeyError("no such thing")
        return real(capture)

    monkeypatch.setattr(stated, "_read", choking)
    (few_captures / "choking.txt").write_text("the choking one\n\n" + ARTICLE, encoding="utf-8")
    written = update_tables([few_captures], tmp_path)
    [(status, file, reason)] = [row for row in written.unread if row[0] == "failed"]
    assert (status, file) == ("failed", "choking.txt") and "KeyError: 'no such thing'" in reason
    assert written.captures == 7
    assert (read_corpus([few_captures]).articles["status"] == "failed").sum() == 1


def test_a_quotation_may_be_longer_than_a_cell_is_by_default(tmp_path):
    """With the limit that a process begins with, as reading a table raises it for all that comes after; no word of it is a cue."""
    said = "“" + "red apples and green pears stood there " * 4000 + "until spring,” said Nadia Orme."
    (tmp_path / "long.jsonl").write_text(json.dumps({"title": "Harbour", "text": f"{ARTICLE}\n{said}"}))
    raised = csv.field_size_limit(131_072)
    try:
        update_tables([tmp_path / "long.jsonl"], tmp_path / "out")
    finally:
        csv.field_size_limit(raised)
    assert max(map(len, (tmp_path / "out" / "quotes.csv").read_text(encoding="utf-8").splitlines())) > 140_000


def test_a_shortage_of_memory_is_no_verdict_on_a_page(few_captures, tmp_path, monkeypatch):
    """Together with others there is too little memory, alone there is enough; then there never is; then there is again."""
    (few_captures / "large.txt").write_text(f"the large one\n\n{ARTICLE * 3}", encoding="utf-8")
    real, asked = measuring.read_article, []

    def short(least):
        def read(capture):
            asked.append(capture.capture_id)
            if "the large one" in capture.text and asked.count("large") <= least:
                raise MemoryError
            return real(capture)

        return read

    monkeypatch.setattr(measuring, "read_article", short(1))
    assert "failed" not in update_tables([few_captures], tmp_path / "once").statuses
    asked.clear()
    monkeypatch.setattr(measuring, "read_article", short(2))
    written = update_tables([few_captures], tmp_path / "never")
    assert [(status, file) for status, file, _ in written.unread if status == "failed"] == [
        ("failed", "large.txt")
    ]
    assert "too little memory" in next(reason for status, _, reason in written.unread if status == "failed")
    monkeypatch.undo()
    again = update_tables([few_captures], tmp_path / "never")
    assert "failed" not in again.statuses and not again.unchanged
    assert tables_in(tmp_path / "never") == tables_in(tmp_path / "once")


def test_of_long_texts_few_are_measured_together(tmp_path, monkeypatch):
    """A row of a table is not divided: at most one more than the bound is held, and all tables stay as they were."""
    rows = [{"title": f"Harbour {number}", "text": f"{number}. {ARTICLE}"} for number in range(12)]
    (tmp_path / "long.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    update_tables([tmp_path / "long.jsonl"], tmp_path / "at once")
    together, chunks = [], []
    real, divided = measuring.article_table, archives.store

    def counted(articles):
        together.append(sum(len(article.body) for article in articles))
        return real(articles)

    def stored(path, captures):
        chunks.append(len(captures))
        divided(path, captures)

    monkeypatch.setattr(measuring, "article_table", counted)
    monkeypatch.setattr(archives, "store", stored)
    monkeypatch.setattr(measuring, "TOGETHER", 3 * len(ARTICLE) // 2)
    monkeypatch.setattr(archives, "CHARACTERS", 4 * len(ARTICLE))
    update_tables([tmp_path / "long.jsonl"], tmp_path / "in turn")
    assert chunks == [4, 4, 4] and len(together) == 6
    assert max(together) < 2.1 * len(ARTICLE)
    assert tables_in(tmp_path / "in turn") == tables_in(tmp_path / "at once")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its address space")
def test_where_no_thread_can_be_started_the_tables_are_made(few_captures, few_tables, tmp_path):
    """Arrow and DuckDB would start threads, each of which takes 70 MB of addresses, and wait for ever for those they lack."""
    program = """
import resource, sys
from pathlib import Path
import psutil
from clipbook.tables import compare, join, run, workers, write
most = psutil.Process().memory_info().vms + 300_000_000
resource.setrlimit(resource.RLIMIT_AS, (most, most))
run.update_tables([Path(sys.argv[1])], Path(sys.argv[2]))
"""
    given = [sys.executable, "-c", program, str(few_captures), str(tmp_path / "little")]
    ended = subprocess.run(given, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stderr
    assert tables_in(tmp_path / "little") == tables_in(few_tables)


def test_a_version_before_this_one_waits_for_it_and_is_waited_for(few_captures, tmp_path):
    """Version 0.1.0 locks this file in this way, and writes into it who it is."""
    fcntl = pytest.importorskip("fcntl")
    lock = tmp_path / ".clipbook" / "lock"
    lock.parent.mkdir()
    with lock.open("a+", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with pytest.raises(BusyError, match="another run is writing tables there"):
            update_tables([few_captures], tmp_path)
    tried = []

    def other(done, of):
        with lock.open("a+", encoding="utf-8") as stream, pytest.raises(BlockingIOError):
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        tried.append(done)

    update_tables([few_captures], tmp_path, progress=other)
    assert tried


@pytest.mark.slow
def test_a_large_table_takes_the_memory_of_few_of_its_articles(tmp_path):
    """12 articles of 900,000 characters took 1.2 GB when they were measured and ranked all together."""
    words = ["harbour", "crew", "pier", "spring", "council", "money", "vote", "ferry", "storm", "office"]
    chance = random.Random(1)
    with (tmp_path / "large.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["title", "text"])
        for number in range(12):
            sentences = (" ".join(chance.choices(words, k=14)).capitalize() for _ in range(10_000))
            rows.writerow([f"Harbour {number}", ". ".join(sentences)])
    program = "import resource, sys; from clipbook import cli; status = cli.main(sys.argv[1:]); "
    program += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(status)"
    given = ["tables", str(tmp_path / "large.csv"), "--out", str(tmp_path / "out")]
    ended = subprocess.run(
        [sys.executable, "-c", program, *given], capture_output=True, text=True, check=True
    )
    kilobytes = int(ended.stdout.split()[-1]) // (1024 if sys.platform == "darwin" else 1)
    assert kilobytes < 900_000


def test_texts_are_written_as_every_csv_of_clipbook_is(tmp_path):
    """The database writes the cells: signs of formulas, quotation marks, line breaks, long and short numbers."""
    texts = [
        "=1", "'=1", "''+2", "-", "@x", "\tx", "plain", "a,b", '"', "two\nlines", "", "#1", "a#1", " x ",
        "Ünïcode", "-5.2", "NULL", "a;=1;'+2", "a\n- b\r\n@c", 'a; "=1"\t-',
    ]  # fmt: skip
    numbers = [
        0.1 + 0.2, 1e-7, 1e16, 5.0, float("nan"), -3.5, 1 / 3, 123456789.125, 0.0, 1e22, 2e-300, 1.0, 2.5,
        3.0, 1e5, 7.0, 8.0, 9.0, 10.0, 11.0,
    ]  # fmt: skip
    table = pd.DataFrame(
        {"capture_id": [f"{n:02}" for n in range(len(texts))], "rank": 1, "keyword": texts, "score": numbers}
    )
    table = table.assign(count=2, variants=texts, in_headline=[n % 2 == 0 for n in range(len(texts))])
    table.to_parquet(tmp_path / "rows.parquet", index=False)
    corpus = join.Corpus.__new__(join.Corpus)
    corpus.db, corpus.memory, corpus.parts = join.connect(tmp_path / "spill"), join.MEMORY, [tmp_path]
    corpus.keep("captures", table[["capture_id"]].assign(rank=range(len(table)), part=0))
    write._write_csv(
        corpus, tmp_path / "made.csv", write._query(corpus, "keywords", [tmp_path / "rows.parquet"], ())
    )
    write_csv(tmp_path / "expected.csv", table)
    assert (tmp_path / "made.csv").read_bytes() == (tmp_path / "expected.csv").read_bytes()


def test_captures_that_quote_nobody_have_tables_too(tmp_path):
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures" / "a.txt").write_text(
        "Harbour shut\n\nThe harbour stays shut until spring.\n", "utf-8"
    )
    assert update_tables([tmp_path / "captures"], tmp_path / "out").captures == 1
    assert (
        pd.read_csv(tmp_path / "out" / "quotes.csv").empty
        and pd.read_csv(tmp_path / "out" / "quote_share.csv").empty
    )


def test_what_an_earlier_version_kept_is_replaced(few_captures, few_tables, tmp_path):
    """It kept folders where files lie now, and parts of another form."""
    for name in ("more/p-k-1/keywords.csv", "parts/p/part.json", "splits/p.json"):
        (tmp_path / "old" / ".clipbook" / name).parent.mkdir(parents=True)
        (tmp_path / "old" / ".clipbook" / name).write_text("{}", "utf-8")
    assert update_tables([few_captures], tmp_path / "old").reused == 0
    assert tables_in(tmp_path / "old") == tables_in(few_tables)
    kept = {path.name for path in (tmp_path / "old" / ".clipbook").rglob("*")}
    assert not kept & {"p-k-1", "p", "splits", "p.json"}
