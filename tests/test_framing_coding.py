"""Drawing sheets and reading them back, with the wrong cell named."""

import pandas as pd
import pytest
from openpyxl import load_workbook

from clipbook.framing import CodingError, codes_in, draw_sample, draw_sheets, read_sheets
from clipbook.framing.codebook import Codebook, Frame, make_cue

BOOK = Codebook(
    "test",
    "Test",
    "",
    (
        Frame("quarrel", "Quarrel", ("Do sides quarrel?", "Is there blame?"), (make_cue("row", ""),)),
        Frame("money", "Money", (), (make_cue("fee", ""),)),
    ),
)


def corpus(number=12):
    return pd.DataFrame(
        {
            "capture_id": [f"gull/{i}" if i % 3 else f"tern/{i}" for i in range(number)],
            "outlet": ["Gull" if i % 3 else "Tern" for i in range(number)],
            "headline": [f"=Headline {i}" for i in range(number)],
            "body": [f"Body number {i}.\n\nSecond “paragraph”." for i in range(number)],
        }
    )


def fill(path, answer):
    """Write an answer into every empty cell of a CSV sheet; ``answer`` may depend on row and column."""
    sheet = pd.read_csv(path, dtype=str, keep_default_na=False)
    for column in sheet.columns[sheet.columns.str.contains(r"\.\d")]:
        sheet[column] = [answer(i, column) for i in range(len(sheet))]
    sheet.to_csv(path, index=False)
    return sheet


def test_a_sample_keeps_the_groups_shares():
    sample = draw_sample(corpus(), 6, seed=3)
    assert sample["outlet"].value_counts().to_dict() == {"Gull": 4, "Tern": 2}  # of 8 and 4
    assert sample["capture_id"].tolist() == draw_sample(corpus(), 6, seed=3)["capture_id"].tolist()
    assert sample["capture_id"].tolist() != draw_sample(corpus(), 6, seed=4)["capture_id"].tolist()
    assert len(draw_sample(corpus(), 99)) == 12


def test_sheets_come_back_as_codes(tmp_path):
    draw_sheets(corpus(), BOOK, tmp_path, ("ada", "bo"), texts=6)
    fill(tmp_path / "codes_ada.csv", lambda i, column: "Yes ")
    fill(tmp_path / "codes_bo.csv", lambda i, column: "no" if column.startswith("money") else "yes")
    codes = read_sheets(tmp_path, BOOK)
    assert len(codes) == 2 * 6 * 3
    assert codes[codes["coder"] == "ada"]["code"].eq(1).all()
    assert codes[codes["frame"] == "money"].groupby("coder")["code"].sum().to_dict() == {"ada": 6, "bo": 0}
    assert set(codes["capture_id"]) <= set(corpus()["capture_id"])


@pytest.mark.parametrize("name", ["codes_ada (1).csv", "codes_ada - Copy.csv", "codes_ada.ods"])
def test_a_copy_of_a_sheet_is_no_further_coder(tmp_path, name):
    """Two coders who agree by chance would agree with themselves."""
    draw_sheets(corpus(), BOOK, tmp_path, ("ada",), texts=6)
    fill(tmp_path / "codes_ada.csv", lambda i, column: "yes")
    (tmp_path / name).write_bytes((tmp_path / "codes_ada.csv").read_bytes())
    with pytest.raises(CodingError, match=r"(looks like a copy|neither \.csv nor \.xlsx)"):
        read_sheets(tmp_path, BOOK)


def test_a_sheet_counts_however_its_ending_is_spelt(tmp_path):
    draw_sheets(corpus(), BOOK, tmp_path, ("ada",), texts=6)
    fill(tmp_path / "codes_ada.csv", lambda i, column: "yes")
    (tmp_path / "codes_ada.csv").rename(tmp_path / "codes_ada.CSV")
    assert len(read_sheets(tmp_path, BOOK)) == 6 * 3


def test_an_xlsx_sheet_is_read_and_runs_no_formula(tmp_path):
    draw_sheets(corpus(), BOOK, tmp_path, ("ada",), texts=4)
    path = tmp_path / "codes_ada.xlsx"
    book = load_workbook(path)
    sheet = book.active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    names = [cell.value for cell in sheet[1]]
    for row in range(2, 6):
        for column in range(names.index("text") + 2, len(names) + 1):
            sheet.cell(row, column).value = "yes"
    book.save(path)
    assert read_sheets(tmp_path, BOOK)["code"].tolist() == [1] * 12


