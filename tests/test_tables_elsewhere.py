"""Tables for spreadsheets, SPSS and Stata: read back with other tools they hold every cell, and say what it means."""

import shutil
import zipfile

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from clipbook import cli
from clipbook.schema import TABLES, TIME, kinds_of, meaning
from clipbook.tables import elsewhere, export_tables, find_tables, update_tables, write_codebook
from clipbook.tables.elsewhere import ExportError

STORY = "“The pipe leaks,” Ana Ruiz said. The harbour council of Westry met on Monday about the ferry that has not sailed. "


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Three captures of two outlets, with a column of one's own whose name suits no program, and hostile cells."""
    data = tmp_path_factory.mktemp("study")
    for name, title in (("quay/a", "=1+1"), ("quay/b", "Ferry stays"), ("moor/c", "Zoë’s 😀")):
        path = data / "captures" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{title}\n\n3 March 2026\n\n" + f"{STORY}{name} " * 8, encoding="utf-8")
    own = "source_file,outlet,headline,paper kind,End\nquay/a.txt,Quay,=1+1,@broadsheet,x\nquay/b.txt,Quay,,tabloid,\nmoor/c.txt,Moor,Zoë’s 😀,,y\n"
    (data / "captures.csv").write_text(own, encoding="utf-8")
    update_tables([data / "captures"], data / "tables", form="parquet")
    return find_tables(data / "tables")


@pytest.fixture(scope="module")
def written(tables, tmp_path_factory):
    """The tables in every form, in one folder."""
    folder = tmp_path_factory.mktemp("written")
    for form in elsewhere.FORMS:
        export_tables(tables, folder, form)
    return folder


def same(read, expected):
    """Compare cells as the tables have them: whatever a program calls a missing text, date or number."""
    assert len(read) == len(expected)
    for ours, theirs in zip(expected.columns, read.columns, strict=True):
        one, other = expected[ours], read[theirs]
        if pd.api.types.is_datetime64_any_dtype(one):
            pd.testing.assert_series_equal(
                pd.to_datetime(other).astype("datetime64[us]"), one, check_names=False
            )
        elif pd.api.types.is_string_dtype(one):
            assert other.fillna("").tolist() == one.tolist(), ours
        else:
            given, wanted = ([*column.astype(float).fillna(-1)] for column in (other, one))
            assert given == pytest.approx(wanted, rel=1e-14, abs=0), ours


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_every_table_is_explained(tables, name):
    own = {"paper kind", "End"}
    told = meaning(name)
    assert [column for column in tables.columns(name) if column not in own] == [
        key for key in told if key != "_"
    ]
    assert max(len(text) for key, text in told.items() if key != "_") <= 80
    assert set(TABLES[name]) <= set(told)


@pytest.mark.parametrize("name", TABLES)
def test_spss_reads_every_cell_with_labels(tables, written, name):
    read, about = pyreadstat.read_sav(written / f"{name}.sav")
    expected = tables.read(name)
    same(read, expected)
    labels = dict(zip(expected.columns, about.column_labels, strict=True))
    assert {labels[column] for column in TABLES[name]} == {meaning(name)[column] for column in TABLES[name]}
    if name == "articles":
        assert labels["paper kind"] == "paper kind" and "paper_kind" in read and "End_" in read
        assert about.variable_value_labels["paywalled"] == {0: "no", 1: "yes"}
    if name == "quotes":
        assert list(read.columns[:4]) == ["capture_id", "start", "end_", "text"]


@pytest.mark.parametrize("name", TABLES)
def test_stata_reads_every_cell_with_labels(tables, written, name):
    with pd.read_stata(written / f"{name}.dta", iterator=True, convert_categoricals=False) as reader:
        read, labels = reader.read(), reader.variable_labels()
    expected = tables.read(name)
    same(read, expected)
    for column, label in zip(expected.columns, labels.values(), strict=True):
        assert label == meaning(name).get(column, column)


