"""Fit the weights that name speakers, and say by cross-validation how well they do.

    python tests/validity/fit_speakers.py cv  --gold DIR [--folds 5] [--by publisher]
    python tests/validity/fit_speakers.py fit --gold DIR

DIR holds ``train.jsonl`` and ``score.py``. ``fit`` writes ``src/clipbook/quotes/weights.json``.

Two rankers are fitted, both sums of regression trees grown on the gradient of -log(probability of the right
candidates) under a softmax over the candidates of one quotation (Friedman 2001, listwise as in Cao et al. 2007):
one over the candidates for a quotation, one over the antecedents of a pronoun; each is the mean of two sums that
draw other examples and columns. They are fitted twice: first with
the gold speaker as the speaker before, then with what the first fit, crossed over two halves, said about it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from listwise import grow
from speaker_calibration import calibrate, scored
from speaker_labels import NOBODY_ABOVE, Example, load, pronoun_examples, scorer, speaker_examples

from clipbook.quotes import attribution, pronouns
from clipbook.quotes.attribution import Model
from clipbook.quotes.columns import COLUMNS
from clipbook.quotes.page import Page
from clipbook.quotes.ranker import Trees

WEIGHTS = Path(attribution.__file__).with_name("weights.json")
SETTINGS = {
    "speaker": {"sums": 2, "trees": 100, "rate": 0.15, "leaves": 15, "least": 30, "ridge": 3.0},
    "pronoun": {"sums": 2, "trees": 75, "rate": 0.12, "leaves": 12, "least": 10, "ridge": 3.0},
}


def as_model(weights: dict) -> Model:
    return Model(
        Trees(weights["speaker"], COLUMNS), Trees(weights["pronoun"], pronouns.COLUMNS), NOBODY_ABOVE
    )


class Article(NamedTuple):
    raw: dict
    page: Page
    first: list[Example]
    pronouns: list[Example]


def fit(score: Any, articles: list[Article], *, twice: bool = True) -> dict:
    resolve = grow([e for a in articles for e in a.pronouns], pronouns.COLUMNS, SETTINGS["pronoun"])
    examples = [a.first for a in articles]
    if twice:
        examples = [[]] * len(articles)
        for half in (0, 1):
            rank = grow([e for a in articles[half::2] for e in a.first], COLUMNS, SETTINGS["speaker"])
            model = as_model({"speaker": rank, "pronoun": resolve})
            for index in range(1 - half, len(articles), 2):
                article = articles[index]
                said = attribution.attribute(article.page, model)
                examples[index] = speaker_examples(score, article.page, article.raw, said)
    rank = grow([e for group in examples for e in group], COLUMNS, SETTINGS["speaker"])
    return {"nobody_above": NOBODY_ABOVE, "speaker": rank, "pronoun": resolve}


def predictions(page: Page, model: Model) -> list[dict]:
    out = []
    for span, found in zip(page.quoted, attribution.attribute(page, model), strict=True):
        nobody = found.nobody > model.nobody
        out.append({
            "start": span.start, "end": span.end, "kind": "scare" if nobody else "direct",
            "speaker": None if nobody or found.entity is None else found.entity.name, "confidence": found.chance, "nobody": found.nobody,
            "best": found.entity.name if found.entity else None,
        })  # fmt: skip
    return out


def prepare(score: Any, rows: list[dict]) -> list[Article]:
    out = []
    for raw in rows:
        page = Page(raw["text"])
        out.append(
            Article(raw, page, speaker_examples(score, page, raw, None), pronoun_examples(score, page, raw))
        )
    return out


def folds_of(rows: list[dict], folds: int, by: str) -> list[int]:
    if by:
        values = sorted({row[by] for row in rows})
        return [values.index(row[by]) % folds for row in rows]
    order = list(range(len(rows)))
    random.Random(0).shuffle(order)
    place = [0] * len(rows)
    for rank, index in enumerate(order):
        place[index] = rank % folds
    return place


def cross_validate(score: Any, articles: list[Article], fold: list[int], *, twice: bool) -> dict[str, dict]:
    out = {}
    for held in sorted(set(fold)):
        weights = fit(score, [a for a, f in zip(articles, fold, strict=True) if f != held], twice=twice)
        model = as_model(weights)
        for article, f in zip(articles, fold, strict=True):
            if f == held:
                key = article.raw["id"]
                out[key] = {"id": key, "quotes": predictions(article.page, model)}
    return out


def show(score: Any, rows: list[dict], preds: dict[str, dict]) -> None:
    result = score.evaluate(rows, preds, rounds=300)
    for key in (
        "ggt0.3.P",
        "ggt0.3.R",
        "ggt0.3.F1",
        "ggt0.8.F1",
        "ggt0.3.speaker_name",
        "ggt0.3.e2e_F1",
        "share.tv",
    ):
        value, low, high = result[key]
        print(f"  {key:22s} {value:.3f} [{low:.3f}, {high:.3f}]")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description="Fit or cross-validate the weights that name speakers.")
    parser.add_argument("what", choices=["cv", "fit"])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--by", default="", help="hold out whole groups of this field, such as publisher")
    parser.add_argument("--once", action="store_true", help="one pass, on the gold speaker before")
    parser.add_argument("--save", type=Path, help="where cross-validated predictions go")
    given = parser.parse_args(arguments)
    score = scorer(given.gold)
    began = time.perf_counter()
    articles = prepare(score, load(given.gold / "train.jsonl"))
    print(
        f"{len(articles)} articles, {sum(len(a.first) for a in articles)} quotations, "
        f"{sum(len(e.right) for a in articles for e in a.first)} candidates, "
        f"{sum(len(a.pronouns) for a in articles)} pronouns, {time.perf_counter() - began:.0f} s"
    )
    rows = [a.raw for a in articles]
    preds = cross_validate(score, articles, folds_of(rows, given.folds, given.by), twice=not given.once)
    print(f"cross-validated, {time.perf_counter() - began:.0f} s")
    show(score, rows, preds)
    line, table = calibrate(scored(score, rows, preds))
    if given.save:
        given.save.write_text(json.dumps(preds), encoding="utf-8")
    if given.what == "fit":
        weights = fit(score, articles, twice=not given.once)
        weights |= {"confidence": line, "calibration": table}
        WEIGHTS.write_text(
            json.dumps(weights, separators=(",", ":")).replace("],[[", "],\n[[") + "\n", encoding="utf-8"
        )
        print(f"wrote {WEIGHTS.name}: {WEIGHTS.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
