"""Fuzz the readers: ``python tests/fuzz/run.py quotes --inputs 100000 --jobs 2``.

Prints how many inputs were tried, how many of them could be read, and each find with a file that reproduces it; ``--replay FILE`` tries it again.
The same targets, inputs and seed try the same files. With ``--real``, changes start from the real pages beside this folder, too
(``real.py``), and inputs are counted by format. With ``--guided``, atheris steers the changes towards inputs
that reach new code (``pip install -r tests/fuzz/requirements.txt``).
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing as mp
import random
import sys
import tempfile
import time
import traceback
import warnings
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

NAMES = ("article", "quotes", "codebook", "sheet", "metadata")
FINDS = Path(tempfile.gettempdir()) / "clipbook-finds"
AT_ONCE = 20_000  # inputs that one process tries
PATIENCE = 600.0  # seconds without a new input after which a process counts as hung
LONGEST = 1 << 20
NOTED = 300.0  # seconds between two notes of how far a target is
KINDS = 256  # values of the first byte, which chooses the format


def tried(target: str, data: bytes) -> tuple[bool, str]:
    """Run one input; gives whether it could be read, and "" or what went wrong and where."""
    from fuzz.targets import TARGETS, Hang, within

    try:
        with within():
            return TARGETS[target](data), ""
    except (Exception, Hang) as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return False, f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error}"[:300]


def keep(target: str, data: bytes, said: str) -> None:
    """Store the first input of each kind of find, and say where."""
    place = said.partition(": ")[0] if not said.startswith("Fault") else said[:80]
    path = FINDS / f"{target}-{zlib.crc32(place.encode()):08x}"
    if not path.exists():
        FINDS.mkdir(exist_ok=True)
        path.write_bytes(data)
        print(f"FOUND {said}\n      {path}", flush=True)


def changes(target: str, seed: str, *, real: bool = False) -> Iterator[bytes]:
    """Give the seeds of a target, then endless changes of them and, less often, of what came of them."""
    from fuzz.mutate import mutated
    from fuzz.seeds import seeds

    chance = random.Random(f"{target}{seed}")
    sound = seeds(target)
    pool = list(sound)
    yield from sound
    kinds = []
    if real:
        from fuzz.real import pages

        kinds = pages(target)
    while True:
        if kinds and chance.random() < 0.9:
            start = chance.choice(chance.choice(kinds))()
        else:
            start = chance.choice(sound if chance.random() < 0.6 else pool)
        data = mutated(start, chance.choice(pool), chance)
        yield data
        if chance.random() < 0.02 and len(pool) < 500:
            pool.append(data)


class Tally:
    """What one process has done, in memory that outlives it."""

    def __init__(self, context: Any) -> None:
        self.counts = context.RawArray("d", 5)  # tried, read, finds, seconds of the slowest, bytes at hand
        self.kinds = context.RawArray("d", 2 * KINDS)  # tried and read of each format
        self.data = context.RawArray("c", LONGEST)

    def add(self, target: str, data: bytes) -> None:
        """Try one input and count it."""
        data = data[:LONGEST]
        kind = data[0] if data else 0
        self.data[: len(data)] = data
        self.counts[4] = len(data)
        start = time.process_time()
        read, said = tried(target, data)
        self.counts[0] += 1
        self.counts[1] += read
        self.kinds[2 * kind] += 1
        self.kinds[2 * kind + 1] += read
        self.counts[3] = max(self.counts[3], time.process_time() - start)
        if said:
            self.counts[2] += 1
            keep(target, data, said)


def fuzz(tally: Tally, target: str, seed: str, inputs: int, seconds: float, *, real: bool) -> None:
    """Try ``inputs``, or as many as fit into ``seconds``; the work of one process."""
    quiet()
    until = time.monotonic() + seconds
    for number, data in enumerate(changes(target, seed, real=real)):
        if number == inputs if inputs else time.monotonic() > until:
            return
        tally.add(target, data)


def guided(tally: Tally, target: str, seed: int, inputs: int, seconds: float) -> None:
    """Let atheris choose the inputs; it ends the process."""
    import atheris

    quiet()
    with atheris.instrument_imports(include=["clipbook"]):
        from fuzz.seeds import seeds
        from fuzz.targets import TARGETS  # noqa: F401

    corpus = Path(tempfile.mkdtemp(prefix=f"clipbook-{target}-"))
    for number, data in enumerate(seeds(target)):
        (corpus / f"seed{number}").write_bytes(data)
    limit = f"-runs={inputs}" if inputs else f"-max_total_time={int(seconds)}"
    options = [limit, "-max_len=30000", f"-seed={seed + 1}", "-timeout=600", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], lambda data: tally.add(target, data))
    atheris.Fuzz()


def quiet() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)


def processes(args: argparse.Namespace, target: str) -> list[tuple[Any, ...]]:
    """Divide the work on one target among processes: function and its arguments after the tally."""
    if args.guided:
        return [(guided, target, args.seed, args.inputs, args.seconds)]
    work = partial(fuzz, real=args.real)
    if not args.inputs:
        return [(work, target, f"{args.seed}.{n}", 0, args.seconds) for n in range(args.jobs)]
    starts = range(0, args.inputs, AT_ONCE)
    return [
        (work, target, f"{args.seed}.{n}", min(AT_ONCE, args.inputs - at), 0.0) for n, at in enumerate(starts)
    ]


def told(target: str, tallies: list[Tally]) -> str:
    """Say what has come of a target: inputs, those read, finds, and the same by format."""
    tried, read, finds = (int(sum(tally.counts[i] for tally in tallies)) for i in range(3))
    slowest = max(tally.counts[3] for tally in tallies)
    said = f"{target}: {tried:,} inputs, {read:,} of them read, {finds} finds, slowest {slowest:.2f} s"
    if target == "article":
        from fuzz.targets import ENDINGS

        for i, ending in enumerate(ENDINGS):
            places = range(2 * i, 2 * KINDS, 2 * len(ENDINGS))
            tried, read = (
                int(sum(tally.kinds[at + one] for tally in tallies for at in places)) for one in (0, 1)
            )
            said += f"\n  {ending or 'none'} {tried:,} ({read:,} read)"
    return said


def supervise(target: str, waiting: list[tuple[Any, ...]], jobs: int) -> list[Tally]:
    """Run processes side by side; one that dies or hangs is a find, and the others go on."""
    context = mp.get_context("spawn")
    running: dict[Any, list[Any]] = {}
    tallies = []
    noted = time.monotonic()
    while waiting or running:
        while waiting and len(running) < jobs:
            call, *arguments = waiting.pop(0)
            tally = Tally(context)
            tallies.append(tally)
            process = context.Process(target=call, args=(tally, *arguments))
            process.start()
            running[process] = [tally, 0.0, time.monotonic()]
        time.sleep(0.5)
        if time.monotonic() - noted > NOTED:
            noted = time.monotonic()
            print(f"so far {told(target, tallies)}", flush=True)
        for process, state in list(running.items()):
            tally, before, since = state
            if tally.counts[0] != before:
                state[1:] = tally.counts[0], time.monotonic()
            hung = process.is_alive() and time.monotonic() - since > PATIENCE
            if hung:
                process.kill()
                process.join()
            if not process.is_alive():
                del running[process]
                if hung or process.exitcode:
                    tally.counts[2] += 1
                    said = f"no answer for {PATIENCE:.0f} s" if hung else f"exit status {process.exitcode}"
                    keep(target, tally.data[: int(tally.counts[4])], f"{target}: the process died: {said}")
    return tallies


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", choices=[[], *NAMES], help="default: all")
    parser.add_argument("--seconds", type=float, default=60, help="for each target (default: 60)")
    parser.add_argument("--inputs", type=int, default=0, help="for each target, in place of --seconds")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes side by side (default: 1)")
    parser.add_argument("--guided", action="store_true", help="with atheris")
    parser.add_argument("--real", action="store_true", help="start from real pages, where there are any")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="try one stored input of the target")
    args = parser.parse_args()
    if args.replay:
        said = tried(args.targets[0], args.replay.read_bytes())[1]
        print(said or "no find")
        return bool(said)
    all_tried = all_finds = 0
    for target in args.targets or NAMES:
        start = time.monotonic()
        tallies = supervise(target, processes(args, target), args.jobs)
        print(f"{told(target, tallies)}\n  in {time.monotonic() - start:,.0f} s", flush=True)
        all_tried += int(sum(tally.counts[0] for tally in tallies))
        all_finds += int(sum(tally.counts[2] for tally in tallies))
    print(f"all: {all_tried:,} inputs, {all_finds} finds")
    return bool(all_finds)


if __name__ == "__main__":
    quiet()
    sys.exit(main())
