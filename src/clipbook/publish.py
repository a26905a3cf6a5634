"""From saved figures to what people open: the gallery, the evidence pages, the report."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook import pages
from clipbook.checks.answers import accuracy
from clipbook.corpus import comparable
from clipbook.files import notebook_cells, read_json, write_bytes, write_json, write_text
from clipbook.places import WorkbookError
from clipbook.provenance import is_stale, origin_digest, read_provenance
from clipbook.readability import hardest_sentences
from clipbook.schema import TABLES
from clipbook.shipped import __version__, shipped
from clipbook.study import read_study, statement
from clipbook.study_tables import StudyTables, open_tables
from clipbook.tracing import evidence_of_figures, in_random_order

_PROSE = shipped("methods.toml")
REFERENCES = [work.replace("{version}", __version__) for work in _PROSE["references"]]
EXPLORED = ("articles", "quotes", "frame_evidence")
MOST, MOST_CHARACTERS = (1_000, 8_000_000)  # of the page that searches articles: about 4 MB
MADE_FROM = ".made_from.json"  # beside the evidence pages: what they show
STALE = (
    "It was drawn from other captures, settings or tables of yours than those listed. Run its notebook again."
)


def headings(root: Path, provenance: dict[str, Any]) -> dict[str, Any]:
    """Add each notebook's title, question and measured accuracy to the provenance.

    Parameters
    ----------
    root : Path
        The workbook's root; title and question stand in a notebook's first markdown cell.
    provenance : dict
        As :func:`clipbook.provenance.read_provenance` gives it.

    Returns
    -------
    dict
        The same record with ``title``, ``question`` and ``accuracy`` in each notebook's section, and ``stale``
        in the words of figures that were made from other captures; and ``study``, what it states of itself.
    """
    sections = {}
    now = origin_digest(provenance)
    for name, section in provenance["notebooks"].items():
        cells = notebook_cells(root / "notebooks" / f"{name}.ipynb")
        text = next((source for kind, source in cells if kind == "markdown"), "")
        title = re.search(r"^# (.+)$", text, re.M)
        question = re.search(r"^[^#\s].*(?:\n[^#\s].*)*", text, re.M)
        sections[name] = {
            "title": title[1] if title else name,
            "question": " ".join(question[0].replace("*", "").split()) if question else "",
            "accuracy": accuracy(name),
            "method": _PROSE["methods"].get(name, ""),
            **section,
            "figures": {
                figure: {**words, "stale": STALE} if is_stale(words, section, now) else words
                for figure, words in section["figures"].items()
            },
        }
    stated = read_study(root)
    study = {name: stated[name] for name in ("title", "authors", "question") if stated.get(name)}
    return {**provenance, "notebooks": sections, "study": study}


@lru_cache(maxsize=1)
def evidence_tables(tables: StudyTables) -> pages.EvidenceTables:
    """Read what the evidence pages show of a study."""
    named: Any = {
        name: tables.read(name) for name in pages.EvidenceTables.__dataclass_fields__ if name in TABLES
    }
    return pages.EvidenceTables(**named, hardest=hardest_sentences(named["articles"]))


def evidence_links(tables: StudyTables, figures: Path) -> Mapping[str, Mapping[str, str]]:
    """Tell which evidence pages a run will have: those that are there, if they are of these tables."""
    if made_from(figures).get("tables") == tables.digest():
        return pages.read_links(figures).pages
    return pages.evidence_record(evidence_tables(tables))


def made_from(figures: Path) -> dict[str, str]:
    """Read what the evidence pages of a figures folder were made from; empty where that is not known."""
    return read_json(figures / "evidence" / MADE_FROM)


def build_gallery(root: Path, figures: Path, tables: StudyTables) -> Path:
    """Write the evidence pages of a study, the page that searches its articles, and the gallery of its figures.

    Parameters
    ----------
    root, figures : Path
        The workbook's root, and its figures folder with ``provenance.json``.
    tables : StudyTables
        That the figures were made from. Of those that the researcher named, some captures are shown for every name in
        the figures; else all.

    Returns
    -------
    Path
        The gallery, ``index.html`` of the figures folder.
    """
    provenance = headings(root, read_provenance(figures))
    plotted = pages.plotted_data(provenance, figures)
    told = "\n".join(
        f"{place} {title} {data.to_csv(index=False)}" for place, (title, data) in plotted.items()
    )
    made = {"tables": tables.digest(), "figures": hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()}
    if made_from(figures) != made:
        (figures / "evidence" / MADE_FROM).unlink(missing_ok=True)
        shown = evidence_of_figures(tables, plotted) if tables.named else evidence_tables(tables)
        build_evidence(shown, figures, plotted)
        build_explore(tables, figures / pages.EXPLORE)
        write_json(figures / "evidence" / MADE_FROM, made)
    gallery = figures / "index.html"
    write_text(gallery, pages.gallery_page(provenance, figures))
    write_text(figures / "README.md", pages.figures_index(provenance, figures))
    return gallery


def build_explore(tables: StudyTables, out: Path, query: str = "") -> tuple[int, int]:
    """Write the page that searches a study's articles, or the places of one query to share.

    Parameters
    ----------
    tables : StudyTables
        Of which the articles compared are searched: `MOST` of them, or fewer where they are long, drawn at random.
    out : Path
        The file. Evidence pages that lie in ``evidence`` beside it are linked.
    query : str
        Where the page is to be shared: what it shows.

    Returns
    -------
    held, of : int
        How many articles the page holds, and of how many.
    """
    texts = tables.parts("articles", columns=["capture_id", "status", "headline", "body"])
    heads = pd.concat([_sizes(comparable(part)) for part in texts])
    heads = in_random_order(heads)
    few = heads[heads["size"].cumsum() <= MOST_CHARACTERS].head(MOST)
    own: Any = {name: tables.read(name, {"capture_id": set(few["capture_id"])}) for name in EXPLORED}
    beside = {path.name for folder in (out.parent, out.parent / "evidence") for path in folder.glob("*.html")}
    write_text(out, pages.explore_page(*own.values(), of=len(heads), query=query, pages=beside))
    return len(few), len(heads)


def _sizes(articles: pd.DataFrame) -> pd.DataFrame:
    size = articles["headline"].str.len() + articles["body"].str.len()
    return articles[["capture_id"]].assign(size=size)


def build_evidence(tables: pages.EvidenceTables, figures: Path, plotted: pages.Figures) -> None:
    """Write one page an article, and the lists that lead to them, into ``figures/evidence``."""
    made, target = figures / ".making-evidence", figures / "evidence"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for name, text in pages.evidence_pages(tables, plotted):
        (made / name).write_bytes(text.encode("utf-8"))
    target.mkdir(exist_ok=True)
    fresh = {file.name for file in made.iterdir()}
    for name in sorted(fresh):
        os.replace(made / name, target / name)
    made.rmdir()
    for old in target.iterdir():
        if old.is_file() and old.name not in fresh:
            old.unlink()


def build_report(
    root: Path,
    figures: Path,
    captures: Path,
    out: Path,
    *,
    title: str = "",
    authors: Sequence[str] = (),
    date: str = "",
) -> None:
    """Write one file with every figure, its reading and limits, the methods and the references.

    Parameters
    ----------
    root, figures, captures : Path
        The workbook's root, its figures folder, and the captures.
    out : Path
        The file: ``.html``, or ``.docx`` to go on writing in.
    title, authors, date : str, sequence of str, str
        Printed at its head; without them what ``study.toml`` states, and no date.

    Raises
    ------
    WorkbookError
        If ``out`` has another ending, or the figures were made from other captures.
    """
    if out.suffix.lower() not in (".html", ".docx"):
        raise WorkbookError(f"A report is written as .html or .docx, not as {out.name}.")
    provenance = headings(root, read_provenance(figures))
    tables = open_tables(captures)
    if origin_digest(tables.origin()) != origin_digest(provenance):
        raise WorkbookError(
            f"The figures in {figures} were made from other captures than those that are in {captures} now. "
            "Make them again with clipbook run, or name the captures that they were made from with --captures."
        )
    articles = tables.read("articles")
    outlets = articles.loc[articles["outlet"] != "", "outlet"].nunique()
    study = {**provenance["study"], **({"authors": list(authors)} if authors else {})}
    files = dict(zip(articles["source_file"], articles["sha256"], strict=True))
    provenance = {**provenance, "study": study, "statement": statement(root, files)}
    counted = f"{len(articles):,} captures of {outlets:,} {'outlet' if outlets == 1 else 'outlets'}"
    title = title or study.get("title") or counted
    report = pages.report_of(
        provenance, figures, articles=articles, references=REFERENCES, date=date, title=title
    )
    if out.suffix.lower() == ".html":
        write_text(out, pages.report_page(report))
    else:
        write_bytes(out, pages.report_document(report))
