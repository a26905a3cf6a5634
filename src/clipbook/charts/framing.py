"""Figures of cue scores: by outlet, over time, and in one article. None of them speaks of frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from clipbook.charts.figure import Figure, chart
from clipbook.charts.findings import differ, in_words, joined, moves, over_articles
from clipbook.charts.forms import dots, rows_height
from clipbook.charts.groups import choose_groups, nothing, too_few
from clipbook.charts.lettering import brief
from clipbook.charts.panels import group_panels
from clipbook.charts.scales import from_zero
from clipbook.charts.style import CONTEXT, finish, new_figure
from clipbook.charts.timeline import time_lines

FEWEST_OTHERS = 10  # articles, for an article's place among them
MEASURE = "How many different cues of a frame 250 words of an article hold, mean over articles"
_STROKES = 2000  # side by side, at most


@chart
def group_chart(
    means: pd.DataFrame, contrasts: pd.DataFrame, *, names: Mapping[str, str], source: str, kind: str = "outlets"
) -> Figure:  # fmt: skip
    """Draw the mean expected cues of each group, a panel a frame.

    Parameters
    ----------
    means : DataFrame
        ``group``, ``frame``, ``mean``, ``low``, ``high``, ``articles``, ``short``, as from
        ``framing.frame_means``.
    contrasts : DataFrame
        As from ``framing.frame_contrasts``; gives the title.
    names : mapping
        A frame's name to its title, as ``codebook.title_of``.
    source : str
        For the foot.
    kind : str
        What the groups are, in the plural.
    """
    if means.empty:
        return nothing("framing.group_chart", "short")
    short = int(means.drop_duplicates("group")["short"].sum())
    measured = means[means["articles"] > 0]
    by_group = measured.groupby("group")
    chosen = choose_groups(by_group["articles"].max(), score=by_group["mean"].max())
    if not chosen.shown:
        return too_few(kind, " of 250 words")
    fig, axes, shown = group_panels(measured, chosen, names, kind)
    title = differ(
        chosen.between(contrasts), what=_cues(names), outcome="frame", show="{:.2f}".format, kind=kind
    )
    if len(chosen.shown) == 1:
        title = f"Cues in {brief(chosen.shown[0])}, with no other {kind.removesuffix('s')} to compare"
    return finish(
        fig, axes, title=title, subtitle=MEASURE + chosen.said(kind, "in one row"),
        source=source + (f"; {short:,} shorter ones left out" if short else ""),
        interval=over_articles(measured["low"]), data=means, tests=contrasts,
        alt=in_words(
            "Dots with intervals, a panel a frame, a row a group", joined(shown["frame"].map(names), shown["group"]),
            shown["mean"], "{:.2f}".format, shown,
        ),
    )  # fmt: skip


@chart
def time_chart(
    timeline: pd.DataFrame, changes: pd.DataFrame, *, names: Mapping[str, str], source: str
) -> Figure:
    """Draw the mean expected cues over time, a panel a frame.

    Parameters
    ----------
    timeline : DataFrame
        ``frame``, ``start``, ``mean``, ``low``, ``high``, ``articles``, as from ``framing.frame_timeline``
        for all articles together.
    changes : DataFrame
        As from ``framing.frame_changes``; gives the title.
    names : mapping
        A frame's name to its title.
    source : str
        For the foot.
    """
    if timeline["start"].nunique() < 2:
        return nothing("framing.time_chart", "undated")
    title = moves(changes, what=_cues(names), outcome="frame", show="{:.2f}".format)
    return time_lines(
        timeline.assign(frame=timeline["frame"].map(names)), when="start", value="mean", series="frame", counted="articles",
        show="{:.2f}".format, form="Lines over time, a panel a frame", title=title, subtitle=MEASURE, source=source,
        interval=over_articles(timeline["low"]), data=timeline, tests=changes,
    )  # fmt: skip


@chart
def article_chart(
    scores: pd.DataFrame, capture_id: str, *, names: Mapping[str, str], source: str, headline: str = ""
) -> Figure:
    """Set one article's expected cues against those of all articles.

    Parameters
    ----------
    scores : DataFrame
        ``capture_id``, ``frame``, ``scope``, ``expected_cues``, as from ``framing.frame_scores``.
    capture_id : str
        The article.
    names : mapping
        A frame's name to its title.
    source : str
        For the foot.
    headline : str
        What the article is called; its ``capture_id`` where it has no headline.
    """
    whole = scores[(scores["scope"] == "whole") & scores["expected_cues"].notna()]
    own = whole[whole["capture_id"] == capture_id].set_index("frame")["expected_cues"]
    if own.empty:
        return nothing("framing.article_chart", "short", article=headline or capture_id)
    fig, ax = new_figure(rows_height(len(own)))
    above = {}
    for row, (frame, score) in enumerate(own.items()):
        other = (whole["frame"] == frame) & (whole["capture_id"] != capture_id)
        others = whole.loc[other, "expected_cues"].to_numpy()
        above[frame] = float((others < score).mean()) if len(others) >= FEWEST_OTHERS else np.nan
        seen = _apart(others, float(whole["expected_cues"].max()))
        ax.plot(seen, np.full(len(seen), row), "|", color=CONTEXT, ms=9, mew=1.0, zorder=2)
    called = [names[str(frame)] for frame in own.index]
    dots(ax, called, own, labels=[f"{own[frame]:.2f}" + _standing(above[frame]) for frame in own.index])
    from_zero(ax, float(whole["expected_cues"].max()))
    top = max(own.index, key=lambda frame: (np.nan_to_num(above[frame], nan=-1), own[frame]))
    title = f"Cues of {names[str(top)].lower()} stand highest, above those of {above[top]:.0%} of the other articles"
    if not own.any():
        title = "No cue was found in this article"
    elif np.isnan(above[top]):
        title = f"Most cues in this article are of {names[str(own.idxmax())].lower()}"
    subtitle = f"{headline or capture_id}: different cues in 250 of its words"
    if not np.isnan(above[top]):
        subtitle += (
            " (blue), among those of the other articles (grey strokes), and the share of them that lie below"
        )
    return finish(
        fig, ax, title=title, subtitle=subtitle, source=source, data=scores[scores["capture_id"] == capture_id],
        alt=in_words("Dots among grey strokes, a row a frame", called, own, "{:.2f}".format),
    )  # fmt: skip


def _apart(values: np.ndarray, highest: float) -> np.ndarray:
    """Give one value for each stroke that can be told from its neighbours on the widest screen or page."""
    _, first = np.unique((values / (highest or 1) * _STROKES).round(), return_index=True)
    return values[first]


def _cues(names: Mapping[str, str]) -> Callable[[str], str]:
    return lambda frame: f"cues of {names[frame].lower()}" if frame else "cues"


def _standing(above: float) -> str:
    return "" if np.isnan(above) else f", above {above:.0%} of them"
