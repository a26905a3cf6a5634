"""How fast clipbook is, as ratios against named peers, each pair timed in turns in this one run.

    run.py [--rounds N]

The texts are the sample corpus, its paragraphs shuffled anew for every copy so that no text is met
twice. Results go to results.md beside this file.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pandas as pd

from clipbook import framing, keywords, pipeline, quotes, readability
from clipbook.article import parse_article
from clipbook.captures import read_captures
from clipbook.corpus import read_corpus

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "captures"
RESULTS = Path(__file__).with_name("results.md")
PEERS = ("textstat", "trafilatura", "newspaper4k", "yake", "rake-nltk", "pandas")


@dataclass(frozen=True)
class Row:
    """One comparison: how many times the peer's time ours takes, and the spread over rounds."""

    what: str
    peer: str
    n: str
    ratio: float
    low: float
    high: float
    rate: str
    goal: str


def in_turns(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[list, list]:
    """Time both, one after the other, so that a busy machine slows both alike; the first round warms up."""
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        for place, call in enumerate((ours, theirs)):
            begun = time.perf_counter()
            call()
            if turn:
                spent[place].append(time.perf_counter() - begun)
    return spent


def faster(what: str, peer: str, n: tuple[int, str], goal: str, timed: tuple[list, list]) -> Row:
    """Say how many times faster than the peer we are."""
    ratios = sorted(their / our for our, their in zip(*timed, strict=True))
    count, unit = n
    rate = f"{count / statistics.median(timed[0]):,.0f} {unit}/s"
    return Row(what, peer, f"{count} {unit}", statistics.median(ratios), ratios[0], ratios[-1], rate, goal)


def articles(copies: int) -> pd.DataFrame:
    """The sample corpus with each copy's paragraphs in another order."""
    draw = random.Random(0)
    table = read_corpus([SAMPLES]).articles.query("status == 'ok'")
    parts = []
    for copy in range(copies):
        bodies = [body.split("\n\n") for body in table["body"]]
        for paragraphs in bodies:
            draw.shuffle(paragraphs)
        parts.append(
            table.assign(
                body=["\n\n".join(paragraphs) for paragraphs in bodies],
                capture_id=[f"{name}-{copy}" for name in table["capture_id"]],
            )
        )
    return pd.concat(parts, ignore_index=True)


def parsing(rounds: int, folder: Path) -> Iterator[Row]:
    """Reading pages, against the extractors of the field."""
    import newspaper
    import trafilatura

    captures = list(read_captures([folder]))
    pages = [capture for capture in captures if capture.html]
    texts = [capture for capture in captures if capture.text]

    def extract() -> None:
        for page in pages:
            trafilatura.bare_extraction(page.html, with_metadata=True)

    def newspapers() -> None:
        for page in pages:
            newspaper.Article("http://example.org/", language="en").download(input_html=page.html).parse()

    def parse(some: list) -> None:
        for capture in some:
            parse_article(capture)

    timed = in_turns(lambda: parse(texts), extract, rounds)
    scaled = ([each / len(texts) for each in timed[0]], [each / len(pages) for each in timed[1]])
    row = faster("plain-text page to article", "trafilatura on HTML", (1, "pages"), "20", scaled)
    yield Row(**{**row.__dict__, "n": f"{len(texts)} against {len(pages)} pages"})
    yield faster(
        "HTML page to article", "trafilatura", (len(pages), "pages"), "0.8",
        in_turns(lambda: parse(pages), extract, rounds),
    )  # fmt: skip
    yield faster(
        "HTML page to article", "newspaper4k", (len(pages), "pages"), "",
        in_turns(lambda: parse(pages), newspapers, rounds),
    )  # fmt: skip


def measures(rounds: int, cache: Path) -> Iterator[Row]:
    """Measures of articles, against the packages that are used for them today."""
    import textstat
    import yake
    from rake_nltk import Rake

    table = articles(4)
    bodies = table["body"].tolist()
    n = len(bodies)
    readability.serve_textstat(cache)
    formulas = (
        "flesch_reading_ease", "flesch_kincaid_grade", "smog_index", "gunning_fog", "coleman_liau_index",
        "dale_chall_readability_score", "automated_readability_index", "lix", "rix", "spache_readability",
    )  # fmt: skip

    def by_textstat() -> None:
        for body in bodies:
            for name in formulas:
                getattr(textstat, name)(body)

    yield faster(
        "readability, every measure, same numbers", "textstat", (n, "articles"), "15",
        in_turns(lambda: readability.readability_table(table, tokenisation="textstat"), by_textstat, rounds),
    )  # fmt: skip
    yield faster(
        "readability with intervals", "textstat", (n, "articles"), "",
        in_turns(lambda: readability.readability_table(table), by_textstat, rounds),
    )  # fmt: skip

    few = table.head(60)
    yakes = yake.KeywordExtractor(lan="en", n=3, top=10)
    rakes = Rake(
        stopwords=list(keywords.stop_words()),
        sentence_tokenizer=lambda text: text.split("."),
        word_tokenizer=str.split,
    )
    for peer, call, goal in (
        ("yake", yakes.extract_keywords, "20"),
        ("rake-nltk", rakes.extract_keywords_from_text, ""),
    ):
        yield faster(
            "keywords of an article", peer, (len(few), "articles"), goal,
            in_turns(
                lambda: keywords.keyword_table(few),
                lambda call=call: [call(body) for body in few["body"]],
                rounds,
            ),
        )  # fmt: skip

    marks = re.compile(r"[“\"]([^”\"]+)[”\"]")
    yield faster(
        "quotations and speakers", "a bare regular expression (the floor)", (n, "articles"), "200/s",
        in_turns(lambda: quotes.find_quotes(table), lambda: [marks.findall(body) for body in bodies], rounds),
    )  # fmt: skip
    book = framing.load_codebook("generic")
    yield faster(
        "cue scores and evidence", "splitting into words (the floor)", (n, "articles"), "300/s",
        in_turns(
            lambda: (framing.frame_scores(table, book), framing.frame_evidence(table, book)),
            lambda: [body.split() for body in bodies],
            rounds,
        ),
    )  # fmt: skip


def whole(rounds: int) -> Iterator[Row]:
    """All tables of the sample corpus, against reading the files and splitting them into words."""
    files = sorted(path for path in SAMPLES.rglob("*") if path.is_file())

    def floor() -> None:
        for path in files:
            path.read_text(encoding="utf-8", errors="replace").split()

    timed = in_turns(lambda: list(pipeline.all_tables(read_corpus([SAMPLES]))), floor, rounds)
    yield faster(
        "clipbook tables, everything", "read and split (the floor)", (len(files), "captures"), "60/s", timed
    )


def starting(rounds: int) -> Iterator[Row]:
    """Start-up, against Python itself and against pandas."""

    def python(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    command = python("-m", "clipbook", "--help")
    yield faster(
        "clipbook --help",
        "python -c pass",
        (1, "starts"),
        "0.33",
        in_turns(command, python("-c", ""), rounds),
    )
    for what, call in (("clipbook --version", python("-m", "clipbook", "--version")),
                       ("import clipbook", python("-c", "import clipbook"))):  # fmt: skip
        yield faster(
            what, "import pandas", (1, "starts"), "", in_turns(call, python("-c", "import pandas"), rounds)
        )


def report(rows: list[Row]) -> str:
    """Lay the rows out as Markdown with the machine, the versions and the date."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PEERS)
    lines = [
        "# Speed",
        "",
        "Made by `make bench`. Times faster than the peer: median over the rounds, lowest and highest.",
        "",
        "| what | against | n | times faster | clipbook's rate | goal |",
        "|---|---|---|---|---|---|",
        *(
            f"| {row.what} | {row.peer} | {row.n} | {row.ratio:.3g} [{row.low:.3g}, {row.high:.3g}] "
            f"| {row.rate} | {row.goal} |"
            for row in rows
        ),
        "",
        f"{datetime.date.today().isoformat()}, Python {platform.python_version()}, {platform.machine()}, "
        f"{platform.system()}; {versions}.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the command line, time, print, record."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--rounds", type=int, default=5)
    cli.add_argument(
        "--pages", type=Path, default=SAMPLES, metavar="DIR", help="real pages, as text and as HTML, to parse"
    )
    args = cli.parse_args()
    rounds = args.rounds
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        for part in (
            starting(rounds),
            parsing(rounds, args.pages),
            measures(rounds, Path(cache)),
            whole(rounds),
        ):
            for row in part:
                print(f"{row.what:44} {row.ratio:8.3g} times {row.peer} ({row.rate})", flush=True)
                rows.append(row)
    RESULTS.write_text(report(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
