"""Each recipe of notebook 00 answers a small corpus as a person does who counts it by hand."""

import json
import random
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "00_start.ipynb"
CELLS = {
    cell["id"]: cell.source
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells
    if cell.cell_type == "code"
}
PLAIN = [
    "a", "the", "his", "their", "under", "over", "near", "old", "new", "grey", "small", "green", "stone",
    "house", "road", "field", "tree", "river", "bird", "dog", "cart", "wall", "gate", "roof", "bread",
    "table", "lamp", "winter", "morning", "evening", "slowly", "often", "again", "walks", "sits", "stands",
    "turns", "looks", "grows", "falls", "lies", "waits",
]  # fmt: skip


def story(number, own):
    """260 plain words, different for every number, and then what is the article's own."""
    draw = random.Random(number)
    plain = [" ".join(draw.sample(PLAIN, 13)).capitalize() + "." for _ in range(20)]
    return "\n\n".join([*(" ".join(plain[start : start + 5]) for start in range(0, 20, 5)), own])


ENGINE = "The ferry engine failed. The ferry engine burnt. “The ferry leaks badly,” Ana Ruiz said."
QUARREL = (
    "The union accused the company, and the dispute led to a clash. Critics attacked the plan, and opponents fought it. "
    "“We will strike on Monday,” said Bo Lind."
)
CAPTAIN = "The ferry captain smiled. The ferry captain sailed. “The new ferry sails,” Ana Ruiz said."
ROWS = [  # outlet, day, section, author, headline, text; the fifth is a copy of the first
    ("Quay", "2026-03-02", "Harbour", "Iris Moss", "Pump breaks", story(1, ENGINE)),
    ("Quay", "2026-03-03", "Harbour", "Iris Moss; Tom Fell", "Crews meet", story(2, QUARREL)),
    ("Quay", "2026-03-16", "Town", "Tom Fell", "Back at sea", story(3, CAPTAIN)),
    (
        "Moor",
        "2026-03-17",
        "Town",
        "Una Hart",
        "Council counts",
        story(4, "“No money is left,” Ana Ruiz said."),
    ),
    ("Moor", "2026-03-04", "Town", "", "Pump breaks", story(1, ENGINE)),
    (
        "Moor",
        "2026-03-18",
        "Town",
        "Una Hart",
        "‘It leaks’: Ruiz on the ferry",
        story(5, "Ana Ruiz is an engineer."),
    ),
]


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory):
    """The notebook up to its recipes, on the small corpus."""
    folder = tmp_path_factory.mktemp("study") / "data" / "captures"
    folder.mkdir(parents=True)
    names = ("outlet", "date", "section", "author", "title", "text")
    (folder / "set.jsonl").write_text(
        "\n".join(json.dumps(dict(zip(names, row, strict=True))) for row in ROWS), encoding="utf-8"
    )
    made = {}
    exec(CELLS["start-02"], made)
    made |= {
        "captures": str(folder),
        "figures": str(folder.parent / "figures"),
        "term": "ferry",
        "day": "2026-03-10",
    }
    exec(CELLS["start-04"], made)
    assert made["articles"]["capture_id"].tolist() == ["set#1", "set#2", "set#3", "set#4", "set#6"]
    return made


@pytest.fixture
def served(kitchen, monkeypatch):
    """Run one recipe and give the table that it shows."""

    def serve(name):
        shown = []
        monkeypatch.setattr(kitchen["book"], "show", lambda table, rows=10: shown.append(table))
        exec(CELLS[f"recipe-{name}"], dict(kitchen))
        (table,) = shown
        return table.reset_index(drop=True)

    return serve


def cells(table, *columns):
    return [tuple(row) for row in table[list(columns)].itertuples(index=False)]


def test_there_are_a_dozen_recipes_of_three_lines_each_tested_here():
    recipes = {
        name.removeprefix("recipe-"): source for name, source in CELLS.items() if name.startswith("recipe-")
    }
    assert len(recipes) == 12 and all(len(source.splitlines()) <= 3 for source in recipes.values())
    asked = re.findall(r'served\("(\w+)"\)', Path(__file__).read_text(encoding="utf-8"))
    assert sorted(asked) == sorted(recipes)


