"""A part of the tables on disk: what was measured in one batch, capture by capture."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipbook.corpus.duplicates import BANDS

Arrays = Mapping[str, NDArray[Any]]
BLOCKS = (
    "article", "article_end", "article_more", "lines", "sentences", "quotes", "frame_scores", "frame_evidence", "readability",
)  # fmt: skip
BUCKETS = 512  # that terms fall into, so that a corpus's terms can be compared bucket by bucket
_TERM = (("term_count", np.int32), ("term_free", np.int32), ("term_named", np.float64))


@dataclass(slots=True)
class Row:
    """What was measured in one capture."""

    facts: dict[str, Any]  # capture_id, file, status, ...: what the comparison of captures needs
    blocks: dict[str, str]  # table -> its rows as CSV
    bands: NDArray[np.int64]
    shingles: NDArray[np.int32]
    stems: list[str]
    terms: list[tuple[str, int, int, float, str]]


class Part:
    """A part as it was written; what is asked for is read then."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.head: dict[str, Any] = json.loads((folder / "part.json").read_text(encoding="utf-8"))

    @cached_property
    def facts(self) -> list[dict[str, Any]]:
        """The facts of each capture, sorted by ``capture_id``."""
        with (self.folder / "captures.jsonl").open(encoding="utf-8") as stream:
            return [json.loads(line) for line in stream]

    @cached_property
    def arrays(self) -> Arrays:
        """Signatures, shingles, stems and terms."""
        return arrays_of(self.folder)

    def bounds(self, table: str) -> NDArray[np.int64]:
        """Where each capture's rows of a table begin and end, in bytes."""
        return np.concatenate([[0], np.cumsum(self.arrays["bytes"][BLOCKS.index(table)], dtype=np.int64)])

    def blocks(self, table: str) -> list[str]:
        """Each capture's rows of a table."""
        data = (self.folder / f"{table}.csv").read_bytes()
        bounds = self.bounds(table).tolist()
        return [data[a:b].decode("utf-8") for a, b in pairwise(bounds)]

    def strings(self, name: str) -> list[str]:
        """A list of strings among the arrays."""
        text = self.arrays[name].tobytes().decode("utf-8")
        return text.split("\n") if text else []

    def rows(self, wanted: set[str]) -> Iterator[Row]:
        """Give the rows of some files as they were written."""
        blocks = {table: self.blocks(table) for table in BLOCKS}
        vocabulary, keys, forms = self.strings("vocabulary"), self.strings("keys"), self.strings("forms")
        stem_ends = [0, *np.cumsum(self.arrays["stem_counts"]).tolist()]
        counts = self.arrays["shingle_counts"].tolist()
        starts = np.cumsum([0, *counts]).tolist()
        order = np.argsort(self.arrays["term_row"], kind="stable")
        term_ends = np.searchsorted(self.arrays["term_row"][order], np.arange(len(self.facts) + 1))
        for place, facts in enumerate(self.facts):
            if facts["file"] not in wanted:
                continue
            at = order[term_ends[place] : term_ends[place + 1]]
            columns = [self.arrays[name][at].tolist() for name, _ in _TERM]
            yield Row(
                dict(facts),
                {table: blocks[table][place] for table in BLOCKS},
                self.arrays["bands"][:, place],
                shingles_of(self.folder, starts[place], counts[place]),
                [vocabulary[i] for i in self.arrays["stems"][stem_ends[place] : stem_ends[place + 1]]],
                list(zip(
                    [keys[i] for i in self.arrays["term_key"][at]], *columns,
                    [forms[i] for i in self.arrays["term_form"][at]], strict=True,
                )),
            )  # fmt: skip


class _Stored(dict[str, NDArray[Any]]):
    """Arrays in a file, each read when it is asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def __missing__(self, name: str) -> NDArray[Any]:
        with np.load(self._path, allow_pickle=False) as stored:
            array: NDArray[Any] = stored[name]
        self[name] = array
        return array


def arrays_of(folder: Path) -> Arrays:
    """Give the arrays of a part."""
    return _Stored(folder / "arrays.npz")


def shingles_of(folder: Path, start: int, count: int) -> NDArray[np.int32]:
    """Read one capture's shingles from a part, without the rest of it."""
    return np.fromfile(folder / "shingles", np.int32, count, offset=start * np.dtype(np.int32).itemsize)


