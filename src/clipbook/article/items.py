"""Pages that hold several items: live blogs with their entries, newsletters and roundups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import is_led
from clipbook.article.dates import MONTHS
from clipbook.article.furniture import never_story
from clipbook.article.language import PATTERNS, VOCABULARY
from clipbook.article.persons import looks_like_name
from clipbook.article.roles import Verdict
from clipbook.article.traits import COLUMN, Numbers, PageTraits
from clipbook.article.verdicts import KEPT_AT
from clipbook.shipped import word_sets

_OPENS = re.compile(r"\s?[:|–—-]{1,2}\s+\S|\s+[A-Z“\"‘]|[A-Z][a-z]")  # prose behind a time
_TIME, _FILLING, _TITLE = (PATTERNS[name] for name in ("entry_time", "words_of_dates", "items_title"))
_SIGNS = word_sets({name: f"{text},{text.replace(chr(39), '’')}" for name, text in VOCABULARY["newsletters"].items()})  # fmt: skip
_BEFORE_TIMES = _SIGNS["before_times"] | {month[:3] for month in MONTHS}  # first letters of a line
_SAYS = tuple(sorted(_SIGNS["says"]))
_EDGES, _LONGEST_SECTION = " .:…!?*|–—-", 45  # of a section's name: around it, characters
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_MARKS = [COLUMN[name] for name in ("colon", "startquote", "bullet")]
_FEWEST = 3  # entries
_SHORT, _PROSE_WORDS, _LONGEST_HEADING, _LONGEST_TITLE = 8, 8, 14, 20  # words
_NEAR, _REACH = 2, 12  # lines: to what is beside, from a time to what it is the time of
_MOST_OUT_OF_ORDER = 5  # one time of so many
_LEAST_LIKELY = 0.1  # to be body, of an entry
_LEAST_OF_STORY, _LARGEST = 0.4, 0.6  # of the words: of all entries but the last; of one entry or item
_TIME_OF_ENTRY: Verdict = ("date", False, "the time of an entry of a live blog")
_KEY_EVENT: Verdict = ("key point", False, "one of the times and titles listed before a live blog's entries")
_NAME_OF_ENTRY: Verdict = ("byline", False, "names who wrote an entry of a live blog, or is a label of each")
_FEWEST_PARAGRAPHS, _LEAST_FUNCTION_WORDS = 4, 0.2
_MOST_SHARED = (0.3, 0.4)  # where one sign speaks for a newsletter, where several do
_FEWEST_HEADED, _MOST_SHARED_HEADED = 4, 0.12  # where none does


class Entries(NamedTuple):
    """The entries of a live blog."""

    number: int  # 0 where a page is none
    apart: dict[int, Verdict]  # lines that are no part of what they say, as indices into the page's lines

    @property
    def note(self) -> str:
        """What a reader of the table should know of them."""
        return f"a live blog or timeline: {self.number} entries, each with its time; they may differ in author, day and subject"


NO_ENTRIES = Entries(0, {})


def live_entries(page: PageTraits, chance: Numbers) -> Entries:
    """Find the entries of a live blog: prose below times of day, one after the other, as most of a page's story.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    chance : array of float, shape (lines,)
        Probability of each to be body.

    Returns
    -------
    Entries
        Apart from what they say stand their times, the names below and above them, labels that they repeat, and above the
        first a list of times and titles alone.
    """
    words = page.own[:, COLUMN["words"]]
    likely = chance >= KEPT_AT
    prose = (chance >= _LEAST_LIKELY) & (words >= _PROSE_WORDS)
    kinds, alone = _times(page, prose)
    if len(kinds) < _FEWEST:
        return NO_ENTRIES
    ((commonest, _),) = Counter(kinds.values()).most_common(1)
    times = [place for place, kind in kinds.items() if kind == commonest]
    if "dated" in commonest and times[0] and is_led(page.text[times[0] - 1]):
        del times[0]  # below the story's byline: its date
    reach = ((time, min(end, time + _REACH)) for time, end in pairwise([*times, len(prose)]))
    told = [time for time, end in reach if prose[time:end].any()]
    if len(told) < _FEWEST or not _in_order([page.text[time] for time in told]):
        return NO_ENTRIES
    between = slice(told[0], told[-1])
    sizes = [float(words[time:end] @ prose[time:end]) for time, end in pairwise(told)]
    much = float(words[between] @ likely[between]) > _LEAST_OF_STORY * float(words @ likely)
    if not much or max(sizes) > _LARGEST * sum(sizes):
        return NO_ENTRIES  # a timeline in a story, or the story's own date and those of others
    apart = dict.fromkeys((place for place in alone if place >= told[0]), _TIME_OF_ENTRY)
    for time, end in pairwise(time for time in times if time <= told[0]):
        if end - time <= _NEAR:
            apart |= dict.fromkeys(range(time, end), _KEY_EVENT)
    if told[0] in apart:
        apart |= dict.fromkeys(_names(page, prose, told, apart), _NAME_OF_ENTRY)
    return Entries(len(told), {int(page.at[place]): verdict for place, verdict in apart.items()})


def _names(page: PageTraits, prose: NDArray[np.bool_], told: list[int], apart: Container[int]) -> list[int]:
    """The lines above and below the prose of an entry that name somebody or stand in several entries."""
    short = (page.own[:, COLUMN["words"]] <= _SHORT) & (page.own[:, COLUMN["end"]] == 0)
    near: list[int] = []
    for time, end in pairwise([*told, min(told[-1] + _REACH, len(prose))]):
        inside = (np.flatnonzero(prose[time:end]) + time).tolist() or [end]
        around = (*range(time + 1, inside[0]), *range(inside[-1] + 1, end))
        near += [place for place in around if short[place] and place not in apart]
    uses = Counter(page.lower[place] for place in near)
    signed = max(uses.values(), default=0) > 1
    named = (place for place in near if signed and looks_like_name(page.text[place].partition(",")[0]))
    labels = (place for place in near if uses[page.lower[place]] > 1 or is_led(page.text[place]))
    return [*named, *labels]


def entry_titles(page: PageTraits, kept: NDArray[np.bool_], entries: Entries) -> NDArray[np.bool_]:
    """Find the titles of a live blog's entries: lines right below what stands apart, and above a kept one."""
    titles = np.zeros(len(kept), bool)
    for place in np.searchsorted(page.at, list(entries.apart)).tolist():
        if place + 1 < len(kept) and kept[place + 1] and page.own[place, COLUMN["words"]] <= _LONGEST_TITLE:
            titles[place] = not never_story(page.text[place])
    return titles


