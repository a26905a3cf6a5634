"""Codebooks in four formats, and the refusal of bad ones with file, line and remedy."""

import pytest

from clipbook.framing import CodebookError, load_codebook, shipped_codebooks

OWN = """\
name: harbour
title: Harbour frames
language: en
source: invented for this test
frames:
  quarrel:
    title: Quarrel
    questions:
      - Do sides quarrel?
    cues: [disput*, hit back]
    exclusions: [undisputed champion]
  money:
    cues:
      - $
      - no fee
"""


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def cues_of(book):
    return {frame.name: [cue.parts for cue in frame.cues] for frame in book.frames}


def test_own_format(tmp_path):
    book = load_codebook(written(tmp_path, "harbour.yaml", OWN))
    assert (book.name, book.title, book.language) == ("harbour", "Harbour frames", "en")
    assert cues_of(book) == {"quarrel": [("disput*",), ("hit", "back")], "money": [("$",), ("no", "fee")]}
    assert book.frames[0].questions == ("Do sides quarrel?",)
    assert book.frames[1].title == "Money"


def test_quanteda_dictionary_with_nested_categories(tmp_path):
    text = "mood:\n  good: [glad, joy*]\n  bad:\n  - grim\ncost: price*\n"
    book = load_codebook(written(tmp_path, "mood.yml", text))
    assert cues_of(book) == {
        "mood.good": [("glad",), ("joy*",)],
        "mood.bad": [("grim",)],
        "cost": [("price*",)],
    }


def test_liwc_dictionary(tmp_path):
    text = "%\n1\tGood\n22\tBad mood\n%\nglad\t1\njoy*\t1\nkind of\t1\t22\ngrim  22\n"
    book = load_codebook(written(tmp_path, "mood.dic", text))
    assert cues_of(book) == {
        "Good": [("glad",), ("joy*",), ("kind", "of")],
        "Bad mood": [("kind", "of"), ("grim",)],
    }


def test_two_column_csv(tmp_path):
    book = load_codebook(written(tmp_path, "mood.csv", "cue,frame\nglad,good\njoy*,good\ngrim,bad\n"))
    assert cues_of(book) == {"good": [("glad",), ("joy*",)], "bad": [("grim",)]}


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("title: Quarrel", "titel: Quarrel"), 7, "unknown key 'titel'"),
        (("language: en", "languages: en"), 3, "unknown key 'languages'"),
        (("cues: [disput*, hit back]", "cues: []"), 6, "has no cue"),
        (("hit back", "'*'"), 10, "matches every word"),
        (("hit back", "a*"), 10, "matches every word that begins"),
        (("hit back", "the"), 10, "almost every"),
        (("hit back", "h(it"), 10, "not a word, stem or phrase"),
        (("hit back", "h*it"), 10, "not a word, stem or phrase"),
        (("hit back", "Disput*"), 10, "stands twice"),
        (("  money:", "  quarrel:"), 12, "stands twice"),
        (("cues: [disput*", "cues: [disput*]]"), 10, "not valid YAML"),
        (("      - no fee", "      - {no: fee}"), 15, "expected plain text"),
    ],
)
def test_a_bad_codebook_is_refused_with_line_and_remedy(tmp_path, change, line, says):
    path = written(tmp_path, "bad.yaml", OWN.replace(*change))
    with pytest.raises(CodebookError) as refused:
        load_codebook(path)
    message = str(refused.value)
    assert message.startswith(f"{path}, line {line}:")
    assert says in message
    assert len(message.split(". ")) >= 2  # what is wrong, then what to do


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.dic", "%\n1\tGood\n%\nglad\t2\n", 4),
        ("a.dic", "%\n1\tGood\n%\nglad\n", 4),
        ("a.dic", "glad\t1\n", 1),
        ("a.csv", "theme,cue\nx,glad\n", 1),
        ("a.csv", "frame,cue\ngood,glad\ngood,\n", 3),
        ("a.csv", "frame,cue\ngood,glad\ngood,GLAD\n", 3),
    ],
)
def test_bad_lists_are_refused_with_their_line(tmp_path, name, text, line):
    with pytest.raises(CodebookError, match=rf"a\.\w+, line {line}:"):
        load_codebook(written(tmp_path, name, text))


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes(OWN.replace("Quarrel", "Quérelle").encode("latin-1"))
    with pytest.raises(CodebookError, match="line 7: not UTF-8"):
        load_codebook(path)


def test_yaml_that_nests_without_end_is_refused(tmp_path):
    with pytest.raises(CodebookError):
        load_codebook(written(tmp_path, "deep.yaml", "a: " + "[" * 5000))


def test_an_unknown_name_lists_the_shipped_codebooks():
    with pytest.raises(CodebookError, match="generic, gun_violence, policy"):
        load_codebook("genric")


@pytest.mark.parametrize("name", shipped_codebooks())
def test_shipped_codebooks_have_questions_and_sources(name):
    book = load_codebook(name)
    assert book.source
    assert all(frame.questions and len(frame.cues) >= 20 for frame in book.frames)


def test_the_five_generic_frames_are_shipped():
    assert load_codebook("generic").frame_names == (
        "conflict", "human_interest", "economic_consequences", "morality", "responsibility",
    )  # fmt: skip