def test_the_workbook_has_a_sheet_a_table_and_one_that_explains_every_column(tables, written):
    book = openpyxl.load_workbook(written / "tables.xlsx")
    assert book.sheetnames == ["columns", *TABLES]
    explained = [tuple(cell.value for cell in row) for row in book["columns"].iter_rows(min_row=2)]
    assert [row[:2] for row in explained] == [
        (name, column) for name in TABLES for column in tables.columns(name)
    ]
    assert all(row[2] and row[3] for row in explained)
    for name in TABLES:
        rows = list(book[name].values)
        same(pd.DataFrame(rows[1:], columns=rows[0]), tables.read(name))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]  # "=1+1" is a text
    assert any(cell.value == "=1+1" for cell in cells)


def test_the_same_tables_give_the_same_bytes(tables, written, tmp_path):
    for form in elsewhere.FORMS:
        for path in export_tables(tables, tmp_path, form):
            assert path.read_bytes() == (written / path.name).read_bytes(), path.name
    about = zipfile.ZipFile(written / "tables.xlsx").read("docProps/core.xml")
    assert about.count(b"1980-01-01") == 2
    assert (written / "quotes.sav").read_bytes()[92:109] == b"01 Jan 8000:00:00"


@pytest.mark.parametrize(("form", "most"), [("xlsx", 32_767), ("sav", 32_767)])
def test_a_text_longer_than_a_cell_goes_on_in_further_columns(form, most):
    """Two bytes each in SPSS: 40,000 letters are 80,000 bytes, three cells; a spreadsheet counts letters, two cells."""
    long = pd.DataFrame({"capture_id": ["a", "b"], "body": ["é" * 40_000, "short"], "words": [1, 1]})
    table = elsewhere._divided(long, "articles", form)
    cells = 2 if form == "xlsx" else 3
    columns = ["body", "body_2", "body_3"][:cells]
    assert list(table.columns) == ["capture_id", *columns, "words"]
    assert ["".join(row) for row in table[columns].to_numpy()] == long["body"].tolist()
    size = len if form == "xlsx" else (lambda text: len(text.encode()))
    assert max(map(size, table[columns].to_numpy().ravel())) <= most
    assert elsewhere._label("articles", "body_2") == "body, continued"
    with pytest.raises(ExportError, match="body of a in articles is longer"):
        elsewhere._divided(long.assign(body_2="mine"), "articles", form)


def test_names_suit_spss_and_stata_and_none_is_there_twice():
    names = elsewhere._plain_names(
        pd.Index(
            [
                "paper kind",
                "paper-kind",
                "2nd",
                "end",
                "WITH",
                "ß" * 3,
                "x" * 50,
                "x" * 60,
                "Outlet",
                "outlet",
            ]
        )
    )
    assert names[:5] == ["paper_kind", "paper_kind_2", "c_2nd", "end_", "WITH_"]
    assert len({name.lower() for name in names}) == len(names) and max(map(len, names)) <= 33


def test_the_codebook_lists_every_column_of_any_format(tables, tmp_path, few_captures):
    write_codebook(tables, tmp_path)
    text = (tmp_path / "codebook.md").read_text(encoding="utf-8")
    for name in TABLES:
        section = text.split(f"## {name}\n")[1].split("\n## ")[0]
        listed = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        assert listed == tables.columns(name)
    assert "| `paper kind` | a column of captures.csv" in text
    assert (
        "| `published` | date and time of publication" in text
        and kinds_of("articles", ["published"])["published"] == TIME
    )


def test_the_command_writes_them_beside_tables_that_clipbook_reads(
    few_captures, few_tables, tmp_path, capsys
):
    out = tmp_path / "out"
    assert cli.main(["tables", str(few_captures), "--out", str(out), "--format", "xlsx"]) == 0
    assert "tables.xlsx" in capsys.readouterr().out and (out / "codebook.md").is_file()
    assert len(find_tables(out).read("articles")) == 6 and find_tables(out).ending == "parquet"
    shutil.rmtree(out)
    shutil.copytree(few_tables, out)
    assert cli.main(["tables", str(few_captures), "--out", str(out), "--format", "dta"]) == 0
    assert find_tables(out).ending == "csv"  # what was there stays
    assert len(pd.read_stata(out / "quotes.dta")) == len(find_tables(out).read("quotes"))
