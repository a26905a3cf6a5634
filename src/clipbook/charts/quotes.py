"""Figures of quotations: who speaks where and when, one article as it reads, how sure the attribution is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from clipbook.charts.findings import finding, percent
from clipbook.charts.forms import bars, rows_height
from clipbook.charts.lettering import plain, text_width
from clipbook.charts.style import (
    BLUE,
    BODY,
    CONTEXT,
    HUES,
    INK,
    QUIET,
    RULE,
    WIDTHS,
    empty_figure,
    finish,
    new_figure,
)
from clipbook.charts.timeline import multiples, panel_title, time_figure
from clipbook.tables import need_columns

MOST_SPEAKERS, MOST_GROUPS, MOST_LINES = 8, 8, 70
MOST_OVER_TIME = 4
OTHERS, UNATTRIBUTED = "everyone else", "unattributed"
INTERVAL = "95 % interval over articles and over speakers that may be wrongly named"
NO_QUOTES = "No quotation was found in these captures, so there is no share to show."


def share_chart(shares: pd.DataFrame, *, source: str) -> tuple[Figure, Any]:
    """Draw each speaker's share of the quoted words, a panel for each group.

    Parameters
    ----------
    shares : DataFrame
        ``group``, ``speaker``, ``words``, ``share``, ``low``, ``high``, as made by ``quotes.quote_share``.
    source : str
        For the foot.

    Returns
    -------
    (Figure, Axes or list of Axes)
        The speakers with most words in all groups have a row each; the others are summed up, the
        unattributed words stand last.
    """
    need_columns(shares, ["group", "speaker", "words", "share", "low", "high"], made_by="quotes.quote_share")
    if shares.empty:
        return empty_figure(NO_QUOTES, source=source)
    groups = list(shares.groupby("group")["words"].sum().sort_values(ascending=False).index[:MOST_GROUPS])
    rows = _main_speakers(shares)
    title = _who_leads(shares, groups, rows[0])
    subtitle = "Share of the words in direct and mixed quotations"
    if len(groups) == 1:
        single, ax = new_figure(rows_height(len(rows)))
        fig: Figure = single
        panels, axes = [ax], ax
    else:
        fig, axes = multiples(len(groups))
        height = fig.get_figheight() + (len(rows) * 0.24 - 1.1) * -(-len(groups) // 4)
        fig.set_figheight(max(height, 1.5))
        panels = axes
    for panel, group in zip(panels, groups, strict=True):
        _share_panel(panel, _by_rows(shares[shares["group"] == group], rows), rows, single=len(groups) == 1)
        if len(groups) > 1:
            panel_title(panel, group)
    return finish(fig, axes, title=title, subtitle=subtitle, source=source, interval=INTERVAL)


def _main_speakers(shares: pd.DataFrame) -> list[str]:
    totals = shares[shares["speaker"] != UNATTRIBUTED].groupby("speaker")["words"].sum()
    order = totals.sort_index().sort_values(ascending=False, kind="stable").index
    rows = [str(name) for name in order[:MOST_SPEAKERS]]
    if len(order) > MOST_SPEAKERS:
        rows.append(OTHERS)
    if (shares["speaker"] == UNATTRIBUTED).any() or not rows:
        rows.append(UNATTRIBUTED)
    return rows


def _by_rows(own: pd.DataFrame, rows: list[str]) -> pd.DataFrame:
    """One group's shares in the order of the rows; a speaker who is not quoted there has share 0."""
    known = own.set_index("speaker")[["share", "low", "high"]]
    table = known.reindex(rows)
    table["share"] = table["share"].fillna(0.0)
    if OTHERS in rows:
        table.loc[OTHERS] = [max(0.0, 1 - table["share"].drop(OTHERS).sum()), np.nan, np.nan]
    return table


