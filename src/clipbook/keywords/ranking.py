"""From evidence to keywords: a weighted sum, one keyword for all variants of a thing, and the table of all articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.corpus.tables import as_articles
from clipbook.keywords.candidates import LONGEST, Candidates, find_candidates, weigh_evidence
from clipbook.keywords.tokens import Trait
from clipbook.keywords.words import (
    Background,
    Encoded,
    Ints,
    TokenRow,
    count_documents,
    encode,
    english_background,
)
from clipbook.model import stored_weights
from clipbook.schema import columns_of, need_columns, written_in
from clipbook.text.words import count_words

STYLES = {"phrases": LONGEST, "words": 1}  # the most words in a keyword
_POOL = 4  # candidates looked at for each keyword wanted


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword of one article, as `keyword_table` gives it."""

    keyword: str  # the form in which the article has it most often
    score: float  # a weighted sum without unit; comparable within an article only
    count: int  # occurrences, variants included
    variants: str  # the other forms met: case, plural, short form of a name
    in_headline: bool


class Weights(NamedTuple):
    """The weights of one style, as shipped in ``weights.json``."""

    overlap: float  # taken off for sharing all words with keywords ranked before
    evidence: Mapping[str, float]


def load_weights(style: str) -> Weights:
    """Read the weights fitted by ``src/training/fit_keywords.py``."""
    if style not in STYLES:
        raise ValueError(f"There is no keyword style {style!r}; choose one of {', '.join(STYLES)}.")
    return Weights(**stored_weights("keywords")[style])


def rank_keywords(
    articles: Encoded, background: Background, *, style: str, top: int
) -> Iterator[list[Keyword]]:
    """Rank the keywords of each article by itself."""
    weights = load_weights(style)
    for words in articles.rows():
        found = find_candidates(words, STYLES[style])
        scores = score_candidates(weigh_evidence(words, found, background), weights)
        for chosen in choose(words, found, scores, weights.overlap, top):
            yield [keyword_of(words, found, picked, score) for picked, score in chosen]


def score_candidates(evidence: Mapping[str, NDArray], weights: Weights) -> NDArray[np.float64]:
    """Add the evidence up by its weights."""
    total = np.zeros(len(next(iter(evidence.values()))))
    for name, weight in weights.evidence.items():  # one by one: a product of matrices rounds by their shape
        total += weight * evidence[name]
    return total


def choose(
    words: TokenRow, found: Candidates, scores: NDArray, overlap: float, top: int
) -> list[list[tuple[list[int], float]]]:
    """Pick, article by article, the best candidates that say something new.

    A candidate whose words all stand in a keyword picked before is dropped; one that shares some of its words
    loses ``overlap`` times the share of its words used before, once for each use.

    Returns
    -------
    list of lists of (candidates, score)
        One list an article; the keyword's candidate first, then the long and short forms of the same name.
    """
    named = name_share(words, found) > 0.5
    article = words.article[found.first]
    best_first = np.lexsort((found.words, found.first, -scores, article))
    bounds = np.searchsorted(article[best_first], np.arange(words.articles + 1))
    size = _POOL * (top + 1)
    pools = [best_first[a : min(b, a + size)] for a, b in pairwise(bounds.tolist())]
    chosen = []
    for pool in pools:
        rows, lengths = found.stems[pool].tolist(), found.words[pool].tolist()
        stems = [tuple(row[:n]) for row, n in zip(rows, lengths, strict=True)]
        picked = _pick(stems, scores[pool].tolist(), named[pool].tolist(), overlap, top)
        chosen.append([([int(pool[i]) for i in places], score) for places, score in picked])
    return chosen


def _pick(
    stems: list[tuple[int, ...]], scores: list[float], named: list[bool], overlap: float, top: int
) -> list[tuple[list[int], float]]:
    waiting = dict(enumerate(stems))
    worth = dict(enumerate(scores))
    chosen: list[tuple[list[int], float]] = []
    while waiting and len(chosen) < top:
        best = max(worth, key=worth.__getitem__)
        score, mine = worth.pop(best), set(waiting.pop(best))
        near = [i for i, other in waiting.items() if not mine.isdisjoint(other)]
        forms = [i for i in near if named[best] and named[i] and same_name(stems[best], stems[i])]
        whole = mine.union(*(stems[i] for i in forms))
        for i in near:
            if i in forms or whole.issuperset(stems[i]):
                del waiting[i], worth[i]
            else:
                worth[i] -= overlap * len(mine.intersection(stems[i])) / len(stems[i])
        chosen.append(([best, *forms], score))
    return chosen


