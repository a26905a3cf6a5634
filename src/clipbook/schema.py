"""The tables of the workbook by name, with the columns that are not text."""

from __future__ import annotations

from collections.abc import Iterable

WHOLE, REAL, YES_NO, TIME, TEXT = "int64", "float64", "bool", "datetime64[us]", "str"

_SHARES = {"quotes": WHOLE, "words": WHOLE, "share": REAL, "low": REAL, "high": REAL}
TABLES: dict[str, dict[str, str]] = {
    "articles": {
        "published": TIME, "updated": TIME, "paywalled": YES_NO, "words": WHOLE, "kept_share": REAL,
    },
    "lines": {"line": WHOLE, "kept": YES_NO},
    "sentences": {"paragraph": WHOLE, "sentence": WHOLE, "start": WHOLE, "end": WHOLE, "quoted_share": REAL},
    "quotes": {"start": WHOLE, "end": WHOLE, "words": WHOLE, "confidence": REAL, "probability": REAL},
    "quote_share": _SHARES,
    "quote_share_by_outlet": _SHARES,
    "frame_scores": {
        "score": REAL, "cues": WHOLE, "hits": WHOLE, "negated": WHOLE, "words": WHOLE, "expected_cues": REAL,
    },
    "frame_evidence": {
        "start": WHOLE, "end": WHOLE, "sentence": WHOLE, "sentence_start": WHOLE, "sentence_end": WHOLE,
        "negated": YES_NO, "quoted": YES_NO,
    },
    "readability": {"value": REAL, "low": REAL, "high": REAL, "words": WHOLE, "ranked": YES_NO},
    "keywords": {"rank": WHOLE, "score": REAL, "count": WHOLE, "in_headline": YES_NO},
    "keyness": {
        "count": WHOLE, "count_against": WHOLE, "rate": REAL, "rate_against": REAL, "articles": WHOLE,
        "articles_against": WHOLE, "dispersion": REAL, "log_odds": REAL, "low": REAL, "high": REAL, "z": REAL,
        "p": REAL, "q": REAL,
    },
}  # fmt: skip


def kinds_of(table: str, columns: Iterable[str]) -> dict[str, str]:
    """Give the kind of each column of a table; columns of the researcher's own are text."""
    own = TABLES[table]
    return {column: own.get(column, TEXT) for column in columns}
