"""Readability tables: counts by hand, formulas with hand-made counts, intervals, refusals, groups."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pandas as pd
import pytest

from clipbook.readability import (
    SHOWN_COUNTS,
    formula_table,
    group_readability,
    hardest_sentences,
    interval_by_length,
    measure_described,
    measure_title,
    readability_contrasts,
    readability_over_time,
    readability_table,
    readability_trend,
    text_levels,
)
from clipbook.readability.formulas import COUNTS, ENGLISH, Counts
from clipbook.readability.groups import main_language
from clipbook.readability.table import bounds, resampled
from clipbook.schema import TableError

# 9 words, 14 syllables: The 1, council 2, of 1, Veld 1, repaired 2, an 1, important 3, bridge 1, today 2
ONE = "The council of Veld repaired an important bridge today."
EASY = [
    "The cat sat on the mat and saw the dog.",
    "We ran to the big red bus.",
    "He had a good day at the sea.",
]
HARD = [
    "Administrative responsibilities regarding infrastructure deteriorated considerably in the region.",
    "Independent investigators subsequently documented extraordinary irregularities in public procurement.",
    "The committee recommended comprehensive legislation governing environmental compensation.",
]


def article(body: str, **fields: object) -> pd.DataFrame:
    return pd.DataFrame(
        {"capture_id": ["a"], "body": [body], **{name: [value] for name, value in fields.items()}}
    )


def values(table: pd.DataFrame, scope: str = "whole") -> dict[str, float]:
    return table[table["scope"] == scope].set_index("measure")["value"].to_dict()


def mixed(sentences: int, seed: int = 0) -> str:
    draw = random.Random(seed)
    return " ".join(draw.choice(EASY + HARD) for _ in range(sentences))


def test_counts_of_a_sentence_are_those_counted_by_hand():
    counts = values(readability_table(article(ONE)))
    assert counts["words"] == 9
    assert counts["sentences"] == 1
    assert counts["syllables"] == 14
    assert counts["polysyllables"] == 1  # important
    assert counts["monosyllables"] == 5  # The of Veld an bridge
    assert counts["letters"] == 3 + 7 + 2 + 4 + 8 + 2 + 9 + 6 + 5
    assert counts["long_words"] == 3  # council repaired important


SYLLABLES = {  # counted by hand; vowels that stand alone are what hyphenation misses
    "de": ("Aber oder eine alte Uhr der Ingenieure", 2 + 2 + 2 + 2 + 1 + 1 + 4),
    "es": ("Ella era ayer una amiga de esa época", 2 + 2 + 2 + 2 + 3 + 1 + 2 + 3),
    "fr": ("Une année politique a été une école", 1 + 2 + 3 + 1 + 2 + 1 + 2),
    "hu": ("Apa egy óra után elment", 2 + 1 + 2 + 2 + 2),
    "it": ("Una era amara era ora alle spalle", 2 + 2 + 3 + 2 + 2 + 2 + 2),
    "nl": ("Oma at een ei en opa dronk elke avond thee", 2 + 1 + 1 + 1 + 1 + 2 + 1 + 2 + 2 + 1),
    "pt": ("Ela era uma amiga e agora ajuda a avó", 2 + 2 + 2 + 3 + 1 + 3 + 3 + 1 + 2),
    "ru": ("Она и его дядя знали это имя", 2 + 1 + 2 + 2 + 2 + 2 + 2),
}


@pytest.mark.parametrize("language", SYLLABLES)
def test_syllables_of_other_languages_are_those_counted_by_hand(language):
    text, syllables = SYLLABLES[language]
    articles = article(f"{text}. " * 20).assign(language=language)
    assert values(readability_table(articles))["syllables"] == 20 * syllables


COUNTED = {
    "words": 100, "sentences": 5, "syllables": 150, "polysyllables": 12, "monosyllables": 60, "letters": 450,
    "long_words": 20, "complex_words": 10, "unfamiliar_words": 8, "spache_words": 15,
}  # fmt: skip
PUBLISHED = {  # what each formula gives from these counts, by hand
    "fre": 206.835 - 20.3 - 126.9,  # 59.635
    "smog": 3.1291 + 1.043 * 72**0.5,
    "rix": 4,
    "dale_chall": 1.2632 + 0.992 + 3.6365,
    "fkgl": 7.8 + 17.7 - 15.59,
    "fog": 12,
    "cli": 26.46 - 1.48 - 15.8,
    "ari": 21.195 + 10 - 21.43,
    "lix": 40,
    "spache": 2.42 + 1.23 + 0.659,
}


@pytest.mark.parametrize("formula", ENGLISH, ids=lambda formula: formula.measure)
def test_formulas_give_what_their_publications_give(formula):
    assert formula.measure in PUBLISHED, "work it out by hand from COUNTED"
    counts = Counts(**{name: np.array(float(COUNTED[name])) for name in COUNTS})
    assert float(formula.compute(counts)) == pytest.approx(PUBLISHED[formula.measure])


def test_flesch_in_portuguese():
    text, syllables = SYLLABLES["pt"]  # nine words
    scores = values(readability_table(article(f"{text}. " * 20, language="pt-BR")))
    assert scores["fre"] == pytest.approx(248.835 - 1.015 * 9 - 84.6 * syllables / 9)


def test_flesch_is_shown_first_and_every_formula_names_its_publication():
    table = formula_table()
    assert table["measure"].tolist()[:3] == ["fre", "smog", "rix"]
    assert table["publication"].str.contains(r"(?:19|20)\d\d").all()


def test_headings_are_left_out_of_the_score_and_names_are_not_hard_words():
    plain = values(readability_table(article(ONE)))
    headed = values(readability_table(article("What happened next\n\n" + ONE + "\n\nRelated stories")))
    assert headed == pytest.approx(plain, nan_ok=True)
    named = values(readability_table(article("We met Alessandra Montenegro in Kalamazoo.")))
    assert (named["complex_words"], named["unfamiliar_words"]) == (0, 0)
    assert named["polysyllables"] == 3


def test_the_same_table_twice_and_in_another_order_has_the_same_numbers():
    articles = pd.DataFrame({"capture_id": list("abc"), "body": [mixed(30, seed) for seed in range(3)]})
    first = readability_table(articles)
    second = readability_table(articles.iloc[::-1]).sort_values("capture_id", kind="stable")
    pd.testing.assert_frame_equal(first, second.reset_index(drop=True))


def test_an_interval_surrounds_its_value_and_narrows_with_length():
    tables = [readability_table(article(mixed(count))).set_index("measure") for count in (20, 80, 320)]
    for table in tables:
        row = table.loc["fre"]
        assert row["low"] < row["value"] < row["high"]
    widths = [table.loc["fre", "high"] - table.loc["fre", "low"] for table in tables]
    assert widths[0] > widths[1] > widths[2]
    assert pd.isna(tables[0].loc["words", "low"])


def test_a_text_of_one_sentence_over_and_over_has_no_spread():
    row = readability_table(article((ONE + " ") * 20)).set_index("measure").loc["fre"]
    assert row["low"] == pytest.approx(row["value"]) == row["high"]


def test_intervals_hold_the_true_value_about_as_often_as_they_promise():
    draw = np.random.default_rng(1)
    population = np.stack([draw.poisson(18, 4000) + 3.0, draw.poisson(4, 4000)], axis=1)  # words, long words
    truth = population[:, 1].sum() / population[:, 0].sum()
    held = 0
    for _ in range(400):
        sums = resampled(population[draw.integers(0, 4000, 40)])
        low, high = bounds(sums[:, 1] / sums[:, 0])
        held += low <= truth <= high
    assert 0.90 <= held / 400 <= 0.98


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "no running text"),
        ("\n\n \n", "no running text"),
        ("Bridge", "no running text"),
        ("Bridge shut\n\nRead more", "no running text"),
        ("Bridge.", "1 of the 100 words"),
        (ONE * 5, "of the 100 words"),
        ("\n".join("2014 3.5 17 45% 12,000." for _ in range(60)), "mostly figures"),
        ((ONE + " ").upper() * 20, "capitals"),
        ("word " * 5000, "lost its punctuation"),
        ("word " * 5000 + ".", "lost its punctuation"),
    ],
)
def test_a_text_that_cannot_be_scored_gives_nan_and_says_why(body, reason):
    table = readability_table(article(body))
    scored = table[table["measure"].isin(formula_table()["measure"])]
    assert scored[["value", "low", "high"]].isna().all(axis=None)
    assert table["notes"].str.contains(reason).all()
    assert not table["ranked"].any()
    assert not (table["value"] == 0).all()


def test_a_language_without_formulas_is_named():
    table = readability_table(article("これは文です。" * 100, language="ja"))
    assert table["value"].isna().all()
    assert (table["notes"] == "no formula for language 'ja'").all()


def test_a_language_with_formulas_gets_its_own():
    table = readability_table(
        article("Die Brücke wurde gesperrt. Niemand wurde verletzt. " * 20, language="de")
    )
    assert {"fre", "lix", "rix", "wiener_1"} <= set(table["measure"])
    assert "dale_chall" not in set(table["measure"])
    assert table.set_index("measure").loc["fre", ["value", "low", "high"]].notna().all()


@pytest.mark.parametrize(("sentences", "ranked"), [(20, False), (60, True)])
def test_under_300_words_a_score_is_shown_but_not_ranked(sentences, ranked):
    table = readability_table(article((ONE + " ") * sentences)).set_index("measure")
    assert table.loc["fre", "value"] == pytest.approx(206.835 - 1.015 * 9 - 84.6 * 14 / 9)
    assert table.loc["fre", "ranked"] == ranked
    assert table.loc["fre", "notes"] == ("" if ranked else "under 300 words: shown, not ranked")


def test_narration_and_quotations_are_scored_apart():
    told, said = (HARD[0] + " ") * 20, "“" + EASY[0] + "” "
    body = told + said * 20
    marks = [place for place, character in enumerate(body) if character in "“”"]
    quotes = pd.DataFrame(
        {
            "capture_id": "a",
            "start": marks[::2],
            "end": [mark + 1 for mark in marks[1::2]],
            "kind": "direct",
        }
    )
    table = readability_table(article(body, headline="Bridge shut", standfirst=""), quotes)
    assert values(table, "quoted")["words"] == 200
    assert values(table, "narration")["words"] == 20 * 9
    assert values(table, "quoted")["fre"] > values(table, "narration")["fre"] + 50
    assert values(table, "headline")["words"] == 2
    assert set(table["scope"]) == {"whole", "narration", "quoted", "headline"}


def test_an_empty_table_and_a_table_without_bodies():
    assert len(readability_table(pd.DataFrame({"capture_id": [], "body": []}))) == 0
    with pytest.raises(TableError, match="no column body"):
        readability_table(pd.DataFrame({"capture_id": ["a"]}))


@pytest.fixture(scope="module")
def corpus() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two outlets of five articles each, one easy, one hard, and one article of no outlet."""
    rows = [
        (
            f"{outlet}{number}",
            outlet,
            " ".join(random.Random(number).choices([*sentences, ONE], k=40)),
            "Bridge shut",
        )
        for outlet, sentences in (("Veld Echo", EASY), ("Oma Post", HARD))
        for number in range(5)
    ]
    rows.append(("lone", "", mixed(40), "Bridge shut"))
    articles = pd.DataFrame(rows, columns=["capture_id", "outlet", "body", "headline"])
    return articles, readability_table(articles)


