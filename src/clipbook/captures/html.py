"""Saved web pages: .html, .htm, and the single files that browser tools write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from clipbook.captures.decode import compose, decode
from clipbook.captures.exports import divide_page
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.markup import check_markup
from clipbook.captures.source import Source
from clipbook.captures.wayback import own_address, without_archive
from clipbook.records import Capture

_OPENING = re.compile(
    rb"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,50})?(?:<!--.{0,1000}?-->\s{0,50}){0,3}<(?:!doctype\s+html|html|head)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w:.-]{2,40})""", re.I)
_XML_CHARSET = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}["']([\w:.-]{2,40})["']""", re.I)
_EMBEDDED = re.compile(r"""data:(?<=[\s"'(=]data:)[\w.+-]{1,60}/[\w.+-]{1,80}[;,][^\s"'()<>]{100,}""")
_SINGLEFILE = re.compile(
    r"Page saved with SingleFile\s{1,20}url:\s{0,20}(\S{1,2000})\s{1,20}saved date:\s{0,20}([^\n]{1,100})"
)
_SAVED_FROM = re.compile(r"<!--\s{0,5}saved from url=\(\d{4}\)(\S{1,2000})")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def looks_like_html(head: bytes) -> bool:
    """Whether the first bytes open an HTML document."""
    return _OPENING.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_html(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read a saved page: markup as decoded, with the images embedded in it left out."""
    yield from page_captures(source, source.read(limits), limits)


def page_captures(
    source: Source,
    data: bytes,
    limits: Limits,
    *,
    form: str = "html",
    charset: str = "",
    url: str = "",
    fields: Mapping[str, str] | None = None,
) -> Iterator[Capture]:
    """Make the capture of one page's markup, or those of the articles of an export saved as a page.

    Parameters
    ----------
    source : Source
        Where the page was found.
    data : bytes
        The markup as stored.
    limits : Limits
        Bounds on characters and depth.
    form : str
        The format to record.
    charset, url : str
        What a header around the page states.
    fields : mapping of str to str, optional
        What the format states beside the markup.

    Raises
    ------
    UnreadableError
        If the page is empty, binary, too long, or nested too deeply.
    """
    markup, notes = decode(data, charset or declared_charset(data))
    markup = sound_markup(markup, limits)
    if (articles := divide_page(source, markup, limits, notes)) is not None:
        yield from articles
        return
    stated = dict(fields or {})
    saved_url, saved_at = _saved_by_browser(markup)
    markup, archived_url, archived_at = without_archive(markup)
    address, moment = own_address(url or saved_url or archived_url)
    if captured := saved_at or moment or archived_at:
        stated.setdefault("captured_at", captured)
    yield source.capture(form, html=markup, url=archived_url or address, fields=stated, notes=notes)


def sound_markup(markup: str, limits: Limits) -> str:
    """Give decoded markup without control characters and embedded images, held to the limits.

    Raises
    ------
    UnreadableError
        If the page is empty, binary, too long, or nested too deeply.
    """
    junk = len(_CONTROL.findall(markup))
    if junk > 8 and junk > 0.02 * len(markup):
        raise UnreadableError("The file is not a page: it holds binary data. Save the page again as HTML.")
    if junk:
        markup = _CONTROL.sub("", markup)
    markup = _EMBEDDED.sub("", markup)
    if not markup.strip():
        raise UnreadableError("The file is empty: it holds no markup.")
    if len(markup) > limits.html_chars:
        raise beyond("The page's markup is too long, in characters", len(markup), limits, "html_chars")
    check_markup(markup, limits)
    return compose(markup)


def declared_charset(data: bytes) -> str:
    """Name the encoding that a page declares in its first bytes ("" if none)."""
    head = data[:4096]
    match = _XML_CHARSET.search(head) or _CHARSET.search(head)
    return match[1].decode("ascii") if match else ""


def _saved_by_browser(markup: str) -> tuple[str, str]:
    head = markup[:20_000]
    if single := _SINGLEFILE.search(head):
        return single[1], single[2].strip()
    saved = _SAVED_FROM.search(head)
    return (saved[1], "") if saved else ("", "")
