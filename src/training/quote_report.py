"""Say for which sources and orders speakers are right, and how far the stated confidence holds.

    python src/training/quote_report.py --gold DIR [--file gold.jsonl]

DIR holds ``quotes/`` with the human-coded articles and ``score.py``, whose definitions of found and right
hold here too. The shipped weights are judged, so name a file that they were not fitted on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from speaker_calibration import wilson
from speaker_sets import load, module

from clipbook.quotes import UNATTRIBUTED, article_quotes

SPEECH = ("direct", "mixed")


class Judged(NamedTuple):
    """One stretch of quoted text: of the gold, of the predictions, or of both."""

    source: str  # the gold's type of source; "no quotation" where the gold has none
    order: str
    kind: str
    found: bool
    known: bool  # the gold names a speaker, or says that none is named
    right: bool
    confidence: float


def predicted(text: str) -> dict[str, Any]:
    """Quotations of one article as the scorer takes them, with their confidence."""
    return {
        "quotes": [
            {
                "start": quote.start,
                "end": quote.end,
                "kind": quote.kind,
                "speaker": None if quote.speaker == UNATTRIBUTED else quote.speaker,
                "confidence": quote.confidence,
            }
            for quote in article_quotes(text)
            if quote.kind in SPEECH
        ]
    }


def order_of(text: str, attribution: dict[str, Any], start: int) -> str:
    """The order in which source, cue and quotation stand."""
    if not attribution["source_span"]:
        return "no source"
    at = attribution["source_span"][0]
    if "\n" in text[min(at, start) : max(at, start)]:
        return "source in another paragraph"
    places = [(at, "source"), (start, "quotation")]
    if attribution["cue_span"]:
        places.append((attribution["cue_span"][0], "cue"))
    return ", ".join(name for _, name in sorted(places))


def judged(score: Any, article: dict[str, Any]) -> Iterator[Judged]:
    """Every stretch of one article."""
    text, made = article["text"], predicted(article["text"])
    sure = {
        unit: quote["confidence"]
        for quote in made["quotes"]
        for unit in score.units(quote["start"], quote["end"], text)
    }
    owner: dict[tuple[int, int], dict[str, Any]] = {}
    for attribution in sorted(article["attributions"], key=lambda a: a["speaker"] is None):
        for quote in attribution["quotes"] if attribution["kind"] != "indirect" else []:
            for unit in score.units(quote["start"], quote["end"], text):
                owner.setdefault(unit, attribution)
    pairs, extra = score.match(
        score.gold_units(article, False), score.pred_units(article, made, False), 0.3, False
    )
    for gold, unit in pairs:
        own = owner[gold["span"]]
        known = gold["state"] != "unknown"
        yield Judged(
            own["speaker_type"] if own["speaker_type"] != "nominal" else "unnamed",
            order_of(text, own, gold["span"][0]), own["kind"], unit is not None, known,
            unit is not None and known and score.right(gold, unit),
            sure[unit["span"]] if unit else 0.0,
        )  # fmt: skip
    for unit in extra:
        yield Judged("no quotation", "no quotation", "none", False, True, False, sure[unit["span"]])


def accuracy(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Share of found quotations whose speaker is right, by a column, with its 95 % interval."""
    gold = table[table["source"] != "no quotation"]
    counts = gold[gold["found"] & gold["known"]].groupby(by)["right"].agg(right="mean", n="size")
    low_high = [wilson(row.right, int(row.n)) for row in counts.itertuples()]
    counts[["low", "high"]] = low_high
    counts["missed"] = gold.groupby(by)["found"].agg(lambda found: int((~found).sum()))
    return counts.sort_values("n", ascending=False).round(3)


def calibration(table: pd.DataFrame) -> pd.DataFrame:
    """Share right by stated confidence; what is no quotation at all counts as wrong."""
    made = table[table["known"] & (table["found"] | (table["source"] == "no quotation"))]
    edges = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01]
    names = ["below 0.5", "0.5 to 0.6", "0.6 to 0.7", "0.7 to 0.8", "0.8 to 0.9", "0.9 and above"]
    bands = pd.cut(made["confidence"], edges, right=False, labels=names)
    counts = made.groupby(bands, observed=True).agg(
        stated=("confidence", "mean"), right=("right", "mean"), n=("right", "size")
    )
    sure = made[made["confidence"] >= 0.8]
    counts.index = counts.index.astype(str)
    counts.loc["0.8 and above"] = [sure["confidence"].mean(), sure["right"].mean(), len(sure)]
    counts[["low", "high"]] = [wilson(row.right, int(row.n)) for row in counts.itertuples()]
    return counts.round(3).astype({"n": int})


def main() -> None:
    """Read the command line, judge, print."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--gold", type=Path, required=True, metavar="DIR")
    cli.add_argument("--file", default="gold.jsonl")
    args = cli.parse_args()
    score = module(args.gold / "quotes/score.py")
    articles = load(args.gold / "quotes" / args.file)
    table = pd.DataFrame([row for article in articles for row in judged(score, article)])
    found = table["found"].sum()
    print(f"{len(articles)} articles, {(table['source'] != 'no quotation').sum()} quotations, {found} found")
    for title, by in (("type of source", "source"), ("order", "order"), ("kind", "kind")):
        print(f"\nSpeaker right, of quotations found, by {title}\n{accuracy(table, by).to_string()}")
    print(f"\nConfidence stated, and share right\n{calibration(table).to_string()}")


if __name__ == "__main__":
    main()
