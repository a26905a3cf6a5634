"""One article as a reading view: who speaks, which cues were found, what is hard, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from clipbook.article.roles import ROLE_NAMES
from clipbook.pages import layers
from clipbook.pages.layers import VOICED, Rows
from clipbook.pages.links import audit_file, evidence_link, list_file
from clipbook.pages.reading import marked_line, reading_view
from clipbook.pages.render import html, isolated, link, local, number, plain, render
from clipbook.pages.rows import HEADINGS, capture_rows, quote_row
from clipbook.readability import measure_title
from clipbook.stats.periods import name_period
from clipbook.text.sentences import sentence_spans

SWITCHES = (
    ("speakers", "Who speaks", "quotes", True),
    ("frames", "Frame cues", "frame_evidence", True),
    ("hard", "Hardest sentences", "hardest", True),
    ("keywords", "Keywords", "keywords", False),
)
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
    body = str(article["body"] or "")
    speakers, signs = layers.cast(own["quotes"]), layers.frame_signs(own["frame_evidence"])
    marks = [
        *layers.quote_marks(body, own["quotes"], speakers),
        *layers.other_quotes(own["quotes"]),
        *layers.cue_marks(own["frame_evidence"], signs),
        *layers.hard_marks(own["hardest"]),
        *layers.keyword_marks(body, own["keywords"]),
    ]
    left_out = [line for line in own["lines"] if not line["kept"] and line["role"] != "blank"]
    scores, counts = _readability(own["readability"])
    return render(
        "article.html",
        title=title,
        language=_language(article),
        article=article,
        headline=marked_line(title, list(layers.cue_marks(own["frame_evidence"], signs, "headline"))),
        facts=_byline(article),
        switches=[(layer, label, on) for layer, label, source, on in SWITCHES if len(own[source])],
        signs=signs,
        text=reading_view(body, sentence_spans(body), marks),
        left_out=[(int(line["line"]), ROLE_NAMES.get(line["role"], line["role"]), isolated(line["text"])) for line in left_out],
        speakers=speakers,
        speaker_file=lambda speaker: local(list_file("speaker", speaker)),
        quotations=_quotations(name, own["quotes"]),
        cues=_frames(own["frame_scores"]) if own["frame_scores"] else None,
        scores=scores,
        counts=counts,
        hardest=[(_place(name, row), _hard(row)) for row in own["hardest"]],
        keywords=[row["keyword"] for row in own["keywords"]],
        figures=figures,
        capture=[(plain(fact), article[fact]) for fact in FACTS if article.get(fact) not in (None, "")],
        audit=local(audit_file(name)),
        headings=HEADINGS,
        capture_rows=capture_rows(article),
    )  # fmt: skip


def _language(article: Mapping[str, Any]) -> str:
    code = str(article.get("language") or "")
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else "en"


def _byline(article: Mapping[str, Any]) -> list[object]:
    when, outlet, authors = article.get("published"), article["outlet"], article.get("authors")
    facts = [
        link(local(list_file("outlet", outlet)), outlet) if outlet else "",
        isolated(authors) if authors else "",
        "" if when is None or pd.isna(when) else _when(when),
    ]
    return [fact for fact in facts if fact]


def _when(when: pd.Timestamp) -> str:
    return name_period(when, "day") + (f", {when:%H:%M}" if (when.hour, when.minute) != (0, 0) else "")


def _place(capture_id: str, row: Mapping[Any, Any]) -> object:
    """Link to a place in the article by the first words that stand there."""
    whole = " ".join(str(row["text"]).split())
    short = whole if len(whole) <= SAID else whole[: SAID - 1].rstrip() + "…"
    return link(evidence_link(capture_id, int(row["start"])), short)


def _quotations(capture_id: str, quotes: Rows) -> list[tuple[object, ...]]:
    return [
        (
            _place(capture_id, row), isolated(row["speaker"]) if row["kind"] in VOICED else f"none: {row['kind']}",
            row.get("rule", ""), number(row.get("confidence", float("nan"))), quote_row(capture_id, row),
        )
        for row in quotes
    ]  # fmt: skip


def _frames(scores: Rows) -> list[tuple[object, ...]]:
    found = [row for row in scores if row.get("scope", "whole") == "whole" and row["score"] > 0]
    return [
        (link(local(list_file("frame", row["frame"])), plain(row["frame"])), number(row["score"]),
         number(row.get("hits", float("nan"))))
        for row in sorted(found, key=lambda row: -row["score"])
    ]  # fmt: skip


def _readability(measures: Rows) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Give the whole article's scores that have an interval, and then all else that was counted."""
    known = [row for row in measures if pd.notna(row["value"])]
    first = [row for row in known if row["scope"] == "whole" and pd.notna(row["low"])]
    return _measures(first), _measures([row for row in known if row not in first], parts=True)


def _measures(measures: Rows, *, parts: bool = False) -> list[tuple[object, ...]]:
    return [
        (
            plain(measure_title(str(row["measure"]))),
            *([row["scope"]] * parts),
            _score(row["value"]),
            html('<span class="whole">{} to {}</span>', _score(row["low"]), _score(row["high"]))
            if pd.notna(row["low"])
            else "–",
        )
        for row in measures
    ]


def _score(value: float) -> str:
    """Show a score with one decimal, a count without any."""
    return number(value) if float(value).is_integer() else f"{value:,.1f}"


def _hard(row: Mapping[Any, Any]) -> str:
    size = f"{row['words']:,} words, {row['long_words']:,} of more than six letters"
    return f"{size}: {row['hard_words']}" if row["hard_words"] else size
