"""Saved web pages: bounds on their markup, its encoding, and what a web archive or a browser put into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from clipbook.captures.decode import compose, decode
from clipbook.captures.exports import divide_page
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.source import Source
from clipbook.records import Capture

_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
_WHOLE_TAG = re.compile(r"""<[a-zA-Z](?:[^"'>]++|"[^"]*+"|'[^']*+')*+(?:>|["']|\Z)""")
_SCRIPT = re.compile(r"<(script|style)[\s/>]", re.IGNORECASE)
_SCRIPT_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_SHORT_TAG = 2000  # characters; a shorter tag holds no more than half as many attributes

_HOLD_NOTHING = "area base br col embed hr img input link meta param source track wbr"
_CLOSED_BY_THE_NEXT = "p li dt dd option tr td th thead tbody tfoot colgroup html head body"
_NEVER_NESTED = frozenset(f"{_HOLD_NOTHING} {_CLOSED_BY_THE_NEXT}".split())


def check_markup(markup: str, limits: Limits) -> None:
    """Refuse markup that would keep a parser busy for very long.

    Raises
    ------
    UnreadableError
        If there are too many tags, tags nested too deeply, or too many attributes in one tag.
    """
    count, deepest = tags_and_depth(markup)
    if count > limits.tags:
        raise beyond("The page has too many tags", count, limits, "tags")
    if deepest > limits.depth:
        raise beyond("The page's tags are nested too deeply", deepest, limits, "depth")
    most = most_attributes(markup)
    if most > limits.attributes:
        raise beyond("A tag of the page has too many attributes", most, limits, "attributes")


def tags_and_depth(markup: str) -> tuple[int, int]:
    """Count the opening tags, and the most that are open inside one another."""
    count = open_now = deepest = 0
    for closing, name in _NAME.findall(markup):
        if closing:
            open_now -= open_now > 0 and name.lower() not in _NEVER_NESTED
            continue
        count += 1
        if name.lower() not in _NEVER_NESTED:
            open_now += 1
            deepest = max(deepest, open_now)
    return count, deepest


def most_attributes(markup: str) -> int:
    """Count the attributes of the tag that has most of them; scripts and styles are not looked into."""
    most = 0
    for part in _outside_scripts(markup):
        for match in _WHOLE_TAG.finditer(part):
            if match.end() - match.start() > _SHORT_TAG:
                most = max(most, len(_QUOTED.sub(" ", match[0].rstrip(">")).split()) - 1)
    return most


def _outside_scripts(markup: str) -> Iterator[str]:
    """Give the stretches of markup outside scripts and style sheets."""
    start = 0
    while found := _SCRIPT.search(markup, start):
        yield markup[start : found.start()]
        ended = _SCRIPT_ENDS[found[1].lower()].search(markup, found.end())
        if ended is None:
            return
        start = ended.start()
    yield markup[start:]


_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/web/(?P<stamp>\d{4,14})(?:[a-z]{2}_)?|archive\.(?:ph|is|today|li|vn|md|fo)/\d{4}[\d.-]{0,20})/"
    r"(?P<address>https?:/?/[^\s\"'<>]{3,2000})"
)
_CANONICAL = re.compile(rf"<link[^<>]{{0,60}}canonical[^<>]{{0,30}}href=[\"']?{_ARCHIVED.pattern}")
_PREFIX = re.compile(
    r"(?:https?:)?//web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)|(?<=[\"'(])/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)"
)
_FRAME = re.compile(r"""<div id=["']?HEADER\b.*?(?=<div id=["']?CONTENT\b)""", re.S)  # of archive.today
_BAR = ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->")
_SHOWN = re.compile(r"__wm\.(?:wombat|init)\(\s*\"(https?://[^\"]{3,2000})\"\s*,\s*\"(\d{14})\"")


def own_address(url: str) -> tuple[str, str]:
    """Give the address of an archived page and the moment of its capture; what is no archive's address stays."""
    found = _ARCHIVED.fullmatch(url)
    return (found["address"], _moment(found["stamp"] or "")) if found else (url, "")


def without_archive(markup: str) -> tuple[str, str, str]:
    """Give a page as it was before a web archive framed it, with its address and the moment of its capture."""
    kept = _CANONICAL.search(markup[:20_000])
    if kept and not kept["stamp"] and (frame := _FRAME.search(markup)):
        return markup[: frame.start()] + markup[frame.end() :], kept["address"], ""
    if "web.archive.org/web/" not in markup:
        return markup, "", ""
    shown = _SHOWN.search(markup)
    before, begin, rest = markup.partition(_BAR[0])
    _, end, after = rest.partition(_BAR[1])
    markup = _PREFIX.sub("", before + after if begin and end else markup)
    return (markup, shown[1], _moment(shown[2])) if shown else (markup, "", "")


def _moment(stamp: str) -> str:
    if len(stamp) < 14:
        return ""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:14]}Z"


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
