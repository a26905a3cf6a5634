"""What is doubtful as rows of the researcher's own tables, and nothing of theirs changed."""

import pandas as pd
import pytest

from clipbook import cli
from clipbook.checks import doubtful_captures, doubtful_quotes, speakers_to_name
from clipbook.corpus import read_own_table
from clipbook.corpus.own_tables import add_rows
from clipbook.quotes import apply_speakers
from clipbook.schema import TableError


def test_every_cell_that_was_written_stays_and_rows_are_added_once(tmp_path):
    path = tmp_path / "speakers.csv"
    path.write_bytes('my note;alias;speaker\r\n\r\n"two\r\nlines";Müller;Jo Müller \r\n'.encode("cp1252"))
    rows = pd.DataFrame(
        {"alias": ["Müller", "Ana Ruiz", "=Bo"], "speaker": ["", "Ana Ruiz", ""], "# why": ["x", "", "y"]}
    )
    assert add_rows(path, rows, ["alias"]) == 2
    assert path.read_bytes().decode("utf-8-sig") == (
        'my note;alias;speaker;# why\r\n\r\n"two\r\nlines";Müller;Jo Müller \r\n;Ana Ruiz;Ana Ruiz;\r\n;\'=Bo;;y\r\n'
    )
    assert add_rows(path, rows, ["alias"]) == 0
    table = read_own_table(path)
    assert list(table.columns) == ["my note", "alias", "speaker"]  # what begins with # is for the eye
    assert table["alias"].tolist() == ["Müller", "Ana Ruiz", "=Bo"]


def test_a_table_without_its_key_is_refused_and_stays(tmp_path):
    path = tmp_path / "speakers.csv"
    path.write_text("name,speaker\nRuiz,Ana Ruiz\n")
    with pytest.raises(TableError, match=r"speakers.csv has no column alias; its columns are name, speaker"):
        add_rows(path, pd.DataFrame({"alias": ["A"], "speaker": [""]}), ["alias"])
    assert path.read_text() == "name,speaker\nRuiz,Ana Ruiz\n"


def test_a_table_of_headings_alone_or_none_takes_the_rows(tmp_path):
    rows = pd.DataFrame({"alias": ["A"], "speaker": ["B"]})
    path = tmp_path / "speakers.csv"
    path.write_text("alias,speaker,camp\n")
    assert add_rows(path, rows, ["alias"]) == 1 and path.read_text() == "alias,speaker,camp\nA,B,\n"
    path.unlink()
    assert add_rows(path, rows, ["alias"]) == 1 and path.read_text() == "alias,speaker\nA,B\n"


def test_captures_without_outlet_or_date_or_of_several_items_are_listed_with_what_is_known():
    day = pd.Timestamp("2031-05-03")
    articles = pd.DataFrame(
        {
            "capture_id": list("abcdef"), "source_file": ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt"],
            "outlet": ["Quay Post", "", "The Quay-Post", "Quay Post", "", "Quay Post"], "outlet_maybe": ["", "Moor 0.4", "", "", "", ""],
            "published": [day, day, day, pd.NaT, pd.NaT, day], "headline": "H", "status": ["ok", "ok", "ok", "thin", "failed", "ok"],
            "notes": ["", "", "", "", "empty", "no outlet; may be a newsletter or roundup of about 6 unrelated items: leave it out"],
        }
    )  # fmt: skip
    rows = doubtful_captures(articles).set_index("source_file")
    assert rows["# why"].to_dict() == {
        "b.txt": "no outlet", "c.txt": "also spelled Quay Post", "d.txt": "no date",
        "f.txt": "may be a newsletter or roundup",
    }  # fmt: skip
    assert rows.loc["b.txt", "# maybe"] == "Moor 0.4" and (rows[["outlet", "published"]] == "").all(axis=None)


def test_speakers_of_four_fifths_of_the_words_are_listed_and_half_names_wait():
    said = pd.DataFrame(
        {"capture_id": list("aabcd"), "words": [50, 25, 10, 10, 5], "kind": "direct",
         "speaker": ["Ana Ruiz", "Bo Lind", "Carla Voss", "Lind", "unattributed"]}
    )  # fmt: skip
    rows = speakers_to_name(said)  # of 95 attributed words: 53 %, 79 %, 89 %
    assert rows["alias"].tolist() == ["Ana Ruiz", "Bo Lind", "Carla Voss", "Lind"]
    assert rows["# so far"].tolist() == ["53%", "79%", "89%", "100%"]
    assert rows["speaker"].tolist() == ["Ana Ruiz", "Bo Lind", "Carla Voss", ""]
    assert rows["# why"].iloc[3] == "may be Bo Lind"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [("lind", "Bo Lind"), ("Lind", "Eva Lind")],
            r"alias 'lind' has more than one speaker: Bo Lind \(row 2\), Eva Lind \(row 3\)",
        ),
        ([("Bo", "Eva"), ("Eva", "Bo")], "names 'Eva' in row 2, and row 3 says 'Bo' for 'Eva'"),
    ],
)
def test_names_that_contradict_each_other_are_refused_with_their_rows(tmp_path, rows, says):
    path = tmp_path / "speakers.csv"
    pd.DataFrame(rows, columns=["alias", "speaker"]).to_csv(path, index=False)
    with pytest.raises(TableError, match=says):
        apply_speakers(pd.DataFrame({"speaker": ["Lind"]}), read_own_table(path))


def test_unsure_quotations_are_listed_longest_first():
    said = pd.DataFrame(
        {"capture_id": "a", "start": [1, 50, 90], "text": ["one " * 20, "two " * 30, "three"], "words": [20, 30, 1],
         "kind": "direct", "speaker": ["A", "B", "C"], "confidence": [0.3, 0.4, 0.9]}
    )  # fmt: skip
    rows = doubtful_quotes(said)
    assert rows["start"].tolist() == ["50", "1"] and rows["text"].iloc[1] == " ".join(["one"] * 12)


def test_the_command_fills_a_new_study_and_changes_no_number(tmp_path, capsys, monkeypatch):
    study = tmp_path / "study"
    cli.main(["new", str(study)])
    page = (
        "The quay is shut\n\nThe town waits for news of the wall and of its repair.\n\n“The wall has been leaking since the spring,” said Ana Ruiz, the harbour master.\n\n"
        + "It rained on. " * 40
    )
    (study / "data" / "captures" / "leak.txt").write_text(page, encoding="utf-8")
    monkeypatch.chdir(study)
    capsys.readouterr()
    assert cli.main(["fix"]) == 0
    said = capsys.readouterr().out
    assert "1 row added" in said and "names do not tell it" in said
    speakers = read_own_table(study / "data" / "speakers.csv")
    assert (
        speakers[["alias", "speaker"]].values.tolist() == [["Ana Ruiz", "Ana Ruiz"]]
        and "gender" not in speakers
    )
    before = (study / "data" / "captures.csv").read_bytes()
    assert cli.main(["fix"]) == 0 and (study / "data" / "captures.csv").read_bytes() == before
