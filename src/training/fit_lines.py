"""Fit the line classifiers and print what they reach on outlets that they have not seen.

    python src/training/fit_lines.py --gold GOLD [--write]

GOLD holds ``captures/`` with ``gold.jsonl``, ``fields.jsonl``, ``text/`` and ``html/``, and ``captures/other/`` with pages in
other languages as text. Cross-validation leaves whole domains out, of the text and the HTML at once. ``--write`` stores the weights fitted on all pages.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from boosting import fit_trees
from gold import fold_of, load_score, options
from numpy.typing import NDArray

from clipbook.article import verdicts
from clipbook.article.context import dense_run, page_context
from clipbook.article.html import extract_look, extracted_share, extracted_text, page_text
from clipbook.article.parse import readable_lines
from clipbook.article.reading import story_lines
from clipbook.article.traits import PageTraits, page_traits, words_of
from clipbook.article.verdicts import mean_verdict, model_columns, second_look
from clipbook.captures.lines import parse_markup
from clipbook.model import Trees, probability

FOLDS = 5
WEIGHTS = {"text": 1.0, "other": 0.35, "html": 1.0, "crop": 0.15}
"""Weight of a page of each kind; others are judged only."""

TITLE_WEIGHT = 9.0
MOST_FIRST_LINES = 6
SPAN_GAP_COST = 8.0
REPORTED = (
    ("text", "body"),
    ("text", "second"),
    ("other", "second"),
    ("html", "second"),
    ("html", "mean"),
)
LIMITS = (0.35, 0.4, 0.45, 0.5, 0.55)


@dataclass(slots=True)
class Page:
    """A page with its gold body, its traits, and the verdicts of models that have not seen its domain."""

    domain: str
    gold: str
    kind: str  # "text", "crop", "other" (in another language), "html" or "endless"
    lines: list[str]
    titled: bool  # whether the gold gives a headline
    title: NDArray[np.float64]  # lines that are the gold headline
    traits: PageTraits
    context: NDArray[np.float32]
    body: NDArray[np.float64]
    span: NDArray[np.float64]
    weight: NDArray[np.float64]
    verdict: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    @property
    def fold(self) -> int:
        """Which part of the cross-validation the page's domain is in."""
        return fold_of(self.domain, FOLDS)


def read_pages(folder: Path, score: Any, kind: str) -> list[Page]:
    """Read the pages of a gold folder that have a body; of text pages also two crops without the furniture."""
    pages = []
    titles = _titles(folder)
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        if gold.get("body"):
            gold["title"] = titles.get(gold["id"], gold["title"])
            text, extracted = _page_of(folder, gold["id"], kind)
            lines = readable_lines(text)[0]
            page = _page(gold, score, lines, kind)
            if kind == "html":
                page.verdict["extract"] = extracted_share(page.traits, extracted)
            pages.append(page)
            if kind == "text":
                pages += [_page(gold, score, crop, "crop") for crop in _crops(page, lines)]
    return pages


def _titles(folder: Path) -> dict[str, str]:
    """Headlines read by hand, by the id of their page, where there are such."""
    fields = folder / "fields.jsonl"
    if not fields.is_file():
        return {}
    rows = map(json.loads, fields.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["title"] for row in rows if row.get("title")}


def _page(gold: dict[str, Any], score: Any, lines: list[str], kind: str) -> Page:
    traits = page_traits(lines)
    words = np.sqrt(traits.own[:, 0] + 1)
    body = body_lines(traits, gold["body"])
    title = [bool(gold["title"]) and score.headline(gold["title"], line)[1] for line in traits.text]
    return Page(
        gold["domain"],
        gold["body"],
        kind,
        lines,
        bool(gold["title"]),
        np.array(title, float),
        traits,
        page_context(traits),
        body,
        _span_of(traits, body),
        words / words.sum() * 100 * WEIGHTS.get(kind, 0),
    )


