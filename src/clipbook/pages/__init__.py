"""Pages for a browser: the gallery of figures, the evidence behind them, the report, the capture audit."""

from __future__ import annotations

from clipbook.pages.html import escape, outward, page, slug, table

__all__ = ["escape", "outward", "page", "slug", "table"]
