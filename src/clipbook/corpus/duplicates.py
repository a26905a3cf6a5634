"""Copies of an article: syndicated texts, edited reposts, a page saved twice.

Bodies are compared as sets of five-word shingles. MinHash signatures (Broder 1997, "On the
resemblance and containment of documents") cut into bands (Leskovec, Rajaraman and Ullman 2014,
"Mining of Massive Datasets", section 3.4) find candidates, and each candidate is then compared exactly.
An article is compared with at most ``_CANDIDATES`` earlier ones, and only with originals, so that the
time grows with the words in the corpus, not with the pairs of articles. Bands are sorted one after the
other and wait in files, so that only a few numbers an article are held at once.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.schema import need_columns

SHINGLE = 5  # words
RESEMBLANCE = 0.5  # shared shingles / all shingles, from which two articles are copies
CONTAINMENT = 0.75  # shared shingles / those of the shorter, likewise
_SHORTEST = 40  # shingles of an article that containment is judged for
_HASHES, _BAND = 128, 2
BANDS = _HASHES // _BAND
_CANDIDATES = 20
_STRETCH = 512  # articles whose candidates are held at once
_PRIME = (1 << 31) - 1
_AT_ONCE = 400  # shingles, so that their hashes stay in the processor's cache
_WORD = re.compile(r"\w+")

Integers = NDArray[np.int64]


def mark_duplicates(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark the articles that are copies of an earlier one.

    Two articles are copies if they share half of all their five-word shingles, or three quarters of
    the shorter one's. The first published is the original (an article without a date comes after those
    with one, and ``capture_id`` decides between equals). Thin articles are copies only if headline and
    body are the same; failed captures are left alone.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``headline``, ``body``, ``published``, ``status``.

    Returns
    -------
    DataFrame
        The table with ``status`` "duplicate" and ``duplicate_of`` set to the original's
        ``capture_id`` where an article is a copy.

    Notes
    -----
    Time is linear in words, up to sorting: 128 hashes and at most 20 exact comparisons an article.
    """
    need_columns(
        articles, ["capture_id", "headline", "body", "published", "status"], made_by="corpus.article_table"
    )
    read = articles[articles["status"] != "failed"]
    order = read.sort_values(["published", "capture_id"], na_position="last", kind="stable")
    full = order[order["status"] == "ok"]
    shingles = [shingle_hashes(body) for body in full["body"]]
    signatures = np.array([signature(each) for each in shingles], np.int64).reshape(-1, BANDS)
    names = full["capture_id"].tolist()
    copies = find_copies(names, lambda band: signatures[:, band], shingles.__getitem__)
    stubs: dict[tuple[str, str], str] = {}
    thin = order[order["status"] != "ok"]
    for name, headline, body in zip(thin["capture_id"], thin["headline"], thin["body"], strict=True):
        original = stubs.setdefault((headline, body), name) if headline and body else name
        if original != name:
            copies[name] = original
    result = articles.copy()
    originals = [copies.get(name, "") for name in result["capture_id"]]
    result["duplicate_of"] = pd.Series(originals, result.index, "str")
    result["status"] = result["status"].mask(result["duplicate_of"] != "", "duplicate")
    return result


def find_copies(
    names: Sequence[str], band: Callable[[int], Integers], shingles: Callable[[int], Integers]
) -> dict[str, str]:
    """Find the articles that copy an earlier one.

    Parameters
    ----------
    names : sequence of str
        The articles by their ``capture_id``, the first published first.
    band : function
        Gives, for a band of the signatures (0 to ``BANDS`` - 1), its value in every article.
    shingles : function
        Gives the hashed shingles of the article at a place of ``names``.

    Returns
    -------
    dict of str to str
        The copies, each with its original.
    """
    copied: dict[int, int] = {}
    for place, earlier in _candidates(len(names), band):
        mine = shingles(place)
        scored = []
        for other in [other for other in earlier if other not in copied][:_CANDIDATES]:
            theirs = shingles(other)
            if not (len(mine) and len(theirs)):
                continue
            resemblance, containment = overlap(mine, theirs)
            shorter = min(len(mine), len(theirs))
            if resemblance >= RESEMBLANCE or (containment >= CONTAINMENT and shorter >= _SHORTEST):
                scored.append((-resemblance, names[other], other))
        if scored:
            copied[place] = min(scored)[2]
    return {names[place]: names[original] for place, original in copied.items()}


