"""Lists that lead from a name in a figure to the sentences behind it, on pages of their own and in a notebook."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from clipbook.pages import render as page
from clipbook.pages.reading import VOICED, occurrences
from clipbook.quotes import counted_as
from clipbook.text.sentences import sentence_spans

SHOWN = 200  # sentences under one heading
TERMS = 400  # terms of a comparison that are listed
_WORD = re.compile(r"\w+")
_TOLD = {"speaker", "words", "rule", "confidence"}  # of a quotation


class Passage(NamedTuple):
    """A stretch of an article with the words marked that are meant, and the way to them."""

    text: Markup
    href: str
    article: str
    note: str = ""


class Section(NamedTuple):
    """Passages under a heading: an outlet, or a term."""

    name: str
    found: Sequence[tuple[page.Row, _Found]]  # in which articles
    note: str = ""
    more: int = 0  # passages that are not shown

    @property
    def passages(self) -> list[Passage]:
        """Lay out what was found."""
        return [_quoted(row, one) for row, one in self.found]


class Listing(NamedTuple):
    """One list, before it becomes a page."""

    file: str
    title: str
    places: dict[str, str]  # where on which page each of its names is found
    sections: Sequence[Section] = ()
    rows: Sequence[tuple[object, ...]] = ()  # of a table of articles
    caption: str = ""
    parts: Mapping[str, str] = {}  # the address of each outlet's part of the list, and the outlet

    @property
    def total(self) -> int:
        """How many articles or passages it lists, with those that it has no room for."""
        return len(self.rows) + sum(len(section.found) + section.more for section in self.sections)


def article_link(row: page.Row) -> Markup:
    """Link to an article by its headline, or by its id where it has none."""
    return page.link(page.local(page.article_file(row["capture_id"])), row["headline"] or row["capture_id"])


def outlet_pages(articles: pd.DataFrame) -> Iterator[Listing]:
    """List the articles of each outlet."""
    for outlet, rows in articles[articles["outlet"] != ""].groupby("outlet", sort=True):
        cells = [(article_link(row), row.get("status", "")) for row in page.records(rows)]
        caption, file = f"{len(cells):,} captures of {outlet}", page.list_file("outlet", outlet)
        yield Listing(file, f"Outlet: {outlet}", {str(outlet): file}, rows=cells, caption=caption)


def speaker_pages(articles: pd.DataFrame, quotes: pd.DataFrame) -> Iterator[Listing]:
    """List every quotation of each speaker in the sentences around it, by outlet; those in doubt under "unsure" as well."""
    if quotes.empty:
        return
    said = quotes[quotes["kind"].isin(VOICED) & quotes["capture_id"].isin(articles["capture_id"])]
    said = said.assign(counts=counted_as(said["speaker"], said["confidence"]))
    passages = []
    for row in page.records(said[["capture_id", "start", "end", "counts", *_TOLD.intersection(said)]]):
        place = (int(row["start"]), int(row["end"]))
        found = _Found(row["speaker"], row["capture_id"], "body", place, [place], _found_by(row))
        passages += [found._replace(name=name) for name in dict.fromkeys((row["speaker"], row["counts"]))]
    yield from _passage_pages("speaker", passages, articles)


def frame_pages(articles: pd.DataFrame, evidence: pd.DataFrame) -> Iterator[Listing]:
    """List every headline and every sentence with a cue of each frame, the cues marked, by outlet."""
    if evidence.empty:
        return
    one = ["frame", "capture_id", "field", "sentence_start", "sentence_end"]
    outlets = evidence["capture_id"].map(articles.set_index("capture_id")["outlet"])
    inside = evidence.assign(outlet=outlets)[outlets.notna()]
    sentences = inside.drop_duplicates(one)
    of_outlet = sentences.groupby(["frame", "outlet"])
    shown = inside.merge(sentences.loc[of_outlet.cumcount() < SHOWN, one], on=one)
    cues: dict[Any, list[tuple[int, int]]] = {}
    for *sentence, start, end in zip(*(shown[name].tolist() for name in [*one, "start", "end"]), strict=True):
        cues.setdefault(tuple(sentence), []).append((start, end))
    passages = [
        _Found(frame, name, field, (start, end), marked)
        for (frame, name, field, start, end), marked in cues.items()
    ]
    yield from _passage_pages("frame", passages, articles, of_outlet.size().to_dict())


class _Found(NamedTuple):
    """Sentences that stand behind a name, and the words in them that are meant."""

    name: str
    capture_id: str
    field: str  # headline or body
    span: tuple[int, int]
    marked: list[tuple[int, int]]
    note: str = ""


def _around(row: page.Row, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch of an article's body to the sentences that it touches."""
    touched = [span for span in _sentences(str(row["body"])) if span[0] < end and start < span[1]]
    return min([start, *(first for first, _ in touched)]), max([end, *(last for _, last in touched)])


