"""Figures of human codes: how far coders agree, and the frames that their codes allow to speak of."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from clipbook.charts.figure import Figure, chart
from clipbook.charts.findings import in_words, joined, percent, ranged
from clipbook.charts.forms import dot_groups, dots, rows_height
from clipbook.charts.groups import MOST, nothing
from clipbook.charts.panels import frame_panels
from clipbook.charts.scales import number_scale
from clipbook.charts.style import finish, new_figure, nothing_to_show

OVER_TEXTS = "95% interval over texts"


@chart
def agreement_chart(agreement: pd.DataFrame, *, names: Mapping[str, str], source: str) -> Figure:
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
    if not agreement["alpha"].notna().any():
        return nothing("coding.agreement_chart", "few")
    fig, ax = new_figure(rows_height(len(agreement)) + 0.15)
    bounds = agreement[["alpha", "low", "high"]].to_numpy(float)
    told = zip(*bounds.T, agreement["percent"], strict=True)
    labels = [
        f"{ranged(alpha, low, high, '{:.2f}'.format)}; {percent(share)} agree"
        for alpha, low, high, share in told
    ]
    called, alphas = [names[frame] for frame in agreement["frame"]], bounds[:, 0]
    limits = [(0.667, ".667", "right"), (0.8, ".800", "left")]
    dots(ax, called, alphas, agreement, labels=labels, references=limits)
    ax.set_xlim(np.nanmin([0.0, *bounds[:, :2].ravel()]) - 0.05, 1.05)
    number_scale(ax.xaxis, "{:.1f}".format)
    good = int((agreement["verdict"] == "reliable").sum())
    title = f"Coders agree reliably on {good} of {len(agreement)} frames"
    subtitle = (
        "Agreement of coders beyond chance (Krippendorff's alpha: 1 is perfect, 0 is chance); reliable from .800 on, with an "
        "interval above .667"
    )
    return finish(
        fig, ax, title=title, subtitle=subtitle, source=source, interval=OVER_TEXTS, data=agreement,
        alt=in_words(
            "Dots with intervals, a row a frame, and the limits .667 and .800", called, alphas, "{:.2f}".format, agreement
        ),
    )  # fmt: skip


@chart
def share_chart(
    shares: pd.DataFrame, performance: pd.DataFrame, *, names: Mapping[str, str], source: str
) -> Figure:
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
    if not shares["share"].notna().any():
        furthest = performance.sort_values("codes", ascending=False, kind="stable")
        return nothing_to_show(f"{_sentence(furthest['note'].iloc[0])} The other figures show cue scores.")
    sampled = shares.loc[shares["method"] == "corrected", "share"].notna().any()
    corrected = shares[shares["method"] == ("corrected" if sampled else "codes alone")]
    groups = list(dict.fromkeys(corrected["group"]))
    subtitle = "Share of articles with the frame, human codes corrected by what the words of all articles say"
    if not sampled:
        subtitle = "Share of the coded articles with the frame; how many of all have it cannot be said"
    if len(groups) > 1:
        table = corrected.rename(columns={"share": "mean"})
        fig, ax = frame_panels(table, groups[:MOST], groups[:MOST], names, show=percent)
        title = f"Frames of {min(len(groups), MOST)} groups of articles"
        subtitle += "" if len(groups) <= MOST else f"; the first {MOST} of {len(groups)}"
    else:
        frames = list(dict.fromkeys(shares["frame"]))
        methods = ("corrected", "codes alone") if sampled else ("codes alone",)
        fig, ax = new_figure(rows_height(len(frames), series=len(methods)) + 0.25)
        series = {name: shares[shares["method"] == name].set_index("frame").loc[frames] for name in methods}
        dot_groups(ax, [names[frame] for frame in frames], series, "share", show=percent)
        waiting = set(performance["frame"]) - set(frames)
        title = _commonest(corrected, names, " coded so far" if waiting else "")
    said = (
        "the corrected shares beside those of the codes alone; corrected"
        if sampled
        else "shares of the coded articles"
    )
    return finish(
        fig, ax, title=title, subtitle=subtitle, source=source, interval=OVER_TEXTS, data=shares,
        alt=in_words(
            f"Dots with intervals, {said}", joined(corrected["frame"].map(names), corrected["group"]), corrected["share"],
            percent, corrected,
        ),
        reading="Where the two dots lie apart, words that go with the frame are more or less common in the articles that "
        "were not coded than in the sample." if sampled else "",
        limits=_sentence(", ".join(dict.fromkeys(note for note in shares["note"] if note)) or "codes are those of people"),
    )  # fmt: skip


def _commonest(shares: pd.DataFrame, names: Mapping[str, str], so_far: str) -> str:
    """Name the frame that lies clearly above all others; intervals apart hold however frames go together."""
    ranked = shares.sort_values("share", ascending=False, kind="stable")
    top, *others = ranked[["frame", "share", "low", "high"]].itertuples(index=False, name=None)
    share = ranged(top[1], top[2], top[3], percent)
    if not others:
        return f"{names[top[0]]} is in {share} of articles"
    if all(top[2] > other[3] for other in others):
        return f"{names[top[0]]} is the commonest frame{so_far}: {share} of articles"
    return f"None of {len(ranked)} frames{so_far} is clearly the commonest"


def _sentence(note: str) -> str:
    return note[:1].upper() + note[1:].rstrip(".") + "."
