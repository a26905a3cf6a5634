"""Words that set a group of articles apart, as suggestions for a codebook's cues."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from clipbook.framing.codebook import WORD, Codebook, plain_word
from clipbook.framing.cues import CueFinder
from clipbook.schema import need_columns
from clipbook.stats.intervals import false_discovery_rate, log_odds_ratio

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
    words, other_words = lengths[inside].sum(), lengths[~inside].sum()
    odds, error = log_odds_ratio(one.sum(axis=0), two.sum(axis=0), words, other_words, PRIOR_WORDS)
    rates = counts.multiply(1 / lengths[:, None]).tocsr()
    chances = welch_p(rates[inside], rates[~inside])
    holding = {"articles": (one > 0).sum(axis=0), "other_articles": (two > 0).sum(axis=0)}
    return pd.DataFrame(
        {"log_odds": odds, "z": odds / error, **holding, "p": chances, "q": false_discovery_rate(chances)}
    )


def welch_p(one: csr_array, two: csr_array) -> np.ndarray:
    """Welch's test of the difference of means, per column.

    Columns without any variation have nothing to judge by and get 1.

    Parameters
    ----------
    one, two : sparse array
        Articles by columns.
    """
    from scipy.stats import ttest_ind_from_stats

    errors = [_variance(part) / part.shape[0] for part in (one, two)]
    total = errors[0] + errors[1]
    highest = np.maximum(*(part.max(axis=0).toarray().ravel() for part in (abs(one), abs(two))))
    sure = total > 1e-12 * (2 * highest) ** 2
    known = ((part.mean(axis=0), np.sqrt(_variance(part)), part.shape[0]) for part in (one, two))
    with np.errstate(divide="ignore", invalid="ignore"):
        chances = ttest_ind_from_stats(*chain(*known), equal_var=False).pvalue
    return np.where(sure, chances, 1.0)


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
    several = np.flatnonzero(spread >= FEWEST_ARTICLES).tolist()
    long = (place for place in several if len(words[place]) >= SHORTEST_WORD)
    return np.array([place for place in long if not finder.find(words[place]).hits], int)
