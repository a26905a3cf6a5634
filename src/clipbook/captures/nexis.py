"""Exports of many articles from Nexis Uni: each ends with "End of Document"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.plain import visible_text
from clipbook.captures.source import Source
from clipbook.captures.stated import stated_fields
from clipbook.records import Capture

_END = "end of document"
_LABELS = {"byline": "authors", "section": "section", "highlight": "standfirst", "language": "language"}
_LABEL = re.compile(
    r"(Byline|Section|Length|Highlight|Dateline|Series|Load-Date|Language|Publication-Type|Journal Code"
    r"|Subject|Company|Ticker|Industry|Geographic|Person|Organization|Document-Type|Publication-Subject)"
    r"[ \t]*:[ \t]*(.*)",
    re.IGNORECASE,
)
_BODY = re.compile(r"body[ \t]*:?", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:graphic|classification|notes?|(?:related )?links?|images?|photos?|photo-gallery|load-date|language)"
    r"[ \t]*(?::.*)?",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:copyright\b|©).*", re.IGNORECASE)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(rf"(?:{_MONTH}[ ]\d{{1,2}},?|\d{{1,2}}[ ]{_MONTH},?)[ ]\d{{4}}\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"[ ,]*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)


def is_export(lines: Sequence[str]) -> bool:
    """Whether a document is an export: it ends its articles, and labels their body or their length."""
    stripped = [line.strip().casefold() for line in lines]
    return _END in stripped and any(
        line in {"body", "body:"} or line.startswith(("length:", "load-date:")) for line in stripped
    )


def split_export(source: Source, text: str, limits: Limits) -> Iterator[Capture]:
    """Give each article of an export, with what its labels state and its body alone as text."""
    lines = visible_text(text, _whole_export(limits))[0].split("\n")
    article: list[str] = []
    count = 0
    for line in lines:
        if line.strip().casefold() != _END:
            article.append(line.strip())
            continue
        count += 1
        if count > limits.records:
            raise beyond("The export holds too many articles", count, limits, "records")
        yield _article(source, article, limits)
        article = []
    if sum(len(line) for line in article) > 200:
        yield source.capture(
            "nexis", failure="The last article of the export is cut off: it has no End of Document."
        )


def _whole_export(limits: Limits) -> Limits:
    return replace(limits, text_chars=limits.page_bytes, lines=limits.page_bytes)


def _article(source: Source, lines: list[str], limits: Limits) -> Capture:
    start = next((place for place, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    if start is None:
        return source.capture("nexis", failure="The article in the export has no line Body.")
    ends = (place for place in range(start + 1, len(lines)) if _AFTER.fullmatch(lines[place]))
    end = next(ends, len(lines))
    fields = _heading(lines[:start])
    for line in lines[:start] + lines[end:]:
        label = _LABEL.fullmatch(line)
        if label and label[2].strip() and label[1].casefold() in _LABELS:
            fields.setdefault(_LABELS[label[1].casefold()], label[2].strip())
    stated: dict[str, str] = {}
    try:
        stated = stated_fields(fields, limits) | {"body_only": "yes"}
        text, notes = visible_text("\n\n".join(filter(None, lines[start + 1 : end])), limits)
    except UnreadableError as error:
        return source.capture("nexis", fields=stated, failure=str(error))
    return source.capture("nexis", text=text, fields=stated, notes=notes)


def _heading(lines: list[str]) -> dict[str, str]:
    """Read headline, outlet and date, which stand in this order above the copyright line and the labels."""
    filled = [line for line in lines if line]
    stop = next(
        (n for n, line in enumerate(filled) if _COPYRIGHT.fullmatch(line) or _LABEL.fullmatch(line)),
        len(filled),
    )
    dates = [n for n, line in enumerate(filled[:stop]) if _DATE.search(line) and len(line) < 80]
    if not dates:
        return {"headline": filled[0]} if stop else {}
    at = dates[-1]
    fields = {"published": _WEEKDAY.sub("", filled[at])}
    if at >= 1:
        fields["outlet"] = filled[at - 1]
    if at >= 2:
        fields["headline"] = filled[at - 2]
    return fields
