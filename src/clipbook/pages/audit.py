"""The audit page of a capture: all that was on the page, what was kept of it, and why the rest was not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clipbook.pages.html import escape, number, outward, page, slug, table
from clipbook.pages.links import WAY_BACK
from clipbook.tables import need_columns

_FACTS = (
    ("File", "source_file"),
    ("Format", "format"),
    ("Outlet", "outlet"),
    ("Headline", "headline"),
    ("Standfirst", "standfirst"),
    ("Authors", "authors"),
    ("Published", "published"),
    ("Updated", "updated"),
    ("Section", "section"),
    ("Language", "language"),
    ("Copy of", "duplicate_of"),
    ("Notes", "notes"),
)
_FIELD_ROLES = frozenset(("headline", "standfirst", "byline", "date"))
_STATUS = {
    "ok": "read",
    "thin": "too short to measure",
    "failed": "not read",
    "duplicate": "a copy of another capture",
}


def audit_file(capture_id: object) -> str:
    """Name the audit page of a capture."""
    return f"audit-{slug(capture_id)}.html"


def audit_page(article: Mapping[str, Any], lines: pd.DataFrame) -> str:
    """Build the page on which a person checks how a capture was read.

    Parameters
    ----------
    article : mapping
        A row of ``articles``.
    lines : DataFrame
        The capture's rows of ``lines``: ``line``, ``role``, ``kept``, ``reason``, ``text``.

    Returns
    -------
    str
        HTML without script: the captured page's lines in their order, those kept plain, the others in
        grey with their role and the reason; above them the fields that were read.

    Raises
    ------
    TableError
        If ``lines`` lacks a column.
    """
    need_columns(lines, ["line", "role", "kept", "reason", "text"], made_by="corpus.read_corpus")
    shown = lines[lines["role"] != "blank"].sort_values("line", kind="stable")
    title = f"How {article['capture_id']} was read"
    words = shown["text"].map(lambda text: len(text.split())).astype("int64")
    kept, total = int(words[shown["kept"]].sum()), int(words.sum())
    share = f" ({kept / total:.0%})" if total else ""
    status = _STATUS.get(str(article["status"]), str(article["status"]))
    text = "".join(
        _line(*row)
        for row in zip(*(shown[name] for name in ("line", "role", "kept", "reason", "text")), strict=True)
    )
    return page(
        title=title,
        kind="article audit",
        header=f'{WAY_BACK}<h1 dir="auto">{escape(title)}</h1><p class="quiet">Status: {escape(status)}. '
        f"{kept:,} of {total:,} words kept{share}. Lines struck out were left out, for the reason beside them; "
        "what was read from a line in grey is in the list of fields.</p>",
        main=(
            f'<div class="columns"><section class="text" aria-label="The captured page">'
            f"{text or '<p>No line of this capture could be read.</p>'}</section>"
            f"<aside>{_facts(article)}{_roles(shown.assign(words=words))}</aside></div>"
        ),
    )


def _line(place: int, role: str, kept: bool, reason: str, text: str) -> str:
    shown = f'<span dir="auto">{escape(text)}</span>'
    if kept:
        label = "" if role == "body" else f'<span class="who s1">{escape(role)}</span> '
        return f'<p id="line-{int(place)}">{label}{shown}</p>'
    label = f'<span class="who s0">{escape(role)}</span>'
    text = shown if role in _FIELD_ROLES else f"<s>{shown}</s>"
    return f'<p id="line-{int(place)}" class="quiet">{label} {text} <i>{escape(reason)}</i></p>'


def _facts(article: Mapping[str, Any]) -> str:
    facts = []
    for label, name in _FACTS:
        value = article.get(name)
        if value is None or value == "" or pd.isna(value):
            continue
        facts.append(f'<dt>{label}</dt><dd><span dir="auto">{escape(value)}</span></dd>')
    if url := article.get("url"):
        facts.append(f"<dt>Address</dt><dd>{outward(url)}</dd>")
    return f"<h2>What was read</h2><dl>{''.join(facts)}</dl>"


def _roles(shown: pd.DataFrame) -> str:
    if shown.empty:
        return ""
    sums: dict[tuple[bool, str], list[int]] = {}
    for kept, role, words in zip(shown["kept"], shown["role"], shown["words"], strict=True):
        lines_words = sums.setdefault((bool(kept), str(role)), [0, 0])
        lines_words[0] += 1
        lines_words[1] += int(words)
    ordered = sorted(sums.items(), key=lambda item: (not item[0][0], -item[1][1], item[0][1]))
    rows = [
        [escape(role), "kept" if kept else "left out", number(lines), number(words)]
        for (kept, role), (lines, words) in ordered
    ]
    listed = table(
        ("role", "text", "lines", "words"), rows, caption="Lines by role", numeric=(False, False, True, True)
    )
    return f"<h2>Roles</h2>{listed}"
