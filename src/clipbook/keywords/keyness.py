"""What one group of articles says that another does not: ranked by log-odds, tested by article."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.keywords.contrasts import (
    Flags,
    article_reach,
    dispersion,
    false_discovery_rate,
    log_odds_ratio,
    rate_test,
)
from clipbook.keywords.terms import TermCounts, count_terms
from clipbook.tables import need_columns

COLUMNS = [
    "term", "kind", "group", "against", "count", "count_against", "rate", "rate_against", "articles",
    "articles_against", "dispersion", "log_odds", "low", "high", "z", "p", "q",
]  # fmt: skip
THE_REST = "the rest"
LEAST = 5  # articles that hold a term
PRIOR = 0.1  # share of the smaller group's words


def keyness_table(
    articles: pd.DataFrame,
    by: str = "outlet",
    group: str | None = None,
    *,
    against: str | None = None,
    least: int = LEAST,
    prior: float = PRIOR,
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
        What the prior is worth, as a share of the smaller group's words: the larger, the more rare terms are
        drawn towards the rates of both groups together.

    Returns
    -------
    DataFrame
        One row a term and group, highest ``z`` first within a group: ``term``, ``kind`` (name, theme),
        ``group``, ``against``, ``count`` and ``count_against`` (occurrences), ``rate`` and ``rate_against``
        (per 1,000 words), ``articles`` and ``articles_against`` (articles that hold it), ``dispersion`` in
        the group (deviation of proportions: 0 even, towards 1 in few articles; NaN where the group lacks the
        term), ``log_odds`` with ``low`` and ``high`` (95 % interval that counts articles, not words, as
        observations) and ``z`` (for ranking), ``p`` (test by article; NaN where a group has fewer than two
        articles) and ``q`` (false discovery rate among the group's terms). Empty when there are not two
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
            pair = compare_terms(counted, groups == name, other, least=least, prior=prior)
            pair = pair.assign(
                group=name, against=against or THE_REST, q=false_discovery_rate(pair["p"].to_numpy())
            )
            pair = pair.sort_values(["z", "term"], ascending=[False, True])
            tables.append(pair[COLUMNS])
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(tables, ignore_index=True)


def compare_terms(
    counted: TermCounts, one: Flags, other: Flags, *, least: int = LEAST, prior: float = PRIOR
) -> pd.DataFrame:
    """Compare two groups of articles term by term, as :func:`keyness_table` does, but for ``q`` and order."""
    counts, words = counted.counts[one | other], counted.words[one | other]
    group = one[one | other]
    use = np.flatnonzero((counts > 0).sum(axis=0) >= least)
    counts = counts[:, use]
    mine, theirs = counts[group], counts[~group]
    count, count_against = mine.sum(axis=0), theirs.sum(axis=0)
    own_words, other_words = words[group].sum(), words[~group].sum()
    weight = prior * min(own_words, other_words)
    log_odds, error = log_odds_ratio(count, count_against, own_words, other_words, weight)
    p = rate_test(counts, words, group)
    reach = article_reach(counts, words, group) * error
    return pd.DataFrame(
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
            "low": log_odds - reach,
            "high": log_odds + reach,
            "z": log_odds / error,
            "p": p,
        }
    )
