"""A capture as an article: lines judged, fields read, body put together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clipbook.article.credits import Credits, find_credits
from clipbook.article.dates import find_dates
from clipbook.article.headline import find_headline, find_standfirst, without_site
from clipbook.article.html import extract
from clipbook.article.keep import judge_lines, one_copy
from clipbook.article.language import language_of
from clipbook.article.outlet import find_outlet, find_section
from clipbook.article.pagelines import MAX_LINE_CHARS, MAX_LINES, page_lines
from clipbook.article.paragraphs import body_text
from clipbook.article.roles import line_roles, omission_marks
from clipbook.article.traits import Numbers, PageTraits, page_traits
from clipbook.records import Article, Capture, Line

THIN_WORDS = 50
"""An article of fewer words is called thin: measures of it say little."""


def parse_article(capture: Capture) -> Article:
    """Parse a capture into an article.

    Parameters
    ----------
    capture : Capture
        A news page as it was read, text or HTML.

    Returns
    -------
    Article
        With every line of the page, its role and the reason. A capture that could not be read, or in which
        nothing looks like an article, has ``status`` "failed" and a note; content never raises.
    """
    if capture.failure:
        return _failed(capture, capture.failure)
    if not (capture.text.strip() or capture.html.strip()):
        return _failed(capture, "the capture is empty")
    return _parse_text(capture) if capture.text else _parse_html(capture)


def _failed(capture: Capture, reason: str, lines: tuple[Line, ...] = ()) -> Article:
    return Article(
        capture.capture_id,
        capture.source_file,
        capture.format,
        url=capture.url,
        lines=lines,
        status="failed",
        notes=(*capture.notes, reason),
        sha256=capture.sha256,
    )


def _parse_html(capture: Capture) -> Article:
    found = extract(capture.html)
    if found is None or not found.paragraphs:
        return _failed(capture, "no article was found in the page's markup")
    body = "\n\n".join(found.paragraphs)
    stamps = find_dates(found.date)
    words = len(body.split())
    return Article(
        capture.capture_id,
        capture.source_file,
        capture.format,
        outlet=capture.fields.get("outlet", found.outlet),
        headline=found.headline,
        standfirst=found.description,
        authors=found.authors,
        published=stamps[0].moment if stamps else None,
        published_zone=stamps[0].zone if stamps else "",
        url=capture.url or found.url,
        language=language_of(body),
        body=body,
        lines=tuple(
            Line(n, "body", True, "kept by trafilatura", p) for n, p in enumerate(found.paragraphs, start=1)
        ),
        kept_share=1.0,
        status="ok" if words >= THIN_WORDS else "thin",
        notes=capture.notes
        if words >= THIN_WORDS
        else (*capture.notes, f"only {words} words of article were found"),
        sha256=capture.sha256,
    )


def _parse_text(capture: Capture) -> Article:
    lines, notes = _readable(page_lines(capture.text))
    page = page_traits(lines)
    if not len(page.at):
        return _failed(capture, "; ".join(("the capture holds no words", *notes)))
    chance, titled = judge_lines(page)
    kept = one_copy(page.text, chance)
    story = np.flatnonzero(kept)
    first = int(story[0]) if len(story) else len(chance)
    headline = find_headline(page, titled, first)
    standfirst = find_standfirst(page, headline, kept)
    credit = find_credits(page, headline, kept)
    known = _known_lines(page, headline, standfirst, credit)
    kept[list(known)] = False
    return _article(capture, lines, page, chance, kept, known, headline, standfirst, credit, notes)


def _readable(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    notes = []
    if len(lines) > MAX_LINES:
        notes.append(f"only the first {MAX_LINES:,} of {len(lines):,} lines were read")
        lines = lines[:MAX_LINES]
    long = [place for place, line in enumerate(lines, start=1) if len(line) > MAX_LINE_CHARS]
    if long:
        notes.append(f"line {long[0]} holds {len(lines[long[0] - 1]):,} characters and is no paragraph")
        lines = [line if len(line) <= MAX_LINE_CHARS else "" for line in lines]
    return lines, tuple(notes)


def _known_lines(
    page: PageTraits, headline: int | None, standfirst: int | None, credit: Credits
) -> dict[int, tuple[str, str]]:
    known: dict[int, tuple[str, str]] = {}
    for place in credit.date_lines:
        known[place] = ("date", "the date of the story")
    for place in credit.author_lines:
        known[place] = ("byline", "names the author")
    if standfirst is not None:
        known[standfirst] = ("standfirst", "sums the story up below the headline")
    if headline is not None:
        title = page.text[headline].lower()
        for place, text in enumerate(page.text):
            if text.lower() == title:
                known[place] = ("headline", "the headline" if place == headline else "repeats the headline")
    return known


def _article(
    capture: Capture,
    lines: list[str],
    page: PageTraits,
    chance: Numbers,
    kept: NDArray[np.bool_],
    known: dict[int, tuple[str, str]],
    headline: int | None,
    standfirst: int | None,
    credit: Credits,
    notes: tuple[str, ...],
) -> Article:
    judged = dict(zip(page.at.tolist(), line_roles(page, chance, kept, known), strict=True))
    judged |= omission_marks(lines, judged)
    blank = ("blank", False, "no word in it")
    shown = tuple(Line(n + 1, *judged.get(n, blank), text=text) for n, text in enumerate(lines))
    body = body_text(lines, [line.kept for line in shown])
    counts = np.bincount(page.tokens.line, minlength=len(page.at))
    words = int(counts.sum())
    kept_words = int(counts[[shown[place].kept for place in page.at.tolist()]].sum())
    paywalled = any(line.role == "paywall" for line in shown)
    status = "ok" if kept_words >= THIN_WORDS else "thin" if kept_words else "failed"
    if status != "ok":
        notes = (
            *notes,
            f"only {kept_words} words of article were found" if kept_words else "no article was found",
        )
    title = without_site(page.text[headline], page.text) if headline is not None else ""
    stamp = credit.published
    return Article(
        capture.capture_id,
        capture.source_file,
        capture.format,
        outlet=find_outlet(capture, page, credit.authors, headline),
        headline=title,
        standfirst=page.text[standfirst] if standfirst is not None else "",
        authors=credit.authors,
        published=stamp.moment if stamp else None,
        published_zone=stamp.zone if stamp else "",
        updated=credit.updated.moment if credit.updated else None,
        section=find_section(page, headline),
        url=capture.url,
        language=language_of(body),
        paywalled=paywalled,
        body=body,
        lines=shown,
        kept_share=kept_words / words,
        status=status,
        notes=(*capture.notes, *notes, *credit.notes),
        sha256=capture.sha256,
    )
