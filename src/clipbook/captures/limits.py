"""How large, deep and long a capture may be: every bound on input, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import TypeVar

from clipbook.errors import ClipbookError

Item = TypeVar("Item")


class UnreadableError(ClipbookError, ValueError):
    """A file, or a record inside it, cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True, repr=False)
class Limits:
    """Bounds on what is read; a file or record beyond one becomes a failed row that names the bound.

    Attributes
    ----------
    file_bytes : int
        Size of a file on disk, archives included.
    page_bytes : int
        Size of one page, document or record, once unpacked.
    text_chars : int
        Characters of one page's visible text.
    field_chars : int
        Characters of a headline, name, date or address that a table, an export or settings state.
    html_chars : int
        Characters of one page's markup, images embedded in it not counted.
    lines : int
        Lines of one page's visible text.
    depth : int
        Tags open inside one another in one page.
    tags : int
        Tags of one page.
    attributes : int
        Attributes of one tag.
    pages : int
        Pages of one PDF.
    records : int
        Captures out of one file.
    nesting : int
        Archives inside archives.
    ratio : int
        Bytes unpacked from a file on disk to each of its own, judged once a million are unpacked.
    archive_bytes : int
        Bytes unpacked from one file in total.
    seconds : float
        Time on one file of pages or records, looked at between pages and between records.
    """

    file_bytes: int = 4_000_000_000
    page_bytes: int = 100_000_000
    text_chars: int = 3_000_000
    field_chars: int = 5_000
    html_chars: int = 10_000_000
    lines: int = 100_000
    depth: int = 1_000
    tags: int = 200_000
    attributes: int = 1_000
    pages: int = 500
    records: int = 200_000
    nesting: int = 3
    ratio: int = 250
    archive_bytes: int = 16_000_000_000
    seconds: float = 3_600.0

    def __repr__(self) -> str:
        """Give the bounds that are not the usual ones."""
        own = (f.name for f in fields(self) if getattr(self, f.name) != f.default)
        return f"Limits({', '.join(f'{name}={getattr(self, name):_}' for name in own)})"

    def __post_init__(self) -> None:
        """Refuse a bound that would let nothing through."""
        for name in self.__slots__:
            if getattr(self, name) <= 0:
                raise ValueError(f"Limits.{name} is {getattr(self, name)}; it must be above 0.")


def beyond(what: str, found: float, limits: Limits, name: str) -> UnreadableError:
    """Word the refusal of something that exceeds the bound called ``name``."""
    return UnreadableError(
        f"{what}: {found:,.0f}, above the limit of {getattr(limits, name):,.0f}; "
        f"divide the file, or give clipbook.corpus.read_corpus a higher Limits.{name}."
    )


def counted(items: Iterable[Item], limits: Limits, what: str) -> Iterator[Item]:
    """Pass on at most ``limits.records`` items; refuse more."""
    for number, item in enumerate(items, 1):
        if number > limits.records:
            raise beyond(what, number, limits, "records")
        yield item
