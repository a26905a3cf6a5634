"""The sentences behind a number, in a notebook: as on the evidence pages, without leaving the notebook."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from clipbook.pages.listings import Section, frame_pages, speaker_pages, term_section
from clipbook.pages.render import render
from clipbook.quotes import counted_as

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
        return [term_section(name, articles)]
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
    page = render("notebook_passages.html", sections=shown, prefix=prefix, count=count)
    return page, "\n".join([*text, count])
