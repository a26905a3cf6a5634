import numpy as np
import pandas as pd
import pytest

from clipbook.charts.keywords import keyness_chart, ranked_chart
from clipbook.charts.topics import terms_chart, topic_chart, topic_time_chart

KEYNESS = pd.DataFrame(
    {
        "term": ["ferry", "night ferry", "Brunn", "tram", "snow"],
        "kind": ["theme", "theme", "name", "theme", "theme"],
        "group": "North",
        "against": "the rest",
        "rate": [5.0, 2.0, 1.5, 0.0, 1.0],
        "rate_against": [1.0, 0.0, 1.0, 2.0, 3.0],
        "articles": [25, 6, 3, 0, 4],
        "articles_against": [2, 0, 1, 5, 3],
        "z": [6.0, 4.0, 1.0, -2.0, -0.1],
        "q": [0.001, 0.002, 0.9, 0.3, np.nan],
    }
)
GROUPS = pd.Series(["North"] * 32 + ["South"] * 5 + ["West"] * 4 + [""] * 7)  # 32 against 9
SHARES = pd.DataFrame(
    {
        "group": ["North", "South", "North", "South"],
        "topic": [1, 1, 2, 2],
        "label": ["sea, ferry, tide", "sea, ferry, tide", "mayor, tram, vote", "mayor, tram, vote"],
        "stable": [True, True, False, False],
        "share": [0.8, 0.2, 0.2, 0.8],
        "low": [0.7, 0.1, 0.1, 0.7],
        "high": [0.9, 0.3, 0.3, 0.9],
        "articles": [20, 20, 20, 20],
    }
)


PAIRS = pd.DataFrame(
    [("sea, ferry, tide", "North", "South", 0.3, 0.1, 0.5, 0.01, 0.3)],
    columns=["label", "group", "other", "difference", "low", "high", "q", "detectable"],
)
CHANGES = pd.DataFrame(columns=["label", "term", "slope", "low", "high", "q", "detectable"])


def title_of(drawn) -> str:
    return drawn.title


def test_keyness_says_what_differs_and_of_how_many():
    title = title_of(keyness_chart(KEYNESS, group="North", groups=GROUPS, source="s"))
    said = "“ferry” in North, against the rest: 5 times as often, 25 of 32 articles against 2 of 9; 2 of 4 terms differ"
    assert title == said


def test_keyness_says_that_nothing_differs():
    title = title_of(
        keyness_chart(KEYNESS.assign(q=0.5), group="North", groups=GROUPS, kind="theme", source="s")
    )
    assert title == "No clear difference between North and the rest in 4 themes"


def test_each_term_has_a_row_with_its_articles_and_how_often():
    drawn = keyness_chart(KEYNESS, group="North", groups=GROUPS, source="s")
    assert [label.get_text() for label in drawn.ax.get_yticklabels()] == ["ferry", "Brunn", "snow", "tram"]
    written = {text.get_text() for text in drawn.ax.texts}
    assert {"25 of 32", "2 of 9", "5 times as often", "32 articles", "9 articles"} <= written
    assert {"1.5 times as often", "a third as often", "never"} <= written  # Brunn, snow, tram
    assert "night ferry" not in written  # holds a term before it


def ranked(rows):
    columns = ["group", "rank", "keyword", "articles", "share", "low", "high", "of"]
    return ranked_chart(pd.DataFrame(rows, columns=columns), source="s")


def test_ranked_terms_say_which_keywords_lead_in_several_outlets():
    north = [("North", 1, "ferry", 5, 0.5, 0.2, 0.8, 10), ("North", 2, "snow", 5, 0.5, 0.2, 0.8, 10)]
    south = [("South", 1, "tram", 4, 0.4, 0.1, 0.7, 9), ("South", 2, "ferry", 3, 0.3, 0.1, 0.7, 9)]
    east = [("East", 1, "ferry", 3, 0.5, 0.1, 0.9, 6)]
    assert title_of(ranked(north + south)) == "No keyword leads in two of 2 outlets"
    assert title_of(ranked(north + south + east)) == "“ferry” is the most frequent keyword in 2 of 3 outlets"
    assert title_of(ranked(east)) == "East writes most often about “ferry”"
    few = [("West", 1, "ferry", 2, 1.0, 0.3, 1.0, 2)]
    assert "three articles" in ranked(few).nothing
    assert ranked(few + east).nothing.startswith("One of the outlets has three articles")


def test_a_keyword_of_one_article_has_no_bar_beside_those_of_more():
    rows = [("North", 1, "ferry", 2, 0.2, 0.1, 0.5, 10), ("North", 2, "once", 1, 0.1, 0.0, 0.4, 10)]
    assert [label.get_text() for label in ranked(rows).ax.get_yticklabels()] == ["ferry"]
    south = [("South", 1, "tram", 4, 0.4, 0.1, 0.7, 10), ("South", 2, "mayor", 6, 0.6, 0.3, 0.9, 10)]
    own = ranked(rows + south)  # nothing is shared: each group's own, the most frequent first
    assert {"ferry, 20%", "mayor, 60%", "tram, 40%"} <= {text.get_text() for text in own.ax.texts}


def test_topics_state_the_stable_topic_and_mark_the_other():
    fig, _ = topic_chart(SHARES, PAIRS, source="s")
    assert fig.get_label().startswith(
        "North is above South in the share of the topic “sea, ferry, tide”, by 30 points"
    )
    assert [ax.get_title(loc="left").replace("\n", " ") for ax in fig.axes] == [
        "sea, ferry, tide",
        "mayor, tram, vote (unstable)",
    ]


def test_topics_show_every_group_not_only_four():
    six = pd.concat([SHARES[SHARES["group"] == "North"].assign(group=f"Outlet {n}") for n in range(6)])
    fig, _ = topic_chart(six, PAIRS, source="s")
    assert [label.get_text() for label in fig.axes[0].get_yticklabels()] == [
        f"Outlet {n} (n = 20)" for n in range(6)
    ]


def test_unstable_topics_are_no_finding():
    title = title_of(topic_chart(SHARES.assign(stable=False), PAIRS[:0], source="s"))
    assert title == "None of the 2 topics comes back when articles are left out"


@pytest.mark.parametrize(
    "drawn",
    [
        keyness_chart(KEYNESS.head(0), group="North", groups=GROUPS, source="s"),
        topic_chart(SHARES.head(0), PAIRS[:0], source="s", note="Topics are not meaningful for 3 articles."),
        topic_time_chart(
            SHARES.head(0), CHANGES, source="s", note="Topics are not meaningful for 3 articles."
        ),
        terms_chart(
            pd.DataFrame(columns=["group", "term", "rate", "low", "high", "articles"]), CHANGES, source="s"
        ),
    ],
)
def test_what_is_missing_is_said(drawn):
    assert drawn.fig is None and drawn.nothing.endswith(".")
