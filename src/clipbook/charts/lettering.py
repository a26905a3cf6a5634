"""Captured text made fit for a figure: one clean line, broken into lines that fit."""

from __future__ import annotations

import re
import unicodedata
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.textpath import text_to_path

from clipbook.shipped import shipped

TYPEFACE = "DejaVu Sans"  # comes with matplotlib, so every machine has it
_SCRIPTS = {"CJK": "Chinese characters", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
HINTING = 0.96  # of a line's width is filled: on screens letters are rounded up to whole pixels
LONGEST_NAME = 40  # characters of a name within a title: two of them and their numbers fill three lines
UNNAMED = "(unknown)"  # a group whose name the captures do not show
LONGEST = 600  # characters of a text that are looked at; no figure has room for more

COUNT = re.compile(r"[ ,]+(\(n = [\d,]+\)|[\d,]+ words|\d+%)$")  # after a name: is neither broken nor cut off
_JOINTS = "/.-_"  # after which a long word is broken without a hyphen
_WORDS = re.compile(r"n = \S+|\S+")
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@cache
def typefaces() -> list[str]:
    """List the typefaces of figures: the one that every machine has, then those for further scripts."""
    installed = set(fontManager.get_font_names())
    return [TYPEFACE, *(name for name in shipped("charts/style.toml")["typefaces"] if name in installed)]


def unwritable(texts: Iterable[str]) -> list[str]:
    """List the scripts, such as "Thai", of letters that no typeface of this machine has, so that they are drawn as boxes.

    Examples
    --------
    >>> unwritable(["Gull", "Чайка"])
    []
    """
    faces = [get_font(findfont(FontProperties(family=name))) for name in typefaces()]
    letters = sorted(
        {letter for text in texts for letter in text if ord(letter) > 127 and not letter.isspace()}
    )
    lacking = [letter for letter in letters if not any(face.get_char_index(ord(letter)) for face in faces)]
    scripts = (unicodedata.name(letter, "unknown").split()[0] for letter in lacking)
    return list(dict.fromkeys(_SCRIPTS.get(script, script.capitalize()) for script in scripts))


def plain(text: object) -> str:
    """Make one printable line of a captured text: no control or direction marks, single blanks, NFC."""
    return " ".join(UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", str(text))).split())


def called(name: object) -> str:
    """Give a group's name as one printable line, or a word for one that has none."""
    return plain(name) or UNNAMED


def is_unknown(name: object) -> bool:
    """Tell what stands for captures that show no outlet, or no other group: "", "(outlet unknown)"."""
    return called(name).endswith("unknown)")


def brief(name: object) -> str:
    """Shorten a name to what a title has room for when it names two: whole words, then an ellipsis."""
    whole = called(name)
    return whole if len(whole) <= LONGEST_NAME else whole[:LONGEST_NAME].rsplit(" ", 1)[0] + "…"


def wrap(
    text: object, inches: float, *, size: float = 9.0, weight: str = "normal", most: int = 2
) -> list[str]:
    """Break a text into lines no wider than ``inches``; what goes past ``most`` lines ends in an ellipsis.

    A count at the end, such as "(n = 9)" or "33%", stays whole and is never cut off.

    Returns
    -------
    list of str
        No lines for an empty text.
    """
    points = inches * 72 * HINTING
    lines: list[str] = []
    whole = plain(text)[:LONGEST]
    count = COUNT.search(whole)
    words = _WORDS.findall(whole[: count.start(1)] if count else whole) + ([count[1]] if count else [])
    while words:
        word = words.pop(0)
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, weight) <= points:
            lines[-1] = joined
        elif text_width(word, size, weight) <= points:
            lines.append(word)
        else:
            head = _breaking(word, points, size, weight)
            lines.append(head if head[-1] in _JOINTS else f"{head}-")
            words.insert(0, word[len(head) :])
    if len(lines) > most:
        tail = f"… {count[1]}" if count else "…"
        last = _fitting(lines[most - 1], points - text_width(tail, size, weight), size, weight)
        lines = [*lines[: most - 1], last.rstrip() + tail]
    return lines


def balance(text: object, inches: float, *, size: float, weight: str = "normal", most: int = 2) -> list[str]:
    """Break a text as `wrap` does, with lines of like length, so that no last word stands alone."""
    lines = wrap(text, inches, size=size, weight=weight, most=most)
    if len(lines) < 2 or lines[-1].endswith("…"):
        return lines
    narrow, wide = inches / 2, inches
    while wide - narrow > 0.05:
        middle = (narrow + wide) / 2
        tried = wrap(text, middle, size=size, weight=weight, most=most + 1)
        if len(tried) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, tried
    return lines


@contextmanager
def letters_noted() -> Iterator[None]:
    """Keep matplotlib quiet about letters that no typeface has: a note at a figure's foot names them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        yield


@lru_cache(maxsize=8192)
@letters_noted()
def text_width(text: str, size: float = 9.0, weight: str = "normal") -> float:
    """Width of one line of text in points, in the house's type."""
    font = FontProperties(family=typefaces(), size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def _fitting(text: str, points: float, size: float, weight: str) -> str:
    """Give the longest start of ``text`` that is no wider than ``points``; at least one character."""
    lengths = range(1, len(text) + 1)
    fitting = bisect_right(lengths, points, key=lambda length: text_width(text[:length], size, weight))
    return text[: max(fitting, 1)]


def _breaking(word: str, points: float, size: float, weight: str) -> str:
    """Give the start of a word too long for a line: up to a slash, dot or hyphen if one is near its end."""
    start = _fitting(word, points, size, weight)
    joint = max(start.rfind(mark) for mark in _JOINTS) + 1
    return start[:joint] if joint > len(start) / 2 else start[:-1] or start
