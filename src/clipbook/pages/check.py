"""A page for a sheet of checks: each thing to check with the words around it, in the sheet's order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from clipbook.pages.render import escape, html, isolated, plain, render

_MARKS = re.compile(r"\[\[(.*?)\]\]", re.S)
_FACTS = ("source_file", "outlet", "date", "headline", "cue", "frame", "frame asks", "speaker found")


def check_page(
    name: str,
    sheet: pd.DataFrame,
    questions: list[str],
    articles: pd.DataFrame | None = None,
    pages: Mapping[str, str] | None = None,
) -> str:
    """Build the page beside a sheet.

    Parameters
    ----------
    name : str
        Of the sheet.
    sheet : DataFrame
        ``check_id``, ``capture_id`` and what the sheet shows; ``quotation`` with ``before``, ``after`` and ``start``, or
        ``sentence`` or ``text`` with marked words between [[ and ]].
    questions : list of str
        The sheet's headings to fill in.
    articles : DataFrame, optional
        ``capture_id``, ``body``, ``url``: what stands around a quotation or a sentence, to be unfolded.
    pages : mapping of str to str, optional
        Of captures, the address of the page that shows how each was read. It says nothing of the machine's confidence.

    Returns
    -------
    str
        HTML without script.
    """
    known = {} if articles is None else articles.set_index("capture_id")[["body", "url"]].to_dict("index")
    units = []
    for row in sheet.to_dict("records"):
        article = known.get(row["capture_id"], {})
        units.append(
            {
                "id": row["check_id"],
                "facts": [(plain(fact), isolated(row[fact])) for fact in _FACTS if row.get(fact)],
                "text": _shown(row),
                "whole": _whole(row, article.get("body", "")),
                "url": article.get("url", ""),
                "page": (pages or {}).get(row["capture_id"], ""),
            }
        )
    title = f"To check: {plain(name)}"
    return render("check.html", title=title, name=name, units=units, questions=questions)


def _shown(row: Mapping[Any, Any]) -> Markup:
    """Write what the sheet shows: a quotation between what stands around it, or a text with its marks."""
    if "quotation" in row:
        return _plain(row["before"]) + _marked(row["quotation"]) + _plain(row["after"])
    pieces = _MARKS.split(str(row.get("sentence") or row.get("text") or ""))
    return Markup().join((_marked if place % 2 else _plain)(piece) for place, piece in enumerate(pieces))


def _whole(row: Mapping[Any, Any], body: str) -> Markup | str:
    """Write the article of a quotation or a sentence, which are marked in it; nothing where it is shown already."""
    if "quotation" in row:
        start, said = int(row["start"]), str(row["quotation"])
    elif row.get("sentence"):
        said = _MARKS.sub(r"\1", row["sentence"])
        start = body.find(said)
    else:
        return ""
    if start < 0 or body[start : start + len(said)] != said:
        return _plain(body)
    return _plain(body[:start]) + _marked(said) + _plain(body[start + len(said) :])


def _marked(text: object) -> Markup:
    return html('<mark class="cue">{}</mark>', _plain(text))


def _plain(text: object) -> Markup:
    """Write captured text with its paragraphs and lines."""
    return escape(text).replace("\n\n", Markup("<br><br>")).replace("\n", Markup("<br>"))
