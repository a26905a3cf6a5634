"""A coder's way through a sheet: what is asked next, what the file holds after every answer, who decides."""

import os
import signal

import pandas as pd
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from clipbook import cli
from clipbook.framing import CodingError, codes_in, draw_sheets, load_codebook, read_sheets, settle_codes
from clipbook.framing.codebook import Codebook, Frame, make_cue
from clipbook.framing.coding_session import Asked, coded_so_far, open_session
from clipbook.parameters import ParameterError
from clipbook.study_tables import open_tables
from clipbook.workbook import Workbook

BOOK = Codebook(
    "test",
    "Test",
    "",
    (
        Frame("quarrel", "Quarrel", ("Do sides quarrel?", "Is there blame?"), (make_cue("row", ""), make_cue("hit back", ""))),
        Frame("money", "Money", (), (make_cue("fee", ""),)),
    ),
)  # fmt: skip


def corpus(number=3):
    return pd.DataFrame(
        {
            "capture_id": [f"gull/{i}" for i in range(number)],
            "outlet": "Gull",
            "headline": [f"=A row over pier {i}" for i in range(number)],
            "body": [f"The fee at pier {i} rose.\n\nThey hit back. <img src=x onerror=alert(1)>" for i in range(number)],
        }
    )  # fmt: skip


@pytest.fixture
def opened(tmp_path):
    """Open the frame of a coder anew, as after a kill: nothing is known but the files."""

    def session(coder="ana", frame="quarrel", number=3):
        return open_session(tmp_path, BOOK, frame, coder, corpus(number))

    return session


def sheet(folder, coder="ana"):
    return pd.read_csv(folder / f"codes_{coder}.csv", dtype=str, keep_default_na=False)


def say(session, *answers):
    for answer in answers:
        session.answer(session.asked, answer)


def test_each_answer_is_in_the_sheet_before_the_next_is_asked(opened, tmp_path):
    session = opened()
    first, second = session.texts.index[:2]
    assert session.asked == Asked(first, "quarrel.1") and session.done == 0
    say(session, "yes")
    assert opened().asked == Asked(first, "quarrel.2")
    say(session, "unsure")
    assert session.asked == opened().asked == Asked(second, "quarrel.1")
    table = sheet(tmp_path).set_index("text_id")
    assert table.loc[first, ["quarrel.1: Do sides quarrel?", "quarrel.2: Is there blame?"]].tolist() == [
        "yes",
        "unsure",
    ]
    assert (table.iloc[:, 3:] == "").to_numpy().sum() == 3 * 3 - 2  # nothing else is filled
    assert opened().done == 1


def test_what_is_drawn_is_what_the_command_draws(opened, tmp_path):
    opened(number=150)
    other = tmp_path / "other"
    draw_sheets(corpus(150), BOOK, other, ["ana"])
    for name in ("sample.csv", "codes_ana.csv"):
        assert (tmp_path / name).read_bytes() == (other / name).read_bytes()
    assert len(sheet(tmp_path)) == 100


def test_finished_sheets_are_read_by_agree(opened, tmp_path):
    say(opened(), *["yes", "no"] * 3)
    say(opened("bo"), *["no"] * 6)
    codes = read_sheets(tmp_path, BOOK)
    assert codes.groupby("coder")["code"].sum().to_dict() == {"ana": 3, "bo": 0}
    assert set(codes["frame"]) == {"quarrel"}  # money is not begun, and no fault
    assert opened().asked is None and opened().done == 3
    assert coded_so_far(tmp_path, BOOK, "money") == {"ana": 0, "bo": 0}


