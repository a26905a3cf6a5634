"""Cues counted by hand: stems, phrases, exclusions, negation, scopes, evidence, speed."""

import pandas as pd
import pytest

from clipbook.framing import frame_evidence, frame_scores, load_codebook, target_scores, targets_of
from clipbook.framing.codebook import Codebook, Frame, make_cue
from clipbook.framing.cues import CueFinder
from clipbook.schema import TableError

HEADLINE = "Ferry row: mayor hits back"
BODY = (
    "The mayor accused the firm of greed. There was no dispute about the price.\n\n"
    "“You lie,” said Ona Veld. Critics hit back at the White House."
)


def book(**frames):
    made = []
    for name, parts in frames.items():
        cues, exclusions = (tuple(make_cue(cue, "test") for cue in part) for part in parts)
        made.append(Frame(name, name.title(), (), cues, exclusions))
    return Codebook("test", "Test", "", tuple(made), language="en")


QUARREL = book(quarrel=(["accus*", "disput*", "hit* back", "hit", "lie", "white"], ["white house"]))


def articles(body=BODY, headline=HEADLINE, language="en"):
    return pd.DataFrame([{"capture_id": "a", "headline": headline, "body": body, "language": language}])


def found(text, codebook=QUARREL):
    return [(hit.cue, text[hit.start : hit.end]) for hit in CueFinder(codebook).find(text).hits]


def test_stems_phrases_and_exclusions():
    assert found(BODY) == [
        ("accus*", "accused"),
        ("disput*", "dispute"),
        ("lie", "lie"),
        ("hit* back", "hit back"),
    ]


def test_the_longest_cue_at_a_place_counts_once():
    assert found("They hit back. They hit.") == [("hit* back", "hit back"), ("hit", "hit")]


SHIPPED = [  # a cue, a sentence that means its frame, and one with the same words that does not
    (
        "generic",
        "conflict",
        "attack*",
        "The union attacked the council’s plan.",
        "The ferryman died of a heart attack.",
    ),
    (
        "generic",
        "human_interest",
        "brother*",
        "His brothers still mend nets.",
        "The lodge is a brotherhood of pilots.",
    ),
    (
        "generic",
        "morality",
        "faith*",
        "They held a service for people of every faith.",
        "It was a good faith effort.",
    ),
    ("policy", "economic", "stock*", "The yard’s stocks fell again.", "Islanders stock up before the storm."),
]


@pytest.mark.parametrize(("name", "frame", "cue", "meant", "other"), SHIPPED)
def test_shipped_cues_are_found_where_they_mean_their_frame_and_not_elsewhere(name, frame, cue, meant, other):
    finder = CueFinder(load_codebook(name))
    assert (frame, cue) in {(hit.frame, hit.cue) for hit in finder.find(meant).hits}
    assert (frame, cue) not in {(hit.frame, hit.cue) for hit in finder.find(other).hits}


@pytest.mark.parametrize(
    "text",
    [
        "The committee opened an investigation into the factors.",
        "Kiwis from New Zealand knew the familiar allegory.",
        "Morales and Joyce were bashful in their denim costumes.",
        "It was virtually an allegiance.",
    ],
)
def test_words_that_only_begin_like_a_cue_are_none(text):
    assert not CueFinder(load_codebook("generic")).find(text).hits


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("The senator met the Democratic candidate and two Republicans on the campaign.", set()),
        ("The socialists and the conservatives spoke to students, migrants and officials.", set()),
        ("She tweeted a photograph of the heated pool.", set()),
        ("We told them what I saw, and they listened to me.", set()),
        ("Republicans accused the senator of greed.", {"conflict", "morality"}),
        ("The heated debate went on.", {"conflict"}),
        ("A law was passed on the conservation of moors.", {"responsibility"}),
    ],
)
def test_parties_offices_pronouns_and_topics_are_no_cues_of_the_generic_frames(text, frames):
    assert {hit.frame for hit in CueFinder(load_codebook("generic")).find(text).hits} == frames


def test_a_phrase_does_not_cross_a_sentence():
    assert found("It was a hit. Back home") == [("hit", "hit")]
    assert found("a hit\nback") == [("hit", "hit")]


