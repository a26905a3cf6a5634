"""The report as a word processor's document, for those who go on writing in it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.files import OFFICE_EPOCH, with_fixed_times
from clipbook.pages.figures import FigureEntry
from clipbook.pages.render import visible
from clipbook.pages.report import chapters, methods, results

PICTURE_INCHES = 6.0


def report_document(
    provenance: Mapping[str, Any],
    figures_dir: Path,
    *,
    articles: pd.DataFrame | None = None,
    references: Sequence[str] = (),
    title: str = "Report",
    date: str = "",
) -> bytes:
    """Build the report as ``.docx`` with the figures inside; the same input gives the same bytes.

    Parameters
    ----------
    provenance, figures_dir, articles, references, title, date
        As for `report.report_page`; of a figure's files the PNG goes into the document.

    Returns
    -------
    bytes
    """
    from docx import Document

    document = Document()
    document.core_properties.title = visible(title)
    study = provenance.get("study", {})
    document.core_properties.author = visible(", ".join(map(str, study.get("authors", []))))[:255]
    document.core_properties.created = document.core_properties.modified = OFFICE_EPOCH
    document.add_heading(visible(title), 0)
    signed = ", ".join(filter(None, [document.core_properties.author, visible(date)]))
    for said in filter(None, (signed, study.get("question"))):
        document.add_paragraph(visible(said))
    parts = chapters(provenance, figures_dir)
    _add_results(document, results(parts))
    for chapter in parts:
        document.add_heading(visible(chapter["title"]), 1)
        document.add_paragraph(visible(chapter["question"]))
        if chapter["accuracy"]:
            _add_labelled(document, "How right it is.", chapter["accuracy"])
        for figure in chapter["figures"]:
            _add_figure(document, figure["entry"], figure["count"])
        for name, reason in chapter["nothing"]:
            _add_labelled(document, f"Not shown, {name}:", reason)
    document.add_heading("Methods", 1)
    for label, text in methods(provenance, articles):
        _add_labelled(document, label, text)
    if references:
        document.add_heading("References", 1)
        for reference in references:
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
