"""How fast clipbook is, as ratios against named peers, each pair timed in turns in this one run.

    run.py [--rounds N] [--pages DIR]

The texts are invented articles of 700 words, no two alike (``scale.py`` makes them from the sample corpus), and
the same as HTML pages; ``--pages`` takes real pages instead where pages are parsed. Times are processor times.
Results go to results.md beside this file.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd
from scale import as_page, make_corpus, make_texts

from clipbook import framing, keywords, quotes, readability
from clipbook.article import parse_article
from clipbook.captures import read_captures
from clipbook.corpus import article_table
from clipbook.records import Capture
from clipbook.tables import update_tables

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


def in_turns(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> tuple[list, list]:
    """Time both, one after the other, so that a busy machine slows both alike; the first round warms up."""
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        for place, call in enumerate((ours, theirs)):
            begun = clock()
            call()
            if turn:
                spent[place].append(clock() - begun)
    return spent


def faster(what: str, peer: str, n: tuple[int, str], goal: str, timed: tuple[list, list]) -> Row:
    """Say how many times faster than the peer we are."""
    ratios = sorted(their / our for our, their in zip(*timed, strict=True))
    count, unit = n
    rate = f"{count / statistics.median(timed[0]):,.0f} {unit}/s"
    return Row(what, peer, f"{count} {unit}", statistics.median(ratios), ratios[0], ratios[-1], rate, goal)


def articles(size: int) -> pd.DataFrame:
    """Invented articles of 700 words, parsed."""
    parsed = [parse_article(capture) for capture in captures_of(size)[0]]
    return article_table(article for article in parsed if article.status == "ok")


def captures_of(size: int) -> tuple[list[Capture], list[Capture]]:
    """Invented captures of 700 words as texts, and the same as HTML pages."""
    made = list(make_texts(size))
    texts = [Capture(name, f"{name}.txt", "text", text=text) for name, text in made]
    pages = [Capture(name, f"{name}.html", "html", html=as_page(text)) for name, text in made]
    return texts, pages


def by_textstat(texts: Iterable[str]) -> None:
    """Score texts by textstat's functions of the formulas that we have as well."""
    textstat = readability.serve_textstat()
    formulas = (
        "flesch_reading_ease", "flesch_kincaid_grade", "smog_index", "gunning_fog", "coleman_liau_index",
        "dale_chall_readability_score", "automated_readability_index", "lix", "rix", "spache_readability",
    )  # fmt: skip
    for text in texts:
        for name in formulas:
            getattr(textstat, name)(text)


def yakes() -> Any:
    """Give yake's extractor of ten keywords of up to three words."""
    import yake

    return yake.KeywordExtractor(lan="en", n=3, top=10)


def parsing(rounds: int, folder: Path | None) -> Iterator[Row]:
    """Reading pages, against the extractors of the field."""
    import newspaper
    import trafilatura

    if folder is None:
        texts, pages = captures_of(60)
    else:
        captures = list(read_captures([folder]))
        pages = [capture for capture in captures if capture.html]
        texts = [capture for capture in captures if capture.text]
    peers: dict[str, Callable[[str], object]] = {
        "trafilatura.bare_extraction, with metadata": lambda page: trafilatura.bare_extraction(
            page, with_metadata=True
        ),
        "trafilatura.extract, text alone": trafilatura.extract,
        "newspaper4k": lambda page: (
            newspaper.Article("http://example.org/", language="en").download(input_html=page).parse()
        ),
    }

    def parse(some: list[Capture]) -> None:
        for capture in some:
            parse_article(capture)

    for kind, some, goal in (("plain-text", texts, "20"), ("HTML", pages, "0.8")):
        for peer, call in peers.items():

            def by_peer(call: Callable[[str], object] = call) -> None:
                for page in pages:
                    call(page.html)

            ours, theirs = in_turns(lambda some=some: parse(some), by_peer, rounds)
            scaled = ([each / len(some) for each in ours], [each / len(pages) for each in theirs])
            named = peer if kind == "HTML" else f"{peer}, on HTML"
            row = faster(
                f"{kind} page to article", named, (1, "pages"), goal * peer.startswith("traf"), scaled
            )
            yield replace(row, n=f"{len(some)} against {len(pages)} pages")


def measures(rounds: int) -> Iterator[Row]:
    """Measures of articles, against the packages that are used for them today."""
    from rake_nltk import Rake

    table = articles(150)
    bodies = table["body"].tolist()
    n = len(bodies)
    yield faster(
        "readability with intervals", "textstat", (n, "articles"), "",
        in_turns(lambda: readability.readability_table(table), lambda: by_textstat(bodies), rounds),
    )  # fmt: skip

    few = table.head(60)
    rakes = Rake(
        stopwords=list(keywords.stop_words()),
        sentence_tokenizer=lambda text: text.split("."),
        word_tokenizer=str.split,
    )
    for peer, call, goal in (
        ("yake", yakes().extract_keywords, "20"),
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


def whole(rounds: int, folder: Path) -> Iterator[Row]:
    """All tables of captures of 700 words, against what two packages need for their part of the same articles."""
    size = 200
    captures = folder / "captures"
    make_corpus(captures, size)
    bodies = articles(size)["body"].tolist()
    extractor = yakes()

    def peers() -> None:
        by_textstat(bodies)
        for body in bodies:
            extractor.extract_keywords(body)

    def tables() -> None:
        shutil.rmtree(folder / "tables", ignore_errors=True)
        update_tables([captures], folder / "tables")

    yield faster(
        "clipbook tables, every measure", "textstat and yake, one after the other", (size, "captures"), "2.5",
        in_turns(tables, peers, rounds),
    )  # fmt: skip
    again = in_turns(lambda: update_tables([captures], folder / "tables"), tables, rounds)
    yield faster("clipbook tables, nothing changed", "the first run", (size, "captures"), "50", again)


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
        in_turns(command, python("-c", ""), rounds, time.perf_counter),
    )
    for what, call in (("clipbook --version", python("-m", "clipbook", "--version")),
                       ("import clipbook", python("-c", "import clipbook"))):  # fmt: skip
        yield faster(
            what,
            "import pandas",
            (1, "starts"),
            "",
            in_turns(call, python("-c", "import pandas"), rounds, time.perf_counter),
        )


def report(rows: list[Row]) -> str:
    """Lay the rows out as Markdown with the machine, the versions and the date."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PEERS)
    lines = [
        "# Speed",
        "",
        "Made by `make bench` on invented articles of 700 words (`PAGES=DIR` parses real pages). Times faster than "
        "the peer, by processor time: median over the rounds, lowest and highest.",
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
    cli.add_argument("--pages", type=Path, metavar="DIR", help="real pages, as text and as HTML, to parse")
    args = cli.parse_args()
    rounds = args.rounds
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        for part in (
            starting(rounds),
            parsing(rounds, args.pages),
            measures(rounds),
            whole(rounds, Path(cache)),
        ):
            for row in part:
                print(f"{row.what:44} {row.ratio:8.3g} times {row.peer} ({row.rate})", flush=True)
                rows.append(row)
    RESULTS.write_text(report(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
