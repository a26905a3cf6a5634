"""Differences between groups of articles: every pair, every outcome, one family.

An outcome is a ratio of sums over articles, such as quoted words of a speaker over all quoted words; a mean is the
ratio to 1 an article. So means, rates and shares are compared by one rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import lgamma

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.stats.intervals import SMALLEST, reach_of, standing, tested

Floats = NDArray[np.float64]
Labels = Sequence[object] | NDArray[np.object_] | pd.Series

FEWEST = 3  # articles of a group: the scatter of two says next to nothing
DRAWS = 2000
COLUMNS = [
    "outcome", "group", "other", "value", "other_value", "difference", "low", "high", "p", "q", "detectable",
    "articles", "other_articles",
]  # fmt: skip
_AT_ONCE = 4_000_000  # numbers permuted at a time
_MOST = 60_000_000  # articles permuted in all draws together; from 30,000 on there are fewer draws


@dataclass(frozen=True, slots=True)
class Counted:
    """What outcomes count in each article, and what it is counted in.

    Attributes
    ----------
    names : list of str
        Of the outcomes.
    above : array of shape (articles, outcomes)
        Such as a speaker's words.
    below : array of shape (articles,)
        Such as all quoted words; ones for a mean. Articles with 0 are left out.
    """

    names: Sequence[object]
    above: Floats
    below: Floats


def differences(counted: Counted, groups: Labels, *, seed: int = 0) -> pd.DataFrame:
    """Compare every two groups in every outcome.

    Parameters
    ----------
    counted : Counted
        One row an article.
    groups : sequence
        The group of each article; groups of fewer than three articles are left out, and those named "".
    seed : int
        Of the permutations.

    Returns
    -------
    DataFrame
        One row an outcome and pair: ``outcome``, ``group``, ``other``, ``value`` and ``other_value``, ``difference``
        (group less other), ``low`` and ``high`` (95 % for all rows of the table at once; both the difference itself
        where articles of a group are all alike), ``p`` (of this difference
        alone), ``q`` (corrected for all rows: the chance that any would be as clear if nothing differed),
        ``detectable`` (a difference that four in five such samples would show; NaN where nothing varies), ``articles``, ``other_articles``.
        Empty without two groups.

    Notes
    -----
    Articles, not words, are exchanged: groups are dealt out anew among all articles. Each difference is taken
    over its standard error (Janssen 1997, Statistics & Probability Letters 36, 9-21), that of a
    ratio by linearising it (Cochran 1977, Sampling Techniques, chapter 6), with Welch's degrees of freedom. A
    group's variance counts one article as scattering like all groups do, so that few articles that happen to be
    alike are not taken for certain. Corrected by the largest statistic of each permutation
    (Westfall and Young 1993).

    Examples
    --------
    >>> import numpy as np
    >>> ease = Counted(["ease"], np.array([[61.0], [64], [63], [62], [48], [51], [50], [49]]), np.ones(8))
    >>> found = differences(ease, ["Gull"] * 4 + ["Tern"] * 4)
    >>> found[["group", "other", "difference"]].to_numpy().tolist()
    [['Gull', 'Tern', 13.0]]
    """
    labels = np.asarray([str(group) for group in groups], object)
    usable = counted.below > 0
    sizes = pd.Series(labels[usable]).value_counts()
    names = sorted(name for name in sizes.index if name.strip() and sizes[name] >= FEWEST)
    if len(names) < 2 or not len(counted.names):
        return pd.DataFrame({column: [] for column in COLUMNS})
    rows = np.flatnonzero(usable & np.isin(labels, names))
    rows = rows[np.argsort(labels[rows], kind="stable")]
    count: Floats = sizes[names].to_numpy(float).astype(float)
    starts = np.searchsorted(labels[rows].astype(str), names)
    sums = _products(counted, rows)
    ratios = _ratios(np.add.reduceat(sums, starts, axis=0)[None], count)
    pairs = np.array(list(combinations(range(len(names)), 2)))
    difference, error, freedom = (part[0] for part in _contrast(*ratios, count, pairs))
    drawn = _permuted(sums, starts, count, pairs, np.random.default_rng(seed))
    least = float(np.exp(sum(lgamma(size + 1) for size in count) - lgamma(len(rows) + 1)))
    values, outcomes = ratios[0][0], len(counted.names)
    one, two = pairs.T
    table = {
        "outcome": np.tile(np.asarray(counted.names, object), len(pairs)),
        "group": np.repeat(np.asarray(names, object)[one], outcomes),
        "other": np.repeat(np.asarray(names, object)[two], outcomes),
        "value": values[one].ravel(),
        "other_value": values[two].ravel(),
        "difference": difference.ravel(),
        "articles": np.repeat(count[one], outcomes).astype(int),
        "other_articles": np.repeat(count[two], outcomes).astype(int),
    }
    return pd.DataFrame(table | tested(difference, error, freedom, drawn, least))[COLUMNS]


def pooled(counted: Counted, groups: Labels, clusters: Labels) -> tuple[Counted, list[str]]:
    """Take the articles of one cluster in one group for one, so that comparisons have errors by cluster.

    Sums are what they were, and so is every ratio of sums; what scatters and is exchanged are clusters.

    Returns
    -------
    (Counted, list of str)
        One row a cluster and group, and the group of each.
    """
    both = pd.MultiIndex.from_arrays([[str(name) for name in names] for names in (groups, clusters)])
    place, met = pd.factorize(both, sort=True)
    above = pd.DataFrame(counted.above).groupby(place).sum().to_numpy(float)
    below = np.bincount(place, weights=counted.below, minlength=len(met)).astype(float)
    return Counted(counted.names, above, below), [group for group, _ in met]


def between_shares(tests: pd.DataFrame) -> pd.DataFrame:
    """Hold a table of comparisons of shares to what can be: two differ by 1 at most; more than that is never seen (inf)."""
    unseen = tests["detectable"].mask(tests["detectable"] > 1, np.inf)
    return tests.assign(low=tests["low"].clip(lower=-1), high=tests["high"].clip(upper=1), detectable=unseen)


def group_values(counted: Counted, groups: Labels) -> pd.DataFrame:
    """Give each outcome of each group with an interval of its own.

    Returns
    -------
    DataFrame
        One row a group and outcome: ``group``, ``outcome``, ``value``, ``low``, ``high`` (95 %, by Student's t on
        the scale of logarithms, because ratios of few articles are skewed; below 0 on their own scale; NaN with
        fewer than three articles or where nothing was counted), ``articles``.

    Notes
    -----
    The standard error is that of leaving out one article at a time (Tukey's jackknife: Efron 1982, The Jackknife,
    the Bootstrap and Other Resampling Plans, chapter 3). Its degrees of freedom are fewer the more of the scatter a few
    articles make (Satterthwaite 1946, Biometrics Bulletin 2, 110-114, with the variance of a variance by kurtosis).
    """
    labels = np.asarray(groups, object)
    tables = []
    for name in sorted(set(labels[counted.below > 0])):
        rows = np.flatnonzero((labels == name) & (counted.below > 0))
        value, error, freedom = _jackknifed(counted.above[rows], counted.below[rows].astype(float))
        low = high = np.full(len(value), np.nan)
        if len(rows) >= FEWEST:
            reach = reach_of(1.959964, freedom) * error
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                factor = np.exp(reach / value)
            above = value > 0
            low = np.where(above, value / factor, value - reach)
            high = np.where(above, value * factor, value + reach)
        table = {"group": name, "outcome": counted.names, "value": value, "low": low, "high": high}
        tables.append(pd.DataFrame(table).assign(articles=len(rows)))
    columns = ["group", "outcome", "value", "low", "high", "articles"]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame({name: [] for name in columns})


def _jackknifed(above: Floats, below: Floats) -> tuple[Floats, Floats, Floats]:
    """Give ratios of sums, their standard errors, and the degrees of freedom that these errors have."""
    size = len(below)
    value = above.sum(axis=0) / below.sum()
    apart = above - value * below[:, None]
    # how far the ratio moves without an article
    without = apart / (below.sum() - below)[:, None].clip(SMALLEST)
    error = np.sqrt((without**2).sum(axis=0) * (size - 1) / size)
    with np.errstate(divide="ignore", invalid="ignore"):
        peaked = (apart**4).mean(axis=0) / (apart**2).mean(axis=0) ** 2
    freedom = 2 * size / (peaked - 1).clip(SMALLEST)
    return value, error, np.where(np.isfinite(freedom), freedom, np.inf).clip(1, max(size - 1, 1))


def _products(counted: Counted, rows: NDArray[np.int64]) -> Floats:
    """Give what sums are needed of: below, its square, and above, its square and its product with below."""
    above, below = counted.above[rows], counted.below[rows, None].astype(float)
    return np.hstack([below, below**2, above, above**2, above * below])


def _ratios(sums: Floats, count: Floats) -> tuple[Floats, Floats]:
    """Give ratios and their squared standard errors, each draws x groups x outcomes."""
    below, squares, rest = sums[..., :1], sums[..., 1:2], sums[..., 2:]
    above, above_squares, products = np.split(rest, 3, axis=-1)
    value = above / below
    apart = (above_squares - 2 * value * products + value**2 * squares).clip(0)
    size = count[:, None]
    scatter = apart * (size / below) ** 2  # squared distances on the scale of the ratio
    freedom = (size - 1).clip(1)
    shared = scatter.sum(axis=-2, keepdims=True) / max(count.sum() - len(count), 1)
    if len(count) > 1:
        return value, (scatter + shared) / (freedom + 1) / size
    return value, scatter / freedom / size


def _contrast(
    value: Floats, variance: Floats, count: Floats, pairs: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats]:
    """Give differences, their standard errors and Welch's degrees of freedom, draws x pairs x outcomes."""
    one, two = pairs.T
    mine, theirs = variance[:, one], variance[:, two]
    free, free_too = (count[one] - 1)[:, None], (count[two] - 1)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (mine + theirs) ** 2 / (mine**2 / free + theirs**2 / free_too)
    freedom = np.where(np.isfinite(freedom), freedom, np.minimum(free, free_too))
    return value[:, one] - value[:, two], np.sqrt(mine + theirs), freedom


