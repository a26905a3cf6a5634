"""Figures of what was read: captures over time, what was kept, and one page line by line."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from clipbook.article.roles import ROLE_NAMES
from clipbook.charts.figure import Figure, chart
from clipbook.charts.findings import in_words, percent
from clipbook.charts.forms import (  # fmt: skip
    ROW,
    bars,
    beside_row,
    dots,
    figure_inches,
    key,
    name_rows,
    rows_height,
    with_n,
)
from clipbook.charts.groups import Chosen, choose_groups, nothing, pool, too_few
from clipbook.charts.lettering import brief, is_unknown
from clipbook.charts.scales import MONTHS, date_scale
from clipbook.charts.style import BLUE, BODY, CONTEXT, GRID, PAPER, QUIET, finish, new_figure
from clipbook.stats.differences import FEWEST
from clipbook.text.words import count_words

MOST_ROLES = 12
_SMALLEST = 16  # square points of a dot that can still be seen
_DRAWN = 0.7  # of a figure's width, what names and numbers leave to the dots
_READABLE = 0.6  # of their area: dots scaled down further hold no number


@chart
def time_chart(counts: pd.DataFrame, *, source: str, kind: str = "outlets") -> Figure:
    """Draw a row of dots a group over time, each as large as its captures are many.

    Parameters
    ----------
    counts : DataFrame
        ``group``, ``start`` (NaT for undated captures), ``step``, ``captures``, as made by
        ``corpus.captures_over_time``.
    source : str
        For the foot.
    kind : str
        What the groups are, in the plural.
    """
    total, dated = int(counts["captures"].sum()), counts[counts["start"].notna()]
    if dated.empty:
        return nothing("corpus.time_chart", "undated")
    everyone = sum(not is_unknown(group) for group in counts["group"].unique())
    sizes = counts.groupby("group")["captures"].sum()
    chosen = choose_groups(sizes, score=counts.groupby("group")["start"].min().rank(ascending=False))
    if not chosen.shown:
        chosen = choose_groups(sizes, measured=sizes > 0)
    shown = _summed(counts, chosen, kind)
    groups = list(dict.fromkeys(shown["group"]))
    fig, ax = new_figure(rows_height(len(groups)) + 0.25)
    date_scale(ax, dated["start"].repeat(list(dated["captures"])))
    name_rows(ax, groups, bare=True)
    for row, group in enumerate(groups):
        own = shown[shown["group"] == group]
        undated = int(own.loc[own["start"].isna(), "captures"].sum())
        beside_row(
            ax, row, f"n = {int(own['captures'].sum()):,}" + (f", {undated:,} undated" if undated else "")
        )
    scale = _room(ax, shown[shown["start"].notna()])
    for row, group in enumerate(groups):
        _row_of_dots(ax, row, shown[(shown["group"] == group) & shown["start"].notna()], scale)
    step, totals = counts["step"].iloc[0], shown.groupby("group", sort=False)["captures"].sum()
    undated = total - int(dated["captures"].sum())
    outlets = f" of {_many(everyone, kind.removesuffix('s'))}" if everyone else ""
    period = _period(dated["start"].min(), dated["start"].max(), step)
    title = f"{_many(total, 'capture')}{outlets}, {period}"
    return finish(
        fig, ax, source=source, title=title + (f"; {undated:,} without a date" if undated else ""),
        subtitle=f"Captures by {step} of publication; a larger dot is more captures"
        + (", with their number in it" if scale >= _READABLE else "") + chosen.said(kind, "in one row"),
        data=counts, alt=in_words(f"Dots over time, a row for each of {len(groups)}", totals.index, totals, "{:,.0f}".format),
        reading=f"Gaps are {step}s without a capture, not {step}s without a story.",
    )  # fmt: skip


@chart
def role_chart(roles: pd.DataFrame, *, source: str) -> Figure:
    """Draw the share of the captured words that each part of the page holds, the kept ones in blue.

    Parameters
    ----------
    roles : DataFrame
        ``role``, ``kept``, ``words``, ``share``, as made by ``corpus.words_by_role``.
    source : str
        For the foot.
    """
    if roles.empty:
        return nothing("corpus.role_chart", "unread")
    roles = roles.assign(part=[ROLE_NAMES.get(role, role) for role in roles["role"]])
    kept, left_out = roles[roles["kept"]], roles[~roles["kept"]]
    title = f"{percent(kept['share'].sum())} of the captured words are the story"
    if len(left_out):
        top, share = left_out["part"].iloc[0], percent(left_out["share"].iloc[0])
        title += f", {share} are {top}"
    drawn = _largest_roles(roles)
    fig, ax = new_figure(rows_height(len(drawn)))
    labels = [f"{row.share:.1%}, {row.words:,} words" for row in drawn.itertuples()]
    bars(ax, list(drawn["part"]), list(drawn["share"]), labels, highlight=list(drawn["kept"]))
    return finish(
        fig, ax, title=title, source=source,
        subtitle="Share of all captured words by the part of the page that they stand in; blue: the article's text",
        data=roles, alt=in_words("Bars, a row a part of the page, kept ones first", drawn["part"], drawn["share"], percent),
    )  # fmt: skip


@chart
def kept_chart(shares: pd.DataFrame, *, source: str, kind: str = "outlets") -> Figure:
    """Draw the mean share of a page's words that were kept, by group, with its interval.

    Parameters
    ----------
    shares : DataFrame
        ``group``, ``captures``, ``share``, ``low``, ``high``, as made by ``corpus.kept_by_group``.
    source : str
        For the foot.
    kind : str
        What the groups are, in the plural.
    """
    if shares.empty:
        return nothing("corpus.kept_chart", "unread")
    if shares["captures"].sum() < FEWEST:
        return nothing("corpus.kept_chart", "few")
    by_group = shares.set_index("group")
    chosen = choose_groups(by_group["captures"], score=by_group["share"])
    if not chosen.shown:
        return too_few(kind)
    drawn = pool(shares, chosen, "share", kind, by="captures")
    own = drawn["group"].isin(chosen.shown)
    drawn = pd.concat([drawn[own].sort_values("share", ascending=False, kind="stable"), drawn[~own]])
    groups, middle = list(drawn["group"]), list(drawn["share"])
    title, last = f"{percent(middle[0])} of the words of a page are kept", len(chosen.shown) - 1
    if percent(middle[0]) != percent(middle[last]):
        title += f" in {brief(groups[0])}, {percent(middle[last])} in {brief(groups[last])}"
    elif last:
        title += f" in each of {len(chosen.shown)} {kind}"
    fig, ax = new_figure(rows_height(len(drawn)))
    shown = [group in chosen.shown for group in groups]
    dots(ax, with_n(groups, drawn["captures"]), middle, drawn, show=percent, highlight=shown)
    interval = "95% interval over captures" if shares["low"].notna().any() else ""
    return finish(
        fig, ax, title=title, source=source, interval=interval,
        subtitle=f"Mean share of a page's words that belong to the story{chosen.said(kind, 'in one row')}",
        data=shares, alt=in_words("Dots with intervals, a row a group", groups, middle, percent, drawn),

    )  # fmt: skip


@chart
def page_chart(lines: pd.DataFrame, *, name: str, source: str) -> Figure:
    """Draw one capture from its first line to its last: where the story stands on the page.

    Parameters
    ----------
    lines : DataFrame
        One capture's ``line``, ``kept``, ``text``.
    name : str
        What the capture is called.
    source : str
        For the foot.
    """
    words = lines["text"].map(count_words).to_numpy(dtype=int)
    place, kept = lines["line"].to_numpy(), lines["kept"].to_numpy(dtype=bool)
    if not words.sum():
        return nothing("corpus.page_chart", "unread")
    fig, ax = new_figure(2.2)
    for chosen, colour, label in ((kept, BLUE, "kept"), (~kept & (words > 0), CONTEXT, "left out")):
        ax.vlines(
            place[chosen], 0, words[chosen], color=colour, lw=max(0.4, min(4, 330 / len(place))), label=label
        )
    ax.set_xlim(0, place.max() + 1)
    ax.set_ylim(0, words.max() * 1.05)
    ax.tick_params(axis="y", length=0, labelcolor=QUIET)
    ax.grid(axis="y", color=GRID, lw=0.8)
    ax.spines["left"].set_visible(False)
    ax.locator_params(axis="y", nbins=4, integer=True)
    ax.locator_params(axis="x", integer=True)
    ax.set_xlabel("line of the captured page")
    ax.set_ylabel("words in it")
    key(ax)
    share = f"{words[kept].sum():,} of {words.sum():,} words kept"
    where = "was not found"
    if kept.any():
        where = f"stands in lines {place[kept].min():,} to {place[kept].max():,} of {place.max():,}"
    return finish(
        fig, ax, title=f"The story {where}: {share}", source=source,
        subtitle=f"{name}: words in each line of the page as it was captured",
        data=lines, alt=in_words("Upright bars, one a line", [f"line {line}" for line in place], words, "{:.0f} words".format),
    )  # fmt: skip


def _area(counts: np.ndarray) -> np.ndarray:
    """Give the area of each dot in square points, where there is room for it."""
    area: np.ndarray = np.where(counts > 1, 64, 42) * counts**0.7
    return area


def _room(ax: Axes, dated: pd.DataFrame) -> float:
    """Give the part of their area that dots may have: none is higher than its row, none overlaps the next."""
    across = _area(dated["captures"].to_numpy(float)) ** 0.5
    ordered = dated.assign(across=across).sort_values(["group", "start"], kind="stable")
    before = ordered.groupby("group")[["start", "across"]].shift()
    low, high = ax.get_xlim()
    apart = (ordered["start"] - before["start"]).dt.days * _DRAWN * figure_inches(ax)[0] * 72 / (high - low)
    touching = (ordered["across"] + before["across"]) / 2
    return float(min(1.0, ROW * 72 / across.max(), *(apart / touching).dropna()) ** 2)


def _row_of_dots(ax: Axes, row: int, own: pd.DataFrame, scale: float) -> None:
    """Draw a group's dots, with the number of captures in each of several where it can be read."""
    area = np.maximum(_area(own["captures"].to_numpy(float)) * scale, _SMALLEST)
    ax.scatter(own["start"], np.full(len(own), row), s=area, color=BLUE, ec=PAPER, lw=0.8, zorder=3)
    for start, count in zip(own["start"], own["captures"], strict=True):
        if count > 1 and scale >= _READABLE:
            ax.text(
                start, row, f"{count}", ha="center", va="center_baseline", size=BODY - 1.5, weight="bold",
                color=PAPER, zorder=4, clip_on=True,
            )  # fmt: skip


