"""``clipbook freeze``: what a study will test, kept with its hash before results are seen."""

from __future__ import annotations

import argparse

from clipbook.commands import options


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    freeze = commands.add_parser(
        "freeze",
        help="keep what study.toml says will be tested, with its hash, before results are seen",
        description="Write study.frozen.json from study.toml and the list of captures, and print its SHA-256. Deposit or "
        "mail the hash: then others can tell that nothing was changed afterwards. The report cites it.",
    )
    options.add_folders(freeze)
    freeze.set_defaults(call=_freeze)


def _freeze(args: argparse.Namespace) -> int:
    from clipbook.frozen import FROZEN_FILE, freeze
    from clipbook.places import find_root
    from clipbook.provenance import read_provenance
    from clipbook.workbook import articles_of

    captures, figures = options.folders(args)
    articles = articles_of(captures)
    files = dict(zip(articles["source_file"], articles["sha256"], strict=True))
    seen = bool(read_provenance(figures)["notebooks"])
    digest = freeze(find_root(), files, seen=seen)
    print(f"{find_root() / FROZEN_FILE}\nSHA-256 {digest}")
    if seen:
        print(f"There are figures in {figures} already, and the statement says so.")
    print("Deposit or mail this hash today: that it is older than the results, only others can witness.")
    return 0
