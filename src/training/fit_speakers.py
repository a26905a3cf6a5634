"""Fit the weights that name speakers; a fit is a release, and may be refused.

    python src/training/fit_speakers.py cv  --gold DIR [--folds 3]
    python src/training/fit_speakers.py fit --gold DIR --cases DIR [--folds 3] [--accept "world share error"] ...
    python src/training/fit_speakers.py lines --gold DIR --cases DIR

``lines`` keeps the rankers and fits anew how sure their decisions are.

DIR of --gold holds ``quotes/``, ``canada/``, ``pages/`` and ``captures/``; that of --cases ``check.py``. Learned
from: ``quotes/train.jsonl`` (train), ``canada`` and ``pages`` (world); each judged by weights that saw no article of
the same source (of train: of the same article). ``quotes/gold.jsonl`` (us) is never learned from. ``fit`` prints every set's
figures with intervals, the cases and the seed, compares them with those of the weights before, and writes
``weights.json`` and ``speaker_figures.json`` only if nothing fell by more than TOLERANCE that is not accepted by name.

Two rankers are fitted, both sums of regression trees grown on the gradient of -log(probability of the right
candidates) under a softmax over the candidates of one quotation (Friedman 2001, listwise as in Cao et al. 2007):
one over the candidates for a quotation, one over the antecedents of a pronoun; each is the mean of two sums that
draw other examples and columns. They are fitted twice: first with the gold speaker as the speaker before, then
with what the first fit, crossed over two halves, said about it.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from listwise import grow
from speaker_calibration import PARTS, Scored, calibration, lines_of
from speaker_labels import (
    NOBODY_ABOVE,
    Example,
    gold_of,
    pronoun_examples,
    speaker_examples,
)
from speaker_sets import counts, is_right, module, read_set, with_intervals

from clipbook.model import Trees
from clipbook.quotes import attribution, certainty, pronouns
from clipbook.quotes.attribution import Model, shipped_model
from clipbook.quotes.document import Document
from clipbook.quotes.mentions import COLUMNS

WEIGHTS = Path(attribution.__file__).with_name("weights.json")
FIGURES = Path(__file__).with_name("speaker_figures.json")
LEARNED = ("train", "canada", "world")
TIMES = {"train": 1, "canada": 1, "world": 1}  # how often the quotations of a set count
TOLERANCE = 0.003
SETTINGS = {
    "speaker": {"sums": 2, "trees": 100, "rate": 0.15, "leaves": 15, "least": 30, "ridge": 3.0},
    "pronoun": {"sums": 2, "trees": 75, "rate": 0.12, "leaves": 12, "least": 10, "ridge": 3.0},
}


class Article(NamedTuple):
    """An article with what it teaches."""

    raw: dict[str, Any]
    document: Document
    first: list[Example]
    pronouns: list[Example]


def as_model(weights: dict[str, Any]) -> Model:
    """Make the rankers of their weights."""
    return Model(
        Trees(weights["speaker"], COLUMNS), Trees(weights["pronoun"], pronouns.COLUMNS), NOBODY_ABOVE
    )


def prepare(score: Any, rows: list[dict[str, Any]], *, learn: bool = True) -> list[Article]:
    """Read articles, and with ``learn`` what their quotations and pronouns teach."""
    out = []
    for raw in rows:
        document = Document(raw["text"])
        taught = (speaker_examples(score, document, raw, None), pronoun_examples(score, document, raw))
        out.append(Article(raw, document, *taught) if learn else Article(raw, document, [], []))
    return out


def fit(score: Any, articles: list[Article], *, twice: bool = True) -> dict[str, Any]:
    """Fit both rankers to some articles."""
    resolve = grow([e for a in articles for e in a.pronouns], pronouns.COLUMNS, SETTINGS["pronoun"])
    examples = [a.first for a in articles]
    times = [TIMES[a.raw["set"]] for a in articles]
    if twice:
        first, examples = examples, [[]] * len(articles)
        for half in (0, 1):
            rank = grow(
                [e for own, n in list(zip(first, times, strict=True))[half::2] for e in own * n],
                COLUMNS,
                SETTINGS["speaker"],
            )
            model = as_model({"speaker": rank, "pronoun": resolve})
            for index in range(1 - half, len(articles), 2):
                article = articles[index]
                said = attribution.attribute(article.document, model)
                examples[index] = speaker_examples(score, article.document, article.raw, said)
    rank = grow(
        [e for own, n in zip(examples, times, strict=True) for e in own * n], COLUMNS, SETTINGS["speaker"]
    )
    return {"nobody_above": NOBODY_ABOVE, "speaker": rank, "pronoun": resolve}


def held_out(score: Any, learned: list[Article], folds: int, *, twice: bool = True) -> list[Model]:
    """Give for each article a model that saw no article of its source."""
    fold = folds_of([a.raw for a in learned], folds)
    models = [
        as_model(fit(score, [a for a, f in zip(learned, fold, strict=True) if f != held], twice=twice))
        for held in range(folds)
    ]
    return [models[f] for f in fold]


def predictions(document: Document, model: Model) -> list[dict[str, Any]]:
    """Give what a model says of an article's quotations."""
    out = []
    for span, found in zip(document.quoted, attribution.attribute(document, model), strict=True):
        nobody = found.nobody > model.nobody
        out.append({
            "start": span.start, "end": span.end, "kind": "scare" if nobody else "direct",
            "traits": certainty.columns(document, found),
            "speaker": None if nobody or found.entity is None else found.entity.name,
            "mention": found.mention.kind if found.mention else "",
        })  # fmt: skip
    return out


