"""Repair of text that was decoded wrongly before it was saved, only where that is certain."""

from __future__ import annotations

import re

_WINDOWS = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_HIGH = "".join(re.escape(char) for char, byte in _WINDOWS.items() if byte < 0xC0)
_THREE = "".join(char for char, byte in _WINDOWS.items() if 0xE0 <= byte <= 0xEF)
_FOUR = "".join(char for char, byte in _WINDOWS.items() if 0xF0 <= byte <= 0xF4)
_TWO = "".join(char for char, byte in _WINDOWS.items() if 0xC2 <= byte <= 0xDF)

_CERTAIN = re.compile(f"[{_THREE}][{_HIGH}]{{2}}|[{_FOUR}][{_HIGH}]{{3}}")
_LIKELY = re.compile(f"[{_TWO}][{_HIGH}]|{_CERTAIN.pattern}")
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_LIKELY_LINES = 3


def repair(text: str) -> tuple[str, str]:
    """Undo UTF-8 that was read as Windows-1252, and Windows-1252 that was read as Latin-1.

    A line is repaired only if all of its characters beyond ASCII together are valid UTF-8 once taken
    back to Windows-1252 bytes, and only in a text that shows the damage beyond chance: one sequence of
    three or four characters that no language writes, or two-character ones in three lines.

    Returns
    -------
    tuple of (str, str)
        The text, and a note that counts the lines repaired ("" if none).
    """
    if text.isascii():
        return text, ""
    changed = 0
    if _CONTROLS.search(text):
        text, changed = _CONTROLS.subn(lambda match: _windows(match[0]), text)
    lines = text.split("\n")
    damaged = [number for number, line in enumerate(lines) if not line.isascii() and _LIKELY.search(line)]
    if not damaged or (len(damaged) < _LIKELY_LINES and not any(_CERTAIN.search(lines[n]) for n in damaged)):
        return text, f"{changed} misread characters repaired" if changed else ""
    repaired = 0
    for number in damaged:
        right = _back(lines[number])
        if right is not None:
            lines[number] = right
            repaired += 1
    note = f"{repaired} line{'s' if repaired > 1 else ''} of misread UTF-8 repaired" if repaired else ""
    return "\n".join(lines), note


def _windows(control: str) -> str:
    return bytes([ord(control)]).decode("cp1252", "ignore") or control


def _back(line: str) -> str | None:
    stored = bytearray()
    for char in line:
        if char < "\x80":
            stored.append(ord(char))
        elif char in _WINDOWS:
            stored.append(_WINDOWS[char])
        else:
            return None
    try:
        return stored.decode("utf-8")
    except UnicodeDecodeError:
        return None
