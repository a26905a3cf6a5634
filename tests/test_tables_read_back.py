"""Tables read back: the same cells as those written, in whole or in part, from CSV and from Parquet."""

import os
import shutil

import pandas as pd
import pyarrow.parquet as pq
import pytest
import table_runs

from clipbook.corpus import read_corpus
from clipbook.files import write_csv
from clipbook.schema import TABLES, TableError
from clipbook.tables import plan, update_tables, write
from clipbook.tables.read_back import Tables, csv_parts, find_tables


@pytest.fixture(scope="module")
def captures(root, tmp_path_factory):
    """Three captures, one of them with cells that a spreadsheet or pandas would take for something else."""
    folder = tmp_path_factory.mktemp("study") / "captures"
    outlet = next(path for path in sorted((root / "data" / "captures").iterdir()) if path.is_dir())
    shutil.copytree(outlet, folder, ignore=lambda _, names: sorted(names)[2:])
    text = (root / "tests" / "samples" / "ferry.txt").read_text(encoding="utf-8")
    (folder / "NA.txt").write_text("=1+1 is what they say\n\n" + text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(captures, tmp_path_factory):
    """The tables of the captures as a run left them, by form: nobody writes into them."""
    folders = {form: tmp_path_factory.mktemp(form) for form in ("csv", "parquet")}
    for form, folder in folders.items():
        update_tables([captures], folder, form=form)
    return folders


@pytest.fixture
def out(made, tmp_path):
    """The tables as CSV, to be changed."""
    return shutil.copytree(made["csv"], tmp_path / "out")


@pytest.fixture(scope="module")
def computed(captures):
    """The tables as they are computed in memory."""
    return table_runs.computed([captures])


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_table_comes_back_cell_for_cell(form, made, computed):
    written = find_tables(made[form])
    assert written is not None
    for name in TABLES:
        pd.testing.assert_frame_equal(
            written.read(name), computed[name].reset_index(drop=True), check_exact=True, check_dtype=False
        )


def test_texts_that_look_like_something_else_come_back_as_texts(tmp_path):
    texts = ["NA", "", "null", "'=1", "=1+1", "007", "True", "two\nlines"]
    table = pd.DataFrame({"capture_id": texts, "keyword": texts, "variants": ""})
    table = table.assign(rank=1, score=0.1 + 0.2, count=2, in_headline=False)
    write_csv(tmp_path / "keywords.csv", table)
    [read] = csv_parts(tmp_path / "keywords.csv", "keywords")
    assert read["keyword"].tolist() == texts
    assert read["score"].tolist() == [0.1 + 0.2] * len(texts)
    assert read["in_headline"].tolist() == [False] * len(texts)


def test_a_column_of_the_researcher_is_text_whatever_it_is_called(tmp_path):
    articles = read_corpus([tmp_path]).articles.assign(score=pd.Series(dtype=str), rank=pd.Series(dtype=str))
    write_csv(tmp_path / "articles.csv", articles)
    [read] = csv_parts(tmp_path / "articles.csv", "articles")
    assert len(read) == 0
    assert pd.api.types.is_string_dtype(read["score"].dtype) and read["words"].dtype == "int64"


def test_parts_make_up_the_table(made, computed):
    parts = list(csv_parts(made["csv"] / "sentences.csv", "sentences", rows=7))
    assert {len(part) for part in parts[:-1]} == {7}
    pd.testing.assert_frame_equal(
        pd.concat(parts, ignore_index=True), computed["sentences"], check_exact=True, check_dtype=False
    )


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_rows_of_some_captures_are_theirs_alone(form, made, computed):
    written = find_tables(made[form])
    first, *_, last = computed["articles"]["capture_id"]
    quotes = computed["quotes"]
    for wanted in ([first], [last], [first, last], ["no such capture"], []):
        own = quotes[quotes["capture_id"].isin(wanted)]
        read = written.read("quotes", {"capture_id": wanted})
        assert read["text"].tolist() == own["text"].tolist()
        assert list(read.columns) == list(own.columns)
    speaker = quotes["speaker"].iloc[-1]
    read = written.read("quotes", {"speaker": [speaker], "capture_id": [first, last]})
    own = quotes[(quotes["speaker"] == speaker) & quotes["capture_id"].isin([first, last])]
    assert len(own) and read["start"].tolist() == own["start"].tolist()


def test_stretches_of_a_file_that_cannot_hold_a_capture_are_not_read(tmp_path):
    table = pd.DataFrame({"capture_id": list("abcdef"), "line": range(6)})
    table.to_parquet(tmp_path / "lines.parquet", row_group_size=2, index=False)
    asked = []

    class Watched(pq.ParquetFile):
        def read_row_group(self, group, *args, **more):
            asked.append(group)
            return super().read_row_group(group, *args, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pq, "ParquetFile", Watched)
        read = Tables(tmp_path, "parquet").read("lines", {"capture_id": ["c", "f"]})
    assert read["line"].tolist() == [2, 5] and asked == [1, 2]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_put_in_order_a_capture_at_a_time_are_the_same(
    form, captures, computed, tmp_path, monkeypatch
):
    monkeypatch.setattr(write, "AT_ONCE", 1)
    update_tables([captures], tmp_path, form=form)
    for name in TABLES:
        pd.testing.assert_frame_equal(
            find_tables(tmp_path).read(name), computed[name].reset_index(drop=True), check_dtype=False
        )


def test_only_the_parts_of_the_captures_at_hand_are_opened(captures, tmp_path, monkeypatch):
    """All parts opened for every few captures would make n captures cost n times n."""
    monkeypatch.setattr(write, "AT_ONCE", 1)
    monkeypatch.setattr(plan, "MOST_FILES", 1)
    real, at_hand = write._Query.stretches, []

    def watched(query, corpus):
        for few in real(query, corpus):
            at_hand.append((query.table, len(corpus.column("SELECT capture_id FROM articles"))))
            yield few
        at_hand.append(("all", len(corpus.column("SELECT capture_id FROM articles"))))

    monkeypatch.setattr(write._Query, "stretches", watched)
    update_tables([captures], tmp_path)
    assert at_hand[:4] == [("articles", 1)] * 3 + [("all", 3)]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_columns_are_given_in_the_order_asked_for_also_of_some_rows(made, ending):
    tables = find_tables(made[ending])
    whole = tables.read("lines")
    wanted = whole["capture_id"].iloc[-1]
    some = tables.read("lines", {"capture_id": [wanted]}, ["text", "line"])
    own = whole.loc[whole["capture_id"] == wanted, ["text", "line"]].reset_index(drop=True)
    assert len(own) and len(own) < len(whole)
    pd.testing.assert_frame_equal(some, own)
    with pytest.raises(TableError, match="no column tone"):
        tables.read("lines", columns=["tone"])


def test_a_folder_with_some_of_the_tables_is_neither_captures_nor_a_study(captures, out):
    """Read as captures, a table of sentences would be hundreds of articles."""
    assert find_tables(captures) is None
    (out / "keyness.csv").unlink()
    with pytest.raises(TableError, match="holds tables, but not keyness"):
        find_tables(out)


def test_tables_of_a_run_that_was_stopped_are_not_taken(captures, out, tmp_path, monkeypatch):
    """Some of them may be of the run before."""
    real, done = os.replace, []

    def stopped(source, target):
        if str(target).endswith(".csv"):
            done.append(target)
            if len(done) == 3:
                raise KeyboardInterrupt
        real(source, target)

    more = shutil.copytree(captures, tmp_path / "more", ignore=lambda _, names: sorted(names)[1:])
    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        update_tables([captures, more], out)
    monkeypatch.undo()
    with pytest.raises(TableError, match="was stopped"):
        find_tables(out)
    update_tables([captures, more], out)
    assert find_tables(out)


def test_a_run_in_another_form_replaces_the_tables(captures, out):
    """Old tables beside new ones would be the ones that are read."""
    (out / "my-own.csv").write_text("a,b\n", encoding="utf-8")
    update_tables([captures], out, form="parquet")
    assert find_tables(out).ending == "parquet"
    assert [path.name for path in out.glob("*.csv")] == ["my-own.csv"]


def test_a_table_that_was_changed_by_hand_is_refused_by_name(out):
    written = find_tables(out)
    (out / "quotes.csv").write_text("capture_id;start;end\nx;1;2\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"quotes\.csv cannot be read as the table quotes .*no column"):
        written.read("quotes")
    frames = (out / "frame_scores.csv").read_text(encoding="utf-8").splitlines()
    (out / "frame_scores.csv").write_text(frames[0] + "\na,generic,f,whole,much,1,1,0,9\n")
    with pytest.raises(TableError, match=r"frame_scores\.csv cannot be read .*much"):
        written.read("frame_scores")