def _summed(counts: pd.DataFrame, chosen: Chosen, kind: str) -> pd.DataFrame:
    """Put the groups in the order of their rows, with those that have none of their own in the last."""
    order = [*chosen.shown, chosen.pooled_name(kind)]
    own = counts["group"].isin(chosen.shown)
    named = counts.assign(group=counts["group"].where(own, order[-1]))
    sums = named.groupby(["group", "start", "step"], dropna=False, as_index=False).agg({"captures": "sum"})
    return sums.sort_values("group", key=lambda names: names.map(order.index), kind="stable")


def _largest_roles(roles: pd.DataFrame) -> pd.DataFrame:
    """Sum up the roles left out beyond the largest."""
    if len(roles) <= MOST_ROLES:
        return roles
    rest = roles.iloc[MOST_ROLES - 1 :]
    summed = {"part": f"{len(rest)} other parts", "kept": False}
    sums = {name: rest[name].sum() for name in ("words", "share")}
    return pd.concat([roles.iloc[: MOST_ROLES - 1], pd.DataFrame([summed | sums])], ignore_index=True)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def _period(first: pd.Timestamp, last: pd.Timestamp, step: str) -> str:
    """Name the first and the last day, week, month or year."""
    if step == "year":
        ends = [str(first.year), str(last.year)]
    elif step == "month":
        ends = [f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
    else:
        ends = [f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
        if first.year == last.year:
            ends[0] = ends[0].removesuffix(f" {first.year}")
    week = "week of " if step == "week" else ""
    return f"{week}{ends[1]}" if first == last else f"{week}{ends[0]} to {week}{ends[1]}"
