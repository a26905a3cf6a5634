"""One article as a reading view: who speaks, which cues were found, what is hard, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from clipbook.pages.html import escape, link, local, outward, page, table
from clipbook.pages.layers import (
    cast,
    cue_marks,
    frame_signs,
    hard_marks,
    keyword_marks,
    other_quotes,
    quote_marks,
)
from clipbook.pages.links import WAY_BACK
from clipbook.pages.listings import list_file
from clipbook.pages.reading import marked_line, reading_view
from clipbook.pages.sidebar import FigureLink, sidebar
from clipbook.sentences import sentence_spans

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SWITCHES = (
    ("speakers", "Who speaks", "quotes", True),
    ("frames", "Frame cues", "frame_evidence", True),
    ("hard", "Hardest sentences", "hardest", True),
    ("keywords", "Keywords", "keywords", False),
)


def article_page(
    article: Mapping[str, Any], own: Mapping[str, pd.DataFrame], figures: Sequence[FigureLink]
) -> str:
    """Build the page of one article.

    Parameters
    ----------
    article : mapping
        A row of ``articles``.
    own : mapping of str to DataFrame
        This article's rows of the tables in `evidence.EvidenceTables`, by the table's name.
    figures : sequence of (str, str, list of str)
        Place and title of the figures that the article counts in, and the names by which it does.

    Returns
    -------
    str
    """
    title = str(article["headline"] or article["capture_id"])
    body = str(article["body"] or "")
    speakers, signs = cast(own["quotes"]), frame_signs(own["frame_evidence"])
    marks = [
        *quote_marks(body, own["quotes"], speakers),
        *other_quotes(own["quotes"]),
        *cue_marks(own["frame_evidence"], signs),
        *hard_marks(own["hardest"]),
        *keyword_marks(body, own["keywords"]),
    ]
    text = (
        reading_view(body, sentence_spans(body), marks) or "<p>No article text was found in this capture.</p>"
    )
    headline = marked_line(title, list(cue_marks(own["frame_evidence"], signs, "headline")))
    standfirst = f'<p class="standfirst" dir="auto">{escape(article.get("standfirst"))}</p>'
    return page(
        title=title,
        kind="article",
        language=_language(article),
        header=(
            f'{WAY_BACK}<h1 dir="auto">{headline}</h1>{standfirst if article.get("standfirst") else ""}'
            f"{_byline(article)}{_switches(own)}{_key(signs)}"
        ),
        main=(
            f'<div class="columns"><div><section class="text" aria-label="The article">{text}</section>'
            f"{_dropped(own['lines'])}</div>{sidebar(article, own, speakers, figures)}</div>"
        ),
    )


def _language(article: Mapping[str, Any]) -> str:
    code = str(article.get("language") or "")
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else "en"


def _byline(article: Mapping[str, Any]) -> str:
    when = article.get("published")
    outlet, authors, url = article["outlet"], article.get("authors"), article.get("url")
    facts = [
        link(local(list_file("outlet", outlet)), outlet) if outlet else "",
        f"<bdi>{escape(authors)}</bdi>" if authors else "",
        "" if when is None or pd.isna(when) else escape(_when(when)),
        outward(url, "the page on the web") if url else "",
    ]
    return f'<p class="quiet">{" · ".join(filter(None, facts))}</p>'


def _when(when: pd.Timestamp) -> str:
    clock = f", {when:%H:%M}" if (when.hour, when.minute) != (0, 0) else ""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}{clock}"


def _switches(own: Mapping[str, pd.DataFrame]) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" id="layer-{name}"{" checked" * on}> {label}</label>'
        for name, label, source, on in SWITCHES
        if len(own[source])
    )
    return f'<fieldset class="switches"><legend>Show in the text</legend>{boxes}</fieldset>' if boxes else ""


def _key(signs: Mapping[str, str]) -> str:
    """Say which sign stands for which frame."""
    named = " · ".join(
        f"<b>{escape(sign)}</b> {escape(name.replace('_', ' '))}" for name, sign in signs.items()
    )
    return f'<p class="quiet signs">Frame cues: {named}</p>' if named else ""


def _dropped(lines: pd.DataFrame) -> str:
    left_out = lines[~lines["kept"].astype(bool) & (lines["role"] != "blank")]
    if left_out.empty:
        return ""
    rows = [
        [str(int(line)), escape(role), f"<bdi>{escape(text)}</bdi>"]
        for line, role, text in left_out[["line", "role", "text"]].itertuples(index=False)
    ]
    listed = table(
        ("line", "role", "text"),
        rows,
        caption="Lines of the capture that were judged not to be article text",
        numeric=(True, False, False),
    )
    count = f"{len(rows):,} captured {'line' if len(rows) == 1 else 'lines'}"
    return f'<details class="dropped"><summary>Left out of the article: {count}</summary>{listed}</details>'
