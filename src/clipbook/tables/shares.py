"""Quote share of outlets over all captures, outlet by outlet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from clipbook.files import write_text
from clipbook.quotes.share import group_share
from clipbook.tables.gather import Index, outlets_in, quotes_of
from clipbook.tables.groups import numbered
from clipbook.tables.rows import print_rows


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet whose quotations are to be shared out."""

    gathered: list[Path]
    number: int
    index: Index

    @property
    def result(self) -> Path:
        """The file of the result."""
        return self.index.result("share", self.number)


def outlets(gathered: list[Path], index: Index) -> Iterator[Outlet]:
    """Give a task for each outlet that has quotations, in alphabetical order."""
    quoting = {outlet for folder in gathered for outlet, _, _ in outlets_in(folder)}
    for number in sorted(quoting):
        yield Outlet(gathered, number, index)


def share_out(task: Outlet) -> Path:
    """Write what ``quote_share(..., by="outlet")`` gives for the outlet's comparable captures; gives the file."""
    speakers: dict[str, int] = {}
    found = []
    for folder in task.gathered:
        said, names = quotes_of(folder, task.number)
        said["who"] = numbered(names, said["who"], speakers)
        found.append(said)
    said = np.concatenate(found)
    said = said[np.argsort(said["rank"], kind="stable")]
    table = pd.DataFrame(
        {
            "capture_id": said["rank"],
            "who": np.array(list(speakers), object)[said["who"]],
            "words": said["words"].astype(float),
            "probability": said["sure"],
        }
    )
    write_text(task.result, print_rows(group_share(table, task.index.outlets[task.number])))
    return task.result