def _found_by(row: page.Row) -> str:
    """Say how the speaker of a quotation was found, and how sure that is."""
    sure = float(row.get("confidence", math.nan))
    said = f"{row['words']:,} {'word' if row['words'] == 1 else 'words'}"
    doubt = "" if row["counts"] == row["speaker"] else f"{row['speaker']} in doubt: counts as {row['counts']}"
    told = "" if math.isnan(sure) else f"confidence {sure:.0%}"
    return ", ".join(filter(None, [said, row.get("rule", ""), told, doubt]))


def _passage_pages(
    kind: str, passages: list[_Found], articles: pd.DataFrame, total: Mapping[Any, int] | None = None
) -> Iterator[Listing]:
    """List passages by name and outlet; ``total`` says how many there are where not all are given."""
    outlets = dict(zip(articles["capture_id"], articles["outlet"], strict=True))
    by_place: dict[tuple[str, str], list[_Found]] = {}
    for one in passages:
        by_place.setdefault((one.name, outlets[one.capture_id]), []).append(one)
    shown = {one.capture_id for said in by_place.values() for one in said[:SHOWN]}
    by_id = {row["capture_id"]: row for row in page.records(articles[articles["capture_id"].isin(shown)])}
    for name, places in groupby(sorted(by_place), key=lambda place: place[0]):
        sections, parts = [], {}
        file = page.list_file(kind, name)
        for _, outlet in places:
            said = by_place[name, outlet]
            listed = [(by_id[one.capture_id], one) for one in said[:SHOWN]]
            if kind == "speaker":
                listed = [(row, one._replace(span=_around(row, *one.span))) for row, one in listed]
            count = total[name, outlet] if total else len(said)
            sections.append(Section(outlet, listed, more=count - len(listed)))
            parts[f"{file}#{page.slug(outlet)}"] = str(outlet)
        title = f"{kind.capitalize()}: {page.plain(name)}"
        yield Listing(file, title, {str(name): file}, sections, parts=parts)


def term_pages(articles: pd.DataFrame, keywords: pd.DataFrame, keyness: pd.DataFrame) -> Iterator[Listing]:
    """List, for each keyword and each term of a comparison, a sentence of each article that has it.

    Terms share a page by their first letter.
    """
    by_id = {row["capture_id"]: row for row in page.records(articles)}
    places: dict[str, dict[Any, None]] = {}
    for row in page.records(keywords):
        places.setdefault(str(row["keyword"]), {})[row["capture_id"]] = None
    if len(keyness):
        lowered = {key: str(row["body"]).casefold() for key, row in by_id.items()}
        words: dict[str, set[Any]] = {}  # in which articles each stands
        for key, body in lowered.items():
            for word in set(_WORD.findall(body)):
                words.setdefault(word, set()).add(key)
        for term in list(dict.fromkeys(str(term) for term in keyness["term"]))[:TERMS]:
            folded = term.casefold()
            near = set(lowered).intersection(*(words.get(word, ()) for word in _WORD.findall(folded)))
            holding = [key for key, body in lowered.items() if key in near and folded in body]
            places.setdefault(term, {}).update(dict.fromkeys(holding))
    ordered = sorted(places, key=lambda term: (_letter(term), term))
    for letter, terms in groupby(ordered, key=_letter):
        file = f"terms-{letter}.html"
        sections = [_term(term, [by_id[key] for key in places[term]]) for term in terms]
        sections = [section for section in sections if section.found]
        if sections:
            found = {section.name: f"{file}#{page.slug(section.name)}" for section in sections}
            yield Listing(file, f"Terms: {letter}", found, sections)


