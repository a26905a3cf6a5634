"""A study of one's own, and the coders' round, from the shell."""

import json

import pytest

from clipbook import cli, provenance
from clipbook.study import notebook_digest


def test_a_new_study_has_what_a_run_needs(tmp_path, capsys):
    assert cli.main(["new", str(tmp_path / "study")]) == 0
    assert (tmp_path / "study" / "data" / "captures").is_dir()
    assert (tmp_path / "study" / "figures").is_dir()
    assert len(list((tmp_path / "study" / "notebooks").glob("*.ipynb"))) == 6
    assert "clipbook run" in capsys.readouterr().out


def test_a_second_new_touches_neither_data_nor_edited_notebooks(tmp_path):
    study = tmp_path / "study"
    cli.main(["new", str(study)])
    (study / "data" / "captures" / "page.txt").write_text("mine")
    (study / "notebooks" / "04_quotes.ipynb").write_text("edited")
    (study / "notebooks" / "05_keywords.ipynb").unlink()
    assert cli.main(["new", str(study)]) == 0
    assert (study / "data" / "captures" / "page.txt").read_text() == "mine"
    assert (study / "notebooks" / "04_quotes.ipynb").read_text() == "edited"
    assert (study / "notebooks" / "05_keywords.ipynb").is_file()


def test_update_renews_notebooks_that_nobody_edited_and_names_those_that_stay(tmp_path, capsys):
    study = tmp_path / "study"
    cli.main(["new", str(study)])
    assert (study / ".gitignore").read_text() == "data/tables/\n"
    shipped = {path.name: path.read_bytes() for path in (study / "notebooks").glob("*.ipynb")}
    one, two = study / "notebooks" / "01_corpus.ipynb", study / "notebooks" / "02_framing.ipynb"
    earlier = json.loads(one.read_text(encoding="utf-8"))
    earlier["cells"][0]["source"] = ["# An earlier version"]
    one.write_text(json.dumps(earlier), encoding="utf-8")
    given = study / "notebooks" / ".given.json"
    given.write_text(json.dumps(json.loads(given.read_text()) | {"01_corpus": notebook_digest(one)}))
    earlier["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "run"}]
    one.write_text(json.dumps(earlier), encoding="utf-8")  # having been run is no edit
    two.write_text(shipped[two.name].decode().replace("generic", "policy"), encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["new", "--update", str(study)]) == 0
    said = capsys.readouterr().out
    assert "1 notebooks renewed" in said and f"{two} has been edited and stays" in said
    assert one.read_bytes() == shipped[one.name] and b"policy" in two.read_bytes()
    assert cli.main(["new", "--update", str(tmp_path / "none")]) == 2


def test_a_folder_with_other_things_is_left_alone(tmp_path, capsys):
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    assert cli.main(["new", str(tmp_path)]) == 2
    assert "holds other things" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_sheets_are_drawn_once_and_unfilled_ones_are_named(few_captures, tmp_path, capsys):
    draw = ["code", "draw", "--captures", str(few_captures), "--folder", str(tmp_path / "codes")]
    assert cli.main([*draw, "--texts", "4", "--coders", "ann", "bo"]) == 0
    names = {path.name for path in (tmp_path / "codes").iterdir()}
    assert names == {"sample.csv", "codes_ann.csv", "codes_ann.xlsx", "codes_bo.csv", "codes_bo.xlsx"}
    assert cli.main([*draw, "--texts", "4"]) == 2
    assert "exists" in capsys.readouterr().err
    assert cli.main(["code", "agree", "--folder", str(tmp_path / "codes")]) == 2
    assert "answer" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["txt", "pdf"])
def test_a_report_in_another_format_is_refused_by_name(tmp_path, capsys, monkeypatch, ending):

    (tmp_path / "captures").mkdir()
    provenance.record(tmp_path / "figures", "01_corpus", {}, {}, {}, {"one": {"title": "One"}})
    paths = ["--captures", str(tmp_path / "captures"), "--figures", str(tmp_path / "figures")]
    assert cli.main(["report", "--out", str(tmp_path / f"report.{ending}"), *paths]) == 2
    assert f"report.{ending}" in capsys.readouterr().err
