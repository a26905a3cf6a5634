"""The third step: what a part's captures say in the light of all others: names, quote shares, keywords."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook import keywords, quotes
from clipbook.files import as_captured, harmless
from clipbook.keywords import Background
from clipbook.keywords.table import COLUMNS as KEYWORD_COLUMNS
from clipbook.quotes.share import SHARE_COLUMNS
from clipbook.quotes.table import QUOTE_COLUMNS
from clipbook.tables.part import Part, new_folder
from clipbook.tables.rows import by_capture, columns_of, print_cells, read_rows
from clipbook.tables.table_rows import HEAD_COLUMNS

SPOKEN = ("quotes", "quote_share")
_SPEAKER = QUOTE_COLUMNS.index("speaker")


@dataclass(frozen=True, slots=True)
class Names:
    """Give each speaker of a part one name."""

    part: Path
    folder: Path  # of what comes of it
    names: dict[str, str]  # as found -> to use

    @property
    def result(self) -> Path:
        """The folder of the result, named by what it depends on."""
        return self.folder / f"{self.part.name}-s-{_digest(sorted(self.names.items()))}"


@dataclass(frozen=True, slots=True)
class Words:
    """Rank the keywords of a part."""

    part: Path
    folder: Path
    documents: int
    counts: NDArray[np.int64]  # of the part's vocabulary in all captures

    @property
    def result(self) -> Path:
        """The folder of the result, named by what it depends on."""
        return self.folder / f"{self.part.name}-k-{_digest((self.documents, self.counts.tolist()))}"


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def finish(task: Names | Words) -> Path:
    """Do a task, and give the folder of its tables; each has ``lengths.json`` with the bytes a capture."""
    if not task.result.is_dir():
        part = Part(task.part)
        tables = _spoken(part, task.names) if isinstance(task, Names) else {"keywords": _keywords(part, task)}
        ids = [facts["capture_id"] for facts in part.facts]
        with new_folder(task.result) as temporary:
            lengths = {}
            for name, blocks in tables.items():
                data = [blocks.get(capture_id, "").encode("utf-8") for capture_id in ids]
                (temporary / f"{name}.csv").write_bytes(b"".join(data))
                lengths[name] = [len(each) for each in data]
            (temporary / "lengths.json").write_text(json.dumps(lengths), encoding="utf-8")
    return task.result


def _spoken(part: Part, names: dict[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, str] = {}
    said: list[list[str]] = []
    for facts, block in zip(part.facts, part.blocks("quotes"), strict=True):
        rows = list(read_rows(io.StringIO(block, newline="")))
        if not names.keys().isdisjoint(facts["speakers"]):
            for row in rows:
                speaker = as_captured(row[_SPEAKER])
                row[_SPEAKER] = harmless(names.get(speaker, speaker))
            stream = io.StringIO()
            csv.writer(stream, lineterminator="\n").writerows(rows)
            found[facts["capture_id"]] = stream.getvalue()
        else:
            found[facts["capture_id"]] = block
        said += [[facts["capture_id"], *row[1:]] for row in rows]
    table = pd.DataFrame(said, columns=QUOTE_COLUMNS).astype({"words": int, "probability": float})
    table["speaker"] = table["speaker"].map(as_captured)
    articles = pd.DataFrame({"capture_id": [facts["capture_id"] for facts in part.facts]})
    shares = quotes.quote_share(table, articles, by="capture_id")
    return {"quotes": found, "quote_share": by_capture(columns_of(shares))}


def _keywords(part: Part, task: Words) -> dict[str, str]:
    shipped = keywords.english_background()
    counts = dict(shipped.counts)
    for stem, count in zip(part.strings("vocabulary"), task.counts.tolist(), strict=True):
        counts[stem] = counts.get(stem, 0) + count
    texts = [
        (facts["capture_id"], *texts)
        for facts, texts in zip(part.facts, texts_of(part), strict=True)
        if facts["english"]
    ]
    articles = pd.DataFrame(texts, columns=["capture_id", "headline", "body"])
    background = Background(shipped.documents + task.documents, counts)
    return by_capture(columns_of(keywords.keyword_table(articles, background=background)))


def texts_of(part: Part) -> Iterator[tuple[str, str]]:
    """Give headline and body of each capture."""
    headline, body = HEAD_COLUMNS.index("headline"), HEAD_COLUMNS.index("body")
    with (part.folder / "article.csv").open(encoding="utf-8", newline="") as stream:
        for row in read_rows(stream):
            yield as_captured(row[headline]), as_captured(row[body])


def finished_headings() -> Iterator[tuple[str, str]]:
    """Give the headings of the tables made here."""
    yield "quote_share", print_cells([SHARE_COLUMNS])
    yield "keywords", print_cells([KEYWORD_COLUMNS])
