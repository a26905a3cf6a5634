"""``clipbook check``: what is worth a person's time, as sheets to fill in; and what the filled ones say."""

from __future__ import annotations

import argparse
import os

from clipbook.commands import options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pandas as pd

    from clipbook.study_tables import StudyTables

SHOWN = 5  # speakers whose corrected shares are said
USUAL = {"quotes": 50, "missed": 5, "cues": 50, "captures": 20}
KINDS = {
    "quotes": ("--quotes", "quotations: are they speech, and whose?"),
    "missed": ("--articles", "whole articles: which quotations were missed?"),
    "cues": ("--cues", "cues in their sentences: do they mean the frame?"),
    "captures": ("--pages", "captures: are outlet, date, headline and body right?"),
    "quotes_least_certain": ("--least-certain", "the quotations whose speaker is least certain"),
}


def add_to(commands: argparse._SubParsersAction[options.Parser]) -> None:
    """Add the command to the command line."""
    check = commands.add_parser(
        "check",
        help="draw what to check by hand, and say how right clipbook is on these captures",
        description="Draw what is worth checking, at random, and write sheets and pages for it into data/checks. Fill in a "
        "sheet (CSV or XLSX); from the next run on your answers correct those rows, and those drawn at random say how right "
        "clipbook is here and correct the shares. The least certain correct rows alone. Without a number, what is usual is "
        "drawn; where sheets are there already, they are counted.",
    )
    for name, (option, about) in KINDS.items():
        check.add_argument(option, dest=f"draw_{name}", type=int, metavar="N", help=about)
    check.add_argument(
        "--coders", nargs="+", default=[], metavar="NAME", help="a sheet for each of several people"
    )
    check.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed draws the same")
    check.add_argument("--captures", type=options.path, metavar="DIR", help="default: data/captures")
    check.set_defaults(call=_check, figures=None)


def _check(args: argparse.Namespace) -> int:
    import shutil

    from clipbook.checks import FOLDER, CheckError, refuse_drawn
    from clipbook.framing.coding import CODER_NAME
    from clipbook.workbook import tables_of

    captures, _ = options.folders(args)
    if odd := [name for name in args.coders if not CODER_NAME.fullmatch(name)]:
        raise CheckError(f"Coders' names {', '.join(odd)}: use letters, digits, - and _.")
    tables = tables_of(captures)
    folder = captures.parent / FOLDER
    asked = {name: number for name in KINDS if (number := getattr(args, f"draw_{name}")) is not None}
    if not asked and folder.is_dir() and any(folder.iterdir()):
        return _tell(tables, folder)
    for name in asked:
        refuse_drawn(folder, name)
    made = folder.with_name(f".{FOLDER}-being-drawn")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    said = [_draw(tables, made, name, n, args, required=bool(asked)) for name, n in (asked or USUAL).items()]
    _move(made, folder)
    print(*said, sep="\n")
    print(f"Fill in a sheet in {folder}, from the top, and then: clipbook check")
    return 0


def _move(made: Path, folder: Path) -> None:
    """Put what was drawn where it belongs: all at once, or into a folder that is there, records first."""
    from clipbook.checks import DRAWN

    if not folder.exists():
        os.replace(made, folder)
        return
    for file in sorted(made.iterdir(), key=lambda file: not file.name.endswith(DRAWN)):
        os.replace(file, folder / file.name)
    made.rmdir()


def _draw(
    tables: StudyTables, folder: Path, name: str, number: int, args: argparse.Namespace, *, required: bool
) -> str:
    """Draw one kind and write it; gives what is to be said of it."""
    from clipbook import checks
    from clipbook.files import write_text
    from clipbook.pages import check_page

    units = _units(tables, name)
    if units.empty and not required:
        return f"{name}: nothing of this kind in the captures"
    certain = name == checks.LEAST_CERTAIN
    drawn = checks.least_certain(units, number) if certain else checks.draw(units, number, seed=args.seed)
    files = checks.write_check(folder, name, drawn, units, seed=args.seed, coders=args.coders)
    around = tables.read("articles", {"capture_id": set(drawn["capture_id"])})
    shown = drawn.drop(columns="text") if "quotation" in drawn else drawn
    questions, pages = list(checks.SHEETS[name]), _read_pages(args, around["capture_id"])
    write_text(folder / f"{name}.html", check_page(name, shown.astype("str"), questions, around, pages))
    how = "the least certain: they correct rows and no estimate" if certain else "drawn at random"
    return f"{len(drawn):4} of {len(units):,} {how}: {files[0].name}, .xlsx; to read in context: {name}.html"


