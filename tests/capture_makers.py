"""Small files of every format that people hold, made in code around one invented story."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage

HEADLINE = "Harbour bridge shut after inspectors find cracks"
PARAGRAPHS = [
    "The old harbour bridge in Lindmouth was closed on Monday after inspectors found cracks in two of its "
    "four supports, the city council said.",
    "“It is not safe for lorries, and we will not wait for an accident,” said Ana Ruiz, who leads the "
    "council’s works department.",
    "Ferries will run every twenty minutes until the spring, and drivers are asked to use the northern ring "
    "road, which is expected to be busy in the mornings.",
    "Shopkeepers near the quay fear for their trade. The repairs will cost about four million crowns and are "
    "to be paid from the region’s reserve for emergencies.",
]
STORY = "\n\n".join([HEADLINE, *PARAGRAPHS])


def page(headline: str = HEADLINE, paragraphs: list[str] | None = None, head: str = "") -> str:
    inside = "".join(f"<p>{text}</p>" for text in (PARAGRAPHS if paragraphs is None else paragraphs))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{headline}</title>{head}</head>'
        f"<body><article><h1>{headline}</h1>{inside}</article></body></html>"
    )


def mhtml(html: str, url: str) -> bytes:
    return (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {url}\r\n"
        "Subject: =?utf-8?Q?Harbour=20bridge?=\r\n"
        "Date: Mon, 4 Mar 2024 09:30:00 +0100\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----cut"\r\n\r\n'
        "------cut\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: {url}\r\n\r\n{html}\r\n"
        "------cut\r\nContent-Type: text/css\r\nContent-Location: cid:a\r\n\r\np { color: red }\r\n"
        "------cut--\r\n"
    ).encode()


def eml(subject: str = HEADLINE, text: str = STORY, html: str = "") -> bytes:
    message = EmailMessage()
    message["Subject"] = f"Fwd: {subject}"
    message["From"] = "Desk <desk@lindmouth-courier.example>"
    message["Date"] = "Mon, 04 Mar 2024 09:30:00 +0100"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def warc(pages: dict[str, str], *, packed: bool = True) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for kind, status, url, content in [
        *(("text/html; charset=utf-8", "200 OK", url, html.encode()) for url, html in pages.items()),
        ("image/png", "200 OK", "https://courier.example/logo.png", b"\x89PNG"),
        ("text/html", "404 Not Found", "https://courier.example/gone", b"<html><body>Gone</body></html>"),
    ]:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(content), http_headers=headers,
            warc_headers_dict={"WARC-Date": "2024-03-04T08:30:00Z"},
        )  # fmt: skip
        writer.write_record(record)
    return out.getvalue()


def zipped(files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, packing)
    return out.getvalue()


def wacz(pages: dict[str, str], listed: list[str]) -> bytes:
    index = [{"format": "json-pages-1.0"}, *({"url": url, "title": "x"} for url in listed)]
    return zipped(
        {
            "datapackage.json": b"{}",
            "pages/pages.jsonl": "\n".join(map(json.dumps, index)).encode(),
            "archive/data.warc.gz": warc(pages),
        }
    )


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF in a standard font, one text line under the other."""
    return drawn_pdf(
        [
            "11 TL 50 800 Td /F1 11 Tf 14 TL\n" + "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
            for lines in pages
        ]
    )


def placed_pdf(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """A PDF whose lines stand where they are put: from the left, from the foot, size, text."""
    return drawn_pdf(
        [
            "".join(f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj\n" for x, y, size, text in lines)
            for lines in pages
        ]
    )


def drawn_pdf(pages: list[str]) -> bytes:
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, drawn in enumerate(pages):
        content = f"BT {drawn}ET".encode("cp1252")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(out))
    )


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def docx(paragraphs: list[str], *, title: str = "") -> bytes:
    from docx import Document

    document = Document()
    if title:
        document.add_heading(title, level=1)
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf(paragraphs: list[str]) -> bytes:
    def coded(text: str) -> str:
        return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text)

    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0 " + "\\par\n".join(map(coded, paragraphs)) + "\\par}").encode()


def xlsx(rows: list[list[object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def nexis(*headlines: str) -> list[str]:
    """Paragraphs of an export with one article a headline."""
    lines = []
    for headline in headlines:
        lines += [
            headline, "The Lindmouth Courier", "March 4, 2024 Monday", "Final Edition", "",
            "Copyright 2024 The Lindmouth Courier All Rights Reserved", "Section: NEWS; Pg. 3",
            "Length: 96 words", "Byline: By TOVE BERG", "", "Body", "", *PARAGRAPHS, "", "Graphic", "",
            "The bridge at dawn.", "", "Classification", "", "Language: ENGLISH",
            "Subject: BRIDGES (90%)", "", "Load-Date: March 5, 2024", "", "End of Document", "",
        ]  # fmt: skip
    return lines
