"""Tables for people: units in the headings, few decimals, links, and nothing captured becomes markup."""

import pandas as pd
import pytest

from clipbook.pages import EvidenceLinks, notebook_table
from clipbook.pages.sheet import lay_out
from clipbook.workbook import Workbook

LINKS = EvidenceLinks(
    {
        "capture": {"a": "article-a.html"},
        "speaker": {"Ana": "speaker-ana.html"},
        "outlet": {"Post": "outlet.html"},
    },
    "../figures/evidence/",
)
ATTACK = "<img src=x onerror=alert(1)>"


def cells(table):
    sheet = lay_out(table, EvidenceLinks())
    return sheet.head, [
        [cell.replace("<bdi>", "").replace("</bdi>", "") for cell in row] for row in sheet.rows
    ]


def test_shares_are_percentages_with_their_interval_in_one_column():
    table = pd.DataFrame({"speaker": ["Ana"], "words": [1234], "share": [0.456], "low": [0.4], "high": [0.5]})
    assert cells(table) == (
        ["speaker", "words", "share (%)", "95% interval (%)"],
        [["Ana", "1,234", "46", "40 to 50"]],
    )


def test_an_interval_has_the_unit_of_the_number_before_it():
    table = pd.DataFrame({"percent": [0.9], "alpha": [0.5], "low": [0.25], "high": [0.75]})
    assert cells(table) == (
        ["percent (%)", "agreement (alpha)", "95% interval"],
        [["90", "0.50", "0.25 to 0.75"]],
    )


def test_a_column_has_the_same_decimals_and_a_missing_number_a_dash():
    table = pd.DataFrame({"value": [61.234, 7.0, None], "score": [0.5, 0.25, 1.0], "p": [0.0004, 0.04, None]})
    assert cells(table)[1] == [["61.2", "0.50", "<.001"], ["7.0", "0.25", "0.040"], ["–", "1.00", "–"]]


def test_a_group_without_a_name_is_told_to_be_unknown():
    table = pd.DataFrame({"group": ["", "Post"], "unsure": [0.25, 0.0], "note": ["", "few"]})
    html = notebook_table(table, LINKS, rows=10)
    assert (
        html.count("(unknown)") == 1
        and "unsure (%)" in html
        and ">25<" in html.replace("<bdi>", "").replace("</bdi>", "")
    )
    assert "(unknown)" not in notebook_table(pd.DataFrame({"group": [1, 2]}), LINKS, rows=10)


def test_dates_lose_an_empty_clock_and_truth_is_a_word():
    table = pd.DataFrame({"published": pd.to_datetime(["2026-03-02", None]), "kept": [True, False]})
    assert cells(table)[1] == [["2026-03-02", "yes"], ["–", "no"]]


def test_a_table_read_back_as_text_looks_the_same():
    table = pd.DataFrame({"share": [0.456, 0.5], "words": [1234, 7], "kept": [True, False]})
    assert cells(table.astype(str)) == cells(table)


def test_a_row_leads_to_its_sentence_and_offsets_are_not_shown():
    table = pd.DataFrame({"capture_id": ["a", "b"], "start": [12, 3], "speaker": ["Ana", "Bo"]})
    made = notebook_table(table, LINKS, rows=10)
    assert '<a href="../figures/evidence/article-a.html#t12"><bdi>a</bdi></a>' in made
    assert '<a href="../figures/evidence/speaker-ana.html">' in made
    assert made.count("<a ") == 2 and "start" not in made


def test_rows_beyond_those_shown_are_counted():
    table = pd.DataFrame({"words": range(1200)})
    assert "The first 10 of 1,200 rows." in notebook_table(table, LINKS, rows=10)
    assert "1 row." in notebook_table(table[:1], LINKS, rows=10)
    assert "No rows" in notebook_table(table[:0], LINKS, rows=10)


def test_nothing_captured_becomes_markup():
    table = pd.DataFrame({ATTACK: [ATTACK], "speaker": [ATTACK]}, index=pd.Index([ATTACK], name=ATTACK + "2"))
    made = notebook_table(table, EvidenceLinks({"speaker": {ATTACK: f"x.html#{ATTACK}"}}, "../"), rows=5)
    assert "<img" not in made and "&lt;img" in made


def test_nested_names_are_joined_and_a_named_index_is_a_column():
    table = pd.DataFrame([[0.5]], index=pd.Index(["Post"], name="outlet"),
                         columns=pd.MultiIndex.from_tuples([("conflict", "quoted")]))  # fmt: skip
    made = notebook_table(table, LINKS, rows=5)
    assert ">outlet</th>" in made and ">conflict, quoted</th>" in made
    assert '<a href="../figures/evidence/outlet.html">' in made


@pytest.mark.parametrize("written", [False, True])
def test_a_notebook_links_only_to_pages_that_were_written(tmp_path, written):
    figures = tmp_path / "my figures"
    if written:
        (figures / "evidence").mkdir(parents=True)
        (figures / "evidence" / "links.json").write_text('{"capture": {"a": "article-a.html"}}')
    book = Workbook("04_quotes", tmp_path, tmp_path / "data", figures)
    shown = book.show(pd.DataFrame({"capture_id": ["a"], "words": [3]}))
    assert ("../my%20figures/evidence/article-a.html" in shown._repr_html_()) == written
    assert "words" in repr(shown)
