"""Words that set a group of articles apart, as suggestions for a codebook's cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from clipbook.framing.codebook import WORD, Codebook, plain_word
from clipbook.framing.cues import CueFinder
from clipbook.schema import need_columns
from clipbook.stats.families import false_discovery_rate

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FEWEST_ARTICLES = 3
PRIOR_WORDS = 500.0  # weight of the prior, in words
SHORTEST_WORD = 3


def suggest_cues(
    articles: pd.DataFrame, codebook: Codebook, *, by: str, group: object, top: int = 30
) -> pd.DataFrame:
    """List words of one group's articles that no cue of the codebook covers yet.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``headline``, ``body`` and the column ``by``.
    codebook : Codebook
        Its cues are left out.
    by, group : str, object
        The column of groups and the group's value: an outlet, or True in a column that holds a
        frame's codes.
    top : int
        How many words.

    Returns
    -------
    DataFrame
        By falling ``z``: ``word``, ``log_odds`` (against all other articles), ``z``, ``articles`` (of the
        group, with the word), ``other_articles``, ``p`` (Welch test of the rates by article), ``q``
        (corrected over all words tested). A suggestion is for reading in context, not for adding unread.

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    Log-odds with an informative Dirichlet prior in proportion to the corpus: Monroe, B. L.,
    Colaresi, M. P., & Quinn, K. M. (2008). Political Analysis, 16, 372-403, equations 16 to 22.

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> bodies = ["The ferry sank in the harbour."] * 3 + ["The council met about money."] * 3
    >>> articles = articles.assign(headline="", body=bodies, language="en", status="ok")
    >>> from clipbook.framing import load_codebook
    >>> suggest_cues(articles, load_codebook("generic"), by="outlet", group="Quay")["word"].tolist()[:3]
    ['ferry', 'harbour', 'sank']
    """
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import CountVectorizer

    need_columns(articles, ["capture_id", "headline", "body", by], made_by="corpus.read_corpus")
    columns = ["word", "log_odds", "z", "articles", "other_articles", "p", "q"]
    inside = (articles[by] == group).to_numpy()
    if min(inside.sum(), (~inside).sum()) < FEWEST_ARTICLES:
        return pd.DataFrame(columns=columns)
    texts = articles["headline"] + "\n" + articles["body"]
    if not any(map(_words, texts)):
        return pd.DataFrame(columns=columns)
    counter = CountVectorizer(analyzer=_words, dtype=float)
    counts = csr_array(counter.fit_transform(texts))
    words = counter.get_feature_names_out()
    lengths = np.maximum(counts.sum(axis=1), 1)
    use = _candidates(counts, words, codebook)
    if not len(use):
        return pd.DataFrame(columns=columns)
    found = _compare(counts[:, use], lengths, inside).assign(word=words[use])
    ranked = found.sort_values(["z", "word"], ascending=[False, True])[columns]
    return ranked[ranked["z"] > 0].head(top).reset_index(drop=True)


def _compare(counts: csr_array, lengths: np.ndarray, inside: np.ndarray) -> pd.DataFrame:
    one, two = counts[inside], counts[~inside]
    odds, z = log_odds(one.sum(axis=0), two.sum(axis=0), lengths[inside].sum(), lengths[~inside].sum())
    rates = counts.multiply(1 / lengths[:, None]).tocsr()
    chances = welch_p(rates[inside], rates[~inside])
    return pd.DataFrame(
        {
            "log_odds": odds,
            "z": z,
            "articles": (one > 0).sum(axis=0),
            "other_articles": (two > 0).sum(axis=0),
            "p": chances,
            "q": false_discovery_rate(chances),
        }
    )


def log_odds(
    one: np.ndarray, two: np.ndarray, one_words: float, two_words: float
) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds ratio of words with an informative Dirichlet prior, and its z score.

    Parameters
    ----------
    one, two : ndarray
        Counts of each word in the two groups.
    one_words, two_words : float
        All words of the groups.

    Returns
    -------
    tuple of ndarray
        Log-odds ratio and z.
    """
    prior = (one + two) / (one_words + two_words) * PRIOR_WORDS
    a, b = one + prior, two + prior
    odds = np.log(a / (one_words + PRIOR_WORDS - a)) - np.log(b / (two_words + PRIOR_WORDS - b))
    return odds, odds / np.sqrt(1 / a + 1 / b)


def welch_p(one: csr_array, two: csr_array) -> np.ndarray:
    """Welch's test of the difference of means, per column.

    Columns without any variation have nothing to judge by and get 1.

    Parameters
    ----------
    one, two : sparse array
        Articles by columns.
    """
    from scipy.stats import t

    errors = [_variance(part) / part.shape[0] for part in (one, two)]
    total = errors[0] + errors[1]
    highest = np.maximum(*(part.max(axis=0).toarray().ravel() for part in (abs(one), abs(two))))
    sure = total > 1e-12 * (2 * highest) ** 2
    safe = np.where(sure, total, 1.0)
    shares = [error**2 / (part.shape[0] - 1) for error, part in zip(errors, (one, two), strict=True)]
    freedom = safe**2 / np.where(sure, shares[0] + shares[1], 1.0)
    difference = np.abs(one.mean(axis=0) - two.mean(axis=0)) / np.sqrt(safe)
    result: np.ndarray = np.where(sure, 2 * t.sf(difference, freedom), 1.0)
    return result


def _variance(part: csr_array) -> np.ndarray:
    """Give the sample variance of each column."""
    size = part.shape[0]
    spread = part.power(2).sum(axis=0) - size * part.mean(axis=0) ** 2
    result: np.ndarray = spread.clip(min=0) / (size - 1)
    return result


def _words(text: str) -> list[str]:
    return [plain_word(match[0]) for match in WORD.finditer(text) if not match[0][0].isdigit()]


def _candidates(counts: csr_array, words: np.ndarray, codebook: Codebook) -> np.ndarray:
    """Find the words of several articles that no cue covers."""
    finder = CueFinder(codebook)
    spread = (counts > 0).sum(axis=0)
    return np.array(
        [
            place
            for place in np.flatnonzero(spread >= FEWEST_ARTICLES).tolist()
            if len(words[place]) >= SHORTEST_WORD and not finder.find(words[place]).hits
        ],
        int,
    )
