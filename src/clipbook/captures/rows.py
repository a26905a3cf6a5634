"""Rows of other people's tables as captures: what their columns hold, in the languages of the tools that write them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from clipbook.captures.decode import encodable
from clipbook.captures.html import looks_like_html, sound_markup
from clipbook.captures.limits import Limits, UnreadableError, counted
from clipbook.captures.lines import markup_text, stated_fields, unwrapped_cell, visible_text
from clipbook.captures.source import Source
from clipbook.records import Capture
from clipbook.shipped import shipped

_WORDS = shipped("captures/headings.toml")
_FILLERS = frozenset(_WORDS["fillers"].split())
_PARTS_OF_DATES = ("year", "month", "day")
_CHOICE = (*_PARTS_OF_DATES, "updated", "published", "language", "authors", "standfirst", "section")
_SWEDISH = frozenset(("tidning", "brödtext", "innehåll", "publicerad", "skribent", "författare", "källa"))
_PLACES = {
    role: {heading: place for place, heading in enumerate(words.split())} for role, words in _WORDS["roles"].items()
}  # fmt: skip
_ROLES = {word: role for role, places in reversed(_PLACES.items()) for word in places}
_LONGEST_WORD = max(map(len, (*_ROLES, *_FILLERS)))
_LONGEST_HEADING = 60
ABOVE_HEADING = 6
"""Rows in which a heading is looked for."""


def roles_of(names: Iterable[str]) -> dict[str, list[str]]:
    """Give the columns for each role, the likeliest first; a column plays the first role that its heading fits."""
    plain = {name: "".join(char for char in name.casefold() if char.isalnum()) for name in names}
    roles: dict[str, list[str]] = {}
    for name, heading in plain.items():
        if role := _ROLES.get(heading) or _compound_role(heading):
            roles.setdefault(role, []).append(name)
    if "headline" not in roles and not _SWEDISH.isdisjoint(plain.values()):
        rubrik = [name for name in roles.get("section", ()) if plain[name] == "rubrik"]
        roles |= {"headline": rubrik, "section": []} if rubrik else {}
    return {
        role: sorted(columns, key=lambda name: _PLACES[role].get(plain[name], len(_PLACES[role])))
        for role, columns in roles.items()
        if columns
    }


@lru_cache(maxsize=4096)
def _compound_role(heading: str) -> str:
    """The role of a heading put together of words that are known: "article_title", "Cuerpo de la noticia"; "" of others."""
    if len(heading) > _LONGEST_HEADING:
        return ""
    found = set(filter(None, map(_ROLES.get, _words_of(heading))))
    if "url" in found:
        return "domain" if "outlet" in found else "url"
    for role in _CHOICE:
        if role in found:
            return role
    if "headline" in found:
        return "outlet" if "outlet" in found else "headline"
    return next((role for role in ("text", "outlet", "domain") if role in found), "")


def _words_of(heading: str) -> tuple[str, ...]:
    """Divide a heading into as few known words as possible; none where something is left over."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(heading) + 1):
        parts = [
            (*before, word)
            for start in range(max(0, end - _LONGEST_WORD), end)
            if (before := best[start]) is not None
            and ((word := heading[start:end]) in _ROLES or word in _FILLERS)
        ]
        best.append(min(parts, key=len) if parts else None)
    return best[-1] or ()


def holds_articles(names: Sequence[str]) -> bool:
    """Whether a table's headings name a column of texts or of pages."""
    return not {"text", "html"}.isdisjoint(roles_of(names))


Record = Sequence[tuple[str, str]]
"""The cells of a row with their headings; two may have the same."""

_EMPTY = frozenset(
    {"nan", "none", "nat", "n/a", "#n/a", "null", "<na>", "na", "undefined", "\\n", "-", "--", "–", "—"}
)
_TAGS = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|figure|img|blockquote|article|section)\b[^<>]{0,2000}>",
    re.I,
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.I)
_NAMED = re.compile(r"""['"](?:name|title)['"]\s?:\s?(['"])(.{1,200}?)\1""")
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?(\d+) char(?:acter)?s\]\s*$")
_STRING = re.compile(r"""'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+\"""", re.S)
_LIST = re.compile(
    rf"\[\s*(?:{_STRING.pattern})(?:\s*,\s*(?:{_STRING.pattern}))*+\s*\]", re.S
)  # of paragraphs
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.S)
_FULL_CELLS = frozenset({32_767, 32_759})  # characters that Excel and its exports hold in a cell
_ONE = frozenset({"headline", "standfirst", "authors", "section", "outlet"})


def table_captures(
    source: Source,
    names: Sequence[str] | None,
    records: Iterable[Record | str],
    limits: Limits,
    *,
    form: str,
    notes: tuple[str, ...] = (),
) -> Iterator[Capture]:
    """Give the capture of each record; a record that is a sentence fails with it.

    Parameters
    ----------
    source : Source
        The file.
    names : sequence of str or None
        The headings that all records share; None where each has its own.
    records : iterable
        Cells with their headings, or why a row cannot be read.
    limits : Limits
        Bounds on what is read.
    form : str
        The format to record.
    notes : tuple of str
        What was noticed while reading.

    Raises
    ------
    UnreadableError
        If no heading names a column of texts, or there are too many rows.
    """
    if names is not None and not holds_articles(names):
        raise UnreadableError(
            "The table has no column of article texts; its columns are "
            f"{', '.join(filter(None, names))[:300] or 'none'}. Name the column with the texts text."
        )
    for record in counted(records, limits, "The table has too many rows"):
        if isinstance(record, str):
            yield source.capture(form, notes=notes, failure=record)
        else:
            yield row_capture(source, record, limits, form=form, notes=notes)


