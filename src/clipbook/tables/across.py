"""The second step: what only all captures together tell: copies, everyone's one name, how common words are."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipbook.corpus.duplicates import BANDS, find_copies
from clipbook.tables.part import Part, arrays_of, shingles_of
from clipbook.tables.speakers import Speakers

_BAND_BYTES = 4_000_000  # of signatures held at once
STATUSES = ("duplicate", "failed", "ok", "thin")


@dataclass(frozen=True, slots=True)
class Across:
    """What is known of all captures; one entry a capture, part by part, unless said otherwise."""

    folders: list[Path]  # of the parts
    first: NDArray[np.int64]  # part: its first capture, and the end
    capture_id: list[str]
    status: NDArray[np.int8]  # place in STATUSES
    duplicate_of: dict[int, str]  # only of copies
    english: NDArray[np.bool_]
    outlet: NDArray[np.int32]  # place in outlets
    outlets: list[str]
    words: NDArray[np.int32]
    order: NDArray[np.int64]  # the captures sorted by capture_id
    names: dict[str, str]  # speaker as found -> the one name; only where they differ

    def comparable(self) -> NDArray[np.bool_]:
        """Whether each capture may be compared with others."""
        return self.status == STATUSES.index("ok")


def look_across(folders: Sequence[Path]) -> Across:
    """Read the facts of all parts and settle what depends on all of them."""
    ids: list[str] = []
    first = [0]
    status, english = array("b"), array("b")
    outlet, words = array("i"), array("i")
    moments: dict[str, str] = {}  # each once
    published: list[str] = []
    texts: dict[int, str] = {}
    outlets: dict[str, int] = {}
    speakers = Speakers()
    for folder in folders:
        for facts in Part(folder).facts:
            if facts["status"] == "thin":
                texts[len(ids)] = facts["text"]
            ids.append(facts["capture_id"])
            status.append(STATUSES.index(facts["status"]))
            english.append(facts["english"])
            outlet.append(outlets.setdefault(facts["outlet"], len(outlets)))
            words.append(facts["words"])
            published.append(moments.setdefault(facts["published"], facts["published"]))
            speakers.add(facts["speakers"])
        first.append(len(ids))
    by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    across = Across(
        list(folders), np.array(first), ids, np.array(status, np.int8), {}, np.array(english, bool),
        np.array(outlet, np.int32), list(outlets), np.array(words, np.int32), by_id,
        speakers.names(),
    )  # fmt: skip
    _mark_copies(across, published, texts)
    return across


def _mark_copies(across: Across, published: list[str], texts: dict[int, str]) -> None:
    dated = sorted(across.order.tolist(), key=lambda i: published[i] or "~")  # undated ones last
    ok, thin = STATUSES.index("ok"), STATUSES.index("thin")
    full = [i for i in dated if across.status[i] == ok]
    places = np.array(full, np.int64)
    at_once = max(1, min(BANDS, _BAND_BYTES // (8 * max(1, len(across.capture_id)))))
    held: dict[int, NDArray[np.int64]] = {}
    counts = np.concatenate(
        [np.zeros(0, np.int64), *(arrays_of(folder)["shingle_counts"] for folder in across.folders)]
    )
    starts = np.cumsum(counts, dtype=np.int64) - counts

    def band(number: int) -> NDArray[np.int64]:
        if number not in held:
            held.clear()
            last = min(number + at_once, BANDS)
            read = np.empty((last - number, len(across.capture_id)), np.int64)
            for folder, (start, end) in zip(across.folders, pairwise(across.first.tolist()), strict=True):
                read[:, start:end] = arrays_of(folder)["bands"][number:last]
            held.update(zip(range(number, last), read, strict=True))
        return held[number][places]

    def shingles(place: int) -> NDArray[np.int64]:
        capture = full[place]
        part = int(np.searchsorted(across.first, capture, side="right")) - 1
        start = starts[capture] - starts[across.first[part]]
        return shingles_of(across.folders[part], int(start), int(counts[capture])).astype(np.int64)

    copies = find_copies([across.capture_id[i] for i in full], band, shingles)
    stubs: dict[str, str] = {}
    for i in dated:
        name = across.capture_id[i]
        if across.status[i] == thin and texts[i]:
            original = stubs.setdefault(texts[i], name)
        else:
            original = copies.get(name, name) if across.status[i] == ok else name
        if original != name:
            across.duplicate_of[i] = original
    across.status[list(across.duplicate_of)] = STATUSES.index("duplicate")


def once_each(across: Across, number: int) -> NDArray[np.bool_]:
    """Tell which captures of a part count for how common a word is: English, and no copies."""
    rows = slice(across.first[number], across.first[number + 1])
    return across.english[rows] & (across.status[rows] != STATUSES.index("duplicate"))


def documents_with(part: Part, once: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count in how many of a part's captures each stem of its vocabulary stands."""
    use = np.repeat(once, part.arrays["stem_counts"])
    return np.bincount(part.arrays["stems"][use], minlength=len(part.strings("vocabulary")))


def common_words(across: Across) -> tuple[int, dict[str, int]]:
    """Count the captures, and those that hold each stem."""
    counts: dict[str, int] = {}
    documents = 0
    for number, folder in enumerate(across.folders):
        part = Part(folder)
        once = once_each(across, number)
        documents += int(once.sum())
        for stem, count in zip(part.strings("vocabulary"), documents_with(part, once).tolist(), strict=True):
            if count:
                counts[stem] = counts.get(stem, 0) + count
    return documents, counts
