"""The records that hold what was read, before anything is measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Capture:
    """One saved news page, as it was read and before anything was judged.

    Exactly one of ``text`` and ``html`` is filled, unless ``failure`` says why neither is.
    """

    capture_id: str  # unique in a corpus: the file's relative path without its ending
    source_file: str  # path below the folder that was given, with forward slashes
    format: str  # "text", "html", "mhtml", "warc", "pdf", ...
    text: str = ""  # the page's visible text, one line per block
    html: str = ""  # the page's markup
    sha256: str = ""  # of the bytes as stored
    url: str = ""
    fields: dict[str, str] = field(default_factory=dict)  # what the format states: headline, ...
    notes: tuple[str, ...] = ()  # what was repaired or odd while reading
    failure: str = ""  # why the capture could not be read; "" when it was


class Line(NamedTuple):
    """One line of a capture with the role it plays on the page."""

    line: int  # counted from 1, blank lines included in the count
    role: str  # "body", "headline", "navigation", ...
    kept: bool  # whether the line is part of ``Article.body``
    reason: str  # why, in words that a reader of the audit page understands
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """What a capture says once its clutter is set aside.

    ``body`` holds the kept lines: a single line break between lines of one paragraph, a blank
    line between paragraphs. All text offsets anywhere in clipbook are code points into it.
    """

    capture_id: str
    source_file: str
    format: str
    outlet: str = ""
    outlet_from: str = ""  # what the outlet was read from
    outlet_maybe: str = ""  # where none is sure: names that the page shows, with their probability
    headline: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None  # the wall clock that the page shows, without time zone
    published_zone: str = ""  # "+02:00", "Z" or "" when the page gives none
    published_from: str = ""  # what says so: "page: 3 May 2031", "JSON-LD: 2031-05-03T06:00:00Z", ...
    updated: datetime | None = None
    section: str = ""
    url: str = ""
    language: str = ""  # ISO 639-1; "" when the text is too short to tell
    paywalled: bool = False
    body: str = ""
    lines: tuple[Line, ...] = ()
    kept_share: float = float("nan")  # words kept / words captured
    status: str = "ok"  # ok, thin, failed (duplicate is decided by the corpus)
    notes: tuple[str, ...] = ()
    sha256: str = ""
