import pandas as pd
import pytest

from clipbook.keywords import group_keywords, keyword_table, stop_words
from clipbook.keywords.candidates import find_candidates
from clipbook.keywords.tokens import fold, singular, tokenize
from clipbook.keywords.words import (
    Background,
    count_documents,
    encode,
    english_background,
)
from clipbook.schema import TableError

HARBOUR = (
    "The old harbour wall of Vellin will be rebuilt, the port authority said on Monday. "
    "The port authority has set aside 40 million for the harbour wall. Fishing boats must leave the basin "
    "while the wall is rebuilt.\n\n"
    "Fishing families fear for their income. A fishing boat that stays ashore earns nothing, said Ada Morv, "
    "who speaks for the families. Morv asked the port authority for help. “We will listen to Morv,” it said."
)


def phrases_of(text: str, headline: str = "") -> dict[str, int]:
    words = encode([headline], [text]).row(0, 1)
    found = find_candidates(words)
    columns = zip(found.first.tolist(), found.words.tolist(), found.count.tolist(), strict=True)
    return {words.text(first, first + size): count for first, size, count in columns}


def table(*bodies: str, **columns: list) -> pd.DataFrame:
    ids = [f"a{n}" for n in range(len(bodies))]
    return pd.DataFrame({"capture_id": ids, "headline": "", "body": list(bodies), **columns})


def keywords_of(body: str, headline: str = "", **options) -> list:
    """The rows of one article's keywords."""
    options = {"background": english_background()} | options
    found = keyword_table(table(body).assign(headline=headline), **options)
    return list(found.itertuples(index=False))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Vellin's U.S. port", ["Vellin", "'s", "U.S.", "port"]),
        ("a 31-mile, 1,400-year wait of 1,400", ["a", "31-mile", ",", "1,400-year", "wait", "of", "1,400"]),
        ("don’t stop", ["don’t", "stop"]),
        ("R&D at example.org.", ["R&D", "at", "example.org", "."]),
        ("See https://a.example/x?utm_source=y.", ["See", "https://a.example/x?utm_source=y", "."]),
    ],
)
def test_tokens(text, tokens):
    assert tokenize(text) == tokens


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("harbours", "harbour"),
        ("cities", "city"),
        ("buses", "buse"),
        ("glass", "glass"),
        ("virus", "virus"),
        ("us", "us"),
    ],
)
def test_plural_endings(word, stem):
    assert singular(word) == stem


def test_words_are_compared_without_case_and_accents():
    assert fold("ÉLODIE’S") == "elodie's"


def test_candidates_stand_between_stop_words_and_punctuation():
    assert set(phrases_of("The port authority of Vellin, angry fishermen")) == {
        "port", "authority", "port authority", "Vellin", "angry", "fishermen", "angry fishermen",
    }  # fmt: skip


def test_an_address_is_no_keyword():
    assert "utm" not in "".join(
        phrases_of("The port https://a.example/port?utm_source=x is shut. www.utm.example")
    )


def test_a_possessive_ends_a_phrase():
    assert "Vellin harbour" not in phrases_of("Vellin's harbour")


def test_a_modifier_opens_a_phrase_but_is_none():
    assert set(phrases_of("new ferry")) == {"ferry", "new ferry"}


def test_candidates_do_not_cross_lines_or_headlines():
    assert {"late Rain", "ahead Wind"}.isdisjoint(phrases_of("Rain ahead\nWind", "Ferry late"))


def test_plural_and_case_are_one_candidate():
    assert phrases_of("Fishing boats sank. Two fishing boats; one fishing boat.")["Fishing boats"] == 3


def test_a_verb_does_not_end_a_phrase():
    assert "minister resigned" not in phrases_of("The minister resigned")


def test_keywords_of_one_article():
    found = keywords_of(HARBOUR, "Vellin rebuilds harbour wall")
    names = [k.keyword for k in found]
    assert {"port authority", "harbour wall"} <= set(names[:4])
    counts = {k.keyword: k.count for k in found}
    assert counts["port authority"] == 3
    assert counts["harbour wall"] == 3  # once in the headline, twice in the text


def test_a_short_form_of_a_name_is_the_same_keyword():
    body = (
        "Prime Minister Oren Haldvik resigned. “I am tired,” Haldvik told reporters. Critics of Haldvik "
        "cheered. Haldvik's party meets in Brunn. Later Oren Haldvik left."
    )
    found = keywords_of(body)
    [haldvik] = [k for k in found if "Haldvik" in k.keyword]
    assert haldvik.keyword == "Haldvik"  # three times alone
    assert "Oren Haldvik" in haldvik.variants
    assert haldvik.count == 5


