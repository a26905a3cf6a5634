"""Calibration on invented texts whose frames are known because they were put in."""

import numpy as np
import pandas as pd
import pytest

from clipbook.framing import calibrate, frame_shares, label_frames
from clipbook.framing.codebook import Codebook, Frame, make_cue
from clipbook.framing.performance import best_threshold, decide, f1_with_interval
from clipbook.framing.prevalence import corrected_share
from clipbook.framing.stacking import folds
from clipbook.schema import TableError

QUARREL, MONEY = ("quarrel", "rebuke", "accuse", "blame"), ("fee", "price", "budget", "wage")
FILLER = (
    "the", "crew", "of", "boat", "met", "near", "pier", "on", "a", "grey", "day", "and", "spoke", "with",
)  # fmt: skip
BOOK = Codebook(
    "test",
    "Test",
    "",
    tuple(
        Frame(name, name.title(), (), tuple(make_cue(word, "") for word in words[:3]))
        for name, words in (("quarrel", QUARREL), ("money", MONEY))
    ),
)


def corpus(number, seed=0):
    """Texts with about half of them a quarrel and a third about money, and their true frames."""
    generator = np.random.default_rng(seed)
    rows, truth = [], []
    for i in range(number):
        frames = generator.random(2) < (0.5, 0.33)
        words = list(generator.choice(FILLER, 40))
        for present, cues in zip(frames, (QUARREL, MONEY), strict=True):
            words += list(generator.choice(cues, generator.integers(2, 5) if present else 1 - i % 2))
        rows.append({"capture_id": f"t{i}", "headline": "", "body": " ".join(generator.permutation(words))})
        truth.append(frames)
    return pd.DataFrame(rows).assign(outlet="Gull"), np.array(truth)


def codes_of(truth, coder="ada", flip=()):
    return pd.DataFrame(
        [
            (f"t{i}", coder, name, 1, int(frames[j] != (i in flip)))
            for i, frames in enumerate(truth)
            for j, name in enumerate(("quarrel", "money"))
        ],
        columns=["capture_id", "coder", "frame", "question", "code"],
    )


@pytest.mark.parametrize(("number", "level"), [(49, "scores only"), (60, "thresholds"), (120, "models")])
def test_what_is_done_depends_on_the_number_of_codes(number, level):
    articles, truth = corpus(number)
    calibration = calibrate(articles, codes_of(truth), BOOK)
    assert calibration.level == level
    assert calibration.performance["usable"].all() == (level != "scores only")
    labels = label_frames(articles, calibration)
    assert labels.empty == (level == "scores only")


@pytest.mark.parametrize(("number", "right"), [(60, 0.75), (120, 0.9)])
def test_frames_that_were_put_in_are_found_in_texts_not_seen(number, right):
    articles, truth = corpus(number + 200)
    calibration = calibrate(articles, codes_of(truth[:number]), BOOK)
    labels = label_frames(articles.iloc[number:], calibration)
    given = labels.pivot(index="capture_id", columns="frame", values="present").loc[
        articles["capture_id"].iloc[number:], ["quarrel", "money"]
    ]
    assert (given.to_numpy(bool) == truth[number:]).mean() > right
    assert (calibration.performance["f1"] > right - 0.1).all()
    assert labels["probability"].between(0, 1).all()


def test_codes_that_tell_nothing_earn_a_low_f1_out_of_fold():
    articles, _ = corpus(120)
    luck = np.random.default_rng(5).random((120, 2)) < 0.4
    performance = calibrate(articles, codes_of(luck), BOOK).performance
    assert (performance["f1"] < 0.7).all()


def test_a_frame_with_fewer_than_ten_texts_keeps_its_scores_only():
    articles, truth = corpus(120)
    truth[:, 1] = np.arange(120) < 9
    calibration = calibrate(articles, codes_of(truth), BOOK)
    assert calibration.frames == ("quarrel",)
    row = calibration.performance.set_index("frame").loc["money"]
    assert "only 9 coded texts with this frame" in row["note"]
    assert np.isnan(row["f1"])
    assert set(label_frames(articles, calibration)["frame"]) == {"quarrel"}


def test_coder_against_coder_stands_beside_the_models():
    articles, truth = corpus(60)
    codes = pd.concat([codes_of(truth), codes_of(truth, "bo", flip=range(6))])
    performance = calibrate(articles, codes, BOOK).performance.set_index("frame")
    one, two = truth[:, 0], truth[:, 0] ^ (np.arange(60) < 6)
    assert performance.loc["quarrel", "coder_f1"] == pytest.approx(
        2 * (one & two).sum() / (one.sum() + two.sum())
    )


