"""Which groups a figure shows when there are many, and what becomes of the others: one rule for all figures."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

MOST = 12


class Chosen(NamedTuple):
    """The groups that a figure shows, and those that it sums up in one."""

    shown: list[Any]
    pooled: list[Any]

    def pooled_name(self, kind: str) -> str:
        """Name the row of the pooled groups, such as "14 other outlets"."""
        return f"{len(self.pooled)} other {kind}"


def choose_groups(sizes: pd.Series, measured: pd.Series, most: int = MOST) -> Chosen:
    """Choose the largest groups that are measured well enough to be compared.

    Parameters
    ----------
    sizes : Series
        Group -> what groups are ordered by, such as words or articles; of equal ones the first in the index is first.
    measured : Series of bool
        Group -> whether it has the three articles that an interval needs. Where no group has, all count.
    most : int
        How many are shown.

    Examples
    --------
    >>> sizes = pd.Series({"Gull": 50, "Tern": 90, "Wren": 70})
    >>> choose_groups(sizes, pd.Series({"Gull": True, "Tern": True, "Wren": False}))
    Chosen(shown=['Tern', 'Gull'], pooled=['Wren'])
    """
    ordered = sizes.sort_values(ascending=False, kind="stable").index
    enough = [group for group in ordered if measured[group]] or list(ordered)
    shown = enough[:most]
    return Chosen(shown, [group for group in ordered if group not in set(shown)])
