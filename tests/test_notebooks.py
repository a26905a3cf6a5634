"""Each notebook is clean, short, and runs alone on any corpus and from any working directory."""

import ast
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest

from clipbook import cli
from clipbook.checks.answers import accuracy
from clipbook.errors import ClipbookError
from clipbook.runner import run_notebook

START, *NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", [START, *NOTEBOOKS], ids=lambda path: path.stem)
each_question = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
each_slowly = pytest.mark.parametrize(  # one of them in ``make test``, all in ``make test-slow``
    "path",
    [
        pytest.param(path, id=path.stem, marks=[] if path.stem == "04_quotes" else pytest.mark.slow)
        for path in NOTEBOOKS
    ],
)


def code_of(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def printed_by(path):
    outputs = [output for cell in code_of(path) for output in cell.outputs]
    return " ".join(output.text for output in outputs if output.output_type == "stream")


def test_the_five_questions_are_there():
    stems = [path.stem for path in NOTEBOOKS]
    assert START.stem == "00_start" and stems == [
        "01_corpus",
        "02_framing",
        "03_readability",
        "04_quotes",
        "05_keywords",
    ]


@each_notebook
def test_a_notebook_is_committed_without_outputs(path):
    assert all(not cell.outputs and cell.execution_count is None for cell in code_of(path))


@each_notebook
def test_a_notebook_holds_questions_and_answers_not_a_program(path):
    lines = [
        line
        for cell in code_of(path)
        for line in cell.source.splitlines()
        if line.strip() and not line.strip().startswith("#")
    ]
    assert len(lines) <= 50
    assert not any(re.match(r"\s*(def|class|for|while)\b", line) for line in lines)


@each_notebook
def test_a_cell_shows_one_table_at_its_end_where_jupyter_displays_it(path):
    for cell in code_of(path):
        body = ast.parse(cell.source).body
        shows = [line for line in body if ast.unparse(line).startswith(("book.show(", "book.evidence("))]
        assert shows == (body[-1:] if shows else []), cell.source


@each_notebook
def test_a_notebook_has_one_parameters_cell_and_the_common_kernel(path):
    notebook = nbformat.read(path, as_version=4)
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert notebook.metadata.kernelspec.name == "python3"


@each_question
def test_a_notebook_compares_outlets_and_saves_each_figure_with_its_companions(path, ran):
    figures = ran / "figures"
    made = sorted((figures / path.stem).glob("*"))
    names = {file.name.split(".")[0] for file in made}
    companions = {f"{name}.{end}" for name in names for end in ("svg", "dark.svg", "png", "csv", "alt.txt")}
    assert companions <= {file.name for file in made} <= companions | {f"{name}.tests.csv" for name in names}
    provenance = json.loads((figures / "provenance.json").read_text())
    section = provenance["notebooks"][path.stem]
    assert set(section["figures"]) == names
    assert len(names) + len(section.get("nothing", {})) >= 3
    given = re.findall(r"^(\w+) =", code_of(path)[0].source, re.M)
    assert {"captures", "figures", *section["parameters"]} == set(given)
    printed = " ".join(printed_by(figures / "notebooks" / path.name).split())
    assert "Measured against human-coded news in English: " in printed and accuracy(path.stem) in printed


@pytest.fixture
def answered(monkeypatch, tmp_path):
    """Run the code of a notebook here, without a kernel, and give the folder of its figures."""

    def answer(path, captures):
        monkeypatch.setenv("CLIPBOOK_CAPTURES", str(captures))
        monkeypatch.setenv("CLIPBOOK_FIGURES", str(tmp_path / "figures"))
        names = {}
        for cell in code_of(path):
            exec(cell.source, names)
        return tmp_path / "figures"

    return answer


@each_slowly
def test_the_tables_of_captures_give_the_figures_that_the_captures_give(path, ran, few_out, answered):
    figures = answered(path, few_out)
    data = sorted((ran / "figures" / path.stem).glob("*.csv"))
    for file in data:
        assert (figures / path.stem / file.name).read_bytes() == file.read_bytes(), file.name
    provenance = json.loads((figures / "provenance.json").read_text())
    section = provenance["notebooks"][path.stem]
    assert len(data) + len(section.get("nothing", {})) >= 3
    digest = hashlib.sha256((few_out / "articles.csv").read_bytes()).hexdigest()
    assert provenance["tables"] == {"file": "articles.csv", "sha256": digest, "captures": 6}
    assert provenance["captures"] == []


@each_question
def test_a_notebook_answers_for_a_single_undated_capture(path, one_capture, answered):
    figures = answered(path, one_capture)
    record = json.loads((figures / "provenance.json").read_text())["notebooks"][path.stem]
    assert len(record["figures"]) + len(record.get("nothing", {})) >= 3
    assert all(record.get("nothing", {}).values())


def test_every_recipe_of_the_cookbook_shows_something(ran):
    run = code_of(ran / "figures" / "notebooks" / START.name)
    assert all(cell.outputs for cell in run if cell.id.startswith("recipe-"))


def test_the_cookbook_runs_and_leaves_the_record_of_figures_as_it_was(one_capture, tmp_path):
    """A single undated capture has neither outlets, weeks nor a day that divides: each recipe shows no rows."""
    before = {
        "captures": [{"source_file": "a.txt", "sha256": "0" * 64}],
        "versions": {"x": "1"},
        "notebooks": {},
    }
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "provenance.json").write_text(json.dumps(before))
    assert run_notebook(START, one_capture, tmp_path / "figures").error == ""
    assert json.loads((tmp_path / "figures" / "provenance.json").read_text()) == before
    run = code_of(tmp_path / "figures" / "notebooks" / START.name)
    assert all(cell.outputs for cell in run if cell.id.startswith("recipe-"))
    assert "How right each measure is stands in its own notebook" in printed_by(
        tmp_path / "figures" / "notebooks" / START.name
    )


