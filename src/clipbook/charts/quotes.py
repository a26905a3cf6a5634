"""Figures of quotations: who speaks where and when, and how sure the attribution is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from clipbook.charts import findings
from clipbook.charts.figure import Figure, chart, layout
from clipbook.charts.groups import Chosen, choose_groups, nothing, too_few
from clipbook.charts.lettering import brief, called
from clipbook.charts.panels import MOST_COLUMNS, bar_table
from clipbook.charts.style import BLUE, BODY, PAD, QUIET, RULE, finish, new_figure, note
from clipbook.charts.timeline import time_lines
from clipbook.quotes import leading_speakers

MOST_SPEAKERS = 8
MOST_OVER_TIME = 4
OTHERS, UNATTRIBUTED, NOT_LISTED, UNSURE = "everyone else", "unattributed", "not listed", "unsure"
NOBODY = (OTHERS, UNATTRIBUTED, NOT_LISTED, UNSURE)  # no one speaker or camp
INTERVAL = "95% interval over articles and over speakers that may be wrongly named"
SOME = ", where there are three articles or more"


@chart
def share_chart(
    shares: pd.DataFrame, contrasts: pd.DataFrame, *, source: str, kind: str = "groups"
) -> Figure:
    """Draw each speaker's share of the quoted words, a row a speaker, a column a group.

    Parameters
    ----------
    shares : DataFrame
        ``group``, ``speaker``, ``words``, ``share``, ``low``, ``high``, as made by ``quotes.quote_share`` and
        ``quotes.with_absent``.
    contrasts : DataFrame
        As from ``quotes.share_contrasts``; gives the title.
    source : str
        For the foot.
    kind : str
        What the groups are, in the plural.

    Returns
    -------
    Figure
        The speakers with most words in all groups have a row each; the others are summed up, the
        unattributed words stand last. Of many groups those with most words among those with an interval are shown
        (see `groups.choose_groups`), more than five of them in rows; the others are summed up.
    """
    if shares.empty:
        return nothing("quotes.share_chart", "unsaid")
    words = shares.groupby("group")["words"].sum()
    chosen = choose_groups(words, measured=shares["low"].notna().groupby(shares["group"]).any())
    if not chosen.shown:
        return too_few(kind, " with quotations")
    rows = _main_speakers(shares)
    tests = chosen.between(contrasts)
    tests = tests[~tests["speaker"].isin(NOBODY)]
    if _little_shared(shares, chosen.shown, rows):
        return _own_leaders(shares, contrasts, chosen, source=source, kind=kind)
    groups = {group: called(group) for group in chosen.shown}
    in_rows = len(groups) + bool(chosen.pooled) > MOST_COLUMNS - layout().narrow
    if in_rows:
        rows = _columns_of(rows, findings.surest(tests))
    title = _finding(tests[tests["speaker"].isin(rows)], shares, kind)
    if len(chosen.shown) == 1:
        own = shares[shares["group"] == chosen.shown[0]]
        title = _who_leads(own, _main_speakers(own)[0])
    parts = [_by_rows(shares[shares["group"] == group], rows, name) for group, name in groups.items()]
    if chosen.pooled:
        others = chosen.pooled_name(kind)
        parts.append(_by_rows(_pooled(shares, chosen.pooled), rows, others))
        groups[others], words[others] = others, words[words.index.isin(chosen.pooled)].sum()
    cells = pd.concat(parts, ignore_index=True)
    muted = (*NOBODY, chosen.pooled_name(kind))
    names, notes = list(groups.values()), [f"{words[group]:,} words" for group in groups]
    turned = {"group": "row", "speaker": "column"} if in_rows else {"speaker": "row", "group": "column"}
    sides = (names, rows) if in_rows else (rows, names)
    fig, ax = bar_table(cells.rename(columns=turned), *sides, notes=() if in_rows else notes, muted=muted)
    subtitle = "Share of the words in direct and mixed quotations" + chosen.said(kind, "summed up")
    if interval := findings.over_articles(shares["low"], INTERVAL, some=SOME):
        subtitle += f". Pale: {interval}" + (f"; {OTHERS} has none" if OTHERS in rows else "")
    return finish(
        fig, ax, title=title, subtitle=subtitle, source=source, data=shares, tests=contrasts,
        alt=findings.in_words(
            f"A table of bars of the share of quoted words: {len(rows)} speakers, {len(names)} {kind}",
            findings.joined(cells["speaker"], cells["group"]), cells["share"], findings.percent, cells,
        ),
        reading="A bar is the speaker's part of all words quoted there. Read across for one speaker, down for one of the "
        f"{kind}. The title names the surest difference of all that were compared; its interval holds with all others at "
        "once.",
    )  # fmt: skip


def _columns_of(rows: list[str], best: pd.Series | None) -> list[str]:
    """Choose whose shares stand in a row of every group: those with most words, and whom the title names.

    All other words, doubtful and unattributed ones too, are everyone else's, so that a row sums to all.
    """
    named = [row for row in rows if row not in NOBODY][: MOST_COLUMNS - layout().narrow - 1]
    if best is not None and best["speaker"] not in named:
        named = [*named[:-1], str(best["speaker"])]
    return [*named, OTHERS]


def _little_shared(shares: pd.DataFrame, groups: list[Any], rows: list[str]) -> bool:
    """Tell whether most of the speakers who would have a row speak in one group, if in any."""
    said = shares[shares["group"].isin(groups) & (shares["words"] > 0)]
    where = said.groupby("speaker")["group"].nunique()
    where = where.reindex([row for row in rows if row not in NOBODY], fill_value=0)
    return len(groups) > 2 and bool((where < 2).mean() > 0.5)


def _own_leaders(
    shares: pd.DataFrame, contrasts: pd.DataFrame, chosen: Chosen, *, source: str, kind: str
) -> Figure:
    """Draw whom each group quotes most, where groups share hardly any speaker."""
    groups = chosen.shown
    named = shares[shares["group"].isin(groups) & ~shares["speaker"].isin(NOBODY)]
    said = named[named["words"] > 0]
    order = said.sort_values(["words", "quotes"], ascending=False, kind="stable")
    first = order.drop_duplicates("group").set_index("group").reindex(groups)
    first = first.dropna(subset=["share"]).reset_index()
    cells = first.assign(
        row=first["group"].map(called),
        column="most quoted",
        label=first["speaker"].map(brief) + ", " + first["share"].map(findings.percent),
    )
    fig, ax = bar_table(cells, list(cells["row"]), ["most quoted"])
    own = int((said.groupby("speaker")["group"].nunique().reindex(first["speaker"]) == 1).sum())
    return finish(
        fig, ax, title=f"Little is shared: {own} of {len(cells)} {kind} quote most somebody whom no other of them quotes",
        subtitle=f"Share of the words in direct and mixed quotations{chosen.said(kind)}. Pale: {INTERVAL}", source=source, data=shares,
        tests=contrasts,
        alt=findings.in_words(
            f"Bars of the share of quoted words of each of {len(cells)} {kind}' most quoted speaker",
            findings.joined(cells["speaker"], cells["row"]), cells["share"], findings.percent, cells,
        ),
        reading="Each bar is another person, so bars are not to be compared; the plotted data hold every speaker.",
    )  # fmt: skip


def _pooled(shares: pd.DataFrame, groups: list[Any]) -> pd.DataFrame:
    """Sum the words of groups that are too many or too small to be shown; without intervals."""
    words = shares[shares["group"].isin(groups)].groupby("speaker", as_index=False)["words"].sum()
    return words.assign(share=words["words"] / words["words"].sum(), low=np.nan, high=np.nan)


def _main_speakers(shares: pd.DataFrame) -> list[str]:
    order = leading_speakers(shares, MOST_SPEAKERS + 1)
    rows = order[:MOST_SPEAKERS]
    if len(order) > MOST_SPEAKERS:
        rows.append(OTHERS)
    if (shares["speaker"] == UNSURE).any():
        rows.append(UNSURE)
    if (shares["speaker"] == UNATTRIBUTED).any() or not rows:
        rows.append(UNATTRIBUTED)
    return rows


def _by_rows(own: pd.DataFrame, rows: list[str], group: str) -> pd.DataFrame:
    """One group's shares in the order of the rows; a speaker who is not quoted there has share 0."""
    table = own.set_index("speaker")[["share", "low", "high"]].reindex(rows)
    table["share"] = table["share"].fillna(0.0)
    if OTHERS in rows:
        table.loc[OTHERS] = [max(0.0, 1 - table["share"].drop(OTHERS).sum()), np.nan, np.nan]
    return table.rename_axis("speaker").reset_index().assign(group=group)


