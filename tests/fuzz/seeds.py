"""Small invented files that fuzzing starts from."""

from __future__ import annotations

import csv
import gzip
import io
import plistlib
import re
import zipfile
from html import escape

import capture_makers as make
import export_makers as exports
from fuzz.targets import CODEBOOK_ENDINGS, ENDINGS, sheets

PAGE = "\n".join(
    ["The Harbour Post", "Home | News | Sport", "", make.HEADLINE, "By TOVE BERG", "4 March 2024 09:30", ""]
    + [f"{text}\n" for text in make.PARAGRAPHS]
    + ["Read more: Ferry fares to rise", "Share this", "Copyright 2024 The Harbour Post"]
)
QUOTED = (
    "“It is not safe,” said Ana Ruiz, who leads the works. “We told them,” she added.\n\n"
    "\"Nobody asked me\", Bo Lind told the Post on Monday. 'We go on,' according to Mr Lind.\n\n"
    "“One paragraph begins\n\n“and the next goes on,” the council’s so-called ‘plan’ says.\n\n"
    "The mayor said that fares would rise 3.5 per cent by 10:30 a.m. in the U.S. «Nous verrons», dit-il."
)
YAML = """name: ferries
title: Ferries
language: en
frames:
  safety:
    title: Safety
    questions: ["Does the story ask whether people are safe?"]
    cues: [safe*, crack, not an accident]
  cost:
    title: Cost
    cues:
      - crown*
      - hit back
    exclusions: [crown prince]
"""
QUANTEDA = "economy:\n  cost: [price*, fare]\n  trade: {of: [goods, ship*]}\nsafety:\n  - safe*\n"
LIWC = "%\n1\tsafety\n2\tcost\n%\nsafe*\t1\ncrown*\t2\nfare\t1\t2\n"
DOCX_PARTS = (
    "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
)  # fmt: skip
UNUSED = re.compile(rb' (?:xmlns:(?!w=|r=)\w+|mc:Ignorable)="[^"]*"')
STYLED = re.compile(rb'w:styleId="(?:Normal|Title|Heading1)"')
METADATA = (
    "source_file,outlet,published,url,kind,notes\n"
    "a.txt,Lindmouth Courier,2024-03-04T18:00+02:00,https://a.example,daily,checked\n"
    "b.txt,,4 March 2024,,,\n"
)


def _small(document: bytes) -> bytes:
    """Leave out of a Word document what the library's template brings along, so that changes meet what is read."""
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist() if name in DOCX_PARTS}
    styles = parts["word/styles.xml"]
    start, end = styles.index(b"<w:style "), styles.rindex(b"</w:styles>")
    kept = [
        style for style in styles[start:end].split(b"<w:style ")[1:] if STYLED.search(style.split(b">", 1)[0])
    ]
    parts["word/styles.xml"] = (
        styles[:start] + b"".join(b"<w:style " + style for style in kept) + styles[end:]
    )
    for name in ("_rels/.rels", "word/_rels/document.xml.rels"):
        links = re.split(rb"(?=<Relationship )", parts[name].replace(b"</Relationships>", b""))
        links = [links[0], *(link for link in links[1:] if b"ocument.xml" in link or b"styles.xml" in link)]
        parts[name] = b"".join(links) + b"</Relationships>"
    for name in ("word/document.xml", "word/styles.xml"):
        parts[name] = UNUSED.sub(b"", parts[name])
    return make.zipped(parts)


def _exports() -> dict[str, list[bytes]]:
    two = [line for entry in exports.TWO for line in exports.proquest(*entry)]
    dates = ("June 3, 2025 Tuesday", "May 14, 2025 Wednesday")
    numbered = exports.numbered(exports.ENGLISH, "{} of 2 DOCUMENTS", dates)
    page = "".join(f"<p>{line}</p>" for line in exports.factiva())
    return {
        ".txt": ["\n\n".join(two).encode(), numbered.encode(), "\n".join(exports.factiva()).encode()],
        ".html": [f"<html><title>Factiva</title><body>{page}</body></html>".encode()],
        ".docx": [_small(make.docx(exports.uni(cover=True)))],
        ".rtf": [make.rtf(exports.factiva())],
    }


