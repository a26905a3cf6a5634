"""Keywords of the gold stories: style "phrases" for the set duc, "words" for kpcrowd."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fit_keywords import STYLE, TOP, articles_of, fit, keywords_by, read_gold, read_stories
from gold import load_score

from clipbook.keywords import keyword_table


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
    rows, scorer = read_gold(gold), load_score(gold)
    found = {}
    for name, style in STYLE.items():
        stories = read_stories([row for row in rows if row["set"] == name], style, scorer)
        for group in sorted({story.group for story in stories}):
            weights = fit([story for story in stories if story.group != group], style)
            for story in stories:
                if story.group == group:
                    found[story.id] = keywords_by(story, weights)
    return [{"id": row["id"], "keywords": found[row["id"]]} for row in rows]
