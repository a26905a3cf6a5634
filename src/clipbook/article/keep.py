"""Which lines of a page are its article: the probability that a line is body."""

from __future__ import annotations

import numpy as np

from clipbook.article.traits import OWN_NAMES, Numbers, PageTraits

_COLUMN = {name: place for place, name in enumerate(OWN_NAMES)}
_GAP_COST = 6.0


def body_probability(page: PageTraits) -> Numbers:
    """Give each line of a page the probability that it is body."""
    own = page.own
    words = own[:, _COLUMN["words"]]
    prose = (words >= 12) & (own[:, _COLUMN["end"]] > 0) & (own[:, _COLUMN["copyright"]] == 0)
    first, last = dense_run(words, prose)
    place = np.arange(len(words))
    inside = (place >= first) & (place <= last)
    clutter = (words < 12) & ((own[:, _COLUMN["groups"]] > 1) | (own[:, _COLUMN["signed"]] > 0))
    return (0.9 * (inside & ~clutter & ((words >= 5) | (own[:, _COLUMN["end"]] > 0)))).astype(np.float32)


def dense_run(words: Numbers, prose: Numbers) -> tuple[int, int]:
    """First and last line of the densest stretch: a line of prose scores its words, any other costs a few."""
    best = score = 0.0
    first = last = start = 0
    for place, (count, good) in enumerate(zip(words.tolist(), prose.tolist(), strict=True)):
        if score <= 0:
            score, start = 0.0, place
        score += count if good else -_GAP_COST
        if score > best:
            best, first, last = score, start, place
    return first, last
