"""Copies of an article: syndicated texts, edited reposts, a page saved twice.

Bodies are compared as sets of five-word shingles. MinHash signatures (Broder 1997, "On the
resemblance and containment of documents") cut into bands (Leskovec, Rajaraman and Ullman 2014,
"Mining of Massive Datasets", section 3.4) find candidates, and each candidate is then compared exactly.
An article is compared with at most ``_CANDIDATES`` earlier ones, and only with originals, so that the
time grows with the words in the corpus, not with the pairs of articles.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter

import numpy as np
import pandas as pd

from clipbook.tables import need_columns

SHINGLE = 5  # words
RESEMBLANCE = 0.5  # shared shingles / all shingles, from which two articles are copies
CONTAINMENT = 0.75  # shared shingles / those of the shorter, likewise
_SHORTEST = 40  # shingles of an article that containment is judged for
_HASHES, _BAND = 128, 2
_CANDIDATES = 20
_PRIME = (1 << 31) - 1
_WORD = re.compile(r"\w+")


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
    Time is linear in words: 128 hashes an article, at most 20 exact comparisons an article.
    """
    need_columns(
        articles, ["capture_id", "headline", "body", "published", "status"], made_by="corpus.article_table"
    )
    result = articles.copy()
    order = articles[articles["status"] != "failed"].sort_values(
        ["published", "capture_id"], na_position="last", kind="stable"
    )
    originals = _Originals()
    stubs: dict[tuple[str, str], str] = {}
    copies: dict[str, str] = {}
    columns = (order[name] for name in ("capture_id", "body", "status", "headline"))
    for capture_id, body, status, headline in zip(*columns, strict=True):
        if status == "ok":
            original = originals.find_or_add(capture_id, body)
        else:
            original = stubs.setdefault((headline, body), capture_id) if headline and body else ""
        if original and original != capture_id:
            copies[capture_id] = original
    result["duplicate_of"] = pd.Series(
        [copies.get(name, "") for name in result["capture_id"]], result.index, "str"
    )
    result["status"] = result["status"].mask(result["duplicate_of"] != "", "duplicate")
    return result


class _Originals:
    """The articles found so far that are no copies, reachable by the bands of their signatures."""

    def __init__(self) -> None:
        self._shingles: dict[str, np.ndarray] = {}
        self._buckets: dict[tuple[int, bytes], list[str]] = {}

    def find_or_add(self, capture_id: str, body: str) -> str:
        """Give the original that this body copies, or keep it as an original and give ""."""
        shingles = shingle_hashes(body)
        if not len(shingles):
            return ""
        bands = _bands(shingles)
        met = Counter(other for band in bands for other in self._buckets.get(band, ()))
        scored = []
        for other, _ in sorted(met.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]:
            resemblance, containment = overlap(shingles, self._shingles[other])
            shorter = min(len(shingles), len(self._shingles[other]))
            if resemblance >= RESEMBLANCE or (containment >= CONTAINMENT and shorter >= _SHORTEST):
                scored.append((-resemblance, other))
        if scored:
            return min(scored)[1]
        self._shingles[capture_id] = shingles
        for band in bands:
            bucket = self._buckets.setdefault(band, [])
            if len(bucket) < _CANDIDATES:
                bucket.append(capture_id)
        return ""


def shingle_hashes(body: str) -> np.ndarray:
    """Hash every run of five words of a text to 31 bits; sorted, without repeats."""
    words = _WORD.findall(body.casefold())
    size = min(SHINGLE, len(words))
    if not size:
        return np.empty(0, dtype=np.int64)
    codes = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    runs = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for place in range(size):
        runs = runs * np.uint64(6364136223846793005) + codes[place : len(codes) - size + 1 + place]
        runs ^= runs >> np.uint64(29)
    return np.unique((runs % np.uint64(_PRIME)).astype(np.int64))


def overlap(left: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Give resemblance (shared / all) and containment (shared / shorter) of two sets of shingles."""
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared / (len(left) + len(right) - shared), shared / min(len(left), len(right))


def _bands(shingles: np.ndarray) -> list[tuple[int, bytes]]:
    random = np.random.default_rng(1997)
    slope = random.integers(1, _PRIME, _HASHES, dtype=np.int64)
    shift = random.integers(0, _PRIME, _HASHES, dtype=np.int64)
    signature = np.full(_HASHES, _PRIME, dtype=np.int64)
    for start in range(0, len(shingles), 2000):
        part = shingles[start : start + 2000, None]
        signature = np.minimum(signature, ((part * slope + shift) % _PRIME).min(axis=0))
    return [(band, signature[band : band + _BAND].tobytes()) for band in range(0, _HASHES, _BAND)]
