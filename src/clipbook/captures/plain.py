"""Pasted text, with the head of ``Name: value`` lines that ``clipbook clip`` writes or a person types, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from clipbook.captures.decode import decode
from clipbook.captures.exports import divide_text, refuse_unread
from clipbook.captures.html import looks_like_html, read_html
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.lines import stated_fields, visible_text
from clipbook.captures.ruled import divide_ruled
from clipbook.captures.source import Source
from clipbook.records import Capture
from clipbook.shipped import shipped


def read_text(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read a page's visible text, below a head if it has one; markup saved under a text ending is read as HTML."""
    data = source.read(limits)
    if looks_like_html(data[:2000]):
        yield from read_html(source, limits)
        return
    text, notes = decode(data)
    if (articles := divide_text(source, text, limits, notes)) is not None:
        yield from articles
        return
    yield from text_captures(source, "text", text, limits, notes=notes)


def text_captures(
    source: Source, form: str, text: str, limits: Limits, fields: Mapping[str, str] | None = None, notes: tuple[str, ...] = ()
) -> Iterator[Capture]:  # fmt: skip
    """Give the capture of a text, or those of the articles that lines drawn across it divide, each below its head.

    ``fields`` are what the file states of a text that is one article. As :func:`refuse_unread` refuses.
    """
    articles, note = divide_ruled(text)
    for article in articles:
        refuse_unread(article.split("\n"))
        head, page = divide_head(article)
        page, more = visible_text(page, limits)
        stated = stated_fields(head if note else {**(fields or {}), **head}, limits)
        url = stated.pop("url", "")
        own = notes + (note,) * bool(note) + more
        yield source.capture(form, text=page, url=url, fields=stated, notes=own)


_FRONT = re.compile(r"---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_SETTING = re.compile(r"([A-Za-z_ ]{1,30}):[ \t]*(.*)")
_WORDS = shipped("captures/words.toml")
_KEYS = {name: field for field, names in _WORDS["markdown"].items() for name in names.split(", ")}
_MARKUP = (
    (re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+"), ""),
    (re.compile(r"(?m)^[ \t]{0,3}>[ \t]?"), ""),
    (re.compile(r"(?m)^[ \t]{0,3}(?:[-*_][ \t]?){3,60}$"), ""),
    (re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000})(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)([^*_\n]{1,1000})(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?m)\\([\\`*_{}\[\]()#+\-.!>])"), r"\1"),
)


def read_markdown(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read Markdown as the text it displays; settings between ``---`` at the top become fields."""
    text, notes = decode(source.read(limits))
    text, more = visible_text(text, limits)
    fields: dict[str, str] = {}
    if front := _FRONT.match(text):
        text = text[front.end() :]
        key = ""
        for line in front[1].split("\n"):
            if setting := _SETTING.match(line):
                key = _KEYS.get(setting[1].strip().lower(), "")
                key = "" if key in fields else key
            value = (setting[2] if setting else line.partition("- ")[2]).strip(" \t\"'[]")
            if key and value:
                fields[key] = "; ".join(filter(None, (fields.get(key), value)))
    for pattern, plain in _MARKUP:
        text = pattern.sub(plain, text)
    if not text.strip():
        raise UnreadableError("The file is empty: it holds no text beside its settings and marks.")
    fields = stated_fields(fields, limits)
    url = fields.pop("url", "")
    yield source.capture("markdown", text=text, url=url, fields=fields, notes=notes + more)


_HEAD_LINE = re.compile(r"[ \t]*([^\W\d_](?:[^\W\d_]| ){1,30}?)[ \t]*:([^\r\n]*)(?:\r?\n|\Z)")
_FIRST_ADDRESS = re.compile(
    r"\s*(https?://[^\s/.]+\.\S++)[ \t]*\r?\n(?!\s*https?://)(?=\s*\S)", re.IGNORECASE
)
_FEWEST_NAMED = 3
_ADDRESS = re.compile(r"https?://[^\s/.]+\.\S+", re.IGNORECASE)
NAMES = {name: field for field, names in _WORDS["head"].items() for name in names.split(", ")}
"""What each name stands for: what a person states wins; what the page states of itself is weighed against what it shows."""


def divide_head(text: str) -> tuple[Mapping[str, str], str]:
    r"""Divide the head of a text file from the page below it.

    Parameters
    ----------
    text : str
        Of the file.

    Returns
    -------
    fields : mapping of str to str
        By the values of `NAMES`; empty where the text does not begin with the page's address alone on a line, or with such
        lines, one of them the address, or the headline and two more.
    text : str
        What is left.

    Examples
    --------
    >>> divide_head("URL: https://quay.example/a\nOutlet: Quay Herald\n\nFerry stays")
    ({'url': 'https://quay.example/a', 'outlet': 'Quay Herald', 'page url': 'https://quay.example/a'}, 'Ferry stays')
    >>> divide_head("Outlet: our paper\nFerry stays")
    ({}, 'Outlet: our paper\nFerry stays')
    """
    alone = _FIRST_ADDRESS.match(text)
    fields = {"url": alone[1]} if alone else {}
    place = alone.end() if alone else len(text) - len(text.lstrip())
    while found := _HEAD_LINE.match(text, place):
        name = NAMES.get(" ".join(found[1].lower().split()))
        if name is None:
            break
        fields.setdefault(name, found[2].strip())
        place = found.end()
    fields.pop("unused", "")
    if _ADDRESS.fullmatch(fields.get("url", "")):
        fields["page url"] = fields["url"]
    elif "headline" not in fields or len(fields) < _FEWEST_NAMED:
        return {}, text
    return {name: value for name, value in fields.items() if value}, text[place:].lstrip("\r\n")
