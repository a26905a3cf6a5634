"""The last step: every table put together in its order, as CSV or Parquet."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from clipbook.files import DATES, FORMULA, FORMULA_WITHIN, print_csv
from clipbook.keywords.keyness import COLUMNS
from clipbook.schema import TABLES, TEXT, TIME, YES_NO, kinds_of
from clipbook.tables.join import Corpus, files_sql, named, quoted
from clipbook.tables.parts import MEASURED, schema_of
from clipbook.tables.read_back import FORMATS, Tables

_ROWS = 20_000  # at most, of a Parquet file's stretches, which are read one by one
AT_ONCE = 1000  # captures whose rows are put in order together: texts sorted all at once need memory for all
_FORMULA, _WITHIN = quoted(FORMULA), quoted(FORMULA_WITHIN)
_AGAIN = quoted(r"\1'\2")
_GUARDED = f"regexp_replace({{0}}, {_WITHIN}, {_AGAIN}, 'g')"


def write_tables(
    corpus: Corpus, made: Mapping[str, Sequence[Path]], out: Path, further: Sequence[str], form: str, *, before: Path
) -> list[Path]:  # fmt: skip
    """Write all tables under temporary names, then put them in place.

    Parameters
    ----------
    corpus : Corpus
        As joined.
    made : mapping of str to sequence of Path
        What `compare.compare` computed.
    out : Path
        The folder of the tables.
    further : sequence of str
        The columns of articles behind clipbook's own.
    form : {"csv", "parquet"}
        How the tables are written.
    before : Path
        A file that goes before the first table is put in place: it says that the old ones are whole.
    """
    temporary = Path(tempfile.mkdtemp(dir=out, prefix=".tables-"))
    try:
        for table in TABLES:
            write = _write_csv if form == "csv" else _write_parquet
            write(corpus, temporary / f"{table}.{form}", _query(corpus, table, made.get(table, ()), further))
        before.unlink(missing_ok=True)
        for table in TABLES:
            os.replace(temporary / f"{table}.{form}", out / f"{table}.{form}")
        for other in (Tables(out, ending) for ending in FORMATS if ending != form):
            if not other.missing():  # of an earlier run; a lone file is somebody else's
                for name in TABLES:
                    other.file(name).unlink()
        return [out / f"{table}.{form}" for table in TABLES]
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Query:
    """What a table consists of: its columns, how each is found, in which rows, in which order."""

    table: str
    columns: list[str]
    cells: list[str]
    rows: str
    key: str  # tells the capture, or the outlet
    order: str
    files: Sequence[Path] = ()  # of each part, where the rows are not in the parts themselves
    where: str = "true"

    def stretches(self, corpus: Corpus) -> Iterator[_Query]:
        """Divide a table by captures into queries that follow on each other; one by outlets is small enough."""
        if self.table in ("keyness", "quote_share_by_outlet"):
            yield self
            return
        few = corpus.do(
            "SELECT min(capture_id), max(capture_id), list(DISTINCT part ORDER BY part) FROM captures "
            f"GROUP BY rank // {AT_ONCE} ORDER BY 1"
        )
        tables = () if self.files else (self.table, "further")
        for first, last, parts in few.fetchall():
            corpus.look_at([corpus.parts[part] for part in parts], tables)
            rows = files_sql([self.files[part] for part in parts]) if self.files else self.rows
            yield replace(self, rows=rows, where=f"{self.key} BETWEEN {quoted(first)} AND {quoted(last)}")
        corpus.look_at(corpus.parts, tables)

    def sql(self, cells: Mapping[str, str]) -> str:
        """Write it out; ``cells`` says for each kind of column what is written of it, ``{}``."""
        kinds = kinds_of(self.table, self.columns).values()
        written = (cells.get(kind, "{}").format(cell) for cell, kind in zip(self.cells, kinds, strict=True))
        selected = ", ".join(f"{cell} AS c{number}" for number, cell in enumerate(written))
        return f"SELECT {selected} FROM {self.rows} WHERE {self.where} ORDER BY {self.key}, {self.order}"


def _query(corpus: Corpus, table: str, made: Sequence[Path], further: Sequence[str]) -> _Query:
    if table == "keyness":
        return _keyness(made)
    rows = table if table in MEASURED else files_sql(made)
    key = named("group") if table.startswith("quote_share") else "capture_id"
    found = corpus.do(f"SELECT * EXCLUDE (file_row_number) FROM {rows} LIMIT 0").description
    columns = [column for column, *_ in found or ()]
    cells = [named(column) for column in columns]
    if table == "articles" and further:
        each = (
            f"max(value) FILTER (name = {quoted(name)}) AS f{number}" for number, name in enumerate(further)
        )
        own = f"SELECT capture_id, {', '.join(each)} FROM further GROUP BY capture_id"
        rows += f" LEFT JOIN ({own}) USING (capture_id)"
        columns += further
        cells += [f"f{number}" for number in range(len(further))]
    return _Query(table, columns, cells, rows, key, "file_row_number", made)


def _keyness(made: Sequence[Path]) -> _Query:
    """Correct p for the number of an outlet's terms as `stats.multiple_testing.false_discovery_rate` does."""
    ranked = (
        'SELECT *, count(p) OVER (PARTITION BY "group") AS m, '
        f'row_number() OVER (PARTITION BY "group" ORDER BY p NULLS LAST) AS i FROM {files_sql(made)}'
    )
    least = 'min(p * (m / i)) OVER (PARTITION BY "group" ORDER BY i DESC ROWS UNBOUNDED PRECEDING)'
    cells = {name: named(name) for name in COLUMNS} | {
        "q": f"CASE WHEN p IS NOT NULL THEN least(1.0, {least}) END"
    }
    return _Query("keyness", [*cells], [*cells.values()], f"({ranked})", named("group"), "z DESC, term, key")


