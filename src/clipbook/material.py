"""The material of a study: captures that are read and measured now, or the tables of an earlier `clipbook tables`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from clipbook.corpus import Corpus, read_corpus
from clipbook.files import sha256
from clipbook.framing import Codebook
from clipbook.schema import TableError
from clipbook.tables.read_back import Only, Tables, find_tables, rows_with


class Material(ABC):
    """What the notebooks analyse; both kinds give the same tables of the same captures."""

    articles: pd.DataFrame  # as made by `corpus.read_corpus`
    notes: tuple[str, ...] = ()  # on the reading

    def measured(
        self,
        name: str,
        articles: pd.DataFrame,
        measure: Callable[..., pd.DataFrame],
        *others: Any,
        only: Only | None = None,
    ) -> pd.DataFrame:
        """Give a measure of some articles, in the light of all: speakers' names, how rare a word is.

        Parameters
        ----------
        name : str
            The table that ``clipbook tables`` makes of it.
        articles : DataFrame
            The articles whose rows are wanted; a table that is not by article is given whole.
        measure : callable
            The function that makes the table of articles and ``others``; not called where the table is written.
        *others
            Its further arguments.
        only : mapping of str to collection of str, optional
            Column -> the values wanted in it, where the rest of a large table would take memory for nothing.

        Returns
        -------
        DataFrame
            As ``measure`` gives it.

        Raises
        ------
        TableError
            If the written table does not fit: another codebook, a file that has been changed.
        """
        table = self._measured(name, only or {}, measure, *others)
        if "capture_id" not in table:
            return table
        return table[table["capture_id"].isin(articles["capture_id"])].reset_index(drop=True)

    @abstractmethod
    def _measured(
        self, name: str, only: Only, measure: Callable[..., pd.DataFrame], *others: Any
    ) -> pd.DataFrame: ...

    @abstractmethod
    def line_parts(self) -> Iterator[pd.DataFrame]:
        """Give the table of lines in parts, so that it need not fit into memory."""

    @abstractmethod
    def lines_of(self, capture_id: str) -> pd.DataFrame:
        """Give the lines of one capture."""

    @abstractmethod
    def origin(self) -> dict[str, Any]:
        """Say what the material is, for `clipbook.provenance`."""


class Captures(Material):
    """Captures, read now.

    Parameters
    ----------
    corpus : Corpus
        As read.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._lines, self._metadata = corpus.lines, corpus.metadata
        self.articles, self.notes = corpus.articles, corpus.notes

    def _measured(
        self, name: str, only: Only, measure: Callable[..., pd.DataFrame], *others: Any
    ) -> pd.DataFrame:
        return rows_with(measure(self.articles, *others), only)

    def line_parts(self) -> Iterator[pd.DataFrame]:
        """Give the table of lines, whole."""
        yield self._lines

    def lines_of(self, capture_id: str) -> pd.DataFrame:
        """Give the lines of one capture."""
        return self._lines[self._lines["capture_id"] == capture_id]

    def origin(self) -> dict[str, Any]:
        """List every capture with its SHA-256, and what the researcher knows of them."""
        hashes = dict(zip(self.articles["source_file"], self.articles["sha256"], strict=True))
        listed = [{"source_file": file, "sha256": hashes[file]} for file in sorted(hashes)]
        if self._metadata is None:
            return {"captures": listed}
        return {
            "captures": listed,
            "metadata": {"file": self._metadata.name, "sha256": sha256(self._metadata)},
        }


class Written(Material):
    """Tables written earlier.

    Parameters
    ----------
    written : Tables
        Where they lie.
    """

    def __init__(self, written: Tables) -> None:
        self._written = written
        self.articles = written.read("articles")

    def _measured(
        self, name: str, only: Only, measure: Callable[..., pd.DataFrame], *others: Any
    ) -> pd.DataFrame:
        table = self._written.read(name, only)
        for book in others:
            if isinstance(book, Codebook) and not table["codebook"].isin([book.label]).all():
                path, other = self._written.file(name), table["codebook"].iloc[0]
                raise TableError(
                    f"{path} was made with the codebook {other!r}, not {book.label!r}. Set the notebook's codebook to "
                    f"that one, or write the tables again: clipbook tables --codebook {book.path or book.name}"
                )
        return table

    def line_parts(self) -> Iterator[pd.DataFrame]:
        """Give the table of lines in parts."""
        return self._written.parts("lines")

    def lines_of(self, capture_id: str) -> pd.DataFrame:
        """Give the lines of one capture."""
        return self._written.read("lines", {"capture_id": [capture_id]})

    def origin(self) -> dict[str, Any]:
        """Give the SHA-256 of the table of articles, which holds that of every capture."""
        return {"captures": [], "tables": {**self._digest, "captures": len(self.articles)}}

    @cached_property
    def _digest(self) -> dict[str, str]:
        path = self._written.file("articles")
        return {"file": path.name, "sha256": sha256(path)}


def open_material(folder: Path, *, progress: bool = False) -> Material:
    """Read a folder's captures, or take the tables that lie in it.

    Parameters
    ----------
    folder : Path
        A folder of captures, or one that ``clipbook tables`` wrote into.
    progress : bool
        Whether to show how far the reading is.

    Raises
    ------
    FileNotFoundError
        If there is no such folder.
    """
    written = find_tables(folder)
    return Written(written) if written else Captures(read_corpus([folder], progress=progress))
