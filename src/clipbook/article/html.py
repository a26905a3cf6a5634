"""A saved page's markup as an article, through trafilatura."""

from __future__ import annotations

from typing import NamedTuple


class Extract(NamedTuple):
    """What trafilatura takes a page to say."""

    headline: str
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    outlet: str
    url: str
    date: str
    description: str


def extract(html: str) -> Extract | None:
    """Read a page's markup with trafilatura (Barbaresi 2021).

    Parameters
    ----------
    html : str
        The page's markup.

    Returns
    -------
    Extract or None
        None when no article was found.
    """
    import trafilatura

    found = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    if found is None:
        return None
    page = found if isinstance(found, dict) else found.as_dict()
    authors = tuple(name for name in (page.get("author") or "").split("; ") if name)
    return Extract(
        page.get("title") or "",
        authors,
        tuple(line.strip() for line in (page.get("text") or "").splitlines() if line.strip()),
        page.get("sitename") or "",
        page.get("url") or "",
        page.get("date") or "",
        page.get("description") or "",
    )
