"""The topics that run through a corpus: how many there are, and whether resamples find them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.keywords.terms import TermCounts, count_terms
from clipbook.keywords.tokens import fold, singular
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


Floats = NDArray[np.float64]
WORDS = 10  # of a topic, in coherence and stability
RESAMPLES = 10
STABLE = 0.5  # mean share of words found again from which topics count as stable
SAMPLE = 0.8  # of the articles in a resample
ENOUGH = 1000  # articles that tell numbers of topics apart and whether topics come back


def drawn_rows(articles: int, seed: int) -> NDArray[np.int64]:
    """Draw the articles that the choice of a number rests on: all, or ``ENOUGH`` of them, in their order."""
    if articles <= ENOUGH:
        return np.arange(articles)
    return np.sort(np.random.default_rng(seed).choice(articles, ENOUGH, replace=False))


def factorize(weights: csr_array, topics: int, seed: int) -> tuple[Floats, Floats]:
    """Split articles x terms into articles x topics and topics x terms.

    Notes
    -----
    Non-negative matrix factorization: Lee and Seung, Nature 401 (1999), 788-791; scikit-learn, started from
    singular vectors (NNDSVDa).
    """
    import warnings

    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    model = NMF(topics, init="nndsvda", random_state=seed, max_iter=300, tol=1e-4)
    with warnings.catch_warnings(), threadpool_limits(1):  # small matrices: threads would wait for each other
        warnings.simplefilter("ignore", ConvergenceWarning)
        shares = model.fit_transform(weights)
    return shares, model.components_


def top_terms(components: Floats, number: int = WORDS) -> NDArray[np.int64]:
    """Give the columns of each topic's heaviest terms, heaviest first."""
    return np.argsort(-components, axis=1, kind="stable")[:, :number]


def coherence(top: NDArray[np.int64], counts: csr_array) -> Floats:
    """Measure how much a topic's words stand in the same articles.

    Returns
    -------
    array
        Mean normalised pointwise mutual information of the pairs of words: -1 (never together) to 1 (always).

    Notes
    -----
    Bouma 2009; as topic coherence, Lau, Newman and Baldwin, EACL 2014, 530-539, over whole articles.
    """
    size = counts.shape[0]
    found = []
    for columns in top:
        holds = (counts[:, columns] > 0).toarray().astype(float)
        single = holds.mean(axis=0)
        pair = holds.T @ holds / size
        first, second = np.triu_indices(len(columns), 1)
        joint = pair[first, second]
        with np.errstate(divide="ignore", invalid="ignore"):
            pmi = np.log(joint / (single[first] * single[second])) / -np.log(joint)
        found.append(np.where(joint == 0, -1.0, np.where(joint == 1, 1.0, pmi)).mean())
    return np.array(found)


def stability(weights: csr_array, top: NDArray[np.int64], seed: int, resamples: int = RESAMPLES) -> Floats:
    """Measure how well each topic is found again when a fifth of the articles is left out.

    Returns
    -------
    array
        For each topic the mean, over resamples, of the share of words (Jaccard) that it has in common with
        the topic matched to it; 1 is found again word for word.

    Notes
    -----
    After Greene, O'Callaghan and Cunningham, ECML PKDD 2014, 498-513.
    """
    from scipy.optimize import linear_sum_assignment

    draw = np.random.default_rng(seed)
    size, topics = weights.shape[0], len(top)
    total = np.zeros(topics)
    for _ in range(resamples):
        rows = np.sort(draw.permutation(size)[: int(SAMPLE * size)])
        again = top_terms(factorize(weights[rows], topics, seed)[1], top.shape[1])
        shared = np.array([[_jaccard(a, b) for b in again] for a in top])
        mine, theirs = linear_sum_assignment(-shared)
        total[mine] += shared[mine, theirs]
    return total / resamples


def _jaccard(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    common = len(np.intersect1d(one, other))
    return common / (len(one) + len(other) - common)


def compare_numbers(weights: csr_array, counts: csr_array, numbers: list[int], seed: int) -> pd.DataFrame:
    """Measure coherence and stability for several numbers of topics.

    Returns
    -------
    DataFrame
        ``topics`` (the number), ``coherence`` and ``stability`` (means over topics), ``chosen``: True for the
        most coherent of the numbers whose stability is at least ``STABLE``, for the most stable if none is.
    """
    rows = []
    for number in numbers:
        top = top_terms(factorize(weights, number, seed)[1])
        again = stability(weights, top, seed, RESAMPLES // 2)
        rows.append((number, coherence(top, counts).mean(), again.mean()))
    table = pd.DataFrame(rows, columns=["topics", "coherence", "stability"])
    stable = table.loc[table["stability"] >= STABLE, "coherence"]
    best = stable.idxmax() if len(stable) else table["stability"].idxmax()
    return table.assign(chosen=table.index == best)
