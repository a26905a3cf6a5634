"""Keyness of outlets over all captures, bucket of terms by bucket."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd

from clipbook.bulk.across import Across
from clipbook.bulk.part import BUCKETS, Part
from clipbook.bulk.rows import print_cells, row_by_row
from clipbook.files import replacing
from clipbook.keywords.contrasts import false_discovery_rate
from clipbook.keywords.keyness import COLUMNS, LEAST, THE_REST, compare_terms
from clipbook.keywords.terms import TermCounts, kind_of, shown_form

_CAPTURES_A_TASK = 500


@dataclass(frozen=True, slots=True)
class Bucket:
    """Terms to compare: some of the buckets that they fall into."""

    folders: list[Path]
    first: int
    last: int
    outlets: list[str]  # in alphabetical order
    index: Path  # .npy: row of the comparison of each capture, -1 for those left out; outlet; words

    @property
    def result(self) -> Path:
        """The file of the result."""
        return self.index.with_name(f".compared-{self.index.stem.rpartition('-')[2]}-{self.first}.npz")


def buckets(across: Across, folder: Path) -> Iterator[Bucket]:
    """Divide the comparison of outlets into tasks; ``folder`` is for their results and what they share."""
    known = np.array([outlet.strip() != "" for outlet in across.outlets], bool)
    use = across.comparable() & across.english & (known[across.outlet] if len(known) else False)
    row = np.full(len(use), -1, np.int64)
    chosen = across.order[use[across.order]]
    row[chosen] = np.arange(len(chosen))
    outlets = sorted(across.outlets)
    place = {name: number for number, name in enumerate(outlets)}
    alphabetical = np.array([place[name] for name in across.outlets], np.int64)
    outlet = alphabetical[across.outlet] if len(alphabetical) else across.outlet
    index = (
        folder / f".index-{os.urandom(8).hex()}.npy"
    )  # a worker of a run that was killed knows another name
    np.save(index, np.stack([row, outlet, across.words.astype(np.int64)]), allow_pickle=False)
    tasks = max(1, min(BUCKETS, len(chosen) // _CAPTURES_A_TASK))
    bounds = np.linspace(0, BUCKETS, tasks + 1).astype(int).tolist()
    for first, last in pairwise(bounds):
        yield Bucket(across.folders, first, last, outlets, index)


def compare_bucket(task: Bucket) -> Path:
    """Compare every outlet with the rest over some terms, and give the file of the result.

    It holds for each outlet, by its number: ``z``, ``p``, the ``keys`` and ``terms``, and the table's ``rows``
    as CSV without the last column, which needs all terms, and where each of them ``ends``.
    """
    row, outlet, words = np.load(task.index, allow_pickle=False)
    keys, counted = _count(task, row)
    use = row >= 0
    order = np.argsort(row[use])
    counted = TermCounts(pd.DataFrame(), counted.counts, words[use][order], counted.terms, counted.kinds)
    groups = outlet[use][order]
    arrays: dict[str, np.ndarray] = {"groups": np.zeros(0, np.int64)}
    for group in np.unique(groups).tolist():
        if (groups != group).any():
            table = compare_terms(counted, groups == group, groups != group)
            table = table.assign(group=task.outlets[group], against=THE_REST)
            rows = [text.encode()[:-1] for text in row_by_row(table[COLUMNS[:-1]])]
            arrays["groups"] = np.append(arrays["groups"], group)
            arrays[f"z{group}"], arrays[f"p{group}"] = table["z"].to_numpy(), table["p"].to_numpy()
            arrays[f"keys{group}"] = _bytes([keys[i] for i in compared(counted)])
            arrays[f"terms{group}"] = _bytes(table["term"])
            arrays[f"rows{group}"] = np.frombuffer(b"".join(rows), np.uint8)
            arrays[f"ends{group}"] = np.cumsum([len(each) for each in rows], dtype=np.int64)
    with replacing(task.result) as temporary, temporary.open("wb") as stream:
        np.savez(stream, **arrays)  # type: ignore[arg-type]
    return task.result


def _bytes(strings: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(strings).encode("utf-8", "surrogatepass"), np.uint8)


def _strings(stored: np.ndarray) -> list[str]:
    text = stored.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []


def compared(counted: TermCounts) -> list[int]:
    """Give the terms that enough articles hold."""
    return np.flatnonzero((counted.counts > 0).sum(axis=0) >= LEAST).tolist()


def _count(task: Bucket, row: np.ndarray) -> tuple[list[str], TermCounts]:
    """Count the terms of the buckets in all captures compared, as ``keywords.terms.count_terms`` does."""
    from scipy.sparse import csr_array

    keys: dict[str, int] = {}
    forms: dict[str, int] = {}
    cells: list[np.ndarray] = []
    named: list[np.ndarray] = []
    capture = 0
    for folder in task.folders:
        part = Part(folder)
        arrays = part.arrays
        a, b = arrays["bucket_start"][[task.first, task.last]]
        size = len(arrays["stem_counts"])
        mine = row[capture : capture + size][arrays["term_row"][a:b]]
        capture += size
        at = a + np.flatnonzero(mine >= 0)
        span = (task.first, task.last)
        key = _numbered(*part.strings_of("key", span), arrays["term_key"][at], keys)
        form = _numbered(*part.strings_of("form", span), arrays["term_form"][at], forms)
        columns = [mine[mine >= 0], key, arrays["term_count"][at], arrays["term_free"][at], form]
        cells.append(np.array(columns, np.int32))
        named.append(arrays["term_named"][at])
    table = np.concatenate([np.zeros((5, 0), np.int32), *cells], axis=1)
    by_row = np.lexsort((table[1], table[0]))
    rows, key, count, free, form = table[:, by_row]
    articles = np.bincount(key, minlength=len(keys))
    free_at_least = np.bincount(key, weights=free, minlength=len(keys))
    as_name = np.bincount(key, weights=np.concatenate([np.zeros(0), *named])[by_row], minlength=len(keys))
    wanted = (articles >= LEAST) & (free_at_least > 0)
    chosen = sorted(name for name, number in keys.items() if wanted[number])
    column = np.full(len(keys), -1, np.int64)
    column[[keys[name] for name in chosen]] = np.arange(len(chosen))
    keep = column[key] >= 0
    shape = (int(row.max(initial=-1)) + 1, len(chosen))
    matrix = csr_array((count[keep].astype(float), (rows[keep], column[key[keep]])), shape=shape)
    kinds = [kind_of(float(as_name[keys[name]]), int(articles[keys[name]])) for name in chosen]
    spelt = list(forms)
    met: list[Counter[str]] = [Counter() for _ in chosen]
    for place, number in zip(column[key[keep]].tolist(), form[keep].tolist(), strict=True):
        met[place][spelt[number]] += 1
    shown = [shown_form(each, kind) for each, kind in zip(met, kinds, strict=True)]
    return chosen, TermCounts(pd.DataFrame(), matrix, np.zeros(0, np.int64), shown, kinds)


def _numbered(strings: list[str], first: int, ids: np.ndarray, numbers: dict[str, int]) -> np.ndarray:
    """Number strings by a common list, of which those met are made part."""
    distinct, inverse = np.unique(ids, return_inverse=True)
    return np.array(
        [numbers.setdefault(strings[i - first], len(numbers)) for i in distinct.tolist()], np.int64
    )[inverse]


def write_keyness(stream: IO[bytes], results: Sequence[Path]) -> None:
    """Write the table of keyness, one outlet after the other, from the compared buckets."""
    stream.write(print_cells([COLUMNS]).encode())
    stored = [np.load(path, allow_pickle=False) for path in results]
    for group in sorted({group for each in stored for group in each["groups"].tolist()}):
        mine = [each for each in stored if group in each["groups"]]
        z, p = (np.concatenate([each[f"{name}{group}"] for each in mine]) for name in "zp")
        q = false_discovery_rate(p)
        names = [(term, key) for each in mine for term, key in zip(
            _strings(each[f"terms{group}"]), _strings(each[f"keys{group}"]), strict=True)]  # fmt: skip
        rows = b"".join([each[f"rows{group}"].tobytes() for each in mine])
        sizes = np.concatenate([np.diff(each[f"ends{group}"], prepend=0) for each in mine])
        ends = [0, *np.cumsum(sizes).tolist()]
        for i in sorted(range(len(z)), key=lambda i: (-z[i], *names[i])):
            last = "" if np.isnan(q[i]) else repr(float(q[i]))
            stream.write(rows[ends[i] : ends[i + 1]] + f",{last}\n".encode())
