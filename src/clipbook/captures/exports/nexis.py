"""Exports of Nexis: Uni and Advance ("End of Document"), UK and Academic ("1 of 2 DOCUMENTS")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clipbook.captures.exports import division

END = division.PATTERNS["nexis_end"]
NUMBER = division.PATTERNS["nexis_number"]
_SHOWN = division.PATTERNS["nexis_shown"]
_NOTICE = division.PATTERNS["nexis_notice"]
_COVER = division.PATTERNS["nexis_cover"]
_LISTED = re.compile(r"\s*\d+\.\s+(\S.*)")
_LOADED = division.PATTERNS["nexis_loaded"]
_INDEX = re.compile(r"(?:classification|klassifizierung|clasificación|classificatie)\s*:?", re.I)
_MACHINE = frozenset({"loaded", "index", "language"})
_UNUSED = frozenset({"loaded", "index", "note"})
_LONGEST_HEADING = 30  # lines
_NEAR = 0.2  # share of the counted words within which the count tells where a body ends
_SHORT_NOTE = (
    60  # words that may stand below a body under a heading of their own, where the export counts none
)


def is_uni(lines: Sequence[str]) -> bool:
    """Whether a document ends its articles as Nexis Uni does, and labels their body or their length."""
    return any(END.fullmatch(line) for line in lines) and any(
        division.BODY.fullmatch(line) or _SHOWN.match(line) for line in lines
    )


def is_numbered(lines: Sequence[str]) -> bool:
    """Whether a document numbers its articles as Nexis UK and Academic do."""
    return any(NUMBER.fullmatch(line) for line in lines) and any(_SHOWN.match(line) for line in lines)


def uni_articles(lines: Sequence[str]) -> Iterator[division.Draft]:
    """Give the articles of a Nexis Uni export: headline, outlet, date, labels, Body, notes, End of Document."""
    parts, rest = division.between(lines, lambda line: END.fullmatch(line) is not None)
    if parts:
        parts[0] = _without_cover(parts[0])
    for part in parts:
        if any(part):
            yield _article(part, outlet_first=False)
    if sum(map(len, rest)) > 200:
        yield division.Draft(failure="The last article of the export is cut off: it has no End of Document.")


def numbered_articles(lines: Sequence[str]) -> Iterator[division.Draft]:
    """Give the articles of a Nexis UK or Academic export: "1 of 2 DOCUMENTS", outlet, date, headline, labels."""
    first = next(place for place, line in enumerate(lines) if NUMBER.fullmatch(line))
    parts, rest = division.between(lines[first + 1 :], lambda line: NUMBER.fullmatch(line) is not None)
    for part in [*parts, rest]:
        if any(part):
            yield _article(part, outlet_first=True)


def _without_cover(lines: list[str]) -> list[str]:
    """Leave out the page that lists the articles: the first article begins where its listed headline is repeated."""
    if not any(_COVER.match(line) for line in lines[:40]):
        return lines
    listed = {match[1].strip() for line in lines if (match := _LISTED.fullmatch(line))}
    starts = [place for place, line in enumerate(lines) if line in listed]
    return lines[starts[-1] :] if starts else lines


def _article(lines: list[str], *, outlet_first: bool) -> division.Draft:
    body = next((place for place, line in enumerate(lines) if division.BODY.fullmatch(line)), None)
    fields, below = _heading(lines[:body], outlet_first)
    if body is not None:
        opening = (division.BODY.fullmatch(lines[body]) or {"text": ""})["text"] or ""
        lines = [*lines[:body], opening, *lines[body + 1 :]]
        below = body
    elif not outlet_first:
        return division.Draft(fields=fields, failure="The article in the export has no line Body.")
    end = _tail(lines, below)
    for line in lines[end:]:
        _take_label(line, fields)
    words = division.stated_words(fields.pop("length", ""))
    text = lines[below:end]
    return division.Draft(text[: _cut(text, words)], fields, words)


def _take_label(line: str, fields: dict[str, str]) -> bool:
    """Note what a labelled line states, if it is one; a field that is stated twice keeps its first value."""
    label = division.LABEL.fullmatch(line)
    if label and label["value"].strip() and _kind(label) not in _UNUSED:
        fields.setdefault(_kind(label), label["value"].strip())
    return label is not None


def _kind(label: re.Match[str]) -> str:
    return next(name for name, text in label.groupdict().items() if text is not None and name != "value")


def _heading(lines: Sequence[str], outlet_first: bool) -> tuple[dict[str, str], int]:
    """Read what stands above the body, and where it ends."""
    filled = [place for place, line in enumerate(lines) if line and not division.COPYRIGHT.fullmatch(line)]
    free = 1 if outlet_first else 2  # lines at the top that are no labels, whatever they begin with
    labels = [place for place in filled[free:_LONGEST_HEADING] if division.LABEL.fullmatch(lines[place])]
    stop = labels[0] if labels else len(lines)
    above = [place for place in filled if place < stop and not _NOTICE.fullmatch(lines[place])]
    dates = [n for n, place in enumerate(above) if n and division.is_date_line(lines[place])]
    fields: dict[str, str] = {}
    end = stop
    for place in range(stop, len(lines)):
        if _take_label(lines[place], fields):
            end = place + 1
        elif lines[place] and not division.COPYRIGHT.fullmatch(lines[place]):
            break
    if dates:
        fields["published"] = lines[above[dates[0] if outlet_first else dates[-1]]]
    if outlet_first:
        title = above[dates[0] + 1 :] if dates else above[1:]
        if not labels and title:
            title, end = title[:1], title[0] + 1
        outlet = above[dates[0] - 1] if dates else above[0] if above else None
        headline = " ".join(lines[place] for place in _last_group(title))
    else:
        at = dates[-1] if dates else len(above)
        outlet = above[at - 1] if at else None
        headline = lines[above[at - 2]] if at > 1 else ""
    if outlet is not None:
        fields["outlet"] = lines[outlet]
    if headline:
        fields.setdefault("headline", headline)
    return fields, end


def _last_group(places: list[int]) -> list[int]:
    """Give the places of a headline: those above the labels that no blank line divides."""
    group = places[-1:]
    for place in reversed(places[:-1]):
        if group[0] - place > 1:
            break
        group.insert(0, place)
    return group


def _tail(lines: Sequence[str], start: int) -> int:
    """Where the machine's labels below a body begin."""
    loaded = (place for place in range(start, len(lines)) if _LOADED.match(lines[place]))
    end = next(loaded, len(lines))
    while end > start:
        line = lines[end - 1]
        label = division.LABEL.fullmatch(line)
        if not (
            not line
            or division.COPYRIGHT.fullmatch(line)
            or _INDEX.fullmatch(line)
            or (label and _kind(label) in _MACHINE)
        ):
            break
        end -= 1
    return end


def _cut(text: Sequence[str], words: int) -> int:
    """Where the body ends within the text above the labels: before a heading such as Graphic, if it opens notes.

    The cut is taken that comes nearest to the words which the export counts; where none comes near, the first
    heading below which few words are left.
    """
    counts = [0]
    for line in text:
        counts.append(counts[-1] + len(line.split()))
    places = [place for place, line in enumerate(text) if place and division.BELOW.fullmatch(line)]
    nearest = min([len(text), *places], key=lambda place: (abs(counts[place] - words), -place))
    if abs(counts[nearest] - words) <= _NEAR * words:
        return nearest
    few = (
        p
        for p in places
        if counts[-1] - counts[p] <= max(_SHORT_NOTE, 0.1 * counts[-1]) and len(text[p]) < 200
    )
    return next(few, len(text))
