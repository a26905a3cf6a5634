"""The workbook on disk: where captures lie, where figures go, and what made them."""

from __future__ import annotations

import glob
import os
import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import numpy as np
import pandas as pd
import pyarrow as pa

from clipbook.checks import FOLDER as CHECKS
from clipbook.checks import Checks, CountedQuotes, Sheet
from clipbook.checks.answers import accuracy, own_accuracy
from clipbook.corpus import comparable, drawn, read_own_table, with_compared
from clipbook.corpus.stated import LINE_FIXES
from clipbook.display import Shown, can_answer, served, show_figure
from clipbook.files import sha256, write_bytes, write_csv
from clipbook.framing import PLACES, Codebook, load_codebook
from clipbook.keywords import keyness_table
from clipbook.pages import READ, EvidenceLinks, notebook_passages, notebook_table, read_links, sections_of
from clipbook.parameters import PERIOD, check_parameters, choose, with_periods
from clipbook.places import PACKAGE_ROOT, NoCapturesError, WorkbookError, find_root
from clipbook.provenance import record
from clipbook.quotes.share import UNATTRIBUTED, UNSURE
from clipbook.readability import main_language
from clipbook.schema import TABLES
from clipbook.stats.periods import fitting_step
from clipbook.study import read_study
from clipbook.study_tables import StudyTables, open_tables

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from clipbook.charts import Figure
    from clipbook.coding_panel import CodingPanel
    from clipbook.framing.coding_session import CodingSession

_BY_ARTICLE = set(TABLES) - {"quote_share_by_outlet", "keyness"}
CODES = "codes"  # the coders' sheets, beside the captures
MOST_RUNS = (
    10_000  # of rows that follow on each other, whose texts are shared; more would make all that is done slow
)
WIDTHS = "CLIPBOOK_WIDTHS"  # from clipbook run to kernels: the widths, parted by commas, that figures are printed at


