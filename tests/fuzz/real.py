"""Real pages beside this folder, where there are any, in every format that people hold."""

from __future__ import annotations

import csv
import gzip
import io
import json
import plistlib
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import capture_makers as make
from fuzz.targets import ENDINGS

SHARED = Path(__file__).resolve().parents[3] / "shared"
PLACES = (SHARED / "gold" / "captures", SHARED / "cases" / "files")
LONGEST = 300_000  # bytes of a file that changes start from
Made = Callable[[], bytes]
_EXAMPLE = "a page"
ODT = b"application/vnd.oasis.opendocument.text"


def pages(target: str) -> list[list[Made]]:
    """Give what makes inputs of a target out of real files, a list for each format; none where there are none."""
    files = [path for place in PLACES for path in sorted(place.rglob("*")) if path.is_file()]
    if target == "quotes":
        return [[path.read_bytes for path in files if path.suffix == ".txt"]] if files else []
    made: dict[str, list[Made]] = {}
    for path in files if target == "article" else ():
        for ending in _forms(path):
            made.setdefault(ending, []).append(partial(_made, path, ending))
    return list(made.values())


def _forms(path: Path) -> list[str]:
    """Name the formats that a file has or can be put into."""
    own = _ending(path)
    kinds = {".html": _of_html, ".txt": _of_lines}
    into = kinds[own](_EXAMPLE if own == ".html" else [_EXAMPLE]) if own in kinds else {}
    return [ending for ending in (own, *into) if ending in ENDINGS]


def _made(path: Path, ending: str) -> bytes:
    data = path.read_bytes()
    own = _ending(path)
    if path.suffix == ".gz" and own == ".html":
        data = gzip.decompress(data)
    if ending != own:
        text = data.decode("utf-8", "ignore")
        lines = [line for line in text.splitlines() if line.strip()]
        data = (_of_html(text) if own == ".html" else _of_lines(lines))[ending]()
    return (bytes([ENDINGS.index(ending)]) + data)[:LONGEST]


def _ending(path: Path) -> str:
    return ".html" if path.name.endswith(".html.gz") else path.suffix.lower()


def _of_html(page: str) -> dict[str, Made]:
    url = "https://a.example/one"
    return {
        ".mhtml": lambda: make.mhtml(page, url),
        ".eml": lambda: make.eml(html=page.replace("\r", "")),
        ".warc": lambda: make.warc({url: page}, packed=False),
        ".gz": lambda: make.warc({url: page}),
        ".wacz": lambda: make.wacz({url: page}, [url]),
        ".zip": lambda: make.zipped({"a.html": page.encode()}),
        ".webarchive": lambda: plistlib.dumps(
            {"WebMainResource": {"WebResourceData": page.encode()}}, fmt=plistlib.FMT_BINARY
        ),
        ".jsonl": lambda: (json.dumps({"title": "One", "content": page}) + "\n").encode() * 2,
        "": page.encode,
    }


def _of_lines(lines: list[str]) -> dict[str, Made]:
    story = "\n\n".join(lines)
    inside = "".join(f"<p>{escape(line)}</p>" for line in lines)
    row = {"title": lines[0] if lines else "", "date": "2024-03-04", "text": story}
    printed = [line.encode("cp1252", "ignore").decode("cp1252") for line in lines]
    tei = f"<TEI><teiHeader><title>One</title></teiHeader><text><body>{inside}</body></text></TEI>"
    feed = f"<rss><channel><item><title>One</title><encoded>{escape(inside)}</encoded></item></channel></rss>"
    odt = f'<d xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">{inside.replace("p>", "text:p>")}</d>'
    book = b'<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
    container = b'<container><rootfile full-path="b.opf"/></container>'
    xhtml = f"<html><body><h1>One</h1>{inside}</body></html>".encode()
    message = b"From a Mon Mar  4 09:30:00 2024\n"
    readable = [line.translate(dict.fromkeys(range(32))) for line in lines]
    return {
        ".md": f"---\ntitle: One\n---\n{story}".encode,
        ".csv": lambda: _table(row),
        ".jsonl": lambda: (json.dumps(row) + "\n").encode() * 2,
        ".json": lambda: json.dumps({"articles": [row, row]}).encode(),
        ".xlsx": lambda: make.xlsx([list(row), [value[:30_000] for value in row.values()]]),
        ".rtf": lambda: make.rtf(lines),
        ".docx": lambda: make.docx(readable),
        ".pdf": lambda: make.pdf([printed[at : at + 50] for at in range(0, len(printed), 50)]),
        ".xml": (feed if len(lines) % 2 else tei).encode,
        ".odt": lambda: make.zipped({"mimetype": ODT, "content.xml": odt.encode()}),
        ".epub": lambda: make.zipped({"META-INF/container.xml": container, "b.opf": book, "a.xhtml": xhtml}),
        ".eml": lambda: make.eml(text=story),
        ".mbox": lambda: (message + make.eml(text=story) + b"\n") * 2,
        ".zip": lambda: make.zipped({"a.txt": story.encode(), "b/c.html": xhtml}),
        "": lambda: story.encode("utf-16"),
    }


def _table(row: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row))
    writer.writeheader()
    writer.writerows([row, row])
    return out.getvalue().encode()
