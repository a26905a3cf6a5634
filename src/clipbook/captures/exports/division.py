"""What all exports have in common: articles between marks, fields labelled in the languages of interfaces, a count of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from clipbook.captures.limits import Limits, UnreadableError, counted
from clipbook.captures.lines import stated_fields, visible_text
from clipbook.captures.source import Source
from clipbook.records import Capture
from clipbook.shipped import patterns, shipped
from clipbook.text.words import count_words

_WORDS_APART = 0.1  # share by which an article may differ from the count that its export states


@dataclass(slots=True)
class Draft:
    """One article of an export, as its reader found it."""

    paragraphs: Sequence[str] = ()
    fields: dict[str, str] = field(default_factory=dict)
    words: int = 0  # as the export counts them; 0 when it does not
    failure: str = ""


def captures_of(
    source: Source, form: str, drafts: Iterator[Draft], limits: Limits, notes: tuple[str, ...] = ()
) -> Iterator[Capture]:
    """Give a capture for each article of an export, its body alone as text; a broken one fails by itself."""
    for draft in counted(drafts, limits, "The export holds too many articles"):
        yield _capture(source, form, draft, limits, notes)


def _capture(source: Source, form: str, draft: Draft, limits: Limits, notes: tuple[str, ...]) -> Capture:
    fields = dict(draft.fields)
    if "language" in fields:
        fields["language"] = language_code(fields["language"])
    if "published" in fields:
        fields["published"] = stated_date(fields["published"])
    stated: dict[str, str] = {}
    try:
        stated = stated_fields(fields, limits) | {"body_only": "yes"}
        if draft.failure:
            raise UnreadableError(draft.failure)
        text, more = visible_text("\n\n".join(filter(None, draft.paragraphs)), limits)
    except UnreadableError as error:
        return source.capture(form, fields=stated, notes=notes, failure=str(error))
    read = count_words(text)
    if draft.words and abs(read - draft.words) > _WORDS_APART * draft.words:
        more += (f"the export counts {draft.words:,} words in this article, {read:,} were read",)
    return source.capture(form, text=text, fields=stated, notes=notes + more)


def between(lines: Sequence[str], ends: Callable[[str], bool]) -> tuple[list[list[str]], list[str]]:
    """Divide lines after each one that ends an article (left out); and give what follows the last."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if ends(line):
            parts.append([])
        else:
            parts[-1].append(line)
    return parts[:-1], parts[-1]


WORDS_OF_EXPORTS = shipped("captures/exports/words.toml")
PATTERNS = patterns("captures/exports/patterns.toml")


def label_pattern(kinds: dict[str, list[str]]) -> re.Pattern[str]:
    """Match a line that begins with a label; the name of the group that matched says what it states."""
    named = "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in kinds.items())
    return re.compile(rf"(?:{named})\s*:\s*(?P<value>.*)", re.I | re.S)


LABEL = label_pattern(WORDS_OF_EXPORTS["labels"])
"""A line of Nexis that begins with a label."""
BODY = PATTERNS["body"]
"""The line that opens the article's text."""

BELOW = PATTERNS["below"]
"""A line that may open what stands below the text; it may also be a line of the text."""

COPYRIGHT = PATTERNS["copyright"]
BYLINE = re.compile(r"(?:by|par|von|por|di|da|door|av|af)\s+\S.*|(?:reporting|written) by\s.*", re.I)
WORDS = PATTERNS["words"]
"""The number of words that an export counts."""

_MONTHS = PATTERNS["months"].pattern
_DAYS = PATTERNS["days"].pattern
_WEEKDAY = re.compile(rf"[\s,]*\b{_DAYS}\b", re.I)
_DATE = re.compile(
    rf"(?:{_DAYS},?\s+(?:den\s+|le\s+|der\s+)?)?(?:"
    rf"\d{{1,2}}(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?{_MONTHS}\s+(?:del?\s+)?\d{{4}}"
    rf"|{_MONTHS}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s+(?:de\s+)?\d{{4}}"
    rf"|(?:spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|printemps|été|automne|hiver)\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)",
    re.I,
)

LANGUAGE_CODES = {
    name: code for code, names in WORDS_OF_EXPORTS["languages"].items() for name in names.split()
}
"""ISO 639-1 codes by the names that interfaces give languages."""


def language_code(name: str) -> str:
    """Give the code of a language's name (``"ENGLISH; Deutsch"`` gives ``"en"``), or "" if it is not known."""
    first = re.split(r"[;,(]", name, maxsplit=1)[0].strip().casefold()
    return LANGUAGE_CODES.get(first, "")


def is_date_line(line: str) -> bool:
    """Whether a line is a date, with a weekday, a time or an edition behind it at most."""
    return len(line) < 120 and _DATE.match(line) is not None


def stated_date(line: str) -> str:
    """Give the date within a line, and the time behind it, without a weekday; "" if there is none."""
    found = _DATE.search(line)
    return _WEEKDAY.sub("", line[found.start() :]).strip(" ,") if found else ""


def stated_words(line: str) -> int:
    """Give the number of words that a line counts; 0 if it does not."""
    found = WORDS.search(line)
    return int(re.sub(r"\D", "", found["count"])) if found else 0
