"""Figures of keywords: what groups write about, what sets one apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from clipbook.charts.figure import Figure, chart
from clipbook.charts.findings import in_words, joined, percent
from clipbook.charts.forms import with_n
from clipbook.charts.groups import Chosen, choose_groups, nothing
from clipbook.charts.lettering import brief, called
from clipbook.charts.panels import MOST_COLUMNS, bar_table
from clipbook.charts.style import finish, nothing_to_show
from clipbook.keywords.keyness import THE_REST
from clipbook.stats.differences import FEWEST
from clipbook.stats.intervals import wilson

MOST_SHARED = 10  # keywords that have a row
PLACES = ("first", "second", "third")
SIDE = 7  # terms on each side of a comparison
PARTS = ("half", "a third", "a quarter", "a fifth", "a sixth", "a seventh", "an eighth", "a ninth", "a tenth")
DIFFERENT = 0.05  # false discovery rate below which two groups are said to differ


@chart
def ranked_chart(ranked: pd.DataFrame, *, source: str, kind: str = "outlets") -> Figure:
    """Draw the keywords that groups share, a column a group; where they share few, each group's own first three.

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
    by_group = ranked.groupby("group")
    chosen = choose_groups(by_group["of"].first(), score=by_group["share"].max())
    recurring = ranked[
        ranked["group"].isin(chosen.shown) & (ranked["of"] >= FEWEST) & (ranked["articles"] > 1)
    ]
    shown = [group for group in chosen.shown if (recurring["group"] == group).any()]
    if not shown or (len(shown) == 1 and len(chosen.shown + chosen.pooled) > 1):
        return nothing_to_show(
            f"{'One' if shown else 'None'} of the {kind} has three articles, two of them with the same keyword."
        )
    sizes = by_group["of"].first()
    chosen = Chosen(shown, [group for group in sizes.index if group not in shown])
    where = recurring.groupby("keyword").agg(groups=("group", "nunique"), share=("share", "sum"))
    ordered = where.sort_values("share", ascending=False, kind="stable")
    shared = ordered[ordered["groups"] > 1].head(MOST_SHARED)
    if len(shown) <= MOST_COLUMNS and (len(shared) > 2 or len(shown) == 1):
        rows = list(shared.index if len(shown) > 1 else ordered.index[:MOST_SHARED])
        told, empty = ranked[ranked["group"].isin(shown) & ranked["keyword"].isin(rows)], ""
        cells = told.assign(row=told["keyword"], column=told["group"].map(called))
        notes = [_articles(sizes[group]) for group in shown]
        fig, ax = bar_table(cells, rows, [called(group) for group in shown], notes=notes)
        if len(told) < len(rows) * len(shown):
            empty = f"; empty: not among the {ranked['rank'].max()} most frequent there"
    else:
        told, empty = _own_first(recurring, shown), ""
        fig, ax = bar_table(told, with_n(shown, sizes[shown]), PLACES)
    return finish(
        fig, ax, title=_leading(recurring, shown, kind), source=source, interval="95% interval as a pale band",
        subtitle=f"Share of articles that have the term among their ten keywords, for terms of two articles or more{empty}"
        + chosen.said(kind),
        data=ranked,
        alt=in_words(
            "A table of bars with intervals", joined(told["keyword"], told["group"]), told["share"], percent, told
        ),
    )  # fmt: skip


def _own_first(recurring: pd.DataFrame, shown: list[Any]) -> pd.DataFrame:
    """Give the first three keywords of each group, as cells of a table."""
    order = recurring.sort_values(["share", "rank"], ascending=[False, True], kind="stable")
    place = order.groupby("group").cumcount()
    first = order[place < len(PLACES)].assign(place=place)
    first = first.sort_values("group", key=lambda names: names.map(shown.index), kind="stable")
    return first.assign(
        row=with_n(first["group"], first["of"]),
        column=first["place"].map(dict(enumerate(PLACES))),
        label=joined(first["keyword"], first["share"].map(percent)),
    )


def _articles(count: int) -> str:
    return f"{count:,} article{'s' * int(count != 1)}"


def _leading(recurring: pd.DataFrame, shown: list[Any], kind: str) -> str:
    """Say which keywords lead in how many groups; keywords of as many articles lead together."""
    tops = {
        group: list(rows.loc[rows["articles"] == rows["articles"].max(), "keyword"])
        for group, rows in recurring.groupby("group")
    }
    if len(shown) == 1:
        return f"{brief(shown[0])} writes most often about {_listed(tops[shown[0]][:3])}"
    leads = pd.Series([keyword for keywords in tops.values() for keyword in keywords]).value_counts()
    strength = recurring.groupby("keyword")["share"].sum()
    table = pd.DataFrame({"leads": leads, "share": strength.reindex(leads.index)})
    best = table[table["leads"] > 1].sort_values(["leads", "share"], ascending=False, kind="stable").head(3)
    if best.empty:
        return f"No keyword leads in two of {len(shown)} {kind}"
    (first, count), *others = best["leads"].items()
    more = "".join(f", “{keyword}” in {number}" for keyword, number in others)
    return f"“{first}” is the most frequent keyword in {count} of {len(shown)} {kind}{more}"


