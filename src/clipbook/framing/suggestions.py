"""Words that set a group of articles apart, as suggestions for a codebook's cues."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from clipbook.framing.codebook import WORD, Codebook, plain_word
from clipbook.framing.contrasts import false_discovery_rate
from clipbook.framing.cues import CueFinder
from clipbook.tables import need_columns

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
    """
    need_columns(articles, ["capture_id", "headline", "body", by], made_by="corpus.read_corpus")
    columns = ["word", "log_odds", "z", "articles", "other_articles", "p", "q"]
    counts = [_words(f"{row.headline}\n{row.body}") for row in articles.itertuples()]
    inside = (articles[by] == group).to_numpy()
    if min(inside.sum(), (~inside).sum()) < FEWEST_ARTICLES:
        return pd.DataFrame(columns=columns)
    words = _candidates(counts, codebook)
    if not words:
        return pd.DataFrame(columns=columns)
    table = np.array([[count[word] for word in words] for count in counts], dtype=float)
    lengths = np.array([max(sum(count.values()), 1) for count in counts], dtype=float)
    odds, z = log_odds(
        table[inside].sum(0), table[~inside].sum(0), lengths[inside].sum(), lengths[~inside].sum()
    )
    rates = table / lengths[:, None]
    chances = welch_p(rates[inside], rates[~inside])
    found = pd.DataFrame(
        {
            "word": words,
            "log_odds": odds,
            "z": z,
            "articles": (table[inside] > 0).sum(axis=0),
            "other_articles": (table[~inside] > 0).sum(axis=0),
            "p": chances,
            "q": false_discovery_rate(chances),
        }
    )
    ranked = found.sort_values(["z", "word"], ascending=[False, True])
    return ranked[ranked["z"] > 0].head(top).reset_index(drop=True)


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


def welch_p(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Welch's test of the difference of means, per column.

    Columns without any variation have nothing to judge by and get 1.
    """
    from scipy.stats import t

    errors = [part.var(axis=0, ddof=1) / len(part) for part in (one, two)]
    total = errors[0] + errors[1]
    sure = total > 1e-12 * (np.abs(one).max(axis=0) + np.abs(two).max(axis=0)) ** 2
    safe = np.where(sure, total, 1.0)
    freedom = safe**2 / np.where(sure, errors[0] ** 2 / (len(one) - 1) + errors[1] ** 2 / (len(two) - 1), 1.0)
    difference = np.abs(one.mean(axis=0) - two.mean(axis=0)) / np.sqrt(safe)
    result: np.ndarray = np.where(sure, 2 * t.sf(difference, freedom), 1.0)
    return result


def _words(text: str) -> Counter[str]:
    return Counter(plain_word(match[0]) for match in WORD.finditer(text) if not match[0][0].isdigit())


def _candidates(counts: list[Counter[str]], codebook: Codebook) -> list[str]:
    """Words of several articles that no cue covers."""
    spread = Counter(word for count in counts for word in count)
    finder = CueFinder(codebook)
    return sorted(
        word
        for word, number in spread.items()
        if number >= FEWEST_ARTICLES and len(word) >= SHORTEST_WORD and not finder.find(word).hits
    )
