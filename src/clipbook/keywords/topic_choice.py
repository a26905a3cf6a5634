"""How many topics a corpus holds: whether their words go together, and whether resamples find them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

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
