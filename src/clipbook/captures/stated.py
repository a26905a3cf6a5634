"""What a file states about an article beside its text, as plain text and within bounds."""

from __future__ import annotations

from collections.abc import Mapping

from clipbook.captures.decode import clean, encodable
from clipbook.captures.limits import Limits, beyond

_NAMES = ("authors", "published", "outlet", "section", "url", "language")
_ONE_LINE = ("headline", *_NAMES)


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
