"""The second step: what only all captures together tell. DuckDB sorts, joins and counts beyond memory."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook import quotes
from clipbook.corpus.duplicates import BANDS, find_copies
from clipbook.corpus.settle import NEEDED, settle
from clipbook.tables.measure import BUCKETS
from clipbook.tables.parts import COUNTED, MEASURED, frame_of, read_rows

Result = TypeVar("Result")
Reader = Callable[[int], NDArray[np.int64]]  # of an article's numbers by its place
MEMORY = 64  # MB of DuckDB; what needs more waits in files
_MOST = 4096
SPOKEN = 40_000  # speakers of articles that are joined at once, as only those of one surname are compared


def connect(spill: Path) -> duckdb.DuckDBPyConnection:
    """Open a database in memory that keeps to one thread, to the folder given, and to what is installed."""
    return duckdb.connect(
        config={
            "threads": 1, "async_threads": 0, "memory_limit": f"{MEMORY}MB", "temp_directory": str(spill), "extension_directory": str(spill),
            "enable_external_file_cache": "false", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
        }
    )  # fmt: skip


@contextmanager
def telling_of_the_disk() -> Iterator[None]:
    """Raise as what it is, OSError or MemoryError, what the database says of disk and memory in its own way."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise MemoryError(str(error)) from None
    except duckdb.IOException as error:
        known = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
        number = next((each for each in known if os.strerror(each) in str(error)), None)
        first = str(error).partition("\n")[0]
        raise OSError(number, os.strerror(number)) if number else OSError(first) from None


def quoted(value: object) -> str:
    """Give a text as SQL has it."""
    return "'" + str(value).replace("'", "''") + "'"


def named(column: str) -> str:
    """Give a column's name as SQL has it."""
    return '"' + column.replace('"', '""') + '"'


def files_sql(paths: Sequence[Path], extra: str = "file_row_number") -> str:
    """Read Parquet files as one table, with the place of each row in its file; signs of a pattern stand for themselves."""
    listed = ", ".join(quoted(re.sub(r"([\[*?])", r"[\1]", str(path))) for path in paths)
    return f"read_parquet([{listed}], {extra} = true)"


