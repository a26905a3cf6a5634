"""Exports of ProQuest: labelled fields around "Full text:", articles divided by lines or by their last label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clipbook.captures.exports.division import WORDS_OF_EXPORTS, Draft, label_pattern, stated_words

_LABEL = label_pattern(WORDS_OF_EXPORTS["proquest"])
_ALONE = re.compile(r"(?:full text|volltext|texto completo|texte intégral|texte complet)", re.I)
_RULE = re.compile(r"[_\-=*]{20,}")
_COUNTER = re.compile(r"(?:document|dokument|documento)?\s*\d+\s*(?:of|von|de|/)\s*\d+|\d+\.", re.I)
_NUMBERED = re.compile(r"\d{1,4}\.\s+(?=\S)")
_INFO_DATE = re.compile(
    r"\d{1,2} [^\W\d]{3,12}\.? \d{4}|[^\W\d]{3,12}\.? \d{1,2}, \d{4}|\d{4}-\d{2}-\d{2}", re.I
)


def is_proquest(lines: Sequence[str]) -> bool:
    """Whether a document has the labels that ProQuest puts beside every article."""
    kinds = {kind for line in lines if (kind := _labelled(line)[0])}
    return {"text", "number"} <= kinds or {"number", "outlet"} <= kinds or {"text", "outlet", "last"} <= kinds


def proquest_articles(lines: Sequence[str]) -> Iterator[Draft]:
    """Give the articles of a ProQuest export; an entry without full text fails by itself."""
    for part in _parts(lines):
        kinds = [_labelled(line)[0] for line in part]
        if kinds.count("number") > 1 or kinds.count("text") > 1:
            several = "Several articles of the export stand in one another and could not be divided; export them again."
            yield Draft(failure=several)
        elif "outlet" in kinds or "number" in kinds or "info" in kinds:
            yield _article(part)


def _labelled(line: str) -> tuple[str, str]:
    label = _LABEL.fullmatch(f"{line}:" if _ALONE.fullmatch(line) else line)
    if not label:
        return "", ""
    return next(name for name, text in label.groupdict().items() if text is not None), label["value"].strip()


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """Divide at lines drawn across the page, and below the label that stands last in an article."""
    part: list[str] = []
    numbers = 0
    for line in lines:
        kind = _labelled(line)[0]
        if _RULE.fullmatch(line) or (kind == "last" and numbers):
            yield part
            part, numbers = [], 0
            continue
        numbers += kind == "number"
        part.append(line)
    yield part


def _article(lines: Sequence[str]) -> Draft:
    filled = [line for line in lines if line]
    fields: dict[str, str] = {}
    text: list[str] = []
    heading: list[str] = []
    within = ""
    for shown in filled:
        kind, value = _labelled(shown)
        line = shown
        if kind and (within != "text" or kind not in {"section", "length"}):
            within = kind
            line = value
        if within == "text":
            text.append(line)
        elif not within:
            heading.append(line)
        elif line and within != "unused":
            goes_on = within in fields and not kind
            fields[within] = f"{fields[within]} {line}" if goes_on else fields.get(within, line)
    titles = [line for line in heading if not _COUNTER.fullmatch(line)]
    if titles:
        fields.setdefault("headline", _NUMBERED.sub("", titles[-1]))
    words = stated_words(fields.pop("length", "") + " words")
    fields = _meaning(fields)
    if not any(text):
        none = "The export holds no full text of this article, only what is known about it."
        return Draft(fields=fields, failure=none)
    return Draft(text, fields, words)


def _meaning(fields: dict[str, str]) -> dict[str, str]:
    """Name the outlet without its place, the authors with their first names first, the day without its label."""
    info = fields.pop("info", "")
    for unused in ("number", "last", "text"):
        fields.pop(unused, None)
    outlet = fields.get("outlet") or info.split("[", 1)[0]
    if name := outlet.split(";", 1)[0].strip(" ."):
        fields["outlet"] = name
    if "published" not in fields and (day := _INFO_DATE.search(info)):
        fields["published"] = day[0]
    if "authors" in fields:
        fields["authors"] = "; ".join(map(_first_name_first, fields["authors"].split(";")))
    return fields


def _first_name_first(author: str) -> str:
    family, comma, first = author.strip().partition(",")
    if len(first.split()[-1:] and first.split()[-1]) > 2:
        first = first.rstrip(" .")
    named = comma and "," not in first and 0 < len(first.split()) <= 3 and first.strip()[:1].isupper()
    return f"{first.strip()} {family}" if named else author.strip()
