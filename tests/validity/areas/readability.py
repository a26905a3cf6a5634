"""Readability scores of the CLEAR excerpts and of the OneStopEnglish articles at their three levels."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from clipbook.readability import formula_table, readability_table

LEVELS = ("ele", "int", "adv")


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def predict(area: str, gold: Path, train: Path | None = None) -> dict[str, dict[str, float]]:
    """Give {text id: {measure: value}} of every text; ``gold`` is its folder or the one above."""
    own = gold / "readability"
    texts: dict[str, str] = {}
    for path in sorted((own if own.is_dir() else gold).glob("*.jsonl")):
        for row in _lines(path):
            if "text" in row:
                texts[row["id"]] = row["text"]
            else:
                texts |= {f"{row['id']}|{level}": row[level] for level in LEVELS}
    articles = pd.DataFrame({"capture_id": list(texts), "body": list(texts.values())})
    scores = readability_table(articles)
    scores = scores[scores["measure"].isin(formula_table()["measure"])]
    wide = scores.pivot(index="capture_id", columns="measure", values="value")[formula_table()["measure"]]
    return {str(text): row for text, row in wide.to_dict(orient="index").items()}
