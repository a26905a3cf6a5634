"""Pages that list stories and tell none: section fronts, search results, tag pages."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import is_led
from clipbook.article.datelines import AGO
from clipbook.article.dates import find_dates
from clipbook.article.traits import COLUMN, PageTraits

_FEWEST = 3
_LEAST_SHARE = 0.7
_SHARE_MARKED = 0.6
_TITLE_WORDS = (2, 18)
_TEASER_WORDS = 8
_LONGEST_TEASER = 70
_MOST_PARAGRAPHS = 2
_LONGEST_MARK = 12
_DATE_REACH = 24  # characters
_SENTENCE_ENDS = (".", ":", "”", '"', "’", ",", ";")


def lists_stories(page: PageTraits, kept: NDArray[np.bool_], linked: Iterable[str] = ()) -> bool:
    """Tell whether a page lists stories where it should tell one.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    kept : array of bool, shape (lines,)
        Which of them look like a body.
    linked : iterable of str
        Headings of the page's markup that are links, as they read.

    Returns
    -------
    bool
        True where titles with a teaser below make up nearly all that looks like a body, most of them with a date,
        a byline or a link of their own.
    """
    story = np.flatnonzero(kept)
    if len(story) < _FEWEST:
        return False
    words = page.own[:, COLUMN["words"]]
    start, stop = max(0, int(story[0]) - 3), min(len(kept), int(story[-1]) + 4)
    links = {" ".join(title.split()) for title in linked}
    marks = [_is_mark(page, place) for place in range(start, stop)]
    titles = [place for place in range(start, stop) if not marks[place - start] and _is_title(page, place)]
    listed, told, marked = 0, 0.0, 0
    for place, after in pairwise([*titles, stop]):
        prose = [p for p in range(place + 1, after) if kept[p] and words[p] >= _TEASER_WORDS]
        length = float(words[prose].sum())
        if 1 <= len(prose) <= _MOST_PARAGRAPHS and length <= _LONGEST_TEASER:
            listed += 1
            told += length
            dated = any(find_dates(page.text[p][:_DATE_REACH]) for p in prose)
            own = dated or page.text[place] in links or any(marks[place + 1 - start : after - start])
            marked += own
    total = float(words[kept & (words >= _TEASER_WORDS)].sum())
    enough = listed >= _FEWEST and told >= _LEAST_SHARE * total
    return bool(enough and marked >= max(_FEWEST, _SHARE_MARKED * listed))


def _is_title(page: PageTraits, place: int) -> bool:
    low, high = _TITLE_WORDS
    return low <= page.own[place, COLUMN["words"]] <= high and not page.text[place].endswith(_SENTENCE_ENDS)


def _is_mark(page: PageTraits, place: int) -> bool:
    """Tell whether a line gives a story's date or author and little else."""
    text = page.text[place]
    if page.own[place, COLUMN["words"]] > _LONGEST_MARK:
        return False
    return bool(find_dates(text) or AGO.search(text) or is_led(text))
