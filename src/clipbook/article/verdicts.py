"""Which lines of a page are its article and its headline: first verdicts, and a second look that knows them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clipbook.article.context import (
    around,
    around_names,
    best_stretch,
    between,
    context_names,
    dense_run,
    neighbours,
    page_context,
    since_until,
)
from clipbook.article.html import extract_look, extract_names
from clipbook.article.story import shared_words
from clipbook.article.traits import OWN_NAMES, Numbers, PageTraits, line_words
from clipbook.model import Trees, probability, stored_weights

_OFFSETS = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_SIZES = (2, 4, 8, 16, 32)
_SPAN_OFFSETS = (-3, -1, 1, 3)
_SPAN_SIZES = (5, 15, 40)
_NEAR_CAP = 50.0
_RUN_GAP_COST = 8.0
_RUN_NAMES = (
    "wordsbefore", "wordsafter", "keptlines", "best", "keptwords", "inkept", "fromkept", "fromkeptend",
    "keptmean", "keptwordmean",
)  # fmt: skip
_SPAN_NAMES = ("inspan", "fromspan", "fromspanend", "spanmean", "spanwordmean", "spanlines", "spanbest")
_CONTEXT_KEPT = frozenset(
    (
        *OWN_NAMES, "blankbefore", "blankafter", "bothlike", "eitherlike", "topic", "opening", "title", "alike", "copyinrun",
        "lengthratio", "place", "segorder", "segrank", "segtopic", "segshare",
    )
)  # fmt: skip
_CONTEXT_NAMES = tuple(
    name for name in context_names() if name in _CONTEXT_KEPT or name.startswith(("since_", "until_"))
)
_CONTEXT_COLUMNS = [context_names().index(name) for name in _CONTEXT_NAMES]


def second_names() -> list[str]:
    """Names of the columns that ``second_look`` gives."""
    return [
        *around_names("body", _OFFSETS, _SIZES),
        *_RUN_NAMES,
        *(f"{side}_{mark}" for side in ("since", "until") for mark in ("likely", "sure", "unlikely")),
        "bodytopic",
        "bodytopic-1",
        "bodytopic+1",
        "span",
        *_SPAN_NAMES,
        *around_names("span", _SPAN_OFFSETS, _SPAN_SIZES)[1:],
        *_CONTEXT_NAMES,
    ]


def second_look(page: PageTraits, context: Numbers, body: Numbers, span: Numbers) -> Numbers:
    """Describe every line by the first verdicts on it and on the lines around it.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    context : array of float, shape (lines, columns)
        As ``page_context`` gives it.
    body, span : array of float, shape (lines,)
        First verdicts: probability to be body, and to lie between the first and last line of the body.

    Returns
    -------
    array of float, shape (lines, len(second_names()))
    """
    words = context[:, 0]
    marks = np.array([body > 0.5, body > 0.9, body < 0.1]).T
    topic = shared_words(page.content, body > 0.5)[1][:, None]
    return np.concatenate(
        [
            around(body, _OFFSETS, _SIZES),
            _kept_run(words, body),
            *since_until(marks, _NEAR_CAP),
            topic,
            neighbours(topic, (-1, 1)),
            span[:, None],
            _span(words, body, span),
            around(span, _SPAN_OFFSETS, _SPAN_SIZES)[:, 1:],
            context[:, _CONTEXT_COLUMNS],
        ],
        axis=1,
        dtype=np.float32,
    )


def _kept_run(words: Numbers, body: Numbers) -> Numbers:
    """Where the lines that look like body are densest, and how a line stands to that stretch."""
    count = len(words)
    place = np.arange(count)
    mass = np.concatenate([[0.0], np.cumsum(body * words)])
    total = max(1.0, float(mass[-1]))
    first, last = dense_run(words, (body > 0.5).astype(np.float32), _RUN_GAP_COST)
    run = slice(first, last + 1)
    columns = np.empty((count, len(_RUN_NAMES)), np.float32)
    columns[:, 0] = mass[:-1] / total
    columns[:, 1] = 1 - mass[1:] / total
    columns[:, 2:5] = (body > 0.5).mean(), body.max(), mass[-1] / words.sum()
    columns[:, 5] = (place >= first) & (place <= last)
    columns[:, 6] = between(place - first, -40, 80)
    columns[:, 7] = between(place - last, -80, 40)
    columns[:, 8:] = body[run].mean(), (body[run] * words[run]).sum() / words[run].sum()
    return columns


def _span(words: Numbers, body: Numbers, span: Numbers) -> Numbers:
    """The likeliest stretch from first to last line of the story, and how a line stands to it."""
    count = len(words)
    place = np.arange(count)
    chance = np.clip(span, 0.02, 0.98)
    first, last = best_stretch(np.log(chance / (1 - chance)))
    run = slice(first, last + 1)
    columns = np.empty((count, len(_SPAN_NAMES)), np.float32)
    columns[:, 0] = (place >= first) & (place <= last)
    columns[:, 1] = between(place - first, -30, 60)
    columns[:, 2] = between(place - last, -60, 30)
    columns[:, 3:] = (
        body[run].mean(),
        (body[run] * words[run]).sum() / words[run].sum(),
        last - first + 1,
        span.max(),
    )
    return columns


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
