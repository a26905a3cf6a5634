"""A study on captures and one on their tables: the same articles, lines and measures."""

import pandas as pd
import pytest
from table_runs import ARTICLE

from clipbook import framing, quotes, readability
from clipbook.corpus import comparable, drawn
from clipbook.material import open_material
from clipbook.schema import TableError
from clipbook.tables import Settings, update_tables


@pytest.fixture
def both(few_captures, tmp_path):
    update_tables([few_captures], tmp_path / "tables")
    return [open_material(folder) for folder in (few_captures, tmp_path / "tables")]


def same(one, other):
    pd.testing.assert_frame_equal(one, other, check_exact=True, check_dtype=False)


def test_both_hold_the_same_articles_and_lines(both):
    captures, tables = both
    assert "tables" not in captures.origin() and tables.origin()["tables"]["captures"] == 6
    same(captures.articles, tables.articles)
    same(*(pd.concat(material.line_parts(), ignore_index=True) for material in both))
    one = captures.articles["capture_id"].iloc[3]
    same(*(material.lines_of(one).reset_index(drop=True) for material in both))


def test_a_measure_knows_all_articles_and_gives_the_rows_of_those_asked_for(few_captures):
    """Somebody has one name in all articles, also where the full name stands in another article."""
    (few_captures / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (few_captures / "two.txt").write_text(ARTICLE.replace("Nadia Orme", "Orme"), encoding="utf-8")
    material = open_material(few_captures)
    second = material.articles[material.articles["capture_id"] == "two"]
    found = material.measured("quotes", second, quotes.find_quotes)
    assert found["capture_id"].tolist() == ["two", "two"]
    assert found["speaker"].tolist() == ["Nadia Orme", "Piet Lund"]
    assert found.index.tolist() == [0, 1]


def test_tables_of_another_codebook_are_refused(both):
    policy = framing.load_codebook("policy")
    captures, tables = both
    articles = comparable(tables.articles)
    with pytest.raises(
        TableError, match=r"made with the codebook 'generic', not 'policy'.*--codebook policy"
    ):
        tables.measured("frame_scores", articles, framing.frame_scores, policy)
    assert len(captures.measured("frame_scores", articles, framing.frame_scores, policy))


def test_tables_of_an_earlier_edition_of_a_codebook_are_refused(few_captures, tmp_path):
    """Its name is the same, its scores would be those of other cues."""
    own = tmp_path / "harbour.csv"
    own.write_text("frame,cue\ncost,fare\ncost,price\n", encoding="utf-8")
    update_tables([few_captures], tmp_path / "tables", settings=Settings(str(own)))
    tables = open_material(tmp_path / "tables")
    first = framing.load_codebook(own)
    scores = tables.measured("frame_scores", tables.articles, framing.frame_scores, first)
    assert set(scores["codebook"]) == {first.label} and first.label.startswith("harbour ")
    own.write_text("frame,cue\ncost,fare\ncost,price\ncost,toll\n", encoding="utf-8")
    second = framing.load_codebook(own)
    with pytest.raises(TableError, match=f"made with the codebook '{first.label}', not '{second.label}'"):
        tables.measured("frame_scores", tables.articles, framing.frame_scores, second)


def test_rows_that_nobody_wants_are_left_out_of_both(both):
    wanted = {"measure": ["fre", "words"], "scope": ["whole"]}
    captures, tables = (
        material.measured("readability", material.articles, readability.readability_table, only=wanted).loc[
            :, ["capture_id", "scope", "measure", "value"]
        ]
        for material in both
    )
    same(captures, tables)
    assert set(captures["measure"]) == {"fre", "words"} and set(captures["scope"]) == {"whole"}
    assert captures.groupby("capture_id").size().tolist() == [2] * 6


def test_articles_are_drawn_only_where_there_are_more():
    articles = pd.DataFrame({"capture_id": [f"a{i}" for i in range(9)]}, index=range(10, 19))
    assert drawn(articles, 9) is articles
    some = drawn(articles, 4)
    assert len(set(some["capture_id"])) == 4
    assert some.index.is_monotonic_increasing and set(some.index) <= set(articles.index)
    assert drawn(articles, 4).equals(some) and not drawn(articles, 4, seed=1).equals(some)
    with pytest.raises(ValueError, match="not 0"):
        drawn(articles, 0)
