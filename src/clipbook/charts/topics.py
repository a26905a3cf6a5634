"""Figures of topics, and of terms and topics over time."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clipbook.charts.figure import Figure, chart
from clipbook.charts.findings import differ, in_words, joined, moves, over_articles, percent, points
from clipbook.charts.groups import choose_groups, nothing, too_few
from clipbook.charts.panels import group_panels
from clipbook.charts.scales import Show
from clipbook.charts.style import finish, nothing_to_show
from clipbook.charts.timeline import time_lines


@chart
def terms_chart(rates: pd.DataFrame, changes: pd.DataFrame, *, source: str, step: str = "week") -> Figure:
    """Draw how often terms are used over time, a line a term.

    Parameters
    ----------
    rates : DataFrame
        ``group`` (the first day of a period), ``term``, ``rate``, ``low``, ``high``, as made by ``keywords.term_rates``.
    changes : DataFrame
        As from ``keywords.term_changes``; gives the title.
    source : str
        For the foot.
    step : str
        What a period is, such as "week".
    """
    return _over_time(
        rates, rates["term"], "rate", source=source, step=step, show="{:.1f}".format,
        title=moves(changes, what=lambda term: f"use of “{term}” in 1,000 words" if term else "the use of terms", outcome="term",
                    show="{:.2f}".format),
        tests=changes,
        subtitle=f"Occurrences per 1,000 words in each {step}",
    )  # fmt: skip


@chart
def topic_time_chart(
    shares: pd.DataFrame, changes: pd.DataFrame, *, source: str, note: str = "", step: str = "week"
) -> Figure:
    """Draw the share of topics over time, a line a topic.

    Parameters
    ----------
    shares : DataFrame
        ``group`` (the first day of a period), ``label``, ``stable``, ``share``, ``low``, ``high``, as made by
        ``keywords.topic_shares``.
    changes : DataFrame
        As from ``keywords.topic_changes``; gives the title.
    source : str
        For the foot.
    note : str
        Why there are no topics, where there are none.
    step : str
        What a period is, such as "week".
    """
    if note:
        return nothing_to_show(note)
    return _over_time(
        shares, _names(shares), "share", source=source, step=step, show=percent,
        title=moves(changes, what=_share_of, outcome="label", show=points), tests=changes,
        subtitle=f"Mean share of an article that a topic takes, in each {step}",
    )  # fmt: skip


def _over_time(
    data: pd.DataFrame,
    names: pd.Series,
    value: str,
    *,
    show: Show,
    step: str,
    tests: pd.DataFrame,
    **words: Any,
) -> Figure:
    if data.empty:
        return nothing("topics.terms_chart", "undated")
    if data["group"].nunique() < 2:
        return nothing("topics.terms_chart", "once", step=step)
    return time_lines(
        data.assign(name=names), when="group", value=value, series="name", counted="articles", show=show, step=step,
        form=f"Lines over time, one for each of {names.nunique()}", interval=over_articles(data["low"]), data=data, tests=tests,
        reading="The title tests the slope within outlets, with errors by week or day, over all lines at once.", **words,
    )  # fmt: skip


@chart
def topic_chart(
    shares: pd.DataFrame, contrasts: pd.DataFrame, *, source: str, note: str = "", kind: str = "outlets"
) -> Figure:
    """Draw the share of each topic, a panel a topic, a row a group.

    Parameters
    ----------
    shares : DataFrame
        ``group``, ``topic``, ``label``, ``stable``, ``share``, ``low``, ``high``, ``articles``, as made by
        ``keywords.topic_shares``.
    contrasts : DataFrame
        As from ``keywords.topic_contrasts``; gives the title.
    source : str
        For the foot.
    note : str
        Why there are no topics, where there are none.
    kind : str
        What the groups are, in the plural.
    """
    if shares.empty:
        return nothing_to_show(note or f"No article with a topic belongs to one of the {kind}.")
    by_group = shares.groupby("group")
    chosen = choose_groups(by_group["articles"].first(), score=by_group["share"].max())
    if not chosen.shown:
        return too_few(kind)
    topics = shares.drop_duplicates("topic").set_index("topic")
    fig, axes, shown = group_panels(
        shares.assign(frame=shares["topic"], mean=shares["share"]), chosen, _names(topics).to_dict(), kind, show=percent
    )  # fmt: skip
    title = differ(chosen.between(contrasts), what=_share_of, outcome="label", show=points, kind=kind)
    if not topics["stable"].astype(bool).any():
        title = f"None of the {len(topics)} topics comes back when articles are left out"
    return finish(
        fig, axes, title=title, source=source, interval=over_articles(shown["low"]),
        subtitle=f"Mean share of an article that each topic takes; named by its three heaviest words{chosen.said(kind, 'in one row')}",
        data=shares, tests=contrasts,
        alt=in_words(
            "Dots with intervals, a panel a topic, a row a group",
            joined(shown["frame"].map(_names(topics)), shown["group"]), shown["mean"], percent, shown,
        ),
    )  # fmt: skip


def _names(shares: pd.DataFrame) -> pd.Series:
    return shares["label"] + shares["stable"].map({True: "", False: " (unstable)"}).astype(str)


def _share_of(label: str) -> str:
    return f"the share of the topic “{label}”" if label else "shares of stable topics"
