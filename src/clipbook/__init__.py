"""clipbook: captures of news pages in, tables and figures out."""

from __future__ import annotations

from clipbook.version import __version__

__all__ = ["__version__", "open_workbook"]

TYPE_CHECKING = False  # the module typing would take a third of the start
if TYPE_CHECKING:
    from typing import Any

    from clipbook.workbook import open_workbook


def __getattr__(name: str) -> Any:
    """Load on first use, so that ``clipbook --help`` need not wait for pandas."""
    if name == "open_workbook":
        from clipbook.workbook import open_workbook

        return open_workbook
    raise AttributeError(f"module 'clipbook' has no attribute {name!r}")
