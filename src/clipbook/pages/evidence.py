"""The evidence: a page for every article, and lists that lead from a name to the sentences behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from clipbook.pages import listings
from clipbook.pages.article import FigureLink, article_page, audit_page
from clipbook.pages.render import RECORD, Row, article_file, audit_file, html, isolated, records, render
from clipbook.schema import need_columns

FOLDED = 30  # of a list, what more there is opens on a click
_LAYERS = ("lines", "quotes", "frame_scores", "frame_evidence", "readability", "hardest", "keywords")
AT_ONCE = 100  # articles whose rows are taken out of the tables together
NO_ROWS: pd.DataFrame = pd.DataFrame({"capture_id": pd.Series(dtype="str")})


@dataclass(frozen=True, eq=False)
class EvidenceTables:
    """The tables that the pages show; only the first two are needed.

    ``articles`` and ``lines`` as made by ``corpus.read_corpus``; ``quotes`` by ``quotes.find_quotes``;
    ``frame_scores`` and ``frame_evidence`` by the functions of these names; ``readability`` by
    ``readability.readability_table``; ``keywords`` and ``keyness`` by the functions of these names;
    ``hardest`` by ``readability.hardest_sentences``. ``drawn_from`` is the number of captures in the study where
    these are only some of them, else 0.
    """

    articles: pd.DataFrame
    lines: pd.DataFrame
    quotes: pd.DataFrame = field(default_factory=lambda: NO_ROWS)
    frame_scores: pd.DataFrame = field(default_factory=lambda: NO_ROWS)
    frame_evidence: pd.DataFrame = field(default_factory=lambda: NO_ROWS)
    readability: pd.DataFrame = field(default_factory=lambda: NO_ROWS)
    hardest: pd.DataFrame = field(default_factory=lambda: NO_ROWS)
    keywords: pd.DataFrame = field(default_factory=lambda: NO_ROWS)
    keyness: pd.DataFrame = field(default_factory=lambda: NO_ROWS)
    drawn_from: int = 0


Figures = Mapping[str, tuple[str, pd.DataFrame]]
Links = dict[str, dict[str, str]]
Mentions = tuple[str, str, frozenset[str]]  # a figure's place on the gallery, title, names in its data


def evidence_pages(tables: EvidenceTables, figures: Figures | None = None) -> Iterator[tuple[str, str]]:
    """Build the evidence pages, one after the other, so that a large corpus is never held twice.

    Parameters
    ----------
    tables : EvidenceTables
        The corpus and its measures.
    figures : dict of str to (str, DataFrame), optional
        As made by `gallery.plotted_data`. A figure is linked from each article whose ``capture_id``,
        headline, outlet or speakers stand in its data.

    Yields
    ------
    (file name, text) : tuple of str
        Pages for one folder beside the gallery, and at the end ``links.json``, which tells the gallery
        what there is to link to.

    Raises
    ------
    TableError
        If ``articles`` or ``lines`` lacks a column.
    """
    need_columns(tables.articles, ["capture_id", "outlet", "headline", "body"], made_by="corpus.read_corpus")
    need_columns(
        tables.lines, ["capture_id", "line", "role", "kept", "reason", "text"], made_by="corpus.read_corpus"
    )
    counted = _figure_names(figures or {})
    for article, own in _with_rows(tables):
        figured = _counts_in(article, own, counted)
        yield article_file(article["capture_id"]), article_page(article, own, figured)
        yield audit_file(article["capture_id"]), audit_page(article, own["lines"])
    lists = _listings(tables)
    for _, listing in lists:
        shown = [FigureLink(*one[:2], []) for one in counted if not one[2].isdisjoint(listing.places)]
        yield (
            listing.file,
            _render(tables, "listing.html", title=listing.title, listing=listing, figures=shown),
        )
    links = evidence_record(tables)
    yield "index.html", _index(tables, links, {listing.file: listing.total for _, listing in lists})
    yield RECORD, json.dumps(links, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _with_rows(tables: EvidenceTables) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    """Give each article with its own rows of every table."""
    tabled: dict[str, pd.DataFrame] = {name: getattr(tables, name) for name in _LAYERS}
    places = {name: table.groupby("capture_id", sort=False).indices for name, table in tabled.items()}
    articles = records(tables.articles)
    for first in range(0, len(articles), AT_ONCE):
        some = articles[first : first + AT_ONCE]
        own: dict[str, dict[str, list[Row]]] = {
            article["capture_id"]: {name: [] for name in _LAYERS} for article in some
        }
        for name, table in tabled.items():
            if found := [places[name][key] for key in own if key in places[name]]:
                for row in records(table.iloc[np.concatenate(found)]):
                    own[row["capture_id"]][name].append(row)
        yield from ((article, own[article["capture_id"]]) for article in some)


def evidence_record(tables: EvidenceTables) -> Links:
    """Tell which pages `evidence_pages` will make: by kind and name, the page and the place on it."""
    links: Links = {"capture": _captures(tables.articles)}
    for kind, listing in _listings(tables):
        links.setdefault(kind, {}).update(listing.places)
        if listing.parts:
            links.setdefault("part", {}).update(listing.parts)
    return links


@lru_cache(maxsize=1)  # a run asks before its notebooks, and again for the pages
def _listings(tables: EvidenceTables) -> list[tuple[str, listings.Listing]]:
    kinds = {
        "outlet": listings.outlet_pages(tables.articles),
        "speaker": listings.speaker_pages(tables.articles, tables.quotes),
        "frame": listings.frame_pages(tables.articles, tables.frame_evidence),
        "term": listings.term_pages(tables.articles, tables.keywords, tables.keyness),
    }
    return [(kind, listing) for kind, made in kinds.items() for listing in made]


def _captures(articles: pd.DataFrame) -> dict[str, str]:
    """Find an article by its id, its file, or its headline where no other has the same."""
    found = {str(name): article_file(name) for name in articles["capture_id"]}
    for column in ("source_file", "headline"):
        if column in articles.columns:
            once = articles[~articles[column].duplicated(keep=False) & (articles[column] != "")]
            for name, capture_id in zip(once[column], once["capture_id"], strict=True):
                found.setdefault(str(name), article_file(capture_id))
    return found


def _figure_names(figures: Figures) -> list[Mentions]:
    named = []
    for place, (title, data) in figures.items():
        texts = [data[column] for column in data.columns if not pd.api.types.is_numeric_dtype(data[column])]
        named.append((place, title, frozenset(str(cell) for column in texts for cell in column.unique())))
    return named


def _counts_in(
    article: Mapping[str, Any], own: Mapping[str, list[Row]], figures: list[Mentions]
) -> list[FigureLink]:
    names = [str(article.get(key) or "") for key in ("capture_id", "source_file", "headline", "outlet")]
    names += sorted({quote["speaker"] for quote in own["quotes"]})
    found = [
        FigureLink(place, title, [name for name in names if name and name in mentioned])
        for place, title, mentioned in figures
    ]
    return [figure for figure in found if figure.names]


def _render(tables: EvidenceTables, template: str, **data: Any) -> str:
    """Fill a template that says of how many captures these are, and folds long lists."""
    return render(template, shown=len(tables.articles), of=tables.drawn_from, folded=FOLDED, **data)


def _index(tables: EvidenceTables, links: Mapping[str, Mapping[str, str]], counts: Mapping[str, int]) -> str:
    rows = [
        (
            listings.article_link(row),
            isolated(row["outlet"]),
            _day(row.get("published")),
            row.get("status", ""),
        )
        for row in records(tables.articles)
    ]
    lists = []
    for kind, title, unit in (
        ("outlet", "Outlets", "captures"),
        ("speaker", "Speakers", "quotations"),
        ("frame", "Frames", "sentences"),
    ):
        if links.get(kind):
            listed = [(name, file, counts[file]) for name, file in links[kind].items()]
            lists.append((title, unit, sorted(listed, key=lambda one: (-one[2], one[0]))))
    return _render(tables, "evidence.html", title="Evidence", rows=rows, lists=lists)


def _day(when: Any) -> Markup:
    known = not (when is None or pd.isna(when))
    return html('<span class="whole">{}</span>', f"{when:%Y-%m-%d}") if known else Markup()
