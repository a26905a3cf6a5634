"""The formats that are read: by which endings and first bytes they are known, and which module reads them."""

from __future__ import annotations

READERS = {
    ".txt": "plain.read_text",
    ".text": "plain.read_text",
    ".md": "plain.read_markdown",
    ".markdown": "plain.read_markdown",
    ".html": "html.read_html",
    ".htm": "html.read_html",
    ".xhtml": "html.read_html",
    ".mhtml": "mail.read_mhtml",
    ".mht": "mail.read_mhtml",
    ".webarchive": "mail.read_webarchive",
    ".eml": "mail.read_eml",
    ".mbox": "mail.read_mbox",
    ".warc": "webarchive.read_warc",
    ".wacz": "webarchive.read_wacz",
    ".pdf": "pdf.read_pdf",
    ".docx": "office.read_docx",
    ".odt": "books.read_odt",
    ".epub": "books.read_epub",
    ".rtf": "office.read_rtf",
    ".csv": "delimited.read_csv",
    ".tsv": "delimited.read_csv",
    ".jsonl": "json_records.read_json",
    ".ndjson": "json_records.read_json",
    ".json": "json_records.read_json",
    ".xlsx": "office.read_xlsx",
    ".xml": "feeds.read_xml",
    ".rss": "feeds.read_xml",
    ".atom": "feeds.read_xml",
    ".tei": "feeds.read_xml",
    ".enex": "feeds.read_xml",
    ".zip": "bundle.read_zip",
    ".gz": "bundle.read_gzip",
}
"""The module and function that read each ending."""

ENDINGS = [ending for ending in READERS if ending != ".gz"]

SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x1f\x8b", ".gz"),
    (b"WARC/", ".warc"),
    (b"PK\x03\x04", ".zip"),
    (b"bplist00", ".webarchive"),
)
"""First bytes that tell a format whatever the file is called."""

PACKED = frozenset({".docx", ".xlsx", ".wacz", ".odt", ".epub", ".zip", ".pdf", ".gz", ".webarchive"})
"""Endings whose files always begin with one of the signatures."""

MEMBERS = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("datapackage.json", ".wacz"),
    ("META-INF/container.xml", ".epub"),
)
"""A file within a zip that tells what it is."""

XML_ROOTS = {
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
    "tei": "tei",
    "tei.2": "tei",
    "teicorpus": "tei",
    "nitf": "nitf",
    "en-export": "enex",
}
"""The first elements of XML that is read, without case and namespace, and the format that they open."""

FOREIGN = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or video"),
    (b"Rar!", "a RAR archive; pack it as .zip"),
    (b"7z\xbc\xaf", "a 7z archive; pack it as .zip"),
    (b"BZh", "a bzip2 archive; pack it as .gz"),
    (b"\xfd7zXZ", "an xz archive; pack it as .gz"),
    (b"SQLite format", "a database; export its articles as a table with one article a row"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"PAR1", "a Parquet table; save it as .csv or .jsonl"),
    (b"!BDN", "a mailbox of Outlook; save its messages as .eml"),
)
"""First bytes of what is not read, and what to do."""

REFUSED = {
    ".doc": "an old Word document; save it as .docx",
    ".xls": "an old Excel workbook; save it as .xlsx",
    ".msg": "a message of Outlook; save it as .eml, or print it to a PDF with a text layer",
    ".tar": "a tar archive; unpack it, or pack its files as .zip",
    ".tgz": "a tar archive; unpack it, or pack its files as .zip",
    ".pages": "a document of Apple Pages; export it as .docx",
    ".numbers": "a table of Apple Numbers; export it as .csv",
    ".ods": "an OpenDocument table; save it as .xlsx or .csv",
    ".odp": "a presentation; save its text as .txt",
    ".pptx": "a presentation; save its text as .txt",
    ".mobi": "an electronic book of another kind; convert it to .epub",
    ".azw3": "an electronic book of another kind; convert it to .epub",
    ".ris": "a list of references without texts; export the articles with their full texts",
    ".nbib": "a list of references without texts; export the articles with their full texts",
    ".bib": "a list of references without texts; export the articles with their full texts",
    ".dta": "a data set of Stata; save it as .csv",
    ".sav": "a data set of SPSS; save it as .csv",
    ".rds": "data of R; save it as .csv",
    ".rdata": "data of R; save it as .csv",
    ".pkl": "data of Python; save it as .csv or .jsonl",
    ".parquet": "a Parquet table; save it as .csv or .jsonl",
}
"""Endings of what is not read, and what to do."""
