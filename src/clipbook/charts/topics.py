"""Figures of topics, and of terms and topics over time."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from clipbook.charts.findings import finding, percent
from clipbook.charts.forms import dot_groups, rows_height
from clipbook.charts.style import HUES, empty_figure, finish, new_figure
from clipbook.charts.timeline import time_figure
from clipbook.tables import need_columns

BY_ARTICLE = "95 % bootstrap interval over articles"
TOPICS = ("label", "stable", "share", "low", "high")


def terms_chart(rates: pd.DataFrame, *, source: str) -> tuple[Figure, Any]:
    """Draw how often terms are used over time, a line a term.

    Parameters
    ----------
    rates : DataFrame
        ``group`` (the week), ``term``, ``rate``, ``low``, ``high``, as made by ``keywords.term_rates``.
    source : str
        For the foot.
    """
    need_columns(rates, ["group", "term", "rate", "low", "high"], made_by="keywords.term_rates")
    return _over_time(
        rates, "term", "rate", source=source, show="{:.1f}".format, what="use of",
        subtitle="Occurrences per 1,000 words, weeks from Monday",
    )  # fmt: skip


def topic_time_chart(shares: pd.DataFrame, *, source: str, note: str = "") -> tuple[Figure, Any]:
    """Draw the share of topics over time, a line a topic.

    Parameters
    ----------
    shares : DataFrame
        ``group`` (the week), ``label``, ``stable``, ``share``, ``low``, ``high``, as made by
        ``keywords.topic_shares``.
    source : str
        For the foot.
    note : str
        Why there are no topics, where there are none.
    """
    need_columns(shares, [*TOPICS, "group"], made_by="keywords.topic_shares")
    if note:
        return empty_figure(note, title="No topics", source=source)
    return _over_time(
        shares.assign(label=_names(shares)), "label", "share", source=source, show=percent,
        what="share of the topic", subtitle="Mean share of an article that a topic takes, weeks from Monday",
    )  # fmt: skip


def _over_time(
    table: pd.DataFrame, series: str, value: str, *, source: str, show: Any, what: str, subtitle: str
) -> tuple[Figure, Any]:
    if table.empty:
        reason = "No dated article, or nothing to follow over time. Dates can be filled in in captures.csv."
        return empty_figure(reason, source=source)
    first = table[table[series] == table[series].iloc[0]]
    weeks = [f"week of {day:%-d %B %Y}" for day in first["group"]]
    columns = [list(first[name]) for name in (value, "low", "high")]
    title = finding(weeks, *columns, what=f"{what} “{first[series].iloc[0]}”", show=show, kind="weeks")
    fig, ax = time_figure(
        table, when="group", value=value, series=series, low="low", high="high", show=show, zero=True
    )
    interval = BY_ARTICLE if table["low"].notna().any() else ""
    return finish(
        fig, ax, title=title[:1].upper() + title[1:], subtitle=subtitle, source=source, interval=interval
    )


def topic_chart(shares: pd.DataFrame, *, source: str, note: str = "") -> tuple[Figure, Any]:
    """Draw the share of each topic in up to four groups, the largest topic on top.

    Parameters
    ----------
    shares : DataFrame
        ``group``, ``topic``, ``label``, ``stable``, ``share``, ``low``, ``high``, ``articles``, as made by
        ``keywords.topic_shares``.
    source : str
        For the foot.
    note : str
        Why there are no topics, where there are none.
    """
    need_columns(shares, [*TOPICS, "group", "topic", "articles"], made_by="keywords.topic_shares")
    if shares.empty:
        reason = note or "No article with a topic has an outlet."
        return empty_figure(reason, title="No topics", source=source)
    sizes = shares.groupby("group")["articles"].first().sort_values(ascending=False, kind="stable")
    names = list(sizes.index[: len(HUES)])
    shown = shares[shares["group"].isin(names)].assign(name=_names(shares))
    topics = shown.drop_duplicates("topic").sort_values("topic").set_index("topic")["name"]
    wide = {name: shown[shown["group"] == name].set_index("topic").reindex(topics.index) for name in names}
    fig, ax = new_figure(rows_height(len(topics), series=len(names)))
    series = {n: tuple(w[c].to_numpy() for c in ("share", "low", "high")) for n, w in wide.items()}
    dot_groups(ax, list(topics), series, show=percent)
    return finish(
        fig, ax, title=_farthest(shown), source=source, interval=BY_ARTICLE,
        subtitle="Mean share of an article that each topic takes; named by its three heaviest words",
    )  # fmt: skip


def _names(shares: pd.DataFrame) -> pd.Series:
    return shares["label"] + shares["stable"].map({True: "", False: " (unstable)"}).astype(str)


def _farthest(shares: pd.DataFrame) -> str:
    """State the finding for the stable topic in which groups lie farthest apart."""
    stable = shares[shares["stable"].astype(bool)]
    if stable.empty:
        return f"None of the {shares['topic'].nunique()} topics comes back when articles are left out"
    spread = stable.groupby("topic")["share"].agg(lambda values: values.max() - values.min())
    rows = stable[stable["topic"] == spread.idxmax()]
    columns = [list(rows[name]) for name in ("group", "share", "low", "high")]
    return finding(*columns, what=f"share of the topic “{rows['label'].iloc[0]}”", show=percent)
