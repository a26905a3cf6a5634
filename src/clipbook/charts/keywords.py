"""Figures of keywords: one article, the ranked terms of outlets, what sets a group apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from clipbook.charts.findings import percent
from clipbook.charts.forms import bars, rows_height
from clipbook.charts.lettering import plain
from clipbook.charts.style import (
    BLUE,
    BODY,
    CONTEXT,
    GRID,
    INK,
    PAPER,
    QUIET,
    RULE,
    empty_figure,
    finish,
    new_figure,
)
from clipbook.tables import need_columns

MOST_GROUPS = 6
_WIDEST = 3.0  # log-odds up to which every interval is drawn in full
SIDE = 10  # terms on each side of a comparison
DIFFERENT = 0.05  # false discovery rate below which two groups are said to differ


def article_chart(keywords: pd.DataFrame, *, name: str, source: str) -> tuple[Figure, Any]:
    """Draw the keywords of one article, best first, with how often each occurs.

    Parameters
    ----------
    keywords : DataFrame
        ``rank``, ``keyword``, ``count``: the article's rows of ``keywords.keyword_table``.
    name : str
        What the article is called.
    source : str
        For the foot.
    """
    need_columns(keywords, ["rank", "keyword", "count"], made_by="keywords.keyword_table")
    if keywords.empty:
        return empty_figure("The article has no English text to take keywords from.", source=source)
    rows = keywords.sort_values("rank")
    best = _listed(rows["keyword"].head(3))
    fig, ax = new_figure(rows_height(len(rows)))
    bars(ax, list(rows["keyword"]), list(rows["count"]), show="{:.0f}".format)
    return finish(
        fig, ax, title=f"{name}: {best}", source=source,
        subtitle="Keywords, best first; bars: occurrences in headline and text, all forms of the keyword",
    )  # fmt: skip


def ranked_chart(ranked: pd.DataFrame, *, source: str) -> tuple[Figure, Any]:
    """Draw the most frequent keywords of each group in a panel of its own, for up to six groups.

    Parameters
    ----------
    ranked : DataFrame
        ``group``, ``rank``, ``keyword``, ``share``, ``low``, ``high``, ``of``, as made by
        ``keywords.group_keywords``.
    source : str
        For the foot.
    """
    columns = ["group", "rank", "keyword", "share", "low", "high", "of"]
    need_columns(ranked, columns, made_by="keywords.group_keywords")
    if ranked.empty:
        return empty_figure("No article with an outlet has keywords.", source=source)
    sizes = ranked.groupby("group")["of"].first().sort_values(ascending=False, kind="stable")
    names = list(sizes.index[:MOST_GROUPS])
    across = min(2, len(names))
    lines = -(-len(names) // across)
    most = int(ranked["rank"].max())
    fig, grid = new_figure(lines * (rows_height(most) + 0.15), panels=(lines, across))
    panels = list(np.atleast_1d(grid).ravel())
    scale = min(1.0, float(ranked.loc[ranked["group"].isin(names), "high"].max()) * 1.1)
    for panel in panels[len(names) :]:
        panel.remove()
    for panel, name in zip(panels, names, strict=False):
        rows = ranked[ranked["group"] == name].sort_values("rank")
        bars(
            panel, list(rows["keyword"]), list(rows["share"]), lows=list(rows["low"]),
            highs=list(rows["high"]), labels=[percent(share) for share in rows["share"]],
            limit=scale,
        )  # fmt: skip
        panel.set_title(f"{plain(name)} (n = {sizes[name]})", loc="left", size=BODY, weight="bold", color=INK)
    first = ranked[(ranked["rank"] == 1) & ranked["group"].isin(names)].set_index("group")
    tops = first.loc[names, "keyword"]
    alike = tops.str.casefold().nunique() == 1 and len(names) > 1
    each = "; ".join(f"{name}: {keyword}" for name, keyword in tops.head(3).items())
    title = f"All write most about {tops.iloc[0]}" if alike else f"Most frequent keyword of {each}"
    return finish(
        fig, grid, title=title, source=source, interval="95 % Wilson interval",
        subtitle="Share of the articles of an outlet that have the term among their ten keywords",
    )  # fmt: skip


def keyness_chart(keyness: pd.DataFrame, *, group: str, source: str, kind: str = "") -> tuple[Figure, Any]:
    """Draw the terms that set a group apart on either side of a line, a row and a label for each.

    Parameters
    ----------
    keyness : DataFrame
        ``term``, ``kind``, ``group``, ``against``, ``log_odds``, ``low``, ``high``, ``z``, ``q``, as made by
        ``keywords.keyness_table``.
    group : str
        The group to show.
    source : str
        For the foot.
    kind : {"", "theme", "name"}
        Themes or names only; "" shows both.
    """
    columns = ["term", "kind", "group", "against", "log_odds", "low", "high", "z", "q"]
    need_columns(keyness, columns, made_by="keywords.keyness_table")
    rows = keyness[(keyness["group"] == group) & (not kind or keyness["kind"] == kind)]
    if rows.empty:
        reason = "A comparison needs two groups and a term that five of their articles hold."
        return empty_figure(reason, title="No groups to compare", source=source)
    other = str(rows["against"].iloc[0])
    above = _distinct(rows[rows["z"] > 0].sort_values(["q", "z"], ascending=[True, False]))
    below = _distinct(rows[rows["z"] < 0].sort_values(["q", "z"]))
    shown = pd.concat([above, below]).sort_values("log_odds", ascending=False, kind="stable")
    fig, ax = new_figure(rows_height(len(shown)) * 0.8 + 0.2)
    _two_sided(ax, shown)
    for x, align, text in ((0.0, "left", f"← more in {other}"), (1.0, "right", f"more in {group} →")):
        ax.annotate(
            plain(text), (x, 1), xycoords="axes fraction", xytext=(0, 3), textcoords="offset points",
            ha=align, va="bottom", size=BODY, color=QUIET, weight="bold", parse_math=False,
        )  # fmt: skip
    what = {"theme": "themes", "name": "names"}.get(kind, "terms")
    return finish(
        fig, ax, title=_difference(rows, group, other, what), source=source,
        subtitle=(
            f"Log-odds of using a term, {what} that differ most; filled: different at a false discovery "
            f"rate of {DIFFERENT:.0%}; hollow: not; grey: names"
        ),
        interval="95 % interval over articles, before correction for many terms",
    )  # fmt: skip


def _distinct(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the first rows whose terms are not part of a term before them, nor hold one."""
    kept: list[int] = []
    seen: list[str] = []
    for place, term in enumerate(rows["term"].str.casefold()):
        words = f" {term} "
        if not any(words in other or other in words for other in seen):
            kept.append(place)
            seen.append(words)
        if len(kept) == SIDE:
            break
    return rows.iloc[kept]


