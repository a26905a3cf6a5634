"""Lines over time: one panel with direct labels for up to four series, small multiples for more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from clipbook.charts.figure import Figure as Chart
from clipbook.charts.figure import layout
from clipbook.charts.findings import in_words, joined
from clipbook.charts.forms import figure_inches, new_panels, panel_title
from clipbook.charts.lettering import wrap
from clipbook.charts.scales import Show, date_scale, mark_cut, value_scale
from clipbook.charts.style import BODY, CONTEXT, DASHES, HUES, INK, MARKERS, PAPER, RULE, finish, new_figure
from clipbook.schema import need_columns
from clipbook.stats.periods import name_period

FEW = 31  # periods whose strokes and marks have room


def time_figure(
    table: pd.DataFrame, *, when: str, value: str, series: str, counted: str = "", show: Show = "{:.1f}".format,
    zero: bool = False,
) -> tuple[Figure, Any]:  # fmt: skip
    """Draw a measure over time, a line a series, with upright strokes for intervals.

    A line is broken where a series has nothing: a period without captures is no straight course.

    Parameters
    ----------
    table : DataFrame
        ``when`` (datetime64; rows without a date are left out), ``value`` (number, NaN breaks the line as a missing row does)
        with ``low`` and ``high``, ``series`` (name). One row a series and date.
    when, value, series, counted : str
        The names of those columns; ``counted`` is how many articles, or quotations, a row rests on: a few of them far off do
        not stretch the scale.
    show : callable
        Number to text, for the scale.
    zero : bool
        Whether the scale starts at zero.

    Returns
    -------
    (Figure, Axes or list of Axes)
        For `style.finish`; the series in the order in which they come in the table.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(table, (series, when, value, "low", "high"), made_by="the measure's table function")
    dated = table[table[when].notna()].sort_values(when, kind="stable")
    dated = dated.sort_values(series, key=lambda names: names.map(list(table[series]).index), kind="stable")
    step = _step(dated[when])
    dates = dated[when].repeat(list(dated[counted].astype(int))) if counted else dated[when]
    drawn = [(str(name), _with_gaps(rows, when, step)) for name, rows in dated.groupby(series, sort=False)]
    apart = len(drawn) > (2 if dated[when].nunique() > 1 else len(HUES))
    axes: Any
    if apart:
        fig, axes = _small_panels(len(drawn))
        panels = axes
        for panel, (name, _) in zip(panels, drawn, strict=True):
            for other, others in drawn:
                if other != name:
                    panel.plot(others[when], others[value], color=RULE, lw=0.7, zorder=1)
            panel_title(panel, name, most=2)
    else:
        fig, axes = new_figure(3.1)
        panels = [axes] * len(drawn)
        middle = (len(drawn) - 1) / 2
        drawn = [
            (name, rows.assign(**{when: rows[when] + (place - middle) * step * 0.12}))
            for place, (name, rows) in enumerate(drawn)
        ]
    for place, (panel, (_, rows)) in enumerate(zip(panels, drawn, strict=True)):
        value_scale(panel, *dated[[value, "low", "high"]].to_numpy(float).T, show=show, zero=zero)
        date_scale(panel, dates, most=3 if apart else 7)
        _one_line(panel, rows, when, value, 0 if apart else place)
    if not apart:
        label_ends(axes, drawn, when, value)
    return fig, axes


def time_lines(
    table: pd.DataFrame, *, when: str, value: str, series: str, counted: str, show: Show, form: str, source: str,
    step: str = "", **words: Any,
) -> Chart:  # fmt: skip
    """Draw a measure over time from zero, with its words.

    Parameters
    ----------
    table, when, value, series, counted, show
        As for `time_figure`.
    form : str
        What the figure looks like, for the alt text.
    source, **words
        As for `style.finish`.
    step : str
        What a period is, such as "week"; "" where it is not known.
    """
    fig, axes = time_figure(
        table, when=when, value=value, series=series, counted=counted, show=show, zero=True
    )
    foot = source + per_step(table.groupby(when)[counted].max(), step or "period")
    names = row_names(table[series], table[when], step or "day")
    return finish(fig, axes, source=foot, alt=in_words(form, names, table[value], show, table), **words)


