"""Contrasts between groups, periods, cue suggestions, and the figures that show them."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from clipbook.charts import coding
from clipbook.charts import framing as charts
from clipbook.framing import frame_contrasts, frame_means, frame_timeline, suggest_cues
from clipbook.framing.codebook import Codebook, Frame, make_cue
from clipbook.framing.contrasts import false_discovery_rate, permutation_p
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
    scores, articles = table(["Gull"] * 3 + ["Tern"] * 2, quarrel=[1, 2, 3, 4, 6])
    means = frame_means(scores, articles).set_index("group")
    assert means["mean"].to_dict() == {"Gull": 2, "Tern": 5}
    assert means["articles"].to_dict() == {"Gull": 3, "Tern": 2}
    assert 1 <= means.loc["Gull", "low"] < 2 < means.loc["Gull", "high"] <= 3
    assert np.isnan(means.loc["Tern", "low"])  # two articles give no interval


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


def test_false_discovery_rate_by_hand():
    # p times number over rank: .01*4/1, .02*4/2, .03*4/3, .5*4/4
    assert false_discovery_rate(np.array([0.03, 0.01, 0.5, 0.02])).tolist() == pytest.approx(
        [0.04, 0.04, 0.5, 0.04]
    )


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


def test_charts_say_what_is_missing():
    scores, articles = table(["Gull"], quarrel=[1.0])
    timeline = frame_timeline(scores, articles)
    assert "need two periods" in made(charts.time_chart(timeline, names=NAMES, source="invented"))
    assert "highest cue score" in made(charts.article_chart(scores, "a0", names=NAMES, source="invented"))
    none = pd.DataFrame(columns=["frame", "alpha", "low", "high", "percent", "texts", "verdict"])
    assert "cannot be measured" in made(coding.agreement_chart(none, names=NAMES, source="invented"))


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
