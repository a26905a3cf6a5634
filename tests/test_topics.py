import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from clipbook.keywords import find_topics, topic_shares
from clipbook.keywords.topics import coherence

SEA = ["ferry", "harbour", "sailor", "tide", "anchor", "lighthouse", "cargo", "deck", "mast", "rudder"]
FARM = ["barley", "tractor", "harvest", "cattle", "orchard", "plough", "meadow", "fence", "pasture", "silo"]
CITY = [
    "tram", "mayor", "council", "budget", "pavement", "library", "district", "theatre", "museum", "bridge",
]  # fmt: skip


def invented(number: int, seed: int = 0) -> pd.DataFrame:
    """Articles of sentences on one of three subjects, in turn."""
    draw = np.random.default_rng(seed)
    bodies = []
    for place in range(number):
        subject = (SEA, FARM, CITY)[place % 3]
        sentences = [
            "The {} and the {} by the {} are with a {} near us.".format(
                *draw.choice(subject, 4, replace=False)
            )
            for _ in range(8)
        ]
        bodies.append(" ".join(sentences))
    return pd.DataFrame(
        {
            "capture_id": [f"a{n}" for n in range(number)],
            "outlet": [("North", "South", "West")[n % 3] for n in range(number)],
            "headline": [f"Story {n}" for n in range(number)],
            "body": bodies,
            "published": pd.Timestamp("2030-01-07"),
        }
    )


@pytest.fixture(scope="module")
def found():
    return find_topics(invented(60), seed=0)


def test_three_planted_topics_are_found(found):
    assert len(found.topics) == 3
    words = [set(row.split("; ")) for row in found.topics["words"]]
    assert sorted(map(sorted, words)) == sorted(map(sorted, (SEA, FARM, CITY)))
    assert found.topics["stable"].all()
    assert found.choice.loc[found.choice["chosen"], "topics"].tolist() == [3]


def test_shares_of_an_article_sum_to_one(found):
    np.testing.assert_allclose(found.articles.groupby("capture_id")["share"].sum(), 1.0)


def test_examples_come_from_the_articles(found):
    assert (found.examples["sentence"].str.count(" ") >= 7).all()
    assert found.examples.groupby("topic").size().tolist() == [3, 3, 3]


def test_outlets_hold_their_own_topic(found):
    shares = topic_shares(found.articles, invented(60))
    best = shares.sort_values("share").groupby("group").tail(1)
    assert best["topic"].nunique() == 3
    assert (best["low"] > 0.9).all()
    assert topic_shares(found.articles, invented(60), "week")["articles"].tolist() == [60, 60, 60]


def test_the_same_seed_gives_the_same_topics(found):
    pd.testing.assert_frame_equal(found.topics, find_topics(invented(60), seed=0).topics)


def test_random_words_are_marked_unstable():
    draw = np.random.default_rng(3)
    rows = invented(45)
    pool = [f"{a}{b}" for a in SEA for b in ("ton", "ville", "by", "wick")]
    rows["body"] = [" of ".join(draw.choice(pool, 60)) + "." for _ in range(45)]
    assert not find_topics(rows, number=5).topics["stable"].any()


def test_too_few_articles_say_so():
    few = find_topics(invented(29))
    assert "29 articles" in few.note
    assert few.topics.empty


def test_one_topic_is_refused():
    with pytest.raises(ValueError, match="at least 2"):
        find_topics(invented(30), number=1)


def test_coherence_worked_by_hand():
    # Four articles; words 0 and 1 always together in two of them, words 2 and 3 never.
    counts = csr_array(np.array([[1, 1, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0], [0, 0, 0, 1.0]]))
    np.testing.assert_allclose(coherence(np.array([[0, 1], [2, 3]]), counts), [1.0, -1.0])


def test_the_share_in_three_articles_is_as_uncertain_as_three_articles_are():
    # Standard errors .0577, times 4.303 over the shares .4969 and 1.242; e to these 1.6436 and 3.463
    names = ["a", "b", "c"]
    shares = [(name, 1, "sea", True, share) for name, share in zip(names, (0.4, 0.5, 0.6), strict=True)]
    shares += [(name, 2, "tram", True, share) for name, share in zip(names, (0.1, 0.2, 0.3), strict=True)]
    table = pd.DataFrame(shares, columns=["capture_id", "topic", "label", "stable", "share"])
    found = topic_shares(table, pd.DataFrame({"capture_id": names, "outlet": "Post"}))
    assert found["low"].tolist() == pytest.approx([0.5 / 1.6436, 0.2 / 3.463], abs=1e-3)
    assert found["high"].tolist() == pytest.approx([0.5 * 1.6436, 0.2 * 3.463], abs=1e-3)


def test_too_few_articles_for_topics_have_no_shares():
    few = pd.DataFrame(
        {"capture_id": list("abc"), "outlet": ["Quay", "Quay", "Moor"], "headline": "", "body": "A ferry."}
    )
    topics = find_topics(few.assign(language="en", status="ok"))
    assert topics.note and topic_shares(topics.articles, few).empty
