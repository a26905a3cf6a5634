"""Articles to their rows in every table."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from clipbook import framing, quotes
from clipbook.corpus import article_table
from clipbook.corpus.duplicates import BANDS, shingle_hashes, signature
from clipbook.corpus.metadata import Known, add_metadata
from clipbook.corpus.tables import ARTICLE_COLUMNS, LINE_COLUMNS, line_rows
from clipbook.framing.scores import EVIDENCE_COLUMNS, SCORE_COLUMNS, score_and_evidence_rows
from clipbook.keywords.background import stems_of
from clipbook.keywords.table import encode_articles, english_articles
from clipbook.keywords.terms import terms_of
from clipbook.keywords.words import common_lexicon
from clipbook.quotes.table import QUOTE_COLUMNS
from clipbook.readability.table import COLUMNS as READABILITY_COLUMNS
from clipbook.readability.table import readability_columns
from clipbook.records import Article
from clipbook.tables.part import Row
from clipbook.tables.rows import by_capture, columns_of, print_cells, row_by_row
from clipbook.text.sentences import SENTENCE_COLUMNS, sentence_rows

HEAD_COLUMNS = ARTICLE_COLUMNS[: ARTICLE_COLUMNS.index("status")]
END_COLUMNS = ARTICLE_COLUMNS[ARTICLE_COLUMNS.index("duplicate_of") + 1 :]
_AT_ONCE = 32  # articles whose words are counted together


def rows_of(
    articles: Sequence[Article], known: Sequence[Sequence[Known]], codebook: str, files: Sequence[str]
) -> list[Row]:
    """Give the rows of articles in every table.

    Parameters
    ----------
    articles : sequence of Article
        Sorted by ``capture_id``.
    known : sequence of sequence of Known
        What is known of them besides, the later winning over the earlier.
    codebook : str
        A shipped codebook's name or the file of one.
    files : sequence of str
        The file that each comes from.
    """
    table = article_table(articles)
    for stated in known:
        table, _ = add_metadata(table, list(stated), required=False)
    found = quotes.quotes_as_found(table)
    book = framing.load_codebook(codebook)
    scores, evidence = score_and_evidence_rows(table, book, found)
    blocks = {
        "lines": by_capture(zip(*line_rows(articles), strict=True)),
        "sentences": by_capture(zip(*sentence_rows(table, found), strict=True)),
        "quotes": by_capture(columns_of(found)),
        "frame_scores": by_capture(zip(*scores, strict=True)),
        "frame_evidence": by_capture(zip(*evidence, strict=True)),
        "readability": by_capture(readability_columns(table, found).values()),
    }
    speakers: dict[str, Counter[str]] = {}
    for capture_id, speaker in zip(found["capture_id"], found["speaker"], strict=True):
        speakers.setdefault(capture_id, Counter())[speaker] += 1
    words = _words(table)
    ends = zip(row_by_row(table[list(HEAD_COLUMNS)]), row_by_row(table[list(END_COLUMNS)]), strict=True)
    extra = [name for name in table.columns if name not in ARTICLE_COLUMNS]
    rows = []
    for row, file, (head, end) in zip(table.to_dict("records"), files, ends, strict=True):
        name = row["capture_id"]
        facts = {
            "capture_id": name, "file": file, "source_file": row["source_file"], "status": row["status"],
            "published": "" if pd.isna(row["published"]) else row["published"].isoformat(),
            "outlet": row["outlet"], "notes": row["notes"], "text": _text_digest(row),
            "english": name in words, "words": words[name].words if name in words else 0,
            "speakers": speakers.get(name, {}),
        }  # fmt: skip
        mine = {each: text.get(name, "") for each, text in blocks.items()}
        shingles = shingle_hashes(row["body"]) if row["status"] == "ok" else np.zeros(0, np.int64)
        bands = signature(shingles) if len(shingles) else np.zeros(BANDS, np.int64)
        counted = words.get(name, _NO_WORDS)
        more = json.dumps({column: row[column] for column in extra}) + "\n"
        mine |= {"article": head, "article_end": end, "article_more": more}
        rows.append(Row(facts, mine, bands, shingles.astype(np.int32), counted.stems, counted.terms))
    return rows


def _text_digest(row: dict[Any, Any]) -> str:
    """Tell thin articles apart; "" when they cannot be copies."""
    if not (row["headline"] and row["body"]):
        return ""
    return hashlib.blake2b(
        f"{row['headline']}\x00{row['body']}".encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


@dataclass(frozen=True, slots=True)
class _Words:
    words: int
    stems: list[str]
    terms: list[tuple[str, int, int, float, str]]


_NO_WORDS = _Words(0, [], [])


def _words(table: pd.DataFrame) -> dict[str, _Words]:
    english = english_articles(table)
    lexicon = common_lexicon()
    encoded = encode_articles(english, lexicon)
    counted = [
        article
        for start in range(0, len(encoded), _AT_ONCE)
        for article in terms_of(encoded[start : start + _AT_ONCE], lexicon)
    ]
    return {
        name: _Words(terms.words, sorted(stems_of(article, lexicon)), terms.terms)
        for name, article, terms in zip(english["capture_id"], encoded, counted, strict=True)
    }


def headings() -> Iterator[tuple[str, str]]:
    """Give the headings of the tables that are measured capture by capture."""
    yield "lines", print_cells([LINE_COLUMNS])
    yield "sentences", print_cells([SENTENCE_COLUMNS])
    yield "quotes", print_cells([QUOTE_COLUMNS])
    yield "frame_scores", print_cells([SCORE_COLUMNS])
    yield "frame_evidence", print_cells([EVIDENCE_COLUMNS])
    yield "readability", print_cells([READABILITY_COLUMNS])
