"""``clipbook fix``: fill the study's own tables with what is doubtful, to be settled by hand."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clipbook.commands import options

if TYPE_CHECKING:
    import pandas as pd

    from clipbook.study_tables import StudyTables

KEYS = {
    "captures.csv": ["source_file"],
    "speakers.csv": ["alias"],
    "quote_fixes.csv": ["capture_id", "start"],
}
ABOUT = {
    "captures.csv": "captures without an outlet or a date; fill in outlet and published",
    "speakers.csv": "speakers who hold four fifths of the quoted words, and names that may be two people's; fill in role, camp",
    "quote_fixes.csv": "quotations whose speaker is in doubt; fill in speaker, or kind",
}
GENDER = (
    "Nothing is proposed about a person's gender: names do not tell it. To count by it, add a column gender to speakers.csv "
    "and write what the person or the article says."
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    fix = commands.add_parser(
        "fix",
        help="fill captures.csv, speakers.csv and quote_fixes.csv with what is doubtful",
        description="Add rows for what is doubtful to your tables beside the captures. What you wrote stays; rows that are "
        "there already are not added again. Columns that begin with # are for the eye alone. Empty cells change nothing.",
    )
    options.add_captures(fix)
    fix.set_defaults(call=_fix)


def _fix(args: argparse.Namespace) -> int:
    from clipbook.corpus.own_tables import add_rows
    from clipbook.workbook import tables_of

    captures, _ = options.folders(args)
    tables = tables_of(captures)
    for name, rows in _doubtful(tables).items():
        added = add_rows(captures.parent / name, rows, KEYS[name])
        print(f"{added:4} row{'s' * (added != 1)} added to {captures.parent / name}: {ABOUT[name]}")
    print(GENDER)
    return 0


def _doubtful(tables: StudyTables) -> dict[str, pd.DataFrame]:
    """Give the rows for each of the researcher's tables."""
    from clipbook.checks import doubtful_captures, doubtful_quotes, speakers_to_name

    quotes = tables.read("quotes")
    return {
        "captures.csv": doubtful_captures(tables.read("articles")),
        "speakers.csv": speakers_to_name(quotes),
        "quote_fixes.csv": doubtful_quotes(quotes),
    }
