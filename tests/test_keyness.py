import math

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from clipbook.keywords import collocates, concordance, keyness_table, term_rates
from clipbook.keywords.terms import (
    chance_of_meeting,
    dispersion,
    exchange_test,
    look_together,
    overdispersion,
)
from clipbook.stats.intervals import false_discovery_rate, log_odds_ratio


def corpus(one: list[str], other: list[str]) -> pd.DataFrame:
    bodies = [*one, *other]
    return pd.DataFrame(
        {
            "capture_id": [f"a{n}" for n in range(len(bodies))],
            "outlet": ["North"] * len(one) + ["South"] * len(other),
            "headline": "",
            "body": bodies,
            "status": "ok",
        }
    )


def test_log_odds_worked_by_hand():
    # 10 of 100 words against 5 of 100; a prior of 20 words at the common rate 15 / 200: 1.5 words.
    # log(11.5 / 108.5) - log(6.5 / 113.5) = -2.24432 + 2.85999; variance 1 / 11.5 + 1 / 6.5 = 0.24080
    odds, error = log_odds_ratio(np.array([10.0]), np.array([5.0]), 100, 100, 20.0)
    assert odds[0] == pytest.approx(0.61567, abs=1e-4)
    assert error[0] == pytest.approx(0.24080**0.5, abs=1e-4)


def test_log_odds_changes_sign_with_the_groups():
    one, error = log_odds_ratio(np.array([10.0, 2.0]), np.array([5.0, 2.0]), 100, 300, 50.0)
    other, same = log_odds_ratio(np.array([5.0, 2.0]), np.array([10.0, 2.0]), 300, 100, 50.0)
    np.testing.assert_allclose(one, -other)
    np.testing.assert_allclose(error, same)


def test_dispersion_is_zero_when_the_term_follows_the_words():
    counts = csr_array(np.array([[1.0, 4.0, 0.0], [3.0, 0.0, 0.0]]))
    found = dispersion(counts, np.array([100, 300]))
    # second term: all in an article with a quarter of the words: (|0.25 - 1| + |0.75 - 0|) / 2
    np.testing.assert_allclose(found, [0.0, 0.75, np.nan])


def test_overdispersion_of_one_article_with_everything():
    # Four articles of 100 words, counts 4 0 0 0: deviations 3 -1 -1 -1, squares 12; 12 / 4 x 4 / 3
    counts = csr_array(np.array([[4.0], [0.0], [0.0], [0.0]]))
    assert overdispersion(counts, np.full(4, 100))[0] == pytest.approx(4.0)


def test_chance_that_a_hundred_words_hold_a_term():
    # Of 200 words half are drawn: one occurrence is missed by a half, two by 100 / 200 x 99 / 199 = .2487;
    # of 50 words all are drawn
    met = chance_of_meeting(csr_array(np.array([[1.0, 2.0], [1.0, 0.0]])), np.array([200, 50]))
    np.testing.assert_allclose(met.toarray(), [[0.5, 0.7513], [1, 0]], atol=1e-4)


def test_a_term_in_25_of_32_articles_and_in_none_of_9_is_found():
    held = np.array([0.0] * 9 + [1.0] * 25 + [0.0] * 7)[:, None]
    p = exchange(csr_array(held), np.full(41, 300), np.arange(41) < 9)
    # The 9 are chosen of the 16 without it in C(16, 9) / C(41, 9) = 11,440 of 350,343,565 ways: 3.3e-5, twice for two sides
    assert p[0] == pytest.approx(6.5e-5, rel=0.3)


def test_a_term_that_every_article_holds_alike_is_no_difference():
    assert exchange(csr_array(np.ones((8, 1))), np.full(8, 300), np.arange(8) < 4).tolist() == [1.0]


def test_a_comparison_needs_two_articles_in_each_group():
    p = exchange(csr_array(np.ones((3, 1))), np.full(3, 100), np.array([True, False, False]))
    assert np.isnan(p).all()


def exchange(counts, words, group):
    return exchange_test(look_together(counts, words), group)


