"""What one group of articles says that another does not: ranked by log-odds, tested by article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.keywords.terms import TermCounts, count_terms
from clipbook.tables import need_columns

if TYPE_CHECKING:
    from scipy.sparse import csr_array

COLUMNS = [
    "term", "kind", "group", "against", "count", "count_against", "rate", "rate_against", "articles",
    "articles_against", "dispersion", "log_odds", "z", "p", "q",
]  # fmt: skip
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def keyness_table(
    articles: pd.DataFrame,
    by: str = "outlet",
    group: str | None = None,
    *,
    against: str | None = None,
    least: int = 5,
    prior: float = 1000.0,
) -> pd.DataFrame:
    """Compare how often groups of articles use each term.

    Parameters
    ----------
    articles : DataFrame
        ``headline``, ``body`` and the column ``by``; ``status`` and ``language`` where there are any.
        Duplicates, thin and failed captures and articles not in English are left out.
    by : str
        The column that holds the groups; rows without a value are left out.
    group : str, optional
        The group to describe; without it, every group in turn.
    against : str, optional
        The group to compare with; without it, all other articles.
    least : int
        A term counts from so many articles on, in both groups together.
    prior : float
        Words that the prior is worth: the larger, the more rare terms are drawn towards the whole's rates.

    Returns
    -------
    DataFrame
        One row a term and group, highest ``z`` first within a group: ``term``, ``kind`` (name, theme),
        ``group``, ``against``, ``count`` and ``count_against`` (occurrences), ``rate`` and ``rate_against``
        (per 1,000 words), ``articles`` and ``articles_against`` (articles that hold it), ``dispersion`` in
        the group (deviation of proportions: 0 even, towards 1 in few articles; NaN where the group lacks the
        term), ``log_odds`` and ``z`` (for ranking), ``p`` (test by article; NaN where a group has fewer than
        two articles) and ``q`` (false discovery rate among the group's terms). Empty when there are not two
        groups.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If no comparable article belongs to ``group`` or ``against``.

    Notes
    -----
    ``log_odds_ratio`` ranks, ``rate_test`` tests, ``false_discovery_rate`` corrects: see there. A z of
    log-odds takes every word for an observation of its own and so finds differences that are not there;
    whether two groups differ is for ``q`` to say.
    """
    need_columns(articles, ["headline", "body", by], made_by="corpus.read_corpus")
    label = articles[by].astype("string").fillna("")
    known = articles[label.str.strip() != ""]
    counted = count_terms(known, least=least)
    groups = counted.articles[by].astype("string").to_numpy(dtype=object)
    names = sorted(set(groups))
    for name in (group, against):
        if name is not None and name not in names:
            raise ValueError(
                f"No comparable article has {by} {name!r}; there are {', '.join(names) or 'none'}."
            )
    tables = []
    for name in [group] if group is not None else names:
        other = groups != name if against is None else groups == against
        if name != against and other.any():
            pair = _compare(counted, groups == name, other, least=least, prior=prior)
            tables.append(pair.assign(group=name, against=against or "the rest")[COLUMNS])
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(tables, ignore_index=True)


def _compare(counted: TermCounts, one: Flags, other: Flags, *, least: int, prior: float) -> pd.DataFrame:
    counts, words = counted.counts[one | other], counted.words[one | other]
    group = one[one | other]
    use = np.flatnonzero((counts > 0).sum(axis=0) >= least)
    counts = counts[:, use]
    mine, theirs = counts[group], counts[~group]
    count, count_against = mine.sum(axis=0), theirs.sum(axis=0)
    own_words, other_words = words[group].sum(), words[~group].sum()
    log_odds, z = log_odds_ratio(count, count_against, own_words, other_words, prior)
    p = rate_test(counts, words, group)
    table = pd.DataFrame(
        {
            "term": [counted.terms[i] for i in use],
            "kind": [counted.kinds[i] for i in use],
            "count": count.astype(int),
            "count_against": count_against.astype(int),
            "rate": 1000 * count / own_words,
            "rate_against": 1000 * count_against / other_words,
            "articles": (mine > 0).sum(axis=0),
            "articles_against": (theirs > 0).sum(axis=0),
            "dispersion": dispersion(mine, words[group]),
            "log_odds": log_odds,
            "z": z,
            "p": p,
            "q": false_discovery_rate(p),
        }
    )
    return table.sort_values(["z", "term"], ascending=[False, True], ignore_index=True)


def log_odds_ratio(
    count: Floats, count_against: Floats, words: int, words_against: int, prior: float
) -> tuple[Floats, Floats]:
    """Compare counts by log-odds with an informative Dirichlet prior.

    Parameters
    ----------
    count, count_against : array
        Occurrences of each term in the two groups.
    words, words_against : int
        Words of the two groups.
    prior : float
        Words that the prior is worth, spread over the terms as both groups together use them.

    Returns
    -------
    log_odds, z : array
        The difference of the two log-odds, above 0 where the first group uses the term more; the same over
        its standard error.

    Notes
    -----
    Monroe, Colaresi and Quinn, Political Analysis 16 (2008), 372-403, equations 16, 20 and 22.
    """
    share = prior * (count + count_against) / (words + words_against)
    mine, theirs = count + share, count_against + share
    odds = np.log(mine / (words + prior - mine)) - np.log(theirs / (words_against + prior - theirs))
    return odds, odds / np.sqrt(1 / mine + 1 / theirs)


def rate_test(counts: csr_array, words: NDArray, group: Flags) -> Floats:
    """Test, article by article, whether two groups use a term at one rate.

    Parameters
    ----------
    counts : sparse array, articles x terms
        Occurrences.
    words : array
        Words of each article.
    group : array of bool
        True for the articles of the first group.

    Returns
    -------
    array
        Two-sided p of each term; NaN where a group has fewer than two articles or no article has the term.

    Notes
    -----
    Quasi-Poisson: the articles' deviations from the common rate give the dispersion, which need not be that
    of words drawn one by one (McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, chapter 9). A
    term that few articles hold gives few independent observations; so t has one degree of freedom less than
    there are such articles. tests/validity/keyness_calibration.py measures the rate of false alarms.
    """
    from scipy.stats import t as student

    size, total = len(words), words.sum()
    if min(group.sum(), size - group.sum()) < 2:
        return np.full(counts.shape[1], np.nan)
    rate = counts.sum(axis=0) / total
    squares = counts.power(2).sum(axis=0) - 2 * rate * (counts.T @ words) + rate**2 * (words**2).sum()
    dispersed = squares / total * size / (size - 1)
    own, other = words[group].sum(), words[~group].sum()
    difference = counts[group].sum(axis=0) / own - counts[~group].sum(axis=0) / other
    holding = (counts > 0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = difference / np.sqrt(dispersed * (1 / own + 1 / other))
        return np.where(holding > 1, 2 * student.sf(np.abs(t), np.maximum(holding - 1, 1)), np.nan)


def false_discovery_rate(p: Floats) -> Floats:
    """Correct p values for their number; NaN stays NaN and is not counted.

    Notes
    -----
    Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289-300.
    """
    q = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    steps = p[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum(1.0, np.minimum.accumulate(steps[::-1])[::-1])
    return q


def dispersion(counts: csr_array, words: NDArray) -> Floats:
    """Measure how unevenly articles share a term.

    Returns
    -------
    array
        Half the sum of absolute differences between each article's share of the words and of the term's
        occurrences: 0 where the term follows the words; NaN where there is none.

    Notes
    -----
    DP of Gries, International Journal of Corpus Linguistics 13 (2008), 403-437.
    """
    share = words / words.sum()
    cells = counts.tocoo()
    total = counts.sum(axis=0)
    row, column = cells.coords
    held = share[row]
    size = len(total)
    apart = np.bincount(column, weights=np.abs(held - cells.data / total[column]), minlength=size)
    absent = 1 - np.bincount(column, weights=held, minlength=size)
    return np.where(total > 0, (apart + absent) / 2, np.nan)
