"""Correction for many tests, against published and hand-made examples."""

import numpy as np
import pytest

from clipbook.stats.multiple_testing import false_discovery_rate


def test_false_discovery_rate_of_benjamini_and_hochberg():
    # The fifteen p values of their section 3.2: at 0.05 four are rejected, and not the fifth.
    p = np.array(
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .324, .4262, .5719, .6528, .759, 1]
    )  # fmt: skip
    q = false_discovery_rate(p)
    assert (q < 0.05).sum() == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


def test_false_discovery_rate_leaves_the_unknown_out():
    q = false_discovery_rate(np.array([0.02, np.nan, 0.03]))
    np.testing.assert_allclose(q, [0.03, np.nan, 0.03])


def test_false_discovery_rate_by_hand():
    # p times number over rank: .01*4/1, .02*4/2, .03*4/3, .5*4/4
    assert false_discovery_rate(np.array([0.03, 0.01, 0.5, 0.02])).tolist() == pytest.approx(
        [0.04, 0.04, 0.5, 0.04]
    )