def simulate(draw: np.random.Generator, *, planted: float = 1.0) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """80 articles of 200 to 1,000 words, 300 bursty terms; the first ``planted`` times as usual in half."""
    words = draw.integers(200, 1000, 80)
    rates = np.exp(draw.normal(-7.5, 1.0, 300))
    rates[0] = 0.004
    group = draw.permutation(80) < 40
    bursts = draw.gamma(1.0, 1.0, (80, 300))
    factor = np.ones((80, 300))
    factor[group, 0] = planted
    counts = draw.poisson(words[:, None] * rates * bursts * factor).astype(float)
    return csr_array(counts[:, (counts > 0).sum(axis=0) >= 5]), words, group


def test_no_difference_raises_few_false_alarms():
    draw = np.random.default_rng(1)
    shares, named = [], 0
    for _ in range(60):
        p = exchange(*simulate(draw))
        shares.append((p < 0.05).mean())
        named += (false_discovery_rate(p) < 0.05).any()
    assert np.mean(shares) <= 0.05
    assert named / 60 <= 0.05


def test_a_fivefold_rate_is_found():
    draw = np.random.default_rng(2)
    found = [false_discovery_rate(exchange(*simulate(draw, planted=5.0)))[0] < 0.05 for _ in range(40)]
    assert np.mean(found) >= 0.5


def test_table_names_what_sets_a_group_apart():
    north = [f"The ferry from Brunn is at pier {n}. Ferry crews waited for snow." for n in range(12)]
    south = [f"The tram from Brunn is at stop {n}. Tram drivers waited for snow." for n in range(12)]
    found = keyness_table(corpus(north, south), group="North").set_index("term")
    assert found.index[0] == "ferry"
    assert found.loc["ferry", ["count", "count_against", "articles"]].tolist() == [24, 0, 12]
    # 24 in 12 articles; each has 12 words and a number: 24 / 156 words
    assert found.loc["ferry", "rate"] == pytest.approx(1000 * 24 / 156)
    assert found.loc["ferry", "q"] < 0.05
    assert found.loc["snow", "p"] == pytest.approx(1.0)
    assert found.loc["Brunn", "kind"] == "name"
    assert found.loc["ferry", "kind"] == "theme"
    assert found.loc["ferry", "low"] > 0


def test_duplicates_and_thin_articles_are_left_out():
    rows = corpus(["The ferry is late."] * 6, ["The tram is late."] * 6)
    rows.loc[3:5, "status"] = ["duplicate", "thin", "failed"]
    found = keyness_table(rows, group="North", least=1).set_index("term")
    assert found.loc["ferry", "count"] == 3


def test_every_group_in_turn_and_one_against_another():
    rows = corpus(["Ferry crews wait."] * 6, ["Tram crews wait."] * 6)
    assert set(keyness_table(rows)["group"]) == {"North", "South"}
    pair = keyness_table(rows, group="North", against="South")
    assert set(pair["against"]) == {"South"}


@pytest.mark.parametrize("rows", [corpus([], []), corpus(["Ferry crews wait."], [])])
def test_one_group_or_none_cannot_be_compared(rows):
    found = keyness_table(rows)
    assert found.empty
    assert {"term", "group", "count", "rate", "log_odds", "z", "p", "q"} <= set(found.columns)


def test_unknown_group_is_named():
    with pytest.raises(ValueError, match="'West'; there are North, South"):
        keyness_table(corpus(["Ferry crews wait."], ["Tram crews wait."]), group="West")


def test_concordance_gives_places_in_the_body():
    body = "Ferries stop.\nThe night ferry left. It was late."
    found = concordance(pd.DataFrame({"capture_id": ["a"], "body": [body]}), "night  Ferry")
    [row] = found.to_dict("records")
    assert body[row["start"] : row["end"]] == "night ferry"
    assert (row["left"], row["right"]) == ("The ", " left. It was late.")
    assert row["sentence"] == "The night ferry left."


def test_concordance_needs_a_word():
    with pytest.raises(ValueError, match="no word"):
        concordance(pd.DataFrame({"capture_id": ["a"], "body": ["b"]}), " ")


