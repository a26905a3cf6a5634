"""What is compared across captures, sorted by what it is compared with: terms by bucket, quotations by outlet.

Captures are gathered some hundred at a time, so that a later task reads one stretch of a few files instead of a
bit of every part.
"""

from __future__ import annotations

import io
import os
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipbook.files import as_captured
from clipbook.quotes.quotations import SPEECH
from clipbook.quotes.table import QUOTE_COLUMNS
from clipbook.tables.across import Across
from clipbook.tables.part import BUCKETS, Arrays, Part, lengths_of, new_folder
from clipbook.tables.rows import read_rows

CAPTURES = 1000  # gathered in one file, or a few more
TERM = np.dtype(
    [("row", "i4"), ("key", "i4"), ("count", "i4"), ("free", "i4"), ("form", "i4"), ("named", "f8")]
)
SAID = np.dtype([("rank", "i4"), ("who", "i4"), ("words", "i4"), ("sure", "f8")])
_KIND, _SPEAKER, _WORDS, _SURE = map(QUOTE_COLUMNS.index, ("kind", "speaker", "words", "probability"))
_COUNTED = ("count", "free", "named")


@dataclass(frozen=True, slots=True)
class Index:
    """What the tasks of a comparison have to know of each capture."""

    file: Path  # .npy: row in the comparison of terms, or -1; outlet; words; rank among quotations, or -1
    outlets: list[str]  # in alphabetical order

    def of(self, first: int = 0, last: int | None = None) -> NDArray[np.int32]:
        """Give the four numbers of each capture from ``first`` up to ``last``."""
        stored: NDArray[np.int32] = np.load(self.file, mmap_mode="r", allow_pickle=False)
        return np.array(stored[:, first:last])

    def result(self, kind: str, number: int) -> Path:
        """Name a task's result; a worker of a run that was killed knows other names."""
        return self.file.with_name(f"{self.file.stem}-{kind}-{number}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Parts whose captures are gathered."""

    parts: list[Path]
    spoken: list[Path]  # their quotations, every speaker under one name
    first: int  # the number of the first capture
    index: Index

    @property
    def result(self) -> Path:
        """The folder of the result."""
        return self.index.result("gathered", self.first)


def make_index(across: Across, folder: Path) -> Index:
    """Number the captures that are compared; ``folder`` is for the results of all tasks too."""
    known = np.array([outlet.strip() != "" for outlet in across.outlets], bool)
    comparable = across.comparable()
    use = comparable & across.english & (known[across.outlet] if len(known) else False)
    row = np.full(len(use), -1, np.int32)
    chosen = across.order[use[across.order]]
    row[chosen] = np.arange(len(chosen))
    outlets = sorted(across.outlets)
    place = {name: number for number, name in enumerate(outlets)}
    alphabetical = np.array([place[name] for name in across.outlets], np.int32)
    outlet = alphabetical[across.outlet] if len(alphabetical) else across.outlet
    rank = np.empty(len(use), np.int32)
    rank[across.order] = np.arange(len(use))
    file = folder / f".{os.urandom(8).hex()}.npy"
    np.save(
        file, np.stack([row, outlet, across.words, np.where(comparable, rank, -1)]).astype(np.int32),
        allow_pickle=False,
    )  # fmt: skip
    return Index(file, outlets)


def stretches(across: Across, spoken: Sequence[Path], index: Index) -> Iterator[Stretch]:
    """Divide the parts."""
    start = 0
    for end in range(1, len(across.folders) + 1):
        if across.first[end] - across.first[start] >= CAPTURES or end == len(across.folders):
            yield Stretch(across.folders[start:end], list(spoken[start:end]), int(across.first[start]), index)
            start = end


def gather(task: Stretch) -> Path:
    """Gather the terms and quotations of some parts, and give the folder of the result."""
    with new_folder(task.result) as temporary:
        _gather_terms(task, temporary)
        _gather_quotes(task, temporary)
    return task.result


def _gather_terms(task: Stretch, folder: Path) -> None:
    shift = np.zeros((2, BUCKETS), np.int64)  # keys and forms of each bucket in the parts before
    found: list[NDArray[np.void]] = []
    buckets: list[NDArray[np.int64]] = []
    texts: dict[str, list[list[bytes]]] = {name: [[] for _ in range(BUCKETS)] for name in ("key", "form")}
    capture = task.first
    for part in map(Part, task.parts):
        arrays = part.arrays
        size = len(arrays["stem_counts"])
        row = task.index.of(capture, capture + size)[0][arrays["term_row"]]
        capture += size
        use = row >= 0
        bucket = np.repeat(np.arange(BUCKETS), np.diff(arrays["bucket_start"]))[use]
        terms = np.empty(len(bucket), TERM)
        terms["row"] = row[use]
        for name in _COUNTED:
            terms[name] = arrays[f"term_{name}"][use]
        for place, name in enumerate(texts):
            first = arrays[f"{name}_bounds"][0]
            terms[name] = arrays[f"term_{name}"][use] - first[bucket] + shift[place][bucket]
            shift[place] += np.diff(first)
            _add_texts(texts[name], arrays, name)
        found.append(terms)
        buckets.append(bucket)
    bucket = np.concatenate(buckets)
    terms = np.concatenate(found)[np.argsort(bucket, kind="stable")]
    bounds = [np.searchsorted(np.sort(bucket), np.arange(BUCKETS + 1))]
    for name, count in zip(texts, shift, strict=True):
        written = [b"".join(pieces) for pieces in texts[name]]
        (folder / f"{name}s").write_bytes(b"".join(written))
        start = _starts(count)
        terms[name] += start[:-1].repeat(np.diff(bounds[0])).astype(np.int32)
        bounds += [start, _starts([len(text) for text in written])]
    terms.tofile(folder / "terms")
    np.save(folder / "bounds.npy", np.stack(bounds), allow_pickle=False)


def _add_texts(texts: list[list[bytes]], arrays: Arrays, name: str) -> None:
    data = arrays[f"{name}s"].tobytes() + b"\n"
    for pieces, (start, end) in zip(texts, pairwise(arrays[f"{name}_bounds"][1].tolist()), strict=True):
        pieces.append(data[start:end])


def _starts(sizes: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


def terms_of(folder: Path, first: int, last: int) -> tuple[NDArray[np.void], list[str], list[str]]:
    """Give the gathered terms of some buckets, their keys and their forms, by number from 0."""
    bounds = np.load(folder / "bounds.npy", allow_pickle=False)[:, [first, last]]
    (start, end), (first_key, _), key_bytes, (first_form, _), form_bytes = bounds.tolist()
    terms = np.fromfile(folder / "terms", TERM, end - start, offset=start * TERM.itemsize)
    terms["key"] -= first_key
    terms["form"] -= first_form
    return terms, _strings(folder / "keys", *key_bytes), _strings(folder / "forms", *form_bytes)


def _strings(path: Path, start: int, end: int) -> list[str]:
    with path.open("rb") as stream:
        stream.seek(start)
        return stream.read(end - start).decode("utf-8").split("\n")[:-1]


def _gather_quotes(task: Stretch, folder: Path) -> None:
    speakers: dict[str, int] = {}
    outlets = array("i")
    columns = [array(SAID[name].char) for name in SAID.names or ()]
    capture = task.first
    for spoken in task.spoken:
        lengths = lengths_of(spoken, "quotes")
        index = task.index.of(capture, capture + len(lengths))
        capture += len(lengths)
        with (spoken / "quotes.csv").open("rb") as stream:
            for (_, outlet, _, rank), length in zip(index.T.tolist(), lengths, strict=True):
                block = stream.read(length)
                for cells in read_rows(io.StringIO(block.decode("utf-8"), newline="")) if rank >= 0 else ():
                    if cells[_KIND] in SPEECH:
                        who = speakers.setdefault(as_captured(cells[_SPEAKER]), len(speakers))
                        values = (rank, who, int(cells[_WORDS]), float(cells[_SURE]))
                        outlets.append(outlet)
                        for column, value in zip(columns, values, strict=True):
                            column.append(value)
    outlet = np.frombuffer(outlets, np.int32)
    said = np.empty(len(outlet), SAID)
    for name, column in zip(SAID.names or (), columns, strict=True):
        said[name] = np.frombuffer(column, SAID[name])
    order = np.argsort(outlet, kind="stable")
    said[order].tofile(folder / "said")
    (folder / "names").write_bytes("\n".join(speakers).encode("utf-8", "surrogatepass"))
    np.save(folder / "outlets.npy", np.stack(np.unique(outlet, return_counts=True)), allow_pickle=False)


def outlets_in(folder: Path) -> list[tuple[int, int, int]]:
    """Give the outlets whose quotations were gathered, and from where up to where they stand."""
    outlet, counts = np.load(folder / "outlets.npy", allow_pickle=False)
    starts = _starts(counts).tolist()
    return list(zip(outlet.tolist(), starts[:-1], starts[1:], strict=True))


def quotes_of(folder: Path, outlet: int) -> tuple[NDArray[np.void], list[str]]:
    """Give the gathered quotations of an outlet, and the names of the speakers by number."""
    stretch = next(((a, b) for number, a, b in outlets_in(folder) if number == outlet), (0, 0))
    said = np.fromfile(folder / "said", SAID, stretch[1] - stretch[0], offset=stretch[0] * SAID.itemsize)
    names = (folder / "names").read_bytes().decode("utf-8", "surrogatepass").split("\n")
    return said, names
