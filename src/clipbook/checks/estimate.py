"""Shares and rates corrected by what people checked: the machine's word for all, the people's for some."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clipbook.stats.intervals import score_bounds

Floats = NDArray[np.float64]
FEWEST_CHECKED = 10  # units of a group, for any statement about it
UNMET = 2 / 3  # of the errors that could be expected and were not met, so that simulated intervals hold


class Units(NamedTuple):
    """What is counted of every unit (a quotation, a cue), by the machine and, where somebody has looked, in truth."""

    article: NDArray[np.int64]  # of each unit, numbered
    stratum: NDArray[np.int64]  # in which it could be drawn, numbered
    known: NDArray[np.bool_]  # drawn and checked
    found_above: (
        Floats  # (units, outcomes): what the machine counts for each outcome, such as a speaker's words
    )
    found_below: Floats  # (units,): what it counts below the line, such as all quoted words
    true_above: Floats  # as found_above; rows of units that are not known tell nothing
    true_below: Floats


class Estimate(NamedTuple):
    """Ratios with their standard errors, one an outcome; and each article's part in them, for differences."""

    value: Floats
    error: Floats
    parts: Floats  # (articles, outcomes): the errors are the roots of their sums of squares and ``unseen``
    unseen: Floats  # variance of words that the machine gave to others, as far as checks have not met it
    freedom: Floats  # degrees of freedom of the errors
    checked: int  # units below the line that were checked
    articles: int  # in which they stand


def corrected(units: Units, weight: float) -> Estimate:
    """Estimate the ratio of two totals of a corpus from the machine's counts of all units and checks of some.

    Parameters
    ----------
    units : Units
        Units of every stratum that could be drawn; each stratum has units that are known.
    weight : float
        Of the machine's word, 0 to 1, such as `tuned_weight` gives; 0 takes the checks alone.

    Returns
    -------
    Estimate
        NaN where nothing known stands below the line.

    Notes
    -----
    The total over checked units, weighted by one over their chance to be drawn, is moved by ``weight`` times the
    difference between the machine's total over all units and over the checked ones: the difference estimator of
    survey sampling (Cochran 1977, Sampling Techniques, ch. 7), known as prediction-powered inference
    (Angelopoulos et al. 2023, Science 382, 669-674) and design-based supervised learning (Egami et al. 2023, NeurIPS
    36). The error is that of articles drawn from many like them, in which the checked units were drawn within strata: a
    sum over articles, so that quotations of one article are not taken for independent. Degrees of freedom
    are those of the articles in which something was checked and of all that were counted, joined as Welch (1947,
    Biometrika 34, 28-35) does. Words that the machine gave to somebody else are rare for each outcome, and few checks may
    meet none: of what the share of errors over all outcomes lets expect, and was not met, two thirds are added (errors
    go to nobody and to the seldom quoted, too; with all of it intervals are too wide, with none they miss too often).

    Examples
    --------
    >>> half = np.array([[1.0], [0.0]] * 20)
    >>> every = np.arange(40)
    >>> one = np.ones(40)
    >>> units = Units(every, every * 0, every < 40, half, one, half, one)  # all are checked
    >>> corrected(units, 1.0).value.tolist()
    [0.5]
    """
    strata = _Strata(units)
    above, below = strata.total(units.true_above), strata.total(units.true_below)
    outcomes = units.found_above.shape[1]
    counted = units.known & ((units.true_below > 0) | (units.found_below > 0))
    articles = len(np.unique(units.article[counted]))
    if not below > 0 or articles < 2:
        nothing = np.full(outcomes, np.nan)
        lost = np.full((int(units.article.max(initial=-1)) + 1, outcomes), np.nan)
        return Estimate(nothing, nothing, lost, nothing, nothing, int(counted.sum()), articles)
    base = below + weight * (units.found_below.sum() - strata.total(units.found_below))
    base = base if base > 0 else below
    moved = units.found_above.sum(axis=0) - strata.total(units.found_above)
    value = (above + weight * moved) / base
    few = np.sqrt(articles / (articles - 1))
    checked, parts = (part / base * few for part in strata.parts(units, value, weight))
    unseen = _unseen(units, strata, value, weight) / base**2
    error = np.sqrt((parts**2).sum(axis=0) + unseen)
    of = len(np.unique(units.article[(units.true_below > 0) | (units.found_below > 0)]))
    by_checks, by_counts = (checked**2).sum(axis=0) + unseen, ((parts - checked) ** 2).sum(axis=0)
    squares = by_checks**2 / (articles - 1) + by_counts**2 / (of - 1)
    freedom = (by_checks + by_counts) ** 2 / np.maximum(squares, 1e-300)
    freedom = freedom.clip(articles - 1, of - 1)  # also where nothing varies
    return Estimate(value, error, parts, unseen, freedom, int(counted.sum()), articles)