def test_collocates_within_the_sentence():
    rows = corpus(["Stormy ferry crossing. Bus stopped. Stormy ferry waited."] * 2, [])
    found = collocates(rows, "ferries", least=1).set_index("collocate")
    assert found.loc["Stormy", "together"] == 4
    assert found.loc["crossing", "together"] == 2
    assert "Bus" not in found.index
    # 12 counted words: stormy ferry crossing | bus | stormy ferry, twice ("stopped", "waited" are stop words)
    # 6 words stand around the four ferries: stormy and crossing, stormy, twice. pmi: log2(4 x 12 / (6 x 4))
    assert found.loc["Stormy", "pmi"] == pytest.approx(1)
    # expected together 6 x 4 / 12 = 2: t = (4 - 2) / root of 4; dice = 2 x 4 / (6 + 4); the table is 4, 0 | 2, 6 where
    # 2, 2 | 4, 4 were expected: G = 2 x (4 log 2 + 2 log 1/2 + 6 log 3/2)
    assert found.loc["Stormy", ["student_t", "dice"]].tolist() == pytest.approx([1, 0.8])
    assert found.loc["Stormy", "likelihood_ratio"] == pytest.approx(4 * math.log(2) + 12 * math.log(1.5))


def test_a_word_between_two_terms_stands_beside_them_once():
    """Counted twice, it would be met more often than it occurs, which has no likelihood."""
    rows = corpus(["Ferry storm ferry. Bridge closed. Council budget."] * 3, [])
    found = collocates(rows, "ferry").set_index("collocate")
    assert found.loc["storm", ["together", "count"]].tolist() == [3, 3]


def test_a_run_of_words_is_one_only_where_nothing_stands_between():
    apart = collocates(corpus(["In the white, the house was cold today."] * 4, []), "white house", least=1)
    together = collocates(
        corpus(["The white house was cold. The harbour is shut."] * 4, []), "white house", least=1
    )
    assert apart.empty and together["collocate"].tolist() == ["cold"]


def test_an_apostrophe_is_one_however_it_is_typed():
    rows = pd.DataFrame({"capture_id": ["a"], "body": ["It’s over, and it's late."]})
    assert [concordance(rows, term)["match"].tolist() for term in ("it's", "it’s")] == [["It’s", "it's"]] * 2


def test_words_that_avoid_the_term_are_no_collocates():
    """The council stands beside the mayor three times of 63, the bridge thirty times of thirty."""
    rows = corpus(
        ["The mayor opened the harbour near the bridge."] * 30
        + ["The council passed the budget."] * 60
        + ["The mayor met the council."] * 3,
        [],
    )
    found = collocates(rows, "mayor")["collocate"].tolist()
    assert "bridge" in found and "harbour" in found and "council" not in found


def test_collocates_of_a_stop_word_are_refused():
    with pytest.raises(ValueError, match="stop word"):
        collocates(corpus(["a"], []), "the")


def test_rates_over_weeks():
    rows = corpus(["Ferry here now.", "Ferry ferry there."], ["Bus."])
    rows["published"] = pd.to_datetime(["2030-05-01", "2030-05-02", None])  # Wednesday and Thursday
    [row] = term_rates(rows, ["ferry"]).to_dict("records")
    assert row["group"] == pd.Timestamp("2030-04-29")
    assert (row["count"], row["articles"]) == (3, 2)
    assert row["rate"] == pytest.approx(500.0)  # 3 of 6 words
    assert np.isnan(row["low"]) and np.isnan(row["high"])  # two articles give no interval

    third = corpus(["Bus bus now."], []).assign(published=pd.Timestamp("2030-05-03"))
    [row] = term_rates(pd.concat([rows, third], ignore_index=True), ["ferry"]).to_dict("records")
    # 1, 2 and 0 words of three: standard error 1000 / 3 / 3 ** .5 = 192.5, times 4.303 over the rate 2.485; e ** 2.485 = 12.0
    assert (row["low"], row["high"]) == (pytest.approx(333.33 / 12.0, abs=0.1), 1000)


def test_the_rate_in_three_articles_is_as_uncertain_as_three_articles_are():
    # 4, 5 and 6 of 10 words: standard error 57.7, times 4.303 over the rate .4969; e ** .4969 = 1.6436
    bodies = ["ferry " * count + "tram " * (10 - count) for count in (4, 5, 6)]
    rows = pd.DataFrame({"headline": "", "body": bodies, "outlet": "Post"})
    [row] = term_rates(rows, ["ferry"], "outlet").to_dict("records")
    assert (row["low"], row["high"]) == (
        pytest.approx(500 / 1.6436, abs=0.1),
        pytest.approx(500 * 1.6436, abs=0.1),
    )
