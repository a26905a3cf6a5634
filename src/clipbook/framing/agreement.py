"""Agreement between coders: percent agreement, Holsti, Krippendorff's alpha, F1."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from clipbook.framing.coding import AGREED, frame_codes
from clipbook.stats.intervals import FEWEST, bounds_of

RELIABLE = 0.800  # Krippendorff (2004, p. 241)
TENTATIVE = 0.667
DRAWS = 1000
AGREEMENT_COLUMNS = (
    "frame", "coders", "texts", "positives", "percent", "holsti", "alpha", "low", "high", "f1", "verdict",
)  # fmt: skip


def agreement_table(codes: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Measure how far the coders agree, per frame.

    Parameters
    ----------
    codes : DataFrame
        Answers of the coders, as from `read_sheets`; codes settled by discussion (coder
        ``agreed``) are left out.
    seed : int
        Of the bootstrap.

    Returns
    -------
    DataFrame
        One row a frame: ``frame``, ``coders``, ``texts`` (coded by at least two), ``positives``
        (share of yes among their codes), ``percent`` (share of coder pairs that agree), ``holsti``,
        ``alpha``, ``low``, ``high`` (95 % interval of alpha over texts, see `alpha_interval`),
        ``f1`` (one coder against another), ``verdict``: reliable (alpha at least .800 and ``low`` at
        least .667), tentative (alpha at least .667), not reliable, or undefined (no variation, or
        nobody coded the same text).

    Raises
    ------
    TableError
        If a column is missing or a code is neither 0, 1 nor missing.

    Notes
    -----
    Krippendorff, K. (2004). Content analysis (2nd ed.), ch. 11; Holsti, O. R. (1969). Content
    analysis for the social sciences and humanities, p. 140.

    Examples
    --------
    >>> codes = [("t1", "ann", 1), ("t1", "bo", 1), ("t2", "ann", 0), ("t2", "bo", 0)]
    >>> codes = pd.DataFrame(codes, columns=["capture_id", "coder", "code"]).assign(frame="conflict", question=1)
    >>> agreement_table(codes)["alpha"].tolist()
    [1.0]
    """
    rows = []
    for frame, ratings in _ratings(codes).items():
        alpha, (low, high) = krippendorff_alpha(ratings), alpha_interval(ratings, seed=seed)
        paired = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2]
        positives = float(np.nanmean(paired)) if paired.size else np.nan
        counted = (len(ratings), paired.shape[1], positives, percent_agreement(ratings), holsti(ratings))
        rows.append((frame, *counted, alpha, low, high, pairwise_f1(ratings), verdict(alpha, low)))
    return pd.DataFrame(rows, columns=list(AGREEMENT_COLUMNS))


def verdict(alpha: float, low: float) -> str:
    """Name what an alpha allows, by Krippendorff's customary limits.

    An alpha of .800 or more is reliable only where the lower bound ``low`` of its interval is .667 or more:
    else so few texts were coded that the coders may agree less than tentative conclusions ask.
    """
    if np.isnan(alpha):
        return "undefined"
    if alpha >= RELIABLE and low >= TENTATIVE:
        return "reliable"
    return "tentative" if alpha >= TENTATIVE else "not reliable"


def krippendorff_alpha(ratings: np.ndarray) -> float:
    """Krippendorff's alpha for nominal codes.

    Parameters
    ----------
    ratings : ndarray
        Coders by texts; NaN where a coder gave no code. Texts with fewer than two codes are
        left out.

    Returns
    -------
    float
        1 minus observed over expected disagreement; NaN when all codes are the same, or no
        text has two.

    Notes
    -----
    Krippendorff, K. (2004). Content analysis (2nd ed.), pp. 223-230.
    """
    return _alpha(_counts(ratings))


def alpha_interval(ratings: np.ndarray, *, seed: int = 0) -> tuple[float, float]:
    """95 % interval of alpha over texts.

    Texts are drawn with replacement, and the bounds are as wide as `stats.intervals.bounds_of` makes them for the
    texts that two coders coded. Draws in which all codes are the same have no alpha and are left out. Where the
    coders never differ, every draw has alpha 1; the lower bound is then the alpha there would be if they
    differed in as many texts as 0 of n allow, 1 - .025^(1/n) of them (Clopper and Pearson 1934, Biometrika 26,
    404-413), at the same share of yes. NaN with fewer than three texts, or where all codes are the same.
    """
    counts = _counts(ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2])
    values, texts = counts.shape
    nothing = float("nan"), float("nan")
    if values < 2 or texts < FEWEST:
        return nothing
    if ((counts > 0).sum(axis=0) == 1).all():
        return _if_they_differed(counts, 1 - 0.025 ** (1 / texts)), 1.0
    picks = np.random.default_rng(seed).integers(0, counts.shape[1], (DRAWS, counts.shape[1]))
    drawn = np.array([_alpha(counts[:, pick]) for pick in picks])
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return nothing
    low, high = np.clip(bounds_of(drawn, np.array(_alpha(counts)), texts), -1, 1)
    return float(low), float(high)


