"""What all codebook formats share: decoding, and the checks on the way from a draft to a codebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from clipbook.framing.codebook import Codebook, CodebookError, Cue, Frame


@dataclass(slots=True)
class FrameDraft:
    """A frame while its file is being read."""

    line: int
    title: str = ""
    questions: list[str] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    exclusions: list[Cue] = field(default_factory=list)


def decoded(path: Path) -> str:
    """Text of a codebook file, which must be UTF-8 (a byte order mark is fine)."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CodebookError(
            f"{path}, line {line}: not UTF-8 text. Save the file with the encoding UTF-8."
        ) from error


def codebook_of_drafts(path: Path, drafts: dict[str, FrameDraft], **plain: str) -> Codebook:
    """Check what all formats share and build the codebook; ``plain`` are its other entries."""
    if not drafts:
        raise CodebookError(f"{path}, line 1: no frame found. A codebook needs at least one frame with cues.")
    frames = []
    for name, draft in drafts.items():
        if not draft.cues:
            raise CodebookError(
                f"{path}, line {draft.line}: frame {name!r} has no cue. Add cues or remove it."
            )
        _no_duplicates(path, name, draft)
        title = draft.title or name.replace("_", " ").strip().capitalize()
        frames.append(Frame(name, title, tuple(draft.questions), tuple(draft.cues), tuple(draft.exclusions)))
    return Codebook(
        name=plain.get("name") or path.stem,
        title=plain.get("title") or path.stem,
        source=plain.get("source", ""),
        frames=tuple(frames),
        language=plain.get("language", ""),
        experimental=plain.get("experimental", ""),
        path=path.name,
    )


def _no_duplicates(path: Path, name: str, draft: FrameDraft) -> None:
    seen: dict[tuple[str, ...], Cue] = {}
    for cue in [*draft.cues, *draft.exclusions]:
        first = seen.setdefault(cue.parts, cue)
        if first is not cue:
            raise CodebookError(
                f"{path}, line {cue.line}: {cue.pattern!r} stands twice in frame {name!r} "
                f"(first in line {first.line}). Remove one of them."
            )
