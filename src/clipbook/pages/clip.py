"""The page with the bookmarks that save a page for clipbook."""

from __future__ import annotations

from urllib.parse import quote

from clipbook.pages.render import asset, render

KINDS = {"text": "Clip its text", "html": "Clip its HTML"}


def clip_page() -> tuple[str, str]:
    """Build the page with a bookmark for text and one for HTML, and give the script that both hold, to be read."""
    source = str(asset("clip.js"))
    bookmarks = [
        (kind, label, "javascript:" + quote(f'{source.strip()}("{kind}");void 0'))
        for kind, label in KINDS.items()
    ]
    return render("clip.html", title="Clip pages", language="en", bookmarks=bookmarks, source=source), source
