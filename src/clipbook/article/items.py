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

_TIME = re.compile(
    r"(?<![\d.,:$€£])(?:(?P<clock>(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<past>[0-5]\d)(?![\d%])(?!\s?min)|(?=\s?[ap]\.?m\b))(?:\s?(?P<half>[ap])\.?m\b\.?)?)"
    r"(?:\s?(?-i:UTC|[A-Z]{1,4}T)\b)?"
    r"|(?P<ago>\d{1,2}\s?(?:s|secs?|m|mins?|minutes?|h|hrs?|hours?)\sago)"
    r"|(?P<minute>\d{1,3}(?:\s?\+\s?\d{1,2})?(?:['’′](?!\w)|\s?min(?:ute)?s?\b(?!\s?read))))",
    re.I,
)
_OPENS = re.compile(r"\s?[:|–—-]{1,2}\s+\S|\s+[A-Z“\"‘]|[A-Z][a-z]")  # prose behind a time
_FILLING = PATTERNS["words_of_dates"]
_TITLE = PATTERNS["items_title"]
_FEWEST = 3  # entries
_BEFORE_TIMES = frozenset(
    (
        "upd",
        "pos",
        "pub",
        "las",
        "tod",
        "yes",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        *(month[:3] for month in MONTHS),
    )
)  # first letters of a line
_SHORT = 8  # words of a stamp, of a name or label of an entry
_PROSE_WORDS = 8
_NEAR = 2  # lines
_MOST_OUT_OF_ORDER = 5  # one time of so many
_REACH = 12  # lines from a time to what it is the time of
_LEAST_LIKELY = 0.1  # to be body, of an entry that times part from others
_LEAST_OF_STORY = 0.4
_TIME_OF_ENTRY: Verdict = ("date", False, "the time of an entry of a live blog")
_KEY_EVENT: Verdict = ("key point", False, "one of the times and titles listed before a live blog's entries")
_NAME_OF_ENTRY: Verdict = ("byline", False, "names who wrote an entry of a live blog, or is a label of each")
_FEWEST_PARAGRAPHS = 4
_MOST_SHARED = (0.3, 0.4)  # where one sign speaks for a newsletter, where several do
_FEWEST_HEADED, _MOST_SHARED_HEADED, _LARGEST = 4, 0.12, 0.6
_LONGEST_HEADING, _LONGEST_TITLE = 14, 20
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_SIGNS = word_sets(
    {name: f"{text},{text.replace(chr(39), '’')}" for name, text in VOCABULARY["newsletters"].items()}
)
_SECTIONS, _SAYS = _SIGNS["sections"], tuple(sorted(_SIGNS["says"]))
_EDGES = " .:…!?*|–—-"
_MARKS = [COLUMN[name] for name in ("colon", "startquote", "bullet")]
_LEAST_FUNCTION_WORDS = 0.2


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
    told = [
        time for time, end in pairwise([*times, len(prose)]) if prose[time : min(end, time + _REACH)].any()
    ]
    if len(told) < _FEWEST or not _in_order([page.text[time] for time in told]):
        return NO_ENTRIES
    between = slice(told[0], told[-1])
    if float(words[between] @ likely[between]) <= _LEAST_OF_STORY * float(words @ likely):
        return NO_ENTRIES
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
    return [
        place
        for place in near
        if uses[page.lower[place]] > 1
        or is_led(page.text[place])
        or (signed and looks_like_name(page.text[place].partition(",")[0]))
    ]


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
        if not begins[place] and page.lower[place][:3] not in _BEFORE_TIMES:
            continue
        found = _TIME.match(text) if prose[place] else _TIME.search(text)
        if found is None:
            continue
        kind = "clock" if found["clock"] else "ago" if found["ago"] else "minute"
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
    hours = [int(m["hour"]) % 12 + 12 * (m["half"] in "pP") if m["half"] else int(m["hour"]) for m in found]
    times = [60 * hour + int(m["past"] or 0) for hour, m in zip(hours, found, strict=True)]
    later = sum(b > a for a, b in pairwise(times))
    earlier = sum(b < a for a, b in pairwise(times))
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
        not _SECTIONS.isdisjoint(text.strip(_EDGES) for text in lines),
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
    numbered = page.own[:, COLUMN["startdigit"]] > 0
    items: list[list[int]] = [[]]
    above = False
    for place in range(int(np.flatnonzero(prose)[0]), int(np.flatnonzero(prose)[-1]) + 1):
        above |= bool(heading[place]) or (
            bool(numbered[place]) and _NUMBERED.match(page.text[place]) is not None
        )
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
    chosen = part[line] >= 0
    uses = np.zeros((len(items), int(word.max(initial=0)) + 1), bool)
    uses[part[line[chosen]], word[chosen]] = True
    used = uses.sum(axis=0)
    return float(used[used > 1].sum() / max(1, used.sum()))
