"""The third step handed out: what captures say in the light of all others: keywords, quote shares, keyness."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from clipbook import keywords, quotes
from clipbook.files import replacing
from clipbook.keywords import Background
from clipbook.keywords.keyness import COLUMNS, LEAST, THE_REST, compare_terms, with_terms
from clipbook.keywords.ranking import english_articles
from clipbook.keywords.terms import tabulate
from clipbook.quotes.quotations import SPEECH
from clipbook.quotes.share import SHARE_COLUMNS
from clipbook.tables.join import Corpus, quoted
from clipbook.tables.measure import TOGETHER
from clipbook.tables.parts import frame_of, read_rows, schema_of, table_of
from clipbook.tables.workers import Workers, same_again

MOST_SLOTS = 400  # that terms are divided into
CAPTURES_A_SLOT = 300
_WITH_KEY = [*COLUMNS, "key"]
_SPEECH = ", ".join(map(quoted, SPEECH))


@dataclass(frozen=True, slots=True)
class Task:
    """Something to compute from files that the join has written; ``call`` names what."""

    call: Callable[..., pd.DataFrame]
    table: str  # that the result is rows of
    result: Path
    given: tuple[Any, ...]


def compute(task: Task) -> None:
    """Do a task; runs at a worker."""
    _write(task.result, task.table, task.call(*task.given))


def _write(path: Path, table: str, rows: pd.DataFrame) -> None:
    columns = schema_of(table, rows.columns)
    with replacing(path) as temporary:
        pq.write_table(table_of(rows, columns), temporary, compression="zstd")


def compare(corpus: Corpus, workers: Workers, kept: Path, lost: set[Path]) -> dict[str, list[Path]]:
    """Have everything computed that needs the join: files of rows by table, in the order of the table.

    ``kept`` is the folder of what a later run may use again, each file named by all that it depends on;
    not so what rests on parts that are ``lost`` to it.
    """
    none = corpus.folder / "none.outlet", corpus.folder / "none.terms"
    _write(none[0], "quote_share_by_outlet", pd.DataFrame(columns=SHARE_COLUMNS))
    _write(none[1], "keyness", pd.DataFrame(columns=_WITH_KEY))
    made = {"quote_share_by_outlet": [none[0]], "keyness": [none[1]]}

    def noted() -> Iterator[Task]:
        for tasks in (_by_part(corpus, kept, lost), _by_outlet(corpus, kept), _by_terms(corpus)):
            for task in tasks:
                made.setdefault(task.table, []).append(task.result)
                if not task.result.exists():
                    yield task

    for _ in workers.each(compute, noted(), same_again()):
        pass
    return made


def _named(folder: Path, *stated: object) -> Path:
    """Name a result by what it depends on."""
    return folder / f"{hashlib.sha256(repr(stated).encode()).hexdigest()[:32]}.parquet"


# --- captures by themselves


def _by_part(corpus: Corpus, kept: Path, lost: set[Path]) -> Iterator[Task]:
    """Keywords and quote shares of each part's captures."""
    stems, names = corpus.folder / "stems.parquet", corpus.folder / "names.parquet"
    once = "FROM captures WHERE english AND status <> 'duplicate'"
    (documents,) = corpus.column(f"SELECT count(*) {once}")
    corpus.do(
        f"COPY (SELECT stem, count(*) AS count FROM stems WHERE capture_id IN (SELECT capture_id {once}) "
        f"GROUP BY stem ORDER BY stem) TO {quoted(stems)}"
    )
    corpus.do(f"COPY (FROM names ORDER BY capture_id, name) TO {quoted(names)} (ROW_GROUP_SIZE 8192)")
    captures = "JOIN captures USING (capture_id)"
    counted = f"stem, k.count FROM stems {captures} JOIN {quoted(stems)} k USING (stem)"
    common = _digests(corpus, "part", counted)
    called = _digests(corpus, "part", f"capture_id, name, taken_for FROM names {captures}")
    for number, part in enumerate(corpus.parts):
        place = corpus.folder if part in lost else kept
        words = _named(place, "keywords", part.name, documents, common.get(number))
        shares = _named(place, "shares", part.name, called.get(number))
        yield Task(_keywords, "keywords", words, (part, stems, documents))
        yield Task(_shares, "quote_share", shares, (part, names))


def _digests(corpus: Corpus, by: str, query: str) -> dict[Any, str]:
    """Digest the rows of each group, whatever their order."""
    grouped = f"SELECT place, sum(hash(r)::HUGEINT)::VARCHAR FROM (SELECT {by} AS place, {query}) AS r GROUP BY place"
    return dict(corpus.do(grouped).fetchall())


