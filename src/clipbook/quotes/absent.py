"""Speakers whom a group does not quote: their share is 0, and how large it could still be."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED, UNSURE
from clipbook.schema import need_columns
from clipbook.stats.resampling import FEWEST

TAIL = 0.025  # of a 95% interval


def leading_speakers(shares: pd.DataFrame, most: int = 8) -> list[str]:
    """List the speakers with most quoted words over all groups, unattributed and unsure words apart.

    Parameters
    ----------
    shares : DataFrame
        ``speaker``, ``words``, as made by :func:`~clipbook.quotes.quote_share`.
    most : int
        How many.
    """
    need_columns(shares, ["speaker", "words"], made_by="quotes.quote_share")
    totals = shares[~shares["speaker"].isin((UNATTRIBUTED, UNSURE))].groupby("speaker")["words"].sum()
    order = totals.sort_index().sort_values(ascending=False, kind="stable").index
    return [str(name) for name in order[:most]]


def with_absent(
    shares: pd.DataFrame,
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    by: str,
    *,
    speaker: str = "speaker",
    kinds: tuple[str, ...] = SPEECH,
) -> pd.DataFrame:
    """Add a row for each leading speaker in each group that does not quote them.

    Parameters
    ----------
    shares : DataFrame
        As made by :func:`~clipbook.quotes.quote_share` from the other arguments.
    quotes, articles, by, speaker, kinds
        As for :func:`~clipbook.quotes.quote_share`.

    Returns
    -------
    DataFrame
        ``shares`` and the added rows, with 0 ``quotes``, ``words``, ``share`` and ``low``. As in ``shares``, bounds
        are NaN in groups of fewer than three articles with quotations, unless every article is a group.

    Notes
    -----
    Redrawing articles that never quote a speaker gives 0 every time, which would claim certainty. The upper
    bound is that of Clopper and Pearson (1934, Biometrika 26, 404-413) for 0 of the group's n articles with
    quotations, p = 1 - .025^(1/n): up to so many articles like these could quote the speaker, each time with
    as many words m as articles of other groups that do. With W quoted words an article in the group, the
    share is then p m / (W + p m).

    Examples
    --------
    >>> said = pd.DataFrame({"capture_id": ["a", "b"], "speaker": ["Ruiz", "Lind"], "words": [30, 10], "kind": "direct"})
    >>> said = said.assign(confidence=0.9, probability=0.9)
    >>> articles = pd.DataFrame({"capture_id": ["a", "b"], "outlet": ["Quay", "Moor"]})
    >>> from clipbook.quotes import quote_share
    >>> shares = quote_share(said, articles, by="outlet")
    >>> with_absent(shares, said, articles, "outlet")[["group", "speaker", "share"]].values.tolist()
    [['Moor', 'Lind', 1.0], ['Moor', 'Ruiz', 0.0], ['Quay', 'Ruiz', 1.0], ['Quay', 'Lind', 0.0]]
    """
    need_columns(quotes, ["capture_id", "kind", "words", speaker], made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    group_of = dict(zip(articles["capture_id"], articles[by], strict=True))
    said = quotes[quotes["kind"].isin(kinds) & quotes["capture_id"].isin(group_of)]
    said = said.assign(group=said["capture_id"].map(group_of))
    spoken = said.groupby([speaker, "capture_id"])["words"].sum().groupby(level=0).mean()
    counted = said.groupby("group").agg(articles=("capture_id", "nunique"), words=("words", "sum"))
    present = set(zip(shares["group"], shares["speaker"], strict=True))
    leading = leading_speakers(shares)
    fewest = 1 if by == "capture_id" else FEWEST
    rows = []
    for group, n, words in counted[counted["words"] > 0].itertuples():
        likely = 1 - TAIL ** (1 / n)
        for name in leading:
            if (group, name) not in present:
                more = likely * float(spoken[name])
                bounds = (0.0, more / (words / n + more)) if n >= fewest else (np.nan, np.nan)
                rows.append((group, name, 0, 0, 0.0, *bounds))
    if not rows:
        return shares
    added = pd.DataFrame(rows, columns=["group", "speaker", "quotes", "words", "share", "low", "high"])
    return pd.concat([shares, added], ignore_index=True).sort_values(
        "group", kind="stable", ignore_index=True
    )
