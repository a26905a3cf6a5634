"""What an article's fields are in the light of all articles."""

from __future__ import annotations

import pandas as pd

from clipbook.corpus.settle_dates import DATE_COLUMNS, settle_dates
from clipbook.corpus.settle_outlets import OUTLET_COLUMNS, settle_outlets


def settle(facts: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of articles that depend on the other articles of the corpus.

    Parameters
    ----------
    facts : DataFrame
        One row a capture, sorted by ``capture_id``: the columns of ``articles`` but ``body``, ``standfirst`` and
        ``sha256``, as measured, with what the researcher knows put in place.

    Returns
    -------
    DataFrame
        The same rows, with those columns alone that may change: the outlet by folder, file name and other pages, in one
        spelling; then the dates that the outlet's others settle.
    """
    settled = facts.copy()
    for step in (settle_outlets, settle_dates):
        changed = step(settled)
        settled.loc[changed.index, list(changed.columns)] = changed
    return settled[[*OUTLET_COLUMNS, *DATE_COLUMNS]]
