"""Lines that the researcher takes into the story or out of it."""

import pandas as pd
import pytest

from clipbook import read_corpus
from clipbook.corpus.metadata import MetadataError
from clipbook.study_tables import open_tables

LINES = [
    "Quay shut after the wall gave way",
    "The town closed the quay on Monday, when a part of the old wall fell into the water.",
    "“The wall has been leaking since the spring and nobody came,” said Ana Ruiz, the harbour master.",
    "The council will meet again next week to talk about what the repair of the quay may cost it.",
    "Nobody was hurt, but two boats sank and a third was carried out to sea before it was found.",
]


@pytest.fixture
def captures(tmp_path):
    folder = tmp_path / "data" / "captures"
    folder.mkdir(parents=True)
    (folder / "quay.txt").write_text("\n\n".join(LINES), encoding="utf-8")
    return folder


def number_of(captures, start):
    lines = read_corpus(captures).lines
    return int(lines.loc[lines["text"].str.startswith(start), "line"].iloc[0])


def fix(captures, *rows):
    table = pd.DataFrame(rows, columns=["capture_id", "line", "text", "keep"])
    table.to_csv(captures.parent / "line_fixes.csv", index=False)


def test_a_line_that_is_taken_out_takes_its_quotation_along_everywhere(captures):
    before = open_tables(captures)
    assert len(before.read("quotes")) == 1
    words = int(before.read("articles")["words"].iloc[0])
    fix(captures, ("quay", number_of(captures, "“The wall"), "“The wall has been", "no"))
    after = open_tables(captures)
    assert after.read("quotes").empty
    assert int(after.read("articles")["words"].iloc[0]) == words - 17  # counted by hand
    lines = after.read("lines").set_index("line")
    assert lines.loc[number_of(captures, "“The wall"), "reason"] == "by hand, in line_fixes.csv"
    assert "nobody came" not in read_corpus(captures).articles["body"].iloc[0]
    (captures.parent / "line_fixes.csv").unlink()
    assert len(open_tables(captures).read("quotes")) == 1


def test_a_row_that_is_not_filled_in_changes_nothing_and_one_of_other_words_is_told(captures):
    fix(captures, ("quay", 3, "", ""), ("quay", number_of(captures, "Nobody"), "Somebody was hurt", "no"))
    article = read_corpus(captures).articles.iloc[0]
    assert "Nobody was hurt" in article["body"]
    assert "line_fixes.csv, row 3: line 9 does not begin with 'Somebody was hurt'" in article["notes"]


def test_a_row_of_no_capture_is_told(captures):
    fix(captures, ("pier", 1, "", "no"))
    from clipbook.tables import update_tables

    made = update_tables([captures], captures.parent / "tables")
    assert made.notes == ["line_fixes.csv row 2 names pier, which is not among the captures"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("quay", 5, "", "yes"), ("quay", 5, "", "no")], "rows 2 and 3 differ on line 5 of quay"),
        ([("quay", "five", "", "yes")], "row 2: line is 'five'"),
        ([("quay", 5, "", "perhaps")], "row 2: keep is 'perhaps'"),
    ],
)
def test_rows_that_cannot_be_right_are_refused(captures, rows, says):
    fix(captures, *rows)
    with pytest.raises(MetadataError, match=says):
        read_corpus(captures)
