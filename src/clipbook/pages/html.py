"""Safe HTML: everything from a capture is escaped here, and every page forbids what it does not bring along.

A page holds no script. Its content security policy allows its own style sheet (by hash) and pictures that
lie beside it or inside it; nothing else is loaded, sent or run, whatever a capture contains.
"""

from __future__ import annotations

import base64
import hashlib
import html
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from urllib.parse import quote, urlsplit

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SLUG_BREAK = re.compile(r"[^a-z0-9]+")
LONGEST_SLUG = 56


def visible(value: object) -> str:
    """Drop control characters and marks that change the direction of writing; None and NaN become nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return _INVISIBLE.sub("", str(value))


def escape(value: object) -> str:
    """Make any text safe between tags and inside quoted attributes; None and NaN become nothing."""
    return html.escape(visible(value), quote=True)


def slug(name: object) -> str:
    """Give a name that is safe as a file name and an anchor, and different for different names.

    Parameters
    ----------
    name : object
        Any text: a capture's path, a speaker, an outlet.

    Returns
    -------
    str
        At most 56 of the letters a to z, digits and hyphens, then ten digits of the name's SHA-256.
    """
    text = str(name)
    letters = unicodedata.normalize("NFKD", text[-200:]).encode("ascii", "ignore").decode("ascii").lower()
    readable = _SLUG_BREAK.sub("-", letters).strip("-")
    if len(readable) > LONGEST_SLUG:
        readable = readable[-LONGEST_SLUG:].partition("-")[2] or readable[-LONGEST_SLUG:]
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{readable or 'item'}-{digest}"


def local(path: str, anchor: str = "") -> str:
    """Make a relative link to a file of ours, ready for an ``href``."""
    relative = quote(path, safe="/-_.~")
    if relative.startswith("/"):
        relative = "." + relative
    return escape(f"{relative}#{anchor}" if anchor else relative)


def link(href: str, text: object) -> str:
    """Link captured text, set apart from the direction of writing around it; ``href`` as `local` makes it."""
    return f'<a href="{href}"><bdi>{escape(text)}</bdi></a>'


def outward(url: object, text: object = "") -> str:
    """Link to a page on the web; only http and https are links, anything else stays text.

    Parameters
    ----------
    url : object
        As captured.
    text : object
        What is shown; the address itself when empty.
    """
    address = str(url).strip()
    try:
        parts = urlsplit(address)
        linked = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        linked = False
    shown = escape(text or address)
    if not linked:
        return shown
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">{shown}</a>'


def number(value: object) -> str:
    """Show a number to three figures with separators, a missing one as a dash, a text as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return escape(value)
    if not math.isfinite(value):
        return "–"
    if float(value).is_integer():
        return f"{int(value):,}"
    decimals = max(0, min(4, 2 - math.floor(math.log10(abs(value)))))
    return f"{value:,.{decimals}f}"


def table(
    head: Sequence[object], rows: Iterable[Sequence[str]], *, caption: str, numeric: Sequence[bool] = ()
) -> str:
    """Build a table from cells that are already HTML.

    Parameters
    ----------
    head : sequence
        Column names, as text.
    rows : iterable of sequences of str
        Cells, already escaped.
    caption : str
        What the table holds, as text; read out first by a screen reader.
    numeric : sequence of bool
        Which columns are set flush right.

    Returns
    -------
    str
        In a box that scrolls by itself on small screens, reachable by keyboard.
    """
    sides = [' class="n"' if right else "" for right in numeric] or [""] * len(head)
    names = "".join(
        f'<th scope="col"{side}>{escape(name)}</th>' for name, side in zip(head, sides, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f"<td{side}>{cell}</td>" for cell, side in zip(row, sides, strict=True)) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def page(*, title: str, main: str, header: str = "", kind: str = "", language: str = "en") -> str:
    """Assemble a whole page with its style sheet and its content security policy.

    Parameters
    ----------
    title : str
        As text, for the window and for screen readers.
    main, header : str
        HTML, already safe.
    kind : str
        The class of the body: ``gallery``, ``article``, ``list``, ``report``.
    language : str
        ISO 639-1.

    Returns
    -------
    str
    """
    style = style_sheet()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; img-src 'self' file: data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f'<body class="{escape(kind)}">\n<a class="skip" href="#main">Skip to the content</a>\n'
        f'<header>{header}</header>\n<main id="main" tabindex="-1">{main}</main>\n</body>\n</html>\n'
    )


@cache
def style_sheet() -> str:
    """Read the style sheet that every page carries."""
    return resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")
