"""What every Office package must pass before its XML is parsed."""

from __future__ import annotations

import io
import zipfile

from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.source import Budget
from clipbook.captures.xml import declares_type


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
            if not info.filename.endswith((".xml", ".rels")):
                continue
            with archive.open(info) as part:
                declared = declares_type(part)
            if declared:
                raise UnreadableError("The document's XML declares a document type, which is not allowed.")
