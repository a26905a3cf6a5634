"""A page for a sheet of checks: each thing to check with the words around it, in the sheet's order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from clipbook.pages.render import escape, html, isolated, plain, render

_MARKED = re.compile(r"\[\[(.*?)\]\]", re.S)
_FACTS = ("source_file", "outlet", "date", "headline", "frame", "cue", "speaker found")


def check_page(name: str, sheet: pd.DataFrame, questions: list[str]) -> str:
    """Build the page beside a sheet.

    Parameters
    ----------
    name : str
        Of the sheet.
    sheet : DataFrame
        ``check_id`` and what the sheet shows; ``quotation`` with ``before`` and ``after``, or ``sentence`` or ``text`` with
        marked words between [[ and ]].
    questions : list of str
        The sheet's headings to fill in.

    Returns
    -------
    str
        HTML without script.
    """
    units = [
        (
            row["check_id"],
            [(plain(fact), isolated(row[fact])) for fact in _FACTS if row.get(fact)],
            _text(row),
        )
        for row in sheet.to_dict("records")
    ]
    return render(
        "check.html",
        title=f"To check: {plain(name)}",
        language="en",
        name=name,
        units=units,
        questions=questions,
    )


def _text(row: Mapping[Any, Any]) -> Markup:
    """Write the words in paragraphs, those in question marked."""
    if "quotation" in row:
        marked = f"{row['before']}[[{row['quotation']}]]{row['after']}"
    else:
        marked = str(row.get("sentence") or row.get("text") or "")
    pieces = _MARKED.split(marked)
    text = Markup().join(
        html('<mark class="cue">{}</mark>', piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )
    return text.replace("\n\n", Markup("<br><br>")).replace("\n", Markup("<br>"))
