"""Figures of readability: what their titles claim, and that thin tables still make a figure."""

from __future__ import annotations

import pandas as pd
import pytest

from clipbook.charts import readability as charts
from clipbook.readability import text_levels

NONE = float("nan")


def groups(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["group", "scope", "value", "low", "high"])
    return table.assign(measure="fre", articles=9, words=4000, notes="")


def contrast(difference: float, low: float, high: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": ["narration"],
            "other": ["quoted"],
            "difference": [difference],
            "low": [low],
            "high": [high],
            "articles": [31],
        }
    )


def pairs(difference: float, low: float, high: float) -> pd.DataFrame:
    row = ("fre", "Veld Echo", "Oma Post", difference, low, high, 0.01 if low > 0 else 0.6, 9.0)
    columns = ["measure", "group", "other", "difference", "low", "high", "q", "detectable"]
    return pd.DataFrame([row], columns=columns)


def slope(size: float, low: float, high: float, q: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": ["fre"],
            "slope": size,
            "low": low,
            "high": high,
            "q": q,
            "detectable": 6.0,
            "per": "30 days",
        }
    )


def title(made) -> str:
    return made.title


def test_outlets_that_differ_are_named_and_known_texts_are_not_findings():
    table = groups(("Veld Echo", "whole", 70, 68, 72), ("Oma Post", "whole", 50, 48, 52))
    made = charts.group_chart(
        table, pairs(20, 15, 25), measure="fre", source="Invented", levels=text_levels("fre")
    )
    assert title(made) == "Veld Echo is above Oma Post in Flesch reading ease, by 20.0 (15.0 to 25.0)"


def test_outlets_that_do_not_differ_give_no_winner():
    table = groups(("Veld Echo", "whole", 60, 52, 68), ("Oma Post", "whole", 58, 50, 66))
    made = charts.group_chart(table, pairs(2, -5, 9), measure="fre", source="Invented")
    assert (
        title(made)
        == "No clear difference in Flesch reading ease between 2 outlets; one of 9.0 would have shown"
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((-8, -10, -6), "Quotations are easier to read than narration, by 8.0 (6.0 to 10.0) points"),
        ((8, 6, 10), "Quotations are harder to read than narration, by 8.0 (6.0 to 10.0) points"),
        ((1, -2, 4), "No clear difference in Flesch reading ease between narration and quotations"),
    ],
)
def test_narration_and_quotations_are_compared_with_their_interval(row, expected):
    table = groups(("Veld Echo", "narration", 50, 48, 52), ("Veld Echo", "quoted", 58, 55, 61))
    assert title(charts.scope_chart(table, contrast(*row), measure="fre", source="Invented")) == expected


def test_a_measure_that_rises_with_ease_is_read_so_in_any_language():
    table = groups(("Eco", "narration", 50, 48, 52), ("Eco", "quoted", 55, 52, 58)).assign(measure="gulpease")
    made = charts.scope_chart(table, contrast(-5, -8, -2), measure="gulpease", source="Invented")
    assert title(made).startswith("Quotations are easier")
    made = charts.scope_chart(
        table.assign(measure="rix"), contrast(-5, -8, -2), measure="rix", source="Invented"
    )
    assert title(made).startswith("Quotations are harder")


def test_one_article_gives_an_outlet_no_rank():
    """Its interval comes of its own sentences and says nothing of what else the outlet writes."""
    table = groups(("Veld Echo", "whole", 70, 68, 72), ("Oma Post", "whole", 50, 48, 52)).assign(articles=1)
    made = charts.group_chart(table, pairs(2, -5, 9)[:0], measure="fre", source="Invented")
    assert made.nothing == "None of the outlets has the three articles of 100 words that a comparison needs."
    alone = charts.group_chart(table[:1], pairs(2, -5, 9)[:0], measure="fre", source="Invented")
    assert title(alone) == "An article of Veld Echo: Flesch reading ease 70.0 (68.0 to 72.0)"


def test_the_parts_say_how_many_articles_their_title_rests_on():
    table = groups(("Veld Echo", "narration", 50, 48, 52), ("Veld Echo", "quoted", 58, 55, 61))
    fig, _ = charts.scope_chart(table, contrast(-8, -10, -6), measure="fre", source="Invented")
    assert "the 31 articles with both" in " ".join(text.get_text() for text in fig.texts)