def percent_agreement(ratings: np.ndarray) -> float:
    """Share of coder pairs that gave a text the same code, averaged over texts with two codes or more."""
    counts = _counts(ratings)
    given = counts.sum(axis=0)
    paired = given >= 2
    alike = (counts * (counts - 1)).sum(axis=0)[paired] / (given * (given - 1))[paired]
    return float(alike.mean()) if paired.any() else float("nan")


def holsti(ratings: np.ndarray) -> float:
    """Holsti's coefficient: twice the codes that two coders agree on over the codes both gave.

    With more than two coders it is the mean over pairs. A text that only one of two coders
    coded lowers it, unlike percent agreement.
    """
    given = ~np.isnan(ratings)
    pairs = combinations(range(len(ratings)), 2)
    return _mean((2 * (ratings[a] == ratings[b]).sum(), given[[a, b]].sum()) for a, b in pairs)


def pairwise_f1(ratings: np.ndarray) -> float:
    """F1 of yes codes, one coder against another, averaged over pairs of coders."""
    known = ((a == 1, b == 1, ~np.isnan(a + b)) for a, b in combinations(ratings, 2))
    return _mean((2 * (a & b).sum(), (a & both).sum() + (b & both).sum()) for a, b, both in known)


def coder_f1(codes: pd.DataFrame) -> pd.DataFrame:
    """Give ``frame`` and ``f1``, one coder against another; NaN with one coder."""
    rows = [(frame, pairwise_f1(ratings)) for frame, ratings in _ratings(codes).items()]
    return pd.DataFrame(rows, columns=["frame", "f1"])


def disagreements(codes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """List the texts and frames that coders judged differently, or of which one is unsure, for their discussion.

    Parameters
    ----------
    codes : DataFrame
        Answers of the coders, as from `read_sheets`.
    articles : DataFrame
        ``capture_id``, ``headline``.

    Returns
    -------
    DataFrame
        ``capture_id``, ``headline``, ``frame``, then one column a coder with their code
        (1, 0 or NaN). Texts of one coder are not listed.
    """
    by_coder = frame_codes(codes)
    by_coder = by_coder[by_coder["coder"] != AGREED]
    given = by_coder.groupby(["capture_id", "frame"])["code"]
    coders, sure, kinds = given.transform("size"), given.transform("count"), given.transform("nunique")
    apart = by_coder[(coders > 1) & ((sure < coders) | (kinds > 1))]
    wide = apart.pivot(index=["capture_id", "frame"], columns="coder", values="code")
    wide = wide.reset_index().rename_axis(columns=None)
    headlines = dict(zip(articles["capture_id"], articles["headline"], strict=True))
    wide.insert(1, "headline", [headlines.get(capture, "") for capture in wide["capture_id"]])
    return wide


def _ratings(codes: pd.DataFrame) -> dict[str, np.ndarray]:
    """Per frame, coders by texts."""
    by_coder = frame_codes(codes)
    by_coder = by_coder[by_coder["coder"] != AGREED]
    result = {}
    for frame in codes["frame"].drop_duplicates():
        mine = by_coder[by_coder["frame"] == frame]
        wide = mine.pivot(index="coder", columns="capture_id", values="code")
        result[str(frame)] = wide.to_numpy(dtype=float)
    return result


def _counts(ratings: np.ndarray) -> np.ndarray:
    """Count the codes of each value: values by texts."""
    values = np.unique(ratings[~np.isnan(ratings)])
    return (ratings == values[:, None, None]).sum(axis=1).astype(float)


def _alpha(counts: np.ndarray) -> float:
    """Alpha from counts, values by texts."""
    counts = counts[:, counts.sum(axis=0) >= 2]
    given = counts.sum(axis=0)
    total = given.sum()
    expected = total**2 - (counts.sum(axis=1) ** 2).sum() if total else 0.0
    if not expected:
        return float("nan")
    observed = ((given**2 - (counts**2).sum(axis=0)) / (given - 1)).sum()
    return float(1 - (total - 1) * observed / expected)


def _if_they_differed(counts: np.ndarray, share: float) -> float:
    """Alpha if all pairs of codes differed in a share of the texts, from counts, values by texts."""
    given = counts.sum(axis=1)
    total = given.sum()
    return max(-1.0, float(1 - share * total * (total - 1) / (total**2 - (given**2).sum())))


def _mean(ratios: Iterable[tuple[float, float]]) -> float:
    """Average ratios, those of nothing left out; NaN of none."""
    known = [above / below for above, below in ratios if below]
    return float(np.mean(known)) if known else float("nan")
