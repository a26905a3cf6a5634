"""A chosen difference found again: what holds, what hangs on one article, one event, one cue, or on copies."""

import numpy as np
import pandas as pd
import pytest

from clipbook.framing import frame_contrasts, frame_evidence, frame_robustness, frame_scores
from clipbook.quotes import share_robustness
from clipbook.schema import TableError
from clipbook.stats.differences import Counted, differences, pooled

FILLER = (
    "The boats wait in the harbour and the weather is calm today for all who live along the quiet coast. "
)
QUARREL = [
    "Opponents criticize the plan. ",
    "The parties clash. ",
    "Rivals attack the mayor. ",
    "They argue and accuse. ",
]


def body(cues, words=420, turn=0):
    """So many different cues of conflict in a text of about so many words, each text in another order."""
    sentences = [QUARREL[n % 4] for n in range(cues)] + [FILLER] * ((words - 5 * cues) // 19)
    return "".join(sentences[turn:] + sentences[:turn])


def lot():
    """Nine articles an outlet; Quay quarrels in all of them."""
    bodies = [body(4, 420 + 19 * n, n) for n in range(9)] + [body(n % 2, 420 + 19 * n, n) for n in range(9)]
    names = [f"a{number}" for number in range(18)]
    days = pd.Timestamp("2026-03-02") + pd.to_timedelta(np.arange(18) * 5, unit="D")
    table = pd.DataFrame(
        {"capture_id": names, "headline": "", "body": bodies, "language": "en", "published": days}
    )
    return table.assign(
        outlet=["Quay"] * 9 + ["Moor"] * 9,
        words=[420 + 19 * (n % 9) for n in range(18)],
        duplicate_of="",
        compared=True,
    )


def tried(articles, **options):
    found = frame_robustness(frame_scores(articles), frame_evidence(articles), articles, **options)
    return found.set_index("variant")


def test_a_broad_difference_stays_in_every_variant():
    table = tried(lot())
    assert set(table["outcome"]) == {"conflict"} and set(table["group"]) == {"Moor"}
    assert {
        "as found",
        "longest article out",
        "by event",
        "seed 1",
        "seed 2",
        "at 150 words",
        "at 400 words",
    } <= set(table.index)
    assert (table["verdict"] == "clear").all()
    assert table.loc["longest article out", ["articles", "other_articles"]].sum() == 17
    assert abs(table.loc["at 400 words", "difference"]) > abs(table.loc["at 150 words", "difference"])
    [without] = [name for name in table.index if name.startswith("without its strongest cue")]
    assert abs(table.loc[without, "difference"]) < abs(table.loc["as found", "difference"])


def test_as_found_is_what_the_notebook_compares():
    articles = lot()
    row = tried(articles).loc["as found"]
    pairs = frame_contrasts(frame_scores(articles), articles)
    own = pairs[pairs["frame"] == "conflict"].iloc[0]
    assert (row["difference"], row["q"]) == (own["difference"], own["q"])


def test_copies_count_or_weigh_as_one():
    """Three copies of Moor's ninth article: nine and three, or nine that weigh and three quarters of the copies."""
    articles = lot()
    copies = articles.iloc[[17] * 3].assign(
        capture_id=["c1", "c2", "c3"], duplicate_of="a17", compared=False, outlet="Moor"
    )
    table = tried(pd.concat([articles, copies], ignore_index=True))
    assert table.loc["copies in", "articles"] == 12
    as_one = table.loc["copies in, each text weighing as one", "difference"]
    assert as_one == pytest.approx(table.loc["as found", "difference"])  # all copies lie in one outlet
    assert table.loc["copies in", "difference"] != pytest.approx(as_one)


def test_by_event_a_story_told_often_counts_once():
    """Of 24 articles 12 are of one event; taken together their sum is one unit of 13."""
    counted = Counted(["x"], np.arange(24.0)[:, None], np.ones(24))
    events = ["storm"] * 12 + [str(n) for n in range(12)]
    together, groups = pooled(counted, ["a"] * 24, events)
    assert groups == ["a"] * 13 and together.below.max() == 12
    assert together.above.sum() == 276 and together.above.max() == 66  # 0 + 1 + ... + 11
    same = differences(*pooled(counted, ["a"] * 12 + ["b"] * 12, [str(n) for n in range(24)]))
    alone = differences(counted, ["a"] * 12 + ["b"] * 12)
    for column in ("difference", "value", "detectable"):
        assert same[column].iloc[0] == pytest.approx(alone[column].iloc[0], rel=0.01)


def test_a_chosen_finding_is_followed_and_a_wrong_one_refused():
    articles = lot()
    table = tried(articles, finding=("conflict", "Quay", "Moor"))
    assert (table["difference"] > 0).all()
    with pytest.raises(TableError, match="called 'Gull'; choose among Moor, Quay"):
        tried(articles, finding=("conflict", "Gull", "Moor"))


def test_one_outlet_or_one_article_each_has_no_finding():
    assert tried(lot().assign(outlet="Quay")).empty
    assert tried(lot().iloc[[0, 9]]).empty


def test_a_share_that_hangs_on_doubtful_speakers():
    articles = lot().assign(outlet=["Quay", "Moor"] * 9)
    who = ["Lind", "Ruiz", *["Ruiz", "Lind"] * 8]  # Ruiz speaks in eight of Quay's nine, in one of Moor's
    said = pd.DataFrame({"capture_id": articles["capture_id"], "speaker": who, "words": 40, "kind": "direct"})
    said = said.assign(confidence=0.9, probability=0.9)
    sure = share_robustness(said, articles, "outlet", ["Ruiz"]).set_index("variant")
    assert (sure["verdict"] == "clear").all()
    assert sure.loc["as found", "difference"] == pytest.approx(-7 / 9)
    unsure = said.assign(confidence=[0.1, 0.9] * 9)
    finding = ("Ruiz", "Quay", "Moor")
    doubted = share_robustness(unsure, articles, "outlet", ["Ruiz", "Lind"], finding=finding).set_index(
        "variant"
    )
    assert doubted.loc["as found", "difference"] == pytest.approx(-1 / 9)
    last = doubted.loc["doubtful speakers as guessed"]
    assert last["difference"] == pytest.approx(7 / 9) and last["verdict"] == "turned"
