"""Fit the weights that tell a page's outlet from the other names on it, and print what they reach on unseen sites.

    python src/training/fit_outlets.py --gold GOLD [--write]

GOLD holds ``captures/`` with ``fields.jsonl`` (accepted names of each page), ``text/``, ``html/`` and ``gold.jsonl``, and
``captures/other/`` with pages in other languages, whose outlet is taken to be the name that has the letters of their
host or its initials; those that show no such name are not learned from. Cross-validation leaves whole sites out, of text, HTML and other languages at once. ``--write`` stores the weights fitted on all pages.

The model is a conditional logit (McFadden 1974) over the names of a page and "none of them"; what speaks for a name can
only add, what speaks against it only take away; a page counts as right with any accepted spelling.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from gold import fold_of, options
from scipy.optimize import minimize

from clipbook.article.html import page_text
from clipbook.article.outlet import SURE, site_of
from clipbook.article.outlet_keys import address_forms, ascii_letters, name_key
from clipbook.article.outlet_names import shown_names
from clipbook.article.outlet_score import NOBODY, WEIGHTS, features, spelling
from clipbook.article.parse import readable_lines
from clipbook.article.reading import read_lines
from clipbook.article.traits import page_traits
from clipbook.article.verdicts import judge_lines
from clipbook.captures.lines import parse_markup, unwrap

FOLDS = 10
RIDGE = 0.00003
FOR: tuple[str, ...] = (
    "lines", "first lines", "site ending", "copyright", "copyright less legal form", "copyright less business word",
    "copyright of a part", "told", "biography", "byline", "author line", "legal", "own", "own, several",
    "own, in short", "subject", "closing", "dateline", "press word", "capital inside", "own address", "mail or link", "host",
    "handle", "followed by many", "in story and outside", "initials shown", "kinds",
)  # fmt: skip
AGAINST: tuple[str, ...] = (
    "agency", "topic", "company", "common word", "furniture", "section", "speaks", "part of a longer name",
    "initials of a name", "number", "seen once",
)  # fmt: skip
COLUMNS = (*FOR, *AGAINST)
PAGE_WEIGHT = {"text": 1.0, "html": 0.5, "other": 0.5}


@dataclass(frozen=True, slots=True)
class Page:
    """The names on a page: what speaks for and against each, and which is the outlet."""

    name: str
    kind: str  # "text", "html" (its visible text) or "other" (in another language)
    site: str
    told: bool  # whether the text names the outlet
    keys: list[str]
    measures: np.ndarray  # (names, columns)
    right: np.ndarray  # 1 the outlet, 0 not, -1 left out of the fit

    @property
    def fold(self) -> int:
        """Which part of the cross-validation the page's site is in."""
        return fold_of(self.site, FOLDS)


def read_pages(captures: Path) -> list[Page]:
    """Read the pages of the gold folder."""
    fields = {row["id"]: row for row in _rows(captures / "fields.jsonl")}
    pages = []
    for kind, folder in (("text", captures), ("html", captures), ("other", captures / "other")):
        for gold in _rows(folder / "gold.jsonl"):
            if kind == "html":
                with gzip.open(folder / "html" / f"{gold['id']}.html.gz") as stored:
                    tree = parse_markup(stored.read().decode("utf-8", "replace"))
                text = page_text(tree)
            else:
                text = (folder / "text" / f"{gold['id']}.txt").read_text(encoding="utf-8")
            pages.append(_page(gold["id"], kind, gold["host"], text, fields.get(gold["id"])))
    return pages


def _rows(path: Path) -> Iterator[dict]:
    return map(json.loads, filter(None, path.read_text(encoding="utf-8").splitlines()))


def _page(name: str, kind: str, host: str, text: str, fields: dict | None) -> Page:
    lines = unwrap(readable_lines(text)[0])[0]
    traits = page_traits(lines)
    article = read_lines(lines, traits, judge_lines(traits)).article
    kept = [article.lines[place].kept for place in traits.at.tolist()]
    shown = shown_names(traits.text, kept, article.headline, article.authors)
    measured = features(shown, article.headline, article.body)
    site = site_of(host)
    accepted = {name_key(each)[0] for each in fields["outlet"]} if fields and kind != "other" else None
    return Page(
        name,
        kind,
        site,
        bool(fields and fields["outlet_in_text"]) or kind == "other",
        list(measured),
        np.array([[each.get(column, 0.0) for column in COLUMNS] for each in measured.values()]).reshape(
            len(measured), len(COLUMNS)
        ),
        np.array([_label(key, site, accepted, spelling(shown.names[key])) for key in measured], int),
    )


