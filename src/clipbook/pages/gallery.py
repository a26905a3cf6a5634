"""The figures of a folder with their words, files and plotted data; and the gallery that shows them, by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from clipbook.files import read_csv
from clipbook.pages import render as page
from clipbook.pages.sheet import lay_out

ROWS_SHOWN = 60


def gallery_page(provenance: Mapping[str, Any], figures_dir: Path) -> str:
    """Build ``index.html`` of a figures folder; it opens from disk and loads nothing from elsewhere.

    Parameters
    ----------
    provenance : dict
        ``captures``: list of ``source_file`` and ``sha256``; perhaps ``metadata`` or ``tables``: see
        `provenance.record`; ``versions``: by package; ``notebooks``: by
        name, each with ``title``, ``question``, ``parameters``, optionally ``accuracy``, and ``figures``:
        by name, each with ``title``, ``alt``, ``reading``, ``limits``, ``source``, ``n``, and ``spots`` as `charts.figure.find_spots`
        finds them; perhaps ``study``: ``title``, ``question``, ``authors``.
    figures_dir : Path
        Where each figure lies as ``<notebook>/<name>.svg``, ``.png``, ``.csv`` and perhaps ``.dark.svg``.
        Files that are missing are not linked.

    Returns
    -------
    str
        The page.
    """
    links = page.read_links(figures_dir)
    shown = [
        (section, [_card(entry, links) for entry in section.entries])
        for section in sections(provenance, figures_dir)
    ]
    study = {"title": "", "question": "", "authors": [], **provenance.get("study", {})}
    return page.render(
        "gallery.html",
        title=study["title"] or "Figures",
        study=study,
        script=page.asset("gallery.js"),
        sections=shown,
        evidence=f"{page.FOLDER}/index.html" if links.pages else "",
        explore=page.EXPLORE if (figures_dir / page.EXPLORE).is_file() else "",
        provenance=made_from(provenance),
    )


def figures_index(provenance: Mapping[str, Any], figures_dir: Path) -> str:
    """Build ``README.md`` of a figures folder, which a code host shows: pictures, findings, links to data.

    Parameters
    ----------
    provenance, figures_dir
        As for `gallery_page`.

    Returns
    -------
    str
        Markdown; it names PNG and CSV files only.
    """
    return page.render("figures.md", sections=sections(provenance, figures_dir))


def _card(entry: FigureEntry, links: page.EvidenceLinks) -> dict[str, Any]:
    """Give a figure with its plotted data, each row with its evidence."""
    data = entry.data()
    if data is None or data.empty:
        return {"entry": entry, "sheet": None, "spots": []}
    shown = data.head(ROWS_SHOWN)
    sheet = lay_out(shown, links)
    total = f"{len(data):,} rows" if len(data) != 1 else "1 row"
    if len(data) > len(shown):
        total += f", the first {len(shown)} shown; the CSV has all"
    linked = any("<a " in cell for row in sheet.rows for cell in row)
    caption = f"Plotted data of “{entry.title}” ({total})."
    return {
        "entry": entry,
        "sheet": sheet,
        "spots": [spot for spot in entry.words.get("spots", []) if spot[0] < len(shown)],
        "caption": caption + " Links lead to the sentences behind a row." * linked,
    }


def made_from(provenance: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the figures were made from and with: versions, and every capture with its SHA-256.

    Parameters
    ----------
    provenance : dict
        As for `gallery_page`.

    Returns
    -------
    dict
        ``count`` of the captures, ``versions``, ``tables`` (None where captures were read) and ``files``: rows of
        name and SHA-256.
    """
    captures, tables = provenance.get("captures", []), provenance.get("tables")
    metadata = provenance.get("metadata")
    known = [{**metadata, "source_file": metadata["file"]}] if metadata else []
    files = [
        (page.isolated(row.get("source_file")), page.html("<code>{}</code>", row.get("sha256")))
        for row in (*known, *captures)
    ]
    count = tables["captures"] if tables else len(captures)
    return {"count": count, "versions": provenance.get("versions", {}), "tables": tables, "files": files}


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
        return page.slug(f"{self.notebook}/{self.name}")

    def notes(self) -> list[tuple[str, str]]:
        """Give the figure's reading, limits, source and n, those that it has, with their labels."""
        return [
            (label, str(self.words[key]))
            for key, label in page.WORDS["notes"].items()
            if self.words.get(key) not in (None, "")
        ]

    def file(self, ending: str) -> Path | None:
        """Give one of the figure's files, or None when it is not there."""
        path = self.folder / self.notebook / f"{self.name}.{ending}"
        inside = path.resolve().is_relative_to(self.folder.resolve())
        return path if inside and path.is_file() else None

    def address(self, ending: str) -> str:
        """Give the relative link to one of the figure's files."""
        return page.local(f"{self.notebook}/{self.name}.{ending}")

    def picture(self) -> str:
        """Give the link to the drawing, SVG before PNG, or "" when there is none."""
        return next((self.address(kind) for kind in ("svg", "png") if self.file(kind)), "")

    def downloads(self) -> list[tuple[str, str]]:
        """Give the links to the files that are there, and what each is for."""
        return [
            (self.address(ending), label)
            for ending, label in page.WORDS["downloads"].items()
            if self.file(ending)
        ]

    def data(self) -> pd.DataFrame | None:
        """Read the plotted data with its text as captured, or None when there is no file."""
        path = self.file("csv")
        if path is None:
            return None
        try:
            return read_csv(path, dtype=str, keep_default_na=False)
        except pd.errors.EmptyDataError:
            return None


class Section(NamedTuple):
    """What pages say of a notebook that has a figure, or says why it has none."""

    name: str
    title: str
    question: str
    accuracy: str
    nothing: list[tuple[str, str]]  # figures that there are not, and why
    settings: list[tuple[object, object]]  # with the researcher's own tables by hash
    entries: list[FigureEntry]

    @property
    def place(self) -> str:
        """The notebook's place on the gallery."""
        return page.slug(self.name)

    @property
    def asks(self) -> str:
        """The question, in the title or below it."""
        return self.title if self.title.endswith("?") else self.question or self.title


def sections(provenance: Mapping[str, Any], folder: Path) -> Iterator[Section]:
    """Give the notebooks of a provenance record in their order, each with its figures as they were entered."""
    for name, own in sorted(provenance.get("notebooks", {}).items()):
        figures, nothing = own.get("figures", {}), own.get("nothing", {})
        if not figures and not nothing:
            continue
        given, files = sorted(own.get("parameters", {}).items()), own.get("files", {}).items()
        settings: list[tuple[object, object]] = [
            *((key, page.html("<code>{}</code>", repr(value))) for key, value in given),
            *((page.isolated(file), page.html("SHA-256 <code>{}</code>", digest)) for file, digest in files),
        ]
        title, question, accuracy = (own.get(key, "") for key in ("title", "question", "accuracy"))
        entries = [
            FigureEntry(name, figure, {"alt": "", **words}, folder) for figure, words in figures.items()
        ]
        yield Section(
            name, str(title or name), question, accuracy, sorted(nothing.items()), settings, entries
        )


def plotted_data(provenance: Mapping[str, Any], folder: Path) -> dict[str, tuple[str, pd.DataFrame]]:
    """Read what every figure plots, by its place on the gallery: its title and its data."""
    return {
        entry.anchor: (entry.title, data)
        for section in sections(provenance, folder)
        for entry in section.entries
        if (data := entry.data()) is not None
    }
