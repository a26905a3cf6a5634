"""How often keyness calls a term different when nothing is, and how often it finds what was planted.

    keyness_calibration.py --gold DIR [--splits 200]

DIR holds quotes/ (news of seven outlets) and keywords/ (duc, kpcrowd). Each source is split at random, into
halves and into a quarter against the rest: no difference is real. Then an invented term is planted in every
article at a rate that is 2, 3 or 5 times as high in one half, in bursts (a gamma of shape 2 scales each
article's rate).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd

from clipbook.keywords.contrasts import rate_test
from clipbook.keywords.terms import count_terms
from clipbook.stats.families import false_discovery_rate

LEAST = 5  # as in keyness_table
SMALLEST = 40  # articles that a source must have
PER_THOUSAND = 2.0  # occurrences of the planted term where it is not raised
FACTORS = (2, 3, 5)


def sources(gold: Path) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in (gold / "quotes/train.jsonl", gold / "quotes/gold.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["publisher"]].append(row["text"])
    for line in (gold / "keywords/gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        agency = re.match(r"duc-([A-Z]{2})", row["id"])
        found[agency.group(1) if agency else row["id"].split("-")[1]].append(row["text"])
    return {name: texts for name, texts in sorted(found.items()) if len(texts) >= SMALLEST}


def false_alarms(
    texts: list[str], share: float, splits: int, draw: np.random.Generator
) -> tuple[float, float, int]:
    counted = count_terms(pd.DataFrame({"headline": "", "body": texts}), least=LEAST)
    called, named = [], 0
    for _ in range(splits):
        group = draw.permutation(len(texts)) < round(share * len(texts))
        p = rate_test(counted.counts, counted.words, group)
        called.append(float((p < 0.05).mean()))
        named += bool((false_discovery_rate(p) < 0.05).any())
    return float(np.mean(called)), named / splits, counted.counts.shape[1]


def detection(texts: list[str], factor: float, splits: int, draw: np.random.Generator) -> float:
    from scipy.sparse import csr_array, hstack

    counted = count_terms(pd.DataFrame({"headline": "", "body": texts}), least=LEAST)
    found = 0
    for _ in range(splits):
        group = draw.permutation(len(texts)) < len(texts) // 2
        rate = PER_THOUSAND / 1000 * np.where(group, factor, 1) * draw.gamma(2, 0.5, len(texts))
        planted = csr_array(draw.poisson(counted.words * rate).astype(float)[:, None])
        p = rate_test(hstack([planted, counted.counts]).tocsr(), counted.words, group)
        found += bool(false_discovery_rate(p)[0] < 0.05)
    return found / splits


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--gold", type=Path, required=True, metavar="DIR")
    cli.add_argument("--splits", type=int, default=200)
    args = cli.parse_args()
    draw = np.random.default_rng(0)
    rows = []
    for name, texts in sources(args.gold).items():
        row: dict[str, object] = {"source": name, "articles": len(texts)}
        for share, label in ((0.5, "half"), (0.25, "quarter")):
            called, named, terms = false_alarms(texts, share, args.splits, draw)
            row |= {"terms": terms, f"{label}: terms p < .05": called, f"{label}: splits with q < .05": named}
        for factor in FACTORS:
            row[f"found x{factor}"] = detection(texts, factor, max(20, args.splits // 4), draw)
        rows.append(row)
    print(pd.DataFrame(rows).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
