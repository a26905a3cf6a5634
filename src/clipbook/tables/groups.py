"""Keyness of outlets over all captures, bucket of terms by bucket."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from clipbook.keywords.keyness import COLUMNS, LEAST, THE_REST, compare_terms, with_terms
from clipbook.keywords.terms import TermCounts, kind_of, shown_form
from clipbook.tables.gather import Index, terms_of
from clipbook.tables.part import BUCKETS, new_folder
from clipbook.tables.rows import row_by_row

_CAPTURES_A_TASK = 300


@dataclass(frozen=True, slots=True)
class Bucket:
    """Terms to compare: some of the buckets that they fall into."""

    gathered: list[Path]
    first: int
    last: int
    index: Index

    @property
    def result(self) -> Path:
        """The folder of the result."""
        return self.index.result("compared", self.first)


def buckets(gathered: list[Path], index: Index) -> Iterator[Bucket]:
    """Divide the comparison of outlets into tasks."""
    captures = int((index.of()[0] >= 0).sum())
    tasks = max(1, min(BUCKETS, captures // _CAPTURES_A_TASK))
    bounds = np.linspace(0, BUCKETS, tasks + 1).astype(int).tolist()
    for first, last in pairwise(bounds):
        yield Bucket(gathered, first, last, index)


def compare_bucket(task: Bucket) -> Path:
    """Compare every outlet with the rest over some terms, and give the folder of the result.

    It holds in ``rows`` a line a row of the table, the outlets one after the other and each sorted as the table
    is: -z, term and key as JSON, which they are sorted by, and the row as CSV without the last column, which needs all
    terms. ``groups.npy`` has the outlets by number, each with its number of rows and bytes; ``p.npy`` each row's p.
    """
    row, outlet, words, _ = task.index.of()
    use = row >= 0
    order = np.flatnonzero(use)[np.argsort(row[use])]
    keys, counted = _count(task, words[order].astype(np.int64))
    compared = with_terms(counted, np.ones(len(order), bool))
    keys = [keys[i] for i in compared.use.tolist()]
    groups = outlet[order]
    sizes: list[tuple[int, int, int]] = []
    p: list[np.ndarray] = [np.zeros(0)]
    with new_folder(task.result) as folder:
        with (folder / "rows").open("wb") as stream:
            for group in np.unique(groups).tolist():
                if (groups != group).any():
                    table = compare_terms(compared, groups == group)
                    table = table.assign(group=task.index.outlets[group], against=THE_REST)
                    lines, by_place = _lines(table, keys)
                    stream.writelines(lines)
                    sizes.append((group, len(lines), sum(map(len, lines))))
                    p.append(by_place)
        np.save(folder / "p.npy", np.concatenate(p), allow_pickle=False)
        np.save(folder / "groups.npy", np.array(sizes, np.int64).reshape(-1, 3), allow_pickle=False)
    return task.result


def _lines(table: pd.DataFrame, keys: list[str]) -> tuple[list[bytes], np.ndarray]:
    """Give the rows of an outlet as they are stored, and their p."""
    names = zip((-table["z"]).tolist(), table["term"], keys, row_by_row(table[COLUMNS[:-1]]), strict=True)
    stored = sorted(enumerate(names), key=lambda item: item[1])
    places = [place for place, _ in stored]
    return [json.dumps(each).encode() + b"\n" for _, each in stored], table["p"].to_numpy()[places]


def _count(task: Bucket, words: np.ndarray) -> tuple[list[str], TermCounts]:
    """Count the terms of the buckets in all captures compared, as ``keywords.terms.count_terms`` does."""
    from scipy.sparse import csr_array

    keys: dict[str, int] = {}
    forms: dict[str, int] = {}
    found = []
    for folder in task.gathered:
        terms, known_keys, known_forms = terms_of(folder, task.first, task.last)
        terms["key"] = numbered(known_keys, terms["key"], keys)
        terms["form"] = numbered(known_forms, terms["form"], forms)
        found.append(terms)
    table = np.concatenate(found)
    table = table[np.lexsort((table["key"], table["row"]))]
    key = table["key"]
    articles = np.bincount(key, minlength=len(keys))
    free_at_least = np.bincount(key, weights=table["free"], minlength=len(keys))
    as_name = np.bincount(key, weights=table["named"], minlength=len(keys))
    wanted = (articles >= LEAST) & (free_at_least > 0)
    chosen = sorted(name for name, number in keys.items() if wanted[number])
    column = np.full(len(keys), -1, np.int64)
    column[[keys[name] for name in chosen]] = np.arange(len(chosen))
    table = table[column[key] >= 0]
    place = column[table["key"]]
    shape = (len(words), len(chosen))
    matrix = csr_array((table["count"].astype(float), (table["row"], place)), shape=shape)
    kinds = [kind_of(float(as_name[keys[name]]), int(articles[keys[name]])) for name in chosen]
    spelt = list(forms)
    met: list[Counter[str]] = [Counter() for _ in chosen]
    for at, number in zip(place.tolist(), table["form"].tolist(), strict=True):
        met[at][spelt[number]] += 1
    shown = [shown_form(each, kind) for each, kind in zip(met, kinds, strict=True)]
    return chosen, TermCounts(pd.DataFrame(), matrix, words, shown, kinds)


def numbered(strings: list[str], ids: np.ndarray, numbers: dict[str, int]) -> np.ndarray:
    """Number strings by a common list, of which those met are made part."""
    distinct, inverse = np.unique(ids, return_inverse=True)
    return np.array([numbers.setdefault(strings[i], len(numbers)) for i in distinct.tolist()], np.int64)[
        inverse
    ]
