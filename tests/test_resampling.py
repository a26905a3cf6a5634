"""Intervals from redrawn articles."""

from itertools import product

import numpy as np
import pytest

from clipbook.stats.intervals import bounds_of


def test_three_articles_get_the_interval_that_students_t_asks_for():
    """The 27 ways to draw from 1, 2, 3 have the percentiles 1 and 3; t is 4.303 and the normal's 1.960."""
    draws = np.repeat([sum(drawn) / 3 for drawn in product((1, 2, 3), repeat=3)], 100)
    low, high = bounds_of(draws, np.array(2.0), 3)
    assert low == pytest.approx(2 - 1.5**0.5 * 4.303 / 1.960, abs=0.001)
    assert high == pytest.approx(2 + 1.5**0.5 * 4.303 / 1.960, abs=0.001)


@pytest.mark.parametrize("size", [3, 5, 10])
def test_the_interval_of_a_mean_holds_the_truth_nineteen_times_in_twenty(size):
    """Percentiles alone would hold it 72, 82 and 91 times in a hundred."""
    generator = np.random.default_rng(1)
    held = 0
    for _ in range(600):
        values = generator.normal(size=(size, 1))
        draws = values[generator.integers(0, size, (300, size))].mean(axis=1)
        low, high = bounds_of(draws, values.mean(axis=0), size)
        held += bool(low[0] <= 0 <= high[0])
    assert 0.92 < held / 600 < 0.98
