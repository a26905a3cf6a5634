"""Lists that lead from a name in a figure to the sentences behind it: by outlet, speaker, frame and term."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from clipbook.pages.html import escape, link, local, slug, table
from clipbook.pages.layers import VOICED, occurrences
from clipbook.pages.links import article_file, evidence_link
from clipbook.sentences import sentence_spans

SHOWN = 200  # sentences under one heading
TERMS = 400  # terms of a comparison that are listed
Row = Mapping[str, Any]


class Listing(NamedTuple):
    """One list, before it becomes a page."""

    file: str
    title: str
    main: str  # HTML
    places: dict[str, str]  # where on which page each of its names is found
    parts: dict[str, str]  # the address of each outlet's part of the list, and the outlet


def list_file(kind: str, name: object) -> str:
    """Name the page that lists the evidence for a name: ``speaker-...html`` and so on."""
    return f"{kind}-{slug(name)}.html"


def records(table: pd.DataFrame) -> list[Row]:
    """Give the rows of a table as mappings by column name."""
    rows: Any = table.to_dict("records")
    return list(rows)


def article_link(row: Row) -> str:
    """Link to an article by its headline, or by its id where it has none."""
    return link(local(article_file(row["capture_id"])), row["headline"] or row["capture_id"])


def outlet_pages(articles: pd.DataFrame) -> Iterator[Listing]:
    """List the articles of each outlet."""
    for outlet, rows in articles[articles["outlet"] != ""].groupby("outlet", sort=True):
        cells = [[article_link(row), escape(row.get("status", ""))] for row in records(rows)]
        main = table(("article", "status"), cells, caption=f"{len(cells):,} captures of {outlet}")
        file = list_file("outlet", outlet)
        yield Listing(file, f"Outlet: {outlet}", main, {str(outlet): file}, {})


def speaker_pages(articles: pd.DataFrame, quotes: pd.DataFrame) -> Iterator[Listing]:
    """List every quotation of each speaker in the sentences around it, by outlet."""
    if quotes.empty:
        return
    bodies = dict(zip(articles["capture_id"], articles["body"], strict=True))
    said = quotes[quotes["kind"].isin(VOICED) & quotes["capture_id"].isin(bodies.keys())]
    spans = {name: sentence_spans(str(bodies[name])) for name in said["capture_id"].unique()}
    passages = []
    for row in records(said):
        start, end = int(row["start"]), int(row["end"])
        around = _around(spans[row["capture_id"]], start, end)
        passages.append(
            _Passage(row["speaker"], row["capture_id"], "body", around, [(start, end)], _found_by(row))
        )
    yield from _passage_pages("speaker", passages, articles)


def frame_pages(articles: pd.DataFrame, evidence: pd.DataFrame) -> Iterator[Listing]:
    """List every headline and every sentence with a cue of each frame, the cues marked, by outlet."""
    if evidence.empty:
        return
    inside = evidence[evidence["capture_id"].isin(articles["capture_id"])]
    one = ["frame", "capture_id", "field", "sentence_start", "sentence_end"]
    cues: dict[Any, list[tuple[int, int]]] = {}
    for row in records(inside):
        cues.setdefault(tuple(row[name] for name in one), []).append((int(row["start"]), int(row["end"])))
    passages = [
        _Passage(frame, name, field, (start, end), marked)
        for (frame, name, field, start, end), marked in cues.items()
    ]
    yield from _passage_pages("frame", passages, articles)


class _Passage(NamedTuple):
    """Sentences that stand behind a name, and the words in them that are meant."""

    name: str
    capture_id: str
    field: str  # headline or body
    span: tuple[int, int]
    marked: list[tuple[int, int]]
    note: str = ""


def _around(sentences: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Widen a stretch of a text to the sentences that it touches."""
    touched = [span for span in sentences if span[0] < end and start < span[1]]
    return min([start, *(first for first, _ in touched)]), max([end, *(last for _, last in touched)])


def _found_by(row: Row) -> str:
    """Say how the speaker of a quotation was found, and how sure that is."""
    sure = float(row.get("confidence", math.nan))
    said = f"{row['words']:,} {'word' if row['words'] == 1 else 'words'}"
    return ", ".join(
        filter(None, [said, row.get("rule", ""), "" if math.isnan(sure) else f"confidence {sure:.0%}"])
    )


