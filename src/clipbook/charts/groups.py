"""Which groups a figure shows when there are many, and what becomes of the others: one rule for all figures."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from clipbook.charts.figure import WORDS, Figure
from clipbook.charts.lettering import called, is_unknown
from clipbook.charts.style import nothing_to_show
from clipbook.stats.differences import FEWEST

MOST = 12


class Chosen(NamedTuple):
    """The groups that a figure shows, and those that it sums up in one row or leaves out."""

    shown: list[Any]
    pooled: list[Any]

    def pooled_name(self, kind: str) -> str:
        """Name the row of the pooled groups, such as "14 other outlets"; a group that is alone keeps its name."""
        if len(self.pooled) == 1:
            return called(self.pooled[0])
        unknown = sum(map(is_unknown, self.pooled))
        return f"{len(self.pooled) - unknown:,} other {kind}{' and unknown' if unknown else ''}"

    def between(self, contrasts: pd.DataFrame) -> pd.DataFrame:
        """Give the comparisons of two groups that are shown."""
        return contrasts[contrasts[["group", "other"]].isin([*map(str, self.shown)]).all(axis=1)]

    def said(self, kind: str, others: str = "not drawn") -> str:
        """Say in a subtitle how many of the groups are shown, and what becomes of the others; "" where all are."""
        if not self.pooled:
            return ""
        known = sum(not is_unknown(group) for group in (*self.shown, *self.pooled))
        return f"; {len(self.shown)} of {known:,} {kind}, the others {others}"


def choose_groups(
    sizes: pd.Series, *, measured: pd.Series | None = None, score: pd.Series | None = None, most: int = MOST
) -> Chosen:
    """Choose the largest groups that are measured well enough to be compared.

    Parameters
    ----------
    sizes : Series
        Group -> what groups are ordered by, such as words or articles.
    measured : Series of bool, optional
        Group -> whether it has the three articles that an interval needs; by default, whether ``sizes`` is three or
        more. A group that is alone is shown in any case.
    score : Series, optional
        Group -> what is drawn, the higher first among groups of one size. Groups that are alike in both keep the order
        of ``sizes``.
    most : int
        How many are shown.

    Returns
    -------
    Chosen
        Captures whose group is not known (see `lettering.is_unknown`) are pooled, unless there is no other group. None is
        shown where each has too few articles: a figure of single articles would compare nothing (see `too_few`).

    Examples
    --------
    >>> choose_groups(pd.Series({"Gull": 5, "Tern": 9, "Wren": 2, "(outlet unknown)": 40}))
    Chosen(shown=['Tern', 'Gull'], pooled=['(outlet unknown)', 'Wren'])
    """
    table = pd.DataFrame({"size": sizes, "score": 0.0 if score is None else score.reindex(sizes.index)})
    ordered = list(table.sort_values(["size", "score"], ascending=False, kind="stable").index)
    known = [group for group in ordered if not is_unknown(group)] or ordered
    enough = sizes >= FEWEST if measured is None else measured
    shown = [group for group in known if enough[group] or len(known) == 1][:most]
    return Chosen(shown, [group for group in ordered if group not in set(shown)])


def nothing(chart: str, reason: str, **values: object) -> Figure:
    """Give what a chart function returns where the data do not allow a figure, for a reason that ``words.toml`` states."""
    return nothing_to_show(WORDS[chart]["nothing"][reason].format(**values))


def too_few(kind: str, what: str = "") -> Figure:
    """Give what a chart function returns where `choose_groups` shows none."""
    return nothing_to_show(f"None of the {kind} has the three articles{what} that a comparison needs.")


def pool(table: pd.DataFrame, chosen: Chosen, value: str, kind: str, *, by: str = "articles") -> pd.DataFrame:
    """Give the rows of the groups shown in their order, and one for the others: their mean, without an interval.

    Parameters
    ----------
    table : DataFrame
        ``group``, ``low``, ``high``, and the columns ``value`` (a mean over articles) and ``by``; one row a group.
    chosen : Chosen
    value : str
        What is drawn.
    kind : str
        What the groups are, in the plural.
    by : str
        How many articles or captures the value is a mean of.

    Examples
    --------
    >>> means = pd.DataFrame({"group": list("abc"), "mean": [0.5, 0.2, 0.8], "low": 0.1, "high": 0.9, "articles": [9, 1, 2]})
    >>> pool(means, Chosen(["a"], ["b", "c"]), "mean", "outlets")[["group", "mean", "articles"]].values.tolist()
    [['a', 0.5, 9], ['2 other outlets', 0.6, 3]]
    """
    rows = table[table["group"].isin(chosen.shown)]
    rows = rows.sort_values("group", key=lambda names: names.map(chosen.shown.index), kind="stable")
    rest = table[table["group"].isin(chosen.pooled) & table[value].notna()]
    if len(rest):
        weight = int(rest[by].sum())
        mean = float((rest[value] * rest[by]).sum() / weight)
        low, high = rest[["low", "high"]].iloc[0] if len(rest) == 1 else (float("nan"), float("nan"))
        summed = {"group": chosen.pooled_name(kind), value: mean, by: weight, "low": low, "high": high}
        rows = pd.concat([rows, pd.DataFrame([summed])])
    return rows.reset_index(drop=True)
