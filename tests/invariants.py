"""What must hold of every article and every quotation, whatever was captured."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from clipbook.quotes import Quote
from clipbook.records import Article, Capture

_HALF = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\w+")
STATUSES = ("ok", "thin", "failed")


def capture_faults(captures: Sequence[Capture]) -> list[str]:
    """Every source gives a capture, and each is either read or says why not."""
    faults = [] if captures else ["no capture"]
    for capture in captures:
        filled = bool(capture.text) + bool(capture.html)
        if filled != (0 if capture.failure else 1):
            faults.append(f"text and html filled: {filled}, failure: {capture.failure!r}")
        texts = (capture.text, capture.html, capture.url, capture.failure, *capture.notes)
        faults += text_faults(*texts, *capture.fields, *capture.fields.values())
    return faults


def text_faults(*texts: str) -> list[str]:
    """Every text can be written as UTF-8."""
    return [
        f"{text[:40]!r} cannot be written as UTF-8"
        for text in texts
        if not text.isascii() and _HALF.search(text)
    ]


def article_faults(article: Article) -> list[str]:
    """The body is the kept lines, in order and whole; what failed says why."""
    faults = []
    kept = [word for line in article.lines if line.kept for word in line.text.split()]
    if article.body.split() != kept and article.lines:
        faults.append("the body is not its kept lines")
    if [line.line for line in article.lines] != list(range(1, len(article.lines) + 1)):
        faults.append("lines are not counted from 1")
    if any(not line.reason or not line.role for line in article.lines):
        faults.append("a line without role or reason")
    if article.status not in STATUSES or (article.status == "failed") != (not article.body.strip()):
        faults.append(f"status {article.status} with a body of {len(article.body)} characters")
    if article.status != "ok" and not article.notes:
        faults.append(f"{article.status} without a reason")
    share = article.kept_share
    if not (math.isnan(share) or 0 <= share <= 1):
        faults.append(f"kept_share is {share}")
    if article.published is not None and article.published.tzinfo is not None:
        faults.append("published carries a time zone")
    texts = (article.headline, article.standfirst, article.outlet, article.section, article.url, article.body)
    lines = (line.text for line in article.lines)
    return faults + text_faults(*texts, *article.authors, *article.notes, *lines)


def span_faults(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Spans are filled, lie in the text, in order, and do not overlap."""
    ends = [0, *(end for _, end in spans)]
    return [
        f"span {start}-{end} after {before}, in {len(text)} characters"
        for before, (start, end) in zip(ends, spans, strict=False)
        if not before <= start < end <= len(text)
    ]


def quote_faults(body: str, quotes: Sequence[Quote]) -> list[str]:
    """Offsets point to the text, confidence is a share, and silence has no speaker's words."""
    faults = []
    flat = " ".join(_WORD.findall(body))
    for quote in quotes:
        if not 0 <= quote.start < quote.end <= len(body) or body[quote.start : quote.end] != quote.text:
            faults.append(f"{quote.start}-{quote.end} is not {quote.text[:40]!r}")
        if not 0 <= quote.confidence <= 1:
            faults.append(f"confidence {quote.confidence}")
        if any(" ".join(_WORD.findall(words)) not in flat for words in (quote.speaker_words, quote.cue)):
            faults.append(f"{quote.speaker_words!r} or {quote.cue!r} is not in the text")
        if not quote.speaker or quote.words < 0 or not quote.rule:
            faults.append(f"no speaker, words or rule: {quote}")
    if [quote.start for quote in quotes] != sorted(quote.start for quote in quotes):
        faults.append("quotations out of order")
    return faults
