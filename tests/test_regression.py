"""An outcome on several columns at once: estimates by hand, errors by cluster, and bad input in one sentence."""

import numpy as np
import pandas as pd
import pytest

from clipbook.charts.regression import regression_chart
from clipbook.quotes import share_in_articles
from clipbook.schema import TableError
from clipbook.stats.regression import regression_table

NAMES = [f"a{number}" for number in range(48)]
DAYS = pd.Timestamp("2026-03-02") + pd.to_timedelta(np.arange(48) // 3, unit="D")  # three articles a day
ARTICLES = pd.DataFrame(
    {
        "capture_id": NAMES,
        "outlet": ["Quay", "Moor", "Moor"] * 16,
        "words": 300,
        "published": DAYS,
        "camp": ["up", "down"] * 24,
    }
)


def scores(values):
    return pd.DataFrame({"capture_id": NAMES, "value": np.asarray(values, float)})


def one(table, term, value=""):
    return table[(table["term"] == term) & (table["value"] == value)].iloc[0]


def test_two_means_and_their_difference():
    """Moor has 16 articles of 10 and 16 of 14, mean 12; Quay 16 of 9 (+-1)."""
    values = np.where(ARTICLES["outlet"] == "Quay", 9.0, 12.0) + np.tile([1.0, 2.0, -2.0, -1.0, -2.0, 2.0], 8)
    found = regression_table(scores(values), ARTICLES, "value", "outlet", errors_by="article")
    assert one(found, "(intercept)")["estimate"] == pytest.approx(12)
    quay = one(found, "outlet", "Quay")
    assert (quay["against"], quay["articles"]) == ("Moor", 16)
    assert quay["estimate"] == pytest.approx(-3)
    # HC3 of two means: squares over (n - 1)^2 each: 16 of 1 over 15^2, 32 of 4 over 31^2
    error = np.sqrt(16 / 15**2 + 128 / 31**2)
    assert quay["high"] - quay["estimate"] == pytest.approx(2.0129 * error, rel=1e-3)  # t of 46 degrees
    assert found["formula"].iloc[0] == "value ~ outlet; ordinary least squares, errors by article"


def test_a_third_column_that_goes_with_both_is_held():
    """Quay's articles are longer, and only length matters: no difference once it is held."""
    words = np.where(ARTICLES["outlet"] == "Quay", 800, 400) + np.tile([0, 50, 100, 150], 12)
    table = scores(2 * np.log(words))
    alone = regression_table(table, ARTICLES, "value", ["outlet"])
    held = regression_table(table, ARTICLES.assign(words=words), "value", ["outlet", "log_words"])
    assert one(alone, "outlet", "Quay")["estimate"] > 1
    assert one(held, "outlet", "Quay")["estimate"] == pytest.approx(0, abs=1e-8)
    assert one(held, "log_words")["estimate"] == pytest.approx(2)


def test_what_befell_a_day_widens_errors_by_day():
    generator = np.random.default_rng(1)
    shared = np.repeat(generator.normal(size=16), 3)
    early = ARTICLES.assign(late=np.repeat(["no", "yes"], 24))
    table = scores(shared + generator.normal(size=48) / 5)
    widths = []
    for errors_by in ("article", "day"):
        found = one(regression_table(table, early, "value", "late", errors_by=errors_by), "late", "yes")
        widths.append(found["high"] - found["low"])
    assert widths[1] > 1.4 * widths[0]


@pytest.mark.slow
def test_chance_alone_is_named_once_in_twenty_tables():
    """Twelve days of four articles, days that scatter: errors by day hold their level."""
    generator = np.random.default_rng(3)
    named = 0
    articles = ARTICLES.assign(
        published=pd.Timestamp("2026-03-02") + pd.to_timedelta(np.arange(48) // 4, unit="D")
    )
    for _ in range(200):
        values = np.repeat(generator.normal(size=12), 4) + generator.normal(size=48)
        lot = articles.assign(
            outlet=generator.choice(["a", "b", "c"], 48), camp=np.repeat(generator.choice(["x", "y"], 12), 4)
        )
        found = regression_table(scores(values), lot, "value", "outlet, camp, time")
        named += (found["q"] < 0.05).any()
    assert named / 200 < 0.085


def test_values_of_one_day_alone_are_taken_together_or_left_out():
    """Their error by day would seem to be nothing."""
    lot = ARTICLES.assign(camp=["one day"] * 3 + ["p", "q"] * 9 + ["r", "s"] * 12 + ["next"] * 3)
    found = regression_table(scores(np.arange(48) % 7), lot, "value", "camp")
    assert sorted(found["value"]) == ["", "p", "q", "s"] and found["articles"].iloc[0] == 42
    several = ARTICLES.assign(camp=np.repeat(["a", "b", "c", "d"], [3, 3, 3, 39]))
    assert (
        one(regression_table(scores(np.arange(48) % 7), several, "value", "camp"), "camp", "(others)")[
            "articles"
        ]
        == 9
    )


@pytest.mark.parametrize(
    ("change", "on", "errors_by", "said"),
    [
        ({"outlet": "Quay"}, "outlet", "day", "outlet left out: the same in all articles"),
        ({"camp": NAMES}, "camp", "day", "camp left out: no value falls into 3 clusters"),
        ({"published": pd.NaT}, "outlet", "day", "No article has a date"),
        ({"camp": ""}, "outlet, camp", "article", "No article has a value of camp"),
        (
            {"published": pd.Timestamp("2026-03-02")},
            "outlet",
            "day",
            "Articles of 8 days or more are needed, and these are of 1",
        ),
    ],
)
def test_what_cannot_be_estimated_is_one_row_that_says_why(change, on, errors_by, said):
    found = regression_table(
        scores(np.arange(48) % 5), ARTICLES.assign(**change), "value", on, errors_by=errors_by
    )
    assert len(found) == 1 and said in found["note"].iloc[0]
    assert regression_chart(found, what="ease", source="").nothing == found["note"].iloc[0]


def test_ties_and_few_articles_are_said():
    [tied] = regression_table(scores(np.ones(48)), ARTICLES, "value", "outlet")["note"]
    assert tied == "The outcome is the same in all 48 articles: there is nothing to explain."
    [few] = regression_table(scores(np.arange(48)).head(6), ARTICLES, "value", "outlet")["note"]
    assert few.startswith("Too few articles have all columns (6, ")


def test_a_column_that_another_gives_is_left_out_and_said():
    lot = ARTICLES.assign(country=ARTICLES["outlet"].map({"Quay": "north", "Moor": "south"}))
    found = regression_table(scores(np.arange(48) % 5), lot, "value", "outlet, country")
    assert found["note"].iloc[-1] == "left out: the columns before it tell the same"
    assert found["estimate"].notna().sum() == 2


def test_wrong_tables_are_refused_in_a_sentence():
    with pytest.raises(TableError, match="no column 'oulet'"):
        regression_table(scores(np.arange(48)), ARTICLES, "value", "oulet")
    with pytest.raises(TableError, match="several rows for a0"):
        regression_table(pd.concat([scores(np.arange(48))] * 2), ARTICLES, "value", "outlet")


def test_weighted_by_words_a_mean_is_the_share_of_all_words():
    """Ruiz: 30 of 40 words in one article, 10 of 60 in the next."""
    said = pd.DataFrame(
        {
            "capture_id": ["a", "a", "b", "b"],
            "speaker": ["Ruiz", "Lind"] * 2,
            "words": [30, 10, 10, 50],
            "kind": "direct",
            "confidence": 0.9,
        }
    )
    shares = share_in_articles(said, "Ruiz")
    assert (shares["share"] * shares["words"]).sum() / shares["words"].sum() == pytest.approx(0.4)
    assert share_in_articles(said.assign(confidence=0.1), "Ruiz")["share"].tolist() == [0, 0]  # unsure


def test_the_coefficient_of_length_is_shown_for_twice_as_many_words():
    words = 100 * 2.0 ** (np.arange(48) % 4)
    values = 10 * np.log2(words) + np.tile([1, 1, 1, 1, -1, -1, -1, -1], 6)  # ten more for each doubling
    table = regression_table(
        scores(values), ARTICLES.assign(words=words), "value", "log_words", errors_by="article"
    )
    figure = regression_chart(table, what="ease", source="Source: x")
    assert "Ease: up by 10.0" in figure.title and figure.title.endswith("with twice as many words")


def test_the_title_names_the_surest_coefficient_with_its_interval():
    values = np.where(ARTICLES["outlet"] == "Quay", 20.0, 10.0) + np.arange(48) % 5
    figure = regression_chart(
        regression_table(scores(values), ARTICLES, "value", "outlet, camp"), what="ease", source="Source: x"
    )
    assert figure.title.startswith("Quay is above Moor in ease, all else equal, by 9.9")
    assert figure.data["formula"].iloc[0].startswith("value ~ outlet + camp; ")
    formula = (
        "value ~ outlet + camp; ordinary least squares, errors by day (48 articles, 16 clusters of errors)"
    )
    assert formula in figure.limits and "alike in all others (outlet against Moor" in " ".join(
        text.get_text() for text in figure.fig.texts
    )
