"""A figure carries its words: numbers in its alt text, and nothing more to be said when it is saved."""

import pandas as pd
import pytest
from matplotlib.figure import Figure as Drawing

from clipbook.charts import Figure, framing, quotes, style
from clipbook.charts.corpus import role_chart
from clipbook.charts.findings import in_words
from clipbook.provenance import read_provenance
from clipbook.workbook import WIDTHS, Workbook, WorkbookError

SHARES = pd.DataFrame(
    {
        "group": ["Quay", "Quay", "Moor", "Moor"], "speaker": ["Ana Ruiz", "Bo Lind"] * 2, "words": [30, 10, 5, 15],
        "quotes": [3, 1, 1, 2], "share": [0.75, 0.25, 0.25, 0.75], "low": [0.5, 0.1, 0.1, 0.5], "high": [0.9, 0.5, 0.5, 0.9],
    }
)  # fmt: skip
MEANS = pd.DataFrame(
    {
        "group": ["Quay", "Moor"], "frame": ["conflict"] * 2, "mean": [0.1, 0.3], "low": [0.05, 0.2],
        "high": [0.2, 0.4], "articles": [4, 5], "short": [0, 0],
    }
)  # fmt: skip
NONE = pd.DataFrame(columns=["frame", "group", "other", "difference", "q"])
NO_PAIRS = pd.DataFrame(columns=["speaker", "group", "other", "difference", "q"])
ROLES = pd.DataFrame(
    {"role": ["body", "navigation"], "kept": [True, False], "words": [60, 40], "share": [0.6, 0.4]}
)


@pytest.fixture
def book(tmp_path):
    return Workbook("04_quotes", tmp_path, tmp_path / "data" / "captures", tmp_path / "figures")


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (
            lambda: quotes.share_chart(SHARES, NO_PAIRS, source="s"),
            "Highest: Ana Ruiz, Quay and 1 more, 75% (50% to 90%). Lowest: Bo Lind, Quay and 1 more, 25%",
        ),
        (
            lambda: framing.group_chart(MEANS, NONE, names={"conflict": "Conflict"}, source="s"),
            "2 values from 0.10 to 0.30. Highest: Conflict, Moor, 0.30 (0.20 to 0.40). Lowest: Conflict, Quay, 0.10",
        ),
        (lambda: role_chart(ROLES, source="s"), "2 values from 40% to 60%. Highest: the story, 60%. Lowest: menus, 40%."),
    ],
)  # fmt: skip
def test_alt_text_gives_range_highest_and_lowest(draw, told):
    figure = draw()
    assert told in figure.alt
    assert figure.title and figure.reading


def test_what_is_not_measured_is_counted_and_nothing_is_made_up():
    assert in_words("Bars", ["a", "b", "c"], [1.0, float("nan"), 3.0], "{:.0f}".format) == (
        "Bars: 2 values from 1 to 3; 1 not measured. Highest: c, 3. Lowest: a, 1."
    )
    assert in_words("Bars", ["a"], [float("nan")], "{:.0f}".format) == "Bars: nothing could be measured."
    assert in_words("A dot", ["a"], [2.0], "{:.0f}".format) == "A dot: a, 2."


def test_a_figure_is_saved_with_its_own_words_or_with_others(book):
    figure = role_chart(ROLES, source="s")
    book.save(figure, "roles")
    book.save(figure, "again", title="Mostly story", limits="One page.")
    saved = read_provenance(book.figures)["notebooks"]["04_quotes"]["figures"]
    assert saved["roles"]["title"] == figure.title and saved["roles"]["reading"] == figure.reading
    assert saved["roles"]["alt"] == f"{figure.title}. {figure.alt}"
    assert saved["again"]["title"] == "Mostly story" and saved["again"]["limits"] == "One page."
    assert pd.read_csv(book.figures / "04_quotes" / "roles.csv")[list(ROLES)].equals(ROLES)


def test_a_figure_is_also_saved_for_the_columns_of_a_journal(book, monkeypatch):
    figure = role_chart(ROLES, source="s")
    book.save(figure, "roles", width="85mm")
    monkeypatch.setenv(WIDTHS, "85mm,180mm")
    book.save(figure, "both")
    book.save(Drawing(), "own", data=ROLES, alt="A line.")  # drawn by hand: as it is
    saved = {path.name for path in (book.figures / "04_quotes").glob("*mm.*")}
    assert saved == {
        "roles.85mm.pdf", "roles.85mm.png", "both.85mm.pdf", "both.85mm.png", "both.180mm.pdf", "both.180mm.png"
    }  # fmt: skip


def test_comparisons_are_saved_where_a_figure_has_them(book):
    book.save(framing.group_chart(MEANS, NONE, names={"conflict": "Conflict"}, source="s"), "outlets")
    assert (book.figures / "04_quotes" / "outlets.tests.csv").is_file()


def test_any_drawing_is_saved_with_words_given_and_refused_without(book):
    drawing = Drawing()
    drawing.subplots().plot([1, 2])
    with pytest.raises(WorkbookError, match=r"mine has no data\. Give what it plots"):
        book.save(drawing, "mine")
    with pytest.raises(WorkbookError, match="mine has no alt text"):
        book.save(drawing, "mine", data=ROLES)
    book.save(drawing, "mine", data=ROLES, alt="A line.", title="Mine")
    assert (book.figures / "04_quotes" / "mine.alt.txt").read_text() == "Mine. A line.\n"


def test_a_figure_with_nothing_to_show_says_why(book):
    book.save(role_chart(ROLES, source="s"), "article", width="85mm")
    figure = quotes.camp_chart(SHARES.assign(speaker="unattributed"), NO_PAIRS, column="camp", source="s")
    (book.figures / "04_quotes" / "article-two.csv").write_text("mine")
    book.save(figure, "article")
    assert "No speaker who is quoted has a camp" in figure.nothing
    assert [path.name for path in (book.figures / "04_quotes").iterdir()] == ["article-two.csv"]


def test_a_figure_comes_apart_into_drawing_and_axes():
    made = role_chart(ROLES, source="s")
    fig, ax = made
    assert isinstance(made, Figure) and fig is made.fig and ax is made.ax
    assert made._repr_png_() == style.png_bytes(fig, dpi=120)
