"""What each rule that runs after the line model is worth, on pages whose site no model has seen, by backward selection.

    python src/training/body_rules.py --gold DIR

One rule at a time is switched off. A rule pays if it adds .0005 to the mean page's body F1 and helps three pages of a
kind; of those that do not, the one that is worth least goes, and the others are tried again without it. What is left
out at the end may leave the code with its vocabulary, unless a case, the sample's truth or the F1 of lines needs it.

Run whole, without endless pages (fourteen rounds, 73 seconds of a processor after the fits), it leaves out fourteen rules. Four
carry one or two pages each and .001 to .003 of text: key_points, keep_turns, drop_excerpts, drop_documents. The sample needs
extend_edges, drop_links and drop_pull_quotes; cases need drop_rows and drop_next_story; the F1 of lines needs
drop_last_heading, is_stamp and, in other languages, is_credit_line. is_consent and drop_closing pay nothing here.
"""

from __future__ import annotations

from typing import Any

import fit_lines
import numpy as np
from backward import Rules, select
from gold import load_score, options

from clipbook.article import asides, furniture, gaps, reading
from clipbook.article.verdicts import mean_verdict

KINDS = ("text", "html", "other", "endless")
LEAST, FEWEST = 0.0005, 3


def _same(page: Any, kept: Any, *_: Any) -> Any:
    return kept


def _same_of_chance(page: Any, chance: Any, kept: Any, *_: Any) -> Any:
    return kept


def _never(line: str, *_: Any) -> bool:
    return False


RULES: Rules = {
    "key_points": (reading, lambda page: np.zeros(len(page.text), bool)),
    "one_copy": (reading, lambda page, chance, limit: chance >= limit),
    "fill_gaps": (reading, _same_of_chance),
    "keep_lists": (gaps, _same_of_chance),
    "keep_turns": (gaps, _same),
    "extend_edges": (reading, _same_of_chance),
    **{name: (asides, _same) for name in vars(asides) if name.startswith("drop_") and name != "drop_asides"},
    **{name: (furniture, _never) for name in vars(furniture) if name.startswith("is_")},
}


class Scorer:
    """Body F1 of pages, each choice of lines scored once."""

    def __init__(self, pages: list[fit_lines.Page], score: Any) -> None:
        self.pages, self.score = pages, score
        self.known: dict[tuple[int, bytes], float] = {}

    def f1(self) -> np.ndarray:
        """F1 of every page under the rules that are on."""
        return np.array([self._f1(place, page) for place, page in enumerate(self.pages)])

    def _f1(self, place: int, page: fit_lines.Page) -> float:
        chance = page.verdict["second"]
        if page.kind == "html":
            chance = mean_verdict(page.verdict["markup"], chance, page.verdict["extract"])
        kept = reading.story_lines(page.traits, chance)
        key = (place, kept.tobytes())
        if key not in self.known:
            body = "\n".join(text for text, keep in zip(page.traits.text, kept, strict=True) if keep)
            right, extra, missing = self.score.tp_fp_fn(page.gold, body)
            total = 2 * right + extra + missing
            self.known[key] = 2 * right / total if total else 1.0
        return self.known[key]


def main() -> None:
    """Judge the pages, then print what each rule pays, by kind of page, and which go."""
    captures = options(__doc__).gold / "captures"
    pages = [page for page in fit_lines.cross_validated(captures, endless=True) if page.kind in KINDS]
    scorer = Scorer(pages, load_score(captures))
    of_kind = {kind: np.array([page.kind == kind for page in pages]) for kind in KINDS}
    select(scorer.f1, RULES, of_kind, LEAST, FEWEST)


if __name__ == "__main__":
    main()
