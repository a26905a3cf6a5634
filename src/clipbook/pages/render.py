"""Safe HTML: the templates escape whatever they are given, and every page forbids what it does not bring along.

A page holds no script, but for the one that searches articles, which holds its own. The content security policy
allows the page's own style sheet and script (by hash) and pictures that lie beside it or inside it; nothing else is
loaded, sent or run, whatever a capture contains. Names of files and places, and where the evidence for a name lies, are
made here as well.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from markupsafe import escape as safe

from clipbook.shipped import shipped

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
    environment.globals |= {
        "style": asset("page.css"),
        "local": local,
        "list_file": list_file,
        "audit_file": audit_file,
    }
    filters = (digest, number, slug, web_address, plain, markdown, isolated)
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


FOLDER = "evidence"
RECORD = "links.json"
EXPLORE = "explore.html"

WORDS = shipped("pages/words.toml")


@dataclass(frozen=True, slots=True)
class EvidenceLinks:
    """The evidence pages by kind and name, the parts of lists by their address, and the way to the folder."""

    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    prefix: str = ""

    def find(self, column: str, value: str, row: Mapping[Any, Any]) -> str:
        """Give the link for a cell of a table, or "" when there is no evidence page for it.

        Parameters
        ----------
        column : str
            The table's column; see `COLUMN_KINDS`.
        value : str
            The cell.
        row : mapping
            The whole row: ``start`` or ``sentence_start`` leads to the place in an article, ``line`` to that of the capture,
            ``outlet`` to an outlet's part of a list.
        """
        for kind in WORDS["kinds"].get(column, ()):
            page = self.pages.get(kind, {}).get(value)
            if page is None:
                continue
            start, line = str(row.get("start", row.get("sentence_start", ""))), str(row.get("line", ""))
            outlet = row.get("outlet") or row.get("group")
            if kind == "capture" and start.isascii() and start.isdigit():
                return self.prefix + local(page, anchor(int(start), str(row.get("field", "body"))))
            if kind == "capture" and line.isascii() and line.isdigit():
                shown = "" if row.get("role") == "blank" else f"line-{line}"  # a page shows no blank lines
                return self.prefix + local(audit_file(value), shown)
            if kind in ("speaker", "frame") and f"{page}#{slug(outlet)}" in self.pages.get("part", {}):
                return self.prefix + local(page, slug(outlet))
            return self.prefix + (local(*page.split("#", 1)) if "#" in page else local(page))
        return ""


def read_links(figures: Path) -> EvidenceLinks:
    """Read which evidence pages lie beside a gallery; none when they have not been written.

    Parameters
    ----------
    figures : Path
        The figures folder.
    """
    path = figures / FOLDER / RECORD
    if not path.is_file():
        return EvidenceLinks()
    return EvidenceLinks(json.loads(path.read_text(encoding="utf-8")), f"{FOLDER}/")


def anchor(start: int, field: str = "body") -> str:
    """Name the place in an article's headline or body where a sentence, a quotation or a cue begins."""
    return f"{'h' if field == 'headline' else 't'}{start}"


def list_file(kind: str, name: object) -> str:
    """Name the page that lists the evidence for a name: ``speaker-...html`` and so on."""
    return f"{kind}-{slug(name)}.html"


def audit_file(capture_id: object) -> str:
    """Name the audit page of a capture."""
    return f"audit-{slug(capture_id)}.html"


def article_file(capture_id: object) -> str:
    """Name the evidence page of an article."""
    return f"article-{slug(capture_id)}.html"


def evidence_link(capture_id: object, start: int | None = None, field: str = "body") -> str:
    """Link to an article's evidence page, or to the place in it where an offset begins something.

    Parameters
    ----------
    capture_id : object
        As in ``articles``.
    start : int, optional
        The ``start`` of a sentence, quotation or cue.
    field : str
        ``body`` or ``headline``, whichever ``start`` counts in.
    """
    return article_file(capture_id) + (f"#{anchor(start, field)}" if start is not None else "")
