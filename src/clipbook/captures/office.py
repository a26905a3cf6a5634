"""What every Office package must pass before its XML is parsed."""

from __future__ import annotations

import io
import re
import zipfile

from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.source import Budget

_DECLARATION = re.compile("<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_package(data: bytes, limits: Limits) -> None:
    """Refuse a .docx or .xlsx that is a bomb, is protected, or declares XML entities.

    Office packages never hold a document type declaration, so that one is an attack on the XML parser.

    Raises
    ------
    UnreadableError
        If a part is packed beyond the limits or declares a document type.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise UnreadableError(f"The document is damaged ({error}); save it again.") from None
    with archive:
        total, budget = 0, Budget(len(data))
        for info in archive.infolist():
            if info.flag_bits & 1:
                raise UnreadableError("The document is protected by a password; save it without one.")
            total += info.file_size
            budget.take(info.file_size, limits)
            if total > limits.page_bytes:
                raise beyond("The document unpacks to too many bytes", total, limits, "page_bytes")
        for info in archive.infolist():
            if info.filename.endswith((".xml", ".rels")) and _declares(archive, info):
                raise UnreadableError("The document's XML declares a document type, which is not allowed.")


def _declares(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    with archive.open(info) as part:
        head = part.read(4096).replace(b"\x00", b"")  # UTF-16 as well
    return _DECLARATION.search(head.decode("latin-1")) is not None
