"""Comparisons of outlets over all captures: quote share, and keyness bucket of terms by bucket."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from clipbook.bulk.across import Across
from clipbook.bulk.part import BUCKETS, Part
from clipbook.files import as_captured
from clipbook.keywords.contrasts import false_discovery_rate
from clipbook.keywords.keyness import COLUMNS, LEAST, THE_REST, compare_terms
from clipbook.keywords.terms import TermCounts, kind_of, shown_form
from clipbook.quotes.quotations import SPEECH
from clipbook.quotes.share import SHARE_COLUMNS, group_share
from clipbook.quotes.table import QUOTE_COLUMNS

_CAPTURES_A_TASK = 500
_KIND, _SPEAKER, _WORDS, _SURE = map(QUOTE_COLUMNS.index, ("kind", "speaker", "words", "confidence"))


def shares_by_outlet(across: Across) -> pd.DataFrame:
    """Give what ``quote_share(..., by="outlet")`` gives for the comparable captures."""
    use = across.comparable()
    rank = np.empty(len(across.order), np.int64)
    rank[across.order] = np.arange(len(rank))
    speakers: dict[str, int] = {}
    columns: list[list[float]] = [[], [], [], [], []]  # outlet, rank, speaker, words, confidence
    for number, folder in enumerate(across.folders):
        for row, block in enumerate(Part(folder).blocks("quotes"), start=int(across.first[number])):
            if not (block and use[row]):
                continue
            for cells in csv.reader(io.StringIO(block, newline="")):
                if cells[_KIND] in SPEECH:
                    name = as_captured(cells[_SPEAKER])
                    who = speakers.setdefault(across.names.get(name, name), len(speakers))
                    values = (across.outlet[row], rank[row], who, int(cells[_WORDS]), float(cells[_SURE]))
                    for column, value in zip(columns, values, strict=True):
                        column.append(value)
    outlet, ranks, who_said = (np.array(column, np.int64) for column in columns[:3])
    words, sure = (np.array(column, float) for column in columns[3:])
    by_rank = np.argsort(ranks, kind="stable")
    names = np.array(list(speakers), object)
    tables = []
    for place in sorted(set(outlet.tolist()), key=across.outlets.__getitem__):
        mine = by_rank[outlet[by_rank] == place]
        said = pd.DataFrame(
            {
                "capture_id": ranks[mine],
                "who": names[who_said[mine]],
                "words": words[mine],
                "confidence": sure[mine],
            }
        )
        tables.append(group_share(said, across.outlets[place]))
    tables = [table for table in tables if not table.empty]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=SHARE_COLUMNS)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Terms to compare: some of the buckets that they fall into."""

    folders: list[Path]
    first: int
    last: int
    index: Path  # .npy: row of the comparison of each capture, -1 for those left out; outlet; words


def buckets(across: Across, index: Path) -> Iterator[Bucket]:
    """Divide the comparison of outlets into tasks; ``index`` is where they find what they share."""
    known = np.array([outlet.strip() != "" for outlet in across.outlets], bool)
    use = across.comparable() & across.english & (known[across.outlet] if len(known) else False)
    row = np.full(len(use), -1, np.int64)
    chosen = across.order[use[across.order]]
    row[chosen] = np.arange(len(chosen))
    place = {name: number for number, name in enumerate(sorted(across.outlets))}
    alphabetical = np.array([place[name] for name in across.outlets], np.int64)
    outlet = alphabetical[across.outlet] if len(alphabetical) else across.outlet
    np.save(index, np.stack([row, outlet, across.words.astype(np.int64)]), allow_pickle=False)
    tasks = max(1, min(BUCKETS, len(chosen) // _CAPTURES_A_TASK))
    bounds = np.linspace(0, BUCKETS, tasks + 1).astype(int).tolist()
    for first, last in pairwise(bounds):
        yield Bucket(across.folders, first, last, index)


def compare_bucket(task: Bucket) -> list[tuple[int, pd.DataFrame]]:
    """Compare every outlet with the rest over some terms: (outlet in alphabetical order, table with ``key``)."""
    row, outlet, words = np.load(task.index, allow_pickle=False)
    keys, counted = _count(task, row)
    use = row >= 0
    order = np.argsort(row[use])
    counted = TermCounts(pd.DataFrame(), counted.counts, words[use][order], counted.terms, counted.kinds)
    groups = outlet[use][order]
    tables = []
    for group in np.unique(groups).tolist():
        if (groups != group).any():
            table = compare_terms(counted, groups == group, groups != group)
            tables.append((group, table.assign(key=[keys[i] for i in compared(counted)])))
    return tables


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


def keyness(across: Across, results: list[list[tuple[int, pd.DataFrame]]]) -> Iterator[pd.DataFrame]:
    """Put the compared buckets together, one outlet's table after the other."""
    outlets = sorted(across.outlets)
    for group in sorted({number for tables in results for number, _ in tables}):
        table = pd.concat(
            [t for tables in results for number, t in tables if number == group], ignore_index=True
        )
        table = table.sort_values("key", ignore_index=True)
        q = false_discovery_rate(table["p"].to_numpy())
        table = table.assign(group=outlets[group], against=THE_REST, q=q)
        yield table.sort_values(["z", "term"], ascending=[False, True])[COLUMNS]

