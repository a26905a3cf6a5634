"""Agreement against published worked examples and the package krippendorff."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbook.framing import agreement_table, disagreements, settle_codes
from clipbook.framing.agreement import (
    alpha_interval,
    holsti,
    krippendorff_alpha,
    pairwise_f1,
    percent_agreement,
    verdict,
)
from clipbook.schema import TableError

_ = np.nan

# Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability, sections A to C.
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
NOMINAL = [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]]
MISSING = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]


@pytest.mark.parametrize(("ratings", "alpha"), [(BINARY, 0.095), (NOMINAL, 0.692), (MISSING, 0.743)])
def test_alpha_of_the_published_examples(ratings, alpha):
    assert krippendorff_alpha(np.array(ratings, dtype=float)) == pytest.approx(alpha, abs=0.0005)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([0.0, 1.0, np.nan]), min_size=3, max_size=3), min_size=2, max_size=25)
)
def test_alpha_equals_the_package(columns):
    ratings = np.array(columns).T
    paired = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2]
    if len(np.unique(paired[~np.isnan(paired)])) < 2:
        assert np.isnan(krippendorff_alpha(ratings))
    else:
        expected = krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal")
        assert krippendorff_alpha(ratings) == pytest.approx(expected)


def test_percent_agreement_and_holsti_by_hand():
    ratings = np.array([[1, 1, 0, 0, 1], [1, 0, 0, _, 1]])
    assert percent_agreement(ratings) == 3 / 4  # the fourth text has one code
    assert holsti(ratings) == 2 * 3 / (5 + 4)
    assert pairwise_f1(ratings) == pytest.approx(2 * 2 / (3 + 2))


@pytest.mark.parametrize(
    ("alpha", "low", "says"),
    [
        (0.8, 0.667, "reliable"),
        (0.8, 0.666, "tentative"),
        (0.8, _, "tentative"),
        (0.799, 0.7, "tentative"),
        (0.667, 0.2, "tentative"),
        (0.666, 0.2, "not reliable"),
        (_, _, "undefined"),
    ],
)
def test_the_customary_limits(alpha, low, says):
    assert verdict(alpha, low) == says


def test_coders_who_never_differ_in_ten_texts_may_differ_in_others():
    # 0 of 10: up to 1 - .025 ** .1 = .3085 of the texts; 20 codes, half of them yes, so that by chance
    # 200 of 380 pairs differ: 1 - .3085 * 380 / 200 = .4139. Of 40 texts .0881: 1 - .0881 * 6320 / 3200 = .8260.
    ten, forty = np.tile([1.0, 0.0], (2, 5)), np.tile([1.0, 0.0], (2, 20))
    assert alpha_interval(ten) == (pytest.approx(0.4139, abs=1e-4), 1)
    assert alpha_interval(forty) == (pytest.approx(0.8260, abs=1e-4), 1)


def test_two_texts_give_alpha_no_interval():
    assert np.isnan(alpha_interval(np.array([[1.0, 0.0, 1.0], [1.0, 0.0, _]]))).all()


def codes(*rows):
    return pd.DataFrame(rows, columns=["capture_id", "coder", "frame", "question", "code"])


TWO_CODERS = codes(
    ("a", "first", "quarrel", 1, 1), ("a", "first", "quarrel", 2, 0),
    ("a", "second", "quarrel", 1, 0), ("a", "second", "quarrel", 2, 0),
    ("b", "first", "quarrel", 1, 1), ("b", "first", "quarrel", 2, 1),
    ("b", "second", "quarrel", 1, 1), ("b", "second", "quarrel", 2, 1),
)  # fmt: skip


def test_a_frame_is_coded_when_half_of_its_questions_are_yes():
    (row,) = agreement_table(TWO_CODERS).itertuples()
    assert (row.frame, row.coders, row.texts, row.percent) == ("quarrel", 2, 2, 0.5)
    assert row.positives == 3 / 4


def test_disagreements_are_listed_with_each_coder():
    table = disagreements(TWO_CODERS, pd.DataFrame({"capture_id": ["a", "b"], "headline": ["A", "B"]}))
    assert table.to_dict("records") == [
        {"capture_id": "a", "headline": "A", "frame": "quarrel", "first": 1, "second": 0}
    ]


def test_who_is_unsure_gives_a_code_only_where_the_answer_cannot_matter():
    """Of three questions two yes are a yes whatever the third; a yes and a no wait for it."""
    table = codes(
        ("a", "ana", "quarrel", 1, 1), ("a", "ana", "quarrel", 2, 1), ("a", "ana", "quarrel", 3, _),
        ("b", "ana", "quarrel", 1, 0), ("b", "ana", "quarrel", 2, 0), ("b", "ana", "quarrel", 3, _),
        ("c", "ana", "quarrel", 1, 1), ("c", "ana", "quarrel", 2, 0), ("c", "ana", "quarrel", 3, _),
        ("c", "bo", "quarrel", 1, 0), ("c", "bo", "quarrel", 2, 0), ("c", "bo", "quarrel", 3, 0),
        ("d", "ana", "quarrel", 1, _), ("d", "bo", "quarrel", 1, _),
    )  # fmt: skip
    settled = settle_codes(table).set_index("capture_id")
    assert settled["code"].to_dict() == {"a": True, "b": False, "c": False}
    assert settled["coders"].to_dict() == {"a": 1, "b": 1, "c": 1}
    (row,) = agreement_table(table).itertuples()
    assert (row.texts, row.percent != row.percent) == (0, True)  # no text has two codes
    articles = pd.DataFrame({"capture_id": ["c", "d"], "headline": ["C", "D"]})
    assert disagreements(table, articles)["capture_id"].tolist() == ["c", "d"]


def test_the_mean_grade_settles_and_discussion_overrules():
    settled = settle_codes(TWO_CODERS).set_index("capture_id")
    assert settled["grade"].to_dict() == {"a": 0.25, "b": 1.0}
    assert settled["code"].to_dict() == {"a": False, "b": True}
    assert settled["share"].to_dict() == {"a": 0.5, "b": 1.0}  # of a, the first coder says yes, the second no
    discussed = pd.concat([TWO_CODERS, codes(("a", "agreed", "quarrel", 1, 1))])
    settled = settle_codes(discussed).set_index("capture_id")
    assert settled["code"].to_dict() == {"a": True, "b": True}
    assert settled.loc["a", ["grade", "share"]].tolist() == [0.25, 1.0]


def test_codes_other_than_yes_and_no_are_refused():
    with pytest.raises(TableError, match="2"):
        settle_codes(codes(("a", "first", "quarrel", 1, 2)))
