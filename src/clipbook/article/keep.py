"""Which lines of a page are its article and its headline, as probabilities."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clipbook.article.context import context_names, page_context
from clipbook.article.html import extract_look, extract_names
from clipbook.article.traits import Numbers, PageTraits, line_words
from clipbook.article.verdicts import second_look, second_names
from clipbook.model import Trees, probability, stored_weights

WEIGHTS = "line_weights.json"
KEPT_AT = 0.5
"""A line is kept when it is body with at least this probability."""


def model_columns() -> dict[str, list[str]]:
    """Name the columns that each model is given."""
    first, second = context_names(), second_names()
    markup = [*second, *extract_names()]
    return {"body": first, "span": first, "second": second, "headline": second, "markup": markup}


@lru_cache(maxsize=1)
def _fitted() -> dict[str, Trees]:
    stored = stored_weights("article", WEIGHTS)["models"]
    return {name: Trees(stored[name], columns) for name, columns in model_columns().items()}


class Verdicts(NamedTuple):
    """What the models make of each line of a page."""

    body: Numbers  # probability to be body
    headline: Numbers  # probability to be the headline


def judge_lines(page: PageTraits, share: Numbers | None = None) -> Verdicts:
    """Judge each line of a page.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    share : array of float, shape (lines,), optional
        What trafilatura kept of each line, for a page that came as markup.

    Returns
    -------
    Verdicts
        After two looks: lines first by themselves and their surroundings, then knowing the first verdicts on
        their neighbours and on where the story begins and ends. For a page that came as markup the verdict is
        the mean of a third look, which knows what trafilatura kept (half), the second look, and trafilatura's.
    """
    models = _fitted()
    context = page_context(page)
    body = probability(models["body"](context))
    span = probability(models["span"](context))
    second = second_look(page, context, body, span)
    headline = probability(models["headline"](second))
    body = probability(models["second"](second))
    if share is not None:
        look = np.concatenate([second, extract_look(context[:, 0], share)], axis=1)
        body = mean_verdict(probability(models["markup"](look)), body, share)
    return Verdicts(body, headline)


def mean_verdict(markup: Numbers, second: Numbers, share: Numbers) -> Numbers:
    """Weigh the verdict that knows the extractor's (half) with those of the lines alone and of the extractor."""
    return np.asarray((2 * markup + second + share) / 4, np.float32)


def one_copy(page: PageTraits, chance: Numbers, limit: float = KEPT_AT) -> NDArray[np.bool_]:
    """Keep the lines above a limit; of lines with the same words only the likeliest copy."""
    kept = chance >= limit
    best: dict[tuple[str, ...], int] = {}
    for place in np.flatnonzero(kept).tolist():
        words = tuple(line_words(page, place))
        other = best.get(words)
        if other is None or chance[place] > chance[other]:
            best[words] = place
            if other is not None:
                kept[other] = False
        else:
            kept[place] = False
    return kept
