"""The two pages of a capture: its article as a reading view, and how its lines were read; with rows to copy."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from clipbook.article.roles import ROLE_NAMES
from clipbook.corpus.own_tables import HEADINGS, first_words
from clipbook.files import harmless
from clipbook.pages import render as page
from clipbook.pages.reading import VOICED, Rows, marked_article
from clipbook.readability import measure_title
from clipbook.stats.periods import name_period
from clipbook.text.words import count_words

FACTS = ("words", "kept_share", "language", "status", "notes", "source_file", "sha256")
SAID = 60  # characters of a quotation in the list


class FigureLink(NamedTuple):
    """A figure of the gallery that something counts in, and the names by which it does."""

    place: str
    title: str
    names: list[str]


def article_page(article: Mapping[str, Any], own: Mapping[str, Rows], figures: Sequence[FigureLink]) -> str:
    """Build the page of one article.

    Parameters
    ----------
    article : mapping
        A row of ``articles``.
    own : mapping of str to sequence of dict
        This article's rows of the tables in `evidence.EvidenceTables`, by the table's name.
    figures : sequence of FigureLink
        The figures that the article counts in.

    Returns
    -------
    str
    """
    name, title = article["capture_id"], str(article["headline"] or article["capture_id"])
    headline, text, speakers, signs = marked_article(title, str(article["body"] or ""), own)
    left_out = [line for line in own["lines"] if not line["kept"] and line["role"] != "blank"]
    scores, counts = _readability(own["readability"])
    return page.render(
        "article.html",
        title=title,
        language=_language(article),
        article=article,
        headline=headline,
        when=_when(article.get("published")),
        switches=[(layer, *told) for layer, (source, *told) in page.WORDS["layers"].items() if len(own[source])],
        signs=signs,
        text=text,
        left_out=[(int(line["line"]), _named(line["role"]), page.isolated(line["text"])) for line in left_out],
        speakers=speakers,
        quotations=_quotations(name, own["quotes"]),
        cues=_frames(own["frame_scores"]) if own["frame_scores"] else None,
        scores=scores,
        counts=counts,
        hardest=[(_place(name, row), row) for row in own["hardest"]],
        keywords=[row["keyword"] for row in own["keywords"]],
        figures=figures,
        capture=[(page.plain(fact), article[fact]) for fact in FACTS if article.get(fact) not in (None, "")],
        headings=HEADINGS,
        capture_rows=capture_rows(article),
    )  # fmt: skip


def _language(article: Mapping[str, Any]) -> str:
    code = str(article.get("language") or "")
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else "en"


def _when(when: pd.Timestamp | None) -> str:
    if when is None or pd.isna(when):
        return ""
    return name_period(when, "day") + (f", {when:%H:%M}" if (when.hour, when.minute) != (0, 0) else "")


def _place(capture_id: str, row: Mapping[Any, Any]) -> object:
    """Link to a place in the article by the first words that stand there."""
    whole = " ".join(str(row["text"]).split())
    short = whole if len(whole) <= SAID else whole[: SAID - 1].rstrip() + "…"
    return page.link(page.evidence_link(capture_id, int(row["start"])), short)


def _quotations(capture_id: str, quotes: Rows) -> list[tuple[object, ...]]:
    return [
        (
            _place(capture_id, row), page.isolated(row["speaker"]) if row["kind"] in VOICED else f"none: {row['kind']}",
            row.get("rule", ""), page.number(row.get("confidence", float("nan"))), quote_row(capture_id, row),
        )
        for row in quotes
    ]  # fmt: skip


def _frames(scores: Rows) -> list[tuple[object, ...]]:
    found = [row for row in scores if row.get("scope", "whole") == "whole" and row["score"] > 0]
    return [
        (page.link(page.local(page.list_file("frame", row["frame"])), page.plain(row["frame"])), page.number(row["score"]),
         page.number(row.get("hits", float("nan"))))
        for row in sorted(found, key=lambda row: -row["score"])
    ]  # fmt: skip


def _readability(measures: Rows) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Give the whole article's scores that have an interval, and then all else that was counted."""
    known = [row for row in measures if pd.notna(row["value"])]
    first = [row for row in known if row["scope"] == "whole" and pd.notna(row["low"])]
    return _measures(first), _measures([row for row in known if row not in first], parts=True)


def _measures(measures: Rows, *, parts: bool = False) -> list[tuple[object, ...]]:
    made: list[tuple[object, ...]] = []
    for row in measures:
        within: object = "–"
        if pd.notna(row["low"]):
            ends = _score(row["low"]), _score(row["high"])
            within = page.html('<span class="whole">{} to {}</span>', *ends)
        name = page.plain(measure_title(str(row["measure"])))
        made.append((name, *([row["scope"]] * parts), _score(row["value"]), within))
    return made


def _score(value: float) -> str:
    """Show a score with one decimal, a count without any."""
    return page.number(value) if float(value).is_integer() else f"{value:,.1f}"


_FIELD_ROLES = frozenset(("headline", "standfirst", "byline", "date"))


def audit_page(article: Mapping[str, Any], lines: Sequence[page.Row]) -> str:
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
    shown = [
        {
            **line, "words": count_words(line["text"]), "named": _named(line["role"]),
            "row": line_row(article["capture_id"], line),
        }
        for line in sorted(lines, key=lambda line: line["line"])
        if line["role"] != "blank"
    ]  # fmt: skip
    status = str(article["status"])
    return page.render(
        "audit.html",
        title=f"How {article['capture_id']} was read",
        article=article,
        status=page.WORDS["status"].get(status, status),
        kept=sum(line["words"] for line in shown if line["kept"]),
        total=sum(line["words"] for line in shown),
        lines=shown,
        headings=HEADINGS,
        capture_rows=capture_rows(article),
        field_roles=_FIELD_ROLES,
        facts=[
            (label, article[name])
            for name, label in page.WORDS["facts"].items()
            if _stated(article.get(name))
        ],
        roles=_roles(shown),
    )


def _named(role: str) -> str:
    return ROLE_NAMES.get(role, role)


def _stated(value: Any) -> bool:
    return not (value is None or value == "" or pd.isna(value))


def _roles(shown: Sequence[page.Row]) -> list[tuple[str, str, str, str]]:
    """Count lines and words by role, what was kept first and the longest before the others."""
    words: dict[tuple[bool, str], list[int]] = {}  # of each line
    for line in shown:
        words.setdefault((line["kept"], line["role"]), []).append(line["words"])
    ordered = sorted(words.items(), key=lambda part: (not part[0][0], -sum(part[1]), part[0][1]))
    return [
        (_named(role), "kept" if kept else "left out", page.number(len(own)), page.number(sum(own)))
        for (kept, role), own in ordered
    ]


FIELDS = {"Outlet": "outlet", "Date": "published", "Headline": "headline", "Authors": "authors"}


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
    csv.writer(out, lineterminator="").writerow([harmless(str(page.visible(cell))) for cell in cells])
    return page.html('<code class="row">{}</code>', out.getvalue())