def _finding(tests: pd.DataFrame, shares: pd.DataFrame, kind: str) -> str:
    """State the surest difference by the two shares, or what size of one could have been seen."""
    best = findings.surest(tests)
    if best is None:
        return findings.differ(tests, what=_share_of, outcome="speaker", show=findings.points, kind=kind)
    rows = shares[shares["speaker"] == best["speaker"]]
    own = dict(zip(rows["group"].astype(str), rows["share"], strict=True))
    more, less = sorted((best["group"], best["other"]), key=lambda group: -own.get(group, 0.0))
    here, there = (findings.percent(own.get(group, 0.0)) for group in (more, less))
    both = f"{here} of the quoted words in {brief(more)}, {there} in {brief(less)}"
    who = brief(best["speaker"])
    return f"{who[:1].upper()}{who[1:]}: {both}; a difference of {findings.size_of(best, 'difference', findings.points)}"


@chart
def camp_chart(
    shares: pd.DataFrame, contrasts: pd.DataFrame, *, column: str, source: str, kind: str = "outlets"
) -> Figure:
    """Draw each camp's share of the quoted words as `share_chart` does, where the speakers have camps.

    Parameters
    ----------
    shares, contrasts, source, kind
        As for `share_chart`, with ``speaker=column``.
    column : str
        The column of ``speakers.csv`` that says to which camp, party or role a speaker belongs.
    """
    if shares["speaker"].isin(NOBODY).all():
        return nothing("quotes.camp_chart", "nameless", column=column)
    return share_chart(shares, contrasts, source=source, kind=kind)


