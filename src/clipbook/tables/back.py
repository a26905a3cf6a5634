"""The third step handed out: what the captures say in the light of all others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipbook.tables import finish, groups, shares
from clipbook.tables import gather as gathering
from clipbook.tables.across import Across, common_words
from clipbook.tables.part import Part
from clipbook.tables.workers import Died, Workers

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Back:
    """Where the results are: folders in the order of the parts, and what came of the comparison of outlets."""

    spoken: list[Path]
    worded: list[Path]
    compared: list[Path]  # terms, bucket after bucket
    shares: list[Path]  # of the outlets that are quoted from, in their order

    def names(self) -> set[str]:
        """The names of those that a later run may use again, below their common folder."""
        return {path.name for path in (*self.spoken, *self.worded)}


def look_back(across: Across, more: Path, staff: Workers) -> Back:
    """Have names unified, keywords ranked and outlets compared."""
    spoken = _finish(across, staff, (_names(folder, across, more) for folder in across.folders))
    documents, counts = common_words(across)
    worded = _finish(
        across,
        staff,
        (finish.Words(folder, more, documents, _counts_of(folder, counts)) for folder in across.folders),
    )
    del counts
    index = gathering.make_index(across, more)
    gathered = _in_order(staff, gathering.gather, gathering.stretches(across, spoken, index))
    shared = _in_order(staff, shares.share_out, shares.outlets(gathered, index))
    compared = _in_order(staff, groups.compare_bucket, groups.buckets(gathered, index))
    return Back(spoken, worded, compared, shared)


def _in_order(staff: Workers, call: Callable[[Any], object], tasks: Iterable[Any]) -> list[Path]:
    """Have tasks done, and give their results in the order of the tasks."""
    order: list[Path] = []

    def noted() -> Iterator[Any]:
        for task in tasks:
            order.append(task.result)
            yield task

    for _ in staff.each(call, noted(), _the_same()):
        pass
    return order


def _finish(across: Across, staff: Workers, tasks: Iterable[finish.Names | finish.Words]) -> list[Path]:
    by_part = {task.part: result for task, result in staff.each(finish.finish, tasks, _the_same())}
    return [by_part[folder] for folder in across.folders]


def _names(folder: Path, across: Across, more: Path) -> finish.Names:
    speakers = {name for facts in Part(folder).facts for name in facts["speakers"]}
    return finish.Names(folder, more, {n: across.names[n] for n in speakers if n in across.names})


def _counts_of(folder: Path, counts: dict[str, int]) -> NDArray[np.int64]:
    return np.array([counts.get(stem, 0) for stem in Part(folder).strings("vocabulary")], np.int64)


def _the_same() -> Callable[[Any, Died], Any]:
    """Try again what is safe to do twice, but not for ever."""
    deaths = 0

    def again(task: Any, died: Died) -> Any:
        nonlocal deaths
        deaths += 1
        if deaths > _TRIES:
            raise OSError(f"Worker processes die again and again ({died.how}); is there enough memory?")
        return task

    return again
