"""The tables of a study: brought up to date when a notebook opens, read with the researcher's corrections applied."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook import framing, quotes, readability
from clipbook.checks import FOLDER as CHECKS
from clipbook.checks import Checks, fixes_of, read_checks
from clipbook.corpus import comparable, find_metadata, read_own_table
from clipbook.display import NotebookLine, in_kernel
from clipbook.files import sha256
from clipbook.places import NoCapturesError
from clipbook.provenance import changed_columns, made_by, note_version
from clipbook.quotes.quotations import SPEECH
from clipbook.schema import TABLES, TableError
from clipbook.shipped import __version__
from clipbook.tables import BusyError, Tables, Update, find_tables, update_tables
from clipbook.tables.lock import locked
from clipbook.tables.read_back import FORMATS, WORK, Only, rows_with
from clipbook.text.sentences import sentence_table

_PARTED = ("sentences", "frame_scores", "frame_evidence", "readability")  # tell quoted words from narration
OwnTable = Callable[[Path, str], pd.DataFrame | None]
MADE = "CLIPBOOK_TABLES"  # in the environment of a notebook that is run: the tables that the run has brought up to date
OWN = ("quote_fixes.csv", "speakers.csv")  # beside the captures
PACKAGE = Path(__file__).parent
_OF_QUOTES = ("quotes", "quote_share", "quote_share_by_outlet")


def tables_folder(captures: Path) -> Path:
    """Give the folder of a study's tables: ``tables`` beside ``captures``, ``NAME-tables`` beside another folder."""
    return captures.parent / ("tables" if captures.name == "captures" else f"{captures.name}-tables")


def bring_up_to_date(
    captures: Path, *, progress: bool = False, tell: Callable[[str], None] = print
) -> tuple[Tables, Update] | None:
    """Measure what is new or changed among captures, and give the tables of all; None when there are no captures.

    Parameters
    ----------
    captures : Path
        A folder of captures, or a file of them.
    progress : bool
        Whether to show how far the reading is.
    tell : function
        Takes a sentence for the researcher: for whom this run waits, where tables lie that cannot lie in the study,
        what another version changes in them.

    Raises
    ------
    OSError
        If the captures cannot be used.
    TableError, MetadataError
        If the researcher's metadata is wrong.
    """
    folder = _writable(tables_folder(captures), tell)
    if made_by(folder) not in ("", __version__):
        with locked(folder / WORK, waiting=tell):
            _renew(captures, folder, progress, tell)
    update = _update(captures, folder, progress, tell)
    if not update.captures:
        return None
    note_version(folder)
    found = find_tables(folder)
    assert found is not None
    return found, update


def _renew(captures: Path, folder: Path, progress: bool, tell: Callable[[str], None]) -> None:
    """Measure anew beside tables of another version, say what differs, and hand over what was measured; own files stay."""
    if (before := made_by(folder)) in ("", __version__):  # another run has done it meanwhile
        return
    beside = folder.with_name(f".{folder.name}-{__version__}")
    if _update(captures, beside, progress, tell).captures:
        tell(changed_columns(folder, beside, before))
        for made in (beside / WORK / "parts", beside / WORK / "archives"):
            shutil.rmtree(folder / WORK / made.name, ignore_errors=True)
            shutil.move(made, folder / WORK / made.name)
    shutil.rmtree(beside, ignore_errors=True)


