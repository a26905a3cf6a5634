"""Robustness: a chosen difference, found again with other articles, other seeds, by event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.schema import TableError
from clipbook.stats.differences import Counted, differences, pooled
from clipbook.stats.intervals import LEVEL

COLUMNS = [
    "variant", "outcome", "group", "other", "difference", "low", "high", "q", "articles", "other_articles", "verdict",
]  # fmt: skip
SEEDS = 2  # beside the first
_SIDES = (("group", "other"), ("articles", "other_articles"))


class Finding(NamedTuple):
    """A difference: between two groups, in an outcome."""

    outcome: str
    group: str
    other: str


class Variant(NamedTuple):
    """Another way to look at the same comparison."""

    name: str
    counted: Counted
    groups: list[str]
    seed: int = 0


def chosen_finding(
    tests: pd.DataFrame, outcome: str, finding: tuple[str, str, str] | None = None
) -> Finding | None:
    """Give the difference that was asked for, else the one that is least likely to be chance; None where there is none.

    Raises
    ------
    TableError
        If it names an outcome or group that was not compared.
    """
    if tests.empty:
        return None
    if finding is None:
        size = (tests["difference"].abs() / (tests["high"] - tests["low"])).fillna(0)
        ranked = tests.assign(size=size).sort_values(["q", "size"], ascending=[True, False], kind="stable")
        return Finding(*(str(name) for name in ranked[[outcome, "group", "other"]].iloc[0]))
    groups = {*tests["group"].astype(str), *tests["other"].astype(str)}
    for name, known in zip(finding, ({*tests[outcome].astype(str)}, groups, groups), strict=True):
        if name not in known:
            raise TableError(f"Nothing compared is called {name!r}; choose among {', '.join(sorted(known))}.")
    return Finding(*finding)


def usual_variants(counted: Counted, about: pd.DataFrame, *, seed: int = 0) -> Iterator[Variant]:
    """Give what any finding can be tried with: copies in, the longest article out, by event, other seeds.

    Parameters
    ----------
    counted : Counted
        Of the articles compared and, behind or among them, their copies.
    about : DataFrame
        Of the same articles, in that order: ``group``, ``compared`` (bool; False of a copy), ``words``, ``event`` or ``day``,
        and ``weight``, as from `corpus.events.with_copies`.
    seed : int
        Of the permutations.
    """
    main = about["compared"].to_numpy(bool)
    groups = about["group"].astype(str)
    first = some(counted, main)
    own = groups[main].tolist()
    yield Variant("as found", first, own, seed)
    if not main.all():
        yield Variant("copies in", counted, groups.tolist(), seed)
        weight = about["weight"].to_numpy(float)
        weighed = Counted(counted.names, counted.above * weight[:, None], counted.below * weight)
        yield Variant("copies in, each text weighing as one", weighed, groups.tolist(), seed)
    if main.any():
        longest = np.arange(len(first.below)) != int(about.loc[main, "words"].to_numpy().argmax())
        yield Variant("longest article out", some(first, longest), groups[main][longest].tolist(), seed)
        together = "event" if "event" in about else "day"
        clusters = about.loc[main, together].astype(str).tolist()
        yield Variant(f"by {together}", *pooled(first, own, clusters), seed)
    for number in range(1, SEEDS + 1):
        yield Variant(f"seed {seed + number}", first, own, seed + number)


def repeated(variants: Iterable[Variant], finding: Finding) -> pd.DataFrame:
    """Compare anew in every variant, and say what becomes of a finding.

    Parameters
    ----------
    variants : iterable of Variant
        The first is the comparison as it was made.
    finding : Finding
        Its groups and outcome.

    Returns
    -------
    DataFrame
        One row a variant: ``variant``, ``outcome``, ``group``, ``other``, ``difference`` (group less other), ``low``, ``high`` (95 %, for all
        comparisons of the variant at once), ``q``, ``articles`` and ``other_articles`` (by event: events) and ``verdict``: "clear" (``q`` below
        .05, as first found), "not clear" (``q`` above), "turned" (the other way round), or "not compared" (fewer than
        three of a group).
    """
    rows, sign = [], 0.0
    for variant in variants:
        tests = differences(variant.counted, variant.groups, seed=variant.seed)
        row = _row_of(tests, finding)
        sign = sign or float(np.sign(row.get("difference", 0)))
        verdict = "not compared"
        if row:
            turned = row["difference"] * sign < 0
            verdict = "turned" if turned else "clear" if row["q"] < LEVEL else "not clear"
        rows.append({"variant": variant.name, **finding._asdict(), **row, "verdict": verdict})
    return pd.DataFrame(rows, columns=COLUMNS)


def some(counted: Counted, chosen: NDArray[np.bool_]) -> Counted:
    """Keep some articles."""
    return Counted(counted.names, counted.above[chosen], counted.below[chosen])


def _row_of(tests: pd.DataFrame, finding: Finding) -> dict[str, float]:
    """Find the difference in a table of comparisons, group less other."""
    names = ["difference", "low", "high", "q", "articles", "other_articles"]
    other_way = tests.rename(columns={one: two for pair in _SIDES for one, two in (pair, pair[::-1])})
    other_way[["difference", "low", "high"]] = -tests[["difference", "high", "low"]].to_numpy(float)
    both = pd.concat([tests, other_way])
    met = both[(both[list(Finding._fields)].astype(str) == list(finding)).all(axis=1)]
    return dict(zip(names, met[names].to_numpy(float)[0].tolist(), strict=True)) if len(met) else {}
