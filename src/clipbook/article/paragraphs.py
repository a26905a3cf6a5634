"""Kept lines as paragraphs: blank lines where a capture uses them, hard wraps undone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

_ENDS = (".", "!", "?", ":", ";", '"', "”", "’", "»", "…", ")", "]", "。", "！", "？", "」")
_ITEM = re.compile(r"^(?:[-*•·–—►▪]|\d{1,2}[.)])\s")


def body_text(lines: Sequence[str], kept: Sequence[bool]) -> str:
    """Put the kept lines together as paragraphs.

    Parameters
    ----------
    lines : sequence of str
        All lines of the capture, blank ones included.
    kept : sequence of bool
        Which of them are the body.

    Returns
    -------
    str
        Paragraphs divided by a blank line. Where the capture divides its kept lines by blank lines, lines
        without one between them stay together, divided by a line break; else each line is a paragraph. Text
        wrapped at a fixed width is unwrapped first, so that sentences are whole.
    """
    blocks = _blocks(lines, kept)
    if is_hard_wrapped(blocks):
        return "\n\n".join(_unwrap(block) for block in blocks)
    blank_divided = sum(len(block) for block in blocks) <= 2 * len(blocks)
    return "\n\n".join(("\n" if blank_divided else "\n\n").join(block) for block in blocks)


def _blocks(lines: Sequence[str], kept: Sequence[bool]) -> list[list[str]]:
    """Runs of kept lines; a blank line or a dropped line ends a run."""
    blocks: list[list[str]] = [[]]
    for line, keep in zip(lines, kept, strict=True):
        if keep:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def is_hard_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Tell whether lines were broken at a fixed width (e-mails and old text files, 60 to 100 columns)."""
    inner = [line for block in blocks for line in block[:-1]]
    if len(inner) < 4:
        return False
    width = max(map(len, inner))
    middle = median(map(len, inner))
    open_ended = sum(not line.endswith(_ENDS) for line in inner) / len(inner)
    return 50 <= width <= 110 and middle >= 0.8 * width and open_ended >= 0.6


def _unwrap(block: Sequence[str]) -> str:
    text: list[str] = []
    for line in block:
        if text and not _ITEM.match(line):
            text[-1] += " " + line
        else:
            text.append(line)
    return "\n".join(text)
