"""``clipbook tables``: captures in, every table out."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from clipbook.commands import options

if TYPE_CHECKING:
    from clipbook.tables import Update

SHOWN = 20  # captures named for each status; articles.csv has them all


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    tables = commands.add_parser(
        "tables",
        help="read captures and write every table as CSV or Parquet",
        description="Read captures (.txt, .html, .mhtml, .warc, .pdf, .docx, ...) and write every table. A run "
        "into the same folder takes over what has not changed, and goes on where an earlier one was stopped.",
    )
    tables.add_argument(
        "captures",
        nargs="+",
        metavar="CAPTURES",
        help="files, folders, or addresses of stores such as s3://bucket/pages",
    )
    tables.add_argument("--out", type=options.path, required=True, metavar="DIR", help="where the tables go")
    tables.add_argument(
        "--metadata",
        type=options.path,
        metavar="CSV",
        help="your own metadata (default: captures.csv near them)",
    )
    tables.add_argument("--codebook", default="generic", metavar="NAME", help=options.CODEBOOKS)
    tables.add_argument(
        "--format",
        choices=("csv", "parquet", "xlsx", "sav", "dta"),
        default="csv",
        help="default: csv; a workbook, SPSS and Stata files stand beside tables that clipbook reads back",
    )
    who = tables.add_mutually_exclusive_group()
    who.add_argument("--workers", type=_count, default=1, metavar="N", help="local processes (default: 1)")
    who.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask scheduler, such as tcp://host:8786, instead of processes here",
    )
    tables.set_defaults(call=_tables)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes; give 1 or more")
    return number


def _tables(args: argparse.Namespace) -> int:
    missing = [path for path in args.captures if "://" not in path and not os.path.exists(path)]
    if missing:
        return options.refuse(f"There is no file or folder {', '.join(missing)}.")
    from clipbook.tables import FORMS, Settings, export_tables, find_tables, update_tables, write_codebook

    form = args.format
    if form in FORMS:
        form = "csv" if (args.out / "articles.csv").exists() else "parquet"

    with _bar() as bar:

        def show(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        written = update_tables(
            args.captures, args.out, metadata=args.metadata, settings=Settings(args.codebook),
            workers=args.workers, scheduler=args.scheduler, form=form, progress=show,
        )  # fmt: skip
    if not written.captures:
        return options.refuse(
            "There are no captures in what you named. Give .txt, .html or other saved pages.", 1
        )
    _summarise(written)
    tables = find_tables(args.out)
    assert tables is not None
    write_codebook(tables, args.out)
    made = export_tables(tables, args.out, args.format) if args.format in FORMS else []
    if written.unchanged:
        print(f"Nothing has changed since the tables in {args.out} were written")
    else:
        again = (
            f"; {written.reused:,} captures had not changed since an earlier run" if written.reused else ""
        )
        print(f"Tables are in {args.out}{again}")
    if made:
        print(f"Written from them: {', '.join(path.name for path in made)}")
    return 1 if set(written.statuses) == {"failed"} else 0


def _bar() -> AbstractContextManager[Any]:
    from tqdm import tqdm

    return tqdm(desc="captures", unit=" files and parts of archives", disable=not sys.stderr.isatty())


def _summarise(written: Update) -> None:
    for status, count in written.statuses.items():
        print(f"{count:6,} {status}")
        named = [(file, notes) for of, file, notes in written.unread if of == status]
        for file, notes in named[:SHOWN]:
            print(f"         {file}: {notes}")
        if len(named) > SHOWN:
            print(f"         ... and {len(named) - SHOWN:,} more: see status and notes in the articles table")
    for note in written.notes[:SHOWN]:
        print(f"         {note}")
    if len(written.notes) > SHOWN:
        print(f"         ... and {len(written.notes) - SHOWN:,} more rows of metadata that name no capture")