def _candidates(size: int, band: Callable[[int], Integers]) -> Iterator[tuple[int, list[int]]]:
    """Give the articles that share bands with earlier ones: place, and the earlier ones, most bands first.

    One band by itself is often chance where there are many articles; two are asked for.
    """
    with TemporaryDirectory() as folder:
        bands = [Path(folder) / f"{number}.npy" for number in range(BANDS)]
        for number, file in enumerate(bands):
            np.save(file, _runs(band(number)))
        for first in range(0, size, _STRETCH):
            found = [_earlier(np.load(file, mmap_mode="r"), first, first + _STRETCH) for file in bands]
            pairs, shared = np.unique(np.concatenate(found), return_counts=True)
            pairs, shared = pairs[shared > 1], shared[shared > 1]
            order = np.lexsort((pairs % size, -shared, pairs // size))
            places, others = np.divmod(pairs[order], size)
            bounds = [*np.flatnonzero(np.diff(places, prepend=-1)).tolist(), len(places)]
            for start, end in pairwise(bounds):
                yield int(places[start]), others[start:end].tolist()


def _runs(keys: Integers) -> NDArray[np.int32]:
    """Sort articles by key: the sorted places; and of each place, where its key's run begins and its rank there."""
    order = np.argsort(keys, kind="stable")
    opens = np.diff(keys[order], prepend=keys[order][:1] - 1) != 0
    runs = np.empty((3, len(order)), np.int32)
    runs[0] = order
    runs[1, order] = np.flatnonzero(opens)[np.cumsum(opens) - 1]
    runs[2, order] = np.arange(len(order)) - runs[1, order]
    return runs


def _earlier(runs: NDArray[np.int32], first: int, last: int) -> Integers:
    """Pair the articles of a stretch with the first articles of the same key, as place x size + earlier place."""
    start, rank = runs[1:, first:last].astype(np.int64)
    count = np.minimum(rank, _CANDIDATES)
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    places = np.repeat(np.arange(first, first + len(count)), count)
    return places * runs.shape[1] + runs[0, np.repeat(start, count) + nth]


def shingle_hashes(body: str) -> Integers:
    """Hash every run of five words of a text to 31 bits; sorted, without repeats."""
    words = _WORD.findall(body.casefold())
    size = min(SHINGLE, len(words))
    if not size:
        return np.empty(0, dtype=np.int64)
    codes = np.array(list(map(_code, words)), dtype=np.uint64)
    runs = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for place in range(size):
        runs = runs * np.uint64(6364136223846793005) + codes[place : len(codes) - size + 1 + place]
        runs ^= runs >> np.uint64(29)
    return np.unique((runs % np.uint64(_PRIME)).astype(np.int64))


@lru_cache(maxsize=1 << 15)
def _code(word: str) -> int:
    return zlib.crc32(word.encode())


def overlap(left: Integers, right: Integers) -> tuple[float, float]:
    """Give resemblance (shared / all) and containment (shared / shorter) of two sets of shingles."""
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared / (len(left) + len(right) - shared), shared / min(len(left), len(right))


def signature(shingles: Integers) -> Integers:
    """Give the MinHash signature of a set of shingles as one number a band."""
    slope, shift = _hashes()
    prime = np.uint64(_PRIME)
    least = np.full(_HASHES, prime)
    for start in range(0, len(shingles), _AT_ONCE):
        hashed = shingles[start : start + _AT_ONCE, None].astype(np.uint64) * slope
        hashed += shift
        rest = hashed & prime  # the remainder of a Mersenne prime: the digits of that base added up
        hashed >>= np.uint64(31)
        rest += hashed
        least = np.minimum(least, rest.min(axis=0))
        rest -= prime  # what is below it wraps round to numbers above all others
        least = np.minimum(least, rest.min(axis=0))
    pairs = least.astype(np.int64).reshape(BANDS, _BAND)
    return (pairs[:, 0] << 31) | pairs[:, 1]


@cache
def _hashes() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    random = np.random.default_rng(1997)
    slope = random.integers(1, _PRIME, _HASHES, dtype=np.int64).astype(np.uint64)
    return slope, random.integers(0, _PRIME, _HASHES, dtype=np.int64).astype(np.uint64)