def _share_panel(ax: Any, table: pd.DataFrame, rows: list[str], *, single: bool) -> None:
    named = [row not in (OTHERS, UNATTRIBUTED) for row in rows]
    if single:
        bars(ax, rows, list(table["share"]), lows=list(table["low"]), highs=list(table["high"]),
             show=percent, highlight=named)  # fmt: skip
        return
    places = np.arange(len(rows))
    ax.barh(places, table["share"], height=0.62, color=[BLUE if on else CONTEXT for on in named], zorder=2)
    ax.hlines(places, table["low"], table["high"], color=INK, lw=1.2, zorder=3)
    for place, (share, high) in enumerate(zip(table["share"], table["high"].fillna(0), strict=True)):
        ax.text(max(share, high) + 0.02, place, percent(share), va="center", size=BODY - 1, color=INK)
    ax.set_yticks(places, [plain(row)[:26] for row in rows], parse_math=False)
    ax.tick_params(axis="y", length=0, labelsize=BODY - 1)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(0, 1.15)
    ax.set_xticks([])
    ax.spines[["bottom"]].set_visible(False)
    ax.spines["left"].set_color(RULE)


def _who_leads(shares: pd.DataFrame, groups: list[Any], speaker: str) -> str:
    own = shares[(shares["speaker"] == speaker) & shares["group"].isin(groups)]
    columns = [list(own[name]) for name in ("group", "share", "low", "high")]
    return finding(
        *columns, what=f"share of quoted words for {speaker} (where quoted)", show=percent, kind="groups"
    )


def share_over_time(shares: pd.DataFrame, *, source: str) -> tuple[Figure, Any]:
    """Draw how the share of the quoted words moves between speakers, a line each with its band.

    Parameters
    ----------
    shares : DataFrame
        As made by ``quotes.quote_share`` with ``by="period"`` on ``quotes.with_period(articles)``: ``group``
        is the first day of a period.
    source : str
        For the foot.
    """
    need_columns(shares, ["group", "speaker", "words", "share", "low", "high"], made_by="quotes.quote_share")
    if shares.empty:
        reason = "No dated capture holds a quotation. Write dates into captures.csv, in a column published."
        return empty_figure(reason, source=source)
    speakers = [s for s in _main_speakers(shares) if s not in (OTHERS, UNATTRIBUTED)][:MOST_OVER_TIME]
    speakers = speakers or [UNATTRIBUTED]
    periods = sorted(shares["group"].unique())
    full = pd.MultiIndex.from_product([periods, speakers], names=["group", "speaker"])
    table = shares.set_index(["group", "speaker"])[["share", "low", "high"]].reindex(full).reset_index()
    table[["share", "low", "high"]] = table[["share", "low", "high"]].fillna(0.0)
    fig, axes = time_figure(
        table, when="group", value="share", series="speaker", low="low", high="high", show=percent, zero=True
    )
    return finish(
        fig, axes, title=_first_and_last(table, speakers[0], periods), source=source, interval=INTERVAL,
        subtitle="Share of the quoted words in each period, for those quoted most",
    )  # fmt: skip


def _first_and_last(table: pd.DataFrame, speaker: str, periods: list[Any]) -> str:
    if len(periods) < 2:
        return f"All quotations fall into one period; {speaker} is quoted most"
    own = table[table["speaker"] == speaker].set_index("group")
    first, last = own.loc[periods[0]], own.loc[periods[-1]]
    apart = first["low"] > last["high"] or last["low"] > first["high"]
    if not apart:
        return f"No clear change in the share of quoted words for {speaker}, who is quoted most"
    verb = "rises" if last["share"] > first["share"] else "falls"
    ends = f"from {percent(first['share'])} to {percent(last['share'])}"
    return f"The share of quoted words for {speaker} {verb} {ends}"


def calibration_chart(calibration: pd.DataFrame, *, source: str) -> tuple[Figure, Any]:
    """Draw how often quotations of a stated confidence are right.

    Parameters
    ----------
    calibration : DataFrame
        ``confidence``, ``right``, ``low``, ``high``, ``quotes``, as given by ``quotes.calibration``.
    source : str
        For the foot.
    """
    need_columns(calibration, ["confidence", "right", "low", "high", "quotes"], made_by="quotes.calibration")
    fig, ax = new_figure(3.2)
    ax.plot([0, 1], [0, 1], color=RULE, lw=1, zorder=1)
    ax.text(0.62, 0.57, "as stated", color=QUIET, size=BODY, rotation=27, ha="center", va="top")
    ax.vlines(calibration["confidence"], calibration["low"], calibration["high"], color=BLUE, lw=1.6)
    ax.plot(calibration["confidence"], calibration["right"], "o-", color=BLUE, ms=5.5, lw=1.2)
    for x, y, n in calibration[["confidence", "low", "quotes"]].itertuples(index=False):
        ax.annotate(f"{n:,}", (x, y), xytext=(0, -3), textcoords="offset points", ha="center", va="top",
                    size=BODY - 1.5, color=QUIET)  # fmt: skip
    ax.set_xlim(0, 1.02)
    ax.set_ylim(0, 1.02)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: percent(value))
    sure = calibration[calibration["confidence"] >= 0.8]
    share = np.average(sure["right"], weights=sure["quotes"]) if len(sure) else np.nan
    return finish(
        fig, ax, title=f"Of quotations with a confidence of 80 % or more, {percent(share)} are right", source=source,
        subtitle="Share of quotations right in kind and speaker (upright) by stated confidence; n at each dot",
        interval="95 % interval of the share (Wilson)",
    )  # fmt: skip


