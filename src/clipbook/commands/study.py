"""Commands about a study as a whole: laid out, run, stated beforehand, reported, searched, and pages clipped for it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from urllib.parse import quote

from clipbook.commands import folders, named, refuse
from clipbook.places import find_root, find_study

CLIPPED = {"text": "Clip its text", "html": "Clip its HTML"}


def new(args: argparse.Namespace) -> int:
    """Lay out a study."""
    from clipbook.study import new_study, renew_notebooks

    if args.update:
        renewed, edited = renew_notebooks(args.folder)
        print(f"{args.folder}: {len(renewed)} notebooks renewed.")
        for path in edited:
            print(
                f"{path} has been edited and stays. Rename it, and this command gives you the new one beside it."
            )
    added = new_study(args.folder)
    print(f"{args.folder}: {len(added)} files and folders added.")
    if not args.update:
        print("Put captures into data/captures, change into the folder, and: clipbook run")
    return 0


def run(args: argparse.Namespace) -> int:
    """Run notebooks, and build the gallery of their figures."""
    from clipbook import publish, runner, workbook

    if find_study() is None and not all(named(args)):
        return refuse(
            "There is no study here: neither this folder nor one above it holds the folders notebooks and data. Change "
            "into your study, make one with clipbook new, or name both --captures and --figures."
        )
    root = find_root()
    captures, figures = folders(args)
    chosen = runner.notebooks_of(root, [*args.notebooks, *args.only])
    if args.width:
        os.environ[workbook.WIDTHS] = ",".join(args.width)
    with runner.alone(figures):
        tables = runner.tables_of(captures)
        failed = runner.run_notebooks(chosen, tables, root, captures, figures, keep_going=args.keep_going)
        if tables and failed < len(chosen):
            print(f"The gallery of figures: {publish.build_gallery(root, figures, tables)}")
    return 1 if failed else 0


def report(args: argparse.Namespace) -> int:
    """Write one file with every figure."""
    from clipbook import publish
    from clipbook.provenance import read_provenance

    captures, figures = folders(args)
    if not read_provenance(figures)["notebooks"]:
        return refuse(f"There are no figures in {figures} yet. Make them first: clipbook run")
    words = {"title": args.title, "authors": args.author, "date": args.date}
    publish.build_report(find_root(), figures, captures, args.out, **words)
    print(f"The report is {args.out}")
    return 0


def explore(args: argparse.Namespace) -> int:
    """Write the page that searches articles."""
    from clipbook.pages import EXPLORE
    from clipbook.publish import build_explore
    from clipbook.study_tables import open_tables

    captures, figures = folders(args)
    out = args.out or figures / ("shared.html" if args.share else EXPLORE)
    held, of = build_explore(open_tables(captures), out, args.share)
    drawn = f", drawn at random from {of:,}" if held < of else ""
    print(f"{out}: {held:,} articles{drawn}, {out.stat().st_size / 1e6:.1f} MB")
    return 0


def freeze(args: argparse.Namespace) -> int:
    """Keep what the study states, with its hash."""
    from clipbook import study
    from clipbook.provenance import read_provenance
    from clipbook.study_tables import open_tables

    captures, figures = folders(args)
    articles = open_tables(captures).read("articles", columns=["source_file", "sha256"])
    files = dict(zip(articles["source_file"], articles["sha256"], strict=True))
    seen = bool(read_provenance(figures)["notebooks"])
    digest = study.freeze(find_root(), files, seen=seen)
    print(f"{find_root() / study.FROZEN_FILE}\nSHA-256 {digest}")
    if seen:
        print(f"There are figures in {figures} already, and the statement says so.")
    print("Deposit or mail this hash today: that it is older than the results, only others can witness.")
    return 0


def clip(args: argparse.Namespace) -> int:
    """Write the page with bookmarks, and beside it the script that they hold, to be read."""
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
    """Build the page with a bookmark for text and one for HTML, and give the script that both hold."""
    from clipbook.pages.render import asset, render

    source = str(asset("clip.js"))
    bookmarks = [
        (kind, label, "javascript:" + quote(f'{source.strip()}("{kind}");void 0'))
        for kind, label in CLIPPED.items()
    ]
    return render("clip.html", title="Clip pages", bookmarks=bookmarks, source=source), source
