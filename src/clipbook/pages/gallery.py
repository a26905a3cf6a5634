"""The gallery: every figure of the workbook on one page, by question, with its evidence and provenance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from clipbook.pages.figures import FigureEntry, figure_card, figure_entries
from clipbook.pages.html import escape, page, slug, table
from clipbook.pages.links import FOLDER, EvidenceLinks, read_links


def gallery_page(provenance: Mapping[str, Any], figures_dir: Path) -> str:
    """Build ``index.html`` of a figures folder; it opens from disk and loads nothing from elsewhere.

    Parameters
    ----------
    provenance : dict
        ``captures``: list of ``source_file`` and ``sha256``; perhaps ``metadata`` or ``tables``: see
        `provenance.record`; ``versions``: by package; ``notebooks``: by
        name, each with ``title``, ``question``, ``parameters``, optionally ``accuracy``, and ``figures``:
        by name, each with ``title``, ``alt``, ``reading``, ``limits``, ``source``, ``n``.
    figures_dir : Path
        Where each figure lies as ``<notebook>/<name>.svg``, ``.png``, ``.csv`` and perhaps ``.dark.svg``.
        Files that are missing are not linked.

    Returns
    -------
    str
        The page.
    """
    entries = list(figure_entries(provenance, figures_dir))
    links = read_links(figures_dir)
    notebooks = provenance.get("notebooks", {})
    grouped = [(name, list(group)) for name, group in groupby(entries, key=lambda entry: entry.notebook)]
    sections = [_section(name, notebooks[name], group, links) for name, group in grouped]
    return page(
        title="Figures",
        kind="gallery",
        header=_header(grouped, notebooks, links, "tables" in provenance),
        main="".join(sections) + provenance_section(provenance)
        if sections
        else "<p>There are no figures yet. Run the notebooks to draw them.</p>",
    )


def _header(
    grouped: list[tuple[str, list[FigureEntry]]],
    notebooks: Mapping[str, Any],
    links: EvidenceLinks,
    drawn: bool,
) -> str:
    items = "".join(
        f'<li><a href="#{slug(name)}">{escape(_question(name, notebooks[name]))}</a>'
        f' <span class="quiet">{len(group)} {"figure" if len(group) == 1 else "figures"}</span></li>'
        for name, group in grouped
    )
    evidence = (
        f'<li><a href="{FOLDER}/index.html">The evidence: {"articles drawn" if drawn else "every article"}, marked up'
        "</a></li>"
        if links.pages
        else ""
    )
    trace = f"open the data behind a figure and follow a link to {'some of the' if drawn else 'the'} sentences that made it."
    return f'<h1>Figures</h1><p>Every bar can be traced: {trace}</p><nav aria-label="Questions"><ul>{items}{evidence}</ul></nav>'


def _question(name: str, section: Mapping[str, Any]) -> str:
    title = str(section.get("title") or name)
    return title if title.endswith("?") else str(section.get("question") or title)


def _section(name: str, section: Mapping[str, Any], entries: list[FigureEntry], links: EvidenceLinks) -> str:
    place, title = slug(name), escape(section.get("title") or name)
    parts = [f'<section aria-labelledby="{place}"><h2 id="{place}">{title}</h2>']
    if section.get("question"):
        parts.append(f'<p class="question">{escape(section["question"])}</p>')
    if section.get("accuracy"):
        accuracy = escape(section["accuracy"])
        parts.append(f'<p class="accuracy"><strong>How right it is.</strong> {accuracy}</p>')
    parts.extend(figure_card(entry, links) for entry in entries)
    parts.append(_settings(section, name))
    return "".join(parts) + "</section>"


def _settings(section: Mapping[str, Any], name: str) -> str:
    parameters, files = section.get("parameters", {}), section.get("files", {})
    if not parameters and not files:
        return ""
    rows = [(escape(key), f"<code>{escape(repr(parameters[key]))}</code>") for key in sorted(parameters)]
    rows += [(f"<bdi>{escape(file)}</bdi>", f"SHA-256 <code>{escape(files[file])}</code>") for file in files]
    return (
        "<details><summary>Settings of this notebook, and the tables of yours that it read</summary>"
        + table(("setting or table", "value"), rows, caption=f"Settings of {name}")
        + "</details>"
    )


def provenance_section(provenance: Mapping[str, Any]) -> str:
    """List what the figures were made from and with: versions, and every capture with its SHA-256."""
    captures, tables = provenance.get("captures", []), provenance.get("tables")
    number = tables["captures"] if tables else len(captures)
    versions = provenance.get("versions", {})
    packages = [(escape(name), escape(versions[name])) for name in sorted(versions)]
    return (
        '<section aria-labelledby="provenance"><h2 id="provenance">Provenance</h2>'
        f"<p>Made from {'the tables of ' if tables else ''}{number:,} {'capture' if number == 1 else 'captures'}. The same "
        "captures, settings and versions give the same figures, byte for byte.</p>"
        "<details><summary>Versions</summary>"
        + table(("package", "version"), packages, caption="Versions of the packages that made the figures")
        + "</details>"
        + (_tables(tables) if tables else _captures(captures, provenance.get("metadata")))
        + "</section>"
    )


def _captures(captures: Sequence[Mapping[str, Any]], metadata: Mapping[str, Any] | None) -> str:
    known = [{**metadata, "source_file": metadata["file"]}] if metadata else []
    files = [
        (f"<bdi>{escape(row.get('source_file'))}</bdi>", f"<code>{escape(row.get('sha256'))}</code>")
        for row in (*known, *captures)
    ]
    return (
        "<details><summary>Captures</summary>"
        + table(("file", "SHA-256"), files, caption="Captures that the figures were made from")
        + "</details>"
    )


def _tables(tables: Mapping[str, Any]) -> str:
    return (
        "<details><summary>Captures and evidence</summary><p>The captures are listed, each with its SHA-256, in "
        f"<code>{escape(tables['file'])}</code>, whose own SHA-256 is <code>{escape(tables['sha256'])}</code>. The "
        "words behind every number stand beside it, by capture and place: <code>lines</code>, <code>sentences</code>, "
        "<code>quotes</code>, <code>frame_evidence</code>.</p></details>"
    )
