"""A capture as an article: lines judged, fields read, body put together."""

from __future__ import annotations

from dataclasses import replace

from clipbook.article.html import extracted_share, extracted_text, page_text
from clipbook.article.items import Entries, live_entries
from clipbook.article.metadata import linked_headings
from clipbook.article.outlet import maybe_text, stated_outlet
from clipbook.article.paragraphs import MAX_LINE_CHARS, MAX_LINES, page_lines
from clipbook.article.published import published
from clipbook.article.reading import Reading, as_captured, read_lines
from clipbook.article.statement import Statement, agreed_headline, head_statement, read_statement, with_shown
from clipbook.article.traits import PageTraits, page_traits
from clipbook.article.verdicts import Verdicts, judge_lines
from clipbook.captures.lines import parse_markup, unwrap
from clipbook.records import Article, Capture
from clipbook.text.words import count_words

MAX_MARKUP_CHARS = 20_000_000
"""Longer markup is no news page; it is not read."""


def parse_article(capture: Capture) -> Article:
    """Parse a capture into an article.

    Parameters
    ----------
    capture : Capture
        A news page as it was read, text or HTML; its ``fields`` are left to `corpus.read_article`.

    Returns
    -------
    Article
        With every line of the page, its role and the reason. A capture that could not be read, or in which
        nothing looks like an article, has ``status`` "failed" and a note; content never raises.
    """
    if capture.failure:
        return _failed(capture, capture.failure)
    if capture.html.strip():
        return _parse_html(capture)
    if capture.text.strip():
        return _parse_text(capture)
    return _failed(capture, "the capture is empty")


def _failed(capture: Capture, *reasons: str) -> Article:
    return Article(
        capture.capture_id,
        capture.source_file,
        capture.format,
        url=capture.url,
        status="failed",
        notes=(*capture.notes, *reasons),
        sha256=capture.sha256,
    )


def _parse_text(capture: Capture) -> Article:
    lines, notes = readable_lines(capture.text)
    paragraphs, places = unwrap(lines)
    page = page_traits(paragraphs)
    if not len(page.at):
        return _failed(capture, *notes, "the capture holds no words")
    page, verdicts, entries = _judged(paragraphs, page)
    reading = read_lines(paragraphs, page, verdicts, entries=entries)
    if len(paragraphs) < len(lines):
        judged = as_captured(reading.article.lines, lines, places)
        reading = reading._replace(article=replace(reading.article, lines=judged))
    return article_of(capture, reading, head_statement(capture.fields), notes)


def _parse_html(capture: Capture) -> Article:
    if len(capture.html) > MAX_MARKUP_CHARS:
        return _failed(capture, f"{len(capture.html):,} characters of markup are no news page")
    tree = parse_markup(capture.html)
    if tree is None:
        return _failed(capture, "there is no page in the markup")
    statement, text = read_statement(tree), page_text(tree)
    unseen = count_words(text) < count_words(statement.body)
    lines, notes = readable_lines("\n\n".join((*statement.headlines[:1], statement.body)) if unseen else text)
    page = page_traits(lines)
    if not len(page.at):
        return _failed(capture, *notes, "the page shows no words")
    notes += ("the text is what the page states in its JSON-LD; it shows less",) if unseen else ()
    page, verdicts, entries = _judged(lines, page, extracted_text(tree))
    reading = read_lines(lines, page, verdicts, linked_headings(tree), entries)
    return article_of(capture, reading, statement, notes)


def _judged(
    lines: list[str], page: PageTraits, extracted: str | None = None
) -> tuple[PageTraits, Verdicts, Entries]:
    """Judge the lines of a page; those of a live blog once more, without the times and names of its entries."""
    share = None if extracted is None else extracted_share(page, extracted)
    verdicts = judge_lines(page, share)
    entries = live_entries(page, verdicts.body)
    if not entries.number:
        return page, verdicts, entries
    page = page_traits(["" if place in entries.apart else line for place, line in enumerate(lines)])
    share = None if extracted is None else extracted_share(page, extracted)
    return page, judge_lines(page, share), entries


def readable_lines(text: str) -> tuple[list[str], tuple[str, ...]]:
    """Lines of a text that can be judged, and notes on what was left out for its size."""
    notes = []
    lines = page_lines(text)
    if len(lines) > MAX_LINES:
        notes.append(f"only the first {MAX_LINES:,} of {len(lines):,} lines were read")
        lines = lines[:MAX_LINES]
    long = [place for place, line in enumerate(lines) if len(line) > MAX_LINE_CHARS]
    for place in long:
        notes.append(f"line {place + 1} was left out: {len(lines[place]):,} characters are no paragraph")
        lines[place] = ""
    return lines, tuple(notes[:5])


def article_of(
    capture: Capture, reading: Reading, stated: Statement | None, notes: tuple[str, ...]
) -> Article:
    """Put an article together from what the page's lines say and, before that, what its markup states."""
    article, outlet = reading.article, reading.outlet
    url = capture.url or (stated.url if stated else "")
    day = published(reading.published, stated.dates if stated else (), url, capture.source_file)
    if stated is not None:
        outlet = stated_outlet(stated.outlets, url, outlet)
        article = replace(
            article,
            headline=agreed_headline([text for text in (*stated.headlines, article.headline) if text]),
            authors=with_shown(stated.authors, article.authors) or tuple(filter(None, [stated.newsroom])),
            updated=stated.updated.moment if stated.updated else article.updated,
            section=stated.section or article.section,
            paywalled=article.paywalled or stated.free is False,
        )
    return replace(
        article,
        capture_id=capture.capture_id,
        source_file=capture.source_file,
        format=capture.format,
        outlet=outlet.name,
        outlet_from=outlet.source,
        outlet_maybe=maybe_text(outlet),
        published=day.stamp.moment if day.stamp else None,
        published_zone=day.stamp.zone if day.stamp else "",
        published_from=day.source,
        url=url,
        notes=(*capture.notes, *notes, *article.notes, *(() if day.stamp else reading.notes), *day.notes),
        sha256=capture.sha256,
    )