def test_who_is_quoted_most_in_each_section(served):
    found = cells(served("section"), "group", "speaker", "words")
    assert found == [("Harbour", "Bo Lind", 5), ("Harbour", "Ana Ruiz", 4), ("Town", "Ana Ruiz", 8)]


def test_a_terms_company_before_and_after(served):
    table = served("company").set_index("collocate").fillna(0)
    assert table.loc["engine"].tolist() == [2, 0] and table.loc["captain"].tolist() == [0, 2]


def test_readability_by_author(served, kitchen):
    table = served("author").set_index("author")
    assert table["count"].to_dict() == {"Iris Moss": 2, "Tom Fell": 2, "Una Hart": 2}
    one = (
        kitchen["book"].read("readability", measure=["fre"], scope=["whole"]).set_index("capture_id")["value"]
    )
    assert table.loc["Tom Fell", "mean"] == pytest.approx((one["set#2"] + one["set#3"]) / 2)
    assert table.loc["Iris Moss", ["min", "max"]].tolist() == sorted(one[["set#1", "set#2"]])


def test_who_speaks_where_conflict_cues_are_most(served):
    assert cells(served("conflict"), "group", "speaker", "words", "share") == [
        ("conflict", "Bo Lind", 5, 1.0)
    ]


def test_which_outlets_print_the_same_story(served):
    assert cells(served("agency"), "original_outlet", "original_headline", "also_in", "copies") == [
        ("Quay", "Pump breaks", "Moor", 1)
    ]


def test_where_they_say_it(served):
    table = served("places")
    assert table["capture_id"].tolist() == ["set#1"] * 3 + ["set#3"] * 3 + ["set#6"]
    assert set(table["match"]) == {"ferry"} and table["left"].iloc[2].endswith("burnt. “The ")


def test_which_outlet_uses_the_term_most(served, kitchen):
    table = served("rate")
    assert cells(table, "group", "count", "articles") == [("Quay", 6, 3), ("Moor", 1, 2)]
    assert table["rate"].iloc[0] == pytest.approx(6000 / (3 * 260 + 15 + 28 + 15 + 2 + 2 + 3))


def test_when_the_term_is_used(served):
    table = served("time")
    assert cells(table, "group", "count") == [
        (pd.Timestamp("2026-03-02"), 3),
        (pd.Timestamp("2026-03-16"), 4),
    ]


def test_what_one_outlet_writes_about_more(served):
    table = served("keyness").set_index("term")
    quay, moor = (
        [row for number, row in enumerate(ROWS) if row[0] == outlet and number != 4]
        for outlet in ("Quay", "Moor")
    )
    for term in ("winter", "bread"):
        counts = [[len(re.findall(rf"\b{term}\b", row[5].lower())) for row in rows] for rows in (quay, moor)]
        assert table.loc[term, ["count", "count_against"]].tolist() == [sum(count) for count in counts]
        assert table.loc[term, ["articles", "articles_against"]].tolist() == [
            sum(map(bool, count)) for count in counts
        ]
    assert table["q"].dropna().is_monotonic_increasing


def test_how_few_hold_half(served):
    found = cells(served("few"), "group", "speakers", "half")
    assert sorted(found) == [("Moor", 1, 1), ("Quay", 2, 1)]  # Ana Ruiz holds 8 of 13


def test_whose_words_make_headlines(served):
    assert cells(served("headlines"), "capture_id", "outlet", "text") == [("set#6", "Moor", "It leaks")]


def test_how_much_is_quotation(served):
    table = served("quoted").set_index("outlet")
    assert table["quoted_words"].to_dict() == {"Moor": 4, "Quay": 13}
    assert table.loc["Quay", "words"] == 3 * 260 + 15 + 28 + 15  # the last three are their own
    assert table["part"].tolist() == (table["quoted_words"] / table["words"]).tolist()
