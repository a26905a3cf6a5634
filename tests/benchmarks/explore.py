"""How large the page that searches articles is, and how soon it answers: 1,000 invented articles of 700 words.

    explore.py [--captures DIR]

Prints the page's size and, for each query, the median and the longest of five answers in Chromium, from the query to the
finished page. ``--captures`` takes captures of yours, or tables, in the place of the invented ones.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from scale import make_corpus

from clipbook.publish import MOST, build_explore
from clipbook.study_tables import open_tables

QUERIES = (
    "ferry",
    "zebra",
    '"night boat" OR harbour',
    "council*",
    "*ing",
    "the",
    "ferry strike -council",
    "w*n",
)
ROUNDS = 5
TIMES = "performance.getEntriesByName('answer').map(entry => entry.duration)"


def main() -> int:
    """Build the page and time it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--captures", type=Path)
    given = parser.parse_args().captures
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        print("explore: no Chromium; install one or name it in the variable CHROMIUM", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        captures = given or Path(folder) / "captures"
        if not given:
            make_corpus(captures, MOST * 20 // 19 + 1)  # one in twenty is a copy, which is not searched
        page = Path(folder) / "explore.html"
        held, of = build_explore(open_tables(captures), page)
        print(f"{held:,} of {of:,} articles, {page.stat().st_size / 1e6:.2f} MB")
        time_answers(page, program)
    return 0


def time_answers(page: Path, program: str) -> None:
    """Print how long each query takes."""
    from playwright.sync_api import expect, sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shown = browser.new_page()
        shown.goto(page.as_uri())
        expect(shown.locator("#summary")).to_contain_text("to search", timeout=60_000)
        for query in QUERIES:
            shown.evaluate("performance.clearMeasures()")
            for _ in range(ROUNDS):
                shown.locator("#q").fill(query)
                shown.keyboard.press("Enter")
            times = shown.evaluate(TIMES)
            said = shown.locator("#summary").inner_text()
            print(f"{query:24} {statistics.median(times):6.0f} ms, at most {max(times):4.0f} ms   {said}")
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
