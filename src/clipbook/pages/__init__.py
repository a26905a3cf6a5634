"""Pages for a browser: the gallery of figures, the evidence behind them, the report, the capture audit."""

from __future__ import annotations

from clipbook.pages.document import report_document
from clipbook.pages.evidence import EvidenceTables, Figures, evidence_pages, evidence_record
from clipbook.pages.figures import ROWS_SHOWN, plotted_data
from clipbook.pages.gallery import gallery_page
from clipbook.pages.html import escape, outward, page, slug, table
from clipbook.pages.layers import VOICED, occurrences
from clipbook.pages.links import EvidenceLinks, evidence_link, read_links
from clipbook.pages.report import report_page
from clipbook.pages.sheet import notebook_table

__all__ = [
    "ROWS_SHOWN",
    "VOICED",
    "EvidenceLinks",
    "EvidenceTables",
    "Figures",
    "escape",
    "evidence_link",
    "evidence_pages",
    "evidence_record",
    "gallery_page",
    "notebook_table",
    "occurrences",
    "outward",
    "page",
    "plotted_data",
    "read_links",
    "report_document",
    "report_page",
    "slug",
    "table",
]
