"""Contrasts between groups, periods, cue suggestions, and the figures that show them."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from clipbook.charts import coding
from clipbook.charts import framing as charts
from clipbook.framing import frame_changes, frame_contrasts, frame_means, frame_timeline, suggest_cues
from clipbook.framing.codebook import Codebook, Frame, make_cue
from clipbook.framing.suggestions import welch_p
from clipbook.stats.intervals import log_odds_ratio

NAMES = {"quarrel": "Quarrel", "money": "Money"}
NO_CONTRASTS = pd.DataFrame(columns=["frame", "group", "other", "difference", "q"])


def table(groups, **values):
    """Scores of one article an entry, and the articles."""
    articles = pd.DataFrame({"capture_id": [f"a{i}" for i in range(len(groups))], "outlet": groups})
    articles["published"] = pd.to_datetime("2026-03-02") + pd.to_timedelta(7 * articles.index, unit="D")
    rows = [
        {
            "capture_id": f"a{i}",
            "frame": frame,
            "scope": "whole",
            "score": score,
            "expected_cues": score,
            "words": 300,
        }
        for frame, scores in values.items()
        for i, score in enumerate(scores)
    ]
    return pd.DataFrame(rows), articles


def test_means_of_groups():
    scores, articles = table(["Gull"] * 3 + ["Tern"] * 2 + ["Auk"] * 3, quarrel=[11, 12, 13, 4, 6, 1, 2, 3])
    means = frame_means(scores, articles).set_index("group")
    assert means["mean"].to_dict() == {"Auk": 2, "Gull": 12, "Tern": 5}
    assert means["articles"].to_dict() == {"Auk": 3, "Gull": 3, "Tern": 2}
    # Standard error 1 / 3 ** .5 = .5774, t of two degrees of freedom 4.303: 2.484, over the mean .2070; e ** .2070 = 1.230
    assert means.loc["Gull", "low"] == pytest.approx(12 / 1.230, abs=0.01)
    assert means.loc["Gull", "high"] == pytest.approx(12 * 1.230, abs=0.01)
    assert np.isnan(means.loc["Tern", "low"])  # two articles give no interval


def test_short_articles_are_left_out_and_counted():
    scores, articles = table(["Gull"] * 4, quarrel=[1, 2, 3, 4])
    scores.loc[3, ["expected_cues", "words"]] = [np.nan, 90]
    [row] = frame_means(scores, articles).to_dict("records")
    assert (row["mean"], row["articles"], row["short"]) == (2, 3, 1)


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
    odds, error = log_odds_ratio(np.array([10.0]), np.array([0.0]), 100, 100, 500.0)
    assert odds[0] == pytest.approx(np.log(35 / 565) - np.log(25 / 575))
    assert error[0] == pytest.approx(np.sqrt(1 / 35 + 1 / 25))


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


def test_articles_too_short_are_counted_also_where_an_outlet_has_no_other():
    scores, articles = table(["Gull"] * 4 + ["Tern"] * 2, quarrel=[1, 1, 1, 1, np.nan, np.nan])
    scores = scores.assign(score=1.0, words=np.where(scores["expected_cues"].isna(), 90, 300))
    means = frame_means(scores, articles).set_index("group")
    assert means["articles"].tolist() == [4, 0] and means["short"].tolist() == [0, 2]
    made = charts.group_chart(means.reset_index(), NO_CONTRASTS, names=NAMES, source="invented")
    assert "2 shorter ones left out" in " ".join(text.get_text() for text in made.fig.texts)
    assert [label.get_text() for label in made.fig.axes[0].get_yticklabels()] == ["Gull (n = 4)"]


def test_outlets_of_one_or_two_articles_are_not_drawn_as_if_they_were_groups():
    scores, articles = table(["Gull"] * 2 + ["Tern"] * 2, quarrel=[1.0, 2, 3, 4])
    made = charts.group_chart(frame_means(scores, articles), NO_CONTRASTS, names=NAMES, source="invented")
    assert made.nothing == "None of the outlets has the three articles of 250 words that a comparison needs."


def made(chart):
    return chart.nothing or chart.fig.get_label()


def test_titles_state_the_finding_with_its_interval_or_what_would_have_shown():
    generator = np.random.default_rng(1)
    values = np.concatenate([generator.normal(1, 0.1, 12), generator.normal(3, 0.1, 12)])
    for quarrel, title in (
        (
            values,
            f"Tern is above Gull in cues of quarrel, by {values[12:].mean() - values[:12].mean():.2f} (",
        ),
        (generator.normal(1, 0.1, 24), "No clear difference in cues between 2 outlets; one of 0."),
    ):
        scores, articles = table(["Gull"] * 12 + ["Tern"] * 12, quarrel=quarrel)
        means, contrasts = frame_means(scores, articles), frame_contrasts(scores, articles)
        assert made(charts.group_chart(means, contrasts, names=NAMES, source="invented")).startswith(title)


def test_a_title_counts_the_outlets_that_were_compared():
    """Two have six articles each; two have one each; articles without an outlet are no outlet."""
    groups = ["Gull"] * 6 + ["Tern"] * 6 + ["Auk", "Skua"] + [""] * 6
    scores, articles = table(groups, quarrel=[1.0, 2.0, 3.0] * 4 + [9.0, 9.0] + [9.0] * 6)
    means, contrasts = frame_means(scores, articles), frame_contrasts(scores, articles)
    title = made(charts.group_chart(means, contrasts, names=NAMES, source="invented"))
    assert title.startswith("No clear difference in cues between 2 outlets")


def test_charts_say_what_is_missing():
    scores, articles = table(["Gull"], quarrel=[1.0])
    timeline = frame_timeline(scores, articles)
    changes = frame_changes(scores, articles)
    assert "Fewer than two periods have dated articles" in made(
        charts.time_chart(timeline, changes, names=NAMES, source="invented")
    )
    assert "Most cues in this article" in made(
        charts.article_chart(scores, "a0", names=NAMES, source="invented")
    )
    scores, _ = table(["Gull"] * 11, quarrel=[number / 10 for number in range(11)])
    for name, title in (
        ("a0", "No cue was found"),
        ("a5", "Cues of quarrel stand highest, above those of 50% of the other articles"),
        ("a10", "above those of 100% of the other articles"),
    ):
        assert title in made(charts.article_chart(scores, name, names=NAMES, source="invented"))
    none = pd.DataFrame(columns=["frame", "alpha", "low", "high", "percent", "texts", "verdict"])
    assert "needs two coders" in made(coding.agreement_chart(none, names=NAMES, source="invented"))


def test_a_rise_within_outlets_is_told_from_outlets_that_were_captured_later():
    """Thirty days, an article a day of either outlet; Tern stands 5 higher and is captured ten days later."""
    generator = np.random.default_rng(4)
    days = np.concatenate([np.arange(30), np.arange(10, 40)])
    noise = generator.normal(0, 0.3, 60)
    for rise, title in (
        (0.0, "No clear change in cues"),
        (0.1, "Cues of quarrel: up by"),
    ):
        scores, articles = table(
            ["Gull"] * 30 + ["Tern"] * 30, quarrel=np.repeat([5.0, 10], 30) + rise * days + noise
        )
        articles["published"] = pd.Timestamp("2031-05-01") + pd.to_timedelta(days, unit="D")
        timeline, changes = frame_timeline(scores, articles, step="week"), frame_changes(scores, articles)
        assert made(charts.time_chart(timeline, changes, names=NAMES, source="s")).startswith(title)
        assert changes.loc[0, "low"] < 30 * rise < changes.loc[0, "high"]


def test_the_commonest_frame_is_named_only_when_it_is_clearly_so():
    shares = pd.DataFrame(
        [
            ("all", name, method, share, share - 0.1, share + 0.1)
            for name, share in (("quarrel", 0.6), ("money", 0.5))
            for method in ("corrected", "codes alone")
        ],
        columns=["group", "frame", "method", "share", "low", "high"],
    ).assign(note="")
    performance = pd.DataFrame({"frame": ["quarrel", "money"], "codes": 60, "note": ""})
    title = made(coding.share_chart(shares, performance, names=NAMES, source="invented"))
    assert title == "None of 2 frames is clearly the commonest"
    shares.loc[shares["frame"] == "money", ["share", "low", "high"]] = [0.2, 0.1, 0.3]
    title = made(coding.share_chart(shares, performance, names=NAMES, source="invented"))
    assert title == "Quarrel is the commonest frame: 60% (50% to 70%) of articles"
    behind = pd.DataFrame({"frame": ["quarrel", "money", "blame"], "codes": [60, 60, 5], "note": ""})
    title = made(coding.share_chart(shares, behind, names=NAMES, source="invented"))
    assert title == "Quarrel is the commonest frame coded so far: 60% (50% to 70%) of articles"


def test_only_calibrated_shares_are_called_frames():
    shares = pd.DataFrame(
        [("all", "quarrel", "corrected", 0.4, 0.3, 0.5), ("all", "quarrel", "codes alone", 0.5, 0.3, 0.7)],
        columns=["group", "frame", "method", "share", "low", "high"],
    ).assign(note="")
    performance = pd.DataFrame({"frame": ["quarrel"], "codes": [60], "note": [""]})
    title = made(coding.share_chart(shares, performance, names=NAMES, source="invented"))
    assert title == "Quarrel is in 40% (30% to 50%) of articles"  # one frame is the commonest of nothing
    few = performance.assign(note="32 coded texts; at least 50 are needed, so cue scores only")
    title = made(coding.share_chart(shares.iloc[:0], few, names=NAMES, source="invented"))
    assert (
        title
        == "32 coded texts; at least 50 are needed, so cue scores only. The other figures show cue scores."
    )
