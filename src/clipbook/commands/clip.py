"""``clipbook clip``: a page with bookmarks that save the page in front of you."""

from __future__ import annotations

import argparse
from pathlib import Path
from urllib.parse import quote

from clipbook.commands import options

KINDS = {"text": "Clip its text", "html": "Clip its HTML"}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    clip = commands.add_parser(
        "clip",
        help="write a page with bookmarks that save the page in front of you, with its address and date",
        description="Write clip.html, with two bookmarks for your browser: they save the page in front of you as text or as "
        "HTML, with its address, what it states of itself, and the time. Nothing leaves the machine.",
    )  # fmt: skip
    clip.add_argument("--out", type=options.path, metavar="FILE", help="default: clip.html")
    clip.set_defaults(call=_clip)


def _clip(args: argparse.Namespace) -> int:
    from clipbook.files import write_text

    out = args.out or Path("clip.html")
    page, script = clip_page()
    write_text(out, page)
    write_text(out.with_suffix(".js"), script)
    print(
        f"Open {out} and drag its bookmarks to your bookmarks bar. What they do stands in {out.with_suffix('.js')}"
    )
    return 0


def clip_page() -> tuple[str, str]:
    """Build the page with a bookmark for text and one for HTML, and give the script that both hold, to be read."""
    from clipbook.pages.render import asset, render

    source = str(asset("clip.js"))
    bookmarks = [
        (kind, label, "javascript:" + quote(f'{source.strip()}("{kind}");void 0'))
        for kind, label in KINDS.items()
    ]
    return render("clip.html", title="Clip pages", bookmarks=bookmarks, source=source), source