def test_a_group_is_scored_on_all_its_articles_together(corpus):
    articles, table = corpus
    groups = group_readability(table, articles)
    assert set(groups["group"]) == {"Veld Echo", "Oma Post", "(outlet unknown)"}
    row = groups.set_index(["group", "scope", "measure"]).loc[("Veld Echo", "whole", "rix")]
    counts = table[table["capture_id"].str.startswith("Veld")].groupby(["scope", "measure"])["value"].sum()
    assert row["value"] == pytest.approx(counts["whole", "long_words"] / counts["whole", "sentences"])
    assert row["low"] <= row["value"] <= row["high"]
    assert row["articles"] == 5
    headline = groups[(groups["scope"] == "headline") & (groups["group"] != "(outlet unknown)")]
    assert headline["value"].isna().all()
    assert headline["notes"].str.startswith("10 of the 100 words").all()


def test_a_contrast_has_an_interval_and_a_sign(corpus):
    articles, table = corpus
    row = readability_contrasts(table, articles).iloc[0]
    assert (row["group"], row["other"]) == ("Oma Post", "Veld Echo")
    assert row["low"] < row["difference"] < row["high"] < 0


def test_groups_too_small_for_an_interval_say_so(corpus):
    articles, table = corpus
    few = group_readability(table, articles[articles["outlet"] != ""].groupby("outlet").head(2))
    whole = few[few["scope"] == "whole"]
    assert whole["low"].isna().all()
    assert (whole["notes"] == "under 3 articles: no interval").all()
    assert readability_contrasts(table, articles.head(2)).empty


