"""XML read without entities or the network; files of it that hold articles: feeds, NITF, TEI, notes exported from Evernote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from clipbook.captures.formats import XML_ROOTS
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.rows import row_capture
from clipbook.captures.source import Source
from clipbook.records import Capture
from clipbook.text.words import count_words

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


Record = dict[str, str]
_TEASER_WORDS = 120  # words up to which the description in a feed is a teaser
_BESIDE_TEXT = frozenset({"media", "table", "p", "li"})
_PARTS_OF_TITLE = (" - ", " | ", " – ", " — ", ": ", " » ")


def read_xml(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read a file of XML by its first element."""
    root = parse_xml(source.read(limits))
    kind = str(root.tag).casefold()
    form = XML_ROOTS.get(kind)
    if form == "feed":
        entries = list(root.iter("item", "entry"))
        yield from _bounded(source, entries, limits, form, lambda entry: _entry(entry, _feed_title(root)))
    elif form == "tei":
        texts = [root] if kind != "teicorpus" else list(root.iter("TEI"))
        yield from _bounded(source, texts, limits, form, _tei)
    elif form == "nitf":
        yield from _bounded(source, [root], limits, form, _nitf)
    elif form == "enex":
        yield from _bounded(source, list(root.iter("note")), limits, form, _note)
    else:
        raise UnreadableError(
            f"The file is XML of a kind that is not read (its first element is {kind[:60]}); save the articles as HTML or text, "
            "or put them into a table with one article a row."
        )


def _bounded(
    source: Source, elements: list[_Element], limits: Limits, form: str, cells: Callable[[_Element], Record | str]
) -> Iterator[Capture]:  # fmt: skip
    if not elements:
        raise UnreadableError("The file holds no article.")
    if len(elements) > limits.records:
        raise beyond("The file holds too many articles", len(elements), limits, "records")
    for element in elements:
        record = cells(element)
        if isinstance(record, str):
            yield source.capture(form, failure=record)
        else:
            filled = [(name, value) for name, value in record.items() if value]
            yield row_capture(source, filled, limits, form=form)


def _entry(entry: _Element, outlet: str) -> Record | str:
    link = _first(entry, "link") or next((part.get("href") or "" for part in entry.iter("link")), "")
    full = _markup(entry, "encoded", "content")
    teaser = _markup(entry, "description", "summary")
    title = _first(entry, "title")
    text = max(full, teaser, key=len)
    if not full and count_words(text) < _TEASER_WORDS:
        return f"The feed holds only a teaser of the story “{title[:100]}” ({count_words(text)} words); save its page."
    authors = _all(entry, "creator") or [
        _first(part, "name") or _shown(part) for part in entry.iter("author")
    ]
    return {
        "title": title,
        "text": text,
        "url": link,
        "author": "; ".join(authors),
        "date": _first(entry, "pubDate", "published", "date", "updated"),
        "source": _first(entry, "source") or outlet,
        "section": _first(entry, "category"),
    }


def _feed_title(root: _Element) -> str:
    """Give a feed's own title, if it is a name and not a name with a section."""
    channel = next(root.iter("channel"), root)
    title = next((_shown(part) for part in channel if part.tag == "title"), "")
    return "" if any(mark in title for mark in _PARTS_OF_TITLE) else title


def _tei(tei: _Element) -> Record | str:
    text = next(tei.iter("text"), None)
    body = next(text.iter("body"), text) if text is not None else None
    if body is None:
        return "The TEI document has no text."
    blocks = [
        _shown(part)
        for part in body.iter("p", "head", "item", "l", "ab", "quote")
        if part.getparent().tag not in {"p", "item", "quote"}
    ]
    header = next(tei.iter("teiHeader"), tei)
    described = next(header.iter("sourceDesc"), header)
    dates = [part.get("when") or _shown(part) for part in described.iter("date")]
    journals = [_shown(part) for part in described.iter("title") if part.get("level") == "j"]
    links = [part.get("target") or _shown(part) for part in header.iter("ptr", "idno")]
    return {
        "title": _first(header, "title"),
        "text": "\n\n".join(filter(None, blocks)) or _shown(body),
        "author": "; ".join(dict.fromkeys(_all(header, "author"))),
        "date": next(iter(dates), "") or _first(header, "date"),
        "source": _first(described, "publisher") or next(iter(journals), ""),
        "url": next((link for link in links if link.startswith("http")), ""),
    }


def _nitf(article: _Element) -> Record | str:
    """Read an article in the format of the IPTC, as agencies send it and archives of newspapers keep it."""
    whole = article.find(".//block[@class='full_text']")  # beside it, another block repeats the lead
    blocks = [
        " ".join(_shown(part).split())
        for content in ([whole] if whole is not None else article.iter("body.content"))
        for part in content.iter("p", "hl2", "li")
        if _BESIDE_TEXT.isdisjoint(around.tag for around in part.iterancestors())
    ]
    if not any(blocks):
        return "The NITF document has no text."
    head = next(article.iter("body.head"), article)
    byline = next(head.iter("byline"), head)
    said = next(article.iter("pubdata"), head)
    dated = [
        said.get("date.publication"),
        *(part.get("norm") for part in article.iter("date.issue", "story.date")),
    ]
    desk = article.find(".//meta[@name='online_sections']")
    return {
        "title": _first(head, "hl1") or _first(article, "title"),
        "text": "\n\n".join(filter(None, blocks)),
        "author": "; ".join(_all(byline, "person")) or (byline.text or "").strip(),
        "date": next(filter(None, dated), ""),
        "source": said.get("name") or "",
        "section": said.get("position.section") or (desk.get("content") or "" if desk is not None else ""),
        "url": said.get("ex-ref") or "",
    }


def _note(note: _Element) -> Record | str:
    return {
        "title": _first(note, "title"),
        "html": f"<html><body>{_first(note, 'content')}</body></html>",
        "url": _first(note, "source-url"),
        "author": _first(note, "author"),
    }


def _markup(entry: _Element, *names: str) -> str:
    """Give the text or markup of the first of the elements, with its tags where they are elements themselves."""
    from lxml import etree

    for part in (part for name in names for part in entry.iter(name)):
        if len(part):
            return etree.tostring(part, encoding="unicode", method="html", with_tail=False)
        if (part.text or "").strip():
            return part.text
    return ""


def _all(element: _Element, name: str) -> list[str]:
    return [shown for part in element.iter(name) if (shown := _shown(part))]


def _first(element: _Element, *names: str) -> str:
    return next((shown for name in names for shown in _all(element, name)), "")


def _shown(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split()) if len(element) else (element.text or "").strip()
