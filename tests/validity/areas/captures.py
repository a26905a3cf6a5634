"""Articles out of page captures: from their visible text (``captures``) and from markup (``captures-html``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from clipbook.article import parse_article
from clipbook.captures import read_captures
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


def names_of(gold: Path) -> list[str]:
    """Ids of the gold's pages."""
    lines = (gold / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["id"] for line in lines if line]


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
