"""Pages that tell no story: section fronts, search results, tag pages, menus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import is_led
from clipbook.article.datelines import AGO
from clipbook.article.dates import find_dates
from clipbook.article.language import PATTERNS
from clipbook.article.next_story import BELOW_RULE, next_story
from clipbook.article.story import shared_words
from clipbook.article.traits import COLUMN, Numbers, PageTraits
from clipbook.article.verdicts import KEPT_AT
from clipbook.captures.ruled import RULE

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
_LEAST_SURE = 0.7
_LEAST_SHARED = 0.1
_FEWEST_PARAGRAPHS = 5
_LEAST_FUNCTION_WORDS = 0.2
_ERROR = PATTERNS["error_page"]
_LONGEST_ERROR = 150  # words


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


def doubt(page: PageTraits, chance: Numbers, kept: NDArray[np.bool_], signed: bool) -> str:
    """Say why what was kept may be no story; "" where nothing speaks against it.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    chance : array of float, shape (lines,)
        Probability of each to be body.
    kept : array of bool, shape (lines,)
        Lines that are taken for the story.
    signed : bool
        Whether the page names an author: who signs several items tells one story.

    Notes
    -----
    Stories on sites that no model had seen: the mean word stood on a line that is body with .74 or more (463 of 463 English
    captures; .60 of one, else .71, in other languages), and .105 or more of an English paragraph's content words stood in
    another paragraph too. Of the same pages without their stories, most that keep 50 words and more lie below.
    """
    words = np.where(kept, page.own[:, COLUMN["words"]], 0)
    total = words.sum()
    if total < _LONGEST_ERROR and any(map(_ERROR.fullmatch, page.text)):
        return "the page says that no page was found"
    if float(chance @ words) < _LEAST_SURE * total:
        return "no lines of the page look surely like a story: it may be a front, a menu or a notice"
    if signed or page.language != "en":
        return ""
    read = page.own[:, COLUMN["function"]] @ words >= _LEAST_FUNCTION_WORDS * total
    told = kept & (page.own[:, COLUMN["end"]] > 0) & (words >= _TEASER_WORDS)
    shared = shared_words(page.content, told)[1][page.content[0][told[page.content[0]]]]
    if read and told.sum() >= _FEWEST_PARAGRAPHS and shared.sum() < _LEAST_SHARED * len(shared):
        return "the paragraphs have hardly a word in common: the page may list several stories and tell none"
    return ""


def ruled_doubt(lines: Sequence[str], page: PageTraits, chance: Numbers) -> str:
    """Say that a text may hold several stories, if what stands below a line drawn across it speaks of something else.

    Parameters
    ----------
    lines : sequence of str
        All lines of the page, blank ones and those drawn across it included.
    page : PageTraits
        Traits of those that hold a word.
    chance : array of float, shape (lines,)
        Probability of each of these to be body.
    """
    drawn = [place for place, text in enumerate(lines) if RULE.fullmatch(text)]
    below = np.unique(np.searchsorted(page.at, drawn))
    if not len(below) or next_story(page, chance >= KEPT_AT, below.tolist(), BELOW_RULE) == len(page.at):
        return ""
    return (
        f"lines such as {lines[drawn[0]][:12]!r} may divide several stories: save each as a file of its own"
    )
