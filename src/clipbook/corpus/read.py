"""From paths to the corpus, in one call."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from clipbook.captures import Limits, find_files, passed_over, read_file
from clipbook.corpus.duplicates import mark_duplicates
from clipbook.corpus.line_fixes import line_fixes_near, with_line_fixes
from clipbook.corpus.metadata import Known, add_metadata, find_metadata, read_metadata
from clipbook.corpus.settle import settle
from clipbook.corpus.stated import further_columns, read_article
from clipbook.corpus.tables import article_table, line_table
from clipbook.records import Article

_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Corpus:
    """The tables that hold what was read, and what the researcher should know about the reading."""

    articles: pd.DataFrame
    lines: pd.DataFrame
    notes: tuple[str, ...] = ()
    metadata: Path | None = None  # the file of what the researcher knows of them


def read_corpus(
    paths: Iterable[Path | str] | Path | str,
    *,
    metadata: Path | str | None = None,
    progress: bool = False,
    limits: Limits = _DEFAULT,
) -> Corpus:
    """Read captures, set their clutter aside, and mark copies.

    Parameters
    ----------
    paths : path or iterable of paths
        Files and folders of captures.
    metadata : Path, optional
        A CSV with a column ``source_file`` and what the researcher knows of each capture (``outlet``,
        ``published``, ``url``, any other columns). Without it, ``captures.csv`` in a folder given or
        ``<folder>.csv`` beside it is used, if there is one.
    progress : bool
        Whether to show a bar.
    limits : Limits
        Bounds on what is read.

    Returns
    -------
    Corpus
        ``articles``, one row a capture, sorted by ``capture_id``, and ``lines``, one row a captured
        line. Articles that are copies of another have the status "duplicate" and name it.

    Raises
    ------
    FileNotFoundError
        If a path does not exist.
    MetadataError
        If the metadata is contradictory or a date in it cannot be read.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "harbour.txt").write_text("The harbour stays shut until spring.")
    ...     read_corpus(folder).articles["capture_id"].tolist()
    ['harbour']
    """
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    stated = Path(metadata) if metadata is not None else find_metadata(given)
    known = read_metadata(stated) if stated is not None else None
    fixes = line_fixes_near(given)
    articles: list[Article] = []
    further: list[Known] = []
    passed: Counter[str] = Counter()
    bar: Any = {
        "desc": "captures",
        "unit": " files",
        "file": sys.stdout,
        "leave": False,
        "disable": not progress,
    }
    for found in tqdm(find_files(given, passed), **bar):
        for capture in read_file(found, limits=limits):
            articles.append(with_line_fixes(read_article(capture), fixes))
            if columns := further_columns(capture):
                further.append(Known(0, capture.capture_id, dict(columns)))
    articles.sort(key=lambda article: article.capture_id)
    table, _ = add_metadata(article_table(articles), further, required=False)
    notes = tuple(filter(None, [passed_over(passed)]))
    if known is not None:
        table, more = add_metadata(table, known, required=metadata is not None)
        notes += more
    settled = settle(table)
    table[settled.columns] = settled
    return Corpus(mark_duplicates(table), line_table(articles), notes, stated)