def folds_of(rows: list[dict[str, Any]], folds: int) -> list[int]:
    """Give each article its fold: by source, or by article where a set has few sources."""
    keys = [(row["set"], row["id"] if row["set"] == "train" else row["source"]) for row in rows]
    order = sorted(set(keys))
    random.Random(0).shuffle(order)
    place = {key: number % folds for number, key in enumerate(order)}
    return [place[key] for key in keys]


def scored(gold: Path, articles: list[Article], made: dict[str, list[dict[str, Any]]]) -> Scored:
    """Traits and correctness of every quotation taken for speech."""
    score = module(gold / "quotes/score.py")
    traits, right, parts = [], [], []
    for article, part in zip(articles, folds_of([a.raw for a in articles], PARTS), strict=True):
        for wanted, quote in zip(
            gold_of(score, article.document, article.raw), made[article.raw["id"]], strict=True
        ):
            unknown = isinstance(wanted, dict) and not wanted["speaker"] and wanted["speaker_type"] != "none"
            if wanted is None or unknown or quote["kind"] == "scare":
                continue
            traits.append(list(quote["traits"].values()))
            right.append(isinstance(wanted, dict) and is_right(gold, article.raw, wanted, quote["speaker"]))
            parts.append(part)
    return Scored(np.array(traits, float), np.array(right, float), np.array(parts))


def show(gold: Path, articles: list[Article], made: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """Print and give the figures of every set."""
    out = {}
    for name in dict.fromkeys(a.raw["set"] for a in articles if a.raw["id"] in made):
        own = [counts(gold, a.raw, made[a.raw["id"]]) for a in articles if a.raw["set"] == name]
        for key, (value, low, high) in with_intervals(own).items():
            out[f"{name} {key}"] = round(value, 4)
            print(
                f"  {name:7s} {key:12s} {value:.3f} [{low:.3f}, {high:.3f}]  n = {len(own)} articles",
                flush=True,
            )
    return out


def cases(folder: Path) -> dict[str, float]:
    """Run the cases of quotations; the seed is one of them."""
    clipbook = Path(sys.executable).with_name("clipbook")
    done = subprocess.run(
        [sys.executable, str(folder / "check.py"), "--clipbook", str(clipbook), "--only", "quotes", "-v"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    held = sum(": holds" in line for line in lines)
    total = sum(": holds" in line or ": expected" in line for line in lines)
    seed = any(line.startswith("seed") and ": holds" in line for line in lines)
    print(f"  cases   {held} of {total} hold; the seed {'holds' if seed else 'FAILS'}")
    return {"cases": held / max(1, total), "seed": float(seed)}


def worse(now: dict[str, float], before: dict[str, float], accepted: list[str]) -> list[str]:
    """Name the figures that fell and were not accepted."""
    out = []
    for name, value in before.items():
        fall = (now[name] - value) * (1 if "error" in name else -1)
        if fall > TOLERANCE and name not in accepted:
            out.append(f"{name}: {value} before, {now[name]} now")
    return out


def main(arguments: list[str]) -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("what", choices=["cv", "fit", "lines"])
    cli.add_argument("--gold", type=Path, required=True)
    cli.add_argument("--cases", type=Path)
    cli.add_argument("--folds", type=int, default=3)
    cli.add_argument("--once", action="store_true", help="one pass, on the gold speaker before")
    cli.add_argument("--accept", action="append", default=[], help="a figure that may fall")
    given = cli.parse_args(arguments)
    if given.what != "cv" and given.cases is None:
        cli.error(f"{given.what} needs --cases: weights are written only after the cases were run")
    score = module(given.gold / "quotes/score.py")
    began = time.perf_counter()
    learned = prepare(score, [row for name in LEARNED for row in read_set(given.gold, name)])
    print(
        f"{len(learned)} articles, {sum(len(a.first) for a in learned)} quotations, {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    print("by the weights before (which saw train, or more)", flush=True)
    show(
        given.gold,
        learned,
        {a.raw["id"]: predictions(a.document, shipped_model()) for a in learned if a.raw["set"] != "train"},
    )
    models = held_out(score, learned, given.folds, twice=not given.once)
    made = {a.raw["id"]: predictions(a.document, model) for a, model in zip(learned, models, strict=True)}
    print(f"cross-validated, {time.perf_counter() - began:.0f} s", flush=True)
    figures = show(given.gold, learned, made)
    lines = lines_of({
        name: scored(given.gold, [a for a in learned if a.raw["set"] == name], made) for name in LEARNED
    })  # fmt: skip
    if given.what == "cv":
        return
    earlier = WEIGHTS.read_text(encoding="utf-8")
    kept = given.what == "lines"
    weights = (json.loads(earlier) if kept else fit(score, learned, twice=not given.once)) | lines
    print("unseen, by the weights of all that is learned from", flush=True)
    model = as_model(weights)
    unseen = prepare(score, read_set(given.gold, "us"), learn=False)
    made = {a.raw["id"]: predictions(a.document, model) for a in unseen}
    figures |= show(given.gold, unseen, made)
    weights["calibration"] = calibration(scored(given.gold, unseen, made), lines)
    text = json.dumps(weights, separators=(",", ":")).replace("],[[", "],\n[[") + "\n"
    WEIGHTS.write_text(text, encoding="utf-8")
    figures |= cases(given.cases)
    fallen = worse(
        figures, json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}, given.accept
    )
    if fallen:
        WEIGHTS.write_text(earlier, encoding="utf-8")
        sys.exit(
            "Not written, as these fell (name them with --accept to release all the same):\n  "
            + "\n  ".join(fallen)
        )
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {WEIGHTS.name} ({len(text) / 1000:.0f} kB) and {FIGURES.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
