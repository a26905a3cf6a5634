"""Figures of keywords: one article, the ranked terms of outlets, what sets a group apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from clipbook.charts.alt import in_words
from clipbook.charts.figure import Figure
from clipbook.charts.findings import percent
from clipbook.charts.forms import bars, largest_of, name_inches, rows_height
from clipbook.charts.lettering import brief, plain, text_width, wrap
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
from clipbook.charts.timeline import panel_title
from clipbook.schema import need_columns

MOST_GROUPS = 6
_WIDEST = 3.0  # log-odds up to which every interval is drawn in full
SIDE = 10  # terms on each side of a comparison
DIFFERENT = 0.05  # false discovery rate below which two groups are said to differ


def article_chart(keywords: pd.DataFrame, *, name: str, source: str) -> Figure:
    """Draw the keywords of one article, best first, with how often each occurs.

    Parameters
    ----------
    keywords : DataFrame
        ``rank``, ``keyword``, ``count``: the article's rows of ``keywords.keyword_table``.
    name : str
        What the article is called; "" where it has no headline.
    source : str
        For the foot.
    """
    need_columns(keywords, ["rank", "keyword", "count"], made_by="keywords.keyword_table")
    if keywords.empty:
        reason = "The article has no English text to take keywords from."
        return empty_figure(reason, source=source, data=keywords)
    rows = keywords.sort_values("rank")
    best = _listed(rows["keyword"].head(3))
    fig, ax = new_figure(rows_height(len(rows)))
    ranked = [f"{rank}. {keyword}" for rank, keyword in zip(rows["rank"], rows["keyword"], strict=True)]
    bars(ax, ranked, list(rows["count"]), show="{:.0f}".format)
    return finish(
        fig, ax, title=f"The article's first keywords are {best}", source=source,
        subtitle=f"{name or 'An article without headline'}: keywords by rank; bars: how often each stands in "
        "headline and text, in all its forms",
        data=keywords, alt=in_words("Bars, a row a keyword, best first", rows["keyword"], rows["count"], "{:.0f} times".format),
    )  # fmt: skip


def ranked_chart(ranked: pd.DataFrame, *, source: str, kind: str = "outlets") -> Figure:
    """Draw the most frequent keywords of each group in a panel of its own, for up to six groups.

    Parameters
    ----------
    ranked : DataFrame
        ``group``, ``rank``, ``keyword``, ``articles``, ``of``, ``share``, ``low``, ``high``, as made by
        ``keywords.group_keywords``.
    source : str
        For the foot.
    kind : str
        What the groups are, in the plural.
    """
    columns = ["group", "rank", "keyword", "articles", "of", "share", "low", "high"]
    need_columns(ranked, columns, made_by="keywords.group_keywords")
    if ranked.empty:
        return empty_figure(f"No article of one of the {kind} has keywords.", source=source, data=ranked)
    sizes = ranked.groupby("group")["of"].first().sort_values(ascending=False, kind="stable")
    names = list(sizes.index[:MOST_GROUPS])
    across = min(2, len(names))
    lines = -(-len(names) // across)
    shown = {name: _recurring(ranked[ranked["group"] == name].sort_values("rank")) for name in names}
    most = max(len(rows) for rows in shown.values())
    fig, grid = new_figure(lines * (most * 0.27 + 0.6), panels=(lines, across))
    panels = list(np.atleast_1d(grid).ravel())
    scale = min(1.0, max(float(rows["high"].max()) for rows in shown.values()) * 1.1)
    for panel in panels[len(names) :]:
        panel.remove()
    widest = max(text_width(plain(word)) for rows in shown.values() for word in rows["keyword"]) / 72
    widest = min(widest, name_inches(panels[0]))
    for panel, (name, rows) in zip(panels, shown.items(), strict=False):
        bars(
            panel, list(rows["keyword"]), list(rows["share"]), lows=list(rows["low"]),
            highs=list(rows["high"]), labels=[percent(share) for share in rows["share"]],
            limit=scale,
        )  # fmt: skip
        panel.set_ylim(most - 0.4, -0.6)
        panel_title(panel, f"{name} (n = {sizes[name]:,})", names=widest)
    left_out = largest_of(min(len(sizes), MOST_GROUPS), len(sizes), kind)
    told = pd.concat(list(shown.values()))
    named = [f"{keyword}, {group}" for keyword, group in zip(told["keyword"], told["group"], strict=True)]
    return finish(
        fig, grid, title=_leading(shown, kind), source=source, interval="95% Wilson interval",
        subtitle="Share of a group's articles that have the term among their ten keywords, for terms of two "
        f"articles or more where there are any{left_out}",
        data=ranked,
        alt=in_words(
            "Bars with intervals, a panel a group, a row a keyword", named, told["share"], percent, lows=told["low"],
            highs=told["high"],
        ),
    )  # fmt: skip


def _recurring(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out keywords of a single article, where there are others."""
    held = rows[rows["articles"] > 1]
    return held if len(held) else rows.head(3)


