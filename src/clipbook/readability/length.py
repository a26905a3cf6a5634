"""How the interval of a score narrows as a text grows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from clipbook.readability.counting import count_sentences, running_sentences
from clipbook.readability.groups import main_language
from clipbook.readability.intervals import bounds, resampled, scores
from clipbook.readability.languages import formulas_for
from clipbook.schema import need_columns, written_in
from clipbook.stats.resampling import widened


def interval_by_length(
    articles: pd.DataFrame,
    *,
    lengths: Sequence[int] = (100, 150, 200, 300, 450, 600, 900, 1200),
    measure: str = "fre",
) -> pd.DataFrame:
    """Half-width of the 95 % interval that the first words of each article would get.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id`` and ``body``; ``language`` where present: only those in the most frequent one are used.
    lengths : sequence of int
        Words; each article is cut behind the sentence with which it reaches that many. Articles that are
        shorter are left out at that length.
    measure : str
        The measure, in whose unit the half-width is given; one of the articles' language.

    Returns
    -------
    DataFrame
        ``capture_id``, ``words`` (one of ``lengths``), ``measure``, ``half_width``; no rows when the
        language has no such measure.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus()")
    language = main_language(articles)
    formulas = [formula for formula in formulas_for(language) if formula.measure == measure]
    rows: list[tuple[str, int, str, float]] = []
    own = articles[written_in(articles, language) & bool(formulas)]
    for capture_id, body in zip(own["capture_id"], own["body"], strict=True):
        counted = count_sentences(body, running_sentences(body), language)
        reached = np.cumsum(counted[:, 0])
        for length in lengths:
            sentences = int(np.searchsorted(reached, length)) + 1
            if sentences > len(counted) or sentences < 2:
                continue
            read = counted[:sentences]
            drawn = bounds(scores(resampled(read), formulas))
            low, high = widened(*drawn, scores(read.sum(axis=0), formulas), sentences)
            rows.append((capture_id, length, measure, float(high[0] - low[0]) / 2))
    return pd.DataFrame(rows, columns=["capture_id", "words", "measure", "half_width"])
