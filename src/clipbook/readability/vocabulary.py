"""Every distinct token is looked at once: a dictionary from token to a row of numbers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

_MOST = 40_000  # distinct tokens kept: about 8 MB


class Vocabulary(dict[str, int]):
    """Gives each token the number of its row in a growing table of its traits, small whole numbers.

    Parameters
    ----------
    traits : callable
        Token to a tuple of whole numbers, always of one length.
    width : int
        That length.
    """

    def __init__(self, traits: Callable[[str], tuple[int, ...]], width: int) -> None:
        super().__init__()
        self._traits = traits
        self._width = width
        self._flat = array("f")

    def __missing__(self, token: str) -> int:
        row = len(self)
        self._flat.extend(self._traits(token))
        self[token] = row
        return row

    def numbers(self, tokens: Iterable[str], count: int) -> np.ndarray[Any, np.dtype[np.intp]]:
        """Give the row number of each of ``count`` tokens."""
        if len(self) > _MOST:
            self.clear()
            self._flat = array("f")
        return np.fromiter(map(self.__getitem__, tokens), np.intp, count)

    def rows(self, numbers: np.ndarray[Any, np.dtype[np.intp]]) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Give the traits of the tokens with these row numbers, shape (tokens, traits)."""
        return np.frombuffer(self._flat, np.float32).reshape(-1, self._width).take(numbers, axis=0)
