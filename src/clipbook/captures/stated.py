"""An article's text, and what its file states beside it, as plain text and within bounds."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from clipbook.captures.decode import clean, encodable
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.lines import markup_text

_SMALL, _CAPITAL = "a-zß-öø-ÿąćčđęěłńňőřśšűůźżžа-яё", "A-ZÀ-ÖØ-ÞĆČĐŁŃŐŘŚŠŰŹŻŽА-ЯЁ"
_GLUED = re.compile(
    rf"(?:(?<=[{_SMALL}]{{2}}[.!?])|(?<=[{_SMALL}]{{2}}[.!?][\"”’»)]))"
    rf"(?=[\"“‘«„(]?[{_CAPITAL}](?:[{_SMALL}]{{0,20}}(?:[’'][a-z]{{1,3}})?),?[ ])"
)  # a sentence's end with the next sentence glued to it
_FEWEST_GLUED = 3
_SEEN = 300_000  # characters in which glued sentences are looked for
_TAGS = re.compile(
    r"</(?:p|div|article|section|main|h[1-6]|li|td|tr|span|blockquote|figure)\s*>|<br\s*/?>", re.I
)
_ENTITIES = re.compile(
    r"&(?:[lr][sd]?quo|quot|apos|nbsp|[nm]dash|hellip|#39|#8[12]\d\d|#x20[0-9a-f]{2});", re.I
)
_PARTS = re.compile(r"(?im)^content-(?:type|transfer-encoding|disposition)[ \t]*:[ \t]*\S")
_PACKED = re.compile(r"(?m)^[ \t>]*[A-Za-z0-9+/]{56,}={0,2}[ \t]*$")
_FEWEST_TAGS, _FEWEST_PARTS, _FEWEST_PACKED, _FEWEST_ENTITIES = 5, 3, 4, 2  # of which prose has fewer
_NAMES = ("authors", "published", "outlet", "section", "url", "language")
_ONE_LINE = ("headline", *_NAMES)


def visible_text(text: str, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """Clean a page's text and hold it to the limits on characters and lines."""
    if len(text) > limits.text_chars:
        raise beyond("The page's text is too long, in characters", len(text), limits, "text_chars")
    text, notes = clean(text)
    text, found = _prose(text)
    notes += found
    if len(_GLUED.findall(text[:_SEEN])) >= _FEWEST_GLUED:
        text, divided = _GLUED.subn("\n\n", text)
        notes += (f"{divided:,} paragraphs followed the one before without a space; they were divided there",)
    if not text.strip():
        raise UnreadableError("The file is empty: it holds no text.")
    lines = text.count("\n") + 1
    if lines > limits.lines:
        raise beyond("The page has too many lines", lines, limits, "lines")
    return text, notes


def _prose(text: str) -> tuple[str, tuple[str, ...]]:
    """Give text without what no page shows: markup is read, lines of packed data go, the source of a message is refused."""
    notes: tuple[str, ...] = ()
    if len(_PARTS.findall(text)) >= _FEWEST_PARTS:
        raise UnreadableError(
            "The text holds the source of a message or page, with its headers and parts; save that alone as .eml or .mhtml."
        )
    if len(_TAGS.findall(text)) >= _FEWEST_TAGS:
        text = markup_text(re.sub(r"\n[ \t]*\n", "\n<p>\n", text))
        notes += ("the markup in the text was read as text",)
    if len(_ENTITIES.findall(text)) >= _FEWEST_ENTITIES:
        text = html.unescape(text).replace("\xa0", " ")
        notes += (
            "entities of markup in the text (&quot; and the like) were read as the signs they stand for",
        )
    if len(packed := _PACKED.findall(text)) >= _FEWEST_PACKED:
        text = _PACKED.sub("", text)
        if not text.strip():
            raise UnreadableError("The file holds packed data and no words; save the page or message itself.")
        notes += (f"{len(packed):,} lines of packed data, which are no words, were left out",)
    return text, notes


def stated_fields(fields: Mapping[str, str], limits: Limits) -> dict[str, str]:
    """Give the filled fields cleaned as text is; headline, names, dates and addresses each on one line.

    A headline keeps the spaces within it, as a line of a page does; names are spelt with single ones.

    Raises
    ------
    UnreadableError
        If a field is longer than its limit, or binary.
    """
    plain: dict[str, str] = {}
    for name, value in fields.items():
        limit = "field_chars" if name in _ONE_LINE else "text_chars"
        if len(value) > getattr(limits, limit):
            what = f"What the file states as {name[:60]} is too long, in characters"
            raise beyond(what, len(value), limits, limit)
        text = clean(encodable(value))[0]
        if name in _ONE_LINE:
            text = " ".join(filter(None, map(str.strip, text.split("\n"))))
        text = " ".join(text.split()) if name in _NAMES else text.strip()
        if text:
            plain[name] = text
    return plain
