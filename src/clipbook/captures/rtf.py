"""Rich text (.rtf): one pasted page, or an export of many articles."""

from __future__ import annotations

from collections.abc import Iterator

from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.nexis import is_export, split_export
from clipbook.captures.plain import visible_text
from clipbook.captures.source import Source
from clipbook.records import Capture


def read_rtf(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read the text of a rich text file; each of its paragraphs becomes one."""
    from striprtf.striprtf import rtf_to_text

    data = source.read(limits)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("The file is named .rtf but is not rich text, or it is damaged.")
    lines = rtf_to_text(data.decode("cp1252", "replace"), errors="replace").split("\n")
    if is_export(lines):
        yield from split_export(source, "\n".join(lines), limits)
        return
    text, notes = visible_text("\n\n".join(filter(str.strip, lines)), limits)
    yield source.capture("rtf", text=text, notes=notes)
