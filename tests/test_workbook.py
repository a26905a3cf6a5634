"""What a notebook takes from beside the captures, and what its figures say of what they were made from."""

import hashlib
import shutil

import pandas as pd
import pyarrow as pa
import pytest

from clipbook import cli, publish
from clipbook.charts.style import new_figure, nothing_to_show
from clipbook.files import write_json
from clipbook.framing import targets_of
from clipbook.pages.gallery import gallery_page
from clipbook.pages.report import report_of, report_page
from clipbook.provenance import read_provenance, record
from clipbook.quotes import apply_speakers
from clipbook.schema import TableError
from clipbook.workbook import Workbook, open_workbook

HARBOUR = {"captures": [{"source_file": "harbour.txt", "sha256": "00"}]}


@pytest.fixture
def book(tmp_path):
    (tmp_path / "data" / "captures").mkdir(parents=True)
    return Workbook("04_quotes", tmp_path, tmp_path / "data" / "captures", tmp_path / "figures")


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), (";", "utf-8-sig")]
)
def test_a_table_of_the_researcher_is_read_as_any_spreadsheet_saved_it(book, separator, encoding):
    rows = [
        ["alias", "speaker", "camp"],
        ["Orme", " Nadia Örme ", "north"],
        ["", "", ""],
        ["Lund", "Piet Lund", ""],
    ]
    text = "\r\n".join(separator.join(row) for row in rows)
    (book.captures.parent / "speakers.csv").write_bytes(text.encode(encoding))
    read = book.table("speakers.csv")
    assert read.to_dict("list") == {
        "alias": ["Orme", "Lund"], "speaker": ["Nadia Örme", "Piet Lund"], "camp": ["north", ""],
    }  # fmt: skip
    assert read.index.tolist() == [2, 4]  # the rows as the spreadsheet counts them
    digest = hashlib.sha256(text.encode(encoding)).hexdigest()
    assert book.files == {"speakers.csv": digest}


def test_a_table_that_is_not_there_is_none_and_one_that_cannot_be_right_names_the_row(book):
    assert book.table("speakers.csv") is None and book.files == {}
    (book.captures.parent / "speakers.csv").write_text("alias,speaker\nOrme,Nadia Orme, the harbour master\n")
    with pytest.raises(TableError, match=r"speakers\.csv, row 2: 3 cells but 2 columns"):
        book.table("speakers.csv")


def test_rows_without_a_cell_and_names_not_filled_in_yet_change_nothing(book):
    rows = "\n , \nalias,speaker\n , \nOrme,Nadia Orme\nLund,\n"
    (book.captures.parent / "speakers.csv").write_text(rows, encoding="utf-8")
    read = book.table("speakers.csv")
    assert read["alias"].tolist() == ["Orme", "Lund"] and read.index.tolist() == [5, 6]
    said = pd.DataFrame({"speaker": ["Orme", "Lund"]})
    assert apply_speakers(said, read)["speaker"].tolist() == ["Nadia Orme", "Lund"]
    assert targets_of(read) == {"Nadia Orme": ["Nadia Orme", "Orme"]}


def test_every_sheet_of_the_coders_is_entered_and_a_lock_of_a_spreadsheet_is_not(book):
    codes = book.captures.parent / "codes"
    codes.mkdir()
    for name in ("codes_ann.csv", "codes_bo.csv", "~$codes_ann.xlsx", ".lock"):
        (codes / name).write_text(name)
    assert book.beside("codes") == codes
    assert sorted(book.files) == ["codes/codes_ann.csv", "codes/codes_bo.csv"]


def test_a_figure_of_other_captures_than_the_last_ones_says_so(tmp_path):
    """Two notebooks of one folder, the second run after a capture had changed."""
    changed = {"captures": [{"source_file": "harbour.txt", "sha256": "11"}]}
    record(tmp_path, "01_corpus", HARBOUR, {}, {}, {"old": {"title": "Old"}})
    record(tmp_path, "04_quotes", changed, {}, {"speakers.csv": "22"}, {"new": {"title": "New"}})
    told = publish.headings(tmp_path, read_provenance(tmp_path))["notebooks"]
    assert "other captures" in told["01_corpus"]["figures"]["old"]["stale"]
    assert "stale" not in told["04_quotes"]["figures"]["new"]
    record(tmp_path, "01_corpus", changed, {}, {}, {"old": {"title": "Old"}})
    told = publish.headings(tmp_path, read_provenance(tmp_path))["notebooks"]
    assert "stale" not in told["01_corpus"]["figures"]["old"]


@pytest.mark.parametrize(("settings", "files"), [({"step": "week"}, {}), ({}, {"speakers.csv": "33"})])
def test_a_figure_of_other_settings_or_tables_than_the_notebooks_last_says_so(tmp_path, settings, files):
    """A notebook that was opened again and run to its first figure."""
    record(tmp_path, "04_quotes", HARBOUR, {}, {"speakers.csv": "22"}, {"one": {}, "two": {}})
    told = publish.headings(tmp_path, read_provenance(tmp_path))["notebooks"]["04_quotes"]["figures"]
    assert "stale" not in told["one"] and "stale" not in told["two"]
    record(tmp_path, "04_quotes", HARBOUR, settings, files, {"one": {}})
    told = publish.headings(tmp_path, read_provenance(tmp_path))["notebooks"]["04_quotes"]["figures"]
    assert "stale" not in told["one"] and "settings or tables" in told["two"]["stale"]


