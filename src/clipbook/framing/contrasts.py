"""Outlet against outlet and period against period: means with intervals, tests by article."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from clipbook.stats.multiple_testing import false_discovery_rate
from clipbook.stats.periods import period_starts
from clipbook.stats.resampling import FEWEST, bounds_of, redrawn_sums
from clipbook.tables import need_columns

DRAWS = 2000


def frame_means(
    scores: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", scope: str = "whole", seed: int = 0
) -> pd.DataFrame:
    """Average the cue scores of each group of articles.

    Parameters
    ----------
    scores : DataFrame
        From `frame_scores`.
    articles : DataFrame
        ``capture_id`` and the column ``by``; articles that are not in it are left out.
    by : str
        Column of groups, such as ``outlet``.
    scope : str
        ``whole``, ``narration`` or ``quoted``.
    seed : int
        Of the bootstrap.

    Returns
    -------
    DataFrame
        One row a group and frame: ``group``, ``frame``, ``mean`` (of the article's cue scores), ``low``,
        ``high`` (95 % bootstrap interval over articles, as wide as `stats.resampling.bounds_of` makes it, not
        below 0; NaN with fewer than three), ``articles``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    wide, groups = _by_article(scores, articles, by, scope)
    rows = []
    for group in sorted(groups.unique()):
        table = wide[(groups == group).to_numpy()]
        rows += [(group, *row) for row in _means(table, seed)]
    return pd.DataFrame(rows, columns=["group", "frame", "mean", "low", "high", "articles"])


def frame_contrasts(
    scores: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", scope: str = "whole", seed: int = 0
) -> pd.DataFrame:
    """Compare the cue scores of every pair of groups.

    Parameters
    ----------
    scores, articles, by, scope, seed
        As for `frame_means`.

    Returns
    -------
    DataFrame
        One row a pair and frame: ``frame``, ``group``, ``other``, ``difference`` (group minus other),
        ``low``, ``high`` (95 % bootstrap interval over articles, as wide as the smaller group asks), ``p``
        (permutation test), ``q`` (corrected for all rows, false discovery rate), ``articles``,
        ``other_articles``. Groups with fewer than three articles are left out, and articles without a group.

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    Articles, not words, are drawn and exchanged: words of one article are not independent. False
    discovery rate: Benjamini, Y., & Hochberg, Y. (1995). Journal of the Royal Statistical
    Society B, 57, 289-300.
    """
    wide, groups = _by_article(scores, articles, by, scope)
    sizes = groups.value_counts()
    names = sorted(name for name in sizes.index if name.strip() and sizes[name] >= FEWEST)
    values = {name: wide[(groups == name).to_numpy()].to_numpy() for name in names}
    drawn = {
        name: _drawn_means(values[name], np.random.default_rng([seed, place]))
        for place, name in enumerate(names)
    }
    generator = np.random.default_rng(seed)
    rows = []
    for group, other in combinations(names, 2):
        one, two = values[group], values[other]
        differences = one.mean(axis=0) - two.mean(axis=0)
        low, high = bounds_of(drawn[group] - drawn[other], differences, min(len(one), len(two)))
        chances = permutation_p(one, two, generator)
        for j, frame in enumerate(wide.columns):
            rows.append(
                (frame, group, other, differences[j], low[j], high[j], chances[j], len(one), len(two))
            )
    columns = ["frame", "group", "other", "difference", "low", "high", "p", "articles", "other_articles"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(7, "q", false_discovery_rate(table["p"].to_numpy(float)))
    return table


def frame_timeline(
    scores: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    step: str = "month",
    by: str | None = None,
    scope: str = "whole",
    seed: int = 0,
) -> pd.DataFrame:
    """Average the cue scores of each period.

    Parameters
    ----------
    scores, scope, seed
        As for `frame_means`.
    articles : DataFrame
        ``capture_id``, ``published`` and the column ``by``. Articles without a date are left out.
    step : str
        ``day``, ``week``, ``month``, ``quarter`` or ``year``.
    by : str, optional
        Column of groups; all articles together when left out.

    Returns
    -------
    DataFrame
        One row a group, frame and period: ``group``, ``frame``, ``start`` (of the period), ``mean``,
        ``low``, ``high``, ``articles``, as in `frame_means`. Periods without an article are absent.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If ``step`` is none of the five.
    """
    need_columns(articles, ["capture_id", "published"], made_by="corpus.read_corpus")
    dated = articles[articles["published"].notna()]
    starts = period_starts(dated["published"], step)
    groups = dated[by].astype(str) if by else pd.Series("all", index=dated.index)
    rows = []
    for (group, start), members in dated.groupby([groups, starts], sort=True):
        wide, _ = _by_article(scores, members, "capture_id", scope)
        rows += [(group, frame, start, *row) for frame, *row in _means(wide, seed)]
    return pd.DataFrame(rows, columns=["group", "frame", "start", "mean", "low", "high", "articles"])


def permutation_p(one: np.ndarray, two: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Two-sided permutation test of the difference of means, per column.

    Parameters
    ----------
    one, two : ndarray
        Articles by frames.
    generator : Generator
        Source of the permutations.

    Returns
    -------
    ndarray
        Share of permutations with at least the difference seen, the data's own order counted in.

    Notes
    -----
    Differences are taken over their standard errors (Welch's), so that groups whose scores scatter unequally
    are not told apart for that (Janssen 1997, Statistics & Probability Letters 36, 9-21).
    """
    pooled = np.concatenate([one, two])
    values = np.hstack([pooled, pooled**2])
    size, whole = len(pooled), values.sum(axis=0)
    own = np.concatenate([one, one**2], axis=1).sum(axis=0)
    sums = np.empty((DRAWS, values.shape[1]))
    sums[0] = own
    for draw in range(1, DRAWS):
        chosen = generator.choice(size, len(one), replace=False, shuffle=False)
        sums[draw] = np.bincount(chosen, minlength=size) @ values
    (mean, error), (other, error_of_other) = (
        _mean_and_error(part, count) for part, count in ((sums, len(one)), (whole - sums, len(two)))
    )
    difference, spread = np.abs(mean - other), np.sqrt(error + error_of_other)
    certain = np.where(difference > 1e-9, np.inf, 0.0)
    standing = np.divide(difference, spread, out=certain, where=spread > 1e-9)
    result: np.ndarray = (standing >= standing[0] - 1e-9).sum(axis=0) / DRAWS
    return result


def _mean_and_error(sums: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Give means, and squared standard errors, from sums of values (the first half) and of their squares."""
    total, squares = np.split(sums, 2, axis=1)
    mean = total / count
    return mean, ((squares / count - mean**2) * count / (count - 1)).clip(0) / count


def _by_article(
    scores: pd.DataFrame, articles: pd.DataFrame, by: str, scope: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Articles by frames, and each article's group; articles without a score are left out."""
    need_columns(scores, ["capture_id", "frame", "scope", "score"], made_by="framing.frame_scores")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    order = list(dict.fromkeys(scores["frame"]))
    mine = scores[(scores["scope"] == scope) & scores["capture_id"].isin(articles["capture_id"])]
    wide = mine.pivot(index="capture_id", columns="frame", values="score").reindex(columns=order).dropna()
    groups = articles.drop_duplicates("capture_id").set_index("capture_id", drop=False)[by]
    return wide, groups.loc[wide.index].astype(str)


def _means(wide: pd.DataFrame, seed: int) -> list[tuple[str, float, float, float, int]]:
    values = wide.to_numpy()
    if not len(values):
        return []
    means = values.mean(axis=0)
    low = high = np.full(values.shape[1], np.nan)
    if len(values) >= FEWEST:
        drawn = _drawn_means(values, np.random.default_rng(seed))
        low, high = bounds_of(drawn, means, len(values))
        low = low.clip(min=0)
    return [(frame, means[j], low[j], high[j], len(values)) for j, frame in enumerate(wide.columns)]


def _drawn_means(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    return redrawn_sums(values, DRAWS, generator) / len(values)
