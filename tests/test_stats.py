"""One rule for comparisons: differences, slopes, families."""

import numpy as np
import pandas as pd
import pytest

from clipbook.stats.differences import Counted, between_shares, differences, group_values
from clipbook.stats.intervals import false_discovery_rate, normal_scale, share_bounds, tail_chances
from clipbook.stats.periods import changes, slopes


def mean_of(values):
    values = np.asarray(values, float)
    return Counted([f"m{j}" for j in range(values.shape[1])], values, np.ones(len(values)))


def test_permutation_against_all_permutations():
    # Of the 20 ways to choose three of six, two are as far apart as the data: p = .1
    [row] = differences(mean_of([[1], [2], [3], [4], [5], [6]]), ["a"] * 3 + ["b"] * 3).to_dict("records")
    assert row["difference"] == -3
    assert row["p"] == pytest.approx(0.1, abs=0.02)
    assert row["q"] == row["p"]  # one comparison is a family of its own


def test_a_share_is_a_ratio_of_sums():
    # 30 of 100, 10 of 50, 20 of 50 words are 60 of 200; 10 of 100 thrice are 30 of 300
    counted = Counted(
        ["x"], np.array([[30.0], [10], [20], [10], [10], [10]]), np.array([100.0, 50, 50, 100, 100, 100])
    )
    [row] = differences(counted, ["a"] * 3 + ["b"] * 3).to_dict("records")
    assert (row["value"], row["other_value"]) == (pytest.approx(0.3), pytest.approx(0.1))


def test_few_comparisons_are_certain_when_all_values_of_a_group_are_alike():
    """Three articles with 0 scatter as little as three can; that says little of a fourth."""
    table = differences(mean_of([[0]] * 3 + [[0], [1], [0], [2], [1], [0], [1]]), ["a"] * 3 + ["b"] * 7)
    assert table["q"].iloc[0] > 0.05


def test_bad_input_gives_no_comparison():
    for groups in (["a"] * 6, ["a", "b", "c", "d", "e", "f"], [""] * 6):
        assert differences(mean_of(np.ones((6, 1))), groups).empty
    ties = differences(mean_of(np.ones((6, 1))), ["a"] * 3 + ["b"] * 3)
    assert ties["p"].tolist() == [1.0]
    assert ties[["low", "high"]].to_numpy().tolist() == [[0, 0]]
    assert ties["detectable"].isna().all()


def test_groups_that_are_each_all_alike_and_differ_are_told_apart():
    # Of the 70 ways to choose four of eight, two put the fives on one side and the threes on the other
    [row] = differences(mean_of([[5]] * 4 + [[3]] * 4), ["a"] * 4 + ["b"] * 4).to_dict("records")
    assert row["p"] == pytest.approx(2 / 70, abs=0.012)
    assert (row["low"], row["high"]) == (2, 2)


def test_shares_differ_by_all_of_the_words_at_most():
    wild = between_shares(pd.DataFrame({"low": [-1.4, -0.1], "high": [0.2, 1.2], "detectable": [1.3, 0.6]}))
    assert wild.to_numpy().tolist() == [[-1, 0.2, np.inf], [-0.1, 1, 0.6]]


def test_chance_alone_names_something_once_in_twenty_families():
    """Four groups of unlike size and scatter, three outcomes: 18 comparisons a family."""
    generator = np.random.default_rng(5)
    groups = np.repeat(["a", "b", "c", "d"], [6, 10, 20, 12])
    scatter = np.repeat([1.0, 2.0, 1.0, 0.5], [6, 10, 20, 12])[:, None]
    named = sum(
        (differences(mean_of(generator.normal(0, scatter, (48, 3))), groups)["q"] < 0.05).any()
        for _ in range(100)
    )
    assert named <= 11  # of 100 at 5 %, more than 11 come once in a hundred times


def test_small_chances_exist():
    generator = np.random.default_rng(6)
    values = np.concatenate([generator.normal(0, 1, 40), generator.normal(3, 1, 40)])[:, None]
    table = differences(mean_of(values), ["a"] * 40 + ["b"] * 40)
    assert table["q"].iloc[0] < 1e-5  # 2,000 draws alone would stop at .0005


def test_a_fitted_tail_follows_the_distribution_that_it_was_fitted_to():
    generator = np.random.default_rng(7)
    draws = np.abs(generator.normal(size=(2000, 200)))
    chances = tail_chances(
        draws, np.full(200, 4.0)
    )  # twice the upper tail of the normal distribution: 6.3e-5
    assert 2e-5 < np.exp(np.log(chances).mean()) < 2e-4
    assert tail_chances(draws[:, :1], np.array([9.0]), 0.01)[0] == 0.01
    assert tail_chances(draws[:, :1], np.array([1.96]))[0] == pytest.approx(0.05, abs=0.015)


def test_t_on_the_normal_scale():
    # Tabled: t = 2.228 with 10 degrees of freedom and t = 2.776 with 4 leave 2.5 % on either side, as 1.960 does
    found = normal_scale(np.array([2.228, -2.776]), np.array([10.0, 4.0]))
    assert found == pytest.approx([1.960, -1.960], abs=0.03)