@dataclass
class Workbook:
    """One notebook's access to the study's tables, the researcher's own, and the figures folder.

    Made by :func:`open_workbook`. Every table of ``clipbook tables`` is an attribute, a DataFrame with the
    researcher's corrections applied: ``articles``, ``lines``, ``sentences``, ``quotes``, ``quote_share``,
    ``quote_share_by_outlet``, ``frame_scores``, ``frame_evidence``, ``readability``, ``keywords``, ``keyness``.
    ``articles`` has two columns more: ``compared``, whether an article enters comparisons, and ``left_out``, why not.
    """

    name: str
    root: Path
    captures: Path
    figures: Path
    parameters: dict[str, Any] = field(default_factory=dict)
    tables: StudyTables | None = None
    language: str = "en"  # ISO 639-1, of the articles that are compared; "" for all
    origin: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # read, of the researcher's own: name -> SHA-256

    articles = cached_property(lambda book: book.read("articles"))
    lines = cached_property(lambda book: book.read("lines"))
    sentences = cached_property(lambda book: book.read("sentences"))
    quotes = cached_property(lambda book: book.read("quotes"))
    quote_share = cached_property(lambda book: book.read("quote_share"))
    quote_share_by_outlet = cached_property(lambda book: book.read("quote_share_by_outlet"))
    frame_scores = cached_property(lambda book: book.read("frame_scores"))
    frame_evidence = cached_property(lambda book: book.read("frame_evidence"))
    readability = cached_property(lambda book: book.read("readability"))
    keywords = cached_property(lambda book: book.read("keywords"))
    keyness = cached_property(lambda book: book.read("keyness"))

    def read(self, name: str, columns: Sequence[str] = (), /, **only: Collection[str]) -> pd.DataFrame:
        """Read a table, or some rows and columns of a large one.

        Parameters
        ----------
        name : str
            Such as ``readability``.
        columns : sequence of str
            Those wanted; all where none is named.
        **only
            Column -> the values wanted in it: ``measure=["fre"]``.

        Returns
        -------
        DataFrame
        """
        if name != "articles":
            return self._tables.read(name, only, columns)
        articles = self._placed(self._tables.read(name, only))
        return articles[list(columns)] if columns else articles

    def compared(
        self, name: str = "articles", columns: Sequence[str] = (), /, **only: Collection[str]
    ) -> pd.DataFrame:
        """Give the rows of a table that belong to the articles compared; parameters as for :meth:`read`.

        A table that is not by article is given whole.

        Examples
        --------
        >>> book.compared("readability", measure=["fre"])  # doctest: +SKIP
        """
        chosen = self.articles["compared"]
        if name == "articles" and not only:
            return _shared(self.articles[list(columns or self.articles)], chosen)
        key = "group" if name == "quote_share" else "capture_id"
        needed = list(dict.fromkeys([*columns, *([key] if columns and name in _BY_ARTICLE else [])]))
        table = self.read(name, needed, **only) if needed or only else getattr(self, name)
        if name not in _BY_ARTICLE:
            return table
        rows = table[key].isin(self.articles.loc[chosen, "capture_id"])
        return _shared(table[list(columns)] if columns else table, rows)

    def parts(self, name: str, columns: Sequence[str] = ()) -> Iterator[pd.DataFrame]:
        """Give a table, or the columns named, in parts, so that it need not fit into memory."""
        return self._tables.parts(name, columns=columns)

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The articles compared, at most ``most`` of them drawn at random, for what reads every word anew."""
        articles = self.compared()
        most, seed = self.parameters.get("most", len(articles) or 1), self.parameters.get("seed", 0)
        few = drawn(articles, most, seed=seed)
        if len(few) < len(articles):
            print(
                f"{len(few):,} of {len(articles):,} articles are drawn at random where every word is read anew."
            )
        return few

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook of the parameter ``codebook``, or the generic one."""
        return load_codebook(self.parameters.get("codebook") or "generic")

    @property
    def kind(self) -> str:
        """What the groups compared are, in the plural: outlets, periods, camps."""
        name = str(self.parameters.get("compare") or "outlet").replace("_", " ")
        return f"{name[:-1]}ies" if re.search("[^aeiou]y$", name) else f"{name}s"

    @property
    def step(self) -> str:
        """The parameter ``step`` (day, week, month, quarter or year), or what fits the time that the articles span."""
        return str(
            self.parameters.get("step") or fitting_step(self.compared("articles", ["published"])["published"])
        )

    @property
    def shown(self) -> pd.Series:
        """The article of the parameter ``article``, or the first of those compared: its row of the table of articles."""
        articles = self.compared()
        wanted = self.parameters.get("article") or next(iter(articles["capture_id"]), "")
        chosen = articles[articles["capture_id"] == wanted]
        return chosen.iloc[0] if len(chosen) else pd.Series({"capture_id": "", "headline": ""})

    def keyness_of(self, group: str) -> pd.DataFrame:
        """Compare the terms of a group of the articles compared with those of the others; see `keywords.keyness_table`."""
        compare = str(self.parameters.get("compare") or "outlet")
        if compare == "outlet":
            return self.read("keyness", group=[group])
        return keyness_table(self.compared(), by=compare, group=group)

    @property
    def unmatched_fixes(self) -> pd.DataFrame:
        """The corrections of ``quote_fixes.csv`` that found no quotation, with the reason; should be empty."""
        return self._tables.unmatched

    @property
    def _tables(self) -> StudyTables:
        if self.tables is None:
            raise WorkbookError("This workbook has no tables. Open it with clipbook.open_workbook(...).")
        return self.tables

    def _placed(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Say of every article whether it is compared, and in which period."""
        articles = with_compared(articles, self.language)
        if self.parameters.get("compare") == PERIOD:
            articles = with_periods(articles, self.parameters.get("divide", ""))
        return articles

    def load(self) -> None:
        """Tell a notebook of version 0.1 what to do.

        Raises
        ------
        WorkbookError
            Always.
        """
        raise WorkbookError(
            "This notebook was made for clipbook 0.1, and notebooks read tables now. Renew those that you have not "
            "edited with: clipbook new --update .  In one of your own, take book.articles, book.quotes, ..."
        )

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
        return Shown(notebook_table(table, self._links(), rows=rows), table.head(rows).to_string())

    def evidence(self, *, outlet: str = "", most: int = 20, **name: str) -> Shown:
        """Show the sentences behind a number, the words marked, each linked to its place in the article.

        Parameters
        ----------
        outlet : str
            Only articles of this outlet.
        most : int
            How many sentences to show; the rest is counted below.
        **name
            One of ``speaker``, ``frame``, ``term``: whose words, whose cues, or which word; "" is the most frequent. Of a
            term, one sentence of each article is shown.

        Raises
        ------
        ParameterError
            If nobody of that name is there; the message lists the nearest.

        Examples
        --------
        >>> book.evidence(speaker="Ana Ruiz", outlet="The Harbour Lantern")  # doctest: +SKIP
        """
        if len(name) != 1 or next(iter(name)) not in READ:
            raise WorkbookError(
                'Name one of speaker, frame or term: book.evidence(speaker="Ana Ruiz", outlet="The Harbour Lantern")'
            )
        (kind, wanted), articles = next(iter(name.items())), self.compared()
        if outlet:
            choose(outlet, articles["outlet"], "outlet")
            articles = articles[articles["outlet"] == outlet]
        of_kind, columns = READ[kind]
        named = "keyword" if kind == "term" else kind
        known = self.compared(of_kind, ["capture_id", named])[named]
        wanted = wanted or next(iter(known[known != UNATTRIBUTED].value_counts().index), "")
        if wanted and kind != "term":
            choose(wanted, [*known.unique(), UNSURE], kind)
        table = self.compared(of_kind, columns, **({"frame": [wanted]} if kind == "frame" else {}))
        links = self._links()
        sections = sections_of(kind, wanted, articles, table)
        return Shown(*notebook_passages(sections, prefix=links.prefix if links.pages else "", most=most))

    def code(self, frame: str, coder: str = "") -> CodingPanel | None:
        """Code texts for a frame, in JupyterLab, with single keys: y, n, u (unsure), z takes back, arrows look at others.

        Each answer is in the sheet ``codes_CODER.csv`` of the folder ``codes`` beside the captures before the next question
        is asked; the same cell goes on where the coder stopped. Where nothing is drawn, 100 texts are, as by
        ``clipbook code draw``, so that shares may be corrected; for other numbers draw with that command first.

        Parameters
        ----------
        frame : str
            A name of the codebook. Coders go frame by frame.
        coder : str
            Letters, digits, ``-`` and ``_``; "" asks for it. ``agreed`` is whoever decides where coders differ or are unsure:
            only those texts are shown, with what the others answered, but not who, so that nobody is sided with.

        Returns
        -------
        CodingPanel or None
            None, and a line of text, where a notebook runs without anybody before it.

        Raises
        ------
        ParameterError
            If the codebook has no such frame; the message lists the nearest.
        CodingError
            If a sheet cannot be used; the message says where and what to do.

        Notes
        -----
        What ``agreed`` says counts; elsewhere a text counts with the share of its coders who say yes, without those who are
        unsure (`framing.settle_codes`). Agreement is measured on the others' answers alone. Cues in sight draw coders towards
        them: hide them (c) when codes are to judge how far cues can be trusted.

        Examples
        --------
        >>> book.code("conflict", coder="ana")  # doctest: +SKIP
        """
        from clipbook.framing.coding_session import coded_so_far, open_session

        choose(frame, self.codebook.frame_names, "frame")
        folder, title = self.captures.parent / CODES, self.codebook.title_of[frame]
        done = coded_so_far(folder, self.codebook, frame)
        if not can_answer():
            so_far = ", ".join(f"{name} {number}" for name, number in done.items()) or "no sheets yet"
            print(f"{title}: texts coded so far: {so_far}. In JupyterLab this cell shows a panel to code in.")
            return None
        from clipbook.coding_panel import CodingPanel

        def start(name: str) -> CodingSession:
            return open_session(folder, self.codebook, frame, name, comparable(self.articles))

        return CodingPanel(title, list(done.items()), start, coder)

    def _links(self) -> EvidenceLinks:
        """Give the way from a notebook to the evidence pages that the last ``clipbook run`` wrote."""
        lies = self.figures / "evidence"
        here = os.path.relpath(lies, self.root / "notebooks")
        folder = os.environ.get("CLIPBOOK_EVIDENCE") or served(lies) or here
        return EvidenceLinks(read_links(self.figures).pages, f"{quote(Path(folder).as_posix())}/")

    def accuracy(self) -> str:
        """Say how right this notebook's measure is; see :func:`accuracy`; and, by checks, how right it is here."""
        return f"{accuracy(self.name)} {own_accuracy(self.name, self.checks)}".strip()

    @property
    def checks(self) -> Checks:
        """The checks beside the captures, as far as they are filled in (`clipbook check`)."""
        self.beside(CHECKS)
        return self._tables.checks

    @property
    def cues(self) -> pd.DataFrame:
        """Which cue stands where: ``frame_evidence`` without its sentences."""
        return self.read("frame_evidence", PLACES)

    @property
    def counted_cues(self) -> tuple[Sheet | None, pd.DataFrame]:
        """The check of cues, and all cues as they were found, for `checks.corrected_cue_rates`."""
        return self.checks.cues, self.found("frame_evidence", PLACES)

    @property
    def counted_quotes(self) -> CountedQuotes:
        """The quotations that shares are counted from and those that were checked, for `checks.corrected_shares`."""
        own = self.table("speakers.csv")
        return CountedQuotes(self.checks.quotes, self.found("quotes"), self.articles, own)

    def found(self, name: str, columns: Sequence[str] = ()) -> pd.DataFrame:
        """Give a table as it was measured, before any correction by hand: what random checks are weighed against."""
        return self._tables.found(name, columns)

    def save(self, figure: Figure | Drawing, name: str, *, width: str = "", **words: Any) -> None:
        """Save a figure as SVG (light and dark) and PNG beside its data and alt text; show it, its reading and limits.

        Of a figure with nothing to show the reason is printed and recorded, and files of an earlier one are removed.

        Parameters
        ----------
        figure : charts.Figure, or any matplotlib Figure
            What a function of :mod:`clipbook.charts` made needs nothing more; any other needs ``data`` and ``alt``.
        name : str
            The file name, without an ending.
        width : {"", "85mm", "180mm"}
            The column of a printed journal for which the figure is also saved, as PDF and PNG (300 dots an inch) of that
            width; ``clipbook run --width`` does that for all figures.
        **words
            ``data``, ``alt``, ``title``, ``reading``, ``limits``, ``tests`` in the place of the figure's own; see
            `charts.Figure`. Tables are saved as CSV.

        Raises
        ------
        WorkbookError
            If a figure without data or alt text gets none here.
        LayoutError
            If there is no such width.

        Examples
        --------
        >>> book.save(charts.share_chart(shares, source=source), "who-speaks-where")  # doctest: +SKIP
        """
        from clipbook.charts import Figure
        from clipbook.charts.figure import LAYOUTS, find_spots
        from clipbook.charts.style import darkened, pdf_bytes, png_bytes, svg_bytes

        folder = self.figures / self.name
        made = (self.figures, self.name, self.origin, self.parameters, self.files)
        own = figure if isinstance(figure, Figure) else Figure(figure, figure.axes, str(figure.get_label()))
        own = replace(own, **words)
        if own.fig is None:
            for old in folder.glob(f"{glob.escape(name)}.*"):
                old.unlink()
            record(*made, {}, nothing={name: own.nothing})
            print(textwrap.fill(f"Nothing to show: {own.nothing}", 100))
            return
        if own.data is None or not own.alt:
            raise WorkbookError(
                f"The figure {name} has no {'data' if own.data is None else 'alt text'}. Give what it plots, and what a "
                f'person who cannot see it needs: book.save(figure, "{name}", data=..., alt=...)'
            )
        title = own.title or name
        told: dict[str, Any] = {"title": title, "alt": f"{title}. {own.alt}"}
        told |= {"reading": own.reading, "limits": own.limits}
        picture, drawn = png_bytes(own.fig), svg_bytes(own.fig)
        files = {"svg": drawn, "dark.svg": darkened(drawn), "png": picture}
        files["alt.txt"] = f"{told['alt']}\n".encode()
        asked = [width, *os.environ.get(WIDTHS, "").split(",")] if own.again else [width]
        for printed in dict.fromkeys(filter(None, asked)):
            narrow, scale = cast("Drawing", own.at(printed).fig), LAYOUTS[printed].scale
            files[f"{printed}.pdf"] = pdf_bytes(narrow, scale=scale)
            files[f"{printed}.png"] = png_bytes(narrow, dpi=300, scale=scale)
        for ending, content in files.items():
            write_bytes(folder / f"{name}.{ending}", content)
        for ending, table in (("csv", own.data), ("tests.csv", own.tests)):
            if table is not None:
                write_csv(folder / f"{name}.{ending}", table)
        record(*made, {name: {**told, "spots": find_spots(own.fig, own.data)}})
        pixels = round(own.fig.get_figwidth() * 96)
        show_figure(picture, told["alt"], width=pixels, below=[own.reading, own.limits])


def _shared(table: pd.DataFrame, wanted: pd.Series) -> pd.DataFrame:
    """Give the rows wanted, numbered from 0; texts of rows that follow on each other stay where they are, uncopied."""
    flags = wanted.to_numpy(bool)
    runs = np.flatnonzero(np.diff(flags, prepend=False, append=False)).reshape(-1, 2).tolist()
    texts = [name for name in table if isinstance(table[name].array, pd.arrays.ArrowStringArray)]
    if len(runs) > MOST_RUNS or not texts:
        return table[flags].reset_index(drop=True)
    rows = table.drop(columns=texts)[flags].reset_index(drop=True)
    for name in texts:
        held = pa.chunked_array(pa.array(table[name]))
        parts = [part for start, end in runs for part in held.slice(start, end - start).chunks]
        rows[name] = pd.array(pa.chunked_array(parts, held.type), dtype=table[name].dtype)
    return rows[list(table)]


def open_workbook(
    name: str = "",
    captures: str | Path = "",
    figures: str | Path = "",
    *,
    language: str | None = None,
    **parameters: Any,
) -> Workbook:
    """Open the workbook for one notebook: bring its tables up to date, check the settings, say what there is.

    Parameters
    ----------
    name : str
        The notebook's name, which is also its folder below the figures.
    captures, figures : str or Path
        Folders; a relative one counts from the workbook's root. When empty, the environment's
        ``CLIPBOOK_CAPTURES`` and ``CLIPBOOK_FIGURES`` hold, else ``data/captures`` and ``figures``. When ``captures``
        is a folder of tables, they are read as they are.
    language : str, optional
        Language (ISO 639-1) of the articles that are compared; that of ``codebook`` if one is given, else English.
        "main" stands for the most frequent one.
    **parameters
        The notebook's other settings, checked and kept in the provenance record.

    Raises
    ------
    NoCapturesError
        If there is nothing to read.
    ParameterError
        If a setting is none of the choices.
    TableError
        If tables or a table of the researcher's cannot be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     (Path(folder) / "captures").mkdir()
    ...     _ = (Path(folder) / "captures" / "leak.txt").write_text("“The pipe leaks,” Ana Ruiz said. " * 20)
    ...     open_workbook("04_quotes", Path(folder) / "captures").quotes["speaker"].unique().tolist()  # doctest: +ELLIPSIS
    1 captures: ...
    ['Ana Ruiz']
    """
    root = find_root()
    captures = root / (captures or os.environ.get("CLIPBOOK_CAPTURES") or "data/captures")
    figures = root / (figures or os.environ.get("CLIPBOOK_FIGURES") or "figures")
    book = Workbook(name, root, captures, figures, parameters)
    codebook = book.codebook if "codebook" in parameters else None
    tables = open_tables(
        book.captures, codebook=codebook, own=lambda _, name: book.table(name), progress=True
    )
    book.tables, book.origin = tables, tables.origin()
    book.beside(LINE_FIXES)
    articles = tables.read("articles")
    book.language = _language(book, articles, language)
    book.articles = book._placed(articles)
    check_parameters(parameters, book.articles, lambda name: getattr(book, name), book.language or "en")
    stated = read_study(root).get("parameters", {}).get(name, {})
    for setting in stated if isinstance(stated, dict) else ():
        if parameters.get(setting, stated[setting]) != stated[setting]:
            print(
                f"study.toml states {setting} = {stated[setting]!r} for this notebook; it runs with {parameters[setting]!r}."
            )
    _say(book, tables.notes)
    return book


def _language(book: Workbook, articles: pd.DataFrame, asked: str | None) -> str:
    if asked == "main":
        return main_language(comparable(articles))
    if asked is None:
        return book.codebook.language if "codebook" in book.parameters else "en"
    return asked


def _say(book: Workbook, notes: Iterable[str]) -> None:
    articles = book.articles
    if (articles["status"] == "failed").all():
        raise NoCapturesError(f"No capture in {book.captures} could be read: {articles['notes'].iloc[0]}")
    status = articles["status"].value_counts()
    said = ", ".join(f"{status.get(kind, 0):,} {kind}" for kind in ("ok", "thin", "failed", "duplicate"))
    print(f"{len(articles):,} captures: {said}", *notes, sep="\n")
    other = articles["left_out"].str.startswith("in another language").sum()
    if other:
        print(f"{other:,} of them are in another language than {book.language} and left out.")
    print(textwrap.fill(book.accuracy(), 100))
