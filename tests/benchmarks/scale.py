"""Cost and memory of ``clipbook tables`` as the corpus grows, of workers, of a rerun, and of Dask.

    python tests/benchmarks/scale.py --sizes 1000 10000 --out DIR

Captures are made from the sample corpus: the long lines of two pages shuffled together and their longer words
drawn anew, so that no two are alike but one in twenty, which copies an earlier one. They are deleted afterwards.
"""

from __future__ import annotations

import argparse
import gzip
import html
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "captures"
_LONG = re.compile(r"\b[a-z]{5,}\b")
_FULL_NAME = re.compile(r"\b(?!The|Port|Customs)([A-Z][a-z]{2,12}) ([A-Z][a-z]{3,12})\b")
_PARAGRAPH = 80  # characters of a line that is running text
_SYLLABLES = ("dar", "vel", "or", "min", "tas", "bek", "lun", "ri", "gow", "she", "ap", "ol")


def make_texts(size: int, words: int = 700) -> Iterator[tuple[str, str]]:
    """Give ``size`` invented captures, name and text: the running text of each has about ``words`` words.

    Paragraphs of all sample pages are mixed, half of their longer words drawn anew as often as news uses them,
    and surnames from a list that grows with the corpus as people in the news do. One in twenty copies the one
    before it.
    """
    draw = random.Random(7)
    outlets = sorted(path.name for path in SAMPLES.iterdir() if path.name != "unsorted")
    files = sorted(path for outlet in outlets for path in (SAMPLES / outlet).rglob("*.txt"))
    pages = [path.read_text(encoding="utf-8").splitlines() for path in files]
    running = [line for page in pages for line in page if len(line) >= _PARAGRAPH]
    vocabulary = [word for line in running for word in _LONG.findall(line)]
    text = ""
    for number in range(size):
        if number % 20 or not text:
            body: list[str] = []
            while sum(len(line.split()) for line in body) < words - 25:
                body += [draw.choice(running), ""]
            news = _LONG.sub(lambda found: draw.choice((found[0], draw.choice(vocabulary))), "\n".join(body))
            surnames = {last: _surname(draw, number) for _, last in sorted(set(_FULL_NAME.findall(news)))}
            news = _FULL_NAME.sub(lambda found, names=surnames: f"{found[1]} {names[found[2]]}", news)
            text = _framed(draw.choice(pages), news)
        yield f"{outlets[number % len(outlets)]}/{number // 1000:03}/page-{number:07}", text + "\n"


def _framed(page: list[str], news: str) -> str:
    """Put running text in the place of that of a page, whose short lines stay."""
    first = next((place for place, line in enumerate(page) if len(line) >= _PARAGRAPH), 0)
    around = [line if len(line) < _PARAGRAPH else None for line in page]
    return "\n".join(line for line in (*around[:first], "", news, *around[first:]) if line is not None)


def _surname(draw: random.Random, number: int) -> str:
    """Draw a surname, the less likely the higher its number; 50 and one more with every article may occur."""
    place = int((50 + number) ** draw.random())
    name = ""
    while place or len(name) < 4:
        place, syllable = divmod(place, len(_SYLLABLES))
        name += _SYLLABLES[syllable]
    return name.title()


def make_corpus(folder: Path, size: int) -> None:
    """Write captures as one text file each."""
    for name, text in make_texts(size):
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def make_archive(path: Path, size: int) -> None:
    """Write captures as one ``.jsonl``, ``.jsonl.gz`` or, as pages, ``.warc.gz``."""
    with path.open("wb") as stream:
        if path.name.endswith(".warc.gz"):
            _write_warc(stream, size)
            return
        packed = (
            gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) if path.suffix == ".gz" else nullcontext(stream)
        )
        with packed as lines:
            for name, text in make_texts(size):
                item = {"outlet": name.split("/")[0], "title": text.split("\n", 1)[0], "text": text}
                lines.write(json.dumps(item, ensure_ascii=False).encode() + b"\n")


