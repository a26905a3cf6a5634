"""Outlet against outlet, and over time: expected cues at one length, compared by article."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.framing.scores import COMMON_WORDS
from clipbook.schema import need_columns
from clipbook.stats.differences import FEWEST, Counted, differences, group_values
from clipbook.stats.periods import changes, period_starts

_COMPARED = ["capture_id", "frame", "scope", "score", "expected_cues", "words"]


def frame_means(
    scores: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", scope: str = "whole"
) -> pd.DataFrame:
    """Average the expected cues of each group of articles.

    Parameters
    ----------
    scores : DataFrame
        From `frame_scores`.
    articles : DataFrame
        ``capture_id`` and the column ``by``; articles that are not in it are left out.
    by : str
        Column of groups, such as ``outlet``.
    scope : str
        ``whole``, ``narration`` or ``quoted``.

    Returns
    -------
    DataFrame
        One row a group and frame: ``group``, ``frame``, ``mean`` (of the articles' ``expected_cues``), ``low``,
        ``high`` (95 %, as from `stats.differences.group_values`), ``articles``, ``short`` (articles left out because
        the scope has fewer words than are compared: 250, of ``quoted`` 50). A group of such articles alone has no mean.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> scores = articles[["capture_id"]].assign(frame="conflict", scope="whole", words=300, expected_cues=[1, 2, 3, 4, 5, 6])
    >>> scores = scores.assign(score=1.0)
    >>> frame_means(scores, articles)[["group", "mean", "articles"]].values.tolist()
    [['Moor', 5.0, 3], ['Quay', 2.0, 3]]
    """
    counted, groups, short = _counted(scores, articles, by, scope)
    table = _means(counted, groups)
    unmeasured = sorted(set(short.index) - set(table["group"]))
    rest = pd.MultiIndex.from_product([unmeasured, table["frame"].unique()], names=["group", "frame"])
    table = pd.concat([table, rest.to_frame(index=False).assign(articles=0)], ignore_index=True)
    return table.assign(short=table["group"].map(short).fillna(0).astype(int))


def scope_means(scores: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Average the expected cues of each group in the journalists' own words and in quotations.

    Parameters
    ----------
    scores, articles, by
        As for `frame_means`.

    Returns
    -------
    DataFrame
        A row a frame and scope (``narration``, ``quoted``), a column a group; groups of fewer than three articles
        are left out.
    """
    scopes = [scope for scope in COMMON_WORDS if scope != "whole"]
    parts = [frame_means(scores, articles, by=by, scope=scope).assign(scope=scope) for scope in scopes]
    means = pd.concat(parts)
    return means[means["articles"] >= FEWEST].pivot_table(
        index=["frame", "scope"], columns="group", values="mean"
    )


def frame_contrasts(
    scores: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", scope: str = "whole", seed: int = 0
) -> pd.DataFrame:
    """Compare the expected cues of every pair of groups.

    Parameters
    ----------
    scores, articles, by, scope
        As for `frame_means`.
    seed : int
        Of the permutations.

    Returns
    -------
    DataFrame
        As from `stats.differences.differences`, ``outcome`` being called ``frame``.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> scores = articles[["capture_id"]].assign(frame="conflict", scope="whole", words=300, expected_cues=[1, 2, 3, 4, 5, 6])
    >>> scores = scores.assign(score=1.0)
    >>> frame_contrasts(scores, articles)[["group", "other", "difference"]].values.tolist()
    [['Moor', 'Quay', 3.0]]
    """
    counted, groups, _ = _counted(scores, articles, by, scope)
    return differences(counted, groups, seed=seed).rename(columns={"outcome": "frame"})


def frame_timeline(
    scores: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    step: str = "month",
    by: str | None = None,
    scope: str = "whole",
) -> pd.DataFrame:
    """Average the expected cues of each period.

    Parameters
    ----------
    scores, scope
        As for `frame_means`.
    articles : DataFrame
        ``capture_id``, ``published`` and the column ``by``. Articles without a date are left out.
    step : str
        ``day``, ``week``, ``month``, ``quarter`` or ``year``.
    by : str, optional
        Column of groups; all articles together when left out.

    Returns
    -------
    DataFrame
        One row a group, frame and period: ``group``, ``frame``, ``start`` (of the period), ``mean``,
        ``low``, ``high``, ``articles``, as in `frame_means`. Periods without an article are absent.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If ``step`` is none of the five.

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> scores = articles[["capture_id"]].assign(frame="conflict", scope="whole", words=300, expected_cues=[1, 2, 3, 4, 5, 6])
    >>> scores = scores.assign(score=1.0)
    >>> dated = articles.assign(published=pd.to_datetime(["2026-03-02"] * 3 + ["2026-04-02"] * 3))
    >>> frame_timeline(scores, dated)["mean"].tolist()
    [2.0, 5.0]
    """
    needed = list(dict.fromkeys(["capture_id", "published", *([by] if by else [])]))
    need_columns(articles, needed, made_by="corpus.read_corpus")
    dated = articles.loc[articles["published"].notna(), needed]
    dated = dated.assign(start=period_starts(dated["published"], step))
    tables = []
    for group, members in dated.groupby(dated[by].astype(str)) if by else [("all", dated)]:
        counted, starts, _ = _counted(scores, members, "start", scope)
        means = _means(counted, starts).rename(columns={"group": "start"})
        tables.append(means.assign(group=group).sort_values(["start"], kind="stable"))
    columns = ["group", "frame", "start", "mean", "low", "high", "articles"]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def frame_changes(
    scores: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", scope: str = "whole", seed: int = 0
) -> pd.DataFrame:
    """Give the change of each frame's expected cues over time, within groups.

    Parameters
    ----------
    scores, by, scope, seed
        As for `frame_contrasts`.
    articles : DataFrame
        ``capture_id``, ``published`` and the column ``by``.

    Returns
    -------
    DataFrame
        As from `stats.periods.changes`, ``outcome`` being called ``frame``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["capture_id", "published"], made_by="corpus.read_corpus")
    counted, groups, _ = _counted(scores, articles, by, scope)
    published = articles.drop_duplicates("capture_id").set_index("capture_id")["published"].loc[groups.index]
    return changes(counted, published, groups, seed=seed).rename(columns={"outcome": "frame"})


def cues_of_articles(scores: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """Set the expected cues of one scope out as articles by frames, those left out that are too short."""
    wide = scores.pivot(index="capture_id", columns="frame", values="expected_cues")
    return wide.reindex(columns=frames).dropna()


def _means(counted: Counted, groups: pd.Series) -> pd.DataFrame:
    table = group_values(counted, groups).rename(columns={"outcome": "frame", "value": "mean"})
    return table.assign(low=table["low"].clip(lower=0))


def _counted(
    scores: pd.DataFrame, articles: pd.DataFrame, by: str, scope: str
) -> tuple[Counted, pd.Series, pd.Series]:
    """Articles by frames, each article's group, and how many of each group are too short to be compared."""
    need_columns(scores, _COMPARED, made_by="framing.frame_scores")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    order = list(dict.fromkeys(scores["frame"]))
    mine = scores.loc[scores["scope"] == scope, _COMPARED]
    mine = mine[mine["capture_id"].isin(articles["capture_id"])]
    wide = cues_of_articles(mine, order)
    group = articles.drop_duplicates("capture_id").set_index("capture_id")[by]
    if not pd.api.types.is_datetime64_any_dtype(group):
        group = group.astype("string").fillna("").astype(object)
    cut = mine[mine["score"].notna() & (mine["words"] < COMMON_WORDS[scope])].drop_duplicates("capture_id")
    short = group.loc[cut["capture_id"]].value_counts()
    return Counted(order, wide.to_numpy(float), np.ones(len(wide))), group.loc[wide.index], short
