"""Safe HTML: the templates escape whatever they are given, and every page forbids what it does not bring along.

A page holds no script, but for the one that searches articles, which holds its own. The content security policy
allows the page's own style sheet and script (by hash) and pictures that lie beside it or inside it; nothing else is
loaded, sent or run, whatever a capture contains.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlsplit

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from markupsafe import escape as safe

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SLUG_BREAK = re.compile(r"[^a-z0-9]+")
LONGEST_SLUG = 56
Row = dict[str, Any]


def render(template: str, **data: Any) -> str:
    """Fill a template of ``clipbook/templates``; text is escaped, `Markup` is not.

    Parameters
    ----------
    template : str
        The file's name.
    **data
        What the template names; a name that is missing is an error.

    Examples
    --------
    >>> "&lt;b&gt;" in render("cell.html", cell="<b>")
    True
    """
    return _environment().get_template(template).render(**data)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("clipbook"), autoescape=True, undefined=StrictUndefined,
        finalize=visible, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {"style": asset("page.css"), "local": local}
    filters = (digest, number, slug, web_address, plain, markdown)
    environment.filters |= {function.__name__: function for function in filters}
    return environment


@cache
def asset(name: str) -> Markup:
    """Give a style sheet or a script of ``clipbook/templates`` as it is."""
    return Markup(files("clipbook").joinpath("templates", name).read_text(encoding="utf-8"))


@cache
def digest(source: str) -> str:
    """Give the SHA-256 by which a content security policy knows a style sheet or a script."""
    return base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")


def visible(value: Any) -> Any:
    """Drop control characters and marks that change the direction of writing; what is missing becomes nothing."""
    if hasattr(value, "__html__"):
        return value
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    return _INVISIBLE.sub("", str(value))


def records(table: pd.DataFrame) -> list[Row]:
    """Give the rows of a table as mappings by column name; many small tables take pandas itself longer."""
    names = [str(name) for name in table]
    columns = (table[name].tolist() for name in table)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def html(pattern: str, *values: object) -> Markup:
    """Put values into a pattern of HTML, each escaped.

    Examples
    --------
    >>> html("<b>{}</b>", "a & b")
    Markup('<b>a &amp; b</b>')
    """
    return Markup(pattern.format(*(safe(visible(value)) for value in values)))


def escape(value: object) -> Markup:
    """Make any text safe between tags and inside quoted attributes; None and NaN become nothing."""
    return safe(visible(value))


@lru_cache(maxsize=65_536, typed=True)
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
    return f"{relative}#{anchor}" if anchor else relative


def link(href: str, text: object) -> Markup:
    """Link captured text, set apart from the direction of writing around it; ``href`` as `local` makes it."""
    return html('<a href="{}"><bdi>{}</bdi></a>', href, text)


def isolated(text: object) -> Markup:
    """Set captured text apart from the direction of writing around it."""
    return html("<bdi>{}</bdi>", text)


def web_address(url: object) -> str:
    """Give a captured address when it is one of the web (http or https), else ""."""
    address = str(visible(url)).strip()
    try:
        parts = urlsplit(address)
        return address if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def number(value: object) -> str:
    """Show a number to three figures with separators, a missing one as a dash, a text as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(visible(value))
    if not math.isfinite(value):
        return "–"
    if float(value).is_integer():
        return f"{int(value):,}"
    decimals = max(0, min(4, 2 - math.floor(math.log10(abs(value)))))
    return f"{value:,.{decimals}f}"


def plain(name: object) -> str:
    """Write a name of ours, such as ``human_interest``, with blanks."""
    return str(name).replace("_", " ")


def markdown(text: object) -> Markup:
    r"""Write text on one line of Markdown in which none of it is markup.

    Examples
    --------
    >>> print(markdown("[a](b) <i>"))
    \[a\]\(b\) \<i\>
    """
    return Markup(re.sub(r"([\\`*_{}\[\]()<>#|!&])", r"\\\1", " ".join(str(visible(text)).split())))
