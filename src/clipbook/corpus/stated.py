"""What a file states about an article, and what the researcher says of its lines, set beside what the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from clipbook.article import parse_article
from clipbook.article.bylines import stated_authors
from clipbook.article.dates import two_ways
from clipbook.article.language import language_of
from clipbook.article.outlet_keys import name_key
from clipbook.article.paragraphs import body_text
from clipbook.article.published import stated_date
from clipbook.article.reading import THIN_WORDS
from clipbook.captures.lines import unwrap, without_links
from clipbook.corpus.metadata import Known, LineFix, MetadataError, table_of
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
    shown = without_links(capture.text).split("\n")
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


LINE_FIXES = "line_fixes.csv"  # beside the captures
REASON = f"by hand, in {LINE_FIXES}"
_COLUMNS = ("capture_id", "line", "keep")


def line_fixes_near(paths: Iterable[Path]) -> list[Known]:
    """Read ``line_fixes.csv`` beside each folder of captures (or in the folder above a file's).

    Returns
    -------
    list of Known
        One a capture, with its ``lines``; rows without ``keep`` are not filled in yet.

    Raises
    ------
    MetadataError
        If a column is missing, a line is no number, ``keep`` is neither yes nor no, or two rows differ on one line.
    """
    folders = dict.fromkeys(path.resolve() if path.is_dir() else path.resolve().parent for path in paths)
    files = dict.fromkeys(folder.parent / LINE_FIXES for folder in folders)
    return [known for file in files if file.is_file() for known in _fixes_in(file)]


def _fixes_in(path: Path) -> list[Known]:
    table = table_of(path)
    lacking = [name for name in _COLUMNS if name not in table]
    if lacking and len(table.columns):
        raise MetadataError(
            f"{path.name} has no column {lacking[0]}; it needs {', '.join(_COLUMNS)} and may have text."
        )
    fixes: dict[str, dict[int, LineFix]] = {}
    for row, cells in zip(table.index, table.to_dict("records"), strict=True):
        keep, where = cells["keep"].casefold(), f"{path.name}, row {row}"
        if not keep:
            continue
        if keep not in ("yes", "no"):
            raise MetadataError(
                f"{where}: keep is {cells['keep'][:40]!r}; write yes for the story, no for what is not."
            )
        if not cells["line"].removesuffix(".0").isdecimal():
            raise MetadataError(
                f"{where}: line is {cells['line'][:40]!r}; write its number as the audit page shows it."
            )
        fix = LineFix(row, int(cells["line"].removesuffix(".0")), cells.get("text", ""), keep == "yes")
        own = fixes.setdefault(cells["capture_id"], {})
        first = own.setdefault(fix.line, fix)
        if first.keep != fix.keep:
            raise MetadataError(
                f"{path.name}: rows {first.row} and {row} differ on line {fix.line} of {cells['capture_id']}. Keep one of them."
            )
    return [
        Known(next(iter(own.values())).row, name, {}, tuple(own.values()), path.name)
        for name, own in fixes.items()
    ]


def with_line_fixes(article: Article, known: Iterable[Known]) -> Article:
    """Take lines into an article's body, or out of it, as the researcher says.

    Parameters
    ----------
    article : Article
        As parsed.
    known : iterable of Known
        Those whose ``source_file`` is this capture's name or file are heeded.

    Returns
    -------
    Article
        With lines, body, language, share kept and status as they are then; a note for each row whose line does not
        begin with its text.
    """
    names = (article.capture_id, article.source_file)
    fixes = [fix for item in known if item.source_file in names for fix in item.lines]
    if not fixes or (article.status == "failed" and not article.lines):
        return article
    lines, notes = list(article.lines), []
    for fix in fixes:
        place = _line_of(lines, fix)
        if place is None:
            notes.append(
                f"{LINE_FIXES}, row {fix.row}: line {fix.line} does not begin with {fix.text[:40]!r}"
            )
        elif lines[place].kept != fix.keep:
            role = "body" if fix.keep else "not the story"
            lines[place] = lines[place]._replace(kept=fix.keep, role=role, reason=REASON)
    body = _put_together(lines, article)
    if body is None:
        unheeded = f"{LINE_FIXES} cannot be heeded: the story is not made of whole lines"
        return replace(article, notes=(*article.notes, unheeded))
    words, seen = count_words(body), sum(count_words(line.text) for line in lines)
    thin = f"only {words} words of article were found"
    status = article.status
    if (status == "thin") != (words < THIN_WORDS):
        status = "thin" if words < THIN_WORDS else "ok"
    old = [note for note in article.notes if not note.startswith("only ")]
    notes = [*old, *notes, *([thin] if words < THIN_WORDS else [])]
    return replace(
        article, lines=tuple(lines), body=body, language=language_of(body), status=status, notes=tuple(notes),
        kept_share=words / seen if seen else float("nan"),
    )  # fmt: skip


def _line_of(lines: Sequence[Line], fix: LineFix) -> int | None:
    """Find the line that a row means: the one of its number, if it begins with its text."""
    start = " ".join(fix.text.split())
    for place, line in enumerate(lines):
        if line.line == fix.line:
            return place if " ".join(line.text.split()).startswith(start) else None
    return None


def _put_together(lines: Sequence[Line], article: Article) -> str | None:
    """Put the body together as the parser did: from lines, or from hard-wrapped ones joined; None where neither was."""
    texts = [line.text for line in lines]
    before, after = ([line.kept for line in of] for of in (article.lines, lines))
    if body_text(texts, before) == article.body:
        return body_text(texts, after)
    joined, places = unwrap(texts)
    if body_text(joined, [any(before[at] for at in own) for own in places]) == article.body:
        return body_text(joined, [any(after[at] for at in own) for own in places])
    return None
