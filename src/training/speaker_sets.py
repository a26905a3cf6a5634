"""The human-coded sets that speakers are learned from and measured on, in one form, each with its own scorer."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import random
import re
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

GIVEN = {"train": "quotes/train.jsonl", "us": "quotes/gold.jsonl", "canada": "canada/gold.jsonl", "world": "pages/gold.jsonl"}  # fmt: skip
ROUNDS = 1000


class Counts(NamedTuple):
    """What one article adds to the figures of its set."""

    gold: int  # stretches of speech whose speaker is known
    made: int
    found: int
    right: int
    gold_all: int  # also those whose speaker nobody could tell
    made_all: int
    share_error: float | None


def load(path: Path) -> list[dict[str, Any]]:
    """Give the rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


@lru_cache
def module(path: Path) -> Any:
    """Give a scorer that lies beside the data: its definitions of found and right."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def read_set(gold: Path, name: str) -> list[dict[str, Any]]:
    """Read the articles of a set: ``id``, ``text``, ``body_start``, ``ignore``, ``attributions``, ``set``, ``source``."""
    rows = load(gold / GIVEN[name])
    if name in ("train", "us"):
        return [row | {"set": name, "source": row["publisher"]} for row in rows]
    bodies = {row["id"]: row["body"] for row in load(gold / "captures/gold.jsonl")} if name == "world" else {}
    return [_as_attributions(row, row.get("body") or bodies[row["id"]], name) for row in rows]


def _as_attributions(row: dict[str, Any], body: str, name: str) -> dict[str, Any]:
    attributions, ignore = [], []
    for quote in row["quotes"]:
        speakers = quote.get("speakers") or [s for s in [quote.get("speaker")] if s]
        if quote["kind"] in ("nested", "disputed"):
            ignore.append([quote["start"], quote["end"]])
        elif quote["kind"] in ("direct", "mixed"):
            first = speakers[0] if speakers else None
            unnamed = first is not None and not re.search(
                r"\b[^\W\d_a-z]", re.sub(r"^(The|A|An) ", "", first)
            )
            attributions.append({
                "kind": quote["kind"], "quotes": [{"start": quote["start"], "end": quote["end"]}], "speaker": first,
                "accepted": speakers, "source_span": None,
                "speaker_type": "none" if first is None else "nominal" if unnamed else "person",
            })  # fmt: skip
    return {
        "id": row["id"], "text": body, "body_start": 0, "ignore": ignore, "attributions": attributions,
        "set": name, "source": row.get("outlet") or row["id"].rsplit("-", 1)[0], "row": row,
    }  # fmt: skip


def counts(gold: Path, article: dict[str, Any], quotes: list[dict[str, Any]]) -> Counts:
    """Score one article by the definitions beside its set."""
    if article["set"] in ("train", "us"):
        score = module(gold / "quotes/score.py")
        found = score.count(article, {"quotes": quotes}, (0.3,), False)
        hit = found["ggt0.3"]
        return Counts(
            hit["e2e_gold"], hit["e2e_pred"], hit["tp"], hit["name"], hit["tp"] + hit["fn"], hit["tp"] + hit["fp"],
            found["share"],
        )  # fmt: skip
    return _page_counts(gold, article, quotes)


def is_right(gold: Path, article: dict[str, Any], attribution: dict[str, Any], speaker: str | None) -> bool:
    """Whether a speaker is the one of an attribution, by the definitions beside its set."""
    if article["set"] not in ("train", "us"):
        return bool(module(gold / "pages/score.py").same(attribution["accepted"], speaker))
    state = "none" if attribution["speaker_type"] == "none" else "known"
    unit = {
        "state": state, "speaker": attribution["speaker"], "nominal": attribution["speaker_type"] == "nominal",
        "shared": attribution.get("ambiguous", False), "source": attribution.get("source"),
    }  # fmt: skip
    return bool(module(gold / "quotes/score.py").right(unit, {"speaker": speaker}))


def _page_counts(gold: Path, article: dict[str, Any], quotes: list[dict[str, Any]]) -> Counts:
    """Let the scorer of pages score one article, and take the counts from what it prints."""
    pieces = [
        {"text": piece, "kind": quote["kind"], "speaker": quote["speaker"]}
        for quote in quotes
        for piece in article["text"][quote["start"] : quote["end"]].split("\n")
        if any(map(str.isalnum, piece))
    ]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("gold", "bodies", "made")]
        body = {"id": article["id"], "body": article["text"]}
        for path, row in zip(
            files, (article["row"], body, {"id": article["id"], "quotes": pieces}), strict=True
        ):
            path.write_text(json.dumps(row) + "\n", encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            module(gold / "pages/score.py").main(*map(str, files))
    text = printed.getvalue()
    value = {
        key: float(number) for key, number in re.findall(r"(gold|predicted|P|on found|TV) ([\d.]+)", text)
    }
    made, wanted = int(value["predicted"]), int(value["gold"])
    found = round(value["P"] * made)
    error = value["TV"] if made or wanted else None
    return Counts(wanted, made, found, round(value["on found"] * found), wanted, made, error)


def figures(rows: list[Counts]) -> dict[str, float]:
    """Give detection, speaker, end to end (F1) and share error of some articles."""
    gold, made, found, right, gold_all, made_all = (sum(row[i] for row in rows) for i in range(6))
    errors = [row.share_error for row in rows if row.share_error is not None]
    return {
        "detection": 2 * found / max(1, gold_all + made_all),
        "end to end": 2 * right / max(1, gold + made),
        "share error": sum(errors) / max(1, len(errors)),
    }


def with_intervals(rows: list[Counts], seed: int = 1) -> dict[str, tuple[float, float, float]]:
    """Give the figures, each with the 2.5 and 97.5 % points over redrawn articles."""
    drawn = random.Random(seed)
    draws = [figures(drawn.choices(rows, k=len(rows))) for _ in range(ROUNDS)]
    out = {}
    for key, value in figures(rows).items():
        values = sorted(draw[key] for draw in draws)
        out[key] = (value, values[int(0.025 * ROUNDS)], values[int(0.975 * ROUNDS)])
    return out
