"""Where the evidence for a name lies: an article, a speaker, an outlet, a frame, a term."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clipbook.pages.reading import anchor
from clipbook.pages.render import local, slug

FOLDER = "evidence"
RECORD = "links.json"
EXPLORE = "explore.html"

# The kinds of names a column holds, the likeliest first.
COLUMN_KINDS = {
    "capture_id": ("capture",),
    "source_file": ("capture",),
    "headline": ("capture",),
    "article": ("capture",),
    "speaker": ("speaker",),
    "outlet": ("outlet",),
    "frame": ("frame",),
    "term": ("term",),
    "keyword": ("term",),
    "group": ("outlet", "capture", "speaker"),
    "name": ("outlet", "speaker", "capture", "frame", "term"),
    "label": ("outlet", "speaker", "capture", "frame", "term"),
}


@dataclass(frozen=True, slots=True)
class EvidenceLinks:
    """The evidence pages by kind and name, the parts of lists by their address, and the way to the folder."""

    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    prefix: str = ""

    def find(self, column: str, value: str, row: Mapping[Any, Any]) -> str:
        """Give the link for a cell of a table, or "" when there is no evidence page for it.

        Parameters
        ----------
        column : str
            The table's column; see `COLUMN_KINDS`.
        value : str
            The cell.
        row : mapping
            The whole row: ``start`` or ``sentence_start`` leads to the place in an article, ``line`` to that of the capture,
            ``outlet`` to an outlet's part of a list.
        """
        for kind in COLUMN_KINDS.get(column, ()):
            page = self.pages.get(kind, {}).get(value)
            if page is None:
                continue
            start, line = str(row.get("start", row.get("sentence_start", ""))), str(row.get("line", ""))
            outlet = row.get("outlet") or row.get("group")
            if kind == "capture" and start.isascii() and start.isdigit():
                return self.prefix + local(page, anchor(int(start), str(row.get("field", "body"))))
            if kind == "capture" and line.isascii() and line.isdigit():
                shown = "" if row.get("role") == "blank" else f"line-{line}"  # a page shows no blank lines
                return self.prefix + local(audit_file(value), shown)
            if kind in ("speaker", "frame") and f"{page}#{slug(outlet)}" in self.pages.get("part", {}):
                return self.prefix + local(page, slug(outlet))
            return self.prefix + (local(*page.split("#", 1)) if "#" in page else local(page))
        return ""


def read_links(figures: Path) -> EvidenceLinks:
    """Read which evidence pages lie beside a gallery; none when they have not been written.

    Parameters
    ----------
    figures : Path
        The figures folder.
    """
    path = figures / FOLDER / RECORD
    if not path.is_file():
        return EvidenceLinks()
    return EvidenceLinks(json.loads(path.read_text(encoding="utf-8")), f"{FOLDER}/")


def list_file(kind: str, name: object) -> str:
    """Name the page that lists the evidence for a name: ``speaker-...html`` and so on."""
    return f"{kind}-{slug(name)}.html"


def audit_file(capture_id: object) -> str:
    """Name the audit page of a capture."""
    return f"audit-{slug(capture_id)}.html"


def article_file(capture_id: object) -> str:
    """Name the evidence page of an article."""
    return f"article-{slug(capture_id)}.html"


def evidence_link(capture_id: object, start: int | None = None, field: str = "body") -> str:
    """Link to an article's evidence page, or to the place in it where an offset begins something.

    Parameters
    ----------
    capture_id : object
        As in ``articles``.
    start : int, optional
        The ``start`` of a sentence, quotation or cue.
    field : str
        ``body`` or ``headline``, whichever ``start`` counts in.
    """
    return article_file(capture_id) + (f"#{anchor(start, field)}" if start is not None else "")
