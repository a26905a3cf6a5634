"""What each rule that runs after the line model is worth: body F1 without it, on pages whose site no model has seen.

    python src/training/body_rules.py --gold DIR

One rule at a time is switched off. A rule stays if it pays .0005 of the mean page's body F1 on three pages or more of
a kind, or if a case, the sample's truth or the other languages need it; else it goes, with its vocabulary.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fit_lines
import numpy as np

from clipbook.article import asides, furniture, gaps, reading
from clipbook.article.keep import mean_verdict

KINDS = ("text", "html", "other")


def _same(page: Any, kept: Any, *_: Any) -> Any:
    return kept


def _same_of_chance(page: Any, chance: Any, kept: Any, *_: Any) -> Any:
    return kept


def _never(line: str, *_: Any) -> bool:
    return False


RULES: dict[str, tuple[Any, Callable[..., Any]]] = {
    "key_points": (reading, lambda page: np.zeros(len(page.text), bool)),
    "one_copy": (reading, lambda page, chance, limit: chance >= limit),
    "fill_gaps": (reading, _same_of_chance),
    "keep_lists": (gaps, _same_of_chance),
    "keep_turns": (gaps, _same),
    "extend_edges": (reading, _same_of_chance),
    **{name: (asides, _same) for name in vars(asides) if name.startswith("drop_") and name != "drop_asides"},
    **{name: (furniture, _never) for name in vars(furniture) if name.startswith(("is_", "follows_"))},
}


def page_scores(pages: list[fit_lines.Page], score: Any) -> list[tuple[float, bytes]]:
    """Give each page's body F1 and the lines kept."""
    found = []
    for page in pages:
        verdict = page.verdict
        chance = verdict["second"]
        if page.kind == "html":
            chance = mean_verdict(verdict["markup"], chance, verdict["extract"])
        kept = reading.story_lines(page.traits, chance)
        body = "\n".join(text for text, keep in zip(page.traits.text, kept, strict=True) if keep)
        right, extra, missing = score.tp_fp_fn(page.gold, body)
        total = 2 * right + extra + missing
        found.append((2 * right / total if total else 1.0, kept.tobytes()))
    return found


def main() -> None:
    """Judge the pages, then print what each rule pays, by kind of page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True, help="folder of the human-coded data")
    captures = parser.parse_args().gold / "captures"
    score = fit_lines.load_score(captures)
    judged = fit_lines.cross_validated(captures)
    pages = {kind: [page for page in judged if page.kind == kind] for kind in KINDS}
    whole = {kind: page_scores(some, score) for kind, some in pages.items()}
    for kind, some in whole.items():
        print(f"{kind}: body F1 {np.mean([f1 for f1, _ in some]):.4f}, n={len(some)}")
    for name, (room, without) in RULES.items():
        rule = getattr(room, name)
        setattr(room, name, without)
        for kind, some in pages.items():
            pairs = list(zip(whole[kind], page_scores(some, score), strict=True))
            pays = np.mean([one[0] - other[0] for one, other in pairs])
            touched = sum(one[1] != other[1] for one, other in pairs)
            better = sum(one[0] > other[0] for one, other in pairs)
            worse = sum(one[0] < other[0] for one, other in pairs)
            print(f"{name:18} {kind:5} pays {pays:+.4f}; of {touched} pages {better} better, {worse} worse")
        setattr(room, name, rule)


if __name__ == "__main__":
    main()
