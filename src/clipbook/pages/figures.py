"""The figures of a folder with their words, their files and the data that they plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.files import read_csv
from clipbook.pages.html import escape, local, slug, table
from clipbook.pages.links import EvidenceLinks
from clipbook.pages.sheet import lay_out

DOWNLOADS = {
    "svg": "SVG, for print",
    "png": "PNG, for slides",
    "csv": "CSV, the plotted data",
    "tests.csv": "CSV, the comparisons",
}
NOTES = (
    ("Out of date", "stale"),
    ("Reading", "reading"),
    ("Limits", "limits"),
    ("Source", "source"),
    ("n", "n"),
)
ROWS_SHOWN = 60
SWIPE = '<p class="quiet swipe">The figure is wider than this screen: swipe it, or turn the phone.</p>'


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One saved figure."""

    notebook: str
    name: str
    words: Mapping[str, Any]  # title, alt, reading, limits, source, n
    folder: Path

    @property
    def anchor(self) -> str:
        """The figure's place on the gallery."""
        return slug(f"{self.notebook}/{self.name}")

    def notes(self) -> list[tuple[str, str]]:
        """Give the figure's reading, limits, source and n, those that it has, with their labels."""
        return [
            (label, str(self.words[key])) for label, key in NOTES if self.words.get(key) not in (None, "")
        ]

    def file(self, ending: str) -> Path | None:
        """Give one of the figure's files, or None when it is not there."""
        path = self.folder / self.notebook / f"{self.name}.{ending}"
        inside = path.resolve().is_relative_to(self.folder.resolve())
        return path if inside and path.is_file() else None

    def address(self, ending: str) -> str:
        """Give the relative link to one of the figure's files."""
        return local(f"{self.notebook}/{self.name}.{ending}")

    def data(self) -> pd.DataFrame | None:
        """Read the plotted data with its text as captured, or None when there is no file."""
        path = self.file("csv")
        if path is None:
            return None
        try:
            return read_csv(path, dtype=str, keep_default_na=False)
        except pd.errors.EmptyDataError:
            return None


def figure_entries(provenance: Mapping[str, Any], folder: Path) -> Iterator[FigureEntry]:
    """List the figures of a provenance record, by notebook and in the order in which they were entered.

    Parameters
    ----------
    provenance : dict
        ``notebooks``: by name, each with ``figures``: by name, each with its words.
    folder : Path
        The figures folder.

    Yields
    ------
    FigureEntry
    """
    for notebook, section in sorted(provenance.get("notebooks", {}).items()):
        for name, words in section.get("figures", {}).items():
            yield FigureEntry(notebook, name, words, folder)


def plotted_data(provenance: Mapping[str, Any], folder: Path) -> dict[str, tuple[str, pd.DataFrame]]:
    """Read what every figure plots, by its place on the gallery: its title and its data."""
    return {
        entry.anchor: (str(entry.words.get("title") or entry.name), data)
        for entry in figure_entries(provenance, folder)
        if (data := entry.data()) is not None
    }


def figure_card(entry: FigureEntry, links: EvidenceLinks) -> str:
    """Show a figure with its words, its downloads and its plotted data, each row with its evidence."""
    words = entry.words
    title = escape(words.get("title") or entry.name)
    listed = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in entry.notes())
    return (
        f'<article class="figure" id="{entry.anchor}"><h3 class="narrow">{title}</h3>'
        f"<figure>{_picture(entry)}{SWIPE}</figure>"
        f'<dl class="labels">{listed}</dl>{_downloads(entry)}'
        "<details><summary>What the figure shows, in words</summary>"
        f"<p>{escape(words.get('alt'))}</p></details>"
        f"{_plotted(entry, links)}</article>"
    )


def _picture(entry: FigureEntry) -> str:
    ending = next((kind for kind in ("svg", "png") if entry.file(kind)), None)
    if ending is None:
        return '<p class="quiet">This figure has not been drawn.</p>'
    image = f'<img src="{entry.address(ending)}" alt="{escape(entry.words.get("alt"))}">'
    title = escape(entry.words.get("title") or entry.name)
    label = f'role="region" aria-label="Figure: {title}" tabindex="0"'
    if entry.file("dark.svg") is None:
        return f'<div class="picture light" {label}>{image}</div>'
    dark = 'media="screen and (prefers-color-scheme: dark)"'
    source = f'<source {dark} srcset="{entry.address("dark.svg")}">'
    return f'<div class="picture" {label}><picture>{source}{image}</picture></div>'


def _downloads(entry: FigureEntry) -> str:
    about = escape(entry.words.get("title") or entry.name)
    found = [
        f'<a href="{entry.address(ending)}" download aria-label="{label}: {about}">{label}</a>'
        for ending, label in DOWNLOADS.items()
        if entry.file(ending)
    ]
    return f'<p class="downloads">{" ".join(found)}</p>' if found else ""


def _plotted(entry: FigureEntry, links: EvidenceLinks) -> str:
    data = entry.data()
    if data is None or data.empty:
        return ""
    shown = data.head(ROWS_SHOWN)
    sheet = lay_out(shown, links)
    total = f"{len(data):,} rows" if len(data) != 1 else "1 row"
    if len(data) > len(shown):
        total += f", the first {len(shown)} shown; the CSV has all"
    linked = any("<a " in cell for row in sheet.rows for cell in row)
    caption = (
        f"Plotted data of “{entry.words.get('title') or entry.name}” ({total})."
        + " Links lead to the sentences behind a row." * linked
    )
    built = table(sheet.head, sheet.rows, caption=caption, numeric=sheet.numeric)
    return f"<details><summary>The data behind it, with the evidence</summary>{built}</details>"