def _writable(folder: Path, tell: Callable[[str], None]) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        made = Path(tempfile.mkdtemp(prefix="clipbook-tables-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        tell(
            f"{folder} cannot be written to ({error.strerror}); the tables are made in {made} for this time."
        )
        return made


def _update(captures: Path, folder: Path, progress: bool, tell: Callable[[str], None]) -> Update:
    """Run the engine; where another run holds the folder, say so, wait, and take over what that one made."""
    from tqdm import tqdm

    form = "parquet" if (folder / "articles.parquet").exists() else FORMATS[0]
    while True:
        line = NotebookLine() if in_kernel() else None  # else the terminal
        with tqdm(desc="captures", unit=" files", leave=False, disable=not progress, file=line) as bar:

            def show(done: int, of: int, bar: Any = bar) -> None:
                bar.total = of
                bar.update(done - bar.n)

            try:
                return update_tables([captures], folder, form=form, progress=show)
            except BusyError:
                with locked(folder / WORK, waiting=tell):
                    pass


def own_table(captures: Path, name: str) -> pd.DataFrame | None:
    """Read a table that the researcher keeps beside the captures; None when there is none of that name.

    Raises
    ------
    TableError
        If the file is no table.
    """
    path = captures.parent / name
    return read_own_table(path) if path.is_file() else None


def open_tables(
    captures: Path,
    *,
    codebook: framing.Codebook | None = None,
    own: OwnTable = own_table,
    progress: bool = False,
) -> StudyTables:
    """Take the tables that a folder holds, or those of the captures in it, brought up to date.

    Parameters
    ----------
    captures : Path
        A folder of captures, or one that ``clipbook tables`` wrote into.
    codebook : Codebook, optional
        The one that cue scores are wanted for; that of the tables by default.
    own : function
        Gives the researcher's table of a name beside ``captures``, or None.
    progress : bool
        Whether to show how far the reading is.

    Raises
    ------
    NoCapturesError
        If there is nothing to read.
    """
    if not captures.exists():
        raise NoCapturesError(f"There is no folder {captures}. Make it and put captures in it.")
    if (found := find_tables(captures)) is not None:
        return StudyTables(captures, found, codebook, own, named=True)
    if made := os.environ.get(MADE):
        found = find_tables(Path(made))
    notes: list[str] = []
    if found is None:
        updated = bring_up_to_date(captures, progress=progress)
        if updated is None:
            raise NoCapturesError(
                f"There are no captures in {captures}. Save pages there as .txt or .html and run again."
            )
        found, notes = updated[0], updated[1].notes
    return StudyTables(captures, found, codebook, own, notes=notes)


class StudyTables:
    """Tables that give their rows with ``speakers.csv`` and ``quote_fixes.csv`` applied; made by `open_tables`."""

    def __init__(
        self, captures: Path, tables: Tables, codebook: framing.Codebook | None, own: OwnTable, *,
        named: bool = False, notes: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.named, self.notes = named, tuple(notes)  # whether the researcher named them; on the reading
        self.folder = tables.folder
        self._captures, self._tables, self._codebook, self._own_table = captures, tables, codebook, own

    def digest(self) -> str:
        """Tell one state of the tables and corrections, and of the code that reads them, from another."""
        files = [self._tables.file(name) for name in TABLES]
        files += [self._captures.parent / name for name in OWN]
        files += sorted((self._captures.parent / CHECKS).glob("*"))
        files += sorted(file for file in PACKAGE.rglob("*") if "__pycache__" not in file.parts)
        hashes = [f"{file.name} {sha256(file)}" for file in files if file.is_file()]
        return hashlib.sha256("\n".join(hashes).encode()).hexdigest()

    def origin(self) -> dict[str, Any]:
        """Say what they rest on, for `clipbook.provenance`: captures by hash, or the tables that were named."""
        listed = self._tables.read("articles", columns=["source_file", "sha256"])
        if self.named:
            path = self._tables.file("articles")
            made = {"file": path.name, "sha256": sha256(path), "captures": len(listed)}
            return {"captures": [], "tables": made}
        files = listed.drop_duplicates("source_file", keep="last").sort_values("source_file")
        known = find_metadata([self._captures])
        stated = {"metadata": {"file": known.name, "sha256": sha256(known)}} if known else {}
        return {"captures": files.to_dict("records"), **stated}

    def read(self, name: str, only: Only | None = None, columns: Sequence[str] = ()) -> pd.DataFrame:
        """Give a table, or the rows of it that hold one of the values wanted in a column, and the columns named.

        Raises
        ------
        TableError
            If there is no such table, it does not fit this version or codebook, or a correction cannot be right.
        """
        if not self._touched(name):
            return self._tables.read(name, only, columns)
        table = self._changed(name, only or {})
        return table[list(columns)] if columns else table

    def _changed(self, name: str, only: Only) -> pd.DataFrame:
        """Give the rows of a table that corrections, or another codebook, touch."""
        if name == "quotes":
            return rows_with(self._corrected[0], only)
        articles = self._tables.read("articles")
        if name in _OF_QUOTES:
            return rows_with(self._shares(name, articles), only)
        if name.startswith("frame_") and self._other_codebook(name):
            return rows_with(self._measured(name, articles), only)
        again = self._other_kinds
        measured = self._measured(name, articles[articles["capture_id"].isin(again)])
        table = self._tables.read(name, only)
        kept = table[~table["capture_id"].isin(again)]
        both = pd.concat([kept, rows_with(measured, only)])
        return both.sort_values("capture_id", kind="stable", ignore_index=True)

    def parts(
        self, name: str, only: Only | None = None, columns: Sequence[str] = ()
    ) -> Iterator[pd.DataFrame]:
        """Give a table in parts, so that it need not fit into memory; one that corrections touch comes whole."""
        if self._touched(name):
            yield self.read(name, only, columns)
        else:
            yield from self._tables.parts(name, only, columns)

    def _touched(self, name: str) -> bool:
        """Whether corrections, or another codebook, change a table."""
        return bool(
            (name in _OF_QUOTES and self._corrects)
            or (name in _PARTED and self._other_kinds)
            or (name.startswith("frame_") and self._other_codebook(name))
        )

    @property
    def unmatched(self) -> pd.DataFrame:
        """The corrections of ``quote_fixes.csv`` that found no quotation, with the reason."""
        return self._corrected[1]

    @cached_property
    def _own(self) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
        tables = (self._own_table(self._captures, name) for name in OWN)
        return tuple(None if table is None or table.empty else table for table in tables)  # type: ignore[return-value]

    @cached_property
    def checks(self) -> Checks:
        """The checks beside the captures, as far as they are filled in."""
        folder = self._captures.parent / CHECKS
        if not folder.is_dir():
            return Checks()
        return read_checks(folder, self._tables.read("articles", columns=["capture_id"])["capture_id"])

    def found(self, name: str, columns: Sequence[str] = ()) -> pd.DataFrame:
        """Give a table, or the columns named, as it was measured, before any correction."""
        return self._tables.read(name, columns=columns)

    @property
    def speakers(self) -> pd.DataFrame | None:
        """The researcher's ``speakers.csv``."""
        return self._own[1]

    @cached_property
    def _fixes(self) -> pd.DataFrame | None:
        """The corrections of ``quote_fixes.csv`` and of checks; the index says where each stands."""
        checked = fixes_of(self.checks)
        own = self._own[0]
        if own is None:
            return checked if len(checked) else None
        return pd.concat([own.set_axis([f"{OWN[0]}, row {row}" for row in own.index]), checked]).fillna("")

    @property
    def _corrects(self) -> bool:
        return self._fixes is not None or self._own[1] is not None

    @cached_property
    def _corrected(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        fixed, unmatched = quotes.apply_fixes(self._tables.read("quotes"), self._fixes)
        return quotes.apply_speakers(fixed, self._own[1]), unmatched

    @cached_property
    def _other_kinds(self) -> set[str]:
        """The captures in which a correction makes speech of what was none, or the other way round."""
        if self._fixes is None:
            return set()
        before, after = self._tables.read("quotes"), self._corrected[0]
        differs = before["kind"].isin(SPEECH) != after["kind"].isin(SPEECH)
        return set(after.loc[differs, "capture_id"])

    def _shares(self, name: str, articles: pd.DataFrame) -> pd.DataFrame:
        if name == "quote_share":
            return quotes.quote_share(self._corrected[0], articles, by="capture_id")
        return quotes.quote_share(self._corrected[0], comparable(articles), by="outlet")

    def _measured(self, name: str, articles: pd.DataFrame) -> pd.DataFrame:
        found = self.read("quotes", {"capture_id": set(articles["capture_id"])})
        if name == "sentences":
            return sentence_table(articles, found)
        if name == "readability":
            return readability.readability_table(articles, found)
        book = self._codebook or framing.load_codebook("generic")
        measure = framing.frame_scores if name == "frame_scores" else framing.frame_evidence
        return measure(articles, book, found)

    def _other_codebook(self, name: str) -> bool:
        """Whether cue scores are wanted for another codebook than that of the tables."""
        if self._codebook is None:
            return False
        parts = self._tables.parts(name, columns=["codebook"])
        made_with = next((part["codebook"].iloc[0] for part in parts if len(part)), "")
        other = made_with not in ("", self._codebook.label)
        if other and self.named:
            raise TableError(
                f"{self._tables.file(name)} was made with the codebook {made_with!r}, not {self._codebook.label!r}. Set the "
                "notebook's codebook to that one, or write the tables again: clipbook tables --codebook "
                f"{self._codebook.path or self._codebook.name}"
            )
        return other
