"""The report: one file with the figures inside it, their readings and limits, and how they were made."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from itertools import groupby
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
    title : str
        The report's title.

    Returns
    -------
    str
    """
    return render(
        "report.html",
        title=title,
        language="en",
        chapters=chapters(provenance, figures_dir),
        methods=methods(provenance, articles),
        references=references,
        provenance=made_from(provenance),
    )


def chapters(provenance: Mapping[str, Any], figures_dir: Path) -> list[dict[str, Any]]:
    """Give the figures by notebook, numbered through, each with its picture as a ``data:`` address."""
    notebooks = provenance.get("notebooks", {})
    numbered = enumerate(figure_entries(provenance, figures_dir), 1)
    return [
        {
            "title": notebooks[name].get("title") or name,
            "question": notebooks[name].get("question", ""),
            "nothing": sorted(notebooks[name].get("nothing", {}).items()),
            "figures": [{"count": count, "entry": entry, "source": _inlined(entry)} for count, entry in own],
        }
        for name, own in groupby(numbered, key=lambda pair: pair[1].notebook)
    ]


def _inlined(entry: FigureEntry) -> str:
    for ending, kind in (("svg", "image/svg+xml"), ("png", "image/png")):
        path = entry.file(ending)
        if path is not None:
            return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
    return ""


def methods(provenance: Mapping[str, Any], articles: pd.DataFrame | None) -> list[tuple[str, str]]:
    """Say how the figures were made: corpus, versions, and how right each measure is.

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
        *((str(own.get("title") or name), own["accuracy"]) for name, own in notebooks if own.get("accuracy")),
    ]


def _corpus(articles: pd.DataFrame) -> str:
    counts = articles["status"].value_counts()
    status = ", ".join(f"{counts[kind]:,} {kind}" for kind in sorted(counts.index))
    outlets = articles.loc[articles["outlet"] != "", "outlet"].nunique()
    dates = articles["published"].dropna()
    span = (
        f", published from {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d} ({len(dates):,} with a date)"
        if len(dates)
        else ", none with a date"
    )
    words = int(articles["words"].sum())
    return (
        f"The corpus holds {len(articles):,} captures ({status}) of {outlets:,} outlets{span}, "
        f"{words:,} words in all. Comparisons leave duplicates, failed and thin captures out."
    )
