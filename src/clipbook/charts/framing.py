"""Figures of framing: cue scores by outlet, over time and in one article; agreement; calibrated frames.

Cue scores are called cue scores. Only `share_chart`, which needs a calibration, speaks of frames.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clipbook.charts.findings import percent, ranged
from clipbook.charts.forms import ROW, dot_groups, dots, name_inches, rows_height
from clipbook.charts.lettering import wrap
from clipbook.charts.style import (
    BLUE,
    BODY,
    CONTEXT,
    GRID,
    PAPER,
    QUIET,
    RULE,
    empty_figure,
    finish,
    new_figure,
)
from clipbook.charts.timeline import panel_title, time_figure
from clipbook.tables import need_columns

MOST_GROUPS = 14
PANELS_ABREAST = 3
SURE = 0.05
MEASURE = (
    "Cue score: distinct cues of a frame over the square root of the article's words, mean over articles"
)
OVER_ARTICLES = "95 % bootstrap interval over articles"
OVER_TEXTS = "95 % bootstrap interval over texts"


def group_chart(
    means: pd.DataFrame,
    contrasts: pd.DataFrame,
    *,
    names: Mapping[str, str],
    source: str,
    kind: str = "outlets",
) -> tuple[Figure, Any]:
    """Draw the mean cue scores of each group, a panel a frame.

    Parameters
    ----------
    means : DataFrame
        ``group``, ``frame``, ``mean``, ``low``, ``high``, ``articles``, as from ``framing.frame_means``.
    contrasts : DataFrame
        ``frame``, ``group``, ``other``, ``difference``, ``q``, as from ``framing.frame_contrasts``.
    names : mapping
        A frame's name to its title, as ``codebook.title_of``.
    source : str
        For the foot.
    kind : str
        What the groups are, in the plural.
    """
    need_columns(means, ["group", "frame", "mean", "low", "high", "articles"], made_by="framing.frame_means")
    need_columns(contrasts, ["frame", "group", "other", "difference", "q"], made_by="framing.frame_contrasts")
    if means.empty:
        return empty_figure("No article has a cue score: none is in the codebook's language.", source=source)
    sizes = means.groupby("group")["articles"].max().sort_values(ascending=False, kind="stable")
    groups = sorted(sizes.index[:MOST_GROUPS])
    labels = [f"{group} (n = {sizes[group]})" for group in groups]
    fig, axes = _panels(means[means["group"].isin(groups)], groups, labels, names)
    title = _contrast_finding(contrasts, names, len(groups), kind)
    return finish(fig, axes, title=title, subtitle=MEASURE, source=source, interval=OVER_ARTICLES)


def time_chart(timeline: pd.DataFrame, *, names: Mapping[str, str], source: str) -> tuple[Figure, Any]:
    """Draw the mean cue scores over time, a panel a frame.

    Parameters
    ----------
    timeline : DataFrame
        ``frame``, ``start``, ``mean``, ``low``, ``high``, ``articles``, as from ``framing.frame_timeline``
        for all articles together.
    names : mapping
        A frame's name to its title.
    source : str
        For the foot.
    """
    need_columns(timeline, ["frame", "start", "mean", "low", "high"], made_by="framing.frame_timeline")
    if timeline["start"].nunique() < 2:
        reason = "Fewer than two periods have dated articles. Fill in captures.csv, or choose a finer step."
        return empty_figure(reason, title="Cue scores over time need two periods", source=source)
    titled = timeline.assign(frame=timeline["frame"].map(names))
    fig, axes = time_figure(
        titled,
        when="start",
        value="mean",
        series="frame",
        low="low",
        high="high",
        show="{:.2f}".format,
        zero=True,
    )
    title = _change_finding(titled)
    return finish(fig, axes, title=title, subtitle=MEASURE, source=source, interval=OVER_ARTICLES)


def article_chart(
    scores: pd.DataFrame, capture_id: str, *, names: Mapping[str, str], source: str
) -> tuple[Figure, Any]:
    """Set one article's cue scores against those of all articles.

    Parameters
    ----------
    scores : DataFrame
        ``capture_id``, ``frame``, ``scope``, ``score``, as from ``framing.frame_scores``.
    capture_id : str
        The article.
    names : mapping
        A frame's name to its title.
    source : str
        For the foot.
    """
    need_columns(scores, ["capture_id", "frame", "scope", "score"], made_by="framing.frame_scores")
    whole = scores[(scores["scope"] == "whole") & scores["score"].notna()]
    own = whole[whole["capture_id"] == capture_id].set_index("frame")["score"]
    if own.empty:
        reason = f"{capture_id} has no cue score: no words, or another language than the codebook's."
        return empty_figure(reason, source=source)
    fig, ax = new_figure(rows_height(len(own)))
    above = {}
    for row, (frame, score) in enumerate(own.items()):
        others = whole.loc[
            (whole["frame"] == frame) & (whole["capture_id"] != capture_id), "score"
        ].to_numpy()
        above[frame] = float((others < score).mean()) if len(others) else np.nan
        ax.plot(others, np.full(len(others), row), "|", color=CONTEXT, ms=9, mew=1.0, zorder=2)
    place = [f"{own[frame]:.2f}" + _standing(above[frame]) for frame in own.index]
    dots(ax, [names[str(frame)] for frame in own.index], own.tolist(), labels=place)
    _from_zero(ax, float(whole["score"].max()))
    top = max(own.index, key=lambda frame: (np.nan_to_num(above[frame], nan=-1), own[frame]))
    title = f"Against the other articles, cues of {names[str(top)].lower()} stand out most"
    if np.isnan(above[top]):
        title = f"This article's highest cue score: {names[str(own.idxmax())].lower()}"
    subtitle = f"Cue scores of {capture_id} (blue) and of the other articles (grey strokes)"
    return finish(fig, ax, title=title, subtitle=subtitle, source=source)


def agreement_chart(agreement: pd.DataFrame, *, names: Mapping[str, str], source: str) -> tuple[Figure, Any]:
    """Draw Krippendorff's alpha of each frame against the customary limits.

    Parameters
    ----------
    agreement : DataFrame
        ``frame``, ``alpha``, ``low``, ``high``, ``percent``, ``texts``, ``verdict``, as from
        ``framing.agreement_table``.
    names : mapping
        A frame's name to its title.
    source : str
        For the foot.
    """
    wanted = ["frame", "alpha", "low", "high", "percent", "texts", "verdict"]
    need_columns(agreement, wanted, made_by="framing.agreement_table")
    if not agreement["alpha"].notna().any():
        reason = "Agreement needs two coders' sheets of the same texts, with both yes and no among the codes."
        return empty_figure(reason, title="Agreement cannot be measured yet", source=source)
    fig, ax = new_figure(rows_height(len(agreement)) + 0.15)
    alphas, lows, highs = (agreement[name].to_numpy(float) for name in ("alpha", "low", "high"))
    labels = [
        f"{ranged(alpha, low, high, '{:.2f}'.format)}; {percent(share)} agree"
        for alpha, low, high, share in zip(alphas, lows, highs, agreement["percent"], strict=True)
    ]
    dots(
        ax,
        [names[frame] for frame in agreement["frame"]],
        alphas.tolist(),
        lows=lows.tolist(),
        highs=highs.tolist(),
        labels=labels,
        reference=0.8,
        reference_name=".800",
    )
    ax.axvline(0.667, color=RULE, lw=1, zorder=1)
    ax.annotate(
        ".667",
        (0.667, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 2),
        textcoords="offset points",
        ha="center",
        va="bottom",
        size=BODY - 1,
        color=QUIET,
    )
    ax.set_xlim(min(0.0, float(np.nanmin(lows)), float(np.nanmin(alphas))) - 0.05, 1.05)
    good = int((agreement["verdict"] == "reliable").sum())
    title = f"Coders agree reliably on {good} of {len(agreement)} frames"
    subtitle = "Krippendorff's alpha; limits .800 (reliable) and .667 (tentative conclusions)"
    return finish(fig, ax, title=title, subtitle=subtitle, source=source, interval=OVER_TEXTS)


def share_chart(
    shares: pd.DataFrame, performance: pd.DataFrame, *, names: Mapping[str, str], source: str
) -> tuple[Figure, Any]:
    """Draw the share of articles with each frame, corrected and from the codes alone.

    Parameters
    ----------
    shares : DataFrame
        ``group``, ``frame``, ``method``, ``share``, ``low``, ``high``, as from ``framing.frame_shares``;
        of several groups the panels show the corrected shares.
    performance : DataFrame
        ``frame``, ``codes``, ``note``, as ``calibration.performance``.
    names : mapping
        A frame's name to its title.
    source : str
        For the foot.
    """
    need_columns(shares, ["group", "frame", "method", "share", "low", "high"], made_by="framing.frame_shares")
    need_columns(performance, ["frame", "codes", "note"], made_by="framing.calibrate")
    if not shares["share"].notna().any():
        reason = f"{_sentence(performance['note'].iloc[0])} The other figures show cue scores."
        return empty_figure(reason, title="Too few human codes to speak of frames", source=source)
    corrected = shares[shares["method"] == "corrected"]
    groups = list(dict.fromkeys(corrected["group"]))
    subtitle = "Share of articles with the frame, human codes corrected by the models' labels of all articles"
    if len(groups) > 1:
        table = corrected.rename(columns={"share": "mean"})
        fig, ax = _panels(table, groups[:MOST_GROUPS], groups[:MOST_GROUPS], names, show=percent)
        title = f"Frames of {len(groups)} groups of articles"
    else:
        frames = list(dict.fromkeys(shares["frame"]))
        fig, ax = new_figure(rows_height(len(frames), series=2) + 0.25)
        by_method = {name: rows.set_index("frame").loc[frames] for name, rows in shares.groupby("method")}
        series = {
            name: tuple(by_method[name][column] for column in ("share", "low", "high"))
            for name in ("corrected", "codes alone")
        }
        dot_groups(ax, [names[frame] for frame in frames], series, show=percent)
        top = corrected.sort_values("share", ascending=False, kind="stable").iloc[0]
        share = ranged(top["share"], top["low"], top["high"], percent)
        title = f"{names[top['frame']]} is the commonest frame: {share} of articles"
    return finish(fig, ax, title=title, subtitle=subtitle, source=source, interval=OVER_TEXTS)


def _panels(
    table: pd.DataFrame,
    groups: list[str],
    labels: list[str],
    names: Mapping[str, str],
    show: Any = "{:.2f}".format,
) -> tuple[Figure, Any]:
    """Open a panel a frame, rows are groups, on shared scales."""
    frames = list(dict.fromkeys(table["frame"]))
    abreast = min(len(frames), PANELS_ABREAST)
    lines = -(-len(frames) // abreast)
    body = lines * (len(groups) * ROW * 0.8 + 0.75)
    fig, grid = new_figure(body, panels=(lines, abreast), sharex=True, sharey=True)
    axes = list(np.atleast_1d(grid).ravel())
    for spare in axes[len(frames) :]:
        spare.remove()
    for ax in axes[max(0, len(frames) - abreast) : len(frames)]:
        ax.tick_params(labelbottom=True)
    for ax, frame in zip(axes, frames, strict=False):
        rows = table[table["frame"] == frame].set_index("group").reindex(groups)
        places = np.arange(len(groups))
        ax.hlines(places, rows["low"], rows["high"], color=BLUE, lw=1.8, zorder=3)
        ax.plot(rows["mean"], places, "o", color=BLUE, ms=5.5, mec=PAPER, mew=0.7, zorder=4)
        ax.grid(axis="y", color=GRID, lw=0.8)
        ax.xaxis.set_major_formatter(lambda value, _: show(value))
        ax.locator_params(axis="x", nbins=3)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        panel_title(ax, names[frame])
    room = name_inches(axes[0])
    wrapped = ["\n".join(wrap(label, room, most=2)) for label in labels]
    axes[0].set_yticks(range(len(groups)), wrapped, parse_math=False)
    axes[0].set_ylim(len(groups) - 0.4, -0.6)
    _from_zero(axes[0], float(np.nanmax(table[["mean", "high"]].to_numpy(float), initial=0.0)))
    return fig, grid


def _from_zero(ax: Axes, most: float) -> None:
    ax.set_xlim(-0.04 * (most or 1), (most or 1) * 1.06)


def _contrast_finding(contrasts: pd.DataFrame, names: Mapping[str, str], groups: int, kind: str) -> str:
    if groups == 1:
        return "Cue scores of one group of articles, with none to compare"
    if contrasts.empty:
        return f"Too few articles to compare the cue scores of {groups} {kind}"
    sure = contrasts[contrasts["q"] < SURE]
    if sure.empty:
        return f"No clear difference in cue scores between {groups} {kind}"
    best = sure.iloc[int(sure["difference"].abs().to_numpy().argmax())]
    more, less = (best["group"], best["other"])[:: 1 if best["difference"] > 0 else -1]
    return f"{more} uses more cues of {names[best['frame']].lower()} than {less}"


def _change_finding(timeline: pd.DataFrame) -> str:
    changes = {}
    for frame, rows in timeline.sort_values("start").groupby("frame", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        if last["low"] > first["high"] or last["high"] < first["low"]:
            changes[str(frame)] = last["mean"] - first["mean"]
    if not changes:
        return "No clear change in cue scores from the first period to the last"
    frame = max(changes, key=lambda name: abs(changes[name]))
    more = "more" if changes[frame] > 0 else "less"
    return f"Cues of {frame.lower()} are {more} common at the end than at first"


def _standing(above: float) -> str:
    return "" if np.isnan(above) else f", above {above:.0%}"


def _sentence(note: str) -> str:
    return note[:1].upper() + note[1:].rstrip(".") + "."