def _write_csv(corpus: Corpus, path: Path, query: _Query) -> None:
    """Write a table as `files.write_csv` does."""
    cells = {
        TEXT: f"CASE WHEN {{0}} < 'A' AND regexp_matches({{0}}, {_FORMULA}) THEN chr(39) || {_GUARDED} "
        f"WHEN regexp_matches({{0}}, {_WITHIN}) THEN {_GUARDED} ELSE nullif({{0}}, '') END",
        TIME: f"strftime({{}}, {quoted(DATES)})",
        YES_NO: "CASE WHEN {} THEN 'True' ELSE 'False' END",
    }
    rows = path.with_suffix(".rows")
    with path.open("w", encoding="utf-8", newline="") as stream:
        print_csv(stream, pd.DataFrame(columns=query.columns))
    for few in query.stretches(corpus):
        corpus.do(f"COPY ({few.sql(cells)}) TO {quoted(rows)} (FORMAT csv, HEADER false, COMMENT '')")
        with path.open("ab") as stream, rows.open("rb") as source:
            shutil.copyfileobj(source, stream, 1 << 20)
        rows.unlink()


def _write_parquet(corpus: Corpus, path: Path, query: _Query) -> None:
    """Write a table with texts as they were captured."""
    schema = schema_of(query.table, query.columns)
    rows, cells = path.with_suffix(".rows"), {TEXT: "coalesce({}, '')"}
    with path.open("wb") as stream, pq.ParquetWriter(stream, schema) as writer:
        for few in query.stretches(corpus):
            corpus.do(f"COPY ({few.sql(cells)}) TO {quoted(rows)} (FORMAT parquet, ROW_GROUP_SIZE {_ROWS})")
            with pq.ParquetFile(rows) as found:
                for batch in found.iter_batches(_ROWS, use_threads=False):
                    named_rows = pa.Table.from_batches([batch]).rename_columns(query.columns)
                    writer.write_table(named_rows.cast(schema))
            rows.unlink()
