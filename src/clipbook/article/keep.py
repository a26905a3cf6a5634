"""Which lines of a page are its article: the probability that a line is body."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clipbook.article.context import page_context
from clipbook.article.traits import Numbers, PageTraits, words_of
from clipbook.article.trees import fitted, probability
from clipbook.article.verdicts import second_look

KEPT_AT = 0.45
"""A line is kept when it is body with at least this probability."""


def body_probability(page: PageTraits) -> Numbers:
    """Give each line of a page the probability that it is body.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.

    Returns
    -------
    array of float, shape (lines,)
        After two looks: lines first by themselves and their surroundings, then knowing the first verdicts on
        their neighbours and on where the story begins and ends.
    """
    models = fitted()
    context = page_context(page)
    body = probability(models["body"], context)
    span = probability(models["span"], context)
    return probability(models["second"], second_look(page, context, body, span))


def one_copy(text: Sequence[str], chance: Numbers, limit: float = KEPT_AT) -> NDArray[np.bool_]:
    """Keep the lines above a limit; of lines with the same words only the likeliest copy."""
    kept = chance >= limit
    best: dict[str, int] = {}
    for place in np.flatnonzero(kept).tolist():
        words = " ".join(words_of(text[place]))
        other = best.get(words)
        if other is None or chance[place] > chance[other]:
            best[words] = place
            place = other
        if place is not None:
            kept[place] = False
    return kept
