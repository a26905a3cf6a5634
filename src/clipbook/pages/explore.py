"""One page that searches all articles: whole ones for one's own use, or the lines around a query's places to share."""

from __future__ import annotations

import base64
import gzip
import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import Any

import pandas as pd
from markupsafe import Markup

from clipbook.keywords.search import FIELDS, Query, read_query
from clipbook.pages.render import article_file, asset, local, plain, render, web_address
from clipbook.quotes import counted_as, speech
from clipbook.schema import need_columns
from clipbook.stats.periods import STEPS, fitting_step, name_period, period_starts
from clipbook.text.words import count_words

CONTEXT = 60  # characters on either side of a place that a shared page keeps, as the script shows them
PARAGRAPH = "\n\n"
Span = tuple[int, int, int, int, int]  # number of the field, start, length, words, number of the name
_UNDATED = {"name": "no date", "from": "", "to": ""}


def explore_page(
    articles: pd.DataFrame,
    quotes: pd.DataFrame,
    evidence: pd.DataFrame,
    *,
    of: int = 0,
    query: str = "",
    pages: Collection[str] = (),
) -> str:
    """Build the page that searches articles by its own script, without a network.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``outlet``, ``headline``, ``body``, ``published``, ``words``, ``url``.
    quotes : DataFrame
        Of these articles: ``capture_id``, ``start``, ``end``, ``kind``, ``speaker``, ``confidence``, ``words``.
    evidence : DataFrame
        Of these articles, as from ``framing.frame_evidence``.
    of : int
        How many articles they were drawn from, if they were.
    query : str
        Where the page is to be shared: what it shows. It then holds the lines around the places alone.
    pages : collection of str
        The names of the evidence pages that lie in the folder ``evidence`` beside the page.

    Returns
    -------
    str
        HTML whose content security policy allows its own script and style sheet, by hash, and nothing else.

    Raises
    ------
    TableError
        If a column is missing.
    QueryError
        If ``query`` cannot be understood.
    """
    needed = ["capture_id", "outlet", "headline", "body", "published", "words", "url"]
    need_columns(articles, needed, made_by="corpus.read_corpus")
    step, periods, period_of = _periods(articles["published"])
    speakers, said = _said(quotes)
    frames, cues = _cues(evidence)
    asked = read_query(query) if query else None
    rows = []
    for row, period in zip(articles[needed].to_dict("records"), period_of, strict=True):
        fields = tuple(str(row[field]) for field in FIELDS)
        own, sentences = said[row["capture_id"]], _counted(cues[row["capture_id"]], fields)
        total = int(row["words"]) + count_words(fields[0])
        if asked:
            fields, own, sentences = _shortened(asked, fields, own, sentences)
        name = article_file(row["capture_id"])
        rows.append({
            "id": row["capture_id"], "outlet": row["outlet"] or "no outlet", "period": period, "words": total,
            "day": _day(row["published"]), "fields": fields,
            "said": _in_units(own, fields), "cues": _in_units(sentences, fields), "url": web_address(row["url"]) if asked else "",
            "page": f"evidence/{local(name)}" if name in pages else "",
        })  # fmt: skip
    data = {
        "query": query, "outlets": sorted({row["outlet"] for row in rows}), "speakers": speakers, "frames": frames,
        "periods": periods, "articles": rows,
    }  # fmt: skip
    packed = gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    style, script = asset("page.css") + asset("explore.css"), asset("explore.js")
    return render(
        "explore.html", title=f"Where they say {query}" if query else "Search all articles",
        style=style, script=script, data=Markup(base64.b64encode(packed).decode("ascii")), query=query, count=len(rows),
        of=of, step=step, gallery="index.html" in pages,
    )  # fmt: skip


def _periods(published: pd.Series) -> tuple[str, list[dict[str, str]], list[int]]:
    """Name the steps of time, with the days from and to, and tell the number of each article's step."""
    step = fitting_step(published)
    starts = period_starts(published, step)
    known = sorted(starts.dropna().unique())
    ends = [start.to_period(STEPS[step]).end_time for start in known]
    periods = [
        {"name": name_period(start, step), "from": _day(start), "to": _day(end)}
        for start, end in zip(known, ends, strict=True)
    ]
    numbers = {start: number for number, start in enumerate(known)}
    return step, [*periods, _UNDATED], [numbers.get(start, len(known)) for start in starts]


