"""Which reader a file needs, by its ending and by its first bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from clipbook.captures.files import ENDINGS, split_ending
from clipbook.captures.html import looks_like_html
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.source import Source
from clipbook.records import Capture

Reader = Callable[[Source, Limits], Iterator[Capture]]

_READERS = {
    ".txt": "plain.read_text",
    ".text": "plain.read_text",
    ".md": "plain.read_markdown",
    ".markdown": "plain.read_markdown",
    ".html": "html.read_html",
    ".htm": "html.read_html",
    ".xhtml": "html.read_html",
    ".mhtml": "mail.read_mhtml",
    ".mht": "mail.read_mhtml",
    ".eml": "mail.read_eml",
    ".warc": "webarchive.read_warc",
    ".wacz": "webarchive.read_wacz",
    ".pdf": "pdf.read_pdf",
    ".docx": "word.read_docx",
    ".rtf": "rtf.read_rtf",
    ".csv": "delimited.read_csv",
    ".tsv": "delimited.read_csv",
    ".jsonl": "json_records.read_json",
    ".json": "json_records.read_json",
    ".ndjson": "json_records.read_json",
    ".xlsx": "sheets.read_xlsx",
    ".zip": "bundle.read_zip",
    ".gz": "bundle.read_gzip",
}
_SIGNATURES = (
    (b"%PDF-", (".pdf",)),
    (b"{\\rtf", (".rtf",)),
    (b"\x1f\x8b", (".gz",)),
    (b"WARC/", (".warc",)),
    (b"PK\x03\x04", (".zip", ".docx", ".xlsx", ".wacz")),
)
_FOREIGN = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or video"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls); save it as .docx or .xlsx"),
    (b"Rar!", "a RAR archive; pack it as .zip"),
    (b"7z\xbc\xaf", "a 7z archive; pack it as .zip"),
    (b"BZh", "a bzip2 archive; pack it as .gz"),
    (b"\xfd7zXZ", "an xz archive; pack it as .gz"),
    (b"bplist00", "a Safari web archive; save the page as .html or .mhtml"),
    (b"SQLite format", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)


def read_source(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read one file or unpacked member with the reader for its format.

    Raises
    ------
    UnreadableError
        If the format is not one that can be read, or the file breaks its format's rules.
    """
    if source.size() == 0:
        raise UnreadableError("The file is empty (0 bytes).")
    ending = _true_ending(source)
    module, function = _READERS[ending].split(".")
    reader: Reader = getattr(import_module(f"clipbook.captures.{module}"), function)
    yield from reader(source, limits)


def _true_ending(source: Source) -> str:
    stated = split_ending(source.name)[1].lower()
    stated = ".gz" if stated.endswith(".gz") else stated
    head = source.head()
    for start, endings in _SIGNATURES:
        if head.startswith(start):
            return (
                stated if stated in endings else _inside_zip(source) if endings[0] == ".zip" else endings[0]
            )
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise UnreadableError(f"The file is {what}.")
    if stated in {".docx", ".xlsx", ".wacz", ".zip", ".pdf", ".gz"}:
        raise UnreadableError(
            f"The file is named {stated} but its content is not of that format, or it is damaged."
        )
    if stated in _READERS:
        return stated
    if looks_like_html(head):
        return ".html"
    suffix = source.name.rsplit("/", 1)[-1]
    if "." in suffix:
        kind = "." + suffix.rsplit(".", 1)[-1]
        raise UnreadableError(f"Files ending in {kind} are not read, only {' '.join(ENDINGS)}.")
    return ".txt"


def _inside_zip(source: Source) -> str:
    """Tell an Office document or a web archive from a plain zip by the members it must have."""
    import zipfile

    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        names = set(archive.namelist()[:10_000])
    if "word/document.xml" in names:
        return ".docx"
    if "xl/workbook.xml" in names:
        return ".xlsx"
    return ".wacz" if "datapackage.json" in names and any(n.startswith("archive/") for n in names) else ".zip"
