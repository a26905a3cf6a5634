"""``clipbook explore``: one page that searches all articles of the study."""

from __future__ import annotations

import argparse

from clipbook.commands import options


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    explore = commands.add_parser(
        "explore",
        help="write one page that searches all articles, for a browser",
        description="Write one page that searches the articles: words, \"phrases\", warm*, quay OR pier, -fire. It needs no "
        "network, and holds whole articles, for your own use; with --share it holds the lines around a query's places.",
    )  # fmt: skip
    explore.add_argument("--share", default="", metavar="QUERY", help="keep only the lines around its places")
    explore.add_argument(
        "--out", type=options.path, metavar="FILE", help="default: explore.html, or shared.html, in figures"
    )
    options.add_folders(explore)
    explore.set_defaults(call=_explore)


def _explore(args: argparse.Namespace) -> int:
    from clipbook.pages import EXPLORE
    from clipbook.publish import build_explore
    from clipbook.workbook import tables_of

    captures, figures = options.folders(args)
    out = args.out or figures / ("shared.html" if args.share else EXPLORE)
    held, of = build_explore(tables_of(captures), out, args.share)
    drawn = f", drawn at random from {of:,}" if held < of else ""
    print(f"{out}: {held:,} articles{drawn}, {out.stat().st_size / 1e6:.1f} MB")
    return 0