def _day(moment: pd.Timestamp) -> str:
    return "" if pd.isna(moment) else f"{moment:%Y-%m-%d}"


def _said(quotes: pd.DataFrame) -> tuple[list[str], dict[str, list[Span]]]:
    """Give the speakers, those quoted most first, and the words of each in every article."""
    said = speech(quotes)
    said = said.assign(speaker=counted_as(said["speaker"], said["confidence"]))
    words = said.groupby("speaker")["words"].sum()
    names = sorted(words.index, key=lambda name: (-words[name], name))
    return names, _spans(said.assign(field="body"), "speaker", names, "start", "end")


def _cues(evidence: pd.DataFrame) -> tuple[list[str], dict[str, list[Span]]]:
    """Give the frames, and the sentences with a cue of each in every article."""
    where = ["capture_id", "field", "sentence_start", "sentence_end", "frame"]
    once = evidence[where].drop_duplicates()
    once = once.assign(words=0, frame=once["frame"].map(plain))
    frames = sorted(once["frame"].unique())
    return frames, _spans(once, "frame", frames, "sentence_start", "sentence_end")


def _spans(table: pd.DataFrame, column: str, names: list[str], start: str, end: str) -> dict[str, list[Span]]:
    numbers = {name: number for number, name in enumerate(names)}
    found: defaultdict[str, list[Span]] = defaultdict(list)
    columns = table[["capture_id", "field", start, end, "words", column]]
    for capture, field, first, last, words, name in columns.itertuples(index=False):
        found[capture].append((FIELDS.index(field), int(first), int(last - first), int(words), numbers[name]))
    return found


def _counted(sentences: list[Span], fields: tuple[str, ...]) -> list[Span]:
    return [
        (field, start, length, count_words(fields[field][start : start + length]), name)
        for field, start, length, _, name in sentences
    ]


def _shortened(asked: Query, fields: tuple[str, ...], *spans: list[Span]) -> tuple[Any, ...]:
    """Keep what stands around the places of a query, and move the spans along.

    A stretch is cut between blanks, so that no part of a word becomes a word, and stands as a paragraph of its own. The
    headline stays whole; an article without a place keeps nothing. Spans keep their words, so that rates stay those of
    the whole articles, and those of which nothing is left stand empty at the beginning.
    """
    places = asked.places_in(fields)
    stretches: list[list[int]] = []
    for field, start, end in places:
        if FIELDS[field] == "body":
            first, last = _around(fields[field], start, end)
            if stretches and first <= stretches[-1][1]:
                stretches[-1][1] = max(last, stretches[-1][1])
            else:
                stretches.append([first, last])
    pieces = [fields[1][first:last] for first, last in stretches]
    offsets = [0, *accumulate(len(piece) + len(PARAGRAPH) for piece in pieces)]
    moved = [list(_moved(own, stretches, offsets)) for own in spans]
    return (fields[0] if places else "", PARAGRAPH.join(pieces)), *moved


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end) % (len(text) + 1)
    first, last = max(line_start, start - CONTEXT), min(line_end, end + CONTEXT)
    if first > line_start:
        first = start - len(text[first:start].partition(" ")[2])
    if last < line_end:
        last = end + len(text[end:last].rpartition(" ")[0])
    return first, last


def _moved(spans: list[Span], stretches: list[list[int]], offsets: list[int]) -> Iterator[Span]:
    for field, start, length, words, name in spans:
        left = words
        for (first, last), offset in zip(stretches, offsets, strict=False):
            inside, until = max(start, first), min(start + length, last)
            if FIELDS[field] == "body" and inside < until:
                yield field, inside - first + offset, until - inside, left, name
                left = 0
        if FIELDS[field] == "headline":
            yield field, start, length, words, name
        elif left:
            yield field, 0, 0, left, name


def _in_units(spans: list[Span], fields: Sequence[str]) -> list[Span]:
    """Count in the units of a browser's strings, where characters beyond the first 65,536 are two."""
    wide = [[place for place, letter in enumerate(text) if letter > "\uffff"] for text in fields]
    if not any(wide):
        return spans

    def unit(field: int, place: int) -> int:
        return place + bisect_left(wide[field], place)

    return [
        (field, unit(field, start), unit(field, start + length) - unit(field, start), words, name)
        for field, start, length, words, name in spans
    ]
