"""``clipbook tables``: captures in, every table out."""

from __future__ import annotations

import argparse
import os
import sys

from tqdm import tqdm

from clipbook import tables
from clipbook.commands import refuse

SHOWN = 20  # captures named for each status; articles.csv has them all


def write(args: argparse.Namespace) -> int:
    """Write the tables of captures, and say what was read."""
    missing = [path for path in args.captures if "://" not in path and not os.path.exists(path)]
    if missing:
        return refuse(f"There is no file or folder {', '.join(missing)}.")
    form = args.format
    if form in tables.FORMS:
        form = "csv" if (args.out / "articles.csv").exists() else "parquet"

    quiet = not sys.stderr.isatty()
    with tqdm(desc="captures", unit=" files and parts of archives", disable=quiet) as bar:

        def show(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        written = tables.update_tables(
            args.captures, args.out, metadata=args.metadata, settings=tables.Settings(args.codebook),
            workers=args.workers, scheduler=args.scheduler, form=form, progress=show,
        )  # fmt: skip
    if not written.captures:
        return refuse("There are no captures in what you named. Give .txt, .html or other saved pages.", 1)
    _summarise(written)
    found = tables.find_tables(args.out)
    assert found is not None
    tables.write_codebook(found, args.out)
    made = tables.export_tables(found, args.out, args.format) if args.format in tables.FORMS else []
    if written.unchanged:
        print(f"Nothing has changed since the tables in {args.out} were written")
    else:
        reused = f"; {written.reused:,} captures had not changed since an earlier run" * bool(written.reused)
        print(f"Tables are in {args.out}{reused}")
    if made:
        print(f"Written from them: {', '.join(path.name for path in made)}")
    return 1 if set(written.statuses) == {"failed"} else 0


def _summarise(written: tables.Update) -> None:
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
