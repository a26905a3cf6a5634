"""The ``clipbook`` command."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from clipbook import __version__
from clipbook.commands import check, clip, code, explore, fix, freeze, options, tables
from clipbook.commands.options import refuse
from clipbook.places import find_root, find_study

EXIT_CODES = """exit status:
  0  everything asked for was done
  1  nothing could be read, or a notebook failed
  2  the command line was wrong, or a file or folder that it names cannot be used
  130  stopped with Ctrl-C; files are as they were, or new and whole
"""


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(
        prog="clipbook",
        description="Framing, readability, quote share and keywords of captured news pages.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"clipbook {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    new = commands.add_parser(
        "new",
        help="lay out a study of your own: begin here",
        description="Lay out a folder with notebooks, data and figures; what is there stays. Put captures into DIR/data/captures, "
        "then call clipbook run in DIR.",
    )
    new.add_argument("folder", type=options.path, metavar="DIR")
    new.add_argument("--update", action="store_true", help="also renew notebooks that nobody has edited")
    new.set_defaults(call=_new)

    run = commands.add_parser(
        "run",
        help="run the notebooks headless and write their figures",
        description="Run the workbook's notebooks in fresh kernels and build the gallery of their figures. One of which "
        "nothing has changed since its last run is not run again.",
    )
    run.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="such as 04_quotes (default: all)")
    run.add_argument(
        "--only", action="append", default=[], metavar="NOTEBOOK", help="the same, may be repeated"
    )
    options.add_folders(run)
    run.add_argument(
        "--keep-going",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="run the other notebooks when one fails (default: yes)",
    )
    run.add_argument(
        "--width",
        action="append",
        default=[],
        choices=("85mm", "180mm"),
        help="also save each figure as PDF and PNG for a column of this width; may be repeated",
    )
    run.set_defaults(call=_run)

    for module in (tables, clip, fix, check, code, freeze):
        module.add_to(commands)

    report = commands.add_parser(
        "report",
        help="put the figures into one file with their readings, limits and methods",
        description="Write one .html or .docx with every figure of the last run, to send, print and cite.",
    )
    report.add_argument("--out", type=options.path, required=True, metavar="FILE", help="such as report.html")
    report.add_argument("--title", default="", help="of the report (default: that of study.toml)")
    report.add_argument(
        "--author",
        action="append",
        default=[],
        metavar="NAME",
        help="may be repeated (default: those of study.toml)",
    )
    report.add_argument(
        "--date", default="", metavar="TEXT", help="printed below the title, such as '3 May 2026'"
    )
    options.add_folders(report)
    report.set_defaults(call=_report)
    explore.add_to(commands)
    return top


def _run(args: argparse.Namespace) -> int:
    from clipbook import publish, runner, workbook

    if find_study() is None and not all(options.named(args)):
        return refuse(
            "There is no study here: neither this folder nor one above it holds the folders notebooks and data. Change "
            "into your study, make one with clipbook new, or name both --captures and --figures."
        )
    root = find_root()
    captures, figures = options.folders(args)
    chosen = runner.notebooks_of(root, [*args.notebooks, *args.only])
    if args.width:
        os.environ[workbook.WIDTHS] = ",".join(args.width)
    with runner.alone(figures):
        tables = runner.tables_of(captures)
        failed = runner.run_notebooks(chosen, tables, root, captures, figures, keep_going=args.keep_going)
        if tables and failed < len(chosen):
            print(f"The gallery of figures: {publish.build_gallery(root, figures, tables)}")
    return 1 if failed else 0


def _report(args: argparse.Namespace) -> int:
    from clipbook import publish
    from clipbook.provenance import read_provenance

    root = find_root()
    captures, figures = options.folders(args)
    if not read_provenance(figures)["notebooks"]:
        return refuse(f"There are no figures in {figures} yet. Make them first: clipbook run")
    publish.build_report(
        root, figures, captures, args.out, title=args.title, authors=args.author, date=args.date
    )
    print(f"The report is {args.out}")
    return 0


def _new(args: argparse.Namespace) -> int:
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


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command line; gives the exit status."""
    args = parser().parse_args(argv)
    try:
        status: int = args.call(args)
    except Exception as error:
        from clipbook.errors import ClipbookError

        if isinstance(error, MemoryError):
            said = "The memory of this machine was too small. Close other programs or name fewer --workers, and run again: "
            return refuse(said + "what has been measured is kept.", 1)
        if isinstance(error, ImportError):
            said = f"A library cannot be loaded ({error}). Close other programs if memory is short; else install clipbook anew."
            return refuse(said, 1)
        if isinstance(error, (ClipbookError, OSError, ValueError)):
            return refuse(str(error))
        raise
    return status