def _times(page: PageTraits, prose: NDArray[np.bool_]) -> tuple[dict[int, str], list[int]]:
    """The lines that are or begin with a time of day, an age or a minute, with its kind; and those that hold nothing else."""
    kinds: dict[int, str] = {}
    alone = []
    short = page.own[:, COLUMN["words"]] <= _SHORT
    begins = page.own[:, COLUMN["startdigit"]] > 0
    for place in np.flatnonzero((begins & prose) | ((page.own[:, COLUMN["digit"]] > 0) & short)).tolist():
        text = page.text[place]
        timed = begins[place] or page.lower[place][:3] in _BEFORE_TIMES
        found = (_TIME.match if prose[place] else _TIME.search)(text) if timed else None
        if found is None:
            continue
        kind = next(name for name in ("clock", "ago", "minute") if found[name])
        rest = "" if prose[place] else _TIME.sub(" ", text)
        words = _FILLING.sub("", rest).lower()
        if not prose[place] and (words in ("", *MONTHS) or looks_like_name(rest.strip(" |,–—-"))):
            alone.append(place)
            kind += "dated" if words in MONTHS or any(map(str.isdigit, rest)) else ""
            kind += "labelled" if text[0].isalpha() else ""
        elif found.start() or not _OPENS.match(text, found.end()):
            continue
        kinds[place] = kind
    return kinds, alone


