"""What all errors of clipbook's own have in common."""

from __future__ import annotations


class ClipbookError(Exception):
    """Something that the user can put right; notebooks show it as one sentence, without a traceback.

    Examples
    --------
    >>> try:
    ...     raise ClipbookError("Name the column outlet.")
    ... except ClipbookError as error:
    ...     print(error)
    Name the column outlet.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]
