"""``clipbook check``: what is worth a person's time, as sheets to fill in; and what the filled ones say."""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from clipbook.commands import options

if TYPE_CHECKING:
    import pandas as pd

    from clipbook.study_tables import StudyTables

SHOWN = 5  # speakers whose corrected shares are said
USUAL = {"quotes": 50, "missed": 5, "cues": 75, "captures": 20}
KINDS = {
    "quotes": ("--quotes", "quotations: are they speech, and whose?"),
    "missed": ("--articles", "whole articles: which quotations were missed?"),
    "cues": ("--cues", "cues in their sentences: do they mean the frame?"),
    "captures": ("--pages", "captures: are outlet, date, headline and body right?"),
    "quotes_least_certain": ("--least-certain", "the quotations whose speaker is least certain"),
}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
    options.add_captures(check)
    check.set_defaults(call=_check)


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

    units, captures = _units(tables, name)
    if units.empty and not required:
        return f"{name}: nothing of this kind in the captures"
    certain = name == checks.LEAST_CERTAIN
    drawn = checks.least_certain(units, number) if certain else checks.draw(units, number, seed=args.seed)
    files = checks.write_check(
        folder, name, drawn, units, captures,
        others=tables.found("articles")["capture_id"], seed=args.seed, coders=args.coders,
    )  # fmt: skip
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


def _units(tables: StudyTables, name: str) -> tuple[pd.DataFrame, pd.Series]:
    """Give what can be drawn of a kind, and the captures that were looked through for it."""
    from clipbook import checks
    from clipbook.corpus import with_compared

    articles = tables.read("articles")
    if name == "captures":
        units = checks.captures_to_draw(articles)
        return units, units["capture_id"]
    compared = with_compared(articles).query("compared")
    if name == "missed":
        units = checks.articles_to_draw(compared, tables.found("quotes"))
    elif name == "cues":
        evidence = tables.found("frame_evidence")
        units = checks.cues_to_draw(evidence, compared, _asked(evidence))
    else:
        units = checks.quotations_to_draw(tables.found("quotes"), compared)
    return units, compared["capture_id"]


def _asked(evidence: pd.DataFrame) -> dict[str, str]:
    """Give what each frame asks, where the codebook is one that clipbook brings."""
    from clipbook.framing import CodebookError, load_codebook

    try:
        frames = load_codebook(evidence["codebook"].iloc[0]).frames if len(evidence) else ()
    except CodebookError:  # a file of the researcher's, who knows it
        return {}
    return {frame.name: " ".join(frame.questions) for frame in frames}


def _tell(tables: StudyTables, folder: Path) -> int:
    from clipbook.checks import DRAWN, accuracy_table

    found = tables.checks
    for sheet in filter(None, found):
        print(f"{len(sheet.answers):4} of {len(sheet.drawn)} filled in: {sheet.name}")
    table = accuracy_table(found)
    known = table[table["right"].notna()]
    for row in known.to_dict("records"):
        print(
            f"{row['measure']}: {row['right']:.2f} (95% interval {row['low']:.2f} to {row['high']:.2f}, {row['checked']} checked)"
        )
    for note, measures in table[table["note"] != ""].groupby("note", sort=False)["measure"]:
        print(f"  {', '.join(measures)}: {note}")
    print(*_corrected(tables), sep="\n")
    left = [KINDS[name][0] for name in USUAL if not (folder / f"{name}{DRAWN}").is_file()]
    more = f"To check more: clipbook check {left[0]} 50. " if left else ""
    print(
        "All that is corrected, by outlet too, stands in figures/notebooks after: clipbook run 02_framing 04_quotes. "
        f"{more}To draw anew, move {folder} away."
    )
    return 0


def _corrected(tables: StudyTables) -> Iterator[str]:
    """Say what the checks make of the shares of those who are quoted most, and of how often cues stand."""
    from clipbook import checks
    from clipbook.quotes import apply_speakers
    from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED

    made, articles = tables.checks, tables.read("articles")
    if made.quotes is not None:
        quotes = tables.found("quotes")
        found = apply_speakers(quotes, tables.speakers)
        words = found[found["kind"].isin(SPEECH)].groupby("speaker")["words"].sum()
        names = list(words.drop(UNATTRIBUTED, errors="ignore").nlargest(SHOWN).index)
        counted = checks.CountedQuotes(made.quotes, quotes, articles, tables.speakers)
        table = checks.corrected_shares(counted, "outlet", names).query("group == 'all'")
        yield from _said(
            "quoted words", ".1%", table, table["speaker"], table["share"], table["counted_share"]
        )
    if made.cues is not None:
        table = checks.corrected_cue_rates(made.cues, tables.found("frame_evidence"), articles, "outlet")
        table = table.query("group == 'all'")
        frames = table["frame"].str.replace("_", " ")
        yield from _said("cues in 1,000 words", ".2f", table, frames, table["rate"], table["counted"])


def _said(
    what: str, form: str, table: pd.DataFrame, names: pd.Series, values: pd.Series, counted: pd.Series
) -> Iterator[str]:
    """Say each corrected value with its interval, beside what was counted, and then each note once."""
    rows = zip(names, values, table["low"], table["high"], table["checked"], counted, strict=True)
    for name, value, low, high, checked, before in rows:
        if not math.isnan(value):
            yield (
                f"{what}, {name}: {value:{form}} (95% interval {low:{form}} to {high:{form}}), "
                f"corrected by {checked} checks; as counted {before:{form}}"
            )
    for note, own in names.groupby(table["note"], sort=False):
        if note:
            yield f"  {what}{', ' * bool(own.any())}{', '.join(filter(None, own))}: {note}"
