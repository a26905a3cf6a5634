"""How many articles, how many texts: against counting by hand, and against what so many articles then find."""

import numpy as np
import pandas as pd
import pytest

from clipbook.framing import coding_plan
from clipbook.framing.prevalence import alpha_error
from clipbook.schema import TableError
from clipbook.stats.differences import Counted, differences
from clipbook.stats.planning import articles_needed

NAMES = [str(number) for number in range(20)]
ARTICLES = pd.DataFrame({"capture_id": NAMES, "outlet": ["Quay", "Moor"] * 10})
EASE = pd.DataFrame({"capture_id": NAMES, "value": [50.0, 40.0, 70.0, 60.0] * 5})


def test_the_scatter_is_that_within_groups():
    """Ten of each outlet, all 10 from their outlet's mean: 20 * 100 / 18; the outlets' own difference adds nothing."""
    [row] = articles_needed(EASE, ARTICLES, "value", 5).to_dict("records")
    assert row["scatter"] == pytest.approx(np.sqrt(2000 / 18))
    # 2 (1.960 + .842)^2 * 111.1 / 25 + 1.960^2 / 4 = 69.77 + .96
    assert row["articles"] == 71 and row["low"] < 71 < row["high"]
    assert (row["in_family"], row["comparisons"], row["from_articles"]) == (71, 1, 20)


def test_so_many_articles_find_it_in_four_of_five_studies():
    generator = np.random.default_rng(2)
    pool = pd.DataFrame({"capture_id": [str(n) for n in range(400)], "value": generator.normal(size=400)})
    lot = pool[["capture_id"]].assign(outlet=["a", "b"] * 200)
    [row] = articles_needed(pool, lot, "value", 0.9).to_dict("records")
    size, found = int(row["articles"]), 0
    for seed in range(150):
        values = np.concatenate([generator.normal(size=size), generator.normal(0.9, 1, size)])[:, None]
        tests = differences(Counted(["x"], values, np.ones(2 * size)), ["a"] * size + ["b"] * size, seed=seed)
        found += tests["q"].iloc[0] < 0.05
    assert 0.7 < found / 150 < 0.9


def test_a_family_asks_for_more_and_is_counted():
    frames = pd.concat([EASE.assign(frame=frame) for frame in ("conflict", "morality")])
    three = ARTICLES.assign(outlet=(["Quay", "Moor", "Gull"] * 7)[:20])
    found = articles_needed(frames, three, "value", [5], each="frame")
    assert found["outcome"].tolist() == ["conflict", "morality"]
    assert set(found["comparisons"]) == {6} and (found["in_family"] > found["articles"]).all()


def test_a_share_scatters_by_words():
    """Articles with few quoted words matter little for a share of all words."""
    share = pd.DataFrame(
        {"capture_id": NAMES, "share": [0.4, 0.4, 0.4, 0.4, 1.0] * 4, "words": [100, 100, 100, 100, 1] * 4}
    )
    light = articles_needed(share, ARTICLES, "share", 0.1, weights="words")["articles"].iloc[0]
    assert light < articles_needed(share, ARTICLES, "share", 0.1)["articles"].iloc[0] / 5


@pytest.mark.parametrize(
    ("articles", "table", "said"),
    [
        (ARTICLES.assign(outlet=NAMES), EASE, "0 articles in groups of 3 or more"),
        (ARTICLES.head(4), EASE, "0 articles in groups of 3 or more"),
        (ARTICLES, EASE.assign(value=1.0), "the same in all 20 articles"),
        (ARTICLES, EASE.head(0), "0 articles"),
    ],
)
def test_what_cannot_be_planned_says_why(articles, table, said):
    [row] = articles_needed(table, articles, "value", 5).to_dict("records")
    assert said in row["note"] and np.isnan(row["articles"])


def test_wrong_sizes_are_refused():
    with pytest.raises(ValueError, match="above 0, not -1"):
        articles_needed(EASE, ARTICLES, "value", [-1])
    with pytest.raises(ValueError, match=r"not 0\.5"):
        coding_plan(pd.DataFrame(columns=["frame", "alpha", "positives"]), within=0.5)
    with pytest.raises(TableError, match="no column score"):
        articles_needed(EASE, ARTICLES, "score", [1])


def test_texts_for_a_share_as_in_the_books():
    """Cochran's rule: .5 within 10 points is 1.96^2 * .25 / .01 = 96.04, of 1,000 texts 87.7."""
    codes = pd.DataFrame({"frame": ["conflict"], "alpha": [0.8], "positives": [0.5]})
    assert coding_plan(codes)["for_share"].tolist() == [97]
    assert coding_plan(codes, texts=1000)["for_share"].tolist() == [88]
    # 443.7 times .2 (.2 * -.6 + .8 * 1.2 / .5) = .36
    assert coding_plan(codes)["for_alpha"].tolist() == [160]


@pytest.mark.parametrize(("alpha", "share"), [(0.8, 0.5), (0.7, 0.2)])
def test_the_error_of_alpha_is_that_of_coders_drawn(alpha, share):
    """With the chance alpha both coders give the text's own code twice, else each a code of their own."""
    generator = np.random.default_rng(4)
    texts, studies = 200, 3000
    own = generator.random((studies, texts)) < share
    same = generator.random((studies, texts)) < alpha
    first = own
    second = np.where(same, own, generator.random((studies, texts)) < share)
    yes = (first.mean(axis=1) + second.mean(axis=1)) / 2
    seen = 1 - (first != second).mean(axis=1) / (2 * yes * (1 - yes))
    assert seen.std() * np.sqrt(texts) == pytest.approx(alpha_error(alpha, share), rel=0.08)


def test_coders_who_disagree_are_sent_to_their_questions_first():
    codes = pd.DataFrame(
        {"frame": ["a", "b", "c"], "alpha": [0.5, 1.0, np.nan], "positives": [0.3, 0.3, 0.0]}
    )
    plan = coding_plan(codes)
    assert plan["for_alpha"].isna().tolist() == [True, False, True]
    assert plan["note"].str.contains("sharpen|never differed|all codes are the same").all()
