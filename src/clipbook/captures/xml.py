"""XML read without entities, document types of others or the network, and within bounds."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from clipbook.captures.limits import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

_PART = 1 << 16


def parse_xml(data: bytes) -> _Element:
    """Parse XML; names without their namespaces, no comment or instruction.

    Raises
    ------
    UnreadableError
        If it declares entities, is nested too deeply, or breaks off.
    """
    from lxml import etree

    closed = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    parser = etree.XMLParser(**closed, remove_comments=True, remove_pis=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"The XML is damaged ({error}); save it again.") from None
    if root is None:
        raise UnreadableError("The XML is damaged: it holds no element; save it again.")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise UnreadableError("The XML declares entities, which is not allowed.")
    for problem in parser.error_log:
        if problem.level >= etree.ErrorLevels.FATAL and problem.type_name != "ERR_UNDECLARED_ENTITY":
            raise UnreadableError(
                f"The XML is damaged on line {problem.line} ({problem.message}); save it again."
            )
    for element in root.iter(etree.Element):
        element.tag = str(element.tag).rsplit("}", 1)[-1]
    return root


def declares_type(stream: IO[bytes]) -> bool:
    """Whether XML declares a document type, however long the comments before it; what is no XML does not.

    Where the parser does not know the encoding (UTF-32, which others do), any sign of a declaration counts.
    """
    from xml.parsers import expat

    found: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    read = b""
    try:
        while not found and (read := stream.read(_PART)):
            parser.Parse(read)
    except (expat.ExpatError, ValueError):
        while not found and read:
            found += [True] if b"<!DOCTYPE" in read.replace(b"\0", b"") else []
            read = stream.read(_PART)
    return found[:1] == [True]
