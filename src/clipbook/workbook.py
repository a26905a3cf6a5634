"""The workbook on disk: where captures lie, where figures go, and what made them."""

from __future__ import annotations

import json
import os
import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

from clipbook.corpus import drawn, read_own_table
from clipbook.display import Shown, show_figure
from clipbook.files import sha256, write_bytes, write_csv, write_text
from clipbook.material import Material, open_material
from clipbook.pages import EvidenceLinks, notebook_table, read_links
from clipbook.provenance import record
from clipbook.schema import written_in

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from clipbook.charts import Figure

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_CARRIED = Path(__file__).parent / "template"  # in a wheel; a checkout has the same files at its root
TEMPLATE = _CARRIED if _CARRIED.is_dir() else PACKAGE_ROOT
RESULTS = TEMPLATE / "tests" / "validity" / "results.json"


class WorkbookError(Exception):
    """Something that the user can put right; shown as one sentence, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class NoCapturesError(WorkbookError):
    """There is nothing to analyse."""


def find_root(start: Path | None = None) -> Path:
    """Find the folder that holds ``notebooks`` and ``data``.

    Parameters
    ----------
    start : Path, optional
        Where to look first, then in its parents; the working directory by default. When none fits,
        the workbook that clipbook was installed from is used.

    Raises
    ------
    WorkbookError
        If there is no workbook anywhere.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, PACKAGE_ROOT):
        if (folder / "notebooks").is_dir() and (folder / "data").is_dir():
            return folder
    raise WorkbookError(
        f"No workbook found: neither {here} nor a folder above it holds the folders notebooks and data. "
        "Change into your workbook's folder and try again."
    )


@dataclass
class Workbook:
    """One notebook's access to captures, the researcher's tables and the figures folder.

    Made by :func:`open_workbook`.
    """

    name: str
    root: Path
    captures: Path
    figures: Path
    parameters: dict[str, Any] = field(default_factory=dict)
    origin: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # read, of the researcher's own: name -> SHA-256

    def load(self) -> Material:
        """Read every capture, or take the tables of an earlier ``clipbook tables``, and print what there is.

        Returns
        -------
        Material
            With the table ``articles``, and the measures of them.

        Raises
        ------
        NoCapturesError
            If the folder is missing or empty, or nothing in it could be read.
        TableError
            If the folder holds tables that cannot be read.
        """
        if not self.captures.exists():
            raise NoCapturesError(f"There is no folder {self.captures}. Make it and put captures in it.")
        material = open_material(self.captures, progress="CLIPBOOK_EVIDENCE" not in os.environ)
        articles = material.articles
        if articles.empty:
            raise NoCapturesError(
                f"There are no captures in {self.captures}. Save pages there as .txt or .html and run again."
            )
        self.origin = material.origin()
        status = articles["status"].value_counts()
        print(
            f"{len(articles)} captures: "
            + ", ".join(f"{status.get(kind, 0)} {kind}" for kind in ("ok", "thin", "failed", "duplicate"))
        )
        if (articles["status"] == "failed").all():
            raise NoCapturesError(f"No capture in {self.captures} could be read: {articles['notes'].iloc[0]}")
        print(textwrap.fill(self.accuracy(), 100))
        return material

    def table(self, name: str) -> pd.DataFrame | None:
        """Read a table that the researcher keeps beside the captures, such as ``speakers.csv``.

        Returns
        -------
        DataFrame or None
            As `corpus.read_own_table` gives it; None when there is no such file beside the captures folder.

        Raises
        ------
        TableError
            If the file is no table.
        """
        path = self.beside(name)
        return read_own_table(path) if path.is_file() else None

    def beside(self, name: str) -> Path:
        """Give the path of a file or folder beside the captures, and enter its content among what made the figures."""
        path = self.captures.parent / name
        within = [path] if path.is_file() else sorted(path.rglob("*"))
        self.files |= {
            file.relative_to(path.parent).as_posix(): sha256(file)
            for file in within
            if file.is_file() and not file.name.startswith((".", "~$"))
        }
        return path

    def written_in(self, articles: pd.DataFrame, language: str = "en") -> pd.DataFrame:
        """Keep the articles that a measure can read, and say how many are in other languages."""
        readable = articles[written_in(articles, language)]
        if left := len(articles) - len(readable):
            print(
                f"{left:,} of {len(articles):,} articles are in another language than {language} and left out."
            )
        return readable

    def draw(self, articles: pd.DataFrame, most: int, seed: int = 0) -> pd.DataFrame:
        """Draw articles at random where there are more than ``most``, and say so; see `corpus.drawn`."""
        few = drawn(articles, most, seed=seed)
        if len(few) < len(articles):
            print(
                f"{len(few):,} of {len(articles):,} articles are drawn at random where every word is read anew."
            )
        return few

    def source(self, n: int, unit: str = "articles") -> str:
        """Say at the foot of a figure where its data come from and how many there are."""
        one = re.sub(r"^(\w+)s\b", r"\1", unit)
        counted = f"n = {n:,} {one if n == 1 else unit}"
        if self.captures == PACKAGE_ROOT / "data" / "captures":
            return f"Source: clipbook's sample captures (invented). {counted}"
        inside = self.captures.is_relative_to(self.root)
        shown = self.captures.relative_to(self.root) if inside else Path(*self.captures.parts[-2:])
        kind = "tables" if "tables" in self.origin else "captures"
        return f"Source: {kind} in {shown.as_posix()}. {counted}"

    def show(self, table: pd.DataFrame, rows: int = 10) -> Shown:
        """Show the first rows of a table, numbers rounded and each row linked to its evidence.

        Parameters
        ----------
        table : DataFrame
            Any table.
        rows : int
            How many rows to show; the rest is counted below.

        Returns
        -------
        Shown
            What a notebook displays. Links lead to the pages that the last ``clipbook run`` wrote.
        """
        known = read_links(self.figures)
        folder = os.environ.get("CLIPBOOK_EVIDENCE") or os.path.relpath(
            self.figures / "evidence", self.root / "notebooks"
        )
        links = EvidenceLinks(known.pages, f"{quote(Path(folder).as_posix())}/")
        return Shown(notebook_table(table, links, rows=rows), table.head(rows).to_string())

    def accuracy(self) -> str:
        """Say how right this notebook's measure is; see :func:`accuracy`."""
        return accuracy(self.name)

    def save(
        self,
        figure: Figure | Drawing,
        name: str,
        *,
        data: pd.DataFrame | None = None,
        alt: str = "",
        title: str = "",
        reading: str = "",
        limits: str = "",
        tests: pd.DataFrame | None = None,
    ) -> None:
        """Save a figure as SVG (light and dark) and PNG beside its data and alt text; show it, its reading and limits.

        Parameters
        ----------
        figure : charts.Figure, or any matplotlib Figure
            What a function of :mod:`clipbook.charts` made needs nothing more; any other needs ``data`` and ``alt``.
        name : str
            The file name, without an ending.
        data, alt, title, reading, limits, tests : DataFrame, str
            In the place of the figure's own; see `charts.Figure`. Tables are saved as CSV.

        Raises
        ------
        WorkbookError
            If a figure without data or alt text gets none here.

        Examples
        --------
        >>> book.save(charts.share_chart(shares, source=source), "who-speaks-where")  # doctest: +SKIP
        """
        from clipbook.charts import Figure
        from clipbook.charts.style import png_bytes, svg_bytes

        own = figure if isinstance(figure, Figure) else Figure(figure, figure.axes, str(figure.get_label()))
        title, alt = title or own.title or name, alt or own.alt
        data, tests = (
            mine if given is None else given for given, mine in ((data, own.data), (tests, own.tests))
        )
        if data is None or not alt:
            raise WorkbookError(
                f"The figure {name} has no {'data' if data is None else 'alt text'}. Give what it plots, and what a person "
                f'who cannot see it needs: book.save(figure, "{name}", data=..., alt=...)'
            )
        words = {
            "title": title,
            "alt": f"{title}. {alt}",
            "reading": reading or own.reading,
            "limits": limits or own.limits,
        }
        folder, picture = self.figures / self.name, png_bytes(own.fig)
        write_bytes(folder / f"{name}.svg", svg_bytes(own.fig))
        write_bytes(folder / f"{name}.dark.svg", svg_bytes(own.fig, dark=True))
        write_bytes(folder / f"{name}.png", picture)
        write_csv(folder / f"{name}.csv", data)
        if tests is not None:
            write_csv(folder / f"{name}.tests.csv", tests)
        write_text(folder / f"{name}.alt.txt", words["alt"] + "\n")
        record(self.figures, self.name, self.origin, self.parameters, self.files, {name: words})
        width = round(own.fig.get_figwidth() * 96)
        show_figure(picture, words["alt"], width=width, below=[words["reading"], words["limits"]])


