"""Keywords of the gold stories: style "phrases" for the set duc, "words" for kpcrowd."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.keywords import keyword_table

STYLE = {"duc": "phrases", "kpcrowd": "words"}
TOP = 15


def read_gold(gold: Path) -> list[dict[str, Any]]:
    lines = (gold / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def articles_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Set the headline apart from the body where the text begins with it."""
    made = []
    for row in rows:
        title, text = str(row.get("title") or "").strip(), row["text"].strip()
        body = text[len(title) :] if text.startswith(title) else text
        made.append({"capture_id": row["id"], "headline": title, "body": body})
    return pd.DataFrame(made, columns=["capture_id", "headline", "body"])


def predict(area: str, gold: Path, train: Path | None = None) -> list[dict[str, Any]]:
    rows = read_gold(gold)
    found: dict[str, list[str]] = {row["id"]: [] for row in rows}
    for name in dict.fromkeys(row["set"] for row in rows):
        articles = articles_of([row for row in rows if row["set"] == name])
        table = keyword_table(articles, STYLE.get(name, "phrases"), top=TOP)
        for capture, keywords in table.groupby("capture_id", sort=False)["keyword"]:
            found[str(capture)] = keywords.tolist()
    return [{"id": key, "keywords": keywords} for key, keywords in found.items()]


def predict_unseen(area: str, gold: Path) -> list[dict[str, Any]]:
    """Predict each source's stories with weights fitted on the other sources (see fit_keywords.py)."""
    from fit_keywords import fit, keywords_by, load_scorer, read_stories

    rows, scorer = read_gold(gold), load_scorer(gold)
    found = {}
    for name, style in STYLE.items():
        stories = read_stories([row for row in rows if row["set"] == name], style, scorer)
        for group in sorted({story.group for story in stories}):
            weights = fit([story for story in stories if story.group != group], style)
            for story in stories:
                if story.group == group:
                    found[story.id] = keywords_by(story, weights)
    return [{"id": row["id"], "keywords": found[row["id"]]} for row in rows]
