"""The tokenisation "textstat" against textstat itself."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clipbook.readability import readability_table, serve_textstat

OWN = {
    "fre": "flesch_reading_ease", "fkgl": "flesch_kincaid_grade", "smog": "smog_index", "fog": "gunning_fog",
    "dale_chall": "dale_chall_readability_score", "dale_chall_v2": "dale_chall_readability_score_v2",
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
def textstat(tmp_path_factory):
    serve_textstat(tmp_path_factory.mktemp("nltk"))
    import textstat as package

    return package.textstat


def ours(text: str, language: str = "en") -> dict[str, float]:
    articles = pd.DataFrame({"capture_id": ["a"], "body": [text], "language": [language]})
    return readability_table(articles, tokenisation="textstat").set_index("measure")["value"].to_dict()


def test_every_measure_equals_textstats_on_a_news_text(textstat):
    scores = ours(NEWS)
    for measure, name in OWN.items():
        assert scores[measure] == pytest.approx(getattr(textstat, name)(NEWS), abs=1e-9), measure


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(alphabet="aeéTst'’veZ9 .!?-\n\u00a0_$", min_size=1, max_size=14), min_size=3))
def test_every_measure_equals_textstats_on_any_text(textstat, pieces):
    text = "The first sentence has seven plain words. " * 15 + " ".join(pieces)
    scores = ours(text)
    for measure, name in OWN.items():
        assert scores[measure] == pytest.approx(getattr(textstat, name)(text), abs=1e-9), measure


@pytest.mark.parametrize("language", sorted(ELSEWHERE))
def test_other_languages_follow_textstats_formulas(textstat, language):
    text = ELSEWHERE[language] * 12
    scores = ours(text, language)
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


def test_textstat_finds_the_packaged_dictionary_and_nothing_is_downloaded(textstat, tmp_path):
    import nltk

    root = serve_textstat(tmp_path / "cache")
    assert nltk.data.path[0] == str(root)
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert written == ["cache/corpora/cmudict/cmudict"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert textstat.syllable_count("bridge table banana") == 6