class Corpus:
    """The parts of a corpus as tables of a database, joined as :meth:`join` finds.

    Afterwards ``articles`` and ``quotes`` are as they are written, and ``captures`` has a row each: ``rank`` (the place
    by ``capture_id``), ``outlet``, ``status``, ``english``, ``words``. Every table has ``file_row_number`` to sort by.
    """

    def __init__(self, parts: Sequence[Path], folder: Path) -> None:
        self.parts, self.folder = list(parts), folder
        self.db, self.memory = connect(folder), MEMORY
        self.look_at(self.parts, (*MEASURED, *COUNTED))
        numbers = [(str(part / "marks.parquet"), number) for number, part in enumerate(self.parts)]
        self.keep("parts", pd.DataFrame(numbers, columns=["filename", "part"]))

    def look_at(self, parts: Sequence[Path], tables: Sequence[str]) -> None:
        """Have tables of captures show the rows of some parts alone, so that no other part is opened."""
        for table in tables:
            name = f"found_{table}" if table in ("articles", "quotes") else table
            files = files_sql([part / f"{table}.parquet" for part in parts])
            self.do(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {files}")

    def do(self, query: str) -> duckdb.DuckDBPyConnection:
        """Run a query."""
        return self._with_room(lambda: self.db.execute(query))

    def _with_room(self, call: Callable[[], Result]) -> Result:
        """Give the database more memory where single values are too large for what it has."""
        while True:
            try:
                return call()
            except duckdb.OutOfMemoryException:
                self.memory *= 2
                if self.memory > _MOST:
                    raise
                self.db.execute(f"SET memory_limit = '{self.memory}MB'")

    def column(self, query: str) -> list[Any]:
        """Give the first column that a query finds."""
        return [row[0] for row in self.do(query).fetchall()]

    def table(self, query: str) -> pd.DataFrame:
        """Give what a query finds."""
        found = self._with_room(lambda: self.db.sql(query).to_arrow_table())
        return frame_of(found)

    def keep(self, table: str, rows: pd.DataFrame) -> None:
        """Make rows a table of the database."""
        self.db.register("rows", rows)
        self.do(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM rows")
        self.db.unregister("rows")

    def join(self) -> None:
        """Settle what depends on all captures: outlets and dates, copies, speakers' one name."""
        marks = files_sql([part / "marks.parquet" for part in self.parts], "filename")
        changed = self._settle()
        columns = "".join(
            f", CASE WHEN s.capture_id IS NULL THEN a.{named(c)} ELSE s.{named(c)} END AS {named(c)}"
            for c in changed
        )
        self.do(
            f"CREATE VIEW settled_articles AS SELECT a.* REPLACE (a.capture_id AS capture_id{columns}) "
            "FROM found_articles a LEFT JOIN settled s USING (capture_id)"
        )
        self.do(
            "CREATE TABLE captures AS SELECT capture_id, row_number() OVER (ORDER BY capture_id) - 1 AS rank, "
            "outlet, published, status, text, english, m.words, part "
            f"FROM settled_articles a JOIN {marks} m USING (capture_id) JOIN parts USING (filename) ORDER BY capture_id"
        )
        copies = pd.DataFrame(self._copies().items(), columns=["capture_id", "original"], dtype="str")
        self.keep("copies", copies)
        self.do(
            "UPDATE captures SET status = 'duplicate' WHERE capture_id IN (SELECT capture_id FROM copies)"
        )
        self.do(
            "CREATE VIEW articles AS SELECT a.* REPLACE (coalesce(c.original, '') AS duplicate_of, "
            "CASE WHEN c.original IS NULL THEN status ELSE 'duplicate' END AS status) "
            "FROM settled_articles a LEFT JOIN copies c USING (capture_id)"
        )
        self._join_names()
        self.do(
            "CREATE VIEW quotes AS SELECT q.* REPLACE (coalesce(n.taken_for, speaker) AS speaker) "
            "FROM found_quotes q LEFT JOIN names n ON n.capture_id = q.capture_id AND n.name = q.speaker_in_article"
        )

    def _settle(self) -> list[str]:
        """Ask what changes in the light of all articles, and keep the rows that do."""
        facts = self.table(f"SELECT capture_id, {', '.join(NEEDED)} FROM found_articles ORDER BY capture_id")
        settled = settle(facts)
        before = facts[list(settled.columns)]
        differs = ~((settled == before) | (settled.isna() & before.isna())).all(axis=1)
        self.keep("settled", settled[differs].assign(capture_id=facts["capture_id"][differs]))
        return list(settled.columns)

    def _copies(self) -> dict[str, str]:
        """Find the articles that copy an earlier one: full ones by their shingles, thin ones only word by word."""
        dated = "FROM captures WHERE status = {} ORDER BY published NULLS LAST, capture_id"
        full = self.column(f"SELECT capture_id {dated.format(quoted('ok'))}")
        copies = find_copies(full, *self._signatures(full))
        first: dict[str, str] = {}
        for name, text in self.do(f"SELECT capture_id, text {dated.format(quoted('thin'))}").fetchall():
            original = first.setdefault(text, name) if text else name
            if original != name:
                copies[name] = original
        return copies

    def _signatures(self, names: list[str]) -> tuple[Reader, Reader]:
        """Store signatures and shingles so that each can be read by itself; gives the two readers."""
        place = {name: number for number, name in enumerate(names)}
        row = np.zeros(len(names), np.int64)  # of each article among all
        bounds = np.zeros((len(names), 2), np.int64)
        bands, stored = self.folder / "bands", self.folder / "shingles"
        (size,) = self.column("SELECT count(*) FROM captures")
        rows = end = 0
        with bands.open("wb") as columns, stored.open("wb") as stream:
            for part in self.parts:
                marks = read_rows(part / "marks.parquet", ["capture_id", "bands", "shingles"])
                found = zip(marks["capture_id"].to_pylist(), marks["shingles"], strict=True)
                for number, (name, each) in enumerate(found):
                    if name in place:
                        hashes = each.values.to_numpy()
                        hashes.tofile(stream)
                        row[place[name]], bounds[place[name]] = rows + number, (end, end + len(hashes))
                        end += len(hashes)
                flat = marks["bands"].combine_chunks().flatten().to_numpy().reshape(-1, BANDS)
                for number, band_of_part in enumerate(flat.T):
                    columns.seek(8 * (number * size + rows))
                    band_of_part.tofile(columns)
                rows += len(marks)

        def band(number: int) -> NDArray[np.int64]:
            return np.fromfile(bands, np.int64, size, offset=8 * number * size)[row]

        def shingles(number: int) -> NDArray[np.int64]:
            start, stop = bounds[number].tolist()
            return np.fromfile(stored, np.int32, stop - start, offset=4 * start).astype(np.int64)

        return band, shingles

    def _join_names(self) -> None:
        """Keep for every article whom its speakers are taken for, where that is another name."""
        self.do("CREATE TABLE names (capture_id VARCHAR, name VARCHAR, taken_for VARCHAR)")
        (rows,) = self.column("SELECT count(*) FROM spoken")
        step = max(1, BUCKETS * SPOKEN // max(rows, SPOKEN))
        for first in range(0, BUCKETS, step):
            spoken = self.table(
                "SELECT s.* EXCLUDE (surname, file_row_number), outlet, published "
                "FROM spoken s JOIN captures USING (capture_id) "
                f"WHERE surname BETWEEN {first} AND {first + step - 1} ORDER BY capture_id, s.file_row_number"
            )
            self.db.register("rows", quotes.join_names(spoken))
            self.do("INSERT INTO names SELECT capture_id, name, taken_for FROM rows")
            self.db.unregister("rows")
