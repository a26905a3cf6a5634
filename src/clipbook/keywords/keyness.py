"""What one group of articles says that another does not: ranked by log-odds, tested by article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.keywords import terms as tally
from clipbook.schema import columns_of, need_columns
from clipbook.stats.intervals import false_discovery_rate, log_odds_ratio

if TYPE_CHECKING:
    from scipy.sparse import csr_array

COLUMNS = list(columns_of("keyness"))
THE_REST = "the rest"
LEAST = 5  # articles that hold a term
PRIOR = 0.1  # what the prior of log-odds is worth, as a share of the smaller group's words


def keyness_table(
    articles: pd.DataFrame,
    by: str = "outlet",
    group: str | None = None,
    *,
    against: str | None = None,
    least: int = LEAST,
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
    ``log_odds_ratio`` ranks, ``exchange_test`` tests, ``false_discovery_rate`` corrects: see there. A z of
    log-odds takes every word for an observation of its own and so finds differences that are not there;
    whether two groups differ is for ``q`` to say.

    Examples
    --------
    >>> bodies = ["The ferry sank in the harbour."] * 3 + ["The council met about money."] * 3
    >>> pages = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3, "headline": "", "body": bodies})
    >>> pages = pages.assign(language="en", status="ok")
    >>> table = keyness_table(pages, by="outlet", group="Quay", least=2)
    >>> table.loc[table["z"] > 0, "term"].tolist()
    ['ferry sank', 'harbour']
    """
    need_columns(articles, ["headline", "body", by], made_by="corpus.read_corpus")
    label = articles[by].astype("string").fillna("")
    counted = tally.count_terms(articles[label.str.strip() != ""], least=least)
    groups = counted.articles[by].astype("string").to_numpy(dtype=object)
    names = sorted(set(groups))
    for name in (group, against):
        if name is not None and name not in names:
            raise ValueError(
                f"No comparable article has {by} {name!r}; there are {', '.join(names) or 'none'}."
            )
    every = with_terms(counted, np.ones(len(groups), bool), least)
    found = []
    for name in [group] if group is not None else names:
        rows = np.ones(len(groups), bool) if against is None else (groups == name) | (groups == against)
        mine = groups[rows] == name
        if not mine.all():
            table = compare_terms(every if against is None else with_terms(counted, rows, least), mine)
            table["q"] = false_discovery_rate(table["p"].to_numpy())
            table = table.sort_values(["z", "term"], ascending=[False, True])
            found.append(table.assign(group=name, against=against or THE_REST))
    return pd.concat(found, ignore_index=True)[COLUMNS] if found else pd.DataFrame(columns=COLUMNS)


@dataclass(frozen=True, slots=True)
class Compared:
    """The articles of a comparison, and the terms that enough of them hold."""

    use: NDArray[np.int64]  # the terms among those counted
    terms: list[str]
    kinds: list[str]
    counts: csr_array  # articles x terms in use
    both: tally.Together


def with_terms(counted: tally.TermCounts, rows: tally.Flags, least: int = LEAST) -> Compared:
    """Choose the articles of a comparison, and the terms that at least so many of them hold."""
    counts = counted.counts[rows]
    use = np.flatnonzero((counts > 0).sum(axis=0) >= least)
    terms, kinds = ([column[i] for i in use.tolist()] for column in (counted.terms, counted.kinds))
    return Compared(
        use, terms, kinds, counts[:, use], tally.look_together(counts[:, use], counted.words[rows])
    )


def compare_terms(compared: Compared, group: tally.Flags) -> pd.DataFrame:
    """Compare a group of articles with the others term by term, as :func:`keyness_table` does, but for ``q`` and order."""
    both = compared.both
    mine = compared.counts[group]
    count, articles = mine.sum(axis=0), (mine > 0).sum(axis=0)
    count_against = both.count - count
    own_words, other_words = both.words[group].sum(), both.words[~group].sum()
    weight = PRIOR * min(own_words, other_words)
    log_odds, error = log_odds_ratio(count, count_against, own_words, other_words, weight)
    reach = both.reach * error if min(group.sum(), (~group).sum()) > 1 else np.full(len(count), np.nan)
    columns = {
        "term": compared.terms,
        "kind": compared.kinds,
        "count": count.astype(int),
        "count_against": count_against.astype(int),
        "rate": 1000 * count / own_words,
        "rate_against": 1000 * count_against / other_words,
        "articles": articles,
        "articles_against": both.holding - articles,
        "dispersion": tally.dispersion(mine, both.words[group]),
        "log_odds": log_odds,
        "low": log_odds - reach,
        "high": log_odds + reach,
        "z": log_odds / error,
        "p": tally.exchange_test(both, group),
    }
    return pd.DataFrame(columns)