def test_hyphens_capitals_and_possessives_do_not_matter():
    plain = book(a=(["far right", "church"], []))
    assert found("FAR-RIGHT men at the Church’s door", plain) == [
        ("far right", "FAR-RIGHT"),
        ("church", "Church’s"),
    ]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("There was no dispute.", True),
        ("They don't dispute it.", True),
        ("They never once openly disputed it.", True),
        ("No. They dispute it.", False),
        ("Not far from the old quay they dispute it.", False),
    ],
)
def test_a_negation_within_three_words_is_flagged(text, negated):
    (hit,) = CueFinder(QUARREL).find(text).hits
    assert hit.negated is negated


def test_scores_counted_by_hand():
    # headline 5 words, body 14 + 12 = 26 words; distinct cues: hit* back, accus*, disput*, lie
    (row,) = frame_scores(articles(), QUARREL).itertuples()
    assert (row.words, row.cues, row.hits, row.negated) == (31, 4, 5, 1)
    assert row.score == pytest.approx(4 / 31**0.5)


def test_narration_and_quotation_are_scored_apart():
    start = BODY.index("You")
    quotes = pd.DataFrame([{"capture_id": "a", "start": start, "end": start + 7, "kind": "direct"}])
    scores = frame_scores(articles(), QUARREL, quotes).set_index("scope")
    assert scores["cues"].to_dict() == {"whole": 4, "narration": 3, "quoted": 1}
    assert scores["words"].to_dict() == {"whole": 31, "narration": 29, "quoted": 2}


def test_scare_quotes_stay_narration():
    quotes = pd.DataFrame([{"capture_id": "a", "start": 0, "end": len(BODY), "kind": "scare"}])
    scores = frame_scores(articles(), QUARREL, quotes).set_index("scope")
    assert scores.loc["quoted", "words"] == 0
    assert pd.isna(scores.loc["quoted", "score"])


def test_every_hit_has_its_sentence_and_true_offsets():
    evidence = frame_evidence(articles(), QUARREL)
    assert len(evidence) == frame_scores(articles(), QUARREL)["hits"].sum()
    for row in evidence.itertuples():
        field = HEADLINE if row.field == "headline" else BODY
        assert field[row.sentence_start : row.sentence_end] == row.text
        assert row.sentence_start <= row.start < row.end <= row.sentence_end
    dispute = evidence[evidence["cue"] == "disput*"].iloc[0]
    assert dispute["text"] == "There was no dispute about the price."
    assert dispute["sentence"] == 2
    assert dispute["negated"]


def test_a_long_sentence_is_not_held_whole_by_each_of_its_cues():
    body = "lie, " + "word " * 300 + "white, " + "word " * 300 + "end"  # no full stop
    first, second = frame_evidence(articles(body=body, headline=""), QUARREL)["text"]
    assert first == body[:1003] and second == body[505:2510]


def test_what_cannot_be_measured_is_missing_not_zero():
    assert frame_scores(articles(body="", headline=""), QUARREL)["score"].isna().all()
    assert frame_scores(articles(language="de"), QUARREL)["score"].isna().all()
    assert frame_scores(articles(language=""), QUARREL)["score"].notna().all()


def test_an_article_in_another_language_has_no_hits_and_one_in_none_is_english():
    french = frame_scores(articles(language="fr"), QUARREL).iloc[0]
    assert french[["cues", "hits", "negated"]].tolist() == [0, 0, 0] and pd.isna(french["score"])
    assert frame_scores(articles(language=""), QUARREL)["score"].gt(0).all()
    german = Codebook("test", "Test", "", QUARREL.frames, language="de")
    assert frame_scores(articles(language=""), german)["score"].isna().all()


def test_a_missing_column_is_named():
    with pytest.raises(TableError, match="body"):
        frame_scores(articles().drop(columns="body"), QUARREL)


def test_targets_are_scored_in_their_own_sentences():
    body = "Ona Veld accused the firm. The firm hit back. J. Veld slept."
    names = targets_of(pd.DataFrame({"alias": ["J. Veld"], "speaker": ["Ona Veld"]}))
    (row,) = target_scores(articles(body=body, headline=""), QUARREL, names).itertuples()
    assert (row.target, row.sentences, row.words, row.cues) == ("Ona Veld", 2, 8, 1)


def test_words_of_the_target_are_no_cues():
    scores = target_scores(articles(body="The White Line sank."), QUARREL, {"White Line": ["White Line"]})
    assert scores["cues"].tolist() == [0]
