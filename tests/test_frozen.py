"""What a study states of itself, frozen before results are seen."""

import hashlib
import json

import pytest

from clipbook import cli
from clipbook.study import StudyError, freeze, frozen, read_study, statement

STATED = """title = "Quays"
question = "Who speaks?"
[[families]]
name = "Voices"
tests = "shares of the union and the company"
"""


def test_a_statement_is_kept_with_its_hash_and_changes_are_told(tmp_path):
    (tmp_path / "study.toml").write_text(STATED)
    digest = freeze(tmp_path, {"a.txt": "11"}, seen=False)
    stored = json.loads((tmp_path / "study.frozen.json").read_text())
    del stored["sha256"]
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True)
    assert digest == hashlib.sha256(text.encode()).hexdigest()
    assert freeze(tmp_path, {"a.txt": "11"}, seen=False) == digest  # again changes nothing
    assert "before any figure" in statement(tmp_path, {"a.txt": "11"})[0]
    assert len(statement(tmp_path, {"a.txt": "11"})) == 3
    (tmp_path / "study.toml").write_text(STATED.replace("Who speaks?", "Who is heard?"))
    said = statement(tmp_path, {"a.txt": "12", "b.txt": "2"})
    assert said[-2:] == [
        "Since then study.toml has changed in: question.",
        "Since then 2 captures were added or changed and 0 taken away.",
    ]
    with pytest.raises(StudyError, match="holds another statement"):
        freeze(tmp_path, {"a.txt": "11"}, seen=True)


def test_a_frozen_statement_that_was_edited_is_refused(tmp_path):
    (tmp_path / "study.toml").write_text(STATED)
    freeze(tmp_path, {}, seen=False)
    path = tmp_path / "study.frozen.json"
    path.write_text(path.read_text().replace("company", "council"))
    with pytest.raises(StudyError, match="was changed after it was frozen"):
        frozen(tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = Quays", "cannot be read"),
        ('titel = "Quays"', "states 'titel'; it may state title"),
        ("seed = true", "seed is True, and must be a whole number"),
        ('authors = "Ana"', "authors is 'Ana', and must be a list"),
        ('[[families]]\nname = "Voices"', "needs a name and tests"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path, text, says):
    (tmp_path / "study.toml").write_text(text)
    with pytest.raises(StudyError, match=says):
        read_study(tmp_path)


def test_a_new_study_has_a_statement_to_fill_in_and_freezes_when_it_says_something(
    tmp_path, capsys, monkeypatch
):
    study = tmp_path / 'my "study"'
    cli.main(["new", str(study)])
    assert read_study(study)["title"] == 'my "study"'
    (study / "data" / "captures" / "leak.txt").write_text(
        "“It leaks,” Ana Ruiz said. " * 40, encoding="utf-8"
    )
    monkeypatch.chdir(study)
    assert cli.main(["freeze"]) == 2 and "states no question yet" in capsys.readouterr().err
    (study / "study.toml").write_text(STATED)
    assert cli.main(["freeze"]) == 0
    assert "SHA-256" in capsys.readouterr().out
