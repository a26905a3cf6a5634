"""Figures of cue scores: by outlet, over time, and in one article. None of them speaks of frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from clipbook.charts.findings import apart, over_articles
from clipbook.charts.forms import dots, largest_of, rows_height, with_n
from clipbook.charts.frame_panels import MOST_GROUPS, frame_panels, from_zero
from clipbook.charts.lettering import brief
from clipbook.charts.style import CONTEXT, empty_figure, finish, new_figure
from clipbook.charts.timeline import per_step, time_figure
from clipbook.tables import need_columns

SURE = 0.05
FEWEST_OTHERS = 10  # articles, for an article's place among them
MEASURE = (
    "Cue score: distinct cues of a frame over the square root of the article's words, mean over articles"
)
_STROKES = 2000  # side by side, at most


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
    labels = with_n(groups, sizes[groups])
    fig, axes = frame_panels(means[means["group"].isin(groups)], groups, labels, names)
    drawn = contrasts[contrasts["group"].isin(groups) & contrasts["other"].isin(groups)]
    title = _contrast_finding(means, drawn, names, len(groups), kind)
    subtitle = MEASURE + largest_of(len(groups), len(sizes), kind)
    return finish(
        fig, axes, title=title, subtitle=subtitle, source=source, interval=over_articles(means["low"])
    )


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
    need_columns(
        timeline, ["frame", "start", "mean", "low", "high", "articles"], made_by="framing.frame_timeline"
    )
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
    foot = source + per_step(timeline.groupby("start")["articles"].max(), "period")
    interval = over_articles(timeline["low"])
    return finish(fig, axes, title=title, subtitle=MEASURE, source=foot, interval=interval)


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
        above[frame] = float((others < score).mean()) if len(others) >= FEWEST_OTHERS else np.nan
        seen = _apart(others, float(whole["score"].max()))
        ax.plot(seen, np.full(len(seen), row), "|", color=CONTEXT, ms=9, mew=1.0, zorder=2)
    place = [f"{own[frame]:.2f}" + _standing(above[frame]) for frame in own.index]
    dots(ax, [names[str(frame)] for frame in own.index], own.tolist(), labels=place)
    from_zero(ax, float(whole["score"].max()))
    top = max(own.index, key=lambda frame: (np.nan_to_num(above[frame], nan=-1), own[frame]))
    title = f"Cues of {names[str(top)].lower()} stand highest, above those of {above[top]:.0%} of the other articles"
    if not own.any():
        title = "No cue was found in this article"
    elif np.isnan(above[top]):
        title = f"This article's highest cue score: {names[str(own.idxmax())].lower()}"
    subtitle = f"{capture_id}: its cue scores, distinct cues over the square root of its words"
    if not np.isnan(above[top]):
        subtitle += (
            " (blue), among those of the other articles (grey strokes), and the share of them that lie below"
        )
    return finish(fig, ax, title=title, subtitle=subtitle, source=source)


def _apart(values: np.ndarray, highest: float) -> np.ndarray:
    """Give one value for each stroke that can be told from its neighbours on the widest screen or page."""
    _, first = np.unique((values / (highest or 1) * _STROKES).round(), return_index=True)
    return values[first]


def _contrast_finding(
    means: pd.DataFrame, contrasts: pd.DataFrame, names: Mapping[str, str], groups: int, kind: str
) -> str:
    if groups == 1:
        return "Cue scores of one group of articles, with none to compare"
    if contrasts.empty:
        return f"Too few articles to compare the cue scores of {groups} {kind}"
    sure = contrasts[contrasts["q"] < SURE]
    if sure.empty:
        compared = len({*contrasts["group"], *contrasts["other"]})
        return f"No clear difference in cue scores between {compared} {kind}"
    best = sure.iloc[int(sure["difference"].abs().to_numpy().argmax())]
    more, less = (best["group"], best["other"])[:: 1 if best["difference"] > 0 else -1]
    own = means[means["frame"] == best["frame"]].set_index("group")["mean"]
    cues = f"cues of {names[best['frame']].lower()}"
    return f"{brief(more)} uses more {cues} than {brief(less)}: {own[more]:.2f} against {own[less]:.2f}"


def _change_finding(timeline: pd.DataFrame) -> str:
    ends = timeline[timeline["start"].isin([timeline["start"].min(), timeline["start"].max()])]
    if ends["low"].isna().groupby(ends["start"]).all().any():
        return "Too few articles to compare the cue scores of the first period and the last"
    changes = {}
    frames = timeline["frame"].nunique()
    for frame, rows in ends.sort_values("start").groupby("frame", sort=False):
        low, high = (
            rows[["frame", "mean", "low", "high"]].sort_values("mean").itertuples(index=False, name=None)
        )
        if apart(high, low, picked_from=frames):
            changes[str(frame)] = rows["mean"].iloc[-1] - rows["mean"].iloc[0]
    if not changes:
        return "No clear change in cue scores from the first period to the last"
    frame = max(changes, key=lambda name: abs(changes[name]))
    more = "more" if changes[frame] > 0 else "less"
    return f"Cues of {frame.lower()} are {more} common at the end than at first"


def _standing(above: float) -> str:
    return "" if np.isnan(above) else f", above {above:.0%} of them"