def test_texts_with_exactly_one_frame_get_exactly_one():
    articles, truth = corpus(120)
    truth[:, 1] = ~truth[:, 0]
    labels = label_frames(articles, calibrate(articles, codes_of(truth), BOOK))
    assert labels.groupby("capture_id")["present"].sum().eq(1).all()


def test_codes_of_other_texts_are_ignored_and_those_of_another_codebook_refused():
    articles, truth = corpus(60)
    assert calibrate(articles.iloc[:20], codes_of(truth), BOOK).level == "scores only"
    with pytest.raises(TableError, match="'quarrel'"):
        calibrate(articles, codes_of(truth).assign(frame="weather"), BOOK)


@pytest.mark.parametrize("so_far", [0, 20])
def test_frames_may_be_coded_one_after_the_other(so_far):
    """Of money none or 20 of 60 texts are coded so far: it waits, and takes no text from the other frame."""
    articles, truth = corpus(60)
    codes = codes_of(truth)
    codes = codes[(codes["frame"] == "quarrel") | codes["capture_id"].isin([f"t{i}" for i in range(so_far)])]
    calibration = calibrate(articles, codes, BOOK)
    assert (calibration.level, calibration.frames) == ("thresholds", ("quarrel",))
    table = calibration.performance.set_index("frame")
    assert table["codes"].to_dict() == {"quarrel": 60, "money": so_far}
    assert table.loc["money", "note"] == f"decided in {so_far} of 60 texts so far, so cue scores only"
    assert table.loc["money", "positives"] == truth[:so_far, 1].sum() and table["usable"].tolist() == [
        True,
        False,
    ]
    shares = frame_shares(articles, calibration, articles["capture_id"].tolist())
    assert set(shares["frame"]) == {"quarrel"} and shares["coded"].eq(60).all()


