"""The report: one file with the figures inside it, their readings, limits and methods, as a page or a document."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from clipbook.files import OFFICE_EPOCH, with_fixed_times
from clipbook.pages.gallery import FigureEntry, Section, made_from, sections
from clipbook.pages.render import render, visible

PICTURE_INCHES = 6.0


class Report(NamedTuple):
    """What a report says, whether as a page or as a document."""

    title: str
    date: str
    study: Mapping[str, Any]  # question and authors
    chapters: list[tuple[Section, list[tuple[int, FigureEntry]]]]  # the figures are numbered through
    methods: list[tuple[str, str]]  # paragraphs: a title, "" for the first, and the text
    references: Sequence[str]
    provenance: dict[str, Any]

    @property
    def results(self) -> list[tuple[str, str, str]]:
        """Every figure, what was asked, what was found."""
        return [
            (f"Figure {number}", section.title, entry.title)
            for section, figures in self.chapters
            for number, entry in figures
        ]


def report_of(
    provenance: Mapping[str, Any],
    figures_dir: Path,
    *,
    articles: pd.DataFrame | None = None,
    references: Sequence[str] = (),
    title: str = "Report",
    date: str = "",
) -> Report:
    """Put together what a report says of the figures of a folder.

    Parameters
    ----------
    provenance : dict
        As for `gallery.gallery_page`.
    figures_dir : Path
        Where the figures lie; a page takes their SVG files, a document their PNG files.
    articles : DataFrame, optional
        ``status``, ``outlet``, ``published``, ``words``: the corpus that the methods paragraph describes.
    references : sequence of str
        Full references of the methods used, one a line of the bibliography.
    title, date : str
        The report's title, and its date as it is to be printed. Authors and question are those of ``study`` in
        ``provenance``.

    Returns
    -------
    Report
    """
    number = count(1)
    chapters = [
        (section, [(next(number), entry) for entry in section.entries])
        for section in sections(provenance, figures_dir)
    ]
    study = {"authors": [], "question": "", **provenance.get("study", {})}
    told = methods(provenance, articles)
    return Report(title, date, study, chapters, told, references, made_from(provenance))


def report_page(report: Report) -> str:
    """Build a report that can be sent as one file, printed and cited."""
    return render("report.html", **report._asdict(), results=report.results, inlined=_inlined)


def _inlined(entry: FigureEntry) -> str:
    """Give a figure's picture as a ``data:`` address."""
    for ending, kind in (("svg", "image/svg+xml"), ("png", "image/png")):
        path = entry.file(ending)
        if path is not None:
            return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
    return ""


def methods(provenance: Mapping[str, Any], articles: pd.DataFrame | None) -> list[tuple[str, str]]:
    """Say how the figures were made: corpus, versions, and of each measure what was done, with its settings."""
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


def report_document(report: Report) -> bytes:
    """Build the report as ``.docx`` with the figures inside; the same input gives the same bytes."""
    from docx import Document

    document = Document()
    document.core_properties.title = visible(report.title)
    document.core_properties.author = visible(", ".join(map(str, report.study["authors"])))[:255]
    document.core_properties.created = document.core_properties.modified = OFFICE_EPOCH
    document.add_heading(visible(report.title), 0)
    signed = ", ".join(filter(None, [document.core_properties.author, visible(report.date)]))
    for said in filter(None, (signed, report.study["question"])):
        document.add_paragraph(visible(said))
    _add_results(document, report.results)
    for chapter, figures in report.chapters:
        document.add_heading(visible(chapter.title), 1)
        document.add_paragraph(visible(chapter.question))
        if chapter.accuracy:
            _add_labelled(document, "How right it is.", chapter.accuracy)
        for number, entry in figures:
            _add_figure(document, entry, number)
        for name, reason in chapter.nothing:
            _add_labelled(document, f"Not shown, {name}:", reason)
    document.add_heading("Methods", 1)
    for label, text in report.methods:
        _add_labelled(document, label, text)
    if report.references:
        document.add_heading("References", 1)
        for reference in report.references:
            document.add_paragraph(visible(reference))
    stored = io.BytesIO()
    document.save(stored)
    return with_fixed_times(stored.getvalue())


def _add_results(document: Any, rows: Sequence[tuple[str, str, str]]) -> None:
    if not rows:
        return
    document.add_heading("Results", 1)
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for row in (("figure", "asked", "found"), *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = visible(text)


def _add_figure(document: Any, entry: FigureEntry, count: int) -> None:
    from docx.shared import Inches

    document.add_heading(visible(f"Figure {count}. {entry.title}"), 2)
    picture = entry.file("png")
    if picture is None:
        document.add_paragraph("This figure has not been drawn.")
    else:
        shape = document.add_picture(str(picture), width=Inches(PICTURE_INCHES))
        shape._inline.docPr.set("descr", visible(entry.words.get("alt")))
    for label, text in entry.notes():
        _add_labelled(document, f"{label}.", text)


def _add_labelled(document: Any, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    if label:
        paragraph.add_run(visible(label) + " ").bold = True
    paragraph.add_run(visible(text))