def test_a_table_of_figures_does_not_enter_its_groups_score(corpus):
    articles, _ = corpus
    figures = pd.DataFrame(
        {"capture_id": ["t"], "outlet": ["Oma Post"], "body": ["\n".join(["17 3.5 2."] * 90)]}
    )
    more = pd.concat([articles, figures], ignore_index=True)
    groups = group_readability(readability_table(more), more)
    whole = groups[(groups["group"] == "Oma Post") & (groups["scope"] == "whole")]
    assert (whole["articles"] == 5).all()


def test_a_group_of_one_article_has_the_articles_own_interval(corpus):
    articles, table = corpus
    groups = group_readability(table, articles.head(1)).set_index(["scope", "measure"])
    own = table[table["capture_id"] == articles["capture_id"].iloc[0]].set_index(["scope", "measure"])
    for column in ("value", "low", "high"):
        assert groups.loc[("whole", "rix"), column] == pytest.approx(own.loc[("whole", "rix"), column])
    assert groups.loc[("whole", "rix"), "notes"].startswith("one article")


def test_hardest_sentences_are_found_where_they_stand():
    body = " ".join(EASY) + "\n\n" + HARD[1] + " " + EASY[1]
    table = hardest_sentences(article(body), most=2)
    assert table["rank"].tolist() == [1, 2]
    top = table.iloc[0]
    assert top["text"] == HARD[1] == body[top["start"] : top["end"]]
    # nine words, all but "in" and "public" longer than six letters
    assert (top["words"], top["long_words"]) == (9, 7)
    assert "extraordinary" in top["hard_words"].split("; ")