def _passage_pages(kind: str, passages: list[_Passage], articles: pd.DataFrame) -> Iterator[Listing]:
    by_id = {row["capture_id"]: row for row in records(articles)}
    placed = sorted(passages, key=lambda one: (str(one.name), str(by_id[one.capture_id]["outlet"])))
    for name, own in groupby(placed, key=lambda one: one.name):
        sections, parts = [], {}
        file = list_file(kind, name)
        for outlet, group in groupby(own, key=lambda one: by_id[one.capture_id]["outlet"]):
            said = list(group)
            listed = "".join(_passage(by_id[one.capture_id], one) for one in said[:SHOWN])
            more = len(said) - SHOWN
            rest = f"<p>And {more:,} more, in the articles.</p>" if more > 0 else ""
            heading = f'<h2 id="{slug(outlet)}"><bdi>{escape(outlet or "no outlet")}</bdi></h2>'
            sections.append(f"<section>{heading}{listed}{rest}</section>")
            parts[f"{file}#{slug(outlet)}"] = str(outlet)
        title = f"{kind.capitalize()}: {str(name).replace('_', ' ')}"
        yield Listing(file, title, "".join(sections), {str(name): file}, parts)


def _passage(row: Row, one: _Passage) -> str:
    text = str(row["headline" if one.field == "headline" else "body"])
    return _quoted(row, text, one.span, one.marked, field=one.field, note=one.note)


def term_pages(articles: pd.DataFrame, keywords: pd.DataFrame, keyness: pd.DataFrame) -> Iterator[Listing]:
    """List, for each keyword and each term of a comparison, a sentence of each article that has it.

    Terms share a page by their first letter.
    """
    by_id = {row["capture_id"]: row for row in records(articles)}
    places: dict[str, dict[Any, None]] = {}
    for row in records(keywords):
        places.setdefault(str(row["keyword"]), {})[row["capture_id"]] = None
    if len(keyness):
        lowered = {key: str(row["body"]).casefold() for key, row in by_id.items()}
        for term in list(dict.fromkeys(str(term) for term in keyness["term"]))[:TERMS]:
            holding = [key for key, body in lowered.items() if term.casefold() in body]
            places.setdefault(term, {}).update(dict.fromkeys(holding))
    ordered = sorted(places, key=lambda term: (_letter(term), term))
    for letter, terms in groupby(ordered, key=_letter):
        file = f"terms-{letter}.html"
        sections = {term: _term(term, [by_id[key] for key in places[term]]) for term in terms}
        found = {term: f"{file}#{slug(term)}" for term, text in sections.items() if text}
        if found:
            yield Listing(file, f"Terms: {letter}", "".join(sections.values()), found, {})


def _letter(term: str) -> str:
    return slug(term[:1])[0] if term[:1].isalpha() else "other"


def _term(term: str, articles: list[Row]) -> str:
    found = [(row, span) for row in articles if (span := _sentence_with(term, str(row["body"])))]
    if not found:
        return ""
    count = f"{len(found):,} {'article' if len(found) == 1 else 'articles'}"
    listed = "".join(_quoted(row, str(row["body"]), span, [place]) for row, (span, place) in found[:SHOWN])
    heading = f'<h2 id="{slug(term)}"><bdi>{escape(term)}</bdi></h2>'
    return f"<section>{heading}<p>Stands in {count}; a sentence of each.</p>{listed}</section>"


def _sentence_with(term: str, body: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    place = next(occurrences(body, term), None)
    return None if place is None else (_around(_sentences(body), *place), place)


@lru_cache(maxsize=1024)
def _sentences(body: str) -> Sequence[tuple[int, int]]:
    return sentence_spans(body)


def _quoted(
    row: Row,
    text: str,
    span: tuple[int, int],
    marked: list[tuple[int, int]],
    *,
    field: str = "body",
    note: str = "",
) -> str:
    """Show a stretch of a text with some of its words marked, and the way to them in the article."""
    start = span[0] if field == "body" else marked[0][0]
    source = link(evidence_link(row["capture_id"], start, field), row["headline"] or row["capture_id"])
    about = f" · {escape(note)}" if note else ""
    parts, here = [], span[0]
    for first, last in sorted(marked):
        parts += [
            escape(text[here:first]),
            f'<mark class="cue">{escape(text[max(first, here) : last])}</mark>',
        ]
        here = max(here, last)
    parts.append(escape(text[here : span[1]]))
    return f'<blockquote><p dir="auto">{"".join(parts)}</p><footer>{source}{about}</footer></blockquote>'