def lengths_of(folder: Path, table: str) -> list[int]:
    """Give the bytes of each capture in a table that was made of a part in a later step."""
    lengths: list[int] = json.loads((folder / "lengths.json").read_text(encoding="utf-8"))[table]
    return lengths


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a temporary folder that becomes ``folder`` when it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".tmp-"))
    try:
        yield temporary
        with contextlib.suppress(FileExistsError, IsADirectoryError):
            try:
                os.rename(temporary, folder)
            except OSError:
                if not folder.is_dir():  # else another worker has just made the same part
                    raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_part(folder: Path, rows: Sequence[Row], head: dict[str, Any]) -> None:
    """Write a part, whole or not at all."""
    with new_folder(folder) as temporary:
        sizes = []
        for table in BLOCKS:
            blocks = [row.blocks[table].encode("utf-8") for row in rows]
            (temporary / f"{table}.csv").write_bytes(b"".join(blocks))
            sizes.append([len(block) for block in blocks])
        with (temporary / "captures.jsonl").open("w", encoding="utf-8", newline="\n") as lines:
            lines.writelines(json.dumps(row.facts, ensure_ascii=False) + "\n" for row in rows)
        arrays = {"bytes": np.array(sizes, np.int32), **_arrays(rows)}
        np.savez(temporary / "arrays.npz", **arrays)  # type: ignore[arg-type]
        with (temporary / "shingles").open("wb") as stream:
            for row in rows:
                row.shingles.astype(np.int32).tofile(stream)
        (temporary / "part.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")


def _arrays(rows: Sequence[Row]) -> Arrays:
    vocabulary: dict[str, int] = {}
    stems = [vocabulary.setdefault(stem, len(vocabulary)) for row in rows for stem in row.stems]
    keys = {key: bucket_of(key) for row in rows for key, *_ in row.terms}
    ordered = sorted(keys, key=lambda key: (keys[key], key))
    place = {key: number for number, key in enumerate(ordered)}
    terms = [term for row in rows for term in row.terms]
    spelt_key, count, free, named, spelt = zip(*terms, strict=True) if terms else ((),) * 5
    key = np.fromiter(map(place.__getitem__, spelt_key), np.int64, len(terms))
    number = np.repeat(np.arange(len(rows)), np.array([len(row.terms) for row in rows], np.int64))
    order = np.lexsort((number, key))
    key = key[order]
    buckets = np.array([keys[each] for each in ordered], np.int64)[key]
    forms: dict[tuple[int, str], int] = {}  # a bucket's together, as its keys are
    met = zip(buckets.tolist(), [spelt[i] for i in order.tolist()], strict=True)
    form = [forms.setdefault(each, len(forms)) for each in met]
    written = [each for _, each in forms]
    return {
        "bands": np.array([row.bands for row in rows], np.int64).reshape(-1, BANDS).T,
        "shingle_counts": np.array([len(row.shingles) for row in rows], np.int32),
        "vocabulary": _bytes(vocabulary),
        "stems": np.array(stems, np.int32),
        "stem_counts": np.array([len(row.stems) for row in rows], np.int32),
        "keys": _bytes(ordered),
        "key_bounds": _bounds([keys[key] for key in ordered], ordered),
        "forms": _bytes(written),
        "form_bounds": _bounds([bucket for bucket, _ in forms], written),
        "term_key": key.astype(np.int32),
        "term_row": number[order].astype(np.int32),
        "term_count": np.array(count, np.int32)[order],
        "term_free": np.array(free, np.int32)[order],
        "term_named": np.array(named, np.float64)[order],
        "term_form": np.array(form, np.int32),
        "bucket_start": np.searchsorted(buckets, np.arange(BUCKETS + 1)).astype(np.int32),
    }


def bucket_of(key: str) -> int:
    """Tell which bucket a term falls into."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % BUCKETS


def _bounds(buckets: Sequence[int], strings: Sequence[str]) -> NDArray[np.int64]:
    """Where each bucket's strings begin: their number, and their first byte."""
    first = np.searchsorted(buckets, np.arange(BUCKETS + 1))
    sizes = [len(string.encode("utf-8")) + 1 for string in strings]
    return np.stack([first, np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])[first]])


def _bytes(strings: Sequence[str] | Mapping[str, int]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(strings).encode("utf-8"), np.uint8)