def _letter(term: str) -> str:
    return page.slug(term[:1])[0] if term[:1].isalpha() else "other"


def _term(term: str, articles: list[page.Row]) -> Section:
    found = [(row, place) for row in articles if (place := next(occurrences(str(row["body"]), term), None))]
    listed = [
        (row, _Found(term, row["capture_id"], "body", _around(row, *place), [place]))
        for row, place in found[:SHOWN]
    ]
    count = f"{len(found):,} {'article' if len(found) == 1 else 'articles'}"
    return Section(term, listed, f"Stands in {count}; a sentence of each.")


@lru_cache(maxsize=1024)
def _sentences(body: str) -> Sequence[tuple[int, int]]:
    return sentence_spans(body)


def _quoted(row: page.Row, one: _Found) -> Passage:
    """Show a stretch of a text with some of its words marked, and the way to them in the article."""
    text = str(row["headline" if one.field == "headline" else "body"])
    parts, here = [], one.span[0]
    for first, last in sorted(one.marked):
        parts.append(
            page.html('{}<mark class="cue">{}</mark>', text[here:first], text[max(first, here) : last])
        )
        here = max(here, last)
    parts.append(page.html("{}", text[here : one.span[1]]))
    start = one.span[0] if one.field == "body" else one.marked[0][0]
    href = page.evidence_link(row["capture_id"], start, one.field)
    return Passage(Markup().join(parts), href, row["headline"] or row["capture_id"], one.note)


READ: dict[str, tuple[str, list[str]]] = {  # what stands behind a name of each kind: the table, its columns
    "speaker": (
        "quotes",
        ["capture_id", "speaker", "kind", "start", "end", "words", "rule", "confidence"],
    ),
    "frame": (
        "frame_evidence",
        ["capture_id", "frame", "field", "start", "end", "sentence_start", "sentence_end"],
    ),
    "term": ("keywords", ["capture_id", "keyword"]),
}


def sections_of(kind: str, name: str, articles: pd.DataFrame, table: pd.DataFrame) -> Sequence[Section]:
    """Find the sentences of a speaker, a frame or a term, by outlet, the words marked that are meant.

    Parameters
    ----------
    kind : {"speaker", "frame", "term"}
    name : str
    articles : DataFrame
        ``capture_id``, ``outlet``, ``headline``, ``body``: those that are looked through.
    table : DataFrame
        The columns `READ` of ``quotes`` for a speaker, of ``frame_evidence`` for a frame; any other for a term.
    """
    if kind == "term":
        return [_term(name, page.records(articles))]
    inside = table[table["capture_id"].isin(articles["capture_id"])]
    counts = counted_as(inside["speaker"], inside["confidence"]) if kind == "speaker" else inside[kind]
    own = inside[(inside[kind] == name) | (counts == name)]
    listings = speaker_pages(articles, own) if kind == "speaker" else frame_pages(articles, own)
    return next((listing.sections for listing in listings if name in listing.places), ())


def notebook_passages(sections: Sequence[Section], *, prefix: str, most: int) -> tuple[str, str]:
    """Lay the sentences out for a notebook.

    Parameters
    ----------
    sections : sequence of Section
        As from `sections_of`.
    prefix : str
        The address of the evidence pages, or "" where there are none to link to.
    most : int
        Sentences that are shown; the rest is counted.

    Returns
    -------
    (str, str)
        HTML, and plain text for where there is no browser.
    """
    shown, left = [], most
    for section in sections:
        few = section.found[:left]
        left -= len(few)
        shown += [section._replace(found=few)] if few else []
    total = sum(len(section.found) + section.more for section in sections)
    count = f"{total:,} {'place' if total == 1 else 'places'}"
    count = f"The first {most - left:,} of {count}" if total > most - left else count
    passages = [passage for section in shown for passage in section.passages]
    text = [f"{passage.text.striptags()}  [{passage.article}]" for passage in passages]
    laid_out = page.render("notebook_passages.html", sections=shown, prefix=prefix, count=count)
    return laid_out, "\n".join([*text, count])
