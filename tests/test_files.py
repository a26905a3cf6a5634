import csv

import pandas as pd
import pytest

from clipbook.files import read_csv, replacing, write_csv, write_text

WITHIN = (
    'So;=HYPERLINK("http://x.example";"here")', "a;+1", "a; -1;@b", 'a;"=1+1"', "a;'=1", "a\n=1+1", "a\r\n- b", "\t=1\t@x", ";;=1",
)  # fmt: skip


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "table.csv"
    target.write_text("old")
    with pytest.raises(RuntimeError), replacing(target) as temporary:
        temporary.write_text("half of the n")
        raise RuntimeError("disk full")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_folders_are_made_on_the_way(tmp_path):
    write_text(tmp_path / "a" / "b" / "c.txt", "line\n")
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"line\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+49 30", "-", "@name", "\ttab", "'=quoted", "'tis", "plain", "", *WITHIN]
)
def test_cells_come_back_as_they_were_captured(tmp_path, cell):
    table = pd.DataFrame({"text": [cell, "other"], "n": [1, 2]})
    write_csv(tmp_path / "t.csv", table)
    back = read_csv(tmp_path / "t.csv", keep_default_na=False)
    assert back["text"].tolist() == [cell, "other"]


def test_a_spreadsheet_meets_no_formula(tmp_path):
    write_csv(tmp_path / "t.csv", pd.DataFrame({"text": ['=HYPERLINK("http://x")', "@SUM(A1)"]}))
    cells = (tmp_path / "t.csv").read_text().splitlines()[1:]
    assert [cell.strip('"')[0] for cell in cells] == ["'", "'"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_spreadsheet_of_any_country_meets_no_formula_however_it_divides_the_cells(tmp_path, mark):
    """Spreadsheets heed a quotation mark at the beginning of a cell alone, as the reader here does."""
    table = pd.DataFrame({"id": range(len(WITHIN)), "text": WITHIN, "more": WITHIN[::-1]})
    write_csv(tmp_path / "t.csv", table)
    with (tmp_path / "t.csv").open(newline="", encoding="utf-8") as lines:
        cells = [cell for row in csv.reader(lines, delimiter=mark) for cell in row]
    assert [cell for cell in cells if cell.lstrip(' "').startswith(("=", "+", "-", "@"))] == []


def test_headings_are_harmless_too_and_come_back(tmp_path):
    write_csv(tmp_path / "t.csv", pd.DataFrame({"=1+1": ["a"], "-": [2]}))
    assert (tmp_path / "t.csv").read_text() == "'=1+1,'-\na,2\n"
    assert list(read_csv(tmp_path / "t.csv").columns) == ["=1+1", "-"]


def test_negative_numbers_stay_numbers(tmp_path):
    write_csv(tmp_path / "t.csv", pd.DataFrame({"z": [-1.5]}))
    assert (tmp_path / "t.csv").read_text() == "z\n-1.5\n"
