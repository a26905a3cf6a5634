"""What people add by hand: what to check and what the checks say, rows of their own tables, sheets for coders."""

from __future__ import annotations

import argparse
import math
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from clipbook import checks, framing
from clipbook.checks import doubtful_captures, doubtful_quotes, speakers_to_name
from clipbook.commands import folders
from clipbook.corpus import comparable, with_compared
from clipbook.corpus.own_tables import add_rows
from clipbook.files import write_csv, write_text
from clipbook.framing import CodebookError, load_codebook
from clipbook.framing.coding import CODER_NAME
from clipbook.pages import check_page
from clipbook.pages.render import FOLDER as EVIDENCE
from clipbook.pages.render import audit_file, local
from clipbook.places import find_root
from clipbook.quotes import apply_speakers
from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED
from clipbook.shipped import shipped
from clipbook.study_tables import StudyTables, open_tables

SHOWN = 5  # speakers whose corrected shares are said
USUAL = {"quotes": 50, "missed": 5, "cues": 75, "captures": 20}
OPTIONS = {"quotes": "--quotes", "missed": "--articles", "cues": "--cues", "captures": "--pages"}


def check(args: argparse.Namespace) -> int:
    """Draw what to check; or, where that is drawn and no number is asked for, say how right the machine is."""
    captures, _ = folders(args)
    if odd := [name for name in args.coders if not CODER_NAME.fullmatch(name)]:
        raise checks.CheckError(f"Coders' names {', '.join(odd)}: use letters, digits, - and _.")
    tables = open_tables(captures)
    folder = captures.parent / checks.FOLDER
    numbers = {name: getattr(args, f"draw_{name}") for name in (*USUAL, checks.LEAST_CERTAIN)}
    asked = {name: number for name, number in numbers.items() if number is not None}
    if not asked and folder.is_dir() and any(folder.iterdir()):
        return _tell(tables, folder)
    for name in asked:
        checks.refuse_drawn(folder, name)
    made = folder.with_name(f".{checks.FOLDER}-being-drawn")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    said = [_draw(tables, made, name, n, args, required=bool(asked)) for name, n in (asked or USUAL).items()]
    _move(made, folder)
    print(*said, sep="\n")
    print(f"Fill in a sheet in {folder}, from the top, and then: clipbook check")
    return 0


def _move(made: Path, folder: Path) -> None:
    """Put what was drawn where it belongs: all at once, or into a folder that is there, records first."""
    if not folder.exists():
        os.replace(made, folder)
        return
    for file in sorted(made.iterdir(), key=lambda file: not file.name.endswith(checks.DRAWN)):
        os.replace(file, folder / file.name)
    made.rmdir()


def _draw(
    tables: StudyTables, folder: Path, name: str, number: int, args: argparse.Namespace, *, required: bool
) -> str:
    """Draw one kind and write it; gives what is to be said of it."""
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
    captures, figures = folders(args)
    if figures.parent not in captures.parents:
        return {}
    there = {path.name for path in (figures / EVIDENCE).glob("audit-*.html")}
    way = os.path.relpath(figures / EVIDENCE, captures.parent / checks.FOLDER).replace(os.sep, "/")
    return {name: local(f"{way}/{file}") for name in names if (file := audit_file(name)) in there}


def _units(tables: StudyTables, name: str) -> tuple[pd.DataFrame, pd.Series]:
    """Give what can be drawn of a kind, and the captures that were looked through for it."""
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
    try:
        frames = load_codebook(evidence["codebook"].iloc[0]).frames if len(evidence) else ()
    except CodebookError:  # a file of the researcher's, who knows it
        return {}
    return {frame.name: " ".join(frame.questions) for frame in frames}


def _tell(tables: StudyTables, folder: Path) -> int:
    found = tables.checks
    for sheet in filter(None, found):
        print(f"{len(sheet.answers):4} of {len(sheet.drawn)} filled in: {sheet.name}")
    table = checks.accuracy_table(found)
    known = table[table["right"].notna()]
    for row in known.to_dict("records"):
        print(
            f"{row['measure']}: {row['right']:.2f} (95% interval {row['low']:.2f} to {row['high']:.2f}, {row['checked']} checked)"
        )
    for note, measures in table[table["note"] != ""].groupby("note", sort=False)["measure"]:
        print(f"  {', '.join(measures)}: {note}")
    print(*_corrected(tables), sep="\n")
    left = [OPTIONS[name] for name in USUAL if not (folder / f"{name}{checks.DRAWN}").is_file()]
    more = f"To check more: clipbook check {left[0]} 50. " if left else ""
    print(
        "All that is corrected, by outlet too, stands in figures/notebooks after: clipbook run 02_framing 04_quotes. "
        f"{more}To draw anew, move {folder} away."
    )
    return 0


def _corrected(tables: StudyTables) -> Iterator[str]:
    """Say what the checks make of the shares of those who are quoted most, and of how often cues stand."""
    made, articles = tables.checks, tables.read("articles")
    if made.quotes is not None:
        quotes = tables.found("quotes")
        found = apply_speakers(quotes, tables.speakers)
        words = found[found["kind"].isin(SPEECH)].groupby("speaker")["words"].sum()
        names = list(words.drop(UNATTRIBUTED, errors="ignore").nlargest(SHOWN).index)
        counted = checks.CountedQuotes(made.quotes, quotes, articles, tables.speakers)
        table = checks.corrected_shares(counted, "outlet", names).query("group == 'all'")
        yield from _said("quoted words", ".1%", table, ["speaker", "share", "counted_share"])
    if made.cues is not None:
        table = checks.corrected_cue_rates(made.cues, tables.found("frame_evidence"), articles, "outlet")
        table = table.query("group == 'all'").assign(frame=lambda rows: rows["frame"].str.replace("_", " "))
        yield from _said("cues in 1,000 words", ".2f", table, ["frame", "rate", "counted"])


def _said(what: str, form: str, table: pd.DataFrame, columns: list[str]) -> Iterator[str]:
    """Say each corrected value (of the columns named: whose, the value, as counted) with its interval, and each note once."""
    shown = (table[column] for column in (*columns, "low", "high", "checked"))
    for name, value, before, low, high, checked in zip(*shown, strict=True):
        if not math.isnan(value):
            yield (
                f"{what}, {name}: {value:{form}} (95% interval {low:{form}} to {high:{form}}), "
                f"corrected by {checked} checks; as counted {before:{form}}"
            )
    for note, own in table[columns[0]].groupby(table["note"], sort=False):
        if note:
            yield f"  {what}{', ' * bool(own.any())}{', '.join(filter(None, own))}: {note}"


def fix(args: argparse.Namespace) -> int:
    """Fill the study's own tables with what is doubtful, to be settled by hand."""
    captures, _ = folders(args)
    tables, told = open_tables(captures), shipped("commands/fixes.toml")
    quotes = tables.read("quotes")
    doubtful = {
        "captures.csv": doubtful_captures(tables.read("articles")),
        "speakers.csv": speakers_to_name(quotes),
        "quote_fixes.csv": doubtful_quotes(quotes),
    }
    for name, rows in doubtful.items():
        added = add_rows(captures.parent / name, rows, told["keys"][name])
        print(f"{added:4} row{'s' * (added != 1)} added to {captures.parent / name}: {told['about'][name]}")
    print(told["gender"])
    return 0


def draw(args: argparse.Namespace) -> int:
    """Draw a sample and write a sheet for each coder."""
    files = framing.draw_sheets(
        comparable(open_tables(folders(args)[0]).read("articles")),
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
    apart = framing.disagreements(codes, open_tables(folders(args)[0]).read("articles"))
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