def test_the_same_codes_give_the_same_labels():
    articles, truth = corpus(110)
    first, second = (label_frames(articles, calibrate(articles, codes_of(truth), BOOK)) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_the_best_threshold_is_half_the_f1_it_reaches():
    # sure texts: saying yes to both gives an F1 of 1, so anything above one half is a yes
    assert best_threshold(np.array([1.0, 1.0, 0.0])) == 0.5
    # four texts at .5: yes to all gives 2 * 2 / (2 + 4) = .667
    assert best_threshold(np.full(4, 0.5)) == pytest.approx(1 / 3)


def test_exclusive_frames_take_the_most_probable():
    chances = np.array([[0.2, 0.3], [0.9, 0.8]])
    assert decide(chances, np.array([0.5, 0.5]), exclusive=True).tolist() == [[False, True], [True, False]]
    assert decide(chances, np.array([0.5, 0.5]), exclusive=False).tolist() == [[False, False], [True, True]]


def test_precision_recall_and_f1_by_hand():
    measured = f1_with_interval(np.array([1, 1, 1, 0, 0], bool), np.array([1, 1, 0, 1, 0], bool))
    assert (measured["precision"], measured["recall"]) == (2 / 3, 2 / 3)
    assert measured["f1"] == pytest.approx(2 / 3)
    assert measured["low"] <= measured["f1"] <= measured["high"]


def test_folds_hold_each_text_once():
    parts = list(folds(23, seed=1))
    assert sorted(i for _, held in parts for i in held) == list(range(23))
    assert all(not set(learn) & set(held) for learn, held in parts)


def test_a_share_is_corrected_by_guesses_that_tell_and_left_by_guesses_that_do_not():
    codes = np.array([1.0, 0.0] * 10)
    # perfect guesses: all other 20 texts have the frame, so the share is (10 + 20) / 40
    assert corrected_share(codes, codes, np.ones(20)) == pytest.approx(0.75, abs=0.01)
    assert corrected_share(codes, np.full(20, 0.3), np.ones(20)) == 0.5
    assert corrected_share(codes, np.array([1.0, 1.0, 0.0, 0.0] * 5), np.ones(20)) == 0.5


def test_corrected_shares_are_nearer_the_truth_than_the_codes_alone():
    articles, truth = corpus(200)
    errors = []
    for seed in range(8):
        pick = np.sort(np.random.default_rng(seed).choice(200, 60, replace=False))
        codes = codes_of(truth).query("capture_id in @names", local_dict={"names": [f"t{i}" for i in pick]})
        shares = frame_shares(articles, calibrate(articles, codes, BOOK), set(codes["capture_id"]))
        wide = shares.pivot(index="frame", columns="method", values="share").loc[["quarrel", "money"]]
        errors.append((wide.sub(truth.mean(axis=0), axis=0)).abs().mean())
        assert (shares["low"] <= shares["share"]).all() and (shares["share"] <= shares["high"]).all()
    mean = pd.DataFrame(errors).mean()
    assert mean["corrected"] < mean["codes alone"]


def test_a_frame_in_none_of_the_coded_texts_may_be_in_others():
    # 0 of 12 (Clopper and Pearson): up to 1 - .025 ** (1 / 12) = .2646; 12 of 12: from .7354 on
    articles, truth = corpus(80)
    articles["outlet"] = np.where(truth[:, 0], "Gull", "Tern")
    sizes = articles["outlet"].value_counts()
    keep = pd.concat([articles[articles["outlet"] == name][:12] for name in ("Gull", "Tern")])
    assert sizes.min() >= 12
    shares = frame_shares(
        keep, calibrate(articles, codes_of(truth), BOOK), set(articles["capture_id"]), by="outlet"
    )
    mine = shares[shares["frame"] == "quarrel"].set_index(["group", "method"])
    for method in ("corrected", "codes alone"):
        assert mine.loc[("Tern", method), ["share", "low"]].tolist() == [0, 0]
        assert mine.loc[("Tern", method), "high"] == pytest.approx(0.2646, abs=1e-4)
        assert mine.loc[("Gull", method), "low"] == pytest.approx(0.7354, abs=1e-4)


def test_texts_on_which_two_coders_split_count_by_half():
    articles, truth = corpus(60)
    codes = pd.concat([codes_of(truth, "ada"), codes_of(truth, "ben", flip=range(20))])
    shares = frame_shares(articles, calibrate(articles, codes, BOOK)).set_index(["frame", "method"])["share"]
    assert shares["quarrel", "codes alone"] == pytest.approx((20 / 2 + truth[20:, 0].sum()) / 60)


def test_coders_who_disagree_make_the_interval_wider_not_narrower():
    articles, truth = corpus(60)
    agree = pd.concat([codes_of(truth, "ada"), codes_of(truth, "ben")])
    split = pd.concat([codes_of(truth, "ada"), codes_of(truth, "ben", flip=range(0, 60, 2))])
    widths = [
        frame_shares(articles, calibrate(articles, codes, BOOK)).query(
            "frame == 'quarrel' and method == 'codes alone'"
        )
        for codes in (agree, split)
    ]
    # of a share of one half over 60 texts: about 2 * 1.96 * sqrt(.25 / 60) = .25
    assert [float((row["high"] - row["low"]).iloc[0]) for row in widths] == pytest.approx(
        [0.25, 0.25], abs=0.04
    )


def test_shares_by_outlet_need_ten_coded_texts():
    articles, truth = corpus(80)
    articles["outlet"] = ["Gull"] * 75 + ["Tern"] * 5
    calibration = calibrate(articles, codes_of(truth), BOOK)
    shares = frame_shares(articles, calibration, articles["capture_id"].tolist(), by="outlet")
    assert shares[shares["group"] == "Tern"]["share"].isna().all()
    assert shares[shares["group"] == "Gull"]["share"].notna().all()
    assert (shares["coded"] <= shares["texts"]).all()


def test_only_texts_drawn_at_random_are_corrected_and_the_reason_is_said():
    articles, truth = corpus(80)
    calibration = calibrate(articles, codes_of(truth), BOOK)
    ids = articles["capture_id"].tolist()
    for drawn, reason in (
        (None, "nothing says that the coded texts were drawn"),
        (ids[:70], "10 coded texts were not drawn at random"),
        (ids, ""),
    ):
        shares = frame_shares(articles, calibration, drawn)
        corrected, alone = (shares[shares["method"] == name] for name in ("corrected", "codes alone"))
        assert corrected["share"].isna().all() == bool(reason)
        assert alone["share"].notna().all()
        assert corrected["note"].str.contains(reason, regex=False).all()
    few = calibrate(articles, codes_of(truth[:60]), BOOK)
    assert frame_shares(articles, few, ids)["note"].str.contains("only 60 of 80").any()
