"""Quotations and speakers: of given texts (``quotes``), given bodies (``canada``), and page captures (``pages``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import fit_speakers
import numpy as np
import pandas as pd

from areas import captures
from clipbook.article import parse_article
from clipbook.captures import read_captures
from clipbook.model import stored_weights
from clipbook.quotes import UNATTRIBUTED, Quote
from clipbook.quotes.attribution import Model, shipped_model
from clipbook.quotes.certainty import certainty
from clipbook.quotes.quotations import confidence, quotes_of_each

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
    models = {article.raw["id"]: model for article, model in _held_out(gold.parent)}
    if area == "canada":
        bodies = {row["id"]: row["body"] for row in _rows(gold)}
    else:
        articles = captures.unseen_articles("captures", gold.parent / "captures")
        bodies = {row["id"]: articles[row["id"]].body for row in _rows(gold)}
    return [{"id": name, "quotes": _of_body(body, models[name])} for name, body in bodies.items()]


@lru_cache(maxsize=1)
def _held_out(gold: Path) -> list[tuple[fit_speakers.Article, Model]]:
    """Articles that speakers were learned from, each with a model fitted without the articles of its source (minutes)."""
    score = fit_speakers.module(gold / "quotes/score.py")
    rows = [row for name in fit_speakers.LEARNED for row in fit_speakers.read_set(gold, name)]
    learned = fit_speakers.prepare(score, rows)
    return list(zip(learned, fit_speakers.held_out(score, learned, FOLDS), strict=True))


def by_kind(gold: Path) -> list[dict[str, Any]]:
    """How often stretches between marks are judged right, by kind of text, of source, and of mention.

    Parameters
    ----------
    gold : Path
        The folder that holds ``quotes``, ``canada``, ``pages`` and ``captures``.

    Returns
    -------
    list of dict
        A row a kind: ``set`` (US, Canada, world), ``by``, ``kind``, ``value`` (share right: speech with its speaker,
        what is no speech as such), ``low``, ``high`` (over redrawn articles), ``n`` (stretches). Stretches whose
        speaker the coders left open are not counted.
    """
    score = fit_speakers.module(gold / "quotes/score.py")
    unseen = fit_speakers.prepare(score, fit_speakers.read_set(gold, "us"), learn=False)
    judged = [(article, shipped_model()) for article in unseen]
    judged += [pair for pair in _held_out(gold) if pair[0].raw["set"] != "train"]
    rows = [row for article, model in judged for row in _judged(gold, article, model)]
    table = pd.DataFrame(rows, columns=["set", "article", "right", *BY])
    out = []
    for name in SETS.values():
        for by in BY:
            own = table[(table["set"] == name) & (table[by] != "")]
            for kind, some in own.groupby(by).filter(lambda rows: len(rows) >= FEW).groupby(by):
                low, high = _redrawn(some)
                out.append({
                    "set": name, "by": by, "kind": kind, "value": float(some["right"].mean()), "low": low, "high": high,
                    "n": len(some),
                })  # fmt: skip
    return out


SETS = {"us": "US", "canada": "Canada", "world": "world"}
BY = ("all", "kind of text", "length", "who speaks", "stretch", "named here by", "confidence")
FEW = 10  # quotations of an article; also stretches, below which a kind is not listed
REGIONS = {"uk": "Britain", "us": "United States", "ca": "Canada"}
STATED = {"name": "name", "organisation": "name", "phrase": "description", "pronoun": "pronoun"}


def _judged(gold: Path, article: fit_speakers.Article, model: Model) -> Iterator[tuple[Any, ...]]:
    """Every stretch of an article with its kinds, and whether it is judged right."""
    raw, weights = article.raw, stored_weights("quotes")["certainty"]
    text = {"us": "", "canada": raw.get("row", {}).get("type", "")}.get(
        raw["set"], REGIONS.get(raw["id"][2:4], "Africa and Asia")
    )
    much = (
        f"{FEW} quotations or more" if len(article.document.quoted) >= FEW else f"less than {FEW} quotations"
    )
    wanted = fit_speakers.gold_of(
        fit_speakers.module(gold / "quotes/score.py"), article.document, article.raw
    )
    for attribution, made in zip(wanted, fit_speakers.predictions(article.document, model), strict=True):
        said = made["kind"] != "scare"
        if attribution == "nobody":
            who, right = "nobody: a term, a title", not said
        elif isinstance(attribution, dict) and (
            attribution["speaker"] or attribution["speaker_type"] == "none"
        ):
            who = {"none": "nobody is named", "nominal": "an unnamed source"}.get(
                attribution["speaker_type"], "somebody named"
            )
            right = said and fit_speakers.is_right(gold, raw, attribution, made["speaker"])
        else:
            continue
        stated = STATED.get(
            made["mention"], "left unnamed" if made["speaker"] is None else "who spoke before"
        )
        sure = (
            ".8 and above"
            if confidence(certainty(list(made["traits"].values()), weights)) >= SURE
            else "below .8"
        )
        stretch = (
            "in a sentence of the writer" if made["traits"]["part_of_sentence"] else "a sentence of its own"
        )
        shown = (stated, sure) if said else ("", "")
        yield SETS[raw["set"]], raw["id"], right, "all", text, much, who, stretch, *shown


SURE, ROUNDS = 0.8, 1000


def _redrawn(rows: pd.DataFrame) -> tuple[float, float]:
    """The 2.5 and 97.5 % points of the share right over redrawn articles."""
    each = rows.groupby("article")["right"].agg(["sum", "size"]).to_numpy(float)
    drawn = np.random.default_rng(0).integers(0, len(each), (ROUNDS, len(each)))
    shares = each[drawn, 0].sum(1) / each[drawn, 1].sum(1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)


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