def test_what_the_researcher_knows_of_the_captures_is_part_of_what_made_the_figures(ran, tmp_path):
    few_captures = shutil.copytree(ran / "data", tmp_path / "data") / "captures"
    figures = tmp_path / "figures"
    shutil.copytree(ran / "figures", figures)
    made = read_provenance(figures)
    write_json(
        figures / "provenance.json", made | {"notebooks": {"01_corpus": made["notebooks"]["01_corpus"]}}
    )
    run = ["--captures", str(few_captures), "--figures", str(figures)]
    assert cli.main(["report", "--out", str(tmp_path / "report.html"), *run]) == 0
    name = next(few_captures.rglob("*.txt")).relative_to(few_captures).as_posix()
    known = few_captures / "captures.csv"
    known.write_text(f"source_file,outlet\n{name},Another Herald\n", encoding="utf-8")
    assert cli.main(["report", "--out", str(tmp_path / "again.html"), *run]) == 2
    assert not (tmp_path / "again.html").exists()
    assert cli.main(["run", "01_corpus", *run]) == 0
    assert cli.main(["report", "--out", str(tmp_path / "again.html"), *run]) == 0
    digest = hashlib.sha256(known.read_bytes()).hexdigest()
    assert read_provenance(figures)["metadata"] == {"file": "captures.csv", "sha256": digest}
    assert digest in (figures / "index.html").read_text(encoding="utf-8")


def test_a_report_does_not_describe_other_captures_than_the_figures(few_captures, tmp_path, capsys):
    record(tmp_path / "figures", "01_corpus", HARBOUR, {}, {}, {"one": {"title": "One"}})
    paths = ["--captures", str(few_captures), "--figures", str(tmp_path / "figures")]
    assert cli.main(["report", "--out", str(tmp_path / "report.html"), *paths]) == 2
    said = capsys.readouterr().err
    assert "made from other captures" in said and "clipbook run" in said
    assert not (tmp_path / "report.html").exists()


def test_a_figure_with_nothing_to_show_is_a_reason_and_no_file(book, capsys):
    fig, _ = new_figure(1.0)
    book.save(fig, "over-time", data=pd.DataFrame({"share": [1.0]}), alt="One bar.", title="Ana Ruiz leads")
    book.save(fig, "who", data=pd.DataFrame({"share": [1.0]}), alt="One bar.", title="Ana Ruiz leads")
    book.save(nothing_to_show("No capture shows a date."), "over-time")
    assert "Nothing to show: No capture shows a date." in capsys.readouterr().out
    assert sorted({path.name.split(".")[0] for path in (book.figures / book.name).iterdir()}) == ["who"]
    section = read_provenance(book.figures)["notebooks"][book.name]
    assert list(section["figures"]) == ["who"] and section["nothing"] == {
        "over-time": "No capture shows a date."
    }
    gallery = gallery_page(read_provenance(book.figures), book.figures)
    assert "No figure over-time: No capture shows a date." in gallery
    assert gallery.count('<article class="figure"') == 1
    report = report_page(report_of(read_provenance(book.figures), book.figures))
    assert "Figure 1." in report and "Figure 2." not in report and "No capture shows a date." in report
    book.save(fig, "over-time", data=pd.DataFrame({"share": [1.0]}), alt="One bar.", title="Ana Ruiz leads")
    assert "nothing" not in read_provenance(book.figures)["notebooks"][book.name]


def test_what_is_compared_follows_the_articles_as_they_are_now(few_tables):
    book = open_workbook("04_quotes", few_tables)
    before = len(book.compared())
    out = book.compared()["capture_id"].iloc[0]
    book.articles.loc[book.articles["capture_id"] == out, "compared"] = False
    assert len(book.compared()) == before - 1
    assert out not in set(book.compared("quotes")["capture_id"]) | set(
        book.compared("articles", ["capture_id"])["capture_id"]
    )


@pytest.mark.parametrize("wanted", ["ttfttf", "ffffff", "tttttt", "ftftft"])
def test_rows_compared_share_their_texts_with_the_table(book, wanted):
    """Texts of a large study would else be held twice; numbers are few and are copied."""
    compared = [letter == "t" for letter in wanted]
    book.articles = pd.DataFrame({"compared": compared, "body": list("abcdef"), "words": range(6)})
    book.articles["body"] = (book.articles["body"] * 100_000).astype("str")
    before = pa.total_allocated_bytes()
    rows = book.compared()
    assert pa.total_allocated_bytes() - before < 1_000
    kept = [n for n in range(6) if compared[n]]
    assert rows["words"].tolist() == kept and rows.index.tolist() == list(range(len(kept)))
    assert rows["body"].str[0].tolist() == ["abcdef"[n] for n in kept]
    rows.loc[:, "body"] = "changed"
    assert book.articles["body"].str.len().tolist() == [100_000] * 6
