"""Pages for a browser: the gallery of figures, the evidence behind them, the report, the capture audit."""

from __future__ import annotations

from clipbook.pages.document import report_document
from clipbook.pages.evidence import EvidenceTables, evidence_pages
from clipbook.pages.figures import plotted_data
from clipbook.pages.gallery import gallery_page
from clipbook.pages.html import escape, outward, page, slug, table
from clipbook.pages.links import evidence_link
from clipbook.pages.report import report_page

__all__ = [
    "EvidenceTables",
    "escape",
    "evidence_link",
    "evidence_pages",
    "gallery_page",
    "outward",
    "page",
    "plotted_data",
    "report_document",
    "report_page",
    "slug",
    "table",
]
