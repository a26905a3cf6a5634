"""What the tests of tables in parts share: an article, the tables of a folder, a parser that kills."""

import os
import signal
from pathlib import Path

from clipbook.bulk import jobs
from clipbook.bulk import measure as measuring
from clipbook.corpus import read_corpus
from clipbook.files import write_csv
from clipbook.pipeline import all_tables

REAL_DO = jobs.do
ARTICLE = (
    "The harbour at Westry stays shut until spring, the port office said on Monday. "
    "“We found cracks in both piers,” said Nadia Orme, the harbour master. Fishing crews had waited for weeks "
    "for a word on repairs. “Nobody told us anything,” said Piet Lund, who owns two boats there. The council "
    "meets on Thursday to vote on money for the work, which may cost four million crowns in all.\n"
)


def tables_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def in_memory(captures: Path, folder: Path) -> dict[str, bytes]:
    for name, table in all_tables(read_corpus([captures])):
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
