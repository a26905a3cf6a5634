"""Codebooks: which frames are looked for, with which questions and which cues."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clipbook.errors import ClipbookError

WORD = re.compile(r"[$£€¥%]|[^\W_]+(?:['’][^\W_]+)?")
CURRENCY = frozenset("$£€¥%")
SHORTEST_STEM = 2
EVERYWHERE = frozenset({"a", "an", "and", "in", "of", "the", "to"})


class CodebookError(ClipbookError, ValueError):
    """A codebook cannot be used; the message names file, line and remedy."""


class LineError(ValueError):
    """What is wrong in a line of a codebook's file, and what to do; `load_codebook` names the file."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line


@dataclass(frozen=True, slots=True)
class Cue:
    """A word, stem or phrase that points to a frame.

    ``parts`` are its words as compared with the text: lower case, with a trailing ``*``
    where any ending may follow.
    """

    pattern: str
    parts: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: what coders are asked, what the cue finder looks for, what it must leave out."""

    name: str
    title: str
    questions: tuple[str, ...]
    cues: tuple[Cue, ...]
    exclusions: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """A set of frames with its source.

    ``experimental`` is empty, or says what was measured that makes the codebook unfit for
    plain use. ``language`` is an ISO 639-1 code, empty when the cues fit any language. ``edition``
    tells one state of a researcher's own file from another; it is empty for the shipped ones.
    """

    name: str
    title: str
    source: str
    frames: tuple[Frame, ...]
    language: str = ""
    experimental: str = ""
    path: str = ""
    edition: str = ""

    @property
    def label(self) -> str:
        """What tables and figures call the codebook: its name, and the edition of a researcher's own file."""
        return f"{self.name} {self.edition}".rstrip()

    @property
    def frame_names(self) -> tuple[str, ...]:
        """The frames' names in the order of the file."""
        return tuple(frame.name for frame in self.frames)

    @property
    def title_of(self) -> dict[str, str]:
        """From a frame's name to its title."""
        return {frame.name: frame.title for frame in self.frames}


def plain_word(word: str) -> str:
    """Give a word the form in which cues are compared: lower case, no possessive ending."""
    word = word.casefold().replace("’", "'")
    return word[:-2] if word.endswith("'s") and len(word) > 2 else word


def make_cue(pattern: str, line: int = 0) -> Cue:
    """Turn a written cue into a `Cue`.

    Parameters
    ----------
    pattern : str
        A word (``strike``), a stem (``econom*``) or a phrase (``hit back``, ``climat* polic*``).
        Case, hyphens and possessive endings are ignored.
    line : int
        The line that evidence and errors refer to; 0 when unknown.

    Returns
    -------
    Cue

    Raises
    ------
    LineError
        If the pattern is empty, holds a sign other than letters, digits, apostrophes, hyphens
        and a trailing ``*``, or matches nearly every text.
    """
    pattern = " ".join(pattern.split())
    parts: list[str] = []
    for written in pattern.replace("-", " ").split():
        stem, star = (written[:-1], "*") if written.endswith("*") else (written, "")
        why = ""
        if not stem:
            why = (
                "has a star without letters, which matches every word. Write the letters that the words share, "
                "as in econom*."
            )
        elif not WORD.fullmatch(stem):
            why = (
                "is not a word, stem or phrase. Use letters, digits, apostrophes and spaces, and a star only at the "
                "end of a word."
            )
        elif star and len(stem) < SHORTEST_STEM and stem not in CURRENCY:
            why = f"matches every word that begins with {stem!r}. Give at least {SHORTEST_STEM} letters before the star."
        if why:
            raise LineError(line, f"cue {pattern!r} {why}")
        parts.append(plain_word(stem) + star)
    if not parts:
        raise LineError(line, "the cue is empty. Write a word, a stem (econom*) or a phrase.")
    if all(part in EVERYWHERE for part in parts):
        why = "so it tells nothing apart. Remove it, or write the phrase that you mean."
        raise LineError(line, f"cue {pattern!r} stands in almost every English sentence, {why}")
    return Cue(pattern=pattern, parts=tuple(parts), line=line)


@dataclass(slots=True)
class FrameDraft:
    """A frame while its file is being read."""

    line: int
    title: str = ""
    questions: list[str] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    exclusions: list[Cue] = field(default_factory=list)


def codebook_of_drafts(path: Path, drafts: Mapping[str, FrameDraft], plain: Mapping[str, str]) -> Codebook:
    """Check what all formats share and build the codebook; ``plain`` are its other entries."""
    if not drafts:
        raise LineError(1, "no frame found. A codebook needs at least one frame with cues.")
    frames = []
    for name, draft in drafts.items():
        if not draft.cues:
            raise LineError(draft.line, f"frame {name!r} has no cue. Add cues or remove it.")
        _no_duplicates(name, draft)
        title = draft.title or name.replace("_", " ").strip().capitalize()
        frames.append(Frame(name, title, tuple(draft.questions), tuple(draft.cues), tuple(draft.exclusions)))
    named = {"name": path.stem, "title": path.stem, "source": ""}
    stated = named | {name: text for name, text in plain.items() if text or name not in named}
    return Codebook(frames=tuple(frames), path=path.name, **stated)


def _no_duplicates(name: str, draft: FrameDraft) -> None:
    seen: dict[tuple[str, ...], Cue] = {}
    for cue in [*draft.cues, *draft.exclusions]:
        first = seen.setdefault(cue.parts, cue)
        if first is not cue:
            twice = f"{cue.pattern!r} stands twice in frame {name!r} (first in line {first.line})"
            raise LineError(cue.line, f"{twice}. Remove one of them.")
