"""Fit the weights of the keyword ranking and print how it does on stories it has not seen.

    python src/training/fit_keywords.py --gold DIR [--write]

Two logistic regressions a style, summed into one weight a piece of evidence: is the candidate a human
keyword, and does it hold one or stand in one. Cross-validation leaves out one source (duc) or one section
(kpcrowd) at a time; the scorer is the gold folder's own. --write stores src/clipbook/keywords/weights.json.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from gold import load_score, options
from sklearn.linear_model import LogisticRegression

from clipbook.keywords.candidates import Candidates, find_candidates, weigh_evidence
from clipbook.keywords.ranking import (
    STYLES,
    Weights,
    choose,
    corpus_background,
    keyword_of,
    score_candidates,
)
from clipbook.keywords.words import TokenRow, encode

STYLE = {"duc": "phrases", "kpcrowd": "words"}
TOP = 15
TARGET = Path(__file__).parents[2] / "src/clipbook/keywords/weights.json"
PARTIAL = {"phrases": 1.0, "words": 0.0}  # weight of the second regression
OVERLAP = {"phrases": 1.0, "words": 0.0}
STRENGTH = 0.05  # C of the regressions, on standardised evidence


@dataclass(frozen=True)
class Story:
    id: str
    group: str
    gold: list[str]
    words: TokenRow
    found: Candidates
    evidence: dict[str, np.ndarray]
    exact: np.ndarray
    partial: np.ndarray


def read_gold(gold: Path) -> list[dict[str, Any]]:
    """Read the stories of the gold folder."""
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


def group_of(story: str) -> str:
    name = story.split("-")[1]
    source = re.match(r"[A-Z]{2}", name)
    return source.group() if source else name


def read_stories(rows: list[dict[str, Any]], style: str, scorer: Any) -> list[Story]:
    articles = articles_of(rows)
    encoded = encode(articles["headline"], articles["body"])
    background = corpus_background(articles, encoded)
    stories = []
    for place, row in enumerate(rows):
        words = encoded.row(place, place + 1)
        found = find_candidates(words, STYLES[style])
        keys = scorer.uniq(row["keywords"])
        forms = [scorer.norm(words.text(a, a + n)) for a, n in zip(found.first, found.words, strict=True)]
        partial = [any(scorer.contains(f, k) or scorer.contains(k, f) for k in keys) for f in forms]
        exact = np.isin(np.arange(len(forms)), [i for i, f in enumerate(forms) if f in set(keys)])
        stories.append(
            Story(
                id=row["id"],
                group=group_of(row["id"]),
                gold=row["keywords"],
                words=words,
                found=found,
                evidence=weigh_evidence(words, found, background),
                exact=exact,
                partial=np.array(partial, bool),
            )
        )
    return stories


def fit(stories: list[Story], style: str) -> Weights:
    names = list(stories[0].evidence)
    table = np.concatenate([np.stack([s.evidence[n] for n in names], 1) for s in stories])
    spread = table.std(0)
    used = spread > 0
    scaled = (table[:, used] - table[:, used].mean(0)) / spread[used]
    total = np.zeros(used.sum())
    for share, target in ((1.0, "exact"), (PARTIAL[style], "partial")):
        if share:
            model = LogisticRegression(C=STRENGTH, max_iter=1000)
            model.fit(scaled, np.concatenate([getattr(s, target) for s in stories]))
            total += share * model.coef_[0]
    weights = total / spread[used]
    kept = {n: round(float(w), 3) for n, w in zip(np.array(names)[used], weights, strict=True)}
    return Weights(OVERLAP[style], kept)


def keywords_by(story: Story, weights: Weights) -> list[str]:
    scores = score_candidates(story.evidence, weights)
    [picked] = choose(story.words, story.found, scores, weights.overlap, TOP)
    return [keyword_of(story.words, story.found, candidates, score).keyword for candidates, score in picked]


def judge(stories: list[Story], weights: Weights, scorer: Any) -> list[dict[str, float]]:
    return [scorer.doc(story.gold, keywords_by(story, weights)) for story in stories]


def report(label: str, results: list[dict[str, float]]) -> None:
    draws = np.random.default_rng(7).integers(0, len(results), (1000, len(results)))
    parts = []
    for name in ("F1@10", "pF1@10"):
        values = np.array([r[name] for r in results])
        low, high = np.quantile(values[draws].mean(1), [0.025, 0.975])
        parts.append(f"{name} {values.mean():.4f} ({low:.3f} to {high:.3f})")
    print(f"{label}: {', '.join(parts)}, n = {len(results)}")


def main() -> None:
    args = options(__doc__, writes=True)
    scorer = load_score(args.gold)
    rows = read_gold(args.gold)
    made: dict[str, Any] = {}
    for name, style in STYLE.items():
        stories = read_stories([row for row in rows if row["set"] == name], style, scorer)
        unseen: list[dict[str, float]] = []
        for group in sorted({s.group for s in stories}):
            weights = fit([s for s in stories if s.group != group], style)
            unseen += judge([s for s in stories if s.group == group], weights, scorer)
        report(f"{name}, style {style}, unseen", unseen)
        weights = fit(stories, style)
        report(f"{name}, style {style}, seen", judge(stories, weights, scorer))
        made[style] = weights._asdict()
    if args.write:
        TARGET.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
