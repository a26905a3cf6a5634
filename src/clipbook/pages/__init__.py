"""Pages for a browser: the gallery of figures, the evidence behind them, the report, the capture audit."""

from __future__ import annotations

from clipbook.pages.check import check_page
from clipbook.pages.clip import clip_page
from clipbook.pages.document import report_document
from clipbook.pages.evidence import EvidenceTables, Figures, evidence_pages, evidence_record
from clipbook.pages.explore import explore_page
from clipbook.pages.figures import plotted_data
from clipbook.pages.gallery import ROWS_SHOWN, figures_index, gallery_page
from clipbook.pages.layers import VOICED, occurrences
from clipbook.pages.links import EXPLORE, EvidenceLinks, evidence_link, read_links
from clipbook.pages.passages import NAMES, notebook_passages, sections_of
from clipbook.pages.render import slug
from clipbook.pages.report import report_page
from clipbook.pages.sheet import notebook_table

__all__ = [
    "EXPLORE",
    "NAMES",
    "ROWS_SHOWN",
    "VOICED",
    "EvidenceLinks",
    "EvidenceTables",
    "Figures",
    "check_page",
    "clip_page",
    "evidence_link",
    "evidence_pages",
    "evidence_record",
    "explore_page",
    "figures_index",
    "gallery_page",
    "notebook_passages",
    "notebook_table",
    "occurrences",
    "plotted_data",
    "read_links",
    "report_document",
    "report_page",
    "sections_of",
    "slug",
]
