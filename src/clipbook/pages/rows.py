"""Rows of the researcher's own tables, ready to be copied from a page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from clipbook.files import harmless
from clipbook.pages.render import html, visible

FIRST_WORDS = 12  # of a line or a quotation, by which a row names it
FIELDS = {"Outlet": "outlet", "Date": "published", "Headline": "headline", "Authors": "authors"}
HEADINGS = {
    "captures.csv": "source_file,outlet,published,url,headline,authors",
    "quote_fixes.csv": "capture_id,text,start,speaker,kind",
    "line_fixes.csv": "capture_id,line,text,keep",
}


def capture_rows(article: Mapping[str, Any]) -> list[tuple[str, Markup]]:
    """Give, for each field, the row of ``captures.csv`` that states it as it was read, and nothing else."""
    # captures in one file, whose name would mean all of them
    several = re.search(r"#\d+$", article["capture_id"])
    name = article["capture_id"] if several else article.get("source_file") or article["capture_id"]
    when = article.get("published")
    read = {field: article.get(field) for field in FIELDS.values()}
    read["published"] = None if when is None or pd.isna(when) else f"{when:%Y-%m-%d}"
    columns = HEADINGS["captures.csv"].split(",")[1:]
    return [
        (label, copied(name, *(read[field] or "" if column == field else "" for column in columns)))
        for label, field in FIELDS.items()
    ]


def quote_row(capture_id: str, quote: Mapping[Any, Any]) -> Markup:
    """Give the row of ``quote_fixes.csv`` that names a quotation, its speaker as found."""
    return copied(capture_id, first_words(quote["text"]), int(quote["start"]), quote["speaker"], "")


def line_row(capture_id: str, line: Mapping[Any, Any]) -> Markup:
    """Give the row of ``line_fixes.csv`` that puts a line into the story, or out of it."""
    return copied(capture_id, int(line["line"]), first_words(line["text"]), "no" if line["kept"] else "yes")


def copied(*cells: object) -> Markup:
    """Write cells as a line of CSV that one click selects."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([harmless(str(visible(cell))) for cell in cells])
    return html('<code class="row">{}</code>', out.getvalue())


def first_words(text: object) -> str:
    """Give the words by which a row names a text."""
    return " ".join(str(text).split()[:FIRST_WORDS])
