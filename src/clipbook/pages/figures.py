"""The figures of a folder with their words, their files and the data that they plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.files import read_csv
from clipbook.pages.render import local, slug

DOWNLOADS = {
    "svg": "SVG, for the web", "png": "PNG, for slides", "180mm.pdf": "PDF, 180 mm wide",
    "85mm.pdf": "PDF, 85 mm wide", "csv": "CSV, the plotted data", "tests.csv": "CSV, the comparisons",
}  # fmt: skip
NOTES = (
    ("Out of date", "stale"), ("Reading", "reading"), ("Limits", "limits"), ("Source", "source"), ("n", "n"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One saved figure."""

    notebook: str
    name: str
    words: Mapping[str, Any]  # title, alt, reading, limits, source, n
    folder: Path

    @property
    def title(self) -> str:
        """The finding, or the name where there is none."""
        return str(self.words.get("title") or self.name)

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

    def picture(self) -> str:
        """Give the link to the drawing, SVG before PNG, or "" when there is none."""
        return next((self.address(kind) for kind in ("svg", "png") if self.file(kind)), "")

    def downloads(self) -> list[tuple[str, str]]:
        """Give the links to the files that are there, and what each is for."""
        return [(self.address(ending), label) for ending, label in DOWNLOADS.items() if self.file(ending)]

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
            yield FigureEntry(notebook, name, {"alt": "", **words}, folder)


def plotted_data(provenance: Mapping[str, Any], folder: Path) -> dict[str, tuple[str, pd.DataFrame]]:
    """Read what every figure plots, by its place on the gallery: its title and its data."""
    return {
        entry.anchor: (entry.title, data)
        for entry in figure_entries(provenance, folder)
        if (data := entry.data()) is not None
    }
