"""Files, folders and archives to captures: formats, decoding, limits."""

from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.read import read_captures

__all__ = ["Limits", "UnreadableError", "read_captures"]