def draws_of(size: int) -> int:
    """Give how many draws of so many articles, or clusters, are made."""
    return max(min(DRAWS, _MOST // size), 200)


def in_parts(whole: int, at_once: int) -> list[int]:
    """Divide a number into parts of at most so many."""
    return [min(at_once, whole - first) for first in range(0, whole, at_once)]


def _permuted(
    sums: Floats, starts: NDArray[np.int64], count: Floats, pairs: NDArray[np.int64], generator: np.random.Generator
) -> Floats:  # fmt: skip
    """Deal the groups out anew; gives statistics without sign, draws x (pairs x outcomes)."""
    from scipy.sparse import csr_array

    size = len(sums)
    at_once = max(1, _AT_ONCE // sums.size)
    place = pd.factorize(np.array([column.tobytes() for column in sums.T], object))[0]
    apart = sums[:, np.unique(place, return_index=True)[1]]  # of means many columns are the same
    parts = []
    for some in in_parts(draws_of(size), at_once):
        order = generator.permuted(np.tile(np.arange(size, dtype=np.int32), (some, 1)), axis=1)
        ends = np.append(np.add.outer(np.arange(some) * size, starts), order.size)
        dealt = csr_array((np.ones(order.size), order.ravel(), ends), (len(ends) - 1, size)) @ apart
        ratios = _ratios(dealt.take(place, axis=1).reshape(some, len(starts), -1), count)
        stands = standing(*_contrast(*ratios, count, pairs))
        parts.append(np.abs(stands).reshape(some, -1).astype(np.float32))
    return np.concatenate(parts).astype(float)
