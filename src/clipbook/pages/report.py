"""The report: one file with the figures inside it, their readings and limits, and how they were made."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.pages.figures import FigureEntry, figure_entries
from clipbook.pages.gallery import made_from
from clipbook.pages.render import render


def report_page(
    provenance: Mapping[str, Any],
    figures_dir: Path,
    *,
    articles: pd.DataFrame | None = None,
    references: Sequence[str] = (),
    title: str = "Report",
    date: str = "",
) -> str:
    """Build a report that can be sent as one file, printed and cited.

    Parameters
    ----------
    provenance : dict
        As for `gallery.gallery_page`.
    figures_dir : Path
        Where the figures lie; their SVG files go into the page.
    articles : DataFrame, optional
        ``status``, ``outlet``, ``published``, ``words``: the corpus that the methods paragraph describes.
    references : sequence of str
        Full references of the methods used, one a line of the bibliography.
    title, date : str
        The report's title, and its date as it is to be printed. Authors and question are those of ``study`` in
        ``provenance``.

    Returns
    -------
    str
    """
    parts = chapters(provenance, figures_dir)
    return render(
        "report.html",
        title=title,
        chapters=parts,
        results=results(parts),
        study={"authors": [], "question": "", **provenance.get("study", {})},
        date=date,
        methods=methods(provenance, articles),
        references=references,
        provenance=made_from(provenance),
    )


def chapters(provenance: Mapping[str, Any], figures_dir: Path) -> list[dict[str, Any]]:
    """Give the figures by notebook, numbered through, each with its picture as a ``data:`` address."""
    numbered = list(enumerate(figure_entries(provenance, figures_dir), 1))
    return [
        {
            "title": own.get("title") or name,
            "question": own.get("question", ""),
            "accuracy": own.get("accuracy", ""),
            "nothing": sorted(own.get("nothing", {}).items()),
            "figures": [
                {"count": count, "entry": entry, "source": _inlined(entry)}
                for count, entry in numbered
                if entry.notebook == name
            ],
        }
        for name, own in sorted(provenance.get("notebooks", {}).items())
        if own.get("figures") or own.get("nothing")
    ]


def results(parts: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Give the results of a report's chapters in rows: figure, what was asked, what was found."""
    return [
        (f"Figure {figure['count']}", str(part["title"]), figure["entry"].title)
        for part in parts
        for figure in part["figures"]
    ]


def _inlined(entry: FigureEntry) -> str:
    for ending, kind in (("svg", "image/svg+xml"), ("png", "image/png")):
        path = entry.file(ending)
        if path is not None:
            return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
    return ""


def methods(provenance: Mapping[str, Any], articles: pd.DataFrame | None) -> list[tuple[str, str]]:
    """Say how the figures were made: corpus, versions, and of each measure what was done, with its settings.

    Parameters
    ----------
    provenance, articles
        As for `report_page`.

    Returns
    -------
    list of (str, str)
        Paragraphs: a title, "" for the first, and the text.
    """
    captures = provenance.get("captures", [])
    said = [_corpus(articles) if articles is not None else f"The corpus holds {len(captures):,} captures."]
    versions = provenance.get("versions", {})
    if versions:
        named = ", ".join(f"{name} {versions[name]}" for name in sorted(versions))
        said.append(f"The figures were made with {named}.")
    notebooks = sorted(provenance.get("notebooks", {}).items())
    statement = provenance.get("statement", [])
    return [
        ("", " ".join(said)),
        *([("What was stated beforehand", " ".join(statement))] if statement else []),
        *((str(own.get("title") or name), _done(own)) for name, own in notebooks if _done(own)),
    ]


def _done(section: Mapping[str, Any]) -> str:
    told = "; ".join(
        f"{name} {value}"
        for name, value in sorted(section.get("parameters", {}).items())
        if value != "" and name not in ("captures", "figures")
    )
    return " ".join(filter(None, [section.get("method", ""), told and f"Settings: {told}."]))


def _corpus(articles: pd.DataFrame) -> str:
    counts = articles["status"].value_counts()
    status = ", ".join(f"{counts[kind]:,} {kind}" for kind in sorted(counts.index))
    outlets = articles.loc[articles["outlet"] != "", "outlet"].nunique()
    dates = articles["published"].dropna()
    span, words = ", none with a date", int(articles["words"].sum())
    if len(dates):
        span = (
            f", published from {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d} ({len(dates):,} with a date)"
        )
    return (
        f"The corpus holds {len(articles):,} captures ({status}) of {outlets:,} outlets{span}, "
        f"{words:,} words in all. Comparisons leave duplicates, failed and thin captures out."
    )
