"""The numbers of one article, beside its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

import pandas as pd

from clipbook.pages.audit import audit_file
from clipbook.pages.html import escape, link, local, number, table
from clipbook.pages.layers import VOICED, Voice
from clipbook.pages.links import evidence_link
from clipbook.pages.listings import list_file
from clipbook.readability import measure_title

FigureLink = tuple[str, str, list[str]]  # place on the gallery, title, the names that lead there
FACTS = ("words", "kept_share", "language", "status", "notes", "source_file", "sha256")
SAID = 60  # characters of a quotation in the list


def sidebar(
    article: Mapping[str, Any],
    own: Mapping[str, pd.DataFrame],
    voices: Mapping[str, Voice],
    figures: Sequence[FigureLink],
) -> str:
    """List the article's speakers, frames, readability, keywords, capture and figures.

    Parameters
    ----------
    article, own, figures
        As for `article.article_page`.
    voices : mapping of str to Voice
        As made by `layers.cast`.

    Returns
    -------
    str
        An ``aside``.
    """
    parts = (
        ("Who speaks", _speakers(voices) + _quotations(article, own["quotes"], voices)),
        ("Frame cues", _frames(own["frame_scores"])),
        ("Readability", _readability(own["readability"]) if len(own["readability"]) else ""),
        ("Hardest sentences", _hardest(article, own["hardest"])),
        ("Keywords", _keywords(own["keywords"])),
        ("Figures that it counts in", figure_list(figures)),
        ("The capture", _capture(article)),
    )
    shown = "".join(f"<section><h2>{title}</h2>{text}</section>" for title, text in parts if text)
    return f'<aside aria-label="Numbers of this article">{shown}</aside>'


def _speakers(voices: Mapping[str, Voice]) -> str:
    items = "".join(
        f'<li class="{voice.style}"><span class="who {voice.style}"><i aria-hidden="true">{voice.shape}</i> '
        f'<a href="{local(list_file("speaker", name))}">{escape(name)}</a></span> '
        f"{voice.words:,} words{f', {voice.share:.0%}' if isfinite(voice.share) else ''}"
        f"{_bar(voice.share)}</li>"
        for name, voice in voices.items()
    )
    return f'<ul class="plain">{items}</ul>' if items else ""


def _bar(share: float) -> str:
    width = f"{share * 100:.1f}" if isfinite(share) else "0"
    return (
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="all" width="100" height="4"/><rect class="part" width="{width}" height="4"/></svg>'
    )


def _quotations(article: Mapping[str, Any], quotes: pd.DataFrame, voices: Mapping[str, Voice]) -> str:
    if not len(quotes):
        return ""
    said = quotes[quotes["kind"].isin(VOICED)]
    rows = [
        [
            link(evidence_link(article["capture_id"], int(row["start"])), _short(row["text"])),
            f"<bdi>{escape(row['speaker'])}</bdi>",
            escape(row.get("rule", "")),
            number(row.get("confidence", float("nan"))),
        ]
        for row in said.to_dict("records")
    ]
    if not rows:
        return ""
    listed = table(
        ("quotation", "speaker", "found by", "confidence"),
        rows,
        caption=f"{len(rows)} quotations and how each speaker was found",
        numeric=(False, False, False, True),
    )
    return f"<details><summary>Every quotation</summary>{listed}</details>"


def _short(text: object) -> str:
    whole = " ".join(str(text).split())
    return whole if len(whole) <= SAID else whole[: SAID - 1].rstrip() + "…"


def _frames(scores: pd.DataFrame) -> str:
    if not len(scores):
        return ""
    whole = scores[scores["scope"] == "whole"] if "scope" in scores.columns else scores
    rows = [
        [
            link(local(list_file("frame", row["frame"])), str(row["frame"]).replace("_", " ")),
            number(row["score"]),
            number(row.get("hits", float("nan"))),
        ]
        for row in whole.sort_values("score", ascending=False, kind="stable").to_dict("records")
        if row["score"] > 0
    ]
    if not rows:
        return "<p>No cues were found.</p>"
    caption = "Cue scores: how strongly words of a frame stand out. A score is not yet a frame."
    return table(("frame", "score", "cues found"), rows, caption=caption, numeric=(False, True, True))


def _readability(measures: pd.DataFrame) -> str:
    known = measures[measures["value"].notna()]
    first = (known["scope"] == "whole") & known["low"].notna()
    shown = _measures(known[first], "Readability of the whole article, with the 95% interval", parts=False)
    rest = _measures(known[~first], "Scores of the parts, and the counts beneath them", parts=True)
    return shown + (f"<details><summary>Every score and count</summary>{rest}</details>" if rest else "")


def _measures(measures: pd.DataFrame, caption: str, *, parts: bool) -> str:
    rows = [
        [
            escape(measure_title(str(row["measure"])).replace("_", " ")),
            *([escape(row["scope"])] * parts),
            _score(row["value"]),
            f'<span class="whole">{_score(row["low"])} to {_score(row["high"])}</span>'
            if pd.notna(row["low"])
            else "–",
        ]
        for row in measures.to_dict("records")
    ]
    head, sides = ("measure", *["part"] * parts, "value", "interval"), (False, *[False] * parts, True, True)
    return table(head, rows, caption=caption, numeric=sides) if rows else ""


def _score(value: float) -> str:
    """Show a score with one decimal, a count without any."""
    return number(value) if float(value).is_integer() else f"{value:,.1f}"


def _hardest(article: Mapping[str, Any], hardest: pd.DataFrame) -> str:
    items = "".join(
        f"<li>{link(evidence_link(article['capture_id'], int(row['start'])), _short(row['text']))} "
        f'<span class="quiet">{escape(_hard(row))}</span></li>'
        for row in hardest.to_dict("records")
    )
    return f"<ol>{items}</ol>" if items else ""


def _hard(row: Mapping[Any, Any]) -> str:
    size = f"{row['words']:,} words, {row['long_words']:,} of more than six letters"
    return f"{size}: {row['hard_words']}" if row["hard_words"] else size


def _keywords(keywords: pd.DataFrame) -> str:
    return ", ".join(f"<bdi>{escape(word)}</bdi>" for word in keywords["keyword"]) if len(keywords) else ""


def figure_list(figures: Sequence[FigureLink]) -> str:
    """List figures of the gallery, each with the names for which it is listed."""
    items = "".join(
        f"<li>{link(local('../index.html', place), title)}"
        + (f' <span class="quiet">for {escape(", ".join(names))}</span>' if names else "")
        + "</li>"
        for place, title, names in figures
    )
    return f'<ul class="plain">{items}</ul>' if items else ""


def _capture(article: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<dt>{name.replace('_', ' ')}</dt><dd>{number(article[name])}</dd>"
        for name in FACTS
        if article.get(name) not in (None, "")
    )
    read = local(audit_file(article["capture_id"]))
    return f'<dl>{rows}</dl><p><a href="{read}">How this capture was read, line by line</a></p>'
