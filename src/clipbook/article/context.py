"""Where a line stands on its page: its neighbours, the prose around it, the story it may belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipbook.article.story import STORY_NAMES, story_traits
from clipbook.article.traits import COLUMN, OWN_NAMES, Numbers, PageTraits

_NEIGHBOUR_NAMES = (
    "words", "chars", "function", "end", "capitals", "groups", "digit", "repeat", "leadin", "colon", "has_credit",
)  # fmt: skip
_NEIGHBOUR = [COLUMN[name] for name in _NEIGHBOUR_NAMES]
_OFFSETS = (-3, -2, -1, 1, 2, 3)
_FLAG_NAMES = ("prose", "short", "teaser", "clutter", "heading", "clock")
_WINDOWS = (3, 8, 20)
_NEAR_NAMES = (
    "prose", "share", "newsletter", "related", "credit", "comment", "tags", "time", "site", "legal", "advert", "media", "bio",
    "byline", "clock", "colon",
)  # fmt: skip
_NEAR_CAP = 30.0
_GAP_COST = 6.0
_FAR = 10_000  # lines
_SIDES = ("around", "before", "after")


def context_names() -> list[str]:
    """Names of the columns that ``page_context`` gives."""
    return [
        *OWN_NAMES,
        *(f"{name}{offset:+d}" for offset in _OFFSETS for name in _NEIGHBOUR_NAMES),
        *(f"{flag}_{side}_{size}" for size in _WINDOWS for side in _SIDES for flag in _FLAG_NAMES),
        *(f"since_{name}" for name in _NEAR_NAMES),
        *(f"until_{name}" for name in _NEAR_NAMES),
        *_PLACE_NAMES,
        *_BLANK_NAMES,
        *STORY_NAMES,
        *(
            f"{name}{offset:+d}"
            for offset in (-2, -1, 1, 2)
            for name in ("topic", "inrun", "blankbefore", "blankafter")
        ),
        *_SEGMENT_NAMES,
    ]


def page_context(page: PageTraits) -> Numbers:
    """Describe every line of a page by itself and by its surroundings.

    Returns
    -------
    array of float, shape (lines, len(context_names()))
    """
    own = page.own
    flags = _flags(own)
    words = own[:, 0]
    first, last = dense_run(words, flags[:, 0])
    blank = np.array([page.blank_before, page.blank_after]).T
    core = np.zeros(len(words), bool)
    core[first : last + 1] = flags[first : last + 1, 0] > 0
    story = story_traits(page, core, first, last)
    inrun = story[:, :1]
    near = np.concatenate([story[:, 2:3], inrun, blank], axis=1)
    return np.concatenate(
        [
            own,
            neighbours(own[:, _NEIGHBOUR], _OFFSETS),
            windows(flags, _WINDOWS),
            *_nearness(own, flags),
            _place(words, flags[:, 0], first, last),
            _blank_pattern(blank, core),
            story,
            neighbours(near, (-2, -1, 1, 2)),
            _segments(words, flags[:, 0], story[:, 2]),
        ],
        axis=1,
        dtype=np.float32,
    )


def _flags(own: Numbers) -> Numbers:
    words, end = own[:, 0], own[:, COLUMN["end"]] > 0
    clutter = (own[:, COLUMN["groups"]] > 0) & (words < 12)
    columns = (
        (words >= 15) & end,
        (words < 8) & ~end,
        (words >= 4) & (words < 25) & ~end,
        clutter,
        (words >= 5) & (words < 18) & ~end & (own[:, COLUMN["capitals"]] > 0.6),
        (own[:, COLUMN["clock"]] > 0) & (words < 15),
    )
    return np.array(columns, np.float32).T


def dense_run(words: Numbers, prose: Numbers, gap_cost: float = _GAP_COST) -> tuple[int, int]:
    """First and last line of the densest stretch: a line of prose scores its words, any other costs a few."""
    return best_stretch(np.where(prose > 0, words, -gap_cost))


def best_stretch(gains: NDArray[Any]) -> tuple[int, int]:
    """First and last line of the stretch with the largest sum (Kadane's scan)."""
    best = score = 0.0
    first = last = start = 0
    for place, gain in enumerate(gains.tolist()):
        if score <= 0:
            score, start = 0.0, place
        score += gain
        if score > best:
            best, first, last = score, start, place
    return first, last


def between(values: NDArray[Any], low: float, high: float) -> NDArray[Any]:
    """Values no smaller than ``low`` and no larger than ``high``."""
    return np.minimum(np.maximum(values, low), high)


def around_names(name: str, offsets: Sequence[int], sizes: Sequence[int]) -> list[str]:
    """Name the columns that :func:`around` gives of a column."""
    means = [f"{name}_{side}_{size}" for size in sizes for side in _SIDES]
    return [name, *(f"{name}{offset:+d}" for offset in offsets), *means]


def around(values: Numbers, offsets: Sequence[int], sizes: Sequence[int]) -> Numbers:
    """A column by itself, at each offset, and its means over windows of several sizes, side by side."""
    one = values[:, None]
    return np.concatenate([one, neighbours(one, offsets), windows(one, sizes)], axis=1)


def neighbours(values: Numbers, offsets: Sequence[int]) -> Numbers:
    """Values of the lines at each offset, side by side; zero beyond the ends of the page."""
    count, width = values.shape
    reach = max(map(abs, offsets))
    padded = np.zeros((count + 2 * reach, width), np.float32)
    padded[reach : reach + count] = values
    return np.concatenate([padded[reach + off : reach + off + count] for off in offsets], axis=1)


def windows(values: Numbers, sizes: Sequence[int]) -> Numbers:
    """Means of each column around, before and after every line, for windows of several sizes."""
    count = len(values)
    reach = max(sizes) + 1
    lines = between(np.arange(-reach, count + reach + 1), 0, count)
    total = np.zeros((count + 1, values.shape[1]), np.float32)
    np.cumsum(values, axis=0, out=total[1:])
    total = total[lines]

    def at(some: NDArray[Any], offset: int) -> NDArray[Any]:
        return some[reach + offset : reach + offset + count]

    means = []
    for size in sizes:
        low, high = at(total, -size), at(total, size + 1)
        means += [
            (high - low) / (at(lines, size + 1) - at(lines, -size))[:, None],
            (at(total, 0) - low) / size,
            (high - at(total, 1)) / size,
        ]
    return np.concatenate(means, axis=1)


def since_until(marks: NDArray[np.bool_], cap: float) -> tuple[Numbers, Numbers]:
    """Lines since the last and until the next mark, for each column of marks, at most ``cap``."""
    return _since(marks, cap), _since(marks[::-1], cap)[::-1]


def _since(marks: NDArray[np.bool_], cap: float) -> Numbers:
    place = np.arange(len(marks))[:, None]
    seen = np.maximum.accumulate(np.where(marks, place, -_FAR), axis=0)
    before = np.concatenate([np.full((1, marks.shape[1]), -_FAR), seen])[: len(marks)]
    return np.minimum(place - before, cap).astype(np.float32)


def _nearness(own: Numbers, flags: Numbers) -> tuple[Numbers, Numbers]:
    short = own[:, 0] < 12
    marks = (
        flags[:, 0] > 0,
        *(short & (own[:, COLUMN[f"has_{name}"]] > 0) for name in _NEAR_NAMES[1:13]),
        own[:, COLUMN["byline"]] > 0,
        flags[:, 5] > 0,
        (own[:, COLUMN["colon"]] > 0) & (own[:, 0] >= 3),
    )
    return since_until(np.array(marks).T, _NEAR_CAP)


_PLACE_NAMES = (
    "place", "wordplace", "prosebefore", "proseafter", "fromstart", "fromend", "wordsfromstart", "wordsfromend",
    "runshare", "runwords", "pagelines", "pagewords", "prosecount", "median",
    "lengthratio",
)  # fmt: skip


def _place(words: Numbers, prose: Numbers, first: int, last: int) -> Numbers:
    count = len(words)
    place = np.arange(count)
    total = np.cumsum(words)
    before = np.concatenate([[0.0], total])
    proses = np.concatenate([[0.0], np.cumsum(prose)])
    run = max(1.0, before[last + 1] - before[first])
    core = words[first : last + 1][prose[first : last + 1] > 0]
    middle = max(1.0, median(core.tolist()) if len(core) else 20.0)
    share = max(1.0, proses[-1])
    columns = np.empty((count, len(_PLACE_NAMES)), np.float32)
    columns[:, 0] = place / count
    columns[:, 1] = total / max(1.0, total[-1])
    columns[:, 2] = proses[:-1] / share
    columns[:, 3] = (share - proses[1:]) / share
    columns[:, 4] = between(place - first, -40, 80)
    columns[:, 5] = between(place - last, -80, 40)
    columns[:, 6] = between(total - words - before[first], -600, 1500)
    columns[:, 7] = between(total - before[last + 1], -1500, 600)
    columns[:, 8:14] = run / max(1.0, total[-1]), run, count, total[-1], proses[-1], middle
    columns[:, 14] = words / middle
    return columns


_BLANK_NAMES = ("blankbefore", "blankafter", "modebefore", "modeafter", "bothlike", "eitherlike")


def _blank_pattern(blank: Numbers, core: NDArray[np.bool_]) -> Numbers:
    """Blank lines around a line, and whether they are as around most prose of the story."""
    pairs = Counter(map(tuple, blank[core].tolist()))
    before, after = max(pairs, key=lambda pair: (pairs[pair], pair)) if pairs else (1.0, 1.0)
    like = blank == np.array([before, after], np.float32)
    mode = np.broadcast_to(np.array([before, after], np.float32), blank.shape)
    return np.concatenate([blank, mode, like.all(1, keepdims=True), like.any(1, keepdims=True)], axis=1)


_SEGMENT_NAMES = ("segorder", "segwords", "segrank", "seglines", "segplace", "segtopic", "segshare", "seggap")
_SEGMENT_GAP = 4


def _segments(words: Numbers, prose: Numbers, topic: Numbers) -> Numbers:
    """Stretches of prose with at most three other lines between: their size, rank and closeness to the story."""
    rows = np.zeros((len(words), len(_SEGMENT_NAMES)), np.float32)
    at = np.flatnonzero(prose)
    if not len(at):
        return rows
    cuts = np.flatnonzero(np.diff(at) > _SEGMENT_GAP) + 1
    groups = np.split(at, cuts)
    sizes = [float(words[group].sum()) for group in groups]
    order = sorted(range(len(groups)), key=lambda number: -sizes[number])
    rank = {number: place for place, number in enumerate(order)}
    main = groups[order[0]]
    for number, group in enumerate(groups):
        low, high = int(group[0]), int(group[-1]) + 1
        gap = max(0, low - int(main[-1]), int(main[0]) - high)
        rows[low:high] = (
            number + 1,
            sizes[number],
            rank[number] + 1,
            len(group),
            low,
            topic[group].mean(),
            sizes[number] / sizes[order[0]],
            min(gap, 100),
        )
    return rows
