"""The groups of articles that a check speaks of."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

EVERYWHERE = "all"


def groups_of(units: pd.DataFrame, articles: pd.DataFrame, by: str) -> list[tuple[str, np.ndarray]]:
    """Give each group with the units in it, all of them first."""
    group_of: Mapping[str, object] = dict(zip(articles["capture_id"], articles[by], strict=True))
    of = units["capture_id"].map(group_of)
    named = sorted({str(group) for group in of.dropna() if str(group)})
    return [
        (EVERYWHERE, of.notna().to_numpy()),
        *((group, (of.astype(object).map(str) == group).to_numpy()) for group in named if len(named) > 1),
    ]
