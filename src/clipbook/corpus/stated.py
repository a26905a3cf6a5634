"""What a file states about an article, set beside what its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clipbook.article import parse_article
from clipbook.article.bylines import stated_authors
from clipbook.article.dates import two_ways
from clipbook.article.language import language_of
from clipbook.article.outlet_keys import name_key
from clipbook.article.paragraphs import body_text
from clipbook.article.parse import THIN_WORDS
from clipbook.article.published import stated_date
from clipbook.records import Article, Capture, Line
from clipbook.text.words import count_words

_COLUMN = "column "
_AS_STATED = ("headline", "standfirst", "outlet", "section", "url")


def read_article(capture: Capture) -> Article:
    """Parse a capture, and let what its file states stand before what its page shows; none stops the others.

    Exports and tables hold the article's text by itself: all of it is kept. Headline, authors, date and
    the like that a table, an export or a message states replace those found in the text.

    Returns
    -------
    Article
        As :func:`clipbook.article.parse_article` gives it; of a page that the parser cannot cope with, failed.
    """
    try:
        return _read(capture)
    except (MemoryError, OSError, ImportError):
        raise
    except Exception as error:
        reason = f"The page could not be parsed ({type(error).__name__}: {error}); please report it."
        return parse_article(replace(capture, text="", html="", failure=reason))


def _read(capture: Capture) -> Article:
    if capture.failure or not capture.text or "body_only" not in capture.fields:
        article = parse_article(capture)
    else:
        article = _whole_text(capture)
    return _with_stated(article, capture.fields)


def further_columns(capture: Capture) -> dict[str, str]:
    """Give the columns of a table that clipbook has no use for but the researcher may."""
    fields = capture.fields.items()
    return {name.removeprefix(_COLUMN): value for name, value in fields if name.startswith(_COLUMN)}


def _whole_text(capture: Capture) -> Article:
    shown = capture.text.split("\n")
    lines = tuple(
        Line(number, "body", True, "the file holds the article's text by itself", text)
        if text.strip()
        else Line(number, "blank", False, "no word in it", text)
        for number, text in enumerate(shown, start=1)
    )
    body = body_text(shown, [line.kept for line in lines])
    words = count_words(body)
    thin = () if words >= THIN_WORDS else (f"only {words} words of article were found",)
    return Article(
        capture.capture_id, capture.source_file, capture.format, url=capture.url, language=language_of(body), body=body,
        lines=lines, kept_share=1.0, status="thin" if thin else "ok", notes=capture.notes + thin, sha256=capture.sha256,
    )  # fmt: skip


def _with_stated(article: Article, fields: Mapping[str, str]) -> Article:
    stated: Any = {name: text for name in _AS_STATED if (text := fields.get(name))}
    article = replace(article, **stated)
    if "outlet" in stated:
        article = replace(article, outlet_from="the file", outlet_maybe="")
    own = name_key(article.outlet)[0]
    named = stated_authors(fields.get("authors", ""))
    if authors := tuple(name for name in named if name_key(name)[0] != own):
        article = replace(article, authors=authors)
    if text := fields.get("published", ""):
        article = _dated(article, text)
    stamp, _ = stated_date(fields.get("updated", ""))
    if stamp is not None and stamp.other is None:
        article = replace(article, updated=stamp.moment)
    language = fields.get("language", "").strip().lower()
    return replace(article, language=language[:2]) if _is_code(language) else article


def _dated(article: Article, text: str) -> Article:
    """Let the date that the file states stand; one that can be read in two ways waits for others of the file."""
    stamp, note = stated_date(text)
    if stamp is None:
        return replace(article, notes=(*article.notes, f"the date {text[:40]!r} could not be read"))
    moment, zone = (stamp.moment, stamp.zone) if stamp.other is None else (None, "")
    note = note if stamp.other is None else two_ways(text, stamp)
    notes, source = (*article.notes, *filter(None, [note])), f"the file: {text[:60]}"
    return replace(article, published=moment, published_zone=zone, published_from=source, notes=notes)


def _is_code(language: str) -> bool:
    return (
        language[:2].isalpha() and language.isascii() and (len(language) == 2 or language[2:3] in {"-", "_"})
    )
