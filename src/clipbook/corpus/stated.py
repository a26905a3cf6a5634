"""What a file states about an article, set beside what its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from clipbook.article import parse_article
from clipbook.article.bylines import byline_names, names_in
from clipbook.article.dates import find_dates
from clipbook.article.language import language_of
from clipbook.article.paragraphs import body_text
from clipbook.article.parse import THIN_WORDS
from clipbook.records import Article, Capture, Line
from clipbook.text.words import count_words

_COLUMN = "column "


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
    except MemoryError:
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
    return {
        name.removeprefix(_COLUMN): value
        for name, value in capture.fields.items()
        if name.startswith(_COLUMN)
    }


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
        capture.capture_id,
        capture.source_file,
        capture.format,
        url=capture.url,
        language=language_of(body),
        body=body,
        lines=lines,
        kept_share=1.0,
        status="thin" if thin else "ok",
        notes=capture.notes + thin,
        sha256=capture.sha256,
    )


def _with_stated(article: Article, fields: Mapping[str, str]) -> Article:
    article = replace(
        article,
        headline=fields.get("headline") or article.headline,
        standfirst=fields.get("standfirst") or article.standfirst,
        outlet=fields.get("outlet") or article.outlet,
        section=fields.get("section") or article.section,
        url=fields.get("url") or article.url,
    )
    if stated := fields.get("authors", "").strip():
        each = [author for author in map(str.strip, stated.split(";")) if author]
        names = [name for author in each for name in byline_names(author) or names_in(author) or (author,)]
        article = replace(
            article, authors=tuple(dict.fromkeys(name.title() if name.isupper() else name for name in names))
        )
    if stamps := find_dates(fields.get("published", "")):
        article = replace(article, published=stamps[0].moment, published_zone=stamps[0].zone)
    if stamps := find_dates(fields.get("updated", "")):
        article = replace(article, updated=stamps[0].moment)
    language = fields.get("language", "").strip().lower()
    return replace(article, language=language[:2]) if _is_code(language) else article


def _is_code(language: str) -> bool:
    return (
        language[:2].isalpha() and language.isascii() and (len(language) == 2 or language[2:3] in {"-", "_"})
    )