def name_share(words: TokenRow, found: Candidates) -> NDArray[np.float64]:
    """Share of a candidate's occurrences in running text that are written with capitals throughout."""
    capital = (words.traits[:-1] & Trait.CAPITAL) != 0
    until = np.concatenate([[0], np.cumsum(capital)])
    whole = until[found.at + found.length] - until[found.at] == found.length
    counts = words.in_body[found.at] & ~(words.opens_sentence[found.at] & (found.length == 1))
    total = np.bincount(found.of[counts], minlength=len(found.words))
    return np.bincount(found.of[counts & whole], minlength=len(found.words)) / np.maximum(1, total)


def same_name(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Tell whether one name is the end of the other, as a surname is of a full name."""
    size = min(len(one), len(other))
    return len(one) != len(other) and one[-size:] == other[-size:]


def keyword_of(words: TokenRow, found: Candidates, picked: list[int], score: float) -> Keyword:
    """Collect the forms in which a keyword stands; of two that end on the same token the longer counts."""
    ends: dict[int, int] = {}
    for candidate in picked:
        size = int(found.words[candidate])
        for start in found.occurrences(candidate):
            ends[start + size] = min(start, ends.get(start + size, start))
    spans = sorted((start, end) for end, start in ends.items())
    forms = [words.text(*span) for span in spans]
    in_headline = not words.in_body[spans[0][0]]
    if len(spans) == 1:
        return Keyword(forms[0], score, 1, "", in_headline)
    starts = [start for start, _ in spans]
    running = words.in_body[starts] & ~words.opens_sentence[starts]
    usual = [form for form, runs in zip(forms, running.tolist(), strict=True) if runs] or forms
    keyword = Counter(usual).most_common(1)[0][0]
    variants = "; ".join(form for form in dict.fromkeys(forms) if form != keyword)
    return Keyword(keyword, score, len(spans), variants, in_headline)


COLUMNS = list(columns_of("keywords"))


def keyword_table(
    articles: pd.DataFrame | str | Iterable[str],
    style: str = "phrases",
    *,
    top: int = 10,
    background: Background | None = None,
) -> pd.DataFrame:
    """Rank the keywords of every article.

    Parameters
    ----------
    articles : DataFrame, str or iterable of str
        A text, a list of texts, or a table: ``capture_id``, ``headline``, ``body``; further ``status`` and ``language`` where there are any:
        failed captures and articles in another language than English have no keywords.
    style : {"phrases", "words"}
        Runs of one to four words, or single words.
    top : int
        The most keywords for an article.
    background : Background, optional
        How common words are elsewhere; without it, the shipped list together with these articles.

    Returns
    -------
    DataFrame
        One row a keyword: ``capture_id``, ``rank`` (1 is best), ``keyword`` (in its most frequent form),
        ``score`` (no unit, comparable within an article), ``count`` (occurrences in headline and body, all
        forms), ``variants`` ("; "-joined other forms: case, plural, short form of a name), ``in_headline``.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If there is no such style.

    Notes
    -----
    How rare a word is elsewhere is judged from the list that ships with clipbook (documentation of Python's
    standard library, see ``words.english_background``) together with the articles given, repeated
    articles left out. For one article that is nearly the list alone.

    Examples
    --------
    >>> text = "The ferry to the island stopped. The ferry company blamed the harbour. A new ferry is bought."
    >>> keyword_table(text)["keyword"].iloc[0]
    'ferry'
    """
    articles = as_articles(articles)
    need_columns(articles, ["capture_id", "headline", "body"], made_by="corpus.read_corpus")
    load_weights(style)
    english = english_articles(articles)
    encoded = encode(english["headline"], english["body"])
    background = background or corpus_background(english, encoded)
    ranked = rank_keywords(encoded, background, style=style, top=top)
    rows = [
        (capture, rank, k.keyword, k.score, k.count, k.variants, k.in_headline)
        for capture, keywords in zip(english["capture_id"], ranked, strict=True)
        for rank, k in enumerate(keywords, start=1)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def words_in(articles: pd.DataFrame) -> Ints:
    """Count the words of headline and body of every row."""
    texts = zip(articles["headline"], articles["body"], strict=True)
    return np.array([count_words(headline) + count_words(body) for headline, body in texts], np.int64)


def corpus_background(articles: pd.DataFrame, encoded: Encoded) -> Background:
    """Pool the shipped list with the document frequencies of the articles, repeated articles left out."""
    again = articles["status"] == "duplicate" if "status" in articles else [False] * len(articles)
    once = (stems for stems, repeats in zip(encoded.stems(), again, strict=True) if not repeats)
    return english_background() + count_documents(once)


def english_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the rows with text that are not known to be in another language than English."""
    keep = (articles["headline"].astype(str) + articles["body"].astype(str)).str.strip() != ""
    if "status" in articles:
        keep &= articles["status"] != "failed"
    return articles[keep & written_in(articles)]
