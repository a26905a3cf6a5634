"""The formats that are read: by which endings and first bytes they are known, and which module reads them."""

from __future__ import annotations

from clipbook.shipped import shipped

_STORED = shipped("captures/formats.toml")
READERS: dict[str, str] = _STORED["readers"]
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

XML_ROOTS: dict[str, str] = _STORED["xml_roots"]
"""The first elements of XML that is read, without case and namespace, and the format that they open."""

FOREIGN = tuple((start.encode("latin-1"), what) for start, what in _STORED["foreign"].items())
"""First bytes of what is not read, and what to do."""

REFUSED: dict[str, str] = _STORED["refused"]
"""Endings of what is not read, and what to do."""
