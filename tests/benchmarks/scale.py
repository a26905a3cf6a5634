"""Cost and memory of ``clipbook tables`` as the corpus grows, of workers, of a rerun, and of Dask.

    python tests/benchmarks/scale.py --sizes 1000 10000 --out DIR

Captures are made from the sample corpus: the long lines of two pages shuffled together and their longer words
drawn anew, so that no two are alike but one in twenty, which copies an earlier one. They are deleted afterwards.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "captures"
_LONG = re.compile(r"\b[a-z]{5,}\b")
_PARAGRAPH = 80  # characters of a line that is running text


def make_corpus(folder: Path, size: int) -> None:
    """Write ``size`` captures of about 700 words."""
    draw = random.Random(7)
    pages = [path.read_text(encoding="utf-8").splitlines() for path in sorted(SAMPLES.rglob("*.txt"))]
    outlets = [path.name for path in sorted(SAMPLES.iterdir())]
    words = sorted({word for page in pages for line in page for word in _LONG.findall(line)})
    earlier = ""
    for number in range(size):
        page = _mixed(draw.choice(pages), draw.choice(pages), draw)
        text = _LONG.sub(lambda _: draw.choice(words), "\n".join(page)) if number % 20 else ""
        earlier = text = text or earlier or "\n".join(page)
        path = folder / outlets[number % len(outlets)] / f"{number // 1000:03}" / f"page-{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")


def _mixed(one: list[str], other: list[str], draw: random.Random) -> list[str]:
    running = [line for page in (one, other) for line in page if len(line) >= _PARAGRAPH]
    draw.shuffle(running)
    first = next((place for place, line in enumerate(one) if len(line) >= _PARAGRAPH), 0)
    frame = [line for line in one if len(line) < _PARAGRAPH]
    body = [piece for line in running for piece in (line, "")]
    return [*frame[:first], "", *body, *frame[first:]]


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
        command = [sys.executable, script.name, "tables", str(captures), "--out", str(out), *options]
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