def _documents() -> dict[str, list[bytes]]:
    inside = "".join(f"<p>{text}</p>" for text in make.PARAGRAPHS)
    feed = f"<rss><channel><title>A</title><item><title>One</title><encoded>{escape(inside)}</encoded></item></channel></rss>"
    tei = f"<TEI><teiHeader><title>One</title></teiHeader><text><body>{inside}</body></text></TEI>"
    nitf = f"<nitf><body><body.head><hedline><hl1>One</hl1></hedline></body.head><body.content>{inside}</body.content></body></nitf>"
    odt = f'<d xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:h text:outline-level="1">One</text:h>{inside}</d>'
    book = b'<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
    container = b'<container><rootfile full-path="b.opf"/></container>'
    return {
        ".json": [
            b'{"articles": [{"title": "One", "content": "Words of a story.", "source": {"name": "A"}, "authors": ["B"]}]}'
        ],
        ".xml": [feed.encode(), tei.encode(), nitf.encode()],
        ".mbox": [
            b"From a Mon Mar  4 09:30:00 2024\n"
            + make.eml()
            + b"\nFrom a Mon Mar  4 09:31:00 2024\n"
            + make.eml()
        ],
        ".odt": [
            make.zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": odt.encode()})
        ],
        ".epub": [
            make.zipped({"META-INF/container.xml": container, "b.opf": book, "a.xhtml": make.page().encode()})
        ],
        ".webarchive": [
            plistlib.dumps(
                {"WebMainResource": {"WebResourceData": make.page().encode()}}, fmt=plistlib.FMT_BINARY
            )
        ],
    }


def _pages() -> dict[str, list[bytes]]:
    page = make.page().encode()
    table = f'title,author,date,text\nOne,Ana Ruiz,2024-03-04,"{make.STORY}"\nTwo,,,Words.\n'
    return {
        ".txt": [PAGE.encode(), PAGE.encode("utf-16"), PAGE.encode("cp1252")],
        ".html": [page, b"<html><body><table><tr><td>Words<br>more<!-- x --></table><script>a</script>"],
        ".md": [
            f"---\ntitle: One\nauthor: Ana Ruiz\n---\n# One\n\n> **Words** [a](b)\n\n{make.STORY}".encode()
        ],
        ".csv": [table.encode()],
        ".jsonl": [b'{"text": "Words of a story.", "title": "One", "date": "2024-03-04"}\n{"text": ""}\n'],
        ".eml": [make.eml(), make.eml(html=make.page())],
        ".mhtml": [make.mhtml(make.page(), "https://a.example/one")],
        ".rtf": [make.rtf(make.nexis("One", "Two"))],
        ".warc": [make.warc({"https://a.example/1": make.page()}, packed=False)],
        ".pdf": [make.pdf([make.PARAGRAPHS, ["Words."]])],
        ".docx": [_small(make.docx(make.nexis("One"))), _small(make.docx(["Words."], title="One"))],
        ".xlsx": [make.xlsx([["title", "text"], ["One", make.STORY]])],
        ".wacz": [make.wacz({"https://a.example/1": make.page()}, ["https://a.example/1"])],
        ".zip": [make.zipped({"a.txt": PAGE.encode(), "b/c.html": page})],
        ".gz": [gzip.compress(PAGE.encode(), mtime=0), make.warc({"https://a.example/1": make.page()})],
        "": [page, PAGE.encode(), "\n".join(make.nexis("One", "Two")).encode()],
    }


def seeds(target: str) -> list[bytes]:
    """Give the files that fuzzing of one target starts from."""
    if target == "article":
        kinds = (_pages(), _exports(), _documents())
        return [
            bytes([ENDINGS.index(end)]) + data
            for kind in kinds
            for end, files in kind.items()
            for data in files
        ]
    if target == "quotes":
        return [QUOTED.encode(), make.STORY.encode(), PAGE.encode()]
    if target == "codebook":
        books = [
            (".yaml", YAML),
            (".yaml", QUANTEDA),
            (".csv", "frame,cue\nsafety,safe*\ncost,crown\n"),
            (".dic", LIWC),
        ]
        return [bytes([CODEBOOK_ENDINGS.index(end)]) + text.encode() for end, text in books]
    if target == "sheet":
        folder = sheets()
        sample, blank, filled = (
            folder / name for name in ("sample.csv", "codes_second.csv", "codes_first.csv")
        )
        with filled.open(newline="", encoding="utf-8") as lines:
            packed = make.xlsx(list(csv.reader(lines)))
        drawn = [(0, filled.read_bytes()), (1, packed), (2, sample.read_bytes()), (3, blank.read_bytes())]
        return [bytes([choice]) + data for choice, data in drawn]
    return [METADATA.encode(), METADATA.replace(",", ";").encode(), METADATA.encode("utf-16")]
