"""Outlet, headline, authors and date of pages, from their visible text (``fields``) and from markup (``fields-html``)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import fit_outlets
from gold import fold_of

from areas import captures
from clipbook.article import parse_article
from clipbook.article.outlet import site_of
from clipbook.captures import read_captures
from clipbook.records import Article


def predict(area: str, gold: Path, train: Path | None = None) -> list[dict[str, Any]]:
    """Predict with the shipped weights: one row a page, the columns of ``articles.csv`` that its scorer reads."""
    folder = area.replace("fields", "captures")
    found = {name: read_captures([captures.page_path(folder, gold, name)]) for name in _names(gold)}
    return [_row(name, parse_article(capture)) for name, (capture,) in found.items()]


def predict_unseen(area: str, gold: Path) -> list[dict[str, Any]]:
    """Predict each page with weights of lines and of outlets that were fitted on the pages of other sites only."""
    articles = captures.unseen_articles(area.replace("fields", "captures"), gold, _outlet_weights(gold))
    return [_row(name, articles[name]) for name in _names(gold)]


@lru_cache(maxsize=1)
def _outlet_weights(gold: Path) -> dict[str, dict[str, float]]:
    """Weights by page, fitted without the pages of its site."""
    folds = fit_outlets.cross_validated(fit_outlets.read_pages(gold))
    rows = map(json.loads, filter(None, (gold / "gold.jsonl").read_text(encoding="utf-8").splitlines()))
    return {row["id"]: folds[fold_of(site_of(row["host"]), fit_outlets.FOLDS)] for row in rows}


def _names(gold: Path) -> list[str]:
    lines = (gold / "fields.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["id"] for line in lines if line]


def _row(name: str, article: Article) -> dict[str, Any]:
    return {
        "capture_id": name,
        "source_file": name,
        "format": article.format,
        "outlet": article.outlet,
        "headline": article.headline,
        "authors": "; ".join(article.authors),
        "published": str(article.published or ""),
    }
