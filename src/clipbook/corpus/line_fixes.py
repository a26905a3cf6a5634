"""Lines of captures that the researcher has put right: part of the story, or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from clipbook.article.language import language_of
from clipbook.article.paragraphs import body_text, unwrap
from clipbook.article.reading import THIN_WORDS
from clipbook.corpus.metadata import Known, LineFix, MetadataError, table_of
from clipbook.records import Article, Line
from clipbook.text.words import count_words

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
    return [known for file in files if file.is_file() for known in _read(file)]


def _read(path: Path) -> list[Known]:
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
        place = _place(lines, fix)
        if place is None:
            notes.append(
                f"{LINE_FIXES}, row {fix.row}: line {fix.line} does not begin with {fix.text[:40]!r}"
            )
        elif lines[place].kept != fix.keep:
            role = "body" if fix.keep else "not the story"
            lines[place] = lines[place]._replace(kept=fix.keep, role=role, reason=REASON)
    body = _body(lines, article)
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


def _place(lines: Sequence[Line], fix: LineFix) -> int | None:
    """Find the line that a row means: the one of its number, if it begins with its text."""
    start = " ".join(fix.text.split())
    for place, line in enumerate(lines):
        if line.line == fix.line:
            return place if " ".join(line.text.split()).startswith(start) else None
    return None


def _body(lines: Sequence[Line], article: Article) -> str | None:
    """Put the body together as the parser did: from lines, or from hard-wrapped ones joined; None where neither was."""
    texts = [line.text for line in lines]
    before, after = ([line.kept for line in of] for of in (article.lines, lines))
    if body_text(texts, before) == article.body:
        return body_text(texts, after)
    joined, places = unwrap(texts)
    if body_text(joined, [any(before[at] for at in own) for own in places]) == article.body:
        return body_text(joined, [any(after[at] for at in own) for own in places])
    return None