def test_half_widths_fall_with_the_words_read():
    articles = pd.DataFrame({"capture_id": list("abcd"), "body": [mixed(150, seed) for seed in range(4)]})
    widths = interval_by_length(articles, lengths=(100, 400, 100_000))
    medians = widths.groupby("words")["half_width"].median()
    assert medians.index.tolist() == [100, 400]
    assert medians[100] > medians[400] > 0


def test_published_levels_run_from_easy_to_hard_and_name_their_source():
    for measure, falls in (("fre", True), ("lix", False)):
        levels = text_levels(measure)
        steps = itertools.pairwise(levels["value"])
        assert all((before > after) == falls for before, after in steps)
        assert levels["source"].str.contains(r"\d{4}").all()
    assert text_levels("cli").empty
    assert text_levels("fre", "de").empty  # Flesch's own texts are English
    assert len(text_levels("lix", "de")) == 5


def test_over_time_each_week_is_scored_and_the_slope_has_an_interval(corpus):
    articles, table = corpus
    order = articles["outlet"].map({"Veld Echo": 0, "Oma Post": 30, "": 15})
    dated = articles.assign(published=pd.Timestamp("2031-03-03") + pd.to_timedelta(order, unit="D"))
    steps = readability_over_time(table, dated)
    assert steps["step"].unique().tolist() == ["week"]
    assert steps["start"].dt.strftime("%m-%d").tolist() == ["03-03", "03-17", "03-31"]
    assert set(steps["group"]) == {"all articles"}  # no outlet has three articles in two weeks
    days = pd.to_timedelta([7 * (place % 6 // 3) for place in range(len(articles))], unit="D")
    often = articles.assign(outlet=["Veld Echo"] * 6 + ["Oma Post"] * (len(articles) - 6))
    steps = readability_over_time(table, often.assign(published=pd.Timestamp("2031-03-03") + days))
    assert "Veld Echo" in set(steps["group"]) and "all articles" not in set(steps["group"])


def scored(outlet, days, values, language="en"):
    """Articles with their dates and scores as they would be measured."""
    start = pd.Timestamp("2031-01-01")
    return pd.DataFrame(
        {
            "capture_id": [f"{outlet}{language}{place}" for place in range(len(days))],
            "outlet": outlet, "language": language, "published": [start + pd.Timedelta(days=day) for day in days],
            "scope": "whole", "measure": "fre", "value": [float(value) for value in values],
        }
    )  # fmt: skip


def trend_of(table):
    [row] = readability_trend(table[["capture_id", "scope", "measure", "value"]], table).to_dict("records")
    return row


def test_a_trend_is_one_within_outlets_whichever_was_captured_when():
    hard_first, easy_later = (
        scored("Post", [0, 1, 2, 3, 4], [40] * 5),
        scored("Echo", [60, 61, 62, 63], [80] * 4),
    )
    both = pd.concat([hard_first, easy_later])
    found = trend_of(both)
    assert [found[name] for name in ("slope", "low", "high", "articles")] == pytest.approx(
        [0, 0, 0, 9], abs=1e-9
    )


def test_a_trend_is_the_slope_that_all_outlets_have_and_of_one_language():
    """Two points in 30 days, in each outlet from another level; German scores count by another formula."""
    days = [0, 30, 60, 90]
    post, echo = scored("Post", days, [10, 12, 14, 16]), scored("Echo", [5, 35, 65, 95], [80, 82, 84, 86])
    german, single = scored("Post", [0, 30, 60], [90, 50, 10], "de"), scored("Sole", [10], [30])
    corpus = pd.concat([post, echo, german, single])
    found = trend_of(corpus)
    assert [found[name] for name in ("slope", "low", "high", "articles")] == pytest.approx([2, 2, 2, 8])


def test_articles_of_a_few_days_show_no_trend():
    """What happened on a day moves all its articles: sixteen of four days are four cases."""
    post = scored("Post", [0, 30, 60, 90] * 4, [10, 12, 14, 16] * 4)
    assert np.isnan(trend_of(post)["slope"]) and trend_of(post)["articles"] == 16


def test_a_trend_that_articles_scatter_about_has_an_interval():
    days = list(range(0, 90, 9))
    post = scored("Post", days, [50 + day / 30 + (4 if day % 2 else -4) for day in days])
    slope = trend_of(post)
    assert slope["low"] < slope["slope"] < slope["high"]
    assert slope["low"] < 1 < slope["high"]


def test_every_period_is_scored_in_the_language_of_most_articles_of_all():
    texts = [("en", EASY, week) for week in (0, 0, 0, 1, 2, 2, 2)] + [("de", HARD, 1)] * 3
    articles = pd.DataFrame(
        {
            "capture_id": [f"a{place}" for place in range(len(texts))],
            "outlet": "Post",
            "language": [language for language, _, _ in texts],
            "published": [pd.Timestamp("2031-03-03") + pd.Timedelta(weeks=week) for _, _, week in texts],
            "body": [" ".join([*sentences] * 40) for _, sentences, _ in texts],
            "headline": "",
        }
    )
    table = readability_table(articles)
    steps = readability_over_time(table, articles)
    assert steps["articles"].tolist() == [3, 1, 3]
    assert steps["value"].nunique() == 1
    of_all = group_readability(table, articles).set_index(["scope", "measure"])["value"]["whole", "fre"]
    assert steps["value"].iloc[0] == pytest.approx(of_all)  # by the formula of the language


def parts(name, *, narration, quoted):
    """One article: words, sentences and syllables of each of its parts."""
    counts = dict.fromkeys(SHOWN_COUNTS, 0.0)
    rows = [
        (name, scope, measure, value, "")
        for scope, numbers in (("narration", narration), ("quoted", quoted))
        if numbers
        for measure, value in (
            counts | dict(zip(("words", "sentences", "syllables"), numbers, strict=True))
        ).items()
    ]
    return pd.DataFrame(rows, columns=["capture_id", "scope", "measure", "value", "notes"])


def contrast(*tables):
    table = pd.concat(tables)
    articles = pd.DataFrame({"capture_id": table["capture_id"].unique()})
    return readability_contrasts(table, articles, by="scope").iloc[0]


def test_articles_without_quotations_are_not_set_against_those_that_quote():
    hard = [parts(f"hard{i}", narration=(200, 5, 400), quoted=None) for i in range(6)]
    easy = [parts(f"easy{i}", narration=(100, 20, 120), quoted=(50, 10, 60)) for i in range(8)]
    row = contrast(*hard, *easy)
    assert (row["group"], row["other"], row["articles"]) == ("narration", "quoted", 8)
    assert [row["difference"], row["low"], row["high"]] == pytest.approx([0, 0, 0], abs=1e-9)


def test_hard_articles_that_quote_much_do_not_make_quotations_hard():
    hard = [parts(f"hard{i}", narration=(30, 1, 60), quoted=(300, 10, 600)) for i in range(4)]
    easy = [parts(f"easy{i}", narration=(300, 60, 360), quoted=(30, 6, 36)) for i in range(4)]
    assert contrast(*hard, *easy)["difference"] == pytest.approx(0, abs=1e-9)


def test_without_dates_there_is_no_trend(corpus):
    articles, table = corpus
    undated = articles.assign(published=pd.NaT)
    assert readability_over_time(table, undated).empty
    assert readability_trend(table, undated)["slope"].isna().all()


def test_a_group_of_three_articles_is_as_unsure_as_three_are():
    """Three articles alike but for one: the percentiles are the least and the greatest, then 2.69 times as far."""
    table = pd.concat(
        parts(f"a{place}", narration=(200, sentences, 300), quoted=None)
        for place, sentences in enumerate((10, 10, 20))
    ).assign(scope="whole", low=np.nan, high=np.nan)
    articles = pd.DataFrame({"capture_id": ["a0", "a1", "a2"], "outlet": "Post"})
    row = group_readability(table, articles).set_index("measure").loc["fre"]
    length = {count: 206.835 - 1.015 * 600 / count - 84.6 * 900 / 600 for count in (30, 40, 60)}
    assert row["value"] == pytest.approx(length[40])
    assert row["low"] == pytest.approx(length[40] - 2.6886 * (length[40] - length[30]), rel=1e-3)
    assert row["high"] == pytest.approx(length[40] + 2.6886 * (length[60] - length[40]), rel=1e-3)


def test_counts_by_english_word_lists_are_missing_in_other_languages():
    body = " ".join(["Der Hafen von Westry bleibt bis zum Frühjahr geschlossen."] * 15)
    articles = pd.DataFrame({"capture_id": ["a"], "language": ["de"], "body": [body]})
    counts = readability_table(articles).set_index("measure")["value"]
    assert counts[["complex_words", "unfamiliar_words", "spache_words"]].isna().all()
    assert counts["words"] == 15 * 9


def test_a_measure_of_any_language_has_a_name_and_a_direction():
    assert measure_described("smog") == "SMOG grade (years of schooling; higher is harder)"
    assert measure_described("gulpease") == "Gulpease (higher is easier)"
    assert (measure_title("wiener_1"), measure_described("own")) == ("Wiener Sachtextformel 1", "own")


def test_length_is_read_in_the_language_of_most_articles_by_a_measure_of_its_own():
    """Gulpease of Italian; one Italian article more than English ones."""
    body = " ".join(["Il porto resta chiuso fino a primavera, dice il comune."] * 30)
    articles = pd.DataFrame(
        {
            "capture_id": ["a", "b", "c"],
            "language": ["it", "it", "en"],
            "body": [body, body, " ".join(EASY * 40)],
        }
    )
    widths = interval_by_length(articles, measure="gulpease", lengths=(100, 200))
    assert widths["capture_id"].tolist() == ["a", "a", "b", "b"]
    assert interval_by_length(articles, measure="smog").empty


def test_of_two_languages_level_english_is_compared_and_length_is_read_in_english():
    articles = pd.DataFrame(
        {"capture_id": ["a", "b"], "language": ["de", "en"], "body": [" ".join(EASY * 40)] * 2}
    )
    assert main_language(articles) == "en"
    assert main_language(articles.assign(language=["fr", "de"])) == "de"
    assert set(interval_by_length(articles)["capture_id"]) == {"b"}