def _in_order(stamped: list[str]) -> bool:
    """Tell whether times of day go on or back from one to the next, but for a few, as around midnight."""
    found = [match for match in map(_TIME.search, stamped) if match and match["clock"]]
    times = [60 * int(match["hour"]) + int(match["past"] or 0) for match in found]
    steps = [(after - before) % 720 for before, after in pairwise(times)]  # of twelve hours
    earlier, later = sum(step > 360 for step in steps), sum(0 < step <= 360 for step in steps)
    return _MOST_OUT_OF_ORDER * min(later, earlier) <= len(times)


def several_items(page: PageTraits, likely: NDArray[np.bool_], headline: range) -> str:
    """Say that a page may be a newsletter or roundup of unrelated items; "" where nothing speaks for it.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    likely : array of bool, shape (lines,)
        Which of them look like a body.
    headline : range
        Its lines.

    Notes
    -----
    Either its title, headings or sentences say so and its paragraphs share few words, or it stands below at least four
    headings and what stands below one shares hardly a word with the rest.
    """
    if page.language != "en":
        return ""
    words, ends = page.own[:, COLUMN["words"]], page.own[:, COLUMN["end"]] > 0
    prose = likely & ends & (words >= _PROSE_WORDS)
    story = np.flatnonzero(prose).tolist()
    if len(story) < _FEWEST_PARAGRAPHS:
        return ""
    lines = page.lower[max(0, headline.start - _NEAR) : story[-1] + 1]
    signs = (
        any(_TITLE.search(page.text[place]) for place in headline),
        not _SIGNS["sections"].isdisjoint(
            text.strip(_EDGES) for text in lines if len(text) < _LONGEST_SECTION
        ),
        any(text.startswith(_SAYS) for text in lines),
    )
    heading = ~ends & (words <= _LONGEST_HEADING)
    if not any(signs) and np.count_nonzero(heading[story[0] : story[-1]]) < _FEWEST_HEADED - 1:
        return ""
    if page.own[story, COLUMN["function"]] @ words[story] < _LEAST_FUNCTION_WORDS * words[story].sum():
        return ""  # in no language that can be read
    items = _headed(page, prose, heading & ~page.own[:, _MARKS].any(axis=1))
    mixed = any(signs) and _shared(page, [[place] for place in story]) < _MOST_SHARED[sum(signs) > 1]
    if not mixed and (
        len(items) < _FEWEST_HEADED
        or max(words[item].sum() for item in items) > _LARGEST * words[prose].sum()
        or _shared(page, items) >= _MOST_SHARED_HEADED
    ):
        return ""
    count = f"about {len(items)}" if len(items) >= _FEWEST else "several"
    return f"may be a newsletter or roundup of {count} unrelated items: what is measured mixes them, so leave it out or save each"


def _headed(page: PageTraits, prose: NDArray[np.bool_], heading: NDArray[np.bool_]) -> list[list[int]]:
    """The paragraphs of each part of a page, divided where headings or numbers stand above them."""
    items: list[list[int]] = [[]]
    above = False
    for place in range(int(np.flatnonzero(prose)[0]), int(np.flatnonzero(prose)[-1]) + 1):
        above |= bool(heading[place]) or bool(_NUMBERED.match(page.text[place]))
        if prose[place]:
            if above and items[-1]:
                items.append([])
            above = False
            items[-1].append(place)
    return items


def _shared(page: PageTraits, items: list[list[int]]) -> float:
    """The share of the items' content words, each once an item, that stand in another of them too."""
    part = np.full(len(page.text), -1)
    for number, places in enumerate(items):
        part[places] = number
    line, word = page.content
    size, chosen = int(word.max(initial=0)) + 1, part[line] >= 0
    uses = np.bincount(np.unique(part[line[chosen]] * size + word[chosen]) % size)
    return float(uses[uses > 1].sum() / max(1, uses.sum()))