def _label(key: str, site: str, accepted: set[str] | None, spelt: str) -> int:
    if accepted is not None:
        return int(key in accepted)
    letters, site = ascii_letters(key), site.replace("-", "")
    plain = re.sub("[^a-z0-9]", "", ascii_letters("x" + spelt)[1:])
    initials = "".join(word[0] for word in spelt.lower().split())
    return (
        1
        if site in (plain, *address_forms(key)) or (len(site) > 2 and initials == site)
        else -1
        if site in letters or (len(letters) > 2 and letters in site)
        else 0
    )


def fit(pages: list[Page]) -> dict[str, float]:
    """Fit the weights: the likeliest under a small ridge, of one sign for each column."""
    learned = [
        page
        for page in pages
        if (page.right >= 0).any() and (page.kind != "other" or (page.right == 1).any())
    ]
    parts = [_with_nobody(page) for page in learned]
    measures = np.vstack([measures for measures, _ in parts])
    right = np.concatenate([right for _, right in parts])
    sizes = np.array([len(right) for _, right in parts])
    first, page_of = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(parts)), sizes)
    share = np.array([PAGE_WEIGHT[page.kind] for page in learned])
    ridge = RIDGE * len(parts) * (np.arange(len(COLUMNS) + 1) < len(COLUMNS))

    def loss(weight: np.ndarray) -> tuple[float, np.ndarray]:
        score = measures @ weight
        power = np.exp(score - np.maximum.reduceat(score, first)[page_of])
        chance = power / np.add.reduceat(power, first)[page_of]
        hit = np.add.reduceat(chance * right, first) + 1e-12
        pull = share[page_of] * chance * (1 - right / hit[page_of])
        total = float((ridge * weight**2).sum() - (share * np.log(hit)).sum())
        return total, 2 * ridge * weight + measures.T @ pull

    bounds = [(0, None)] * len(FOR) + [(None, 0)] * len(AGAINST) + [(None, None)]
    start = np.zeros(len(COLUMNS) + 1)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 300})
    return {
        name: round(float(value), 2) + 0.0 for name, value in zip((*COLUMNS, NOBODY), found.x, strict=True)
    }


def _with_nobody(page: Page) -> tuple[np.ndarray, np.ndarray]:
    """Measures of the names that are learned from, with a row for none of them; and which are right."""
    known = page.right >= 0
    right = page.right[known] == 1
    measures = np.zeros((len(right) + 1, len(COLUMNS) + 1))
    measures[:-1, :-1], measures[-1, -1] = page.measures[known], 1.0
    return measures, np.append(right, not right.any())


def _chances(measures: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Probability of each name, and last that of none."""
    score = np.append(measures @ weight[:-1], weight[-1])
    power = np.exp(score - score.max())
    return power / power.sum()


def cross_validated(pages: list[Page]) -> dict[int, dict[str, float]]:
    """Give for each fold the weights fitted on the pages of the others."""
    return {fold: fit([page for page in pages if page.fold != fold]) for fold in range(FOLDS)}


def report(pages: list[Page], weights: Mapping[int, Mapping[str, float]]) -> None:
    """Print right, wrong and missing of each kind of page at several limits."""
    for kind in PAGE_WEIGHT:
        best = []
        for page in (page for page in pages if page.kind == kind and page.told):
            weight = np.array([weights[page.fold][name] for name in (*COLUMNS, NOBODY)])
            chance = _chances(page.measures, weight)[:-1]
            top = int(chance.argmax()) if len(chance) else -1
            best.append((float(chance[top]), int(page.right[top])) if top >= 0 else (0.0, 0))
        for limit in (0.0, SURE, 0.6, 0.8):
            given = [right for chance, right in best if chance >= limit]
            right, wrong = given.count(1), given.count(0)
            print(
                f"{kind:5} limit {limit:.1f}  right {right / len(best):.3f}  wrong of given "
                f"{wrong / max(1, right + wrong):.3f}  missing {1 - len(given) / len(best):.3f}  n={len(best)}"
            )


def main() -> None:
    """Cross-validate, print, and store the weights when asked to."""
    args = options(__doc__, writes=True)
    pages = read_pages(args.gold / "captures")
    report(pages, cross_validated(pages))
    if args.write:
        weights = fit(pages)
        stored = {"made_by": "src/training/fit_outlets.py", "pages": len(pages), "weights": weights}
        path = Path(str(files("clipbook.article") / WEIGHTS))
        path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
        print(f"Stored in {path.name}: {weights}")


if __name__ == "__main__":
    main()
