"""Planning: how many articles a group a comparison needs, from the scatter of articles that are there."""

from __future__ import annotations

from collections.abc import Iterable
from math import comb

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.schema import need_columns
from clipbook.stats.differences import FEWEST
from clipbook.stats.intervals import LEVEL, POWER_POINT

Floats = NDArray[np.float64]

COLUMNS = [
    "outcome", "difference", "articles", "low", "high", "in_family", "comparisons", "scatter", "from_articles", "note",
]  # fmt: skip
FEWEST_KNOWN = 10  # articles that a scatter is taken from


def articles_needed(
    table: pd.DataFrame,
    articles: pd.DataFrame,
    outcome: str,
    differences: float | Iterable[float],
    *,
    by: str = "outlet",
    each: str | None = None,
    weights: str | None = None,
) -> pd.DataFrame:
    """Say how many articles of each group a difference of a stated size needs to be found in four of five studies.

    Parameters
    ----------
    table : DataFrame
        ``capture_id`` and the outcome, such as rows of one scope of ``frame_scores``, one measure of ``readability``, or
        `quotes.share_in_articles`. The articles may be your first ones, or another corpus like the one that you plan.
    articles : DataFrame
        ``capture_id`` and the column ``by``; articles that are not in it are left out.
    outcome : str
        Column of ``table``: ``expected_cues``, ``value``, ``share``, ...
    differences : float or iterable of float
        Between two groups, in units of the outcome.
    by : str
        Column of groups: the scatter is taken within them.
    each : str, optional
        Column of ``table`` that tells several outcomes apart, such as ``frame``; without it one row an article.
    weights : str, optional
        Column of ``table``, such as the quoted words that a share is of.

    Returns
    -------
    DataFrame
        One row an outcome and difference: ``outcome``, ``difference``, ``articles`` (of each of two groups, tested alone), ``low``
        and ``high`` (the same at the ends of the 95 % interval of the scatter), ``in_family`` (articles where all
        ``comparisons``, every pair of groups in every outcome, are tested together), ``scatter`` (standard deviation
        of articles within their group), ``from_articles`` (that it was taken from) and ``note``. Numbers are
        NaN where fewer than ten articles in groups of three or more have the outcome, or none differs.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If a difference is not above 0.

    Notes
    -----
    Two groups of equal size, two-sided at .05, found in four of five samples: n = 2 (z + z')² s² / d² + z² / 4
    (Guenther 1981, The American Statistician 35, 243-244). For a family z is that of .05 over its
    comparisons (Bonferroni), a little more than the largest statistic asks for. The scatter of a weighted mean is
    linearised (Cochran 1977, Sampling Techniques, chapter 6).

    Examples
    --------
    >>> names = [str(number) for number in range(20)]
    >>> articles = pd.DataFrame({"capture_id": names, "outlet": ["Quay", "Moor"] * 10})
    >>> ease = pd.DataFrame({"capture_id": names, "value": [50.0, 40.0, 70.0, 60.0] * 5})
    >>> articles_needed(ease, articles, "value", [5, 10])[["difference", "articles"]].values.tolist()
    [[5.0, 71.0], [10.0, 19.0]]
    """
    wanted = [float(size) for size in np.atleast_1d(np.asarray(differences, float))]
    if not all(size > 0 for size in wanted):
        raise ValueError(f"A difference to be found is above 0, not {min(wanted)}.")
    needed = ["capture_id", outcome, *filter(None, (each, weights))]
    need_columns(table, needed, made_by="one of clipbook's measures")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    group = articles.drop_duplicates("capture_id").set_index("capture_id")[by].astype("string").fillna("")
    rows = table[table["capture_id"].isin(group.index) & table[outcome].notna()]
    rows = rows.assign(group=rows["capture_id"].map(group))
    parts = [(outcome, rows)] if each is None else list(rows.groupby(each, sort=False))
    pairs = comb(int((rows.drop_duplicates("capture_id")["group"].value_counts() >= FEWEST).sum()), 2)
    family = max(pairs, 1) * max(len(parts), 1)
    made = []
    for name, part in parts:
        scatter, freedom, known = _scatter(part, outcome, weights)
        note = ""
        if known < FEWEST_KNOWN:
            note = f"{known} articles in groups of {FEWEST} or more: {FEWEST_KNOWN} are needed to tell how they scatter"
        elif scatter == 0:
            note = f"the same in all {known} articles"
        told = scatter if known >= FEWEST_KNOWN else np.nan
        for size in wanted:
            numbers = (np.nan,) * 4 if note else _needed(size, scatter, freedom, family)
            made.append((str(name), size, *numbers, family, told, known, note))
    return pd.DataFrame(made, columns=COLUMNS)


def _scatter(part: pd.DataFrame, outcome: str, weights: str | None) -> tuple[float, int, int]:
    """Give the standard deviation of articles within their groups, its degrees of freedom and the articles."""
    weight = part[weights].astype(float) if weights else pd.Series(1.0, part.index)
    part = part.assign(weight=weight, product=weight * part[outcome].astype(float))[weight > 0]
    sums = part.groupby("group")[["weight", "product"]].transform("sum")
    size = part.groupby("group")["weight"].transform("size")
    apart = (part["product"] - sums["product"] / sums["weight"] * part["weight"]) * size / sums["weight"]
    use = size >= FEWEST
    known, groups = int(use.sum()), int(part.loc[use, "group"].nunique())
    freedom = max(known - groups, 1)
    squares = float((apart[use] ** 2).sum())
    return (np.sqrt(squares / freedom) if squares > 1e-18 else 0.0), freedom, known


def _needed(size: float, scatter: float, freedom: int, family: int) -> tuple[float, float, float, float]:
    """Give the articles of each group: alone, at both ends of the scatter's interval, and in a family."""
    from scipy.stats import chi2, norm

    ends = scatter * np.sqrt(freedom / chi2.ppf([0.975, 0.025], freedom))
    alone, whole = norm.ppf(1 - LEVEL / 2), norm.ppf(1 - LEVEL / 2 / family)
    low, high = (_articles(size, end, alone) for end in ends)
    return _articles(size, scatter, alone), low, high, _articles(size, scatter, whole)


def _articles(size: float, scatter: float, point: float) -> float:
    count = 2 * ((point + POWER_POINT) * scatter / size) ** 2 + point**2 / 4
    return float(max(np.ceil(count), FEWEST))
