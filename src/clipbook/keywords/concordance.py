"""A term in its lines, and the words that stand beside it more often than elsewhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

from clipbook.keywords.ranking import english_articles
from clipbook.keywords.search import Place, list_places
from clipbook.keywords.tokens import Trait
from clipbook.keywords.words import USABLE, Encoded, Lexicon, encode
from clipbook.schema import need_columns


def concordance(articles: pd.DataFrame, term: str, *, width: int = 60) -> pd.DataFrame:
    """List every place where a term stands, with what is said before and after it.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``body``; ``outlet`` where there is one is carried along.
    term : str
        A word or a run of words. Case does not matter, nor do the kind of apostrophe and how the words are spaced; a plural ending on
        the last word is found too.
    width : int
        The most characters of context on either side; it does not reach past the paragraph.

    Returns
    -------
    DataFrame
        One row an occurrence, in the order of the articles: ``capture_id``, ``outlet``, ``start`` and ``end``
        (code points into the body), ``left``, ``match``, ``right``, ``sentence`` (the whole sentence), ``sentence_start``.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If the term has no words.

    Examples
    --------
    >>> page = pd.DataFrame({"capture_id": ["a"], "outlet": ["Quay"], "headline": [""], "body": ["The old ferry sank."]})
    >>> concordance(page, "ferry")[["left", "match", "right"]].values.tolist()
    [['The old ', 'ferry', ' sank.']]
    """
    pattern = _pattern(term)

    def places_in(fields: tuple[str, ...]) -> list[Place]:
        return [(0, *match.span()) for match in pattern.finditer(fields[0])]

    return list_places(articles, ("body",), places_in, width).drop(columns=["published", "field"])


def _pattern(term: str) -> re.Pattern[str]:
    words = term.split()
    if not words:
        raise ValueError("There is no word in the term to look for.")
    run = re.sub("['’]", "['’]", r"\s+".join(map(re.escape, words)))
    return re.compile(rf"(?<!\w){run}(?:s|es)?(?!\w)", re.IGNORECASE)


MEASURES = ("likelihood_ratio", "pmi", "student_t", "dice")


def collocates(
    articles: pd.DataFrame, term: str, *, window: int = 5, least: int = 3, measure: str = "likelihood_ratio"
) -> pd.DataFrame:
    """List the words that stand near a term more often than expected; those that are common may do so by chance.

    Parameters
    ----------
    articles : DataFrame
        ``headline``, ``body``; ``status`` and ``language`` where there are any. Duplicates and articles not
        in English are left out.
    term : str
        A word or a run of words; case and plural do not matter.
    window : int
        How many words to either side, within the sentence; stop words are not counted.
    least : int
        Pairs met less often are left out.
    measure : {"likelihood_ratio", "pmi", "student_t", "dice"}
        What to rank by, highest first.

    Returns
    -------
    DataFrame
        ``collocate``, ``together`` (times within a window, each once), ``count`` (of the collocate),
        ``likelihood_ratio``, ``pmi`` (bits), ``student_t``, ``dice``.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If the measure is unknown, or the term is made of stop words.

    Notes
    -----
    The measures of ``nltk.metrics``, which are those of Manning and Schütze, Foundations of Statistical
    Natural Language Processing (1999), chapter 5, on the words that stand in the windows against all words (Evert
    2008, Corpora and collocations, section 4.1). They describe; they test nothing.

    Examples
    --------
    >>> bodies = ["The ferry sank in the harbour."] * 3 + ["The council met about money."] * 3
    >>> pages = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3, "headline": "", "body": bodies})
    >>> pages = pages.assign(language="en", status="ok")
    >>> collocates(pages, "ferry", least=2)["collocate"].tolist()
    ['harbour', 'sank']
    """
    if measure not in MEASURES:
        raise ValueError(f"There is no association measure {measure!r}; choose one of {', '.join(MEASURES)}.")
    need_columns(articles, ["headline", "body"], made_by="corpus.read_corpus")
    from nltk.metrics import BigramAssocMeasures

    rows = english_articles(articles)
    rows = rows[rows["status"] != "duplicate"] if "status" in rows else rows
    encoded = encode(rows["headline"], rows["body"])
    lexicon = encoded.lexicon
    wanted = _content(term, lexicon)
    counts: Counter[int] = Counter()  # of every stem that is no stop word
    beside: defaultdict[int, Counter[int]] = defaultdict(Counter)  # the term: of stems, the tokens
    for sentence in _sentences(encoded):
        counts.update(stem for _, stem, _ in sentence)
        for at in _near(sentence, wanted, window):
            _, stem, token = sentence[at]
            beside[stem][token] += 1
    total, places = counts.total(), sum(forms.total() for forms in beside.values())
    found = []
    for stem, forms in beside.items():
        together, count = forms.total(), counts[stem]
        if together >= least and stem not in wanted and together > places * count / total:
            scores = [
                getattr(BigramAssocMeasures, name)(together, (places, count), total) for name in MEASURES
            ]
            found.append((lexicon.surfaces[forms.most_common(1)[0][0]], together, count, *scores))
    table = pd.DataFrame(found, columns=["collocate", "together", "count", *MEASURES])
    return table.sort_values([measure, "collocate"], ascending=[False, True], ignore_index=True)


def _content(term: str, lexicon: Lexicon) -> list[int]:
    """Give the stems of a term, none of which may be a stop word's."""
    tokens = np.array(lexicon.read(term), np.int64)
    counted = (lexicon.traits(tokens) & USABLE) != 0
    if not counted.any() or not counted.all():
        raise ValueError(f"{term!r} holds a stop word or no word at all; collocates need a content word.")
    return lexicon.stem(tokens).tolist()


def _sentences(encoded: Encoded) -> Iterator[list[tuple[int, int, int]]]:
    """Give the words of each sentence that are no stop words: place among all, stem, token."""
    lexicon = encoded.lexicon
    for token in encoded.token:
        sentence = list[tuple[int, int, int]]()
        columns = (lexicon.traits(token).tolist(), lexicon.stem(token).tolist(), token.tolist())
        for place, (traits, *word) in enumerate(zip(*columns, strict=True)):
            if traits & USABLE:
                sentence.append((place, *word))
            if traits & Trait.SENTENCE_END:
                yield sentence
                sentence = []


def _near(sentence: list[tuple[int, int, int]], wanted: list[int], window: int) -> list[int]:
    """Find the words of a sentence near a term, each once however many occurrences it is near."""
    stems, size, near = [stem for _, stem, _ in sentence], len(wanted), set[int]()
    for start in range(len(stems) - size + 1):
        end = start + size
        if stems[start:end] == wanted and sentence[end - 1][0] - sentence[start][0] == size - 1:
            near.update(range(max(start - window, 0), start), range(end, min(end + window, len(stems))))
    return sorted(near)