def row_names(names: Iterable[object], starts: Iterable[pd.Timestamp], step: str) -> list[str]:
    """Name each row of a time line for `findings.in_words`: "Ledger, week of 2 March 2026"."""
    return joined(names, [name_period(start, step) for start in starts])


def per_step(counts: pd.Series, what: str) -> str:
    """Say how many articles, or whatever is counted, the steps of a time line rest on; for the foot.

    Parameters
    ----------
    counts : Series
        A number a step.
    what : str
        What a step is, such as "week".
    """
    low, high = int(counts.min()), int(counts.max())
    return f"; {low:,} a {what}" if low == high else f"; {low:,} to {high:,} a {what}"


def _step(days: pd.Series) -> pd.Timedelta:
    """Give the time from one period to the next: a week where all days are Mondays, else the shortest that occurs."""
    known = pd.Series(sorted(set(days)))
    if len(known) < 2 or ((known.dt.day_of_week == 0).all() and not (known.dt.day == 1).all()):
        return pd.Timedelta(days=1 if len(known) < 2 else 7)
    return pd.Timedelta(known.diff().min())


def _with_gaps(rows: pd.DataFrame, when: str, step: pd.Timedelta) -> pd.DataFrame:
    """Put an empty row between periods that lie further apart than one step, so that no line runs across."""
    gaps = rows.loc[rows[when].diff() > step * 1.5, [when]] - step / 2
    return pd.concat([rows, gaps]).sort_values(when, kind="stable") if len(gaps) else rows


def _small_panels(count: int) -> tuple[Figure, list[Axes]]:
    """Open ``count`` small panels with shared scales, four to a row at most."""
    most = layout().abreast + (count > 4 and not layout().narrow)
    lines = -(-count // most)
    columns = -(-count // lines)
    return new_panels(count, columns, lines * (1.25 if columns > 2 and lines > 1 else 1.8) + 0.3)


def label_ends(ax: Axes, lines: Sequence[tuple[str, pd.DataFrame]], when: str, value: str) -> None:
    """Write each line's name at its right end, moved apart where they would overlap."""
    measured = [(name, rows.dropna(subset=[value])) for name, rows in lines]
    ends = [(float(rows[value].iloc[-1]), name, rows[when].iloc[-1]) for name, rows in measured if len(rows)]
    low, high = ax.get_ylim()
    width, height = figure_inches(ax)
    line = (high - low) / ((height - 0.4) * 72) * BODY
    texts = [wrap(name, width * 0.22) for _, name, _ in ends]
    places = _apart([end for end, _, _ in ends], [len(text) * 1.2 * line for text in texts], low, high)
    for (end, _, last), text, place in zip(ends, texts, places, strict=True):
        ax.annotate(
            "\n".join(text), (date2num(last), end), xytext=(1.02, place), textcoords=("axes fraction", "data"),
            va="center", ha="left", size=BODY, color=INK, annotation_clip=False, linespacing=1.0,
            arrowprops={"arrowstyle": "-", "color": CONTEXT, "lw": 0.6, "shrinkA": 1, "shrinkB": 3},
        )  # fmt: skip


def _one_line(ax: Axes, rows: pd.DataFrame, when: str, value: str, index: int) -> None:
    hue, few = HUES[index], len(rows) <= FEW
    ax.vlines(rows[when], rows["low"], rows["high"], color=hue, lw=1.4 if few else 0.9, alpha=0.6)
    mark_cut(ax, date2num(rows[when]), rows["low"], rows["high"], hue, upright=True)
    ax.plot(
        rows[when], rows[value], color=hue, ls=DASHES[index], lw=1.8, zorder=3, marker=MARKERS[index],
        ms=5 if few else 3, mec=PAPER, mew=0.6 if few else 0.3,
    )  # fmt: skip


def _apart(wanted: list[float], heights: list[float], lowest: float, highest: float) -> list[float]:
    """Move label places apart so that none overlaps, as little as can be, keeping their order and within the scale."""
    from scipy.optimize import isotonic_regression

    order = np.argsort(wanted, kind="stable")
    high = np.array(heights)[order]
    below = np.cumsum(high) - high / 2  # of each label's middle, where all stand upon one another
    free = isotonic_regression(np.array(wanted)[order] - below).x
    places = np.empty(len(wanted))
    places[order] = np.maximum(np.minimum(free, highest - high.sum()), lowest) + below
    return places.tolist()
