"""Archives in chunks, and captures at addresses: the tables of one piece, from whatever holds the captures."""

import hashlib
import json
import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from table_runs import ARTICLE, in_memory, measure_or_die, tables_in

from clipbook import cli
from clipbook.tables import addresses, archives, jobs, plan, update_tables


@pytest.fixture
def small_chunks(monkeypatch):
    """Four captures a chunk and four files a batch, so that a small archive is many parts."""
    monkeypatch.setattr(archives, "CHUNK", 4)
    monkeypatch.setattr(plan, "MOST_FILES", 4)


def archive_of(folder: Path, size: int, deadly: int = -1) -> Path:
    """One file of many articles, each a row; one of them may be deadly to who parses it."""
    rows = [
        {"title": f"Piers cracked, day {n}", "text": f"{ARTICLE * 3} Item {n}.", "desk": f"desk {n % 3}"}
        for n in range(size)
    ]
    if deadly >= 0:
        rows[deadly]["text"] = f"the deadly one\n\n{ARTICLE * 3}"
    path = folder / "export.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_an_archive_in_chunks_gives_the_bytes_of_one_piece_whoever_works(
    few_captures, small_chunks, tmp_path
):
    archive_of(few_captures, 13)
    page = f"<html><head><title>Piers</title></head><body><p>{ARTICLE * 3}</p></body></html>"
    with zipfile.ZipFile(few_captures / "pages.zip", "w") as archive:
        for number in range(6):
            archive.writestr(f"page{number}.html", page.replace("four million", f"{number} million"))
    known = (
        "source_file,outlet,camp\nexport#3,Westry Echo,south\npages/page2,Westry Echo,\nexport.jsonl,,all\n"
    )
    (few_captures / "captures.csv").write_text(known, encoding="utf-8")
    (tmp_path / "memory").mkdir()
    in_one_piece = in_memory(few_captures, tmp_path / "memory")
    for workers in (1, 2):
        out = tmp_path / f"by {workers}"
        assert update_tables([few_captures], out, workers=workers).captures == 6 + 13 + 6
        assert tables_in(out) == in_one_piece
        assert len(list((out / ".clipbook" / "parts").iterdir())) > 6
        assert not (out / ".clipbook" / "stored").exists()


def test_an_archive_that_was_only_touched_is_not_measured_again(few_captures, small_chunks, tmp_path):
    archive = archive_of(few_captures, 13)
    update_tables([few_captures], tmp_path)
    assert update_tables([few_captures], tmp_path).unchanged
    archive.touch()
    again = update_tables([few_captures], tmp_path)
    assert (again.captures, again.reused) == (19, 19)
    archive.write_text(archive.read_text(encoding="utf-8").replace("day 7", "day seven"), encoding="utf-8")
    assert update_tables([few_captures], tmp_path).reused == 6


@pytest.mark.parametrize("name", ["page.zip", "page", "page.html"])
def test_an_archive_of_one_page_that_was_only_touched_is_not_measured_again(name, tmp_path):
    captures = tmp_path / "captures"
    captures.mkdir()
    with zipfile.ZipFile(captures / name, "w") as archive:
        archive.writestr("piers.txt", f"Piers cracked\n\n{ARTICLE * 3}")
    update_tables([captures], tmp_path / "out")
    os.utime(captures / name, (1_000_000_000, 1_000_000_000))
    again = update_tables([captures], tmp_path / "out")
    assert (again.captures, again.reused, again.statuses) == (1, 1, {"ok": 1})


def test_a_run_stopped_within_an_archive_goes_on(few_captures, small_chunks, tmp_path):
    archive_of(few_captures, 13)
    done = []

    def stop(count: int, _: int) -> None:
        done.append(count)
        if len(done) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update_tables([few_captures], tmp_path / "out", progress=stop)
    written = update_tables([few_captures], tmp_path / "out")
    assert 4 <= written.reused < 19
    update_tables([few_captures], tmp_path / "whole")
    assert tables_in(tmp_path / "out") == tables_in(tmp_path / "whole")


def test_an_article_of_an_archive_that_kills_its_worker_is_the_only_one_lost(
    small_chunks, tmp_path, monkeypatch
):
    archive = archive_of(tmp_path, 6, deadly=5)
    monkeypatch.setattr(jobs, "do", measure_or_die)
    written = update_tables([archive], tmp_path / "out", workers=2)
    assert written.captures == 6
    ((_, file, reason),) = [row for row in written.unread if row[0] == "failed"]
    assert file == "export.jsonl"
    assert "died (signal 9)" in reason
    articles = pd.read_csv(tmp_path / "out" / "articles.csv").set_index("capture_id")
    assert articles.loc["export#6", "status"] == "failed"
    monkeypatch.undo()
    again = update_tables([archive], tmp_path / "out")
    assert "failed" not in again.statuses, "a later run tries it again"


def test_files_at_an_address_whose_names_look_alike_stay_two(tmp_path):
    """A no-break space in one of the names: the rows of one must not be taken for those of the other."""
    pytest.importorskip("fsspec")
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, topic in (("page 1.txt", "Piers"), ("page\u00a01.txt", "Ships")):
        (folder / name).write_text(f"{topic} cracked\n\n{ARTICLE * 3}", encoding="utf-8")
    for change in ("", "\u00a0", " "):
        if change:
            page = folder / f"page{change}1.txt"
            page.write_text(
                page.read_text(encoding="utf-8") + f"\nThe {ord(change)}th pier too.\n", encoding="utf-8"
            )
        update_tables([f"file://{folder}"], tmp_path / "far")
        far = pd.read_csv(tmp_path / "far" / "articles.csv")
        contents = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir())
        assert sorted(far["sha256"]) == contents and far["capture_id"].is_unique