def reading_chart(articles: pd.DataFrame, quotes: pd.DataFrame, *, source: str) -> tuple[Figure, Any]:
    """Set one article as it reads, with the words of each of its main speakers in a colour.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``body``.
    quotes : DataFrame
        The quotations of one article, as given by ``quotes.of_article``: ``capture_id``, ``start``, ``end``,
        ``kind``, ``speaker``, ``words``.
    source : str
        For the foot.
    """
    columns = ["capture_id", "start", "end", "kind", "speaker", "words"]
    need_columns(quotes, columns, made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus")
    said = quotes[quotes["kind"].isin(("direct", "mixed"))]
    if said.empty:
        return empty_figure("Nobody is quoted, so no words stand in a colour.", source=source)
    name = str(said["capture_id"].iloc[0])
    body = str(articles.loc[articles["capture_id"] == name, "body"].iloc[0])
    order = _main_speakers(said)
    hue = dict(zip([s for s in order if s not in (OTHERS, UNATTRIBUTED)], HUES, strict=False))
    colours = [
        (start, end, hue.get(who, QUIET)) for start, end, who in said[["start", "end", "speaker"]].values
    ]
    lines, cut = _set_lines(body, colours)
    fig, ax = new_figure(0.19 * (len(lines) + 1) + 0.35)
    ax.set_axis_off()
    ax.set_xlim(0, (WIDTHS["screen"] - 0.3) * 72)
    ax.set_ylim(len(lines) + 0.5, -1.2)
    at = 0.0
    for speaker, colour in hue.items():
        label = f"■ {plain(speaker)[:30]}"
        ax.text(at, -0.8, label, color=colour, size=BODY, weight="bold", va="center", parse_math=False)
        at += text_width(label, BODY, "bold") + 14
    for row, line in enumerate(lines):
        for x, word, colour in line:
            weight = "normal" if colour == INK else "bold"
            ax.text(x, row + 0.4, word, color=colour, size=BODY, weight=weight, va="center", parse_math=False)
    words = said.groupby("speaker")["words"].sum().sort_values(ascending=False)
    title = f"{name}: {words.index[0]} speaks {words.iloc[0]} of {words.sum()} quoted words"
    note = f" Only the first {MOST_LINES} lines are shown." if cut else ""
    subtitle = f"The article's text; coloured words are quoted, grey bold ones from other speakers.{note}"
    return finish(fig, ax, title=title, subtitle=subtitle, source=source)


def _set_lines(
    body: str, colours: list[tuple[int, int, str]]
) -> tuple[list[list[tuple[float, str, str]]], bool]:
    """Break the text into lines of (x in points, word, colour) that fit the page; and whether it was cut."""
    room = (WIDTHS["screen"] - 0.3) * 72
    lines: list[list[tuple[float, str, str]]] = []
    spans = sorted(colours)
    offset = turn = 0
    for paragraph in body.split("\n"):
        line: list[tuple[float, str, str]] = []
        x, at = 0.0, offset
        for word in paragraph.split(" "):
            while turn < len(spans) and spans[turn][1] <= at:
                turn += 1
            inside = turn < len(spans) and spans[turn][0] < at + len(word)
            colour = spans[turn][2] if inside else INK
            shown = plain(word)
            width = text_width(shown, BODY, "normal" if colour == INK else "bold")
            if line and x + width > room:
                lines.append(line)
                line, x = [], 0.0
            if shown:
                line.append((x, shown, colour))
                x += width + 3.2
            at += len(word) + 1
        lines.append(line)
        offset += len(paragraph) + 1
        if len(lines) > MOST_LINES:
            return lines[:MOST_LINES], True
    return lines, False
