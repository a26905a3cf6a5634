"""Contrasts between groups, periods, cue suggestions, and the figures that show them."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from clipbook.charts import coding
from clipbook.charts import framing as charts
from clipbook.framing import frame_contrasts, frame_means, frame_timeline, suggest_cues
from clipbook.framing.codebook import Codebook, Frame, make_cue
from clipbook.framing.contrasts import permutation_p
from clipbook.framing.suggestions import log_odds, welch_p

NAMES = {"quarrel": "Quarrel", "money": "Money"}


def table(groups, **values):
    """Scores of one article an entry, and the articles."""
    articles = pd.DataFrame({"capture_id": [f"a{i}" for i in range(len(groups))], "outlet": groups})
    articles["published"] = pd.to_datetime("2026-03-02") + pd.to_timedelta(7 * articles.index, unit="D")
    rows = [
        {"capture_id": f"a{i}", "frame": frame, "scope": "whole", "score": score}
        for frame, scores in values.items()
        for i, score in enumerate(scores)
    ]
    return pd.DataFrame(rows), articles


def test_means_of_groups():
    scores, articles = table(["Gull"] * 3 + ["Tern"] * 2 + ["Auk"] * 3, quarrel=[11, 12, 13, 4, 6, 1, 2, 3])
    means = frame_means(scores, articles).set_index("group")
    assert means["mean"].to_dict() == {"Auk": 2, "Gull": 12, "Tern": 5}
    assert means["articles"].to_dict() == {"Auk": 3, "Gull": 3, "Tern": 2}
    # The percentiles of the 27 ways to draw three are the least and the greatest, 1 on either side of the mean;
    # Student's t makes that (3 / 2) ** .5 * 4.303 / 1.960 = 2.689, and no score is below 0.
    assert means.loc["Gull", "low"] == pytest.approx(9.311, abs=0.001)
    assert means.loc["Gull", "high"] == pytest.approx(14.689, abs=0.001)
    assert means.loc["Auk", "low"] == 0
    assert np.isnan(means.loc["Tern", "low"])  # two articles give no interval


def test_the_difference_of_three_articles_and_three_is_as_uncertain_as_they_are():
    # Of the 729 pairs of draws 1 differs by 2, 6 by 5 / 3 and 21 by 4 / 3, so that the percentiles are
    # -4 / 3 and 4 / 3 (7 are .96 in a hundred, 28 are 3.84); times 2.689 they are 3.585.
    scores, articles = table(["Gull"] * 3 + ["Tern"] * 3, quarrel=[1, 2, 3, 1, 2, 3])
    [row] = frame_contrasts(scores, articles).to_dict("records")
    assert row["low"] == pytest.approx(-3.585, abs=0.001)
    assert row["high"] == pytest.approx(3.585, abs=0.001)


def test_articles_without_a_score_are_left_out():
    scores, articles = table(["Gull"] * 3, quarrel=[1, np.nan, 3])
    assert frame_means(scores, articles)["articles"].tolist() == [2]


def test_contrasts_find_a_difference_that_is_there_only():
    generator = np.random.default_rng(2)
    same = generator.normal(1, 0.2, 30)
    other = np.concatenate([generator.normal(1, 0.2, 15), generator.normal(2, 0.2, 15)])
    scores, articles = table(["Gull"] * 15 + ["Tern"] * 15, quarrel=other, money=same)
    contrasts = frame_contrasts(scores, articles).set_index("frame")
    assert contrasts.loc["quarrel", "difference"] == pytest.approx(other[:15].mean() - other[15:].mean())
    assert contrasts.loc["quarrel", "q"] < 0.01
    assert contrasts.loc["money", "q"] > 0.05
    assert contrasts.loc["money", "low"] < 0 < contrasts.loc["money", "high"]


def test_permutation_test_against_all_permutations():
    # of the 20 ways to choose three of six, two are as far apart as the data: p = .1
    one, two = np.array([[1.0], [2.0], [3.0]]), np.array([[4.0], [5.0], [6.0]])
    assert permutation_p(one, two, np.random.default_rng(0))[0] == pytest.approx(0.1, abs=0.03)


def test_timeline_by_month():
    scores, articles = table(["Gull"] * 6, quarrel=[1, 1, 1, 1, 1, 7])
    timeline = frame_timeline(scores, articles, step="month")
    assert timeline["start"].dt.strftime("%Y-%m-%d").tolist() == ["2026-03-01", "2026-04-01"]
    assert timeline["mean"].tolist() == [1, 7]
    assert timeline["articles"].tolist() == [5, 1]
    with pytest.raises(ValueError, match="day, week, month"):
        frame_timeline(scores, articles, step="fortnight")


def test_log_odds_by_hand():
    # 10 of 100 words against 0 of 100; the prior gives 500 * 10 / 200 = 25 to each
    odds, z = log_odds(np.array([10.0]), np.array([0.0]), 100, 100)
    assert odds[0] == pytest.approx(np.log(35 / 565) - np.log(25 / 575))
    assert z[0] == pytest.approx(odds[0] / np.sqrt(1 / 35 + 1 / 25))


def test_welch_test_of_the_textbook_form():
    # means 2 and 5, variances 1 and 1, three each: t = 3 / sqrt(2/3) = 3.674 with 4 degrees of freedom
    chances = welch_p(
        csr_array(np.array([[1.0, 7], [2, 7], [3, 7]])), csr_array(np.array([[4.0, 7], [5, 7], [6, 7]]))
    )
    assert chances.tolist() == pytest.approx([0.0213, 1.0], abs=0.0001)


def test_groups_that_scatter_unequally_about_one_mean_are_not_told_apart():
    """Thirty articles and five that scatter twice as much: of 100 tests at 5 % at most ten may find something.

    Without standard errors 18 did.
    """
    generator = np.random.default_rng(3)
    found = 0
    for _ in range(100):
        one, two = generator.normal(2, 1, (30, 1)), generator.normal(2, 2, (5, 1))
        found += permutation_p(one, two, generator)[0] < 0.05
    assert found <= 10


def test_suggestions_leave_out_what_the_codebook_covers():
    book = Codebook("test", "Test", "", (Frame("quarrel", "Quarrel", (), (make_cue("row*", ""),)),))
    bodies = ["a row about ferry and the pier"] * 5 + ["a calm day near the pier"] * 5
    articles = pd.DataFrame({"capture_id": [f"a{i}" for i in range(10)], "body": bodies, "headline": ""})
    articles["outlet"] = ["Gull"] * 5 + ["Tern"] * 5
    words = suggest_cues(articles, book, by="outlet", group="Gull")
    assert {"about", "ferry", "and"} == set(words["word"])
    assert words.set_index("word").loc["ferry", ["articles", "other_articles"]].tolist() == [5, 0]


def made(chart):
    fig, _ = chart
    return fig.get_label()


def test_titles_state_the_finding_or_that_there_is_none():
    generator = np.random.default_rng(1)
    values = np.concatenate([generator.normal(1, 0.1, 12), generator.normal(3, 0.1, 12)])
    groups = ["Gull"] * 12 + ["Tern"] * 12
    both = f"{values[12:].mean():.2f} against {values[:12].mean():.2f}"
    for quarrel, title in (
        (values, f"Tern uses more cues of quarrel than Gull: {both}"),
        (generator.normal(1, 0.1, 24), "No clear difference in cue scores between 2 outlets"),
    ):
        scores, articles = table(groups, quarrel=quarrel)
        means, contrasts = frame_means(scores, articles), frame_contrasts(scores, articles)
        assert made(charts.group_chart(means, contrasts, names=NAMES, source="invented")) == title


def test_a_title_counts_the_outlets_that_were_compared():
    """Two have six articles each; two have one each; articles without an outlet are no outlet."""
    groups = ["Gull"] * 6 + ["Tern"] * 6 + ["Auk", "Skua"] + [""] * 6
    scores, articles = table(groups, quarrel=[1.0, 2.0, 3.0] * 4 + [9.0, 9.0] + [9.0] * 6)
    means, contrasts = frame_means(scores, articles), frame_contrasts(scores, articles)
    title = made(charts.group_chart(means, contrasts, names=NAMES, source="invented"))
    assert title == "No clear difference in cue scores between 2 outlets"


def test_charts_say_what_is_missing():
    scores, articles = table(["Gull"], quarrel=[1.0])
    timeline = frame_timeline(scores, articles)
    assert "need two periods" in made(charts.time_chart(timeline, names=NAMES, source="invented"))
    assert "highest cue score" in made(charts.article_chart(scores, "a0", names=NAMES, source="invented"))
    scores, _ = table(["Gull"] * 11, quarrel=[number / 10 for number in range(11)])
    for name, title in (
        ("a0", "No cue was found"),
        ("a5", "Cues of quarrel stand highest, above those of 50% of the other articles"),
        ("a10", "above those of 100% of the other articles"),
    ):
        assert title in made(charts.article_chart(scores, name, names=NAMES, source="invented"))
    none = pd.DataFrame(columns=["frame", "alpha", "low", "high", "percent", "texts", "verdict"])
    assert "cannot be measured" in made(coding.agreement_chart(none, names=NAMES, source="invented"))


def over_time(frames, low=(8.04, 12.04)):
    rows = [
        (f"f{number}", pd.Timestamp(start), mean, bound, mean + 1.96, 20)
        for number in range(frames)
        for start, mean, bound in (
            ("2031-05-01", 10.0, low[0]),
            ("2031-06-01", 14.0 if number == 0 else 10.0, low[1] if number == 0 else 8.04),
        )
    ]
    table = pd.DataFrame(rows, columns=["frame", "start", "mean", "low", "high", "articles"])
    return made(charts.time_chart(table, names={f"f{n}": f"Frame {n}" for n in range(frames)}, source="s"))


def test_the_frame_that_changed_most_is_picked_from_so_many():
    # Standard error 1 each, 4.0 apart: z = 2.83, beyond 1.96 for one frame, short of 2.87 for one of twelve
    # (upper .05 / 24 point of the normal distribution).
    assert over_time(1) == "Cues of frame 0 are more common at the end than at first"
    assert over_time(12).startswith("No clear change")


def test_a_period_without_an_interval_is_not_compared():
    assert over_time(1, low=(np.nan, 12.04)).startswith("Too few articles")


def test_the_commonest_frame_is_named_only_when_it_is_clearly_so():
    shares = pd.DataFrame(
        [
            ("all", name, method, share, share - 0.1, share + 0.1)
            for name, share in (("quarrel", 0.6), ("money", 0.5))
            for method in ("corrected", "codes alone")
        ],
        columns=["group", "frame", "method", "share", "low", "high"],
    )
    performance = pd.DataFrame({"frame": ["quarrel"], "codes": [60], "note": [""]})
    title = made(coding.share_chart(shares, performance, names=NAMES, source="invented"))
    assert title == "None of 2 frames is clearly the commonest"
    shares.loc[shares["frame"] == "money", ["share", "low", "high"]] = [0.2, 0.1, 0.3]
    title = made(coding.share_chart(shares, performance, names=NAMES, source="invented"))
    assert title == "Quarrel is the commonest frame: 60% (50% to 70%) of articles"


def test_only_calibrated_shares_are_called_frames():
    shares = pd.DataFrame(
        [("all", "quarrel", "corrected", 0.4, 0.3, 0.5), ("all", "quarrel", "codes alone", 0.5, 0.3, 0.7)],
        columns=["group", "frame", "method", "share", "low", "high"],
    )
    performance = pd.DataFrame({"frame": ["quarrel"], "codes": [60], "note": [""]})
    title = made(coding.share_chart(shares, performance, names=NAMES, source="invented"))
    assert title == "Quarrel is the commonest frame: 40% (30% to 50%) of articles"
    few = performance.assign(note="32 coded texts; at least 50 are needed, so cue scores only")
    title = made(coding.share_chart(shares.iloc[:0], few, names=NAMES, source="invented"))
    assert title == "Too few human codes to speak of frames"
