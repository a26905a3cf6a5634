"""The groups of articles that a check speaks of, and what it says nothing of."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from clipbook.checks.sheets import Sheet
from clipbook.corpus import with_compared

EVERYWHERE = "all"


def added_since(sheet: Sheet, names: pd.Series, articles: pd.DataFrame) -> str:
    """Say how many of the captures that are compared have come since a check was drawn; it tells nothing of them."""
    compared = with_compared(articles).query("compared")["capture_id"]
    new = len(set(names) & set(compared) - sheet.captures)
    many = f"{new} {'captures were' if new > 1 else 'capture was'}"
    return f"{many} added after the check was drawn, and left out here" if new else ""


def groups_of(units: pd.DataFrame, articles: pd.DataFrame, by: str) -> list[tuple[str, np.ndarray]]:
    """Give each group with the units in it, all of them first."""
    group_of: Mapping[str, object] = dict(zip(articles["capture_id"], articles[by], strict=True))
    of = units["capture_id"].map(group_of)
    named = sorted({str(group) for group in of.dropna() if str(group)})
    return [
        (EVERYWHERE, of.notna().to_numpy()),
        *((group, (of.astype(object).map(str) == group).to_numpy()) for group in named if len(named) > 1),
    ]
