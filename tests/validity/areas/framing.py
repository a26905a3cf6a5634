"""Frames of the gold texts: calibrated on human codes, and the uncalibrated cue scores.

With ``train``, models learn from its codes and label the gold. Without it, the gold itself is split, by source where that
is known, else at random: each part is labelled by models that learned from the other parts.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from clipbook.framing import Codebook, calibrate, label_frames, load_codebook
from clipbook.framing.calibration import cue_scores_of
from clipbook.framing.codebook import Frame

OUTER_FOLDS = 10
SETS: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "narrative": (
        "generic",
        {
            "conflict": ("conflict",),
            "economic": ("economic_consequences",),
            "human_interest": ("human_interest",),
            "morality": ("morality",),
            "resolution": ("responsibility",),
        },
    ),
    "gvfc": ("gun_violence", {}),
    "frac": (
        "policy",
        {
            "cultural": ("cultural_identity",),
            "economic": ("economic", "capacity"),
            "fairness": ("fairness",),
            "health_quality": ("health", "quality_of_life"),
            "legality_crime": ("legality", "crime"),
            "morality": ("morality",),
            "other": (),
            "policy_political": ("policy", "political", "external_reputation"),
            "public_opinion": ("public_opinion",),
            "security": ("security",),
        },
    ),
}
QUESTIONS = {"re": "resolution", "hi": "human_interest", "co": "conflict", "mo": "morality", "ec": "economic"}


def codebook_of(name: str) -> Codebook:
    """Give the shipped codebook of a set, with its frames merged and named as the coders did."""
    shipped, merged = SETS[name]
    book = load_codebook(shipped)
    if not merged:
        return book
    by_name = {frame.name: frame for frame in book.frames}
    frames = []
    for label, parts in merged.items():
        cues = {cue.parts: cue for part in parts for cue in by_name[part].cues}
        exclusions = {cue.parts: cue for part in parts for cue in by_name[part].exclusions}
        kept = tuple(cue for key, cue in exclusions.items() if key not in cues)
        frames.append(Frame(label, label, (), tuple(cues.values()), kept))
    return replace(book, frames=tuple(frames))


def articles_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    made = [{"capture_id": row["id"], "headline": "", "body": row["text"], "language": "en"} for row in rows]
    return pd.DataFrame(made, columns=["capture_id", "headline", "body", "language"])


def codes_of(rows: list[dict[str, Any]], frames: tuple[str, ...]) -> pd.DataFrame:
    """The settled labels as codes of ``agreed``, and each coder's answers where they are given."""
    made: list[tuple[str, str, str, int, float]] = []
    for row in rows:
        made += [(row["id"], "agreed", frame, 0, float(frame in row["labels"])) for frame in frames]
        for question, (item, votes) in enumerate(sorted(row.get("votes", {}).items())):
            frame = QUESTIONS[item[:2]]
            made += [
                (row["id"], f"coder {number}", frame, question, float(vote))
                for number, vote in enumerate(votes)
                if vote is not None
            ]
    return pd.DataFrame(made, columns=["capture_id", "coder", "frame", "question", "code"])


def read_set(folder: Path, name: str) -> list[dict[str, Any]]:
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [row for row in rows if row["set"] == name]


def labelled(train: list[dict[str, Any]], test: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Learn from the labels of ``train`` and give those of ``test``."""
    book = codebook_of(name)
    calibration = calibrate(articles_of(train), codes_of(train, book.frame_names), book)
    labels = label_frames(articles_of(test), calibration)
    made: dict[str, dict[str, Any]] = {
        row["id"]: {"id": row["id"], "labels": [], "scores": {}} for row in test
    }
    for row in labels.itertuples(index=False):
        made[row.capture_id]["scores"][row.frame] = round(float(row.probability), 6)
        if row.present:
            made[row.capture_id]["labels"].append(row.frame)
    return list(made.values())


def cross_labelled(rows: list[dict[str, Any]], name: str, seed: int = 0) -> list[dict[str, Any]]:
    """Label each part of a set by models that learned from the others, of other sources where they are known."""
    made: dict[int, dict[str, Any]] = {}
    for held in parts_of([str(row.get("source", number)) for number, row in enumerate(rows)], seed):
        learn = sorted(set(range(len(rows))) - set(held))
        part = labelled([rows[i] for i in learn], [rows[i] for i in held], name)
        made.update(zip(held, part, strict=True))
    return [made[i] for i in range(len(rows))]


def parts_of(sources: list[str], seed: int) -> list[list[int]]:
    """Deal rows into parts of about one size, so that no source stands in two: the largest source first."""
    draw = np.random.default_rng(seed)
    names = [str(name) for name in draw.permutation(sorted(set(sources)))]
    rows = {name: [place for place, source in enumerate(sources) if source == name] for name in names}
    parts: list[list[int]] = [[] for _ in range(min(OUTER_FOLDS, len(names)))]
    for name in sorted(names, key=lambda name: -len(rows[name])):
        min(parts, key=len).extend(rows[name])
    return [sorted(part) for part in parts]


def uncalibrated(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Cue scores alone, without any code; "other" is the lack of the other frames' cues."""
    book = codebook_of(name)
    scores = cue_scores_of([row["text"] for row in rows], book, book.frame_names)
    lacking = np.array([not frame.cues for frame in book.frames])
    scores[:, lacking] = -scores.sum(axis=1, keepdims=True)
    return [
        {"id": row["id"], "labels": [], "scores": dict(zip(book.frame_names, map(float, line), strict=True))}
        for row, line in zip(rows, scores, strict=True)
    ]


def predict(area: str, gold: Path, train: Path | None = None) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name in SETS:
        rows = read_set(gold, name)
        if rows and train is not None:
            made += labelled(read_set(train, name), rows, name)
        elif rows:
            made += cross_labelled(rows, name)
    return made
