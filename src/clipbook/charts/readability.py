"""Figures of readability: groups beside known texts, parts of articles, time, length, hard sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.charts.figure import SMALLEST, Figure, chart, layout
from clipbook.charts.findings import differ, in_words, joined, moves, number, over_articles, ranged, size_of
from clipbook.charts.forms import bars, dot_groups, dots, rows_height, with_n
from clipbook.charts.groups import choose_groups, nothing, too_few
from clipbook.charts.lettering import brief, wrap
from clipbook.charts.scales import value_scale
from clipbook.charts.style import BLUE, BODY, CONTEXT, PAD, QUIET, finish, new_figure, note
from clipbook.charts.timeline import per_step, row_names, time_figure
from clipbook.readability import measure_described, measure_title, rises_with_ease
from clipbook.readability.over_time import EVERY
from clipbook.stats.differences import FEWEST

RANKED = 300  # words, from which on single articles are ranked
FEWEST_READ = 5  # lengths that fewer articles reach are not drawn
SCOPES = {
    "narration": "narration",
    "quoted": "quotations",
    "headline": "headlines",
    "standfirst": "standfirsts",
}
BY_ARTICLE = "95% interval over articles (of a single article: over its sentences)"
SOME = "; two articles have none"


@chart
def group_chart(
    groups: pd.DataFrame,
    contrasts: pd.DataFrame,
    *,
    measure: str,
    source: str,
    levels: pd.DataFrame | None = None,
    kind: str = "outlets",
) -> Figure:
    """Draw a dot with its interval for each group, between texts of known level in grey.

    Parameters
    ----------
    groups : DataFrame
        ``group``, ``scope``, ``measure``, ``value``, ``low``, ``high``, ``articles``, as made by
        ``readability.group_readability``.
    contrasts : DataFrame
        As from ``readability.readability_contrasts``; gives the title.
    measure : str
        The measure to draw.
    source : str
        For the foot.
    levels : DataFrame, optional
        ``text`` and ``value``, as made by ``readability.text_levels``.
    kind : str
        What the groups are, in the plural.
    """
    plotted = groups[(groups["measure"] == measure) & (groups["scope"] == "whole")]
    rows = plotted[plotted["value"].notna()]
    if rows.empty:
        return nothing("readability.group_chart", "short", kind=kind)
    by_group = rows.set_index("group")
    chosen = choose_groups(by_group["articles"], score=by_group["value"])
    if not chosen.shown:
        return too_few(kind, " of 100 words")
    rows = rows[rows["group"].isin(chosen.shown)]
    title = differ(chosen.between(contrasts), what=measure_title(measure), outcome="measure", kind=kind)
    if len(rows) == 1:
        value, low, high = rows[["value", "low", "high"]].iloc[0].astype(float)
        who, articles = brief(rows["group"].iloc[0]), int(rows["articles"].iloc[0])
        who = f"An article of {who}" if articles == 1 else who
        title = f"{who}: {measure_title(measure)} {ranged(value, low, high)}"
    rows = own = rows.assign(name=with_n(rows["group"], rows["articles"]))
    hollow, cited = "", ""
    if levels is not None and len(levels):
        rows = pd.concat([rows, levels.assign(name=levels["text"])], ignore_index=True)
        hollow = "; hollow: published scores of known texts"
        cited = f". Known texts: {levels['source'].iloc[0]}."
    rows = rows.sort_values("value", ascending=False, kind="stable")
    fig, ax = new_figure(rows_height(len(rows)))
    dots(ax, list(rows["name"]), rows["value"], rows, highlight=list(rows["group"].notna()))
    return finish(
        fig, ax, title=title, subtitle=measure_described(measure) + hollow + chosen.said(kind),
        source=source.rstrip(".") + cited, interval=over_articles(own["low"], BY_ARTICLE, some=SOME), data=plotted,
        tests=contrasts,
        alt=in_words(
            "Dots with intervals among published scores of known texts", own["name"], own["value"], number, own
        ),
    )  # fmt: skip


@chart
def scope_chart(
    groups: pd.DataFrame, contrasts: pd.DataFrame, *, measure: str, source: str, kind: str = "outlets"
) -> Figure:
    """Draw narration, quotations, headlines and standfirsts of each group on one row.

    Parameters
    ----------
    groups : DataFrame
        As for `group_chart`.
    contrasts : DataFrame
        ``group``, ``other``, ``difference``, ``low``, ``high``, ``articles``, as made by
        ``readability.readability_contrasts`` with ``by="scope"``; gives the title.
    measure, source, kind : str
        As for `group_chart`.
    """
    plotted = groups[(groups["measure"] == measure) & (groups["scope"] != "whole")]
    rows = plotted[plotted["scope"].isin(list(SCOPES)) & plotted["value"].notna()]
    if rows["scope"].nunique() < 2:
        return nothing("readability.scope_chart", "short")
    articles = rows.groupby("group")["articles"].max()
    chosen = choose_groups(articles, score=rows.groupby("group")["value"].max())
    if not chosen.shown:
        return too_few(kind, " of 100 words")
    names, rows = chosen.shown, rows[rows["group"].isin(chosen.shown)]
    wide = {
        label: rows[rows["scope"] == scope].set_index("group").reindex(names)
        for scope, label in SCOPES.items()
        if (rows["scope"] == scope).any()
    }
    title, of = _contrast(contrasts, measure)
    fig, ax = new_figure(rows_height(len(names), series=len(wide)))
    dot_groups(ax, with_n(names, articles[names]), wide, "value", show="{:.0f}".format)
    return finish(
        fig, ax, title=title, subtitle=measure_described(measure) + of + chosen.said(kind),
        source=source, interval=over_articles(rows["low"], BY_ARTICLE, some=SOME), data=plotted, tests=contrasts,
        alt=in_words(
            "Dots with intervals for every part of the articles, a row a group",
            joined(rows["scope"].map(SCOPES), rows["group"]), rows["value"], number, rows,
        ),
    )  # fmt: skip


def _contrast(contrasts: pd.DataFrame, measure: str) -> tuple[str, str]:
    """State how narration differs from quotations, and in how many articles that have both."""
    pair = contrasts[(contrasts["group"] == "narration") & (contrasts["other"] == "quoted")]
    if pair.empty:
        return "Too few quotations in English to compare them with narration", ""
    row, of = pair.iloc[0], f"; the title: the {pair['articles'].iloc[0]:,} articles with both"
    if row["low"] <= 0 <= row["high"]:
        return f"No clear difference in {measure_title(measure)} between narration and quotations", of
    way = "easier" if (row["difference"] < 0) == rises_with_ease(measure) else "harder"
    return f"Quotations are {way} to read than narration, by {size_of(row, 'difference', number)} points", of


@chart
def time_chart(
    steps: pd.DataFrame, changes: pd.DataFrame, *, measure: str, source: str, kind: str = "outlets"
) -> Figure:
    """Draw a measure over time, a line a group.

    Parameters
    ----------
    steps : DataFrame
        ``group``, ``start``, ``step``, ``value``, ``low``, ``high``, as made by
        ``readability.readability_over_time``.
    changes : DataFrame
        As from ``readability.readability_trend``; gives the title.
    measure, source, kind : str
        As for `group_chart`. The groups that have a score in two steps or more, from three articles in most, have a line.
    """
    title = moves(changes, what=measure_title(measure), outcome="measure")
    scored = steps[steps["value"].notna() & steps["start"].notna()].groupby("group")
    lines = (scored["start"].nunique() > 1) & (scored["articles"].median() >= FEWEST)
    if not lines.any():
        periods = f"{steps['step'].iloc[0]}s" if len(steps) else "periods"
        return nothing("readability.time_chart", "undated", kind=kind, periods=periods)
    chosen = choose_groups(scored["articles"].sum(), measured=lines, score=scored["value"].max())
    drawn, step = steps[steps["group"].isin(chosen.shown)], steps["step"].iloc[0]
    ordered = drawn.sort_values("group", key=lambda names: names.map(chosen.shown.index), kind="stable")
    fig, ax = time_figure(
        ordered, when="start", value="value", series="group", counted="articles", show="{:.0f}".format
    )
    shown = drawn[drawn["value"].notna()]
    together = list(chosen.shown) == [EVERY]
    return finish(
        fig, ax, title=title,
        subtitle=f"{measure_described(measure)}, all articles of each {step}"
        + (f", {kind} taken together" if together else chosen.said(kind)),
        limits="The line also moves when another part of the articles is of each of the " + kind + "." if together else "",
        source=source + per_step(shown["articles"], step if together else f"{step} and line"),
        interval=over_articles(shown["low"], BY_ARTICLE, some=SOME), data=steps, tests=changes,
        alt=in_words(
            "Lines over time, one a group", row_names(shown["group"], shown["start"], step), shown["value"], number, shown
        ),
    )  # fmt: skip


@chart
def length_chart(widths: pd.DataFrame, *, source: str) -> Figure:
    """Draw how the interval of a single article's score narrows as more of it is read.

    Parameters
    ----------
    widths : DataFrame
        ``capture_id``, ``words``, ``measure``, ``half_width``, as made by ``readability.interval_by_length``.
    source : str
        For the foot.
    """
    if widths.empty:
        return nothing("readability.length_chart", "short")
    if widths["capture_id"].nunique() < FEWEST:
        return nothing("readability.length_chart", "few")
    reached = widths.groupby("words")["capture_id"].transform("size")
    drawn = widths[reached >= min(FEWEST_READ, reached.max())]
    spread = drawn.groupby("words")["half_width"].quantile(np.array([0.25, 0.5, 0.75])).unstack()
    articles = drawn.groupby("words").size()
    words, middle = spread.index.to_numpy(float), spread[0.5].to_numpy()
    fig, ax = new_figure(2.9)
    ax.fill_between(words, spread[0.25], spread[0.75], color=BLUE, alpha=0.16, lw=0)
    ax.plot(words, middle, "o-", color=BLUE, lw=1.8, ms=5)
    for place, value, count in zip(words, middle, articles, strict=True):
        note(ax, f"±{value:.1f}", (place, value), (0, 7), ha="center", size=BODY - 0.5, bbox=PAD)
        below = {"xycoords": ("data", "axes fraction"), "size": SMALLEST, "color": QUIET}
        note(ax, f"n = {count}", (place, 0), (0, 4), ha="center", bbox=PAD, **below)
    if words[-1] >= RANKED:
        ax.axvline(RANKED, color=CONTEXT, lw=0.8, ls=(0, (3, 3)))
    ax.set_xscale("log")
    ax.set_xticks(words, [f"{int(place):,}" for place in words])
    ax.minorticks_off()
    ax.set_xlabel("words read")
    quarters = spread[[0.25, 0.75]].to_numpy().T
    value_scale(ax, middle, *quarters, show=lambda value: f"±{value:.0f}" if value else "0", zero=True)
    measure = measure_title(str(widths["measure"].iloc[0]))
    title = f"From {int(words[0])} words an article's {measure} is known to ±{number(middle[0])} points"
    if len(words) > 1:
        title += f", from {int(words[-1]):,} to ±{number(middle[-1])}"
    return finish(
        fig, ax, title=title, source=source,
        subtitle=f"How far {measure} may lie to either side (95% interval), for the middle article, with the "
        "middle half of articles as a band; dashed: 300 words, under which single articles are not ranked",
        data=widths,
        alt=in_words(
            "A line with a band, from 100 words on", [f"{int(place):,} words" for place in words], middle, "±{:.1f}".format
        ),
    )  # fmt: skip


@chart
def hardest_chart(sentences: pd.DataFrame, *, name: str, source: str) -> Figure:
    """Draw an article's hardest sentences, hardest first.

    Parameters
    ----------
    sentences : DataFrame
        One article's ``text``, ``words``, ``long_words``, ``hard_words``, as made by ``readability.hardest_sentences``.
    name : str
        The article's headline; "" where it has none.
    source : str
        For the foot.
    """
    if sentences.empty:
        return nothing("readability.hardest_chart", "short")
    fig, ax = new_figure(rows_height(len(sentences)) * 1.75)
    texts, hollow = list(sentences["text"]), [False] * len(sentences)
    labels = [f"{row.long_words} of {row.words} words" for row in sentences.itertuples()]
    bars(ax, texts, list(sentences["words"]), labels, highlight=hollow, names_part=0.52, name_lines=4)
    ax.barh(range(len(sentences)), sentences["long_words"], height=0.3, color=BLUE, zorder=3)
    for row, grey in enumerate(ax.patches[: len(sentences)]):
        grey.set(height=0.3, y=row - 0.15)
    for row, rare in enumerate(sentences["hard_words"]):
        lines = wrap(str(rare).replace(";", ","), 0.43 * layout().inches, size=BODY - 1, most=2)
        look = {"size": BODY - 1, "color": QUIET, "linespacing": 1.1, "annotation_clip": False}
        note(ax, "\n".join(lines), (0, row), (2, -10), va="top", **look)
    ax.set_xlim(0, float(sentences["words"].max()) * 1.5)
    ax.set_ylim(len(sentences) - 0.3, -0.5)
    top = sentences.iloc[0]
    return finish(
        fig, ax, source=source,
        title=f"The hardest sentence has {top['words']} words, {top['long_words']} of them long",
        subtitle=f"{name or 'An article without headline'}: its hardest sentences. A bar: its words; blue: those longer than six "
        "letters, which rank them; below: those not on Dale and Chall's list of familiar words",
        data=sentences,
        alt=in_words("Bars, a row a sentence", sentences["text"], sentences["long_words"], "{:.0f} long words".format),
    )  # fmt: skip
