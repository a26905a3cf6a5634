"""``clipbook code``: sheets for human coders, and how far the coders agree."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from clipbook.commands import options

if TYPE_CHECKING:
    import pandas as pd


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``code draw`` and ``code agree`` to the command line."""
    code = commands.add_parser(
        "code",
        help="draw a sample for human coders, and measure their agreement",
        description="Have people code a sample of articles; only then does any figure speak of frames.",
    )
    steps = code.add_subparsers(dest="step", metavar="STEP", required=True)

    what = "draw a sample by outlet and write a sheet for each coder"
    draw = steps.add_parser(
        "draw", help=what, description=f"{what.capitalize()}, to be filled in with yes or no."
    )
    draw.add_argument(
        "--coders", nargs="+", default=["first", "second"], metavar="NAME", help="default: first second"
    )
    draw.add_argument("--texts", type=int, default=100, metavar="N", help="default: 100")
    draw.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed draws the same texts")
    draw.add_argument("--hide-outlet", action="store_true", help="leave the outlet off the sheets")
    draw.set_defaults(call=_draw)

    what = "check the filled sheets and measure agreement"
    agree = steps.add_parser("agree", help=what, description=f"{what.capitalize()} (Krippendorff's alpha).")
    agree.add_argument("--out", type=options.path, metavar="DIR", help="also write the tables as CSV")
    agree.set_defaults(call=_agree)

    for step in (draw, agree):
        options.add_captures(step)
        step.add_argument(
            "--folder", type=options.path, metavar="DIR", help="of the sheets; default: data/codes"
        )
        step.add_argument("--codebook", default="generic", metavar="NAME", help=options.CODEBOOKS)


def _sheets(args: argparse.Namespace) -> Path:
    from clipbook.places import find_root

    folder: Path = args.folder or find_root() / "data" / "codes"
    return folder


def _draw(args: argparse.Namespace) -> int:
    from clipbook import framing
    from clipbook.corpus import comparable
    from clipbook.workbook import articles_of

    files = framing.draw_sheets(
        comparable(articles_of(options.folders(args)[0])),
        framing.load_codebook(args.codebook),
        _sheets(args),
        args.coders,
        texts=args.texts,
        hide_outlet=args.hide_outlet,
        seed=args.seed,
    )
    for file in files:
        print(file)
    print("Give each coder one sheet. When all are filled: clipbook code agree")
    return 0


def _agree(args: argparse.Namespace) -> int:
    from clipbook import framing
    from clipbook.files import write_csv
    from clipbook.workbook import articles_of

    codebook = framing.load_codebook(args.codebook)
    codes = framing.read_sheets(_sheets(args), codebook)
    for coder, frames in codes.groupby("coder")["frame"].unique().items():
        if left := [name for name in codebook.frame_names if name not in frames]:
            print(f"{coder} has not coded {', '.join(left)}.")
    agreement = framing.agreement_table(codes)
    apart = framing.disagreements(codes, articles_of(options.folders(args)[0]))
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