def _share_of(speaker: str) -> str:
    return f"the share of quoted words for {brief(speaker)}" if speaker else "shares of quoted words"


def _who_leads(shares: pd.DataFrame, speaker: str) -> str:
    """Say who is quoted most in the only group, and how much is of nobody sure where that is more."""
    [row] = shares[shares["speaker"] == speaker].to_dict("records")
    size = findings.ranged(row["share"], row["low"], row["high"], findings.percent)
    where = f"of the quoted words in {brief(row['group'])}"
    doubtful = float(shares.loc[shares["speaker"].isin((UNSURE, UNATTRIBUTED)), "share"].sum())
    of_nobody = "are of nobody named, or of speakers in doubt"
    if speaker in NOBODY:
        return f"{findings.percent(doubtful)} {where} {of_nobody}"
    more = f"; {findings.percent(doubtful)} {of_nobody}" if doubtful > row["share"] else ""
    return f"{brief(speaker)} has {size} {where}, more than anyone else who is named{more}"


@chart
def share_over_time(shares: pd.DataFrame, changes: pd.DataFrame, *, source: str) -> Figure:
    """Draw how the share of the quoted words moves between speakers, a line each with its band.

    Parameters
    ----------
    shares : DataFrame
        As made by ``quotes.quote_share`` and ``quotes.with_absent`` with ``by="period"`` on
        ``quotes.with_period(articles)``: ``group`` is the first day of a period. ``quotes`` is counted.
    changes : DataFrame
        As from ``quotes.share_changes``; gives the title.
    source : str
        For the foot.
    """
    if shares.empty:
        return nothing("quotes.share_over_time", "undated")
    spoken = shares[shares["words"] > 0].groupby("speaker")["group"].nunique()
    followed = [s for s in _main_speakers(shares) if s not in NOBODY][:MOST_OVER_TIME] or [UNATTRIBUTED]
    speakers = [speaker for speaker in followed if spoken.get(speaker, 0) > 1]
    if not speakers:
        return nothing("quotes.share_over_time", "once")
    changes = changes[changes["speaker"].isin(speakers)]
    periods = sorted(shares["group"].unique())
    full = pd.MultiIndex.from_product([periods, speakers], names=["group", "speaker"])
    table = shares.set_index(["group", "speaker"])[["share", "low", "high"]].reindex(full).reset_index()
    quotes = shares.groupby("group")["quotes"].sum()
    table = table.assign(share=table["share"].fillna(0.0), quotes=table["group"].map(quotes))
    return time_lines(
        table, when="group", value="share", series="speaker", counted="quotes", show=findings.percent,
        form=f"Lines over time for {', '.join(speakers)}",
        title=findings.moves(changes, what=_share_of, outcome="speaker", show=findings.points),
        interval=findings.over_articles(shares["low"], INTERVAL, some=SOME), source=source, data=shares, tests=changes,
        subtitle="Share of the quoted words in each period, for those quoted most",
    )  # fmt: skip


@chart
def calibration_chart(calibration: pd.DataFrame, *, source: str) -> Figure:
    """Draw how often quotations of a stated confidence are right.

    Parameters
    ----------
    calibration : DataFrame
        ``confidence``, ``right``, ``low``, ``high``, ``quotes``, as given by ``quotes.calibration``.
    source : str
        For the foot.
    """
    fig, ax = new_figure(3.2)
    ax.plot([0, 1], [0, 1], color=RULE, lw=1, zorder=1)
    ax.vlines(calibration["confidence"], calibration["low"], calibration["high"], color=BLUE, lw=1.6)
    ax.plot(calibration["confidence"], calibration["right"], "o-", color=BLUE, ms=5.5, lw=1.2)
    for x, y, n in calibration[["confidence", "low", "quotes"]].itertuples(index=False):
        note(ax, f"{n:,}", (x, y), (0, -3), ha="center", va="top", size=BODY - 1.5, color=QUIET, bbox=PAD)
    ax.set_xlim(0, 1.02)
    ax.set_ylim(0, 1.02)
    ax.set_xlabel("how sure clipbook is (confidence)")
    ax.set_ylabel("right")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: findings.percent(value))
    sure = calibration[calibration["confidence"] >= 0.8]
    right = findings.percent(np.average(sure["right"], weights=sure["quotes"]) if len(sure) else np.nan)
    return finish(
        fig, ax, title=f"Where clipbook is 80% sure of a speaker or more, it is right in {right} of quotations", source=source,
        subtitle="Share of quotations whose kind and speaker are right, by how sure clipbook is; n below each dot; grey: as right as sure",
        interval="95% interval", data=calibration,
        alt=findings.in_words(
            "A curve over stated confidence", [f"stated {findings.percent(stated)}" for stated in calibration["confidence"]],
            calibration["right"], findings.percent, calibration,
        ),
    )  # fmt: skip
