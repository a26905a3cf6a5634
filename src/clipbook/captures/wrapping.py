"""Hard-wrapped text put together again, where its lines show their width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

_NARROWEST, _WIDEST = 40, 110  # characters that lines are wrapped at
_FEWEST = 4  # lines from which a width can be told
_OPEN = 0.5  # share of the lines that break off within a sentence in a wrapped text
_ENDS = (".", "!", "?", ":", "…", '"', "”", "’", "»", ")")


def unwrapped(lines: Sequence[str], *, starts: Callable[[str], object] = lambda line: None) -> list[str]:
    """Put lines together where one runs on to the next: the next line's first word did not fit into the width.

    Parameters
    ----------
    lines : sequence of str
        Stripped lines; blank ones stay where they are.
    starts : callable
        Tells a line that is never joined to the one above.

    Returns
    -------
    list of str
        The lines, unchanged if they are not about equally wide.
    """
    inner = [above for above, line in pairwise(lines) if above and line]
    if len(inner) < _FEWEST:
        return list(lines)
    lengths = sorted(map(len, inner))
    width = lengths[-1 - len(lengths) // 20]
    if not _NARROWEST <= width <= _WIDEST or sum(not line.endswith(_ENDS) for line in inner) < _OPEN * len(
        inner
    ):
        return list(lines)
    joined: list[list[str]] = []
    above = ""
    for line in lines:
        if line and above and len(above) + 1 + len(line.split(" ", 1)[0]) > width and not starts(line):
            joined[-1].append(line)
        else:
            joined.append([line])
        above = line
    return [" ".join(pieces) for pieces in joined]


def unwrapped_cell(text: str) -> str:
    """Give the text of a table's cell with its paragraphs whole."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    whole = unwrapped(lines)
    return text if len(whole) == len(lines) else "\n\n".join(filter(None, whole))
