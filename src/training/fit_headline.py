"""Fit the weights of the evidence for a headline and print how often it is found on outlets not seen.

    python src/training/fit_headline.py --gold GOLD

GOLD holds ``captures/`` as for ``fit_lines.py``, whose models judge every page without having seen its domain. The
weights maximise the chance of the right line among those that may be the headline (conditional logit), with a ridge
around what is known beforehand: a caption or a breadcrumb is none, a line with the words of the address is one.
They are printed as the table in ``clipbook/article/headline.py`` has them.
"""

from __future__ import annotations

from typing import NamedTuple

import fit_lines
import numpy as np
from gold import options
from numpy.typing import NDArray
from scipy.optimize import minimize

from clipbook.article.headline import WEIGHTS, headline_evidence
from clipbook.article.reading import story_lines

KNOWN = {"caption": -3.0, "breadcrumb": -2.0, "address": 5.0}
RIDGE = 1.0
OTHER_LANGUAGES = 0.4
"""Weight of a page in another language than English."""


class Choice(NamedTuple):
    """The lines of a page that may be its headline."""

    kind: str
    fold: int
    evidence: NDArray[np.float64]
    right: NDArray[np.float64]


def choices(pages: list[fit_lines.Page]) -> list[Choice]:
    """Give the choice that each titled text page leaves."""
    found = []
    for page in pages:
        if page.titled and page.kind in ("text", "other"):
            kept = story_lines(page.traits, page.verdict["second"])
            places, evidence = headline_evidence(page.traits, page.verdict["headline"], kept)
            found.append(Choice(page.kind, page.fold, evidence, page.title[places]))
    return found


def fit(data: list[Choice]) -> NDArray[np.float64]:
    """Weights of the evidence, in the order of ``WEIGHTS``."""
    start = np.array([KNOWN.get(name, 0.0) for name in WEIGHTS])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = RIDGE * float((weights - start) @ (weights - start)) / 2, RIDGE * (weights - start)
        for page in data:
            if page.right.any():
                share = OTHER_LANGUAGES if page.kind == "other" else 1.0
                score = page.evidence @ weights
                power = np.exp(score - score.max())
                right = power * page.right
                total -= share * np.log(right.sum() / power.sum())
                slope = slope - share * page.evidence.T @ (right / right.sum() - power / power.sum())
        return total, slope

    return minimize(loss, start, jac=True, method="L-BFGS-B").x


def main() -> None:
    """Fit on every four folds, print what is found on the fifth, then the weights fitted on all pages."""
    data = choices(fit_lines.cross_validated(options(__doc__).gold / "captures"))
    found: dict[str, list[bool]] = {"text": [], "other": []}
    for fold in range(fit_lines.FOLDS):
        weights = fit([page for page in data if page.fold != fold])
        for page in data:
            if page.fold == fold and len(page.right):
                found[page.kind].append(bool(page.right[int(np.argmax(page.evidence @ weights))]))
    for kind, right in found.items():
        print(f"headline {kind}: {np.mean(right):.3f} of {len(right)} pages")
    for name, weight in zip(WEIGHTS, fit(data), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
