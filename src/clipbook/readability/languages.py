"""The formulas for other languages; where textstat 0.7.13 has one, with the coefficients that it uses."""

from __future__ import annotations

from functools import cache

from clipbook.readability.formulas import ENGLISH, Counts, Formula, Numbers

# Flesch adapted: base, times words/sentences, times syllables/words, publication.
FLESCH = {
    "de": (180.0, 1.0, 58.5, "Amstad 1978, Wie verständlich sind unsere Zeitungen?"),
    "es": (206.84, 1.02, 60.0, "Fernández Huerta 1959, Medidas sencillas de lecturabilidad"),
    "fr": (
        207.0,
        1.015,
        73.6,
        "Kandel and Moles 1958, Application de l'indice de Flesch à la langue française",
    ),
    "hu": (206.835, 1.015, 58.5, "as textstat 0.7.13"),
    "it": (217.0, 1.3, 60.0, "Franchina and Vacca 1986, Adaptation of Flesch readability index"),
    "nl": (206.835, 0.93, 77.0, "Douma 1960, De leesbaarheid van landbouwbladen"),
    "pt": (
        248.835,
        1.015,
        84.6,
        "Martins, Ghiraldelo, Nunes and Oliveira 1996, Readability formulas applied to textbooks in Brazilian Portuguese",
    ),
    "ru": (206.835, 1.3, 60.1, "Oborneva 2006, Automatic assessment of the complexity of teaching texts"),
}
# LIX was tried on newspapers in these languages (Björnsson 1983, Reading Research Quarterly 18(4), 480-497).
WITH_LIX = ("da", "de", "es", "fi", "fr", "it", "nb", "nl", "nn", "no", "pt", "ru", "sv")


def _flesch(language: str) -> Formula:
    base, per_sentence, per_word, publication = FLESCH[language]

    def compute(c: Counts) -> Numbers:
        return base - per_sentence * c.words / c.sentences - per_word * c.syllables / c.words

    written = f"{base:g} - {per_sentence:g} words/sentences - {per_word:g} syllables/words"
    return Formula("fre", "Flesch reading ease", compute, written, publication, "ease")


def _crawford(c: Counts) -> Numbers:
    return -0.205 * 100 * c.sentences / c.words + 0.049 * 100 * c.syllables / c.words - 3.407


def _szigriszt_pazos(c: Counts) -> Numbers:
    return FLESCH["es"][0] - 62.3 * c.syllables / c.words - c.words / c.sentences


def _gutierrez_polini(c: Counts) -> Numbers:
    return 95.2 - 9.7 * c.letters / c.words - 0.35 * c.words / c.sentences


def _gulpease(c: Counts) -> Numbers:
    return 300 * c.sentences / c.words - 10 * c.characters / c.tokens + 89


def _wiener_1(c: Counts) -> Numbers:
    shares = 0.1935 * c.polysyllables + 0.1297 * c.long_words - 0.0327 * c.monosyllables
    return 100 * shares / c.words + 0.1672 * c.words / c.sentences - 0.875


def _wiener_2(c: Counts) -> Numbers:
    shares = 0.2007 * c.polysyllables + 0.1373 * c.long_words
    return 100 * shares / c.words + 0.1682 * c.words / c.sentences - 2.779


def _wiener_3(c: Counts) -> Numbers:
    return 0.2963 * 100 * c.polysyllables / c.words + 0.1905 * c.words / c.sentences - 1.1144


def _wiener_4(c: Counts) -> Numbers:
    return 0.2744 * 100 * c.polysyllables / c.words + 0.2656 * c.words / c.sentences - 1.693


_WIENER = "Bamberger and Vanecek 1984, Lesen-Verstehen-Lernen-Schreiben"
_WIENER_FORMULAS = (
    (
        _wiener_1,
        "0.1935 % polysyllables + 0.1672 words/sentences + 0.1297 % long words - 0.0327 % monosyllables - 0.875",
    ),
    (_wiener_2, "0.2007 % polysyllables + 0.1682 words/sentences + 0.1373 % long - 2.779"),
    (_wiener_3, "0.2963 % polysyllables + 0.1905 words/sentences - 1.1144"),
    (_wiener_4, "0.2744 % polysyllables + 0.2656 words/sentences - 1.693"),
)
_OWN = {
    "de": tuple(
        Formula(f"wiener_{number}", f"Wiener Sachtextformel {number}", compute, written, _WIENER)
        for number, (compute, written) in enumerate(_WIENER_FORMULAS, 1)
    ),
    "es": (
        Formula(
            "crawford", "Crawford index", _crawford,
            "0.049 syllables - 0.205 sentences (per 100 words) - 3.407",
            "Crawford 1989, Lectura y Vida 10(4)",
        ),
        Formula(
            "szigriszt_pazos", "Szigriszt-Pazos index", _szigriszt_pazos,
            "206.84 - 62.3 syllables/words - words/sentences", "Szigriszt Pazos 1993", "ease",
        ),
        Formula(
            "gutierrez_polini", "Gutiérrez de Polini index", _gutierrez_polini,
            "95.2 - 9.7 letters/words - 0.35 words/sentences", "Gutiérrez de Polini 1972", "ease",
        ),
    ),
    "it": (
        Formula(
            "gulpease", "Gulpease", _gulpease, "89 + 300 sentences/words - 10 characters/words",
            "Lucisano and Piemontese 1988, Scuola e città 39(3)", "ease",
        ),
    ),
}  # fmt: skip


def formulas_for(language: str) -> tuple[Formula, ...]:
    """Give the formulas that fit a language.

    Parameters
    ----------
    language : str
        ISO 639-1, with or without a region; "" stands for English.

    Returns
    -------
    tuple of Formula
        Empty when there is none: most formulas were fitted to one language and mean nothing in another.
    """
    root = language.lower().replace("-", "_").partition("_")[0]
    if root in ("", "en"):
        return ENGLISH
    neutral = tuple(formula for formula in ENGLISH if formula.measure in ("lix", "rix"))
    adapted = (_flesch(root),) if root in FLESCH else ()
    return (*adapted, *(neutral if root in WITH_LIX else ()), *_OWN.get(root, ()))


def rises_with_ease(measure: str) -> bool:
    """Tell whether a higher score means easier to read."""
    return (formula := _every().get(measure)) is not None and formula.rises_with == "ease"


def measure_title(measure: str) -> str:
    """Give the name of a measure of any language as people write it; of an unknown one, the same word."""
    return formula.title if (formula := _every().get(measure)) else measure


def measure_described(measure: str) -> str:
    """Give the name of a measure with its unit and which way it rises: "RIX (higher is harder)"."""
    formula = _every().get(measure)
    if formula is None:
        return measure
    rises = f"higher is {'easier' if formula.rises_with == 'ease' else 'harder'}"
    return f"{formula.title} ({'; '.join(filter(None, (formula.unit, rises)))})"


def need_measure(measure: str) -> None:
    """Refuse a measure that there is in no language, with those that there are."""
    if measure not in _every():
        raise ValueError(f"There is no measure {measure!r}; choose one of {', '.join(_every())}.")


@cache
def _every() -> dict[str, Formula]:
    own = (formula for formulas in _OWN.values() for formula in formulas)
    return {formula.measure: formula for formula in (*ENGLISH, *own)}
