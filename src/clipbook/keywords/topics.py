"""The topics that run through a corpus, marked by whether they come back in resamples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from clipbook.keywords.terms import TermCounts, count_terms
from clipbook.keywords.tokens import fold, singular
from clipbook.keywords.topic_choice import (
    STABLE,
    coherence,
    compare_numbers,
    drawn_rows,
    factorize,
    stability,
    top_terms,
)
from clipbook.schema import need_columns
from clipbook.text.sentences import sentence_spans
from clipbook.text.words import word_spans

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FEWEST = 30  # articles below which topics mean nothing
NUMBERS = (3, 4, 5, 6, 8, 10, 12, 15, 20)
_PER_TOPIC = 8  # articles for each topic, at least
_TERMS = 2000  # the terms in most articles
_COMMON = 0.5  # of the articles: terms in more are no topic's


@dataclass(frozen=True, slots=True)
class Topics:
    """Topics of a corpus as tables; the tables are empty where ``note`` says why."""

    note: str
    choice: pd.DataFrame  # numbers of topics that were compared
    topics: pd.DataFrame  # one row a topic
    articles: pd.DataFrame  # one row an article and topic
    examples: pd.DataFrame  # the most typical articles and a sentence of each


def find_topics(articles: pd.DataFrame, *, number: int | None = None, seed: int = 0) -> Topics:
    """Find topics by non-negative matrix factorization of TF-IDF weights.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``headline``, ``body``; ``status`` and ``language`` where there are any. Duplicates,
        thin and failed captures and articles not in English are left out.
    number : int, optional
        How many topics; without it, the number that ``compare_numbers`` chooses. Of more than 1,000 articles
        so many are drawn for the choice and for the test of stability.
    seed : int
        Of the factorization and the resamples.

    Returns
    -------
    Topics
        ``choice``: see ``compare_numbers``. ``topics``: ``topic`` (1 is the largest), ``label`` (its three
        heaviest words), ``words`` (ten, "; "-joined), ``share`` (mean over articles), ``coherence``,
        ``stability``, ``stable``. ``articles``: ``capture_id``, ``topic``, ``label``, ``stable``,
        ``share`` (of the article; an article's shares sum to 1, NaN where it has none of the words).
        ``examples``: ``topic``, ``label``, ``capture_id``, ``headline``, ``share``, ``sentence``.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If ``number`` is below 2.

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> bodies = ["The ferry sank in the harbour."] * 3 + ["The council met about money."] * 3
    >>> articles = articles.assign(headline="", body=bodies, language="en", status="ok")
    >>> find_topics(articles).note
    'Topics are not meaningful for 6 articles; they need at least 30.'
    """
    need_columns(articles, ["capture_id", "headline", "body"], made_by="corpus.read_corpus")
    if number is not None and number < 2:
        raise ValueError(f"A corpus has at least 2 topics, not {number}.")
    counted = count_terms(articles, least=3)
    size = len(counted.articles)
    if size < FEWEST:
        articles_here = f"{size} article{'s' * (size != 1)}"
        return _none(f"Topics are not meaningful for {articles_here}; they need at least {FEWEST}.")
    counts, terms = _vocabulary(counted)
    if len(terms) < 2 * _PER_TOPIC:
        return _none(f"The {size} articles share too few words for topics.")
    weights = tfidf(counts)
    some = drawn_rows(size, seed)
    numbers = [n for n in NUMBERS if n * _PER_TOPIC <= size] if number is None else [number]
    choice = compare_numbers(weights[some], counts[some], numbers, seed)
    chosen = int(choice.loc[choice["chosen"], "topics"].iloc[0])
    shares, components = factorize(weights, chosen, seed)
    shares = shares * components.sum(axis=1)
    total = shares.sum(axis=1, keepdims=True)
    shares = np.divide(shares, total, out=np.full_like(shares, np.nan), where=total > 0)
    order = np.argsort(-np.nanmean(shares, axis=0), kind="stable")
    shares, components = shares[:, order], components[order]
    top = top_terms(components)
    topics = pd.DataFrame(
        {
            "topic": range(1, chosen + 1),
            "label": [", ".join(terms[i] for i in row[:3]) for row in top],
            "words": ["; ".join(terms[i] for i in row) for row in top],
            "share": np.nanmean(shares, axis=0),
            "coherence": coherence(top, counts),
            "stability": stability(weights[some], top, seed),
        }
    )
    topics["stable"] = topics["stability"] >= STABLE
    return Topics("", choice, topics, _long(counted, shares, topics), _examples(counted, shares, topics))


def tfidf(counts: csr_array) -> csr_array:
    """Weigh counts as (1 + ln count) x (1 + ln((1 + articles) / (1 + articles with the term))), rows of length 1."""
    from sklearn.feature_extraction.text import TfidfTransformer

    return TfidfTransformer(sublinear_tf=True).fit_transform(counts)


def _vocabulary(counted: TermCounts) -> tuple[csr_array, list[str]]:
    held = (counted.counts > 0).sum(axis=0)
    single = np.array([" " not in term for term in counted.terms], bool)
    use = np.flatnonzero(single & (held <= _COMMON * counted.counts.shape[0]))
    use = np.sort(use[np.argsort(-held[use], kind="stable")][:_TERMS])
    return counted.counts[:, use], [counted.terms[i] for i in use]


def _none(note: str) -> Topics:
    empty = pd.DataFrame
    return Topics(
        note,
        empty(columns=["topics", "coherence", "stability", "chosen"]),
        empty(columns=["topic", "label", "words", "share", "coherence", "stability", "stable"]),
        empty(columns=["capture_id", "topic", "label", "stable", "share"]),
        empty(columns=["topic", "label", "capture_id", "headline", "share", "sentence"]),
    )


def _long(counted: TermCounts, shares: np.ndarray, topics: pd.DataFrame) -> pd.DataFrame:
    names = counted.articles[["capture_id"]].reset_index(drop=True)
    table = names.merge(topics[["topic", "label", "stable"]], how="cross")
    return table.assign(share=shares.ravel())


def _examples(counted: TermCounts, shares: np.ndarray, topics: pd.DataFrame, each: int = 3) -> pd.DataFrame:
    rows = []
    for place, topic in enumerate(topics.itertuples(index=False)):
        best = np.argsort(-np.nan_to_num(shares[:, place]), kind="stable")[:each]
        wanted = {singular(fold(word)) for word in str(topic.words).split("; ")}
        typical = counted.articles.iloc[best].itertuples(index=False)
        for article, share in zip(typical, shares[best, place], strict=True):
            sentence = _typical_sentence(str(article.body), wanted)
            rows.append((topic.topic, topic.label, article.capture_id, article.headline, share, sentence))
    return pd.DataFrame(rows, columns=["topic", "label", "capture_id", "headline", "share", "sentence"])


def _typical_sentence(body: str, wanted: set[str]) -> str:
    """Give the first of the sentences of eight to forty words that hold the most of a topic's words."""
    best, most = "", 0
    for start, end in sentence_spans(body):
        sentence = body[start:end]
        words = [singular(fold(sentence[a:b])) for a, b in word_spans(sentence)]
        held = len(wanted.intersection(words))
        if held > most and 8 <= len(words) <= 40:
            best, most = sentence, held
    return best
