"""Exports of Factiva: each article ends with "Document" and its number; fields stand in order or behind two letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clipbook.captures.exports import division

_END = division.PATTERNS["factiva_end"]
_CODED = re.compile(
    r"(HD|BY|CR|WC|PD|ET|SN|SC|ED|SE|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPD|IPC|PUB|CLM|ART|CX|AN)(?:[\t|]\s*(.*))?",
    re.S,
)
_CODE = re.compile(r"[A-Z][A-Z0-9]{2,7}")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:[AP]M|GMT|UTC|[A-Z]{3,4}))?", re.I)
_NAME = re.compile(r"(?:[A-ZÀ-ÞŁŚŽ][\w.'’-]*\s+){1,4}[A-ZÀ-ÞŁŚŽ][\w.'’-]+")
_PAGE = re.compile(r"(?:page|seite|página|pagina)\s+\d+.*factiva.*|©\s*\d{4}\s+factiva.*|factiva", re.I)
_FIELDS = {
    "HD": "headline", "BY": "authors", "PD": "published", "SN": "outlet", "SE": "section", "LA": "language",
}  # fmt: skip


def is_factiva(lines: Sequence[str]) -> bool:
    """Whether a document ends its articles with Factiva's numbers and counts their words."""
    return any(_END.fullmatch(line) for line in lines) and any(
        division.WORDS.fullmatch(line) or re.match(r"WC[\t|]", line) for line in lines
    )


def factiva_articles(lines: Sequence[str], titles: frozenset[str] = frozenset()) -> Iterator[division.Draft]:
    """Give the articles of a Factiva export; ``titles`` are lines that its markup sets as headlines."""
    parts, rest = division.between(lines, lambda line: _END.fullmatch(line) is not None)
    for part in parts:
        if shown := [line for line in part if line and not _PAGE.fullmatch(line)]:
            coded = sum(_CODED.fullmatch(line) is not None for line in shown) >= 4
            yield _coded(shown) if coded else _plain(shown, titles)
    if any(division.WORDS.fullmatch(line) for line in rest):
        yield division.Draft(
            failure="The last article of the export is cut off: it has no line with its document number."
        )


def _coded(lines: list[str]) -> division.Draft:
    """Read fields behind two-letter codes; HD, LP and TD may run over several lines."""
    values: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = _CODED.fullmatch(line)
        code = found[1] if found else code
        value = (found[2] or "").strip() if found else line
        if code and value:
            values.setdefault(code, []).append(value)
    fields = {name: " ".join(values[code]) for code, name in _FIELDS.items() if code in values}
    text = [*values.get("LP", []), *values.get("TD", [])]
    return division.Draft(text, fields, division.stated_words(" ".join(values.get("WC", []))))


def _plain(lines: list[str], titles: frozenset[str]) -> division.Draft:
    """Read fields in their order: section, headline, byline, words, date, time, outlet, code, ..., copyright."""
    at = next((place for place, line in enumerate(lines) if division.WORDS.fullmatch(line)), None)
    if at is None:
        return division.Draft(
            fields={"headline": lines[0]},
            failure="The article in the export has no count of words, above which its headline stands.",
        )
    fields = _above(lines[:at], titles)
    below = lines[at + 1 :]
    place = 0
    if below and division.is_date_line(below[0]):
        fields["published"] = below[0]
        place = 1
        if len(below) > 1 and _TIME.fullmatch(below[1]):
            fields["published"] += " " + below[1]
            place = 2
    if place < len(below):
        fields["outlet"] = below[place]
    end = _meta_end(below, place + 1)
    language = next(
        (line for line in below[place + 1 : end] if line.casefold() in division.LANGUAGE_CODES), ""
    )
    if language:
        fields["language"] = language
    return division.Draft(below[end:], fields, division.stated_words(lines[at]))


def _meta_end(lines: Sequence[str], start: int) -> int:
    """Where the text begins: below the copyright line, else below the language, else below the source's code."""
    head = range(start, min(start + 10, len(lines)))
    for fits in (
        lambda line: division.COPYRIGHT.fullmatch(line) is not None,
        lambda line: line.casefold() in division.LANGUAGE_CODES,
        lambda line: _CODE.fullmatch(line) is not None,
    ):
        for place in head:
            if fits(lines[place]):
                return place + 1
    return start


def _above(lines: list[str], titles: frozenset[str]) -> dict[str, str]:
    """Tell section, headline and byline apart in the lines above the count of words."""
    marked = [place for place, line in enumerate(lines) if line in titles]
    if marked:
        first, last = marked[0], marked[-1]
    else:
        last = len(lines) - 1
        if last and (
            division.BYLINE.fullmatch(lines[last]) or _NAME.fullmatch(lines[last].split(";")[0].strip())
        ):
            last -= 1
        first = 1 if last and len(lines[0].split()) <= 3 else 0
    fields = {
        "headline": " ".join(lines[first : last + 1]),
        "authors": "; ".join(lines[last + 1 :]),
        "section": lines[0] if first == 1 else "",
    }
    return {name: value for name, value in fields.items() if value}
