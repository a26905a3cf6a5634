"""What the tests of tables in parts share: an article, the tables of a folder, a parser that kills."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from clipbook import framing, keywords, quotes, readability
from clipbook.corpus import comparable, read_corpus
from clipbook.files import write_csv
from clipbook.quotes.people import unify_speakers
from clipbook.tables import jobs
from clipbook.tables import measure as measuring
from clipbook.text.sentences import sentence_table

REAL_DO = jobs.do
ARTICLE = (
    "The harbour at Westry stays shut until spring, the port office said on Monday. "
    "“We found cracks in both piers,” said Nadia Orme, the harbour master. Fishing crews had waited for weeks "
    "for a word on repairs. “Nobody told us anything,” said Piet Lund, who owns two boats there. The council "
    "meets on Thursday to vote on money for the work, which may cost four million crowns in all.\n"
)


def tables_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def computed(captures: list[Path]) -> dict[str, pd.DataFrame]:
    """The tables as the public functions compute them of all captures at once."""
    corpus = read_corpus(captures)
    articles, compared = corpus.articles, comparable(corpus.articles)
    found = unify_speakers(quotes.quotes_as_found(articles), articles)
    book = framing.load_codebook("generic")
    return {
        "articles": articles, "lines": corpus.lines, "quotes": found,
        "sentences": sentence_table(articles, found),
        "quote_share": quotes.quote_share(found, articles, by="capture_id"),
        "quote_share_by_outlet": quotes.quote_share(found, compared, by="outlet"),
        "frame_scores": framing.frame_scores(articles, book, found),
        "frame_evidence": framing.frame_evidence(articles, book, found),
        "readability": readability.readability_table(articles, found),
        "keywords": keywords.keyword_table(articles),
        "keyness": keywords.keyness_table(compared, by="outlet"),
    }  # fmt: skip


def in_memory(captures: Path, folder: Path) -> dict[str, bytes]:
    for name, table in computed([captures]).items():
        write_csv(folder / f"{name}.csv", table)
    return tables_in(folder)


def measure_or_die(task):
    """Stands in for a parser that takes its whole process along."""
    real = measuring.read_article

    def deadly(capture):
        if "the deadly one" in capture.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(capture)

    measuring.read_article = deadly
    return REAL_DO(task)


def die_at_the_second(task):
    """Stands in for a worker killed from outside in the middle of its second batch, once in all."""
    folder = task.folder.parent
    (folder / f"begun-{task.part}").touch()
    if len(list(folder.glob("begun-*"))) > 1 and not (folder / "killed").exists():
        (folder / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return REAL_DO(task)


@contextmanager
def dask_cluster(folder: Path, workers: int = 2) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """Start a Dask scheduler and workers as processes of their own; gives its address and the workers."""
    state = folder / "scheduler.json"
    run = {
        "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder,
        "env": os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ["PYTHONPATH"]])},
    }  # fmt: skip
    python = [sys.executable, "-m"]
    where = ["--scheduler-file", str(state), "--host", "127.0.0.1", "--no-dashboard"]
    scheduler = [*python, "distributed.cli.dask_scheduler", *where, "--port", "0"]
    worker = [*python, "distributed.cli.dask_worker", *where, "--nthreads", "1", "--no-nanny"]
    started = [subprocess.Popen(scheduler, **run), *(subprocess.Popen(worker, **run) for _ in range(workers))]
    try:
        end = time.monotonic() + 300
        while not state.exists() and time.monotonic() < end:
            time.sleep(0.05)
        yield json.loads(state.read_text(encoding="utf-8"))["address"], started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()