def test_agree_says_which_frames_a_coder_has_not_begun(tmp_path, capsys):
    text = "The council and the port argue about the pier, and nobody knows who will pay for it. " * 20
    captures = tmp_path / "captures"
    captures.mkdir()
    for name in ("ferry", "school"):
        (captures / f"{name}.txt").write_text(
            f"The {name} waits\n\n{text.replace('pier', name)}", encoding="utf-8"
        )
    generic, folder = load_codebook("generic"), tmp_path / "codes"
    articles = open_tables(captures).read("articles")
    for coder in ("ana", "zoe"):
        session = open_session(folder, generic, "conflict", coder, articles)
        while session.asked:
            say(session, "yes")
    capsys.readouterr()
    assert cli.main(["code", "agree", "--captures", str(captures), "--folder", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "ana has not coded human_interest, " in said and "zoe has not coded" in said
    assert "0 answers to talk about." in said


def test_a_half_coded_text_is_not_coded_yet(opened, tmp_path):
    say(opened(), "yes", "yes", "yes")
    assert len(codes_in(tmp_path, BOOK)) == 2
    with pytest.raises(CodingError, match=r"cell F3 \(quarrel.2\): empty"):
        read_sheets(tmp_path, BOOK)


def test_the_last_answers_can_be_taken_back_and_others_looked_at(opened, tmp_path):
    session = opened()
    say(session, "yes", "no", "no")
    session.take_back()
    session.take_back()
    assert session.asked == Asked(session.texts.index[0], "quarrel.2")
    assert list(session.answers.values()) == ["yes", "", "", "", "", ""] == list(opened().answers.values())
    session.move(-1)
    assert session.shown()["questions"][0]["answer"] == "yes"
    session.move(-1)  # there is none before the first
    say(session, "no")  # and on with the next open one
    assert session.asked == Asked(session.texts.index[0], "quarrel.2")
    session.take_back()
    assert sheet(tmp_path)["quarrel.1: Do sides quarrel?"].tolist() == ["yes", "", ""]


def test_an_answer_to_a_question_that_is_not_asked_changes_nothing(opened):
    session = opened()
    before = session.asked
    say(session, "yes")
    session.answer(before, "no")  # a second window, one question behind
    assert list(session.answers.values())[:2] == ["yes", ""]
    with pytest.raises(CodingError, match="'maybe' is no answer"):
        session.answer(session.asked, "maybe")


def test_what_was_typed_meanwhile_stays(opened, tmp_path):
    session = opened()
    path = tmp_path / "codes_ana.csv"
    table = sheet(tmp_path)
    table.loc[0, "quarrel.1: Do sides quarrel?"] = "No"
    table.loc[2, "money.1: Money?"] = "yes"
    table["# my notes"] = ["überlegen; =1+1", "", ""]
    path.write_bytes(table.to_csv(index=False, sep=";", lineterminator="\r\n").encode("utf-8-sig"))
    typed = path.read_bytes()
    with pytest.raises(CodingError, match=r"by now says 'No'.*Nothing was written"):
        say(session, "yes")
    assert path.read_bytes() == typed
    session = opened()
    assert session.asked.question == "quarrel.2"
    say(session, "yes")
    kept = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    table.loc[0, "quarrel.2: Is there blame?"] = "yes"
    pd.testing.assert_frame_equal(kept, table)


def test_answers_in_a_spreadsheet_are_neither_hidden_nor_doubled(opened, tmp_path):
    from openpyxl import load_workbook

    opened()
    book = load_workbook(tmp_path / "codes_ana.xlsx")
    names = [cell.value for cell in book.active[1]]
    book.active.cell(2, names.index("money.1: Money?") + 1).value = "yes"
    book.save(tmp_path / "codes_ana.xlsx")
    with pytest.raises(CodingError, match=r"codes_ana\.xlsx holds answers of ana"):
        opened()


def test_a_sheet_that_goes_away_or_is_spoilt_is_named(opened, tmp_path):
    session = opened()
    path = tmp_path / "codes_ana.csv"
    whole = path.read_bytes()
    path.unlink()
    with pytest.raises(CodingError, match="is gone"):
        say(session, "yes")
    assert next(iter(session.answers.values())) == ""
    path.write_bytes(whole.replace(b"pier 1 rose", b"pier 1 fell"))
    with pytest.raises(CodingError, match="the text is not that of"):
        opened()
    path.write_bytes(whole.rpartition(b"\nt")[0] + b"\n")
    with pytest.raises(CodingError, match=r"the text t\w+ is missing"):
        opened()
    for sheets in tmp_path.glob("codes_*"):
        sheets.unlink()
    with pytest.raises(CodingError, match="no whole sheet to lay out another from"):
        opened()


@pytest.mark.parametrize("name", ["", "../ana", "ana b", "a" * 61])
def test_a_name_that_cannot_be_a_files_is_refused(opened, name):
    with pytest.raises(CodingError, match="cannot be a file's"):
        opened(name)


def test_a_name_in_other_capitals_is_the_same_coder(opened, tmp_path):
    """Where capitals make no other file, a sheet of its own would be written over the first."""
    say(opened(), "yes")
    assert opened("ANA").coder == "ana" and opened("ANA").asked.question == "quarrel.2"
    assert not (tmp_path / "codes_ANA.csv").exists()


def test_a_further_coder_gets_the_same_texts_in_another_order_without_answers(opened, tmp_path):
    say(opened(number=12), "yes", "no")
    opened("bo", number=12)
    ana, bo = sheet(tmp_path), sheet(tmp_path, "bo")
    assert ana["text_id"].tolist() != bo["text_id"].tolist()
    same = ana.set_index("text_id").loc[bo["text_id"], ["outlet", "headline", "text"]]
    pd.testing.assert_frame_equal(same, bo.set_index("text_id")[["outlet", "headline", "text"]])
    assert (bo.iloc[:, 4:] == "").all(axis=None)


def test_a_third_decides_where_two_differ_and_that_counts(opened, tmp_path):
    """Of three texts: both yes; one yes and one no; one is unsure. The third is asked for two and sees no names."""
    texts = opened().texts.index.tolist()
    by_coder = {
        "ana": (["yes", "yes"], ["yes", "yes"], ["no", "unsure"]),
        "zoe": (["yes", "no"], ["no", "no"], ["no", "no"]),
    }
    for coder, answers in by_coder.items():
        session = opened(coder)
        while session.asked:
            place = texts.index(session.asked.text_id)
            say(session, answers[place][int(session.asked.question[-1]) - 1])
    third = opened("agreed")
    assert set(third.texts.index) == set(texts[1:])
    assert third.said[Asked(texts[1], "quarrel.1")] == "1 yes, 1 no"
    assert third.said[Asked(texts[2], "quarrel.2")] == "1 no, 1 unsure"
    assert "ana" not in str(third.shown()) and "zoe" not in str(third.shown())
    while third.asked:
        say(third, "yes" if third.asked.text_id == texts[1] else "no")
    key = pd.read_csv(tmp_path / "sample.csv").set_index("capture_id")["text_id"]
    settled = settle_codes(read_sheets(tmp_path, BOOK))
    assert dict(zip(settled["capture_id"].map(key), settled["share"], strict=True)) == dict(
        zip(texts, [1, 1, 0], strict=True)
    )
    again = opened("agreed")
    assert again.asked is None and again.done == 2  # still listed, to be looked at


def test_there_may_be_nothing_to_decide(opened):
    with pytest.raises(CodingError, match="nothing to decide"):
        opened("agreed")
    say(opened(), "yes")
    assert opened("agreed").asked is None and opened("agreed").shown()["total"] == 0


def test_a_coder_who_is_killed_at_any_moment_has_lost_no_answer(opened, tmp_path):
    """The child says after each answer that it is given; killed in the middle of the next, at most that one is more."""
    opened(number=12)
    whole = sheet(tmp_path).iloc[:, :4]
    given = 0
    for kill_after in (0, 1, 2, 0, 3, 1, 0, 2, 1, 0):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            session = opened(number=12)
            while session.asked:
                say(session, "yes")
                os.write(writer, b".")
            os._exit(0)
        os.close(writer)
        told = b"".join(os.read(reader, 1) for _ in range(kill_after))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as rest:
            said = given + len(told) + len(rest.read())
        given = sum(answer == "yes" for answer in opened(number=12).answers.values())
        assert said <= given <= said + 1
        pd.testing.assert_frame_equal(sheet(tmp_path).iloc[:, :4], whole)
    assert 0 < given <= 24


NOTEBOOK = """
import pandas as pd
from pathlib import Path
from clipbook.workbook import Workbook
book = Workbook("02_framing", Path(r"{0}"), Path(r"{0}/data/captures"), Path(r"{0}/figures"))
book.code("conflict", coder="ana")
"""


def test_nobody_before_the_notebook_gets_a_line_of_text_and_nothing_is_drawn(tmp_path):
    """A widget would put a random name into the notebook, and no two runs would be the same."""
    notebook = new_notebook(cells=[new_code_cell(NOTEBOOK.format(tmp_path), id="code")])
    NotebookClient(notebook, kernel_name="python3").execute()
    (output,) = notebook.cells[0].outputs
    assert output.text.startswith("Conflict: texts coded so far: no sheets yet. In JupyterLab")
    assert not (tmp_path / "data" / "codes").exists()


def test_a_frame_that_the_codebook_lacks_is_refused_with_the_nearest(tmp_path):
    book = Workbook("02_framing", tmp_path, tmp_path / "data" / "captures", tmp_path / "figures")
    with pytest.raises(ParameterError, match=r"frame is 'moral'; choose one of morality, "):
        book.code("moral")


def test_a_text_is_shown_as_pieces_with_its_cues(opened):
    shown = opened().shown()
    assert (shown["frame"], shown["number"], shown["done"], shown["total"]) == ("Quarrel", 1, 0, 3)
    pier = opened().texts.iloc[0]["text"].split("pier ")[1][0]
    assert shown["headline"] == [("=A ", False), ("row", True), (f" over pier {pier}", False)]
    assert shown["paragraphs"] == [
        [(f"The fee at pier {pier} rose.", False)],  # the cue of another frame is none here
        [("They ", False), ("hit back", True), (". <img src=x onerror=alert(1)>", False)],
    ]
    assert [question["question"] for question in shown["questions"]] == [
        "Do sides quarrel?",
        "Is there blame?",
    ]
