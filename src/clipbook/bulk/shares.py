"""Quote share of outlets over all captures, outlet by outlet."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from clipbook.bulk.across import Across
from clipbook.bulk.part import Part
from clipbook.files import as_captured
from clipbook.quotes.quotations import SPEECH
from clipbook.quotes.share import group_share
from clipbook.quotes.table import QUOTE_COLUMNS

_KIND, _SPEAKER, _WORDS, _SURE = map(QUOTE_COLUMNS.index, ("kind", "speaker", "words", "confidence"))


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet whose quotations are to be shared out."""

    name: str
    said: Path  # .npz: an entry a quotation in the order of captures: rank of the capture, who, words, sure


def outlets(across: Across, folder: Path) -> Iterator[Outlet]:
    """Gather the quotations of each outlet's comparable captures; ``folder`` is for them."""
    use = across.comparable()
    rank = np.empty(len(across.order), np.int64)
    rank[across.order] = np.arange(len(rank))
    speakers: dict[str, int] = {}
    columns = [array(kind) for kind in "iiiid"]  # outlet, rank, speaker, words, confidence
    for number, folder_of_part in enumerate(across.folders):
        first, last = across.first[number : number + 2].tolist()
        for row, block in zip(range(first, last), Part(folder_of_part).blocks("quotes"), strict=True):
            if not (block and use[row]):
                continue
            for cells in csv.reader(io.StringIO(block, newline="")):
                if cells[_KIND] in SPEECH:
                    name = as_captured(cells[_SPEAKER])
                    who = speakers.setdefault(across.names.get(name, name), len(speakers))
                    values = (across.outlet[row], rank[row], who, int(cells[_WORDS]), float(cells[_SURE]))
                    for column, value in zip(columns, values, strict=True):
                        column.append(value)
    outlet, ranks, who_said, words, sure = (np.frombuffer(c, c.typecode) for c in columns)
    names = list(speakers)
    for place in sorted(set(outlet.tolist()), key=across.outlets.__getitem__):
        mine = np.flatnonzero(outlet == place)
        mine = mine[np.argsort(ranks[mine], kind="stable")]
        numbers, whose = np.unique(who_said[mine], return_inverse=True)
        known = "\n".join([names[i] for i in numbers.tolist()]).encode("utf-8", "surrogatepass")
        path = folder / f".said-{place}.npz"
        np.savez(
            path,
            rank=ranks[mine],
            who=whose,
            words=words[mine],
            sure=sure[mine],
            names=np.frombuffer(known, np.uint8),
        )
        yield Outlet(across.outlets[place], path)


def share_out(task: Outlet) -> pd.DataFrame:
    """Give the outlet's rows of what ``quote_share(..., by="outlet")`` gives for the comparable captures."""
    with np.load(task.said, allow_pickle=False) as said:
        names = np.array(said["names"].tobytes().decode("utf-8", "surrogatepass").split("\n"), object)
        table = pd.DataFrame(
            {
                "capture_id": said["rank"],
                "who": names[said["who"]],
                "words": said["words"].astype(float),
                "confidence": said["sure"],
            }
        )
    return group_share(table, task.name)