def _leading(shown: dict[str, pd.DataFrame], kind: str) -> str:
    """Say which keywords lead in how many groups; keywords of as many articles lead together."""
    tops = {
        name: list(rows.loc[rows["articles"] == rows["articles"].max(), "keyword"])
        for name, rows in shown.items()
    }
    if len(tops) == 1:
        return f"{next(iter(tops))} writes most often about {_listed(next(iter(tops.values()))[:3])}"
    leads = pd.Series([keyword for keywords in tops.values() for keyword in keywords]).value_counts(
        sort=False
    )
    best = leads.sort_values(ascending=False, kind="stable").head(3)
    if all(rows["articles"].max() == 1 for rows in shown.values()):
        return f"No keyword comes back in the articles of {len(tops)} {kind}"
    if best.iloc[0] == 1:
        return f"No keyword leads in two of {len(tops)} {kind}"
    where = [f"“{keyword}” in {count} of {len(tops)}" for keyword, count in best.items() if count > 1]
    return f"Leading keywords that {kind} share: {', '.join(where)}"


def keyness_chart(keyness: pd.DataFrame, *, group: str, source: str, kind: str = "") -> Figure:
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
        return empty_figure(reason, title="No groups to compare", source=source, data=rows)
    other = str(rows["against"].iloc[0])
    above = _distinct(rows[rows["z"] > 0].sort_values(["q", "z"], ascending=[True, False]))
    below = _distinct(rows[rows["z"] < 0].sort_values(["q", "z"]))
    shown = pd.concat([above, below]).sort_values("log_odds", ascending=False, kind="stable")
    fig, ax = new_figure(rows_height(len(shown)) * 0.8 + 0.2)
    cut = _two_sided(ax, shown)
    ax.set_xlabel("log-odds")
    for x, align, before, text, after in (
        (0.0, "left", "← ", f"more in {other}", ""),
        (1.0, "right", "", f"more in {group}", " →"),
    ):
        named = before + wrap(text, 2.4, weight="bold", most=1)[0] + after
        ax.annotate(
            named, (x, 1), xycoords="axes fraction", xytext=(0, 3), textcoords="offset points",
            ha=align, va="bottom", size=BODY, color=QUIET, weight="bold", parse_math=False,
        )  # fmt: skip
    what = {"theme": "themes", "name": "names"}.get(kind, "terms")
    return finish(
        fig, ax, title=_difference(rows, group, other, what), source=source,
        subtitle=(
            f"Log-odds of using a term, {what} that differ most; filled: different at a false discovery "
            f"rate of {DIFFERENT:.0%}; hollow: not{'' if kind else '; grey: names'}"
            + ("; an arrow: the interval goes on" if cut else "")
        ),
        interval="95% interval over articles, before correction for many terms", data=rows,
        alt=in_words(
            f"Dots with intervals, left and right of no difference, a row for each of {len(shown)} {what}", shown["term"],
            shown["log_odds"], "log-odds {:.1f}".format, lows=shown["low"], highs=shown["high"],
        ),
        reading="Filled dots differ at a false discovery rate of 5%; hollow dots may be chance.",
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


def _two_sided(ax: Any, shown: pd.DataFrame) -> bool:
    """Draw the rows; tell whether an interval reaches past the scale."""
    odds = shown["log_odds"].to_numpy()
    most = max(np.abs(odds).max() * 1.15, _WIDEST)
    low, high = (shown[name].clip(-most, most).to_numpy() for name in ("low", "high"))
    span = np.nanmax(np.abs([odds, low, high])) * 1.05
    rows = np.arange(len(shown))
    beyond = {"<": (shown["low"] < -most).to_numpy(), ">": (shown["high"] > most).to_numpy()}
    names = (shown["kind"] == "name").to_numpy()
    different = (shown["q"] < DIFFERENT).to_numpy()
    for chosen, colour in ((~names, BLUE), (names, CONTEXT)):
        ax.hlines(rows[chosen], low[chosen], high[chosen], color=colour, lw=1.4, zorder=2)
        for here, fill in ((chosen & different, colour), (chosen & ~different, PAPER)):
            ax.plot(odds[here], rows[here], "o", ms=6.5, color=fill, mec=colour, mew=1.4, zorder=3)
        for shape, past in beyond.items():
            here = chosen & past
            ax.plot(np.where(shape == "<", low, high)[here], rows[here], shape, ms=5, color=colour, zorder=2)
    ax.axvline(0, color=RULE, lw=1, zorder=1)
    ax.hlines(range(len(shown)), 0, 1, transform=ax.get_yaxis_transform(), color=GRID, lw=0.6, zorder=0)
    ax.set_yticks(range(len(shown)), [plain(term) for term in shown["term"]], parse_math=False)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_xlim(-span, span)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.locator_params(axis="x", nbins=6)
    return bool(beyond["<"].any() or beyond[">"].any())


def _difference(rows: pd.DataFrame, group: str, other: str, what: str) -> str:
    """State which terms differ after correction, or that none does."""
    tested = int(rows["q"].notna().sum())
    group, other = brief(group), brief(other)
    if not tested:
        return f"Too few articles to say what sets {group} apart from {other}"
    found = rows[rows["q"] < DIFFERENT]
    if found.empty:
        return f"No clear difference between {group} and {other} in {tested:,} {what}"
    more = _distinct(found[found["z"] > 0].sort_values("z", ascending=False))["term"].head(3)
    less = _distinct(found[found["z"] < 0].sort_values("z"))["term"].head(3)
    if more.empty:
        return f"{group} uses {_listed(less)} less than {other}: {len(found):,} of {tested:,} {what} differ"
    return f"{group} uses {_listed(more)} more than {other}: {len(found):,} of {tested:,} {what} differ"


def _listed(names: Sequence[str] | pd.Series) -> str:
    quoted = [f"“{name}”" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