def _crops(page: Page, lines: list[str]) -> list[list[str]]:
    """What people paste who do not select the whole page: the story with its headline, and its first lines."""
    held = np.flatnonzero(page.body)
    if not len(held):
        return []
    first, last = int(page.traits.at[held[0]]), int(page.traits.at[held[-1]])
    titles = page.traits.at[np.flatnonzero(page.title)]
    above = [int(place) for place in titles if place < first][-1:]
    few = int(page.traits.at[held[: 1 + len(page.gold) % MOST_FIRST_LINES][-1]])
    return [[lines[place] for place in above] + lines[first : last + 1], lines[first : few + 1]]


def endless_pages(pages: list[Page], score: Any) -> list[Page]:
    """Make of each text page one that goes on below its story with the headline and story of another of its fold."""
    made = []
    for fold in range(FOLDS):
        same = [page for page in pages if page.kind == "text" and page.fold == fold and page.body.any()]
        for page, other in zip(same, same[1:] + same[:1], strict=True):
            end = int(page.traits.at[np.flatnonzero(page.body)[-1]]) + 1
            lines = [*page.lines[:end], "", *_crops(other, other.lines)[0], *page.lines[end:]]
            gold = {"domain": page.domain, "body": page.gold, "title": ""}
            made.append(_page(gold, score, lines, "endless"))
    return made


def _page_of(folder: Path, name: str, kind: str) -> tuple[str, str]:
    """Visible text of a page, and what trafilatura extracts of its markup."""
    if kind != "html":
        return (folder / "text" / f"{name}.txt").read_text(encoding="utf-8"), ""
    with gzip.open(folder / "html" / f"{name}.html.gz") as stored:
        tree = parse_markup(stored.read().decode("utf-8", "replace"))
    return page_text(tree), extracted_text(tree)


def body_lines(page: PageTraits, body: str) -> NDArray[np.float64]:
    """Which lines the gold body holds: most of a line's runs of four words; of repeated lines the best placed."""
    gold_words = _words(body)
    runs = {tuple(gold_words[n : n + 4]) for n in range(len(gold_words))}
    whole = {" ".join(words_of(line)) for line in body.split("\n")}
    held = np.zeros(len(page.text))
    for place, text in enumerate(page.text):
        words = _words(text)
        if len(words) < 4:
            held[place] = " ".join(words_of(text)) in whole
        else:
            own = [tuple(words[n : n + 4]) for n in range(len(words) - 3)]
            held[place] = sum(run in runs for run in own) > len(own) / 2
    return _one_of_each(page, held)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _one_of_each(page: PageTraits, held: NDArray[np.float64]) -> NDArray[np.float64]:
    first, last = dense_run(page.own[:, 0], held)
    same: dict[str, list[int]] = defaultdict(list)
    for place in np.flatnonzero(held).tolist():
        same[" ".join(words_of(page.text[place]))].append(place)
    for places in same.values():
        best = min(places, key=lambda place: max(first - place, place - last, 0))
        for place in places:
            held[place] = place == best
    return held


def _span_of(page: PageTraits, body: NDArray[np.float64]) -> NDArray[np.float64]:
    first, last = dense_run(page.own[:, 0], body, SPAN_GAP_COST)
    span = np.zeros(len(body))
    span[first : last + 1] = 1
    return span


def look(page: Page, model: str) -> NDArray[np.float32]:
    """What a model sees of a page: its surroundings, or the first verdicts of models that have not seen it."""
    if model in ("body", "span"):
        return page.context
    second = second_look(page.traits, page.context, page.verdict["body"], page.verdict["span"])
    if model == "markup":
        return np.concatenate([second, extract_look(page.context[:, 0], page.verdict["extract"])], axis=1)
    return second


def fit(pages: list[Page], model: str) -> dict[str, Any]:
    """Fit one model on the pages that it is for."""
    pages = [page for page in pages if page.kind in WEIGHTS]
    if model == "headline":
        pages = [page for page in pages if page.title.any() and page.kind in ("text", "other")]
        weight = np.concatenate([1 + TITLE_WEIGHT * page.title for page in pages])
        goal = np.concatenate([page.title for page in pages])
    else:
        pages = [page for page in pages if page.kind == "html" or model != "markup"]
        weight = np.concatenate([page.weight for page in pages])
        goal = np.concatenate([page.span if model == "span" else page.body for page in pages])
    return fit_trees(np.vstack([look(page, model) for page in pages]), goal, weight, model_columns()[model])


