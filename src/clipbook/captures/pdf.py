"""PDF files with a text layer."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from clipbook.captures.exports import Shown, divide
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.source import Source
from clipbook.captures.stated import visible_text
from clipbook.records import Capture

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGE_NUMBER = re.compile(r"(?:page |seite |página )?\d{1,4}(?: (?:of|von|de|/) \d{1,4})?", re.I)
_DIGITS = re.compile(r"\d+")
_URL = re.compile(r"https?://[^\s<>\"]{4,2000}")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]{0,3}$")
_EDGE = 2  # lines at the head and foot of a page that may be furniture
_FULL = 0.8  # share of the usual line length from which a line ran on to the next
_SHORT = 0.6  # and below which it stands alone


def read_pdf(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read a PDF's text, with wrapped lines joined and lines repeated on its pages left out."""
    pages = _page_texts(source.read(limits), limits)
    if sum(sum(char.isalnum() for char in page) for page in pages) < 20:
        raise UnreadableError(
            "The PDF has no text layer (it is a scan or an image): it needs OCR; save it with a text layer."
        )
    lines = [[line.strip() for line in page.strip().split("\n")] for page in pages]
    whole = unwrap(line for page in lines for line in page if not _PAGE_NUMBER.fullmatch(line))
    if (articles := divide(source, Shown(whole.split("\n\n")), limits)) is not None:
        yield from articles
        return
    furniture = _repeated(lines)
    dropped = [line for page in lines for line in page if _shape(line) in furniture]
    kept = [[line for line in page if _shape(line) not in furniture] for page in lines]
    text, notes = visible_text(unwrap(line for page in kept for line in page), limits)
    url = next((match[0] for match in map(_URL.search, dropped) if match), "")
    if dropped:
        notes += (f"{len(dropped)} lines repeated on the pages' heads and feet left out",)
    yield source.capture("pdf", text=text, url=url, notes=notes)


def unwrap(lines: Iterable[str]) -> str:
    """Join the lines of wrapped text into paragraphs.

    A line runs on if it is nearly as long as most and does not end a sentence, or if the next begins
    with a small letter; a word split by a hyphen at the line's end is put together.
    """
    lines = list(lines)
    lengths = sorted(len(line) for line in lines if len(line) > 20)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    paragraphs: list[list[str]] = []
    last = ""
    for line in lines:
        if line and last and _runs_on(last, line, usual):
            if last.endswith("-") and line[0].islower() and last[-2:-1].isalpha():
                paragraphs[-1][-1] = paragraphs[-1][-1][:-1] + line
            else:
                paragraphs[-1].append(line)
        elif line:
            paragraphs.append([line])
        last = line
    return "\n\n".join(" ".join(parts) for parts in paragraphs)


def _runs_on(line: str, following: str, usual: int) -> bool:
    if len(line) < _SHORT * usual:
        return False
    if following[0].islower() or line.endswith(("-", ",", ";")):
        return True
    return len(line) >= _FULL * usual and (not _SENTENCE_END.search(line) or len(line) >= 0.95 * usual)


def _page_texts(data: bytes, limits: Limits) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _texts(PdfReader(io.BytesIO(data)), limits)
    except DependencyError:
        raise UnreadableError(
            "The PDF is protected by AES encryption, which is not read even without a password; print it to a new PDF."
        ) from None
    except LimitReachedError as error:
        raise UnreadableError(f"A page of the PDF unpacks to too many bytes ({error}).") from None


def _texts(reader: PdfReader, limits: Limits) -> list[str]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("The PDF is protected by a password; save it without one.")
    count = len(reader.pages)
    if count > limits.pages:
        raise beyond("The PDF has too many pages", count, limits, "pages")
    texts: list[str] = []
    size = 0
    end = time.monotonic() + limits.seconds
    for page in reader.pages:
        texts.append(page.extract_text())
        size += len(texts[-1])
        if size > limits.text_chars:
            raise beyond("The PDF's text is too long, in characters", size, limits, "text_chars")
        if time.monotonic() > end:
            raise UnreadableError(f"The PDF took more than {limits.seconds:,.0f} seconds (Limits.seconds).")
    return texts


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line)


def _repeated(pages: list[list[str]]) -> set[str]:
    """Lines at the edge of most pages, numbers aside."""
    edges = Counter(
        shape
        for page in pages
        for filled in [[line for line in page if line]]
        for shape in {_shape(line) for line in filled[:_EDGE] + filled[-_EDGE:]}
    )
    return {shape for shape, count in edges.items() if count >= max(2, 0.6 * len(pages))}
