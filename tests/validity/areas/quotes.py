"""Quotations and speakers: of given texts (``quotes``), given bodies (``canada``), and page captures (``pages``)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import fit_speakers

from areas import captures
from clipbook.article import parse_article
from clipbook.captures import read_captures
from clipbook.quotes import UNATTRIBUTED, Quote
from clipbook.quotes.attribution import Model
from clipbook.quotes.quotations import quotes_of_each

FOLDS = 3


def predict(area: str, gold: Path, train: Path | None = None) -> list[dict[str, Any]]:
    """Predict with the shipped weights; ``train`` is not used.

    Parameters
    ----------
    area : {"quotes", "canada", "pages"}
        For "quotes" the folder holds ``gold.jsonl`` with ``id`` and ``text``, for "canada" with ``id`` and
        ``body``; for "pages" with ``id``, and the captures stand beside it in ``../captures/text/<id>.txt``.
    gold : Path
        The folder.
    train : Path, optional
        Ignored.

    Returns
    -------
    list of dict
        ``id`` and ``quotes``, as the scorer beside the gold documents.
    """
    if area == "quotes":
        return [{"id": row["id"], "quotes": [_given(q) for q in _marked(row["text"])]} for row in _rows(gold)]
    if area == "canada":
        return [{"id": row["id"], "quotes": _of_body(row["body"])} for row in _rows(gold)]
    folder = gold.parent / "captures" / "text"
    names = [row["id"] for row in _rows(gold)] or sorted(path.stem for path in folder.glob("*.txt"))
    return [{"id": name, "quotes": _from_page(folder / f"{name}.txt")} for name in names]


def predict_unseen(area: str, gold: Path) -> list[dict[str, Any]]:
    """Predict with weights of speakers, and of lines, that saw no article of the same source; ``quotes`` built none."""
    if area == "quotes":
        return predict(area, gold)
    models = _held_out(gold.parent)
    if area == "canada":
        bodies = {row["id"]: row["body"] for row in _rows(gold)}
    else:
        articles = captures.unseen_articles("captures", gold.parent / "captures")
        bodies = {row["id"]: articles[row["id"]].body for row in _rows(gold)}
    return [{"id": name, "quotes": _of_body(body, models[name])} for name, body in bodies.items()]


@lru_cache(maxsize=1)
def _held_out(gold: Path) -> dict[str, Model]:
    """Models by article, each fitted without the articles of its source (minutes)."""
    score = fit_speakers.module(gold / "quotes/score.py")
    rows = [row for name in fit_speakers.LEARNED for row in fit_speakers.read_set(gold, name)]
    learned = fit_speakers.prepare(score, rows)
    models = fit_speakers.held_out(score, learned, FOLDS)
    return {article.raw["id"]: model for article, model in zip(learned, models, strict=True)}


def _rows(gold: Path) -> list[dict[str, Any]]:
    listed = gold / "gold.jsonl"
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    return [json.loads(line) for line in lines if line]


def _given(quote: Quote) -> dict[str, Any]:
    return {"start": quote.start, "end": quote.end, "kind": quote.kind, "speaker": _speaker(quote)}


def _from_page(path: Path) -> list[dict[str, Any]]:
    """Quotations of a capture."""
    return [quote for capture in read_captures([path]) for quote in _of_body(parse_article(capture).body)]


def _of_body(body: str, model: Model | None = None) -> list[dict[str, Any]]:
    """Quotations of an article's body, cut at line ends as the gold counts them."""
    out = []
    for quote in _marked(body, model):
        pieces = [piece for piece in quote.text.split("\n") if any(map(str.isalnum, piece))]
        out += [{"text": piece, "kind": quote.kind, "speaker": _speaker(quote)} for piece in pieces]
    return out


def _marked(body: str, model: Model | None = None) -> list[Quote]:
    """Quotations between marks; turns of interviews stand outside the gold."""
    return [quote for quote in quotes_of_each([body], model=model)[0] if quote.kind != "turn"]


def _speaker(quote: Quote) -> str | None:
    return None if quote.speaker == UNATTRIBUTED else quote.speaker