def cross_validate(pages: list[Page], model: str) -> None:
    """Store in every page the verdict of a model fitted on the other folds."""
    for fold in range(FOLDS):
        stored = fit([page for page in pages if page.fold != fold], model)
        fitted = Trees(stored, model_columns()[model])
        for page in pages:
            if page.fold == fold and (page.kind == "html" or model != "markup"):
                page.verdict[model] = probability(fitted(look(page, model)))


def report_headlines(pages: list[Page]) -> None:
    """Print how often the likeliest line is the headline, and how often any line is."""
    for name in ("text", "other", "html"):
        chosen = [page for page in pages if page.kind == name and page.titled]
        right = np.mean([page.title[int(np.argmax(page.verdict["headline"]))] for page in chosen])
        there = np.mean([page.title.any() for page in chosen])
        print(
            f"headline {name}: right {right:.3f}, in the capture at all {there:.3f}, n={len(chosen)}",
            flush=True,
        )


def report(pages: list[Page], kind: str, name: str, score: Any) -> None:
    """Print body and line F1 of verdicts at several limits, on the pages of one kind."""
    chosen = [page for page in pages if page.kind == kind]
    for limit in LIMITS:
        rows, lines, each = [], [], []
        for page in chosen:
            kept = story_lines(page.traits, page.verdict[name], limit)
            body = "\n".join(text for text, keep in zip(page.traits.text, kept, strict=True) if keep)
            rows.append(score.tp_fp_fn(page.gold, body))
            lines.append(score.line_f1(page.gold, body))
            right, extra, missing = rows[-1]
            each.append(2 * right / (2 * right + extra + missing) if sum(rows[-1]) else 1.0)
        total = score.prf(rows)
        print(
            f"{kind} {name:7} limit {limit:.2f}  body F1 {total['f1']:.4f}  precision {total['precision']:.4f}  recall "
            f"{total['recall']:.4f}  line F1 {np.mean(lines):.4f}  median page {np.median(each):.4f}  n={len(chosen)}",
            flush=True,
        )


def gold_pages(captures: Path) -> list[Page]:
    """Read all pages: English as text, crops and HTML, other languages as text."""
    score = load_score(captures)
    folders = {"text": captures, "other": captures / "other", "html": captures}
    return [page for kind, folder in folders.items() for page in read_pages(folder, score, kind)]


def cross_validated(captures: Path, *, endless: bool = False) -> list[Page]:
    """Read all pages, those of ``endless_pages`` too if asked to, and judge each by models of other domains' pages."""
    pages = gold_pages(captures)
    if endless:
        pages += endless_pages(pages, load_score(captures))
    for model in model_columns():
        cross_validate(pages, model)
    return pages


def main() -> None:
    """Cross-validate, print, and store the weights when asked to."""
    args = options(__doc__, writes=True)
    pages = gold_pages(args.gold / "captures")
    print(f"{len(pages)} pages, {sum(len(page.body) for page in pages)} lines", flush=True)
    cross_validate(pages, "body")
    cross_validate(pages, "span")
    if args.write:
        models = {name: fit(pages, name) for name in model_columns()}
        target = Path(verdicts.__file__).with_name(verdicts.WEIGHTS)
        target.write_text(json.dumps({"models": models}, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"wrote {target} ({target.stat().st_size:,} bytes)", flush=True)
    for model in ("second", "headline", "markup"):
        cross_validate(pages, model)
    for page in pages:
        if page.kind == "html":
            page.verdict["mean"] = mean_verdict(
                page.verdict["markup"], page.verdict["second"], page.verdict["extract"]
            )
    report_headlines(pages)
    for kind, name in REPORTED:
        report(pages, kind, name, load_score(args.gold / "captures"))


if __name__ == "__main__":
    main()
