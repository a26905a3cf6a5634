"""PDF files with a text layer: pages printed by a browser, pages of newspapers, documents."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from clipbook.captures.exports import Shown, divide
from clipbook.captures.exports.division import stated_date
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.pdf_layout import Placed, furniture, headline, paragraphs
from clipbook.captures.plain import text_captures
from clipbook.captures.source import Source
from clipbook.records import Capture

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_COUNTED = re.compile(r"(?:page|seite|página|pagina) (\d{1,4}) (?:of|sur|von|de|van) \d{1,4}", re.I)
_HEAD = 3  # lines at the top of a page
_PAGE = re.compile(
    r"\b(?:page|pages|p\.|seite|s\.|página|pagina|pag\.|side|sida|sivu)\s?[A-Z]?\d{1,3}\b", re.I
)
_URL = re.compile(r"https?://[^\s<>\"]{4,2000}")
_MOST_PIECES = 20_000  # of text on one page, from which on places are not looked at
_SAME_LINE = 0.4  # of its height by which the pieces of one line may stand apart
_SEEN = 12  # characters on both sides of a joint by which it is found in the plain text
_PLACES = 0.7  # share of its lines from which a page's places are believed
_ALIKE = 0.9  # share of a page's letters that its placed lines must hold to be used


def read_pdf(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read a PDF's text, with wrapped lines joined and lines repeated on its pages left out."""
    pages = _placed_pages(source.read(limits), limits)
    if sum(_letters(line.text) for page in pages for line in page) < 20:
        raise UnreadableError(
            "The PDF has no text layer (it is a scan or an image): it needs OCR; save it with a text layer."
        )
    repeated = furniture(pages)
    whole = list(_without_heads(pages))
    if (articles := divide(source, Shown(paragraphs(whole)), limits)) is not None:
        yield from articles
        return
    dropped = [line.text for page in pages for line in page if line in repeated]
    kept = [[line for line in page if line not in repeated] for page in pages]
    url = next((match[0] for match in map(_URL.search, dropped) if match), "")
    notes = (f"{len(dropped)} lines repeated on the pages' heads and feet left out",) if dropped else ()
    fields = {"headline": headline(kept), "published": _page_date(kept), "url": url}
    yield from text_captures(source, "pdf", "\n\n".join(paragraphs(kept)), limits, fields, notes)


def _without_heads(pages: list[list[Placed]]) -> Iterator[list[Placed]]:
    """Leave out "Page 2 of 3" and the title that a database repeats beside it on the further pages of an article."""
    above: set[str] = set()
    for page in pages:
        counted = [match for line in page[:_HEAD] + page[-_HEAD:] if (match := _COUNTED.fullmatch(line.text))]
        further = any(int(match[1]) > 1 for match in counted)
        yield [
            line
            for place, line in enumerate(page)
            if not _COUNTED.fullmatch(line.text) and not (further and place < _HEAD and line.text in above)
        ]
        above = {line.text for line in page[: 2 * _HEAD]}


def _page_date(pages: list[list[Placed]]) -> str:
    """Give the day of a newspaper's page, which stands at its head beside the page's number."""
    heads = sorted(pages[0], key=lambda line: -line.y)[:_HEAD] if pages else []
    return next((day for line in heads if _PAGE.search(line.text) and (day := stated_date(line.text))), "")


def _placed_pages(data: bytes, limits: Limits) -> list[list[Placed]]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _pages(PdfReader(io.BytesIO(data)), limits)
    except DependencyError:
        raise UnreadableError(
            "The PDF is protected by AES encryption, which is not read even without a password; print it to a new PDF."
        ) from None
    except LimitReachedError as error:
        raise UnreadableError(f"A page of the PDF unpacks to too many bytes ({error}).") from None


def _pages(reader: PdfReader, limits: Limits) -> list[list[Placed]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("The PDF is protected by a password; save it without one.")
    count = len(reader.pages)
    if count > limits.pages:
        raise beyond("The PDF has too many pages", count, limits, "pages")
    pages: list[list[Placed]] = []
    size = 0
    end = time.monotonic() + limits.seconds
    for number, page in enumerate(reader.pages):
        pages.append(_lines(page, number))
        size += sum(len(line.text) for line in pages[-1])
        if size > limits.text_chars:
            raise beyond("The PDF's text is too long, in characters", size, limits, "text_chars")
        if time.monotonic() > end:
            raise UnreadableError(f"The PDF took more than {limits.seconds:,.0f} seconds (Limits.seconds).")
    return pages


def _lines(page: PageObject, number: int) -> list[Placed]:
    """Give a page's lines in the order in which it draws them, with their places where they can be told."""
    pieces: list[Placed] = []

    def seen(text: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        if text.strip() and len(pieces) <= _MOST_PIECES:
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            tall = size * (abs(inner[3] * outer[3]) or abs(inner[1] * outer[1]) or 1.0)
            pieces.extend(Placed(part, number, x, y, tall, x) for part in text.split("\n") if part.strip())

    plain = page.extract_text(visitor_text=seen)
    lines = _joined(pieces, plain) if len(pieces) <= _MOST_PIECES else []
    apart = len({(line.x, line.y) for line in lines}) > _PLACES * len(lines)
    if apart and sum(map(_letters, (line.text for line in lines))) >= _ALIKE * _letters(plain):
        return lines
    return [Placed(text.strip(), number) for text in plain.split("\n") if text.strip()]


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _joined(pieces: list[Placed], plain: str) -> list[Placed]:
    """Put the pieces of a line together, with a space between two where the page's plain text has one."""
    lines: list[Placed] = []
    for piece in pieces:
        above = lines[-1] if lines else None
        near = above and abs(above.y - piece.y) < _SAME_LINE * min(piece.size, above.size)
        if above and near and piece.x > above.end:
            tail, head = above.text.rstrip()[-_SEEN:], piece.text.lstrip()[:_SEEN]
            space = " " * (f"{tail}{head}" not in plain and f"{tail} {head}" in plain)
            text = above.text + space + piece.text
            lines[-1] = above._replace(text=text, end=piece.x, size=max(above.size, piece.size))
        else:
            lines.append(piece)
    return [line._replace(text=" ".join(line.text.split())) for line in lines]