def _two_sided(ax: Any, shown: pd.DataFrame) -> None:
    odds = shown["log_odds"].to_numpy()
    most = max(np.abs(odds).max(), _WIDEST)
    low, high = (shown[name].clip(-most, most).to_numpy() for name in ("low", "high"))
    span = np.nanmax(np.abs([odds, low, high])) * 1.05
    rows = np.arange(len(shown))
    names = (shown["kind"] == "name").to_numpy()
    different = (shown["q"] < DIFFERENT).to_numpy()
    for chosen, colour in ((~names, BLUE), (names, CONTEXT)):
        ax.hlines(rows[chosen], low[chosen], high[chosen], color=colour, lw=1.4, zorder=2)
        for here, fill in ((chosen & different, colour), (chosen & ~different, PAPER)):
            ax.plot(odds[here], rows[here], "o", ms=6.5, color=fill, mec=colour, mew=1.4, zorder=3)
    ax.axvline(0, color=RULE, lw=1, zorder=1)
    ax.hlines(range(len(shown)), 0, 1, transform=ax.get_yaxis_transform(), color=GRID, lw=0.6, zorder=0)
    ax.set_yticks(range(len(shown)), [plain(term) for term in shown["term"]], parse_math=False)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_xlim(-span, span)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.locator_params(axis="x", nbins=6)


def _difference(rows: pd.DataFrame, group: str, other: str, what: str) -> str:
    """State which terms differ after correction, or that none does."""
    tested = int(rows["q"].notna().sum())
    if not tested:
        return f"Too few articles to say what sets {group} apart from {other}"
    found = rows[rows["q"] < DIFFERENT]
    if found.empty:
        return f"No clear difference between {group} and {other} in {tested} {what}"
    more = _distinct(found[found["z"] > 0].sort_values("z", ascending=False))["term"].head(3)
    less = _distinct(found[found["z"] < 0].sort_values("z"))["term"].head(3)
    if more.empty:
        return f"{group} uses {_listed(less)} less than {other}: {len(found)} of {tested} {what} differ"
    return f"{group} uses {_listed(more)} more than {other}: {len(found)} of {tested} {what} differ"


def _listed(names: Sequence[str] | pd.Series) -> str:
    quoted = [f"“{name}”" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