def _keywords(part: Path, stems: Path, documents: int) -> pd.DataFrame:
    """Rank the keywords of a part's captures; ``stems`` says in how many captures each stem stands."""
    columns = ["capture_id", "headline", "body", "status", "language"]
    articles = frame_of(read_rows(part / "articles.parquet", columns))
    own = pc.unique(read_rows(part / "stems.parquet", ["stem"])["stem"])
    met = read_rows(stems)
    met = met.filter(pc.is_in(met["stem"], own))
    shipped = keywords.english_background()
    here = Background(documents, dict(zip(*(column.to_pylist() for column in met), strict=True)))
    articles = english_articles(articles)
    few = articles.groupby(articles["body"].str.len().cumsum() // TOGETHER, sort=False)
    ranked = [keywords.keyword_table(each, background=shipped + here) for _, each in few]
    return pd.concat(ranked or [keywords.keyword_table(articles, background=shipped + here)])


def _shares(part: Path, names: Path) -> pd.DataFrame:
    """Share out the quoted words of each of a part's captures."""
    found = frame_of(read_rows(part / "quotes.parquet"))
    articles = frame_of(read_rows(part / "marks.parquet", ["capture_id"]))
    known = read_rows(names, only={"capture_id": articles["capture_id"].tolist()}).to_pydict()
    one = dict(zip(zip(known["capture_id"], known["name"], strict=True), known["taken_for"], strict=True))
    who = zip(found["capture_id"], found["speaker_in_article"], found["speaker"], strict=True)
    found["speaker"] = pd.Series([one.get(each[:2], each[2]) for each in who], found.index, "str")
    return quotes.quote_share(found, articles, by="capture_id")


# --- outlets


def _by_outlet(corpus: Corpus, kept: Path) -> Iterator[Task]:
    """Quote shares of each outlet."""
    said = corpus.folder / "said.parquet"
    corpus.do(
        "COPY (SELECT outlet, q.* EXCLUDE (text, cue, speaker_words, rule) "
        f"FROM quotes q JOIN captures c USING (capture_id) WHERE c.status = 'ok' AND kind IN ({_SPEECH}) "
        f"ORDER BY outlet, capture_id, q.file_row_number) TO {quoted(said)} (ROW_GROUP_SIZE 8192)"
    )
    digests = _digests(corpus, "outlet", f"* EXCLUDE (file_row_number) FROM {quoted(said)}")
    for outlet, rows in sorted(digests.items()):
        yield Task(_share_of_outlet, "quote_share_by_outlet", _named(kept, outlet, rows), (said, outlet))


def _share_of_outlet(said: Path, outlet: str) -> pd.DataFrame:
    rows = frame_of(read_rows(said, only={"outlet": [outlet]}))
    articles = rows[["capture_id", "outlet"]].drop_duplicates()
    return quotes.quote_share(rows.drop(columns="outlet"), articles, by="outlet")


# --- terms


def _by_terms(corpus: Corpus) -> Iterator[Task]:
    """Compare every outlet's use of terms with the rest's, some terms at a time."""
    compared, terms = corpus.folder / "compared.parquet", corpus.folder / "terms"
    corpus.do(
        "CREATE TABLE compared AS SELECT capture_id, outlet, words, row_number() OVER (ORDER BY capture_id) - 1 AS row "
        "FROM captures WHERE status = 'ok' AND english AND trim(outlet) <> '' ORDER BY capture_id"
    )
    corpus.do(f"COPY (SELECT outlet, words FROM compared ORDER BY row) TO {quoted(compared)}")
    (captures,) = corpus.column("SELECT count(*) FROM compared")
    slots = max(1, min(MOST_SLOTS, captures // CAPTURES_A_SLOT))
    corpus.do(f"SET partitioned_write_max_open_files = {MOST_SLOTS}")
    corpus.do(
        f"COPY (SELECT bucket % {slots} AS slot, row, key, count, free, named, form FROM terms "
        f"JOIN compared USING (capture_id)) TO {quoted(terms)} (FORMAT parquet, PARTITION_BY (slot))"
    )
    for slot in range(slots):
        if (folder := terms / f"slot={slot}").is_dir():
            yield Task(_compare_terms, "keyness", corpus.folder / f"{slot}.terms", (compared, folder))


def _compare_terms(compared: Path, folder: Path) -> pd.DataFrame:
    """Compare some terms as `keywords.keyness_table` does, but for ``q`` and order, which need all; adds their ``key``."""
    articles = frame_of(read_rows(compared))
    terms = frame_of(pa.concat_tables(map(read_rows, sorted(folder.iterdir()))))
    keys, counted = tabulate(terms.sort_values(["key", "row"]), articles["words"].to_numpy(np.int64), LEAST)
    every = with_terms(counted, np.ones(len(articles), bool))
    groups = articles["outlet"].to_numpy(object)
    found = [
        compare_terms(every, groups == group).assign(
            group=group, against=THE_REST, q=np.nan, key=[keys[i] for i in every.use.tolist()]
        )
        for group in sorted(set(groups))
        if (groups != group).any()
    ]
    return pd.concat(found) if found else pd.DataFrame(columns=_WITH_KEY)