def test_over_time_a_slope_that_may_be_nothing_is_no_trend():
    steps = pd.DataFrame(
        {
            "group": "Veld Echo", "start": pd.to_datetime(["2031-03-03", "2031-03-10"]), "step": "week",
            "value": [60.0, 61.0], "low": [55.0, 56.0], "high": [65.0, 66.0], "articles": [8, 11],
        }
    )  # fmt: skip
    flat = slope(1.0, -3.0, 5.0, 0.6)
    assert "No clear change" in title(charts.time_chart(steps, flat, measure="fre", source="Invented"))
    falling = slope(-4.0, -6.0, -2.0, 0.01)
    made = charts.time_chart(steps, falling, measure="fre", source="Invented")
    assert title(made) == "Flesch reading ease: down by 4.0 (2.0 to 6.0) in 30 days"
    assert "Invented; 8 to 11 a week and line" in " ".join(text.get_text() for text in made.fig.texts)


def test_of_more_groups_than_fit_the_title_speaks_of_those_drawn():
    """The group that stands highest has fewest articles, so it is not drawn."""
    rows = [
        (f"O{n}", "whole", "fre", 50.0 + (n == 29) * 40, 49.0 + (n == 29) * 40, 51.0 + (n == 29) * 40, 40 - n)
        for n in range(30)
    ]
    table = pd.DataFrame(rows, columns=["group", "scope", "measure", "value", "low", "high", "articles"])
    top = pd.concat(
        [pairs(40, 30, 50).assign(group="O29", other="O0"), pairs(0, -5, 5).assign(group="O1", other="O0")]
    )
    fig, _ = charts.group_chart(table, top, measure="fre", source="Invented")
    assert (
        fig.get_label()
        == "No clear difference in Flesch reading ease between 2 outlets; one of 9.0 would have shown"
    )
    assert "; 12 of 30 outlets, the others not drawn" in " ".join(
        text.get_text() for text in fig.texts
    ).replace("\n", " ")


def test_over_time_the_outlets_with_two_scores_or_more_have_a_line():
    weeks = pd.to_datetime(["2031-03-03", "2031-03-10"])
    rows = [
        ("Veld Echo", weeks[0], 60.0, 4),
        ("Veld Echo", weeks[1], 61.0, 4),
        ("Oma Post", weeks[0], 50.0, 9),
    ]
    steps = pd.DataFrame(rows, columns=["group", "start", "value", "articles"]).assign(
        step="week", low=NONE, high=NONE
    )
    flat = slope(1.0, -3.0, 5.0, 0.6)
    made = charts.time_chart(steps, flat, measure="fre", source="Invented")
    assert "1 of 2 outlets, the others not drawn" in " ".join(text.get_text() for text in made.fig.texts)
    assert "two weeks or more" in charts.time_chart(steps[1:], flat, measure="fre", source="Invented").nothing


def test_the_title_of_the_length_chart_gives_both_ends():
    rows = [(f"a{number}", 100, 14.0 + number) for number in range(5)]
    rows += [(f"a{number}", 600, 7.0) for number in range(5)] + [("a0", 1200, 1.0)]
    widths = pd.DataFrame(rows, columns=["capture_id", "words", "half_width"]).assign(measure="fre")
    expected = "From 100 words an article's Flesch reading ease is known to ±16.0 points, from 600 to ±7.0"
    assert title(charts.length_chart(widths, source="Invented")) == expected


def test_the_hardest_sentence_is_named():
    rare = "parliament; deliberated"
    sentences = pd.DataFrame(
        {"text": ["One long sentence."], "words": [31], "long_words": [9], "hard_words": rare}
    )
    made = charts.hardest_chart(sentences, name="veld-1", source="Invented")
    assert title(made) == "The hardest sentence has 31 words, 9 of them long"
    assert {"9 of 31 words", "parliament, deliberated"} <= {text.get_text() for text in made.ax.texts}


def test_tables_without_a_score_make_no_figure_and_say_what_is_missing():
    empty = groups().assign(
        start=pd.NaT, step="week", half_width=NONE, text="", long_words=0, hard_words="", capture_id=""
    )
    made = [
        charts.group_chart(empty, pairs(0, 0, 0)[:0], measure="fre", source="Invented"),
        charts.scope_chart(empty, contrast(0, 0, 0).head(0), measure="fre", source="Invented"),
        charts.time_chart(empty, slope(NONE, NONE, NONE, NONE), measure="fre", source="Invented"),
        charts.length_chart(empty, source="Invented"),
        charts.hardest_chart(empty, name="veld-1", source="Invented"),
    ]
    assert all(figure.fig is None and figure.nothing.endswith(".") for figure in made)