def accuracy(notebook: str) -> str:
    """Say how right a notebook's measure is, as ``make validity`` measured and recorded it.

    Parameters
    ----------
    notebook : str
        The notebook's name, such as ``04_quotes``.
    """
    area = notebook.partition("_")[2].replace("corpus", "captures")
    recorded = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    if area not in recorded:
        return "How right this is has not been measured on this copy of clipbook."
    shown = [row for row in recorded[area]["measures"] if row.get("headline")]
    facts = "; ".join(
        f"{row['label']} {row['value']:.2f}"
        + (f" (95% interval {row['low']:.2f} to {row['high']:.2f})" if "low" in row else "")
        + f", n = {row['n']:,} {row['unit']}"
        for row in shown
    )
    return f"Measured against human-coded news in English: {facts}. {recorded[area]['meaning']}"


def open_workbook(
    name: str, captures: str | Path = "", figures: str | Path = "", **parameters: Any
) -> Workbook:
    """Open the workbook for one notebook.

    Parameters
    ----------
    name : str
        The notebook's name, which is also its folder below the figures.
    captures, figures : str or Path
        Folders; a relative one counts from the workbook's root. When empty, the environment's
        ``CLIPBOOK_CAPTURES`` and ``CLIPBOOK_FIGURES`` hold, else ``data/captures`` and ``figures``.
    **parameters
        The notebook's other settings, kept in the provenance record.
    """
    root = find_root()
    folders = [
        root / (given or os.environ.get(variable) or default)
        for given, variable, default in (
            (captures, "CLIPBOOK_CAPTURES", "data/captures"),
            (figures, "CLIPBOOK_FIGURES", "figures"),
        )
    ]
    return Workbook(name, root, folders[0], folders[1], parameters)
