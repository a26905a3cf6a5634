"""Pages for a browser: the gallery of figures, the evidence behind them, the report, the capture audit."""

from __future__ import annotations

from clipbook.pages.check import check_page
from clipbook.pages.evidence import EvidenceTables, Figures, evidence_pages, evidence_record
from clipbook.pages.explore import explore_page
from clipbook.pages.gallery import plotted_data
from clipbook.pages.gallery import ROWS_SHOWN, figures_index, gallery_page
from clipbook.pages.reading import VOICED, occurrences
from clipbook.pages.render import EXPLORE, EvidenceLinks, evidence_link, read_links
from clipbook.pages.listings import READ, notebook_passages, sections_of
from clipbook.pages.render import slug
from clipbook.pages.report import report_document, report_of, report_page
from clipbook.pages.sheet import notebook_table
