"""Fit the weights that name speakers, and say by cross-validation how well they do.

    python tests/validity/fit_speakers.py cv  --gold DIR [--folds 5] [--by publisher]
    python tests/validity/fit_speakers.py fit --gold DIR

DIR holds ``train.jsonl`` and ``score.py``. ``fit`` writes ``src/clipbook/quotes/weights.json``.

Two rankers are fitted, both sums of regression trees grown on the gradient of -log(probability of the right
candidates) under a softmax over the candidates of one quotation (Friedman 2001, listwise as in Cao et al. 2007):
one over the candidates for a quotation, one over the antecedents of a pronoun. They are fitted twice: first with
the gold speaker as the speaker before, then with what the first fit, crossed over two halves, said about it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from clipbook.quotes import attribution, features, pronouns
from clipbook.quotes.attribution import Model
from clipbook.quotes.features import History
from clipbook.quotes.mentions import Entity, Mention
from clipbook.quotes.page import Page
from clipbook.quotes.ranker import Trees
from clipbook.quotes.scene import Scene, candidates

WEIGHTS = Path(attribution.__file__).with_name("weights.json")
SETTINGS = {
    "speaker": {"trees": 150, "rate": 0.12, "leaves": 15, "least": 30, "ridge": 3.0},
    "pronoun": {"trees": 150, "rate": 0.08, "leaves": 12, "least": 10, "ridge": 3.0},
}
NOBODY_ABOVE = 0.5
NEIGHBOURS = 150


def scorer(gold: Path) -> Any:
    """The gold folder's own definitions of a match."""
    spec = importlib.util.spec_from_file_location("quotes_score", gold / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Example(NamedTuple):
    """Candidate rows and which of them are right."""

    rows: np.ndarray
    right: np.ndarray


# ---- labels


def gold_of(score: Any, page: Page, article: dict) -> list[dict | str | None]:
    """For each quotation its attribution, "nobody", or None where the gold leaves it out."""
    spans = [
        (q["start"], q["end"], a)
        for a in article["attributions"]
        if a["kind"] != "indirect"
        for q in a["quotes"]
    ]
    spans.sort(key=lambda span: span[2]["speaker"] is None)
    out: list[dict | str | None] = []
    for span in page.quoted:
        own = (span.start, span.end)
        size = span.end - span.start
        if span.end <= article["body_start"] or any(
            2 * score.common(own, x) > size for x in article["ignore"]
        ):
            out.append(None)
            continue
        best = max(spans, key=lambda s: score.common(own, s[:2]), default=None)
        out.append(best[2] if best and score.common(own, best[:2]) > 0.3 * size else "nobody")
    return out


def is_speaker(score: Any, entity: Entity | None, gold: dict) -> bool:
    if entity is None or not gold["speaker"]:
        return False
    same = score.same_phrase if gold["speaker_type"] == "nominal" else score.same_name
    return bool(same(gold["speaker"], entity.name))


def is_right(score: Any, page: Page, m: Mention, gold: dict) -> bool:
    """Whether a mention is the gold source, or names its speaker."""
    low, high = gold["source_span"] or (0, 0)
    start, end = page.tokens.start[m.a], page.tokens.end[m.b - 1]
    inside = start < high and low < end
    if m.kind == "pronoun":
        return inside and gold["speaker_type"] == "pronoun"
    if is_speaker(score, m.entity, gold):
        return gold["speaker_type"] != "nominal" or inside
    first = page.tokens.start[m.first]
    return m.kind == "phrase" and inside and gold["speaker_type"] == "nominal" and abs(first - low) < 25


def gold_entity(score: Any, page: Page, gold: dict) -> Entity | None:
    fitting = [e for e in page.cast if is_speaker(score, e, gold)]
    return max(fitting, key=lambda e: len(e.mentions), default=None)


def speaker_examples(score: Any, page: Page, article: dict, said: list | None) -> list[Example]:
    """One example a quotation; ``said`` are decisions to take the speaker before from, None the gold."""
    out = []
    history = History()
    last_gold: dict | None = None
    for quote, gold in enumerate(gold_of(score, page, article)):
        if gold is None:
            continue
        scene = Scene(page, quote)
        found = candidates(page, scene)
        rows = features.rows(page, scene, found, history)
        nobody = gold == "nobody" or gold["speaker_type"] == "none"
        right = [not nobody and is_right(score, page, m, gold) for m in found]
        if history.scene is not None:
            if said is not None:
                same = not nobody and is_speaker(score, history.last, gold)
            else:
                same = (
                    not nobody
                    and last_gold is not None
                    and (
                        last_gold is gold
                        or (bool(gold["speaker"]) and gold["speaker"] == last_gold["speaker"])
                    )
                )
            right.append(same)
        right.append(nobody)
        if any(right):
            out.append(Example(np.array(rows), np.array(right)))
        if said is not None:
            decision = said[quote]
            spoke = decision.entity is not None and decision.nobody <= NOBODY_ABOVE
            entity, chance = decision.entity, decision.chance
        else:
            spoke, entity, chance = not nobody, None if nobody else gold_entity(score, page, gold), 1.0
        if spoke:
            history.scene, history.last = scene, entity
            history.speakers = {id(entity): chance} if entity else {}
            last_gold = gold if gold != "nobody" else None
            if entity:
                history.earlier.add(id(entity))
    return out


def pronoun_examples(score: Any, page: Page, article: dict) -> list[Example]:
    out = []
    spoke: dict[int, float] = {}
    starts = {page.tokens.start[m.a]: m for m in page.mentions if m.kind == "pronoun"}
    sourced = [a for a in article["attributions"] if a["source_span"]]
    for gold in sorted(sourced, key=lambda a: a["source_span"][0]):
        if gold["speaker_type"] == "pronoun" and gold["speaker"]:
            low, high = gold["source_span"]
            pronoun = next((m for at, m in starts.items() if low <= at < high), None)
            if pronoun is not None:
                entities, rows = pronouns.antecedents(page, pronoun, spoke)
                right = [is_speaker(score, e, gold) for e in entities]
                if any(right):
                    out.append(Example(np.array(rows), np.array(right)))
        if gold["kind"] != "indirect" and gold["speaker"]:
            entity = gold_entity(score, page, gold)
            spoke = {id(entity): 1.0} if entity else {}
    return out


# ---- boosting


def grow(examples: list[Example], columns: tuple[str, ...], settings: dict, seed: int = 1) -> dict:
    """Trees fitted to the examples, as ``ranker.Trees`` reads them."""
    from sklearn.ensemble._hist_gradient_boosting.binning import _BinMapper
    from sklearn.ensemble._hist_gradient_boosting.grower import TreeGrower

    table = np.concatenate([e.rows for e in examples]).astype(np.float64)
    right = np.concatenate([e.right for e in examples]).astype(bool)
    sizes = np.array([len(e.right) for e in examples])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    mapper = _BinMapper(n_bins=65, random_state=0, n_threads=1)
    binned = mapper.fit_transform(table)
    rng = np.random.default_rng(seed)
    score = np.zeros(len(table))
    trees = []
    for _ in range(settings["trees"]):
        power = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
        chance = power / np.repeat(np.add.reduceat(power, starts), sizes)
        hit = power * right
        among = hit / np.repeat(np.add.reduceat(hit, starts), sizes)
        keep = np.flatnonzero(np.repeat(rng.random(len(sizes)) < 0.7, sizes))
        slope = (chance - among)[keep].astype(np.float32)
        bend = np.maximum(chance * (1 - chance), 0.01)[keep].astype(np.float32)
        grower = TreeGrower(
            np.asfortranarray(binned[keep]), slope, bend, max_leaf_nodes=settings["leaves"],
            min_samples_leaf=settings["least"], l2_regularization=settings["ridge"], n_bins=66,
            n_bins_non_missing=mapper.n_bins_non_missing_, shrinkage=settings["rate"], n_threads=1,
            feature_fraction_per_split=0.4, rng=rng,
        )  # fmt: skip
        grower.grow()
        predictor = grower.make_predictor(binning_thresholds=mapper.bin_thresholds_)
        score += predictor.predict_binned(binned, mapper.missing_values_bin_idx_, 1)
        trees.append(_plain(predictor.nodes))
    used = sorted({node[0] for tree in trees for node in tree if len(node) > 1})
    place = {column: index for index, column in enumerate(used)}
    for tree in trees:
        for node in tree:
            if len(node) > 1:
                node[0] = place[node[0]]
    return {"columns": [columns[i] for i in used], "trees": trees}


def _plain(nodes: np.ndarray) -> list[list[float]]:
    tree: list[list[float]] = []
    for node in nodes:
        if node["is_leaf"]:
            tree.append([round(float(node["value"]), 4)])
        else:
            threshold = round(float(node["num_threshold"]), 3)
            tree.append([int(node["feature_idx"]), threshold, int(node["left"]), int(node["right"])])
    return tree


def as_model(weights: dict) -> Model:
    return Model(
        Trees(weights["speaker"], features.COLUMNS), Trees(weights["pronoun"], pronouns.COLUMNS), NOBODY_ABOVE
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
            rank = grow(
                [e for a in articles[half::2] for e in a.first], features.COLUMNS, SETTINGS["speaker"]
            )
            model = as_model({"speaker": rank, "pronoun": resolve})
            for index in range(1 - half, len(articles), 2):
                article = articles[index]
                said = attribution.attribute(article.page, model)
                examples[index] = speaker_examples(score, article.page, article.raw, said)
    rank = grow([e for group in examples for e in group], features.COLUMNS, SETTINGS["speaker"])
    return {"nobody_above": NOBODY_ABOVE, "speaker": rank, "pronoun": resolve}


# ---- evaluation


def predictions(page: Page, model: Model) -> list[dict]:
    out = []
    for span, found in zip(page.quoted, attribution.attribute(page, model), strict=True):
        nobody = found.nobody > model.nobody or found.entity is None
        out.append({
            "start": span.start, "end": span.end, "kind": "scare" if nobody else "direct",
            "speaker": None if nobody else found.entity.name, "confidence": found.chance, "nobody": found.nobody,
            "best": found.entity.name if found.entity else None,
        })  # fmt: skip
    return out


def load(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


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


# ---- calibration


def scored(score: Any, rows: list[dict], preds: dict[str, dict]) -> tuple[np.ndarray, np.ndarray]:
    """Score and correctness of every quotation taken for speech; those the gold leaves open are left out."""
    values, right = [], []
    for article in rows:
        pred = preds[article["id"]]
        given: dict[tuple[int, int], float] = {}
        for quote in pred["quotes"]:
            for unit in score.units(quote["start"], quote["end"], article["text"]):
                given[unit] = quote["confidence"] * (1 - quote["nobody"])
        found, extra = score.match(
            score.gold_units(article, False), score.pred_units(article, pred, False), 0.3, False
        )
        for gold, unit in found:
            if unit is not None and gold["state"] != "unknown":
                values.append(given[unit["span"]])
                right.append(score.right(gold, unit))
        values += [given[unit["span"]] for unit in extra]
        right += [False] * len(extra)
    return np.array(values), np.array(right, float)


def wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """Interval of a share (Wilson 1927)."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    spread = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float(middle - spread), float(middle + spread)


def confidence_map(values: np.ndarray, right: np.ndarray) -> dict[str, list[float]]:
    """Points of a rising line from score to confidence.

    Confidence is cautious: the lower end of the one-sided 95 % interval of the share right among the
    neighbours of a score, smoothed by isotonic regression.
    """
    from sklearn.isotonic import IsotonicRegression

    rising = IsotonicRegression(out_of_bounds="clip").fit(values, right)
    points = np.unique(np.round(np.quantile(values, np.linspace(0, 1, 21)), 4))
    near = [values[np.argsort(np.abs(values - point), kind="stable")[:NEIGHBOURS]] for point in points]
    smooth = [wilson(float(np.mean(rising.predict(own))), NEIGHBOURS, z=1.645)[0] for own in near]
    return {"score": points.tolist(), "right": np.round(np.maximum.accumulate(smooth), 4).tolist()}


def calibration_table(values: np.ndarray, right: np.ndarray) -> dict[str, list[float]]:
    """Share right by tenths of confidence, each half judged by the line of the other half."""
    stated = np.zeros(len(values))
    for half in (0, 1):
        line = confidence_map(values[half::2], right[half::2])
        stated[1 - half :: 2] = np.interp(values[1 - half :: 2], line["score"], line["right"])
    sure = stated >= 0.8
    print(
        f"confidence of 0.8 and above: {right[sure].mean():.3f} right, n = {int(sure.sum())} of {len(right)}"
    )
    table: dict[str, list[float]] = {"confidence": [], "right": [], "low": [], "high": [], "quotes": []}
    for low in np.arange(0, 1, 0.1):
        here = (stated >= low) & (stated < low + 0.1) if low < 0.85 else stated >= low
        n = int(here.sum())
        if n < 10:
            continue
        share = float(right[here].mean())
        row = (float(stated[here].mean()), share, *wilson(share, n))
        for key, value in zip(("confidence", "right", "low", "high"), row, strict=True):
            table[key].append(round(float(value), 4))
        table["quotes"].append(n)
        print(f"  {row[0]:.2f} stated, {row[1]:.3f} right [{row[2]:.3f}, {row[3]:.3f}], n = {n}")
    return table


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
    values, right = scored(score, rows, preds)
    table = calibration_table(values, right)
    if given.save:
        given.save.write_text(json.dumps(preds), encoding="utf-8")
    if given.what == "fit":
        weights = fit(score, articles, twice=not given.once)
        weights |= {"confidence": confidence_map(values, right), "calibration": table}
        WEIGHTS.write_text(
            json.dumps(weights, separators=(",", ":")).replace("],[[", "],\n[[") + "\n", encoding="utf-8"
        )
        print(f"wrote {WEIGHTS.name}: {WEIGHTS.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
