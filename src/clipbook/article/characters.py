"""Classes of characters, as one table of bits that a whole page is looked up in at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

WORD, DIGIT, UPPER, LOWER, COMMA, PERIOD, QUOTE, UNSPACED = (1 << place for place in range(8))
BAR, MONEY, AT, END, COLON, RUNON, QUESTION, EXCLAIM = (1 << place for place in range(8, 16))
BULLET, OPEN_ROUND, OPEN_SQUARE, CLOSE, ELLIPSIS = (1 << place for place in range(16, 21))

_LISTED = {
    COMMA: ",",
    PERIOD: ".",
    QUOTE: '"“”„»«‘「『',
    BAR: "|›>·•",
    MONEY: "$£€",
    AT: "@",
    END: '.!?"”’“»«。！？」…؟।',
    COLON: ":：",
    RUNON: ";,",
    QUESTION: "?？؟",
    EXCLAIM: "!！",
    BULLET: "•-–—*·►▶#▪◦‣+",
    OPEN_ROUND: "(",
    OPEN_SQUARE: "[",
    CLOSE: ")]",
    ELLIPSIS: "…",
}
_UNSPACED_RANGES = ((0x0E00, 0x0EFF), (0x3040, 0x30FF), (0x3400, 0x9FFF))
_SIZE = 0x10000


@lru_cache(maxsize=1)
def character_classes() -> NDArray[np.uint32]:
    """Bits of each character of the basic plane, by code point."""
    table = np.zeros(_SIZE, np.uint32)
    for code in range(_SIZE):
        char = chr(code)
        bits = WORD if char.isalnum() or char == "_" else 0
        bits |= (
            (DIGIT if "0" <= char <= "9" else 0)
            | (UPPER if char.isupper() else 0)
            | (LOWER if char.islower() else 0)
        )
        table[code] = bits
    for bit, chars in _LISTED.items():
        for char in chars:
            table[ord(char)] |= bit
    for low, high in _UNSPACED_RANGES:
        table[low : high + 1] |= UNSPACED
    return table


def classes_of(text: str) -> NDArray[np.uint32]:
    """Bits of each character of a text; characters beyond the basic plane have none."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return character_classes()[np.minimum(codes, _SIZE - 1)]
