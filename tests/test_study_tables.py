"""A study's tables: made once for all notebooks, brought up to date, and read with the researcher's corrections."""

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from table_runs import ARTICLE

from clipbook import cli, framing
from clipbook.corpus import drawn, with_compared
from clipbook.schema import TableError
from clipbook.shipped import __version__
from clipbook.study_tables import bring_up_to_date, open_tables, tables_folder
from clipbook.tables import Settings, update_tables
from clipbook.workbook import WorkbookError, open_workbook


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The data of a study: two captures and their tables."""
    folder = tmp_path_factory.mktemp("study") / "data" / "captures"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text(
        "Harbour at Westry stays shut until spring\n\n" + ARTICLE, encoding="utf-8"
    )
    (folder / "two.txt").write_text(
        "Island ferry is sold to the council\n\n" + ARTICLE.replace("cracks", "holes"), encoding="utf-8"
    )
    bring_up_to_date(folder)
    return folder.parent


@pytest.fixture
def captures(made, tmp_path):
    """The captures of a study whose tables are up to date."""
    return shutil.copytree(made, tmp_path / "data") / "captures"


@pytest.fixture
def bare(captures):
    """Captures without tables."""
    shutil.rmtree(captures.parent / "tables")
    return captures


@pytest.fixture
def opened(captures):
    return lambda: open_workbook("04_quotes", captures, captures.parent / "figures")


def test_every_capture_is_parsed_once_and_searched_once_for_all_notebooks_and_evidence(
    ran, counting, tmp_path
):
    """And not at all where tables are there, in a study that has moved."""
    bodies = set(pd.read_csv(ran / "data" / "tables" / "articles.csv")["body"].str[:60])

    def noted(notes: Path) -> Counter[str]:
        """Count articles parsed and bodies searched; headlines that hold quotations are searched apart."""
        lines = [line.split("\t") for line in notes.read_text(encoding="utf-8").splitlines()]
        return Counter(
            f"{name} {text}"
            for name, text in lines
            if name == "parse_article" or ast.literal_eval(text) in bodies
        )

    once = noted(ran.parent / "counts.txt")
    assert len(once) == 12 and set(once.values()) == {1}
    moved, notes = shutil.copytree(ran, tmp_path / "study"), tmp_path / "counts.txt"
    notes.touch()
    places = {"CLIPBOOK_CAPTURES": moved / "data" / "captures", "CLIPBOOK_FIGURES": tmp_path / "figures"}
    cells = json.loads((moved / "notebooks" / "04_quotes.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    environment = counting(notes) | {name: str(place) for name, place in places.items()}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)
    assert list(tmp_path.glob("figures/04_quotes/*.svg")) and not noted(notes)


def test_tables_lie_beside_the_captures_where_people_can_read_them(bare):
    tables, update = bring_up_to_date(bare)
    assert tables.folder == bare.parent / "tables" == tables_folder(bare)
    assert update.captures == 2
    assert pd.read_csv(tables.folder / "articles.csv")["headline"].tolist() == [
        "Harbour at Westry stays shut until spring",
        "Island ferry is sold to the council",
    ]
    assert tables_folder(Path("/x/pages")) == Path("/x/pages-tables")


def test_a_study_that_cannot_be_written_to_uses_a_temporary_folder_and_says_so(bare):
    (bare.parent / "tables").write_text("in the way")
    said = []
    tables, _ = bring_up_to_date(bare, tell=said.append)
    assert len(said) == 1 and "cannot be written to" in said[0] and str(tables.folder) in said[0]
    assert (bare.parent / "tables").read_text() == "in the way"


HOLD = (
    "import sys, pathlib; from clipbook.tables.lock import locked\n"
    "with locked(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


def test_a_second_notebook_waits_and_says_for_whom(captures):
    tables, _ = bring_up_to_date(captures)
    (captures / "three.txt").write_text("Third\n\n" + ARTICLE.replace("piers", "walls"), encoding="utf-8")
    command = [sys.executable, "-c", HOLD, str(tables.folder / ".clipbook")]
    said = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"

        def tell(sentence):
            said.append(sentence)
            holder.stdin.close()  # the other one ends

        _, update = bring_up_to_date(captures, tell=tell)
    assert len(said) == 1 and f"process {holder.pid}" in said[0]
    assert update.captures == 3


def test_another_version_says_which_columns_it_changes(captures):
    tables, _ = bring_up_to_date(captures)
    note = tables.folder / ".clipbook" / "made_by.json"
    assert json.loads(note.read_text()) == {"clipbook": __version__}
    note.write_text('{"clipbook": "0.0.9"}')
    articles = (tables.folder / "articles.csv").read_text(encoding="utf-8")
    (tables.folder / "articles.csv").write_text(
        articles.replace("Island ferry is sold to the council", "Island ferry is bought by the council"),
        encoding="utf-8",
    )
    said = []
    bring_up_to_date(captures, tell=said.append)
    assert said == [
        f"The tables in {tables.folder} were made by clipbook 0.0.9 and are replaced by those of {__version__}: "
        "articles.headline differs in 1."
    ]
    assert "Island ferry is sold to the council" in (tables.folder / "articles.csv").read_text(
        encoding="utf-8"
    )
    assert json.loads(note.read_text()) == {"clipbook": __version__}
    said.clear()
    bring_up_to_date(captures, tell=said.append)
    assert said == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_tables_of_another_version_are_replaced_on_another_disk_and_beside_own_files(bare):
    """The folder is a link, to another device where there is one; what the researcher keeps in it stays."""
    shelf = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else bare.parents[1]
    with tempfile.TemporaryDirectory(dir=shelf) as elsewhere:
        (bare.parent / "tables").symlink_to(elsewhere)
        tables, _ = bring_up_to_date(bare)
        (tables.folder / "my notes.txt").write_text("mine", encoding="utf-8")
        note = tables.folder / ".clipbook" / "made_by.json"
        note.write_text('{"clipbook": "0.0.9"}')
        (tables.folder / "lines.csv").write_text("capture_id\n", encoding="utf-8")
        said = []
        again, update = bring_up_to_date(bare, tell=said.append)
        assert len(said) == 1 and "lines has other columns" in said[0]
        assert (again.folder / "my notes.txt").read_text(encoding="utf-8") == "mine"
        assert update.captures == 2 and len(again.read("lines")) > 2
        assert json.loads(note.read_text()) == {"clipbook": __version__}
        assert (bare.parent / "tables").is_symlink()
        assert [path.name for path in bare.parent.glob(".tables-*")] == []


def test_corrections_are_applied_on_reading_and_change_shares_and_scopes(captures, opened):
    before = opened()
    assert before.quotes["speaker"].tolist() == ["Nadia Orme", "Piet Lund"] * 2
    (captures.parent / "speakers.csv").write_text("alias,speaker,camp\nPiet Lund,P. Lund,crew\n")
    (captures.parent / "quote_fixes.csv").write_text("capture_id,text,kind\ntwo,Nobody told,scare\n")
    after = opened()
    assert after.quotes["speaker"].tolist() == ["Nadia Orme", "P. Lund", "Nadia Orme", "unattributed"]
    assert after.quotes["camp"].tolist() == ["not listed", "crew", "not listed", "unattributed"]
    shares = after.quote_share.set_index(["group", "speaker"])["share"]
    assert shares["two", "Nadia Orme"] == 1 and "P. Lund" in shares["one"]
    quoted = [
        book.frame_scores.query("scope == 'quoted' and frame == 'conflict'")["words"]
        for book in (before, after)
    ]
    assert quoted[0].tolist()[0] == quoted[1].tolist()[0] and quoted[1].tolist()[1] < quoted[0].tolist()[1]
    assert after.unmatched_fixes.empty
    assert set(after.files) == {"speakers.csv", "quote_fixes.csv"}
    raw = pd.read_csv(captures.parent / "tables" / "quotes.csv")
    assert raw["speaker"].tolist() == ["Nadia Orme", "Piet Lund"] * 2  # the tables are what was found


def test_a_column_says_whether_an_article_is_compared_and_why_not():
    articles = pd.DataFrame(
        {
            "status": ["ok", "thin", "failed", "duplicate", "ok"],
            "duplicate_of": ["", "", "", "a", ""], "language": ["en", "en", "", "en", "de"],
        }
    )  # fmt: skip
    placed = with_compared(articles, "en")
    assert placed["compared"].tolist() == [True, False, False, False, False]
    why = ["", "too few words", "not read", "a copy of a", "in another language: de"]
    assert placed["left_out"].tolist() == why
    assert with_compared(articles, "")["compared"].tolist() == [True, False, False, False, True]


def test_rows_of_articles_that_are_not_compared_are_left_out_of_comparisons(captures, opened):
    (captures / "copy.txt").write_text(
        "Harbour at Westry stays shut until spring\n\n" + ARTICLE, encoding="utf-8"
    )
    book = opened()
    assert set(book.quotes["capture_id"]) == {"copy", "one", "two"}
    assert set(book.compared("quotes")["capture_id"]) == {"copy"}  # the first by name is the original of both
    assert set(book.compared("quote_share")["group"]) == {"copy"}
    assert set(book.compared("readability", measure=["fre"])["measure"]) == {"fre"}
    own = book.quotes["capture_id"] == "copy"
    spoken = book.compared("quotes", ["speaker", "words"])  # also without the column that tells the article
    assert spoken.to_numpy().tolist() == book.quotes.loc[own, ["speaker", "words"]].to_numpy().tolist()
    assert book.compared("articles", ["capture_id"]).to_numpy().tolist() == [["copy"]]


def test_cue_scores_of_another_codebook_are_made_from_the_captures_and_refused_of_named_tables(
    captures, tmp_path
):
    own = tmp_path / "harbour.csv"
    own.write_text("frame,cue\ncost,crowns\ncost,money\n", encoding="utf-8")
    figures = tmp_path / "figures"
    book = open_workbook("02_framing", captures, figures, codebook=str(own))
    assert set(book.frame_scores["codebook"]) == {framing.load_codebook(own).label}
    assert set(book.frame_evidence["cue"]) == {"crowns", "money"}
    named = tmp_path / "named"
    update_tables([captures], named)
    other = open_workbook("02_framing", named, figures, codebook=str(own))
    with pytest.raises(TableError, match=r"made with the codebook 'generic.*', not 'harbour"):
        _ = other.frame_scores


def test_tables_of_an_earlier_edition_of_a_codebook_are_refused(captures, tmp_path):
    """Its name is the same, its scores would be those of other cues."""
    own = tmp_path / "harbour.csv"
    own.write_text("frame,cue\ncost,crowns\ncost,money\n", encoding="utf-8")
    update_tables([captures], tmp_path / "named", settings=Settings(str(own)))
    first = open_tables(tmp_path / "named", codebook=framing.load_codebook(own))
    assert len(first.read("frame_scores"))
    own.write_text("frame,cue\ncost,crowns\ncost,money\ncost,boats\n", encoding="utf-8")
    second = open_tables(tmp_path / "named", codebook=framing.load_codebook(own))
    with pytest.raises(TableError, match="made with the codebook"):
        second.read("frame_scores")


def test_named_tables_give_what_the_captures_give(captures, opened, tmp_path):
    book = opened()
    update_tables([captures], tmp_path / "named", form="parquet")
    other = open_workbook("04_quotes", tmp_path / "named", tmp_path / "figures")
    assert other.origin["tables"]["captures"] == 2 and "tables" not in book.origin
    for name in ("articles", "lines", "quotes", "readability"):
        pd.testing.assert_frame_equal(
            getattr(book, name), getattr(other, name), check_exact=True, check_dtype=False
        )


def test_a_notebook_of_the_first_version_is_told_what_to_do(opened):
    with pytest.raises(WorkbookError, match="clipbook new --update"):
        opened().load()


def test_a_run_outside_a_study_names_what_is_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for given in ([], ["--captures", str(tmp_path)]):
        assert cli.main(["run", *given]) == 2
        assert "There is no study here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_articles_are_drawn_only_where_there_are_more():
    articles = pd.DataFrame({"capture_id": [f"a{i}" for i in range(9)]}, index=range(10, 19))
    assert drawn(articles, 9) is articles
    some = drawn(articles, 4)
    assert len(set(some["capture_id"])) == 4
    assert some.index.is_monotonic_increasing and set(some.index) <= set(articles.index)
    assert drawn(articles, 4).equals(some) and not drawn(articles, 4, seed=1).equals(some)
    with pytest.raises(ValueError, match="not 0"):
        drawn(articles, 0)