def bounds(made: Estimate) -> tuple[Floats, Floats]:
    """Give the 95 % intervals of corrected shares, as many degrees of freedom wide as their errors have."""
    return score_bounds(made.value.clip(0, 1), made.error, 1 + made.freedom)


def difference(one: Estimate, two: Estimate, place: int) -> tuple[float, float, float, float]:
    """Give the difference of two corrected shares of one outcome, its 95 % interval, and p; NaN where nothing varies.

    What was not met goes the same way in both groups, and so their difference alone is added.
    """
    from scipy.special import stdtr, stdtrit

    apart = (one.parts - two.parts)[:, place]
    size = float(one.value[place] - two.value[place])
    unseen = one.unseen[place] ** 0.5 - two.unseen[place] ** 0.5
    error = float(np.sqrt((apart**2).sum() + unseen**2))
    if not error > 0:
        return size, np.nan, np.nan, np.nan
    freedom = float(one.freedom[place] + two.freedom[place])
    reach = float(stdtrit(freedom, 0.975)) * error
    return (
        size,
        max(-1.0, size - reach),
        min(1.0, size + reach),
        float(2 * stdtr(freedom, -abs(size) / error)),
    )


def tuned_weight(units: Units, right: NDArray[np.bool_]) -> float:
    """Give the weight of the machine's word that makes the errors of all outcomes together least.

    Parameters
    ----------
    units : Units
        As for `corrected`.
    right : array
        Of each unit, whether the machine has put it where it belongs; of units that are not known it tells nothing.

    Returns
    -------
    float
        The slope of truth on the machine's word over the checked units and every outcome there is (Angelopoulos,
        Duchi and Zrnic 2023, PPI++): the share of words that are right, each quotation's weighing by its square.

    Examples
    --------
    >>> one, words = np.zeros(4, int), np.array([2.0, 1.0, 1.0, 9.0])
    >>> units = Units(one, one, np.array([1, 1, 1, 0]) > 0, words[:, None], words, words[:, None], words)
    >>> tuned_weight(units, np.array([True, True, False, False]))  # (4 + 1) / (4 + 1 + 1)
    0.8333333333333334
    """
    strata = _Strata(units)
    squares = units.found_below**2
    all_words, good = strata.total(np.stack([squares, squares * right], axis=1))
    return float(good / all_words) if all_words > 0 else 0.0


def _unseen(units: Units, strata: _Strata, value: Floats, weight: float) -> Floats:
    """Give the variance of words missed by the machine, as all its errors let expect, beyond that of those met.

    Without the machine's word, no word is found.
    """
    known, elsewhere = strata.known, (units.found_above == 0) | (weight == 0)
    weights = strata.weight[strata.of]
    met = (weights[known] ** 2) @ (units.true_above * elsewhere)[known] ** 2
    squares = weights * units.found_below**2 * (1 - weight)
    expected = (squares[:, None] * elsewhere).sum(axis=0) * value
    return UNMET * np.clip(expected - met, 0, None)


class _Strata:
    """How many units of each stratum there are and how many are known."""

    def __init__(self, units: Units) -> None:
        size = int(units.stratum.max(initial=-1)) + 1
        self.of, self.known = units.stratum, np.flatnonzero(units.known)
        self.all = np.bincount(units.stratum, minlength=size)
        self.seen = np.bincount(units.stratum[self.known], minlength=size)
        self.weight = self.all / np.maximum(self.seen, 1)

    def total(self, values: Floats) -> Floats:
        """Estimate a total over all units from the known ones."""
        weights = self.weight[self.of[self.known]]
        total: Floats = weights @ values[self.known]
        return total

    def parts(self, units: Units, value: Floats, weight: float) -> tuple[Floats, Floats]:
        """Give what each article adds to the error of a ratio, before division by what is below its line.

        First what is known of checked units alone, their distances from their stratum's mean, expanded; then all: with
        every unit as its stratum's mean, and as counted.
        """
        truth = units.true_above - value * units.true_below[:, None]
        found = units.found_above - value * units.found_below[:, None]
        residuals = truth - weight * found
        known = residuals[self.known]
        strata = self.of[self.known]
        means = _sums(strata, known, len(self.all)) / np.maximum(self.seen, 1)[:, None]
        drawn = np.sqrt(np.clip(self.seen / np.maximum(self.seen - 1, 1), 1, None)) * self.weight
        apart = (known - means[strata]) * drawn[strata][:, None]
        size = int(units.article.max()) + 1
        checked = _sums(units.article[self.known], apart, size)
        return checked, checked + _sums(units.article, means[self.of] + weight * found, size)


def _sums(place: NDArray[np.int64], values: Floats, size: int = 0) -> Floats:
    out = np.zeros((size or int(place.max()) + 1, values.shape[1]))
    np.add.at(out, place, values)
    return out
