"""The report: one file with the figures inside it, their readings and limits, and how they were made."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.pages.figures import FigureEntry, figure_entries
from clipbook.pages.gallery import provenance_section
from clipbook.pages.html import escape, page


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
    notebooks = provenance.get("notebooks", {})
    parts: list[str] = []
    seen = ""
    for count, entry in enumerate(figure_entries(provenance, figures_dir), 1):
        if entry.notebook != seen:
            seen = entry.notebook
            parts.append(_chapter(notebooks[seen], seen))
        parts.append(_figure(entry, count))
    listed = "".join(f"<li>{escape(reference)}</li>" for reference in references)
    bibliography = f"<section><h2>References</h2><ul>{listed}</ul></section>" if listed else ""
    made = "".join(
        f"<p>{f'<strong>{escape(label)}</strong> ' if label else ''}{escape(text)}</p>"
        for label, text in methods(provenance, articles)
    )
    return page(
        title=title,
        kind="report",
        header=f"<h1>{escape(title)}</h1>",
        main="".join(parts)
        + f"<section><h2>Methods</h2>{made}</section>"
        + bibliography
        + provenance_section(provenance),
    )


def _chapter(section: Mapping[str, Any], name: str) -> str:
    question = f'<p class="question">{escape(section["question"])}</p>' if section.get("question") else ""
    return f"<h2>{escape(section.get('title') or name)}</h2>{question}"


def _figure(entry: FigureEntry, count: int) -> str:
    words = entry.words
    title = f'Figure {count}. <span class="narrow">{escape(words.get("title") or entry.name)}</span>'
    texts = "".join(f"<p><strong>{label}.</strong> {escape(text)}</p>" for label, text in entry.notes())
    return (
        f'<article class="figure" id="{entry.anchor}"><h3>{title}</h3>'
        f"<figure>{_inlined(entry, count)}</figure>{texts}</article>"
    )


def _inlined(entry: FigureEntry, count: int) -> str:
    for ending, kind in (("svg", "image/svg+xml"), ("png", "image/png")):
        path = entry.file(ending)
        if path is not None:
            data = base64.b64encode(path.read_bytes()).decode("ascii")
            return (
                f'<div class="picture light" role="region" aria-label="Figure {count}" tabindex="0">'
                f'<img src="data:{kind};base64,{data}" alt="{escape(entry.words.get("alt"))}"></div>'
            )
    return '<p class="quiet">This figure has not been drawn.</p>'


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
    return [
        ("", " ".join(said)),
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