def test_style_words_gives_single_words():
    found = keywords_of(HARBOUR, "Vellin rebuilds harbour wall", style="words", top=5)
    assert len(found) == 5
    assert all(" " not in k.keyword for k in found)


def test_scores_fall_with_rank():
    scores = [k.score for k in keywords_of(HARBOUR)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("body", ["", "...", "\n\n", "the of and", "12 34"])
def test_a_text_without_content_has_no_keywords(body):
    assert keywords_of(body) == []


def test_unknown_style_is_refused():
    with pytest.raises(ValueError, match="phrases, words"):
        keyword_table(table(HARBOUR), style="topics")


def test_missing_column_is_named():
    with pytest.raises(TableError, match="headline"):
        keyword_table(pd.DataFrame({"capture_id": ["a"], "body": ["x"]}))


def test_table_has_a_row_for_each_keyword():
    found = keyword_table(table(HARBOUR, "Snow fell on Brunn. Snow ploughs came.", ""), top=3)
    assert list(found.columns[:5]) == ["capture_id", "rank", "keyword", "score", "count"]
    assert found.groupby("capture_id")["rank"].max().to_dict() == {
        "a0": 3,
        "a1": 2,
    }  # "Snow" is in "Snow ploughs"


def test_many_articles_at_once_give_what_each_alone_gives():
    bodies = [
        HARBOUR,
        "Snow fell on Brunn. Snow ploughs came late.",
        HARBOUR.upper(),
        "Brunn elects a mayor.",
    ] * 20
    whole = keyword_table(table(*bodies))
    background = english_background() + count_documents(encode([""] * len(bodies), bodies).stems())
    alone = [keywords_of(body, background=background) for body in bodies]
    assert list(whole["keyword"]) == [k.keyword for keywords in alone for k in keywords]


def test_failed_and_foreign_articles_have_no_keywords():
    rows = table(HARBOUR, HARBOUR, HARBOUR, status=["ok", "failed", "ok"], language=["en", "", "nl"])
    assert set(keyword_table(rows)["capture_id"]) == {"a0"}


def test_rarity_is_zero_in_every_document_and_one_in_none():
    background = Background(9, {"often": 9, "once": 1})
    often, once, never = background.rarity(["often", "once", "never"])
    assert often == pytest.approx(0.0171, abs=1e-4)  # log(10 / 9.5) / log(10 / 0.5)
    assert once == pytest.approx(0.6333, abs=1e-4)  # log(10 / 1.5) / log(10 / 0.5)
    assert never == 1


def test_documents_are_counted_once_for_each_word():
    counted = count_documents(encode([""] * 3, ["boat boats Boat", "a boat", "wall"]).stems())
    assert counted.documents == 3
    assert counted.counts == {"boat": 2, "wall": 1}


def test_shipped_lists():
    words = stop_words()
    assert words["the"] == "article"
    assert words["said"] == "speech"
    assert english_background().counts["value"] > 100


def test_group_keywords_counts_articles():
    keywords = pd.DataFrame(
        {"capture_id": ["a0", "a0", "a1", "a2"], "keyword": ["Ferry", "wall", "ferries", "ferry"]}
    )
    found = group_keywords(keywords, table("x", "x", "x", "x", outlet=["P", "P", "P", "Q"]))
    first = found.iloc[0]
    assert (first["group"], first["articles"], first["of"], first["share"]) == ("P", 3, 3, 1.0)
    assert first["low"] == pytest.approx(0.4385, abs=1e-4)  # Wilson, 3 of 3: 3 / (3 + 1.96**2)


def test_initials_with_and_without_points_are_one_word_and_ligatures_are_letters():
    text = "The U.K. left. The UK fell. The U.K sank. The U.K. rose. Nobody told us of the U.S. then."
    found = {
        k.keyword: (k.count, set(filter(None, k.variants.split("; "))))
        for k in keywords_of(text, style="words")
    }
    assert found["U.K."] == (4, {"UK", "U.K"}) and found["U.S."] == (1, set())
    text = "An oﬃce of ﬁsh. The office of fish. It is the oﬃce of ﬁsh."
    found = {k.keyword: k.count for k in keywords_of(text, style="words")}
    assert found == {"office": 3, "fish": 3}