def as_page(text: str) -> str:
    """Give a capture as the page that it might have been: running text in paragraphs, short lines in lists."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    title = max(lines[:40], key=len) if lines else ""
    first = next((place for place, line in enumerate(lines) if len(line) >= _PARAGRAPH), 0)
    last = max((place for place, line in enumerate(lines) if len(line) >= _PARAGRAPH), default=0) + 1

    def listed(some: list[str]) -> str:
        items = "".join(f'<li><a href="/{n}">{html.escape(line)}</a></li>\n' for n, line in enumerate(some))
        return f"<ul>\n{items}</ul>\n"

    story = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines[first:last])
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        '<meta name="author" content="Ana Ruiz"><meta property="article:published_time" '
        'content="2026-03-09T12:00:00Z"><script>var settings = {"a": 1};</script>'
        f"<style>p {{ margin: 1em }}</style></head><body><header><nav>{listed(lines[:first])}</nav></header>"
        f'<main><article><h1>{html.escape(title)}</h1>{story}</article></main><aside class="related">'
        f"{listed(lines[last:])}</aside><footer><p>All rights reserved.</p></footer></body></html>"
    )


def _write_warc(stream: IO[bytes], size: int) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(stream, gzip=True)
    for name, text in make_texts(size):
        page = as_page(text).encode()
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
        url = f"http://{name.split('/')[0]}.example/{name}"
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(page), http_headers=http,
            warc_headers_dict={"WARC-Date": "2026-03-09T12:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)


def run_tables(captures: Path, out: Path, *options: str) -> tuple[float, float, float]:
    """Run the command; seconds on the clock, seconds of work with children, the largest process in MB."""
    program = (
        "import resource, sys, time\n"
        "from clipbook.cli import main\n"
        "if __name__ == '__main__':\n"
        "    begun = time.perf_counter()\n"
        "    status = main(sys.argv[1:])\n"
        "    own, children = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))\n"
        "    work = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime\n"
        "    most = max(own.ru_maxrss, children.ru_maxrss) / 1024\n"
        "    print(time.perf_counter() - begun, work, most, file=sys.stderr)\n"
        "    sys.exit(status)\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
        script.write(program)
        script.flush()
        command = [sys.executable, "-P", script.name, "tables", str(captures), "--out", str(out), *options]
        ended = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, work, most = map(float, ended.stderr.split()[-3:])
    return seconds, work, most


@contextmanager
def local_cluster(workers: int, folder: Path) -> Iterator[str]:
    """Start a Dask scheduler with workers as processes of their own."""
    address = "tcp://127.0.0.1:8799"
    run = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "8799"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    started = [subprocess.Popen([*run, "--no-dashboard"], **quiet)]
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    started += [subprocess.Popen(worker, **quiet) for _ in range(workers)]
    try:
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def report(name: str, size: int, measured: tuple[float, float, float]) -> None:
    """Print one line."""
    seconds, work, most = measured
    print(
        f"{name:28} {size:8,} captures {seconds:8.1f} s {1000 * work / size:8.2f} ms of work each "
        f"{size / seconds:7.1f} /s {most:6.0f} MB",
        flush=True,
    )


def same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same tables byte for byte."""
    names = sorted(path.name for path in one.glob("*.csv"))
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in names)


def main() -> None:
    """Read the command line, make corpora, time, print."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    cli.add_argument("--workers", type=int, default=2)
    cli.add_argument("--dask", action="store_true", help="also on a local Dask cluster")
    cli.add_argument(
        "--archives", nargs="*", default=[], metavar="ENDING", help="also as one .jsonl, .jsonl.gz, .warc.gz"
    )
    cli.add_argument("--folder", type=Path, help="where corpora and tables go for the time being")
    args = cli.parse_args()
    folder = Path(tempfile.mkdtemp(dir=args.folder))
    try:
        for size in args.sizes:
            captures = folder / f"captures-{size}"
            make_corpus(captures, size)
            out = folder / f"tables-{size}"
            report("one process", size, run_tables(captures, out))
            report("again, nothing changed", size, run_tables(captures, out))
            changed = next(captures.rglob("page-*.txt"))
            changed.write_text(changed.read_text(encoding="utf-8") + "One more line.\n", encoding="utf-8")
            report("again, one changed", size, run_tables(captures, out))
            workers = folder / "workers"
            report(
                f"{args.workers} processes",
                size,
                run_tables(captures, workers, "--workers", str(args.workers)),
            )
            print("  the same bytes:", same(out, workers), flush=True)
            for ending in args.archives:
                archive, tables = folder / f"captures{ending}", folder / "archive"
                make_archive(archive, size)
                options = ("--workers", str(args.workers))
                report(f"one {ending}, {args.workers} processes", size, run_tables(archive, tables, *options))
                report("again, nothing changed", size, run_tables(archive, tables, *options))
                archive.unlink()
                shutil.rmtree(tables)
            if args.dask:
                with local_cluster(args.workers, folder) as address:
                    time.sleep(5)
                    dask = folder / "dask"
                    report(
                        f"Dask, {args.workers} workers",
                        size,
                        run_tables(captures, dask, "--scheduler", address),
                    )
                print("  the same bytes:", same(out, dask), flush=True)
                shutil.rmtree(dask)
            for each in (captures, out, workers):
                shutil.rmtree(each)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