def test_values_of_groups():
    table = group_values(mean_of([[11], [12], [13], [4], [6], [0]]), ["a"] * 3 + ["b"] * 3).set_index("group")
    # se 1 / 3 ** .5, t 4.303: 2.484; on the scale of logarithms 12 x e ** (2.484 / 12)
    assert table.loc["a", "high"] == pytest.approx(12 * np.exp(2.484 / 12), abs=0.01)
    assert group_values(mean_of([[1], [2]]), ["a", "a"])["low"].isna().all()


def test_one_article_that_holds_most_is_known_to_few_degrees_of_freedom():
    """Nine zeros and a ten: mean 1, error sqrt(90 / 9 / 10) = 1, kurtosis 657 / 81, so 20 / 7.11 = 2.8 degrees of freedom."""
    [row] = group_values(mean_of([[0]] * 9 + [[10]]), ["a"] * 10).to_dict("records")
    assert row["value"] == 1
    # Student's t is 4.303 with two degrees of freedom and 3.182 with three; with nine it would be 2.262
    assert np.exp(3.182) < row["high"] < np.exp(4.303)


def test_slope_worked_by_hand():
    # Two groups, each rising by 2 a step from its own level; a regression without groups would see -.5 or so
    counted = mean_of([[10], [12], [14], [16], [0], [2], [4], [6]])
    moving = np.array([0.0, 1, 2, 3, 4, 5, 6, 7])
    table = slopes(counted, moving, ["a"] * 4 + ["b"] * 4, np.arange(8))
    assert table["slope"].tolist() == [2.0]


def test_a_slope_without_any_scatter_is_found():
    # Turned as a whole, ten weeks give the slope or its opposite: two of 2 ** 10 ways
    [row] = slopes(mean_of([[i] for i in range(10)]), np.arange(10.0), ["a"] * 10, np.arange(10)).to_dict(
        "records"
    )
    assert row["slope"] == pytest.approx(1)
    assert row["p"] < 0.005


def test_words_weigh_in_the_slope_of_a_share():
    # All of 10 words at 0, none of 10 and half of 1,000 at 1: from 1 to 500 / 1010
    above, below = np.array([10.0, 0, 500] * 4)[:, None], np.array([10.0, 10, 1000] * 4)
    table = slopes(Counted(["x"], above, below), np.array([0.0, 1, 1] * 4), ["a"] * 12, np.arange(12))
    assert table["slope"].iloc[0] == pytest.approx(500 / 1010 - 1)


def test_change_by_week_has_a_cluster_a_week():
    published = pd.Series(pd.Timestamp("2031-01-01") + pd.to_timedelta(np.arange(120), unit="D"))
    counted = mean_of(np.random.default_rng(8).normal(0, 1, (120, 1)))
    assert changes(counted, published, ["a"] * 120)["clusters"].tolist() == [18]  # weeks that begin on Monday


@pytest.mark.parametrize(("days", "per", "slope"), [(9, "30 days", 30), (90, "a year", 365.25)])
def test_of_years_the_slope_is_given_for_a_year(days, per, slope):
    """Ten articles that rise by one a day, all ``days`` days."""
    published = pd.Series(pd.Timestamp("2031-01-06") + pd.to_timedelta(np.arange(10) * days, unit="D"))
    table = changes(mean_of(np.arange(10.0)[:, None] * days), published, ["a"] * 10)
    assert table[["slope", "per"]].iloc[0].tolist() == [pytest.approx(slope), per]


def test_too_few_days_give_no_slope():
    published = pd.Series(pd.to_datetime(["2031-01-01", None, "2031-01-02"]))
    table = changes(mean_of([[1], [2], [3]]), published, ["a"] * 3)
    assert table[["slope", "q"]].isna().all(axis=None)


def test_a_share_of_none_or_all_could_be_more_or_less():
    low, high = share_bounds(
        np.array([0.0, 1.0]), np.zeros(2), 10
    )  # Clopper and Pearson for 0 of 10: 0 to .308
    assert low.tolist() == pytest.approx([0, 0.692], abs=1e-3)
    assert high.tolist() == pytest.approx([0.308, 1], abs=1e-3)


def test_false_discovery_rate_of_benjamini_and_hochberg():
    # The fifteen p values of their section 3.2: at 0.05 four are rejected, and not the fifth.
    p = np.array(
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .324, .4262, .5719, .6528, .759, 1]
    )  # fmt: skip
    q = false_discovery_rate(p)
    assert (q < 0.05).sum() == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


def test_false_discovery_rate_leaves_the_unknown_out():
    q = false_discovery_rate(np.array([0.02, np.nan, 0.03]))
    np.testing.assert_allclose(q, [0.03, np.nan, 0.03])


def test_false_discovery_rate_by_hand():
    # p times number over rank: .01*4/1, .02*4/2, .03*4/3, .5*4/4
    assert false_discovery_rate(np.array([0.03, 0.01, 0.5, 0.02])).tolist() == pytest.approx(
        [0.04, 0.04, 0.5, 0.04]
    )