GERMAN = (
    "Der Hafen von Westry bleibt bis zum Frühjahr geschlossen, teilte das Hafenamt am Montag mit. Die Fischer warten "
    "seit Wochen auf eine Nachricht über die Reparatur. Im Rat der Stadt wird am Donnerstag über das Geld für die "
    "Arbeiten abgestimmt, die vier Millionen Kronen kosten können. Niemand hat uns gefragt, heißt es am Kai. "
)


def test_a_study_in_german_is_scored_by_german_formulas_and_counts_german_articles(few_captures, answered):
    """Seven German articles and six English ones: no English text beside a German score, and every n is 7."""
    for number in range(7):
        draw = random.Random(number)  # words in another order each time, so that no page is a copy of another
        said = [" ".join(draw.sample(GERMAN.split(), 12)).capitalize() + "." for _ in range(20)]
        page = few_captures / f"seite-{number}.txt"
        page.write_text(f"Hafen {number}\n\n{' '.join(said)}\n", encoding="utf-8")
    made = answered(NOTEBOOKS[2], few_captures) / "03_readability"
    drawn = {
        name: (made / f"{name}.svg").read_text(encoding="utf-8") for name in ("outlets", "interval-by-length")
    }
    assert all("n = 7 articles" in text for text in drawn.values())
    assert "Wall Street Journal" not in drawn["outlets"]


def begin(path, *further):
    """Run a notebook's parameters, what is put after them, and the cell that opens the workbook; gives its names."""
    cells = code_of(path)
    tagged = [cell.metadata.get("tags", []) == ["parameters"] for cell in cells].index(True)
    loads = next(cell.source for cell in cells if "open_workbook" in cell.source)
    names = {}
    for source in (*(cell.source for cell in cells[: tagged + 1]), *further, loads):
        exec(source, names)
    return names


@each_notebook
def test_an_empty_folder_ends_in_one_sentence(path, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("CLIPBOOK_CAPTURES", str(tmp_path / "empty"))
    monkeypatch.setenv("CLIPBOOK_FIGURES", str(tmp_path / "figures"))
    with pytest.raises(ClipbookError, match=r"^There are no captures in [^\n]+$"):
        begin(path)


def test_the_sentence_is_what_a_run_says_of_an_empty_folder(tmp_path):
    (tmp_path / "empty").mkdir()
    ended = run_notebook(NOTEBOOKS[0], tmp_path / "empty", tmp_path / "figures")
    assert ended.error.startswith("There are no captures in") and "\n" not in ended.error
    assert not list((tmp_path / "figures").glob("*/*.svg"))


@each_notebook
def test_a_cell_of_parameters_put_after_the_tagged_one_rules(
    path, few_captures, few_tables, tmp_path, monkeypatch
):
    """What papermill does with ``-p``: a cell of assignments after the cell tagged ``parameters``."""
    shutil.copytree(few_tables, few_captures.parent / "tables")
    monkeypatch.chdir(tmp_path)
    book = begin(path, f"captures = {str(few_captures)!r}\nfigures = {str(tmp_path / 'figures')!r}")["book"]
    assert (book.captures, book.figures) == (few_captures, tmp_path / "figures")


def test_every_link_of_a_run_leads_somewhere(ran):
    figures = ran / "figures"
    text = {page: page.read_text(encoding="utf-8") for page in figures.rglob("*.html")}
    copy = figures / "notebooks" / "04_quotes.html"
    assert "../evidence/article-" in text[copy] and "../evidence/speaker-" in text[copy]
    for page, html in text.items():
        for target in re.findall(r'<a href="([^"]+)"', html):
            if target.startswith(("http", "data:")):
                continue
            file, _, place = unquote(unescape(target)).partition("#")
            reached = (page.parent / file).resolve() if file else page
            assert reached.is_file(), f"{page.name} links to {target}"
            assert not place or reached not in text or f'id="{place}"' in text[reached], (
                f"{page.name}: {target}"
            )


def test_a_run_on_tables_ends_in_a_gallery_that_leads_to_evidence(few_tables, tmp_path):
    tables, figures = shutil.copytree(few_tables, tmp_path / "data" / "tables"), tmp_path / "figures"
    assert cli.main(["run", "01_corpus", "--captures", str(tables), "--figures", str(figures)]) == 0
    gallery = (figures / "index.html").read_text(encoding="utf-8")
    assert "Made from the tables of 6 captures." in gallery and "<code>frame_evidence</code>" in gallery
    assert "some of the sentences that made it" in gallery
    linked = set(re.findall(r'href="(evidence/[^"#]+)', gallery))
    assert len(linked) > 1 and all((figures / unquote(unescape(file))).is_file() for file in linked)
    assert "Source: tables in data/tables. n = 6 captures" in (
        figures / "01_corpus" / "words-by-role.svg"
    ).read_text(encoding="utf-8")


def test_plain_nbconvert_runs_a_notebook_from_any_directory(one_capture, tmp_path):
    environment = {
        **os.environ,
        "CLIPBOOK_CAPTURES": str(one_capture),
        "CLIPBOOK_FIGURES": str(tmp_path / "figures"),
    }
    subprocess.run(
        [
            *(sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", str(NOTEBOOKS[0])),
            *("--output-dir", str(tmp_path)),
        ],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "figures" / "provenance.json").is_file()
