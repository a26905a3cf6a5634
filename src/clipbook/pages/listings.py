"""Lists that lead from a name in a figure to the sentences behind it: by outlet, speaker, frame and term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, islice
from typing import Any, NamedTuple

import pandas as pd

from clipbook.pages.html import escape, link, local, slug, table
from clipbook.pages.layers import SPEECH, occurrences
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
        yield Listing(file, f"Outlet: {outlet}", main, {str(outlet): file})


def speaker_pages(articles: pd.DataFrame, quotes: pd.DataFrame) -> Iterator[Listing]:
    """List every quotation of each speaker, by outlet."""
    if quotes.empty:
        return
    said = quotes[quotes["kind"].isin(SPEECH)]
    yield from _sentence_pages("speaker", said, articles)


def frame_pages(articles: pd.DataFrame, evidence: pd.DataFrame) -> Iterator[Listing]:
    """List every headline and every sentence with a cue of each frame, by outlet."""
    if evidence.empty:
        return
    once = evidence.drop_duplicates(["capture_id", "frame", "field", "sentence_start"])
    yield from _sentence_pages("frame", once, articles)


def _sentence_pages(kind: str, rows: pd.DataFrame, articles: pd.DataFrame) -> Iterator[Listing]:
    by_id = {row["capture_id"]: row for row in records(articles)}
    rows = rows[rows["capture_id"].isin(by_id.keys())]
    placed = rows.assign(_outlet=[by_id[key]["outlet"] for key in rows["capture_id"]])
    for name, own in placed.groupby(kind, sort=True):
        sections = []
        for outlet, said in own.groupby("_outlet", sort=True):
            shown = islice(records(said), SHOWN)
            listed = "".join(
                _quoted(by_id[row["capture_id"]], row["text"], int(row["start"]), row.get("field", "body"))
                for row in shown
            )
            more = len(said) - SHOWN
            rest = f"<p>And {more:,} more, in the articles.</p>" if more > 0 else ""
            heading = f'<h2 id="{slug(outlet)}"><bdi>{escape(outlet or "no outlet")}</bdi></h2>'
            sections.append(f"<section>{heading}{listed}{rest}</section>")
        file = list_file(kind, name)
        title = f"{kind.capitalize()}: {str(name).replace('_', ' ')}"
        yield Listing(file, title, "".join(sections), {str(name): file})


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
            yield Listing(file, f"Terms: {letter}", "".join(sections.values()), found)


def _letter(term: str) -> str:
    return slug(term[:1])[0] if term[:1].isalpha() else "other"


def _term(term: str, articles: list[Row]) -> str:
    found = [(row, span) for row in articles if (span := _sentence_with(term, str(row["body"])))]
    if not found:
        return ""
    count = f"{len(found):,} {'article' if len(found) == 1 else 'articles'}"
    listed = "".join(_quoted(row, row["body"][start:end], start) for row, (start, end) in found[:SHOWN])
    heading = f'<h2 id="{slug(term)}"><bdi>{escape(term)}</bdi></h2>'
    return f"<section>{heading}<p>Stands in {count}; a sentence of each.</p>{listed}</section>"


def _sentence_with(term: str, body: str) -> tuple[int, int] | None:
    place = next(occurrences(body, term), None)
    if place is None:
        return None
    return next((span for span in sentence_spans(body) if span[0] <= place[0] < span[1]), place)


def _quoted(row: Row, text: object, start: int, field: str = "body") -> str:
    source = link(evidence_link(row["capture_id"], start, field), row["headline"] or row["capture_id"])
    return f'<blockquote><p dir="auto">{escape(text)}</p><footer>{source}</footer></blockquote>'
