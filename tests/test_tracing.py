"""The captures that stand for a figure of a large corpus: some for every name in it, and no more."""

import pandas as pd
import pytest
from table_runs import ARTICLE, computed

from clipbook import pages
from clipbook.files import write_csv
from clipbook.tables.read_back import find_tables
from clipbook.tracing import EACH, evidence_of_figures

COPIES = [(outlet, number) for outlet, size in (("Herald", 40), ("Post", 3)) for number in range(size)]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Tables of 43 captures, copies of one under other names."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "one").mkdir()
    (folder / "one" / "a.txt").write_text("Harbour at Westry stays shut\n\n" + ARTICLE, encoding="utf-8")
    for name, table in computed([folder / "one"]).items():
        by_capture = "capture_id" in table
        whole = pd.concat(copied(table, *each) for each in COPIES) if by_capture else table
        write_csv(folder / f"{name}.csv", whole)
    return find_tables(folder)


def copied(table, outlet, number):
    """Every second one of the Herald quotes nobody but Piet Lund, and one has a word of its own."""
    capture_id = f"{outlet}/{number:02}"
    table = table.assign(capture_id=capture_id)
    if "outlet" in table:
        table = table.assign(outlet=outlet, status="ok")
        if capture_id == "Herald/17":
            table["body"] = table["body"].str.replace("crowns", "guilders")
    if "speaker" in table and outlet == "Herald" and number % 2:
        table = table[table["speaker"] != "Nadia Orme"]
    return table


def shown(written, **columns):
    return evidence_of_figures(written, {"f": ("Figure", pd.DataFrame(columns))})


def captures(evidence, outlet):
    return set(evidence.articles.loc[evidence.articles["outlet"] == outlet, "capture_id"])


def test_a_few_captures_of_each_outlet_and_the_same_ones_each_time(written):
    evidence = shown(written, group=["Herald", "Post"], share=["0.5", "0.4"])
    assert len(captures(evidence, "Herald")) == EACH and len(captures(evidence, "Post")) == 3
    assert evidence.drawn_from == 43
    assert captures(shown(written, group=["Herald"]), "Herald") == captures(evidence, "Herald")


def test_every_speaker_of_an_outlet_is_quoted_in_as_many_captures(written):
    """All of them could come from the outlet's other captures, where Nadia Orme does not speak."""
    evidence = shown(written, group=["Herald", "Post"], speaker=["Nadia Orme"] * 2)
    said = evidence.quotes[evidence.quotes["speaker"] == "Nadia Orme"]["capture_id"]
    assert len(set(said) & captures(evidence, "Herald")) >= EACH
    assert len(set(said) & captures(evidence, "Post")) == 3
    assert len(captures(evidence, "Herald")) <= 2 * EACH


def test_a_name_over_time_is_shown_from_any_outlet(written):
    evidence = shown(written, group=["2026-03-09"], speaker=["Nadia Orme"])
    assert evidence.quotes.groupby("speaker")["capture_id"].nunique()["Nadia Orme"] == EACH
    assert len(evidence.articles) == EACH


def test_captures_and_rare_words_that_a_figure_names_are_there(written):
    assert set(shown(written, capture_id=["Post/01"]).articles["capture_id"]) == {"Post/01"}
    rare = shown(written, term=["guilders"], group=["Herald"])
    assert "Herald/17" in captures(rare, "Herald")
    assert not captures(shown(written, term=["guilder"], group=["1 March"]), "Herald")  # no word of its own


def test_all_tables_of_a_capture_come_along(written):
    evidence = shown(written, capture_id=["Post/01"])
    for name in ("lines", "quotes", "frame_scores", "frame_evidence", "readability", "keywords", "hardest"):
        assert set(getattr(evidence, name)["capture_id"]) == {"Post/01"}, name


def test_pages_say_how_many_captures_they_were_drawn_from(written):
    made = dict(pages.evidence_pages(shown(written, group=["Post"], speaker=["Nadia Orme"])))
    [speaker] = [text for name, text in made.items() if name.startswith("speaker-nadia-orme")]
    for text in (made["index.html"], speaker):
        assert "3 of 43 captures" in text
