"""The audit page of a capture: all that was on the page, what was kept of it, and why the rest was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from clipbook.article.roles import ROLE_NAMES
from clipbook.pages.render import Row, number, render
from clipbook.pages.rows import HEADINGS, capture_rows, line_row
from clipbook.text.words import count_words

_FACTS = {
    "File": "source_file", "Format": "format", "Outlet": "outlet", "Headline": "headline",
    "Standfirst": "standfirst", "Authors": "authors", "Published": "published", "Updated": "updated",
    "Section": "section", "Language": "language", "Copy of": "duplicate_of", "Notes": "notes",
}  # fmt: skip
_FIELD_ROLES = frozenset(("headline", "standfirst", "byline", "date"))
_STATUS = {
    "ok": "read",
    "thin": "too short to measure",
    "failed": "not read",
    "duplicate": "a copy of another capture",
}


def audit_page(article: Mapping[str, Any], lines: Sequence[Row]) -> str:
    """Build the page on which a person checks how a capture was read.

    Parameters
    ----------
    article : mapping
        A row of ``articles``.
    lines : sequence of dict
        The capture's rows of ``lines``: ``line``, ``role``, ``kept``, ``reason``, ``text``.

    Returns
    -------
    str
        HTML without script: the captured page's lines in their order, those kept plain, the others in
        grey with their role and the reason; above them the fields that were read.
    """
    shown = [{**line, "words": count_words(line["text"])} for line in lines if line["role"] != "blank"]
    shown.sort(key=lambda line: line["line"])
    status = str(article["status"])
    return render(
        "audit.html",
        title=f"How {article['capture_id']} was read",
        article=article,
        status=_STATUS.get(status, status),
        kept=sum(line["words"] for line in shown if line["kept"]),
        total=sum(line["words"] for line in shown),
        lines=[
            {**line, "named": _named(line["role"]), "row": line_row(article["capture_id"], line)}
            for line in shown
        ],
        headings=HEADINGS,
        capture_rows=capture_rows(article),
        field_roles=_FIELD_ROLES,
        facts=[(label, value) for label, name in _FACTS.items() if _stated(value := article.get(name))],
        roles=_roles(shown),
    )


def _named(role: str) -> str:
    return ROLE_NAMES.get(role, role)


def _stated(value: Any) -> bool:
    return not (value is None or value == "" or pd.isna(value))


def _roles(shown: Sequence[Row]) -> list[tuple[str, str, str, str]]:
    """Count lines and words by role, what was kept first and the longest before the others."""
    lines, words = Counter[tuple[bool, str]](), Counter[tuple[bool, str]]()
    for line in shown:
        lines[line["kept"], line["role"]] += 1
        words[line["kept"], line["role"]] += line["words"]
    return [
        (_named(role), "kept" if kept else "left out", number(lines[kept, role]), number(words[kept, role]))
        for kept, role in sorted(lines, key=lambda place: (not place[0], -words[place], place[1]))
    ]