@chart
def keyness_chart(
    keyness: pd.DataFrame, *, group: str, groups: pd.Series, source: str, kind: str = ""
) -> Figure:
    """Draw in how many articles of a group, and of the others, stand the terms that set it apart.

    Parameters
    ----------
    keyness : DataFrame
        ``term``, ``kind``, ``group``, ``against``, ``rate``, ``rate_against``, ``articles``, ``articles_against``, ``z``,
        ``q``, as made by ``keywords.keyness_table``.
    group : str
        The group to show.
    groups : Series
        The group of each article compared, "" where it is not known: how many articles stand on either side.
    source : str
        For the foot.
    kind : {"", "theme", "name"}
        Themes or names only; "" shows both.
    """
    rows = keyness[(keyness["group"] == group) & (not kind or keyness["kind"] == kind)]
    what = {"theme": "themes", "name": "names"}.get(kind, "terms")
    if not rows["q"].notna().any():
        return nothing("keywords.keyness_chart", "few", what=what)
    other = str(rows["against"].iloc[0])
    known = groups[groups.astype(str).str.strip() != ""].astype(str)
    sides = (known == group, known != group if other == THE_REST else known == other)
    sizes = [int(side.sum()) for side in sides]
    above = _distinct(rows[rows["z"] > 0].sort_values(["q", "z"], ascending=[True, False]))
    below = _distinct(rows[rows["z"] < 0].sort_values(["q", "z"]))
    shown = pd.concat([above, below.iloc[::-1]])
    heads = [called(group), called(other), "how often per word"]
    fig, ax = bar_table(
        _cells(shown, heads, sizes), list(shown["term"]), heads, notes=[*map(_articles, sizes), ""],
        muted=list(shown.loc[~(shown["q"] < DIFFERENT), "term"]),
    )  # fmt: skip
    effects = [f"{row['term']}, {_effect(row, sizes)}" for row in shown.to_dict("records")]
    return finish(
        fig, ax, title=_difference(rows, sizes, group, other, what), source=source,
        subtitle=f"Articles that hold a term, for the {what} that differ most; blue: a clear difference; hollow: may be "
        "chance",
        interval="95% interval as a pale band", data=rows,
        alt=f"A table of bars, a row for each of {len(shown)} {what}: {'; '.join(effects)}.",
        reading="The number of articles says how widely a term is used, the last column how often; a term is tested by article "
        f"and corrected for the number of terms: at most {DIFFERENT:.0%} of the blue rows are chance.",
    )  # fmt: skip


def _cells(shown: pd.DataFrame, heads: Sequence[str], sizes: Sequence[int]) -> pd.DataFrame:
    """Give a cell for each term and side: articles of all, with the interval; and one that says how often."""
    parts = []
    for head, column, of in zip(heads, ("articles", "articles_against"), sizes, strict=False):
        share, low, high = wilson(shown[column].to_numpy(float), np.full(len(shown), float(max(of, 1))))
        cells = {"row": shown["term"], "column": head, "share": share, "low": low, "high": high}
        parts.append(pd.DataFrame(cells).assign(label=[f"{count:,} of {of:,}" for count in shown[column]]))
    times = [_times(here, there) for here, there in zip(shown["rate"], shown["rate_against"], strict=True)]
    parts.append(pd.DataFrame({"row": shown["term"], "column": heads[2], "share": 0.0, "label": times}))
    return pd.concat(parts, ignore_index=True)


def _times(here: float, there: float) -> str:
    """Say how many times as often a term is used here as there, by its rates."""
    if not there:
        return "only here"
    if not here:
        return "never"
    ratio = here / there
    if ratio < 0.67:
        part = round(1 / ratio)
        return f"{PARTS[part - 2]} as often" if part < len(PARTS) + 2 else "less than a tenth as often"
    return f"{ratio:.0f} times as often" if round(ratio, 1) >= 2 else f"{ratio:.1f} times as often"


def _effect(row: Mapping[Any, Any], sizes: Sequence[int]) -> str:
    """Give the size of a difference in words: how often, and in how many articles on either side."""
    counts = (
        f"{row['articles']:,} of {_articles(sizes[0])} against {row['articles_against']:,} of {sizes[1]:,}"
    )
    return f"{_times(row['rate'], row['rate_against'])}, {counts}"


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


def _difference(rows: pd.DataFrame, sizes: Sequence[int], group: str, other: str, what: str) -> str:
    """State the surest difference after correction, or that there is none."""
    tested = int(rows["q"].notna().sum())
    found = rows[rows["q"] < DIFFERENT]
    if found.empty:
        return f"No clear difference between {brief(group)} and {brief(other)} in {tested:,} {what}"
    more = found[found["z"] > 0].sort_values(["q", "z"], ascending=[True, False])
    [best] = (more if len(more) else found.sort_values(["q", "z"])).head(1).to_dict("records")
    here = f"“{best['term']}” in {brief(group)}, against {brief(other)}: {_effect(best, sizes)}"
    return f"{here}; {len(found):,} of {tested:,} {what} differ"


def _listed(names: Sequence[str] | pd.Series) -> str:
    quoted = [f"“{name}”" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
