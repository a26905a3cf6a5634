"""The gallery: every figure of the workbook on one page, by question, with its evidence and provenance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clipbook.pages.figures import FigureEntry, figure_entries
from clipbook.pages.links import EXPLORE, FOLDER, EvidenceLinks, read_links
from clipbook.pages.render import asset, html, isolated, render, slug
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
    links = read_links(figures_dir)
    study = {"title": "", "question": "", "authors": [], **provenance.get("study", {})}
    return render(
        "gallery.html",
        title=study["title"] or "Figures",
        study=study,
        script=asset("gallery.js"),
        sections=_sections(provenance, figures_dir, links),
        evidence=f"{FOLDER}/index.html" if links.pages else "",
        explore=EXPLORE if (figures_dir / EXPLORE).is_file() else "",
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
    return render("figures.md", sections=_sections(provenance, figures_dir, EvidenceLinks()))


def _sections(provenance: Mapping[str, Any], figures_dir: Path, links: EvidenceLinks) -> list[dict[str, Any]]:
    notebooks = provenance.get("notebooks", {})
    entries = list(figure_entries(provenance, figures_dir))
    return [
        _section(name, notebooks[name], [entry for entry in entries if entry.notebook == name], links)
        for name in sorted(notebooks)
        if notebooks[name].get("figures") or notebooks[name].get("nothing")
    ]


def _section(
    name: str, section: Mapping[str, Any], entries: list[FigureEntry], links: EvidenceLinks
) -> dict[str, Any]:
    title = str(section.get("title") or name)
    parameters, files = section.get("parameters", {}), section.get("files", {})
    settings = [(key, html("<code>{}</code>", repr(parameters[key]))) for key in sorted(parameters)]
    settings += [(isolated(file), html("SHA-256 <code>{}</code>", digest)) for file, digest in files.items()]
    return {
        "name": name,
        "place": slug(name),
        "title": title,
        "question": section.get("question", ""),
        "asks": title if title.endswith("?") else section.get("question") or title,
        "accuracy": section.get("accuracy", ""),
        "settings": settings,
        "cards": [_card(entry, links) for entry in entries],
        "nothing": sorted(section.get("nothing", {}).items()),
    }


def _card(entry: FigureEntry, links: EvidenceLinks) -> dict[str, Any]:
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
        (isolated(row.get("source_file")), html("<code>{}</code>", row.get("sha256")))
        for row in (*known, *captures)
    ]
    count = tables["captures"] if tables else len(captures)
    return {"count": count, "versions": provenance.get("versions", {}), "tables": tables, "files": files}
