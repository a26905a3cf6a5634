"""Articles out of page captures: from their visible text (``captures``) and from markup (``captures-html``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import fit_lines

from clipbook.article import parse_article
from clipbook.article.parse import article_of
from clipbook.article.reading import read_lines
from clipbook.article.statement import read_statement
from clipbook.article.verdicts import Verdicts, mean_verdict
from clipbook.captures import read_captures
from clipbook.captures.lines import parse_markup
from clipbook.records import Article


def predict(area: str, gold: Path, train: Path | None = None) -> list[dict[str, Any]]:
    """Predict with the shipped weights; ``train`` is not used.

    Parameters
    ----------
    area : {"captures", "captures-html"}
        Whether ``text/<id>.txt`` or ``html/<id>.html.gz`` is read.
    gold : Path
        The folder; it holds ``gold.jsonl`` with ``id``.
    train : Path, optional
        Ignored.

    Returns
    -------
    list of dict
        ``id``, ``headline``, ``standfirst``, ``authors``, ``published`` and ``body``, as the scorer beside the
        gold documents.
    """
    return [given(name, _article(page_path(area, gold, name))) for name in names_of(gold)]


def predict_unseen(area: str, gold: Path) -> list[dict[str, Any]]:
    """Predict each page with weights fitted on the pages of other domains only (cross-validation; minutes)."""
    return [given(name, article) for name, article in unseen_articles(area, gold).items()]


def unseen_articles(
    area: str, gold: Path, outlet_weights: Mapping[str, Mapping[str, float]] | None = None
) -> dict[str, Article]:
    """Articles by id, each read with weights fitted on the pages of other domains only.

    ``outlet_weights`` are those of each page's outlet by id; without them the shipped ones are used.
    """
    own = outlet_weights or {}
    kind = "html" if area == "captures-html" else "text"
    pages = (page for page in _judged_unseen(gold) if page.kind == kind)
    return {
        name: _unseen(page, page_path(area, gold, name), own.get(name))
        for name, page in zip(names_of(gold), pages, strict=True)
    }


@lru_cache(maxsize=1)
def _judged_unseen(gold: Path) -> list[fit_lines.Page]:
    return fit_lines.cross_validated(gold)


def _unseen(page: fit_lines.Page, path: Path, outlet_weights: Mapping[str, float] | None) -> Article:
    (capture,) = read_captures([path])
    stated = None
    if page.kind == "html":
        tree = parse_markup(capture.html)
        stated = read_statement(tree) if tree is not None else None
        body = mean_verdict(page.verdict["markup"], page.verdict["second"], page.verdict["extract"])
    else:
        body = page.verdict["second"]
    reading = read_lines(
        page.lines, page.traits, Verdicts(body, page.verdict["headline"]), outlet_weights=outlet_weights
    )
    return article_of(capture, reading, stated, ())


def names_of(gold: Path) -> list[str]:
    """Ids of the gold's pages; of all pages as text where there is no gold."""
    listed = gold / "gold.jsonl"
    if not listed.is_file():
        return sorted(path.stem for path in (gold / "text").glob("*.txt"))
    return [json.loads(line)["id"] for line in listed.read_text(encoding="utf-8").splitlines() if line]


def page_path(area: str, gold: Path, name: str) -> Path:
    """Where a page's capture is."""
    return gold / "html" / f"{name}.html.gz" if area == "captures-html" else gold / "text" / f"{name}.txt"


def _article(path: Path) -> Article:
    (capture,) = read_captures([path])
    return parse_article(capture)


def given(name: str, article: Article) -> dict[str, Any]:
    """An article as the scorer reads it."""
    return {
        "id": name,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "authors": list(article.authors),
        "published": str(article.published) if article.published else None,
        "body": article.body,
    }
