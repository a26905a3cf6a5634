"""What people add by hand: ``clipbook fix`` proposes rows of their own tables; ``clipbook code`` draws sheets for coders."""

from __future__ import annotations

import argparse

import pandas as pd

from clipbook import framing
from clipbook.checks import doubtful_captures, doubtful_quotes, speakers_to_name
from clipbook.commands import folders
from clipbook.corpus import comparable
from clipbook.corpus.own_tables import add_rows
from clipbook.files import write_csv
from clipbook.places import find_root
from clipbook.workbook import articles_of, tables_of

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


def fix(args: argparse.Namespace) -> int:
    """Fill the study's own tables with what is doubtful, to be settled by hand."""
    captures, _ = folders(args)
    tables = tables_of(captures)
    quotes = tables.read("quotes")
    doubtful = {
        "captures.csv": doubtful_captures(tables.read("articles")),
        "speakers.csv": speakers_to_name(quotes),
        "quote_fixes.csv": doubtful_quotes(quotes),
    }
    for name, rows in doubtful.items():
        added = add_rows(captures.parent / name, rows, KEYS[name])
        print(f"{added:4} row{'s' * (added != 1)} added to {captures.parent / name}: {ABOUT[name]}")
    print(GENDER)
    return 0


def draw(args: argparse.Namespace) -> int:
    """Draw a sample and write a sheet for each coder."""
    files = framing.draw_sheets(
        comparable(articles_of(folders(args)[0])),
        framing.load_codebook(args.codebook),
        args.folder or find_root() / "data" / "codes",
        args.coders,
        texts=args.texts,
        hide_outlet=args.hide_outlet,
        seed=args.seed,
    )
    print(*files, sep="\n")
    print("Give each coder one sheet. When all are filled: clipbook code agree")
    return 0


def agree(args: argparse.Namespace) -> int:
    """Check the filled sheets, and say how far the coders agree."""
    codebook = framing.load_codebook(args.codebook)
    codes = framing.read_sheets(args.folder or find_root() / "data" / "codes", codebook)
    for coder, frames in codes.groupby("coder")["frame"].unique().items():
        if left := [name for name in codebook.frame_names if name not in frames]:
            print(f"{coder} has not coded {', '.join(left)}.")
    agreement = framing.agreement_table(codes)
    apart = framing.disagreements(codes, articles_of(folders(args)[0]))
    _print(agreement)
    print(f"\n{len(apart)} answers to talk about.")
    if args.out:
        write_csv(args.out / "agreement.csv", agreement)
        write_csv(args.out / "disagreements.csv", apart)
        print(f"Tables are in {args.out}")
    else:
        _print(apart)
    return 0


def _print(table: pd.DataFrame) -> None:
    print(table.to_string(index=False, float_format=lambda value: f"{value:.3f}"))
