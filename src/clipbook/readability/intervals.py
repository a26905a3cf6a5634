"""How sure a score is: 95 % intervals from resampling sentences, or articles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from clipbook.readability.counting import Table, totals
from clipbook.readability.formulas import Formula

DRAWS = 400
_MOST_UNITS = 1000  # more sentences than these are resampled in so many runs of neighbours
_TAIL = int(DRAWS * 0.025)


@lru_cache(maxsize=256)
def resamples(units: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """How often each of ``units`` is drawn in each resample with replacement.

    Returns
    -------
    array of shape (400, units)
        Whole numbers; each row sums to ``units``. The same numbers for the same ``units``.
    """
    drawn = np.random.default_rng((0, units)).integers(0, units, (DRAWS, units))
    flat = (drawn + np.arange(DRAWS)[:, None] * units).ravel()
    return np.bincount(flat, minlength=DRAWS * units).reshape(DRAWS, units).astype(np.float32)


def resampled(counted: Table) -> Table:
    """Add up resampled units.

    Parameters
    ----------
    counted : array of shape (units, counts)
        Counts of each sentence of a text, or of each article of a group.

    Returns
    -------
    array of shape (400, counts)
        The counts of each resample (Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13).
    """
    if len(counted) > _MOST_UNITS:
        edges = np.linspace(0, len(counted), _MOST_UNITS, endpoint=False).astype(int)
        counted = np.add.reduceat(counted, edges, axis=0)
    return (resamples(len(counted)) @ counted.astype(np.float32)).astype(np.float64)


def scores(counted: Table, formulas: Sequence[Formula]) -> Table:
    """Every formula on a table or stack of counts; NaN where a formula has nothing to divide by.

    Returns
    -------
    array of shape (formulas, ...)
        The shape of ``counted`` without its last axis follows.
    """
    counts = totals(counted)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.stack([formula.compute(counts) for formula in formulas])
    return np.where(np.isfinite(values), values, np.nan)


def bounds(draws: Table) -> tuple[Table, Table]:
    """Lower and upper ends of the 95 % percentile interval over the last axis of 400 draws."""
    parted = np.partition(draws, (_TAIL, DRAWS - 1 - _TAIL), axis=-1)
    return parted[..., _TAIL], parted[..., DRAWS - 1 - _TAIL]
