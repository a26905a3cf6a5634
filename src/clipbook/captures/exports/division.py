"""What all exports have in common: articles between marks, labelled fields, a count of words to compare with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from clipbook.captures.exports.words import language_code, stated_date
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.source import Source
from clipbook.captures.stated import stated_fields, visible_text
from clipbook.records import Capture
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
    for number, draft in enumerate(drafts, 1):
        if number > limits.records:
            raise beyond("The export holds too many articles", number, limits, "records")
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