def test_captures_at_addresses_give_the_tables_of_local_ones(few_captures, tmp_path):
    fsspec = pytest.importorskip("fsspec")
    for page in sorted(few_captures.rglob("*.txt"))[2:]:
        page.unlink()
    archive_of(few_captures, 3)
    (few_captures / "captures.csv").write_text("source_file,outlet\nexport#2,Westry Echo\n", encoding="utf-8")
    update_tables([few_captures], tmp_path / "local")
    update_tables([f"file://{few_captures}"], tmp_path / "file", workers=2)
    memory = fsspec.filesystem("memory")
    memory.put(f"{few_captures}/", "/desk/", recursive=True)
    first = update_tables(["memory://desk"], tmp_path / "memory")
    assert tables_in(tmp_path / "file") == tables_in(tmp_path / "memory") == tables_in(tmp_path / "local")
    assert update_tables(["memory://desk"], tmp_path / "memory").unchanged
    memory.pipe("/desk/new.txt", f"Piers cracked\n\n{ARTICLE * 3}".encode())
    again = update_tables(["memory://desk"], tmp_path / "memory")
    assert (again.captures, again.reused) == (first.captures + 1, first.captures)
    assert update_tables(["memory://desk/*.jsonl"], tmp_path / "some").captures == 3
    memory.pipe("/other/new.txt", f"Piers mended\n\n{ARTICLE * 3}".encode())
    update_tables(["memory://other", "memory://desk/new.txt"], tmp_path / "two")
    assert list(pd.read_csv(tmp_path / "two" / "articles.csv")["capture_id"]) == ["desk/new", "other/new"]


class StoreError(Exception):
    """Stands in for the errors that a store's own library raises."""


def test_what_a_store_fails_to_give_is_named_and_tried_again(few_captures, tmp_path, monkeypatch, capsys):
    fsspec = pytest.importorskip("fsspec")
    archive_of(few_captures, 3)
    memory = fsspec.filesystem("memory")
    memory.put(f"{few_captures}/", "/shelf/", recursive=True)
    update_tables(["memory://shelf"], tmp_path / "whole")
    real = type(memory).open

    def broken(self, path, *args, **named):
        if path.endswith(("export.jsonl", "high-and-dry.txt")):
            raise StoreError("the line is dead")
        return real(self, path, *args, **named)

    with monkeypatch.context() as patched:
        patched.setattr(type(memory), "open", broken)
        written = update_tables(["memory://shelf"], tmp_path / "out")
        assert [(file, reason) for status, file, reason in written.unread if status == "failed"] == [
            (
                "daily-gannet/2026-03-03-left-high-and-dry.txt",
                "The file cannot be fetched (the line is dead).",
            ),
            ("export.jsonl", "The file cannot be fetched (the line is dead)."),
        ]
    update_tables(["memory://shelf"], tmp_path / "out")
    assert tables_in(tmp_path / "out") == tables_in(tmp_path / "whole")

    def closed(*_, **__):
        raise StoreError("who are you?")

    monkeypatch.setattr(type(memory), "find", closed)
    assert cli.main(["tables", "memory://shelf", "--out", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == "clipbook: memory://shelf cannot be read (who are you?).\n"


def test_an_address_that_leads_nowhere_is_one_sentence(tmp_path, capsys):
    pytest.importorskip("fsspec")
    assert cli.main(["tables", "memory://nothing-here", "--out", str(tmp_path)]) == 2
    assert "memory://nothing-here" in capsys.readouterr().err
    assert cli.main(["tables", f"file://{tmp_path}/none", "--out", str(tmp_path)]) == 2
    assert (
        capsys.readouterr().err
        == f"clipbook: There is no file at file://{tmp_path}/none; check the spelling.\n"
    )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:9/page.html", "fetches nothing from there"),
        ("https://courier.example/page", "Save the page with a browser"),
        ("nosuch://place", "Those of stores begin with s3://"),
        ("simplecache::http://127.0.0.1:9/page", "not an address that clipbook reads"),
        ("memory://a::http://127.0.0.1:9/page", "not an address that clipbook reads"),
        ("file://elsewhere/pages", "another machine"),
    ],
)
def test_an_address_that_is_not_read_is_refused_before_anything_is_reached(address, words, tmp_path, capsys):
    assert cli.main(["tables", address, "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of POSIX")
def test_an_address_of_this_machine_opens_no_pipe_and_follows_no_link_out_of_the_folder(
    few_captures, tmp_path
):
    (tmp_path / "secret.txt").write_text(f"Secret piers\n\n{ARTICLE * 3}", encoding="utf-8")
    (few_captures / "out.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(few_captures / "pipe.txt")
    written = update_tables([f"file://{few_captures}"], tmp_path / "far")
    update_tables([few_captures], tmp_path / "near")
    assert tables_in(tmp_path / "far") == tables_in(tmp_path / "near")
    refused = {file: reason for status, file, reason in written.unread if status == "failed"}
    assert "outside the folder" in refused["out.txt"] and "not a regular file" in refused["pipe.txt"]
    spaced = tmp_path / "two words"
    few_captures.rename(spaced)
    named = update_tables([f"file://{tmp_path}/two%20words/pipe.txt"], tmp_path / "named")
    assert "not a regular file" in named.unread[0][2]


def test_no_more_is_fetched_than_a_file_may_hold(tmp_path, monkeypatch):
    memory = pytest.importorskip("fsspec").filesystem("memory")
    memory.pipe("/large/page.txt", b"Piers cracked\n\n" + b"a" * 5_000)
    monkeypatch.setattr(addresses, "_MOST", 4_000)
    written = update_tables(["memory://large"], tmp_path / "out")
    assert "larger than 4,000 bytes" in written.unread[0][2]