def _read_pages(args: argparse.Namespace, names: Iterable[str]) -> dict[str, str]:
    """Give the way from a check to the pages on which a run of the same study shows how captures were read."""
    from clipbook.checks import FOLDER
    from clipbook.pages.links import FOLDER as EVIDENCE
    from clipbook.pages.links import audit_file
    from clipbook.pages.render import local

    captures, figures = options.folders(args)
    if figures.parent not in captures.parents:
        return {}
    there = {path.name for path in (figures / EVIDENCE).glob("audit-*.html")}
    way = os.path.relpath(figures / EVIDENCE, captures.parent / FOLDER).replace(os.sep, "/")
    return {name: local(f"{way}/{file}") for name in names if (file := audit_file(name)) in there}


def _units(tables: StudyTables, name: str) -> pd.DataFrame:
    from clipbook import checks
    from clipbook.corpus import with_compared

    articles = tables.read("articles")
    if name == "captures":
        return checks.captures_to_draw(articles)
    compared = with_compared(articles).query("compared")
    if name == "missed":
        return checks.articles_to_draw(compared, tables.found("quotes"))
    if name == "cues":
        return checks.cues_to_draw(tables.found("frame_evidence"), compared)
    return checks.quotations_to_draw(tables.found("quotes"), compared)


def _tell(tables: StudyTables, folder: Path) -> int:
    from clipbook.checks import accuracy_table

    found = tables.checks
    for sheet in filter(None, found):
        print(f"{len(sheet.answers):4} of {len(sheet.drawn)} filled in: {sheet.name}")
    table = accuracy_table(found)
    known = table[table["right"].notna()]
    for row in known.to_dict("records"):
        print(
            f"{row['measure']}: {row['right']:.2f} (95% interval {row['low']:.2f} to {row['high']:.2f}, {row['checked']} checked)"
        )
    for measure, note in table.loc[table["note"] != "", ["measure", "note"]].itertuples(index=False):
        print(f"  {measure}: {note}")
    print(*_shares(tables), sep="\n", end="\n" if found.quotes else "")
    print(
        "All that is corrected, by outlet too, stands in figures/notebooks after: clipbook run 02_framing 04_quotes. To draw more, "
        f"name a kind that was not drawn, such as --cues 50; to draw anew, move {folder} away."
    )
    return 0


def _shares(tables: StudyTables) -> Iterator[str]:
    """Say what the check of quotations makes of the shares of those who are quoted most."""
    from clipbook.checks import CountedQuotes, corrected_shares
    from clipbook.quotes import apply_speakers
    from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED

    if tables.checks.quotes is None:
        return
    found = apply_speakers(tables.found("quotes"), tables.speakers)
    words = found[found["kind"].isin(SPEECH)].groupby("speaker")["words"].sum()
    names = list(words.drop(UNATTRIBUTED, errors="ignore").nlargest(SHOWN).index)
    counted = CountedQuotes(
        tables.checks.quotes, tables.found("quotes"), tables.read("articles"), tables.speakers
    )
    table = corrected_shares(counted, "outlet", names).query("group == 'all'")
    for row in table[table["share"].notna()].to_dict("records"):
        yield (
            f"quoted words of {row['speaker']}: {row['share']:.1%} (95% interval {row['low']:.1%} to {row['high']:.1%}), "
            f"corrected by {row['checked']} checks; as counted {row['counted_share']:.1%}"
        )
    for note in sorted({*table["note"]} - {""}):
        yield f"  shares of quoted words: {note}"
