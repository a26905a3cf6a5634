"""Inputs that fuzzing once broke something with, and a short run of each target from its seeds."""

from itertools import islice

import capture_makers as make
import pytest
from fuzz import real
from fuzz.run import changes, tried
from fuzz.seeds import PAGE, seeds
from fuzz.targets import ENDINGS, TARGETS

from clipbook.captures.formats import READERS


def too_many_cells():
    head, *rows = seeds("sheet")[0].decode().splitlines()
    return "\n".join([head, *(f"{row},," for row in rows)]).encode()


def damaged():
    sound = make.xlsx([["text_id", "text"], ["t1", "words"]])
    return b"\1" + sound[:60] + b"\xff" * 20 + sound[80:]


SAMPLE = b"text_id,capture_id,outlet,fingerprint\n"
FINDS = {
    "a sheet whose rows have a cell too many": ("sheet", too_many_cells),
    "a codebook with the line ends of an old Mac": ("codebook", b"\1frame,cue\rcost,fare\rcost,price\r"),
    "a codebook with a category without a name": ("codebook", b"\0cost: [price]\n'': [fare]\n"),
    "a codebook with an endless cell": ("codebook", b'\1frame,cue\ncost,"' + b"a" * 200_000),
    "a sheet whose packed bytes are damaged": ("sheet", damaged),
    "a list of the sample saved with semicolons": ("sheet", b"\2" + SAMPLE.replace(b",", b";")),
    "a list of the sample with a text twice": ("sheet", b"\2" + SAMPLE + b"t,a,b,c\n" * 2),
}


@pytest.mark.filterwarnings("ignore:Length of header")
@pytest.mark.parametrize("name", FINDS)
def test_what_fuzzing_found_stays_mended(name):
    target, data = FINDS[name]
    assert tried(target, data() if callable(data) else data)[1] == ""


@pytest.mark.parametrize("target", TARGETS)
def test_changed_files_meet_no_error_but_ours(target):
    inputs = {"article": 80, "quotes": 80, "codebook": 400, "sheet": 30, "metadata": 150}[target]
    found = [tried(target, data)[1] for data in islice(changes(target, "0"), inputs)]
    assert found == [""] * inputs


def test_a_real_page_is_read_in_every_format_that_it_is_put_into(tmp_path, monkeypatch):
    (tmp_path / "a.html").write_text(make.page(), encoding="utf-8")
    (tmp_path / "b.txt").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(real, "PLACES", (tmp_path,))
    made = [form() for forms in real.pages("article") for form in forms]
    into = {READERS.get(ENDINGS[data[0]]) for data in made}
    assert [
        end for end, reader in READERS.items() if reader not in into
    ] == []  # else: put a page into it in real.py
    assert [ENDINGS[data[0]] for data in made if tried("article", data) != (True, "")] == []
    assert [form() for forms in real.pages("quotes") for form in forms] == [PAGE.encode()]


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_are_small_and_sound(target):
    unread = {"article": 2}.get(target, 0)  # a table in place of a story, and a document of one word
    assert all(len(data) < 60_000 for data in seeds(target))
    assert [TARGETS[target](data) for data in seeds(target)].count(False) == unread
