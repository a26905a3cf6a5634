"""Rich text (.rtf): one pasted page, or an export of many articles."""

from __future__ import annotations

from collections.abc import Iterator

from clipbook.captures.exports import Shown, divide
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.source import Source
from clipbook.captures.stated import visible_text
from clipbook.records import Capture


def read_rtf(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the text of a rich text file; each of its paragraphs becomes one."""
    from striprtf.striprtf import rtf_to_text

    data = source.read(limits)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("The file is named .rtf but is not rich text, or it is damaged.")
    shown = rtf_to_text(data.decode("cp1252", "replace"), errors="replace").split("\n")
    lines = [line[:-1].replace("|", "\t") if line.endswith("|") else line for line in shown]  # rows of tables
    if (articles := divide(source, Shown(lines), limits)) is not None:
        yield from articles
        return
    text, notes = visible_text("\n\n".join(filter(str.strip, lines)), limits)
    yield source.capture("rtf", text=text, notes=notes)