def test_csv_sheets_hold_no_formula_and_can_hide_the_outlet(tmp_path):
    draw_sheets(corpus(), BOOK, tmp_path, ("ada",), texts=4, hide_outlet=True)
    text = (tmp_path / "codes_ada.csv").read_text(encoding="utf-8")
    assert "Gull" not in text and "gull" not in text
    assert ",=Headline" not in text and "'=Headline" in text


def test_each_coder_has_another_order(tmp_path):
    draw_sheets(corpus(), BOOK, tmp_path, ("ada", "bo"), texts=12)
    orders = [pd.read_csv(tmp_path / f"codes_{name}.csv")["text_id"].tolist() for name in ("ada", "bo")]
    assert orders[0] != orders[1] and sorted(orders[0]) == sorted(orders[1])


def spoil(sheet, what):
    if what == "answer":
        sheet.loc[1, "money.1: Money?"] = "maybe"
    if what == "empty":
        sheet.loc[0, "quarrel.2: Is there blame?"] = ""
    if what == "text":
        sheet.loc[2, "text"] += " Added."
    if what == "missing":
        sheet = sheet.iloc[1:]
    if what == "extra":
        sheet = pd.concat([sheet, sheet.iloc[[0]].assign(text_id="t000000000")])
    if what == "twice":
        sheet = pd.concat([sheet, sheet.iloc[[0]]])
    if what == "column":
        sheet = sheet.drop(columns="money.1: Money?")
    return sheet


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("answer", r"codes_ada.csv, cell G3 \(money.1\): 'maybe' is no answer. Write yes or no or unsure"),
        ("empty", r"codes_ada.csv, cell F2 \(quarrel.2\): empty"),
        ("text", r"codes_ada.csv, cell A4: the text is not that of"),
        ("missing", r"codes_ada.csv: the text t\w+ is missing"),
        ("extra", r"codes_ada.csv, cell A6: 't000000000' was not drawn"),
        ("twice", r"codes_ada.csv, cell A6: 't\w+' stands in row 2 already"),
        ("column", r"codes_ada.csv: the column 'money.1' is missing"),
    ],
)
def test_a_fault_is_named_with_its_cell(tmp_path, what, says):
    draw_sheets(corpus(), BOOK, tmp_path, ("ada",), texts=4)
    path = tmp_path / "codes_ada.csv"
    spoil(fill(path, lambda i, column: "yes"), what).to_csv(path, index=False)
    with pytest.raises(CodingError, match=says):
        read_sheets(tmp_path, BOOK)


def test_spreadsheet_line_ends_are_no_change_of_text(tmp_path):
    draw_sheets(corpus(), BOOK, tmp_path, ("ada",), texts=4)
    path = tmp_path / "codes_ada.csv"
    sheet = fill(path, lambda i, column: "yes")
    sheet["text"] = sheet["text"].str.replace("\n", "\r\n")
    sheet.to_csv(path, index=False)
    assert len(read_sheets(tmp_path, BOOK)) == 12


def test_a_long_text_goes_on_in_the_next_cell(tmp_path):
    texts = corpus(3).assign(body="word " * 14_000)
    draw_sheets(texts, BOOK, tmp_path, ("ada",), texts=3)
    sheet = fill(tmp_path / "codes_ada.csv", lambda i, column: "no")
    assert {"text", "text 2", "text 3"} <= set(sheet.columns)
    assert len(read_sheets(tmp_path, BOOK)) == 9


def test_sheets_are_never_overwritten(tmp_path):
    draw_sheets(corpus(), BOOK, tmp_path, texts=4)
    with pytest.raises(CodingError, match="exists and may hold codes"):
        draw_sheets(corpus(), BOOK, tmp_path, texts=4)


def test_names_that_are_no_file_names_are_refused(tmp_path):
    with pytest.raises(CodingError, match="letters, digits"):
        draw_sheets(corpus(), BOOK, tmp_path, ("../ada",), texts=4)


def test_unfinished_sheets_give_what_they_hold(tmp_path):
    assert codes_in(tmp_path, BOOK).empty
    draw_sheets(corpus(), BOOK, tmp_path, ("ada",), texts=4)
    assert codes_in(tmp_path, BOOK).empty
    with pytest.raises(CodingError, match="has an answer yet"):
        read_sheets(tmp_path, BOOK)
    fill(tmp_path / "codes_ada.csv", lambda i, column: "yes" if i < 2 else "")
    assert len(codes_in(tmp_path, BOOK)) == 6
    with pytest.raises(CodingError, match="empty"):
        read_sheets(tmp_path, BOOK)