def row_capture(
    source: Source, record: Record, limits: Limits, *, form: str, notes: tuple[str, ...] = ()
) -> Capture:
    """Give the capture of one record: the fullest of its texts, and the first filled cell of every other role."""
    fields = _fields(record)
    text, page, url = fields.pop("text", ""), fields.pop("html", ""), ""
    stated: dict[str, str] = {}
    try:
        stated = stated_fields(fields, limits)
        url = stated.pop("url", "")
        if page and not text and not _is_page(page):
            text, page = page, ""
        elif _is_page(text):
            text, page = "", text
        if page:
            markup = sound_markup(page, limits)
            return source.capture(form, html=markup, url=url, fields=stated, notes=notes)
        if not text and not holds_articles([name for name, _ in record]):
            shown = ", ".join(name for name, _ in record if name)[:300] or "none"
            raise UnreadableError(f"The record has no text of an article; its fields are {shown}.")
        text, more = _plain_text(text, limits)
        text, further = visible_text(text, limits)
    except UnreadableError as error:
        return source.capture(form, url=url, fields=stated, notes=notes, failure=str(error))
    return source.capture(
        form, text=text, url=url, fields=stated | {"body_only": "yes"}, notes=notes + more + further
    )


def _is_page(text: str) -> bool:
    return looks_like_html(text[:2000].encode("utf-8", "replace"))


def _fields(record: Record) -> dict[str, str]:
    """Name the filled cells by their roles; columns that play none keep their headings."""
    cells: dict[str, list[str]] = {}
    for name, value in record:
        shown = value.strip()
        if name and shown and shown.casefold() not in _EMPTY:
            cells.setdefault(name, []).append(shown)
    roles = roles_of(cells)
    fields: dict[str, str] = {}
    used: set[str] = set()
    for role, columns in roles.items():
        filled = [value for column in columns for value in cells[column]]
        fields[role] = max(filled, key=len) if role in {"text", "html"} else filled[0]
        used.update(columns[:1] if role not in {"text", "html"} else columns)
    if fields.get("outlet", "").startswith(("http://", "https://")):
        fields.setdefault("url", fields.pop("outlet"))
    if domain := fields.pop("domain", ""):
        fields.setdefault("outlet", domain)
    _join_day(fields)
    for role in _ONE & fields.keys():
        fields[role] = _one_line(fields[role])
    for role in {"authors", "outlet"} & fields.keys():
        if fields[role].isdigit():  # the number of a person or source in the tool that wrote it
            del fields[role]
    others = {f"column {name}": "; ".join(values) for name, values in cells.items() if name not in used}
    return {name: value for name, value in fields.items() if value} | others


def _join_day(fields: dict[str, str]) -> None:
    """Put year, month and day together where no column holds the date."""
    parts = [fields.pop(role, "").removesuffix(".0") for role in ("year", "month", "day")]
    if not parts[0].isdigit() or "published" in fields:
        return
    year, month, day = parts
    if month.isalpha():
        fields["published"] = " ".join(filter(None, (day, month, year)))
    elif all(part.isdigit() for part in parts if part):
        fields["published"] = "-".join(part.zfill(2) for part in parts if part)


def _one_line(value: str) -> str:
    value = value.removeprefix("<![CDATA[").removesuffix("]]>")
    if value[:1] in "{[" and (names := _NAMED.findall(value)):
        value = "; ".join(name for _, name in names)
    if _TAGS.search(value):
        value = markup_text(value)
    return html.unescape(value) if _ENTITY.search(value) else value


def _unescaped(sign: re.Match[str]) -> str:
    return chr(int(sign[1][1:], 16)) if len(sign[1]) > 1 else {"n": "\n", "t": " "}.get(sign[1], sign[1])


def _plain_text(text: str, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """Give a cell's text without markup, entities and hard wraps, and notes on what is missing."""
    notes: tuple[str, ...] = ()
    if text[:1] == "[" and _LIST.fullmatch(text):
        parts = (part[1:-1] for part in _STRING.findall(text))
        text = encodable("\n\n".join(_ESCAPED.sub(_unescaped, part) for part in parts))
    if len(text) in _FULL_CELLS:
        full = f"the cell holds {len(text):,} characters, the most that a spreadsheet keeps"
        notes += (f"{full}: its end is probably lost",)
    if cut := _CUT.search(text[-60:]):
        text = text[: len(text) - 60 + cut.start()] if len(text) > 60 else text[: cut.start()]
        notes += (f"the text is cut off: {int(cut[1]):,} characters are missing",)
    if "\n" not in text and text.count("\\n") > 1:
        text = text.replace("\\r", "").replace("\\n", "\n")
    if _ENTITY.search(text) and "&lt;" in text and not _TAGS.search(text):
        text = html.unescape(text)
    if _TAGS.search(text):
        text = markup_text(sound_markup(text, limits))
        notes += ("the markup in the cell was read as text",)
    elif _ENTITY.search(text):
        text = html.unescape(text)
    return unwrapped_cell(text), notes
